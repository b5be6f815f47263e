/* SPDX-License-Identifier: Apache-2.0 */
/* Whose program it is, who runs it, who helps: as replies and published documents say it. */
#include "../program/partners.h"
#include "request.h"

static jval *write_partners(const struct program *program, const struct partner_roles *roles) {
    jval *list = jval_new_array();
    for (size_t i = 0; i < program->partner_count; i++) {
        const struct partner *partner = &program->partners[i];
        const struct partner_role *role = partner_role_find(roles, partner->role);
        jval *one = jval_new_object();
        jval_set(one, "title", write_text2(partner->title));
        jval_set_text(one, "role", partner->role);
        if (role) jval_set(one, "role_title", write_text2((struct text2){role->ko, role->en}));
        jval_set_text(one, "source", partner->source);
        jval_append(list, one);
    }
    return list;
}

ieum_status write_parties(struct call *call, const struct program *program, jval *object, struct problem *problem) {
    struct partner_roles roles = {0};
    ieum_status status = program->partner_count ? partner_roles_load(workspace_data_path(call->workspace), call->arena, &roles, problem) : IEUM_OK;
    if (status != IEUM_OK) return status;
    jval_set(object, "owner", program->owner.ko ? write_text2(program->owner) : NULL);
    jval_set(object, "operator", program->operator.ko ? write_text2(program->operator) : NULL);
    jval_set(object, "partners", write_partners(program, &roles));
    return IEUM_OK;
}
