/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op access: {"action": "operations"} → {"roles", "operations"}: what a role may do (data/server/roles.json).
 */
#include "request.h"

static ieum_status operations(struct call *call, jval *object, struct problem *problem) {
    const struct roles *roles;
    ieum_status status = workspace_roles(call->workspace, &roles, problem);
    if (status != IEUM_OK) return status;
    jval_set(object, "roles", jval_keep(jval_get(roles_table(roles), "roles")));
    jval_set(object, "operations", jval_keep(jval_get(roles_table(roles), "operations")));
    return IEUM_OK;
}

ieum_status request_access(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"action"}, *const names[] = {"operations"};
    size_t action = 0;
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_choice(call->request, NULL, "action", true, names, sizeof names / sizeof *names, &action, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object();
    status = operations(call, object, problem);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}
