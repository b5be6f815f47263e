/* SPDX-License-Identifier: Apache-2.0 */
/* What a server must know beside the replies: which kind of work a request is, what a role may do, whether the suppliers changed. */
#include <string.h>

#include "engine_parts.h"
#include "request/request.h"
#include "store/roles.h"

static bool has_any(const jval *request, const jval *members) {
    for (size_t i = 0; i < jval_count(members); i++) {
        const jval *value = jval_get(request, jval_text(jval_at(members, i)));
        if (value && !jval_is(value, JVAL_FALSE) && !jval_is(value, JVAL_NULL)) return true;
    }
    return false;
}

static enum ieum_work work_of(const jval *entry, const jval *request) {
    const char *member, *table, *step;
    const jval *steps = roles_steps(entry, &member, &table);
    if (steps) {
        step = jval_get_text(request, member);
        if (!step) step = jval_get_text(entry, "standard");
        entry = step ? jval_get(steps, step) : NULL;
    }
    const char *work = jval_get_text(entry, "work");
    if ((work && strcmp(work, "write") == 0) || has_any(request, jval_get(entry, "write_with"))) return IEUM_WORK_WRITE;
    return (work && strcmp(work, "long") == 0) || has_any(request, jval_get(entry, "long_with")) ? IEUM_WORK_LONG : IEUM_WORK_READ;
}

ieum_status ieum_work_of(ieum_engine *engine, const char *op, const char *request, size_t size, enum ieum_work *work) {
    struct problem problem = {0}, ignored = {0};
    const struct roles *roles;
    jval *json = NULL;
    *work = IEUM_WORK_READ;
    memory_clear_failed();
    ieum_status status = workspace_roles(engine->workspace, &roles, &problem);
    if (status == IEUM_OK && jval_parse(request, size, &json, &ignored) != IEUM_OK) json = NULL; /* whoever answers says what is wrong */
    if (!op) op = jval_get_text(json, "op");
    if (status == IEUM_OK && (!op || !request_operation(op))) status = IEUM_NOT_FOUND;
    if (status == IEUM_OK) *work = work_of(jval_get(jval_get(roles_table(roles), "operations"), op), json);
    jval_free(json);
    memory_clear_failed();
    return status;
}

static bool has_role(const jval *entry, const char *role) {
    const jval *roles = jval_get(entry, "roles");
    for (size_t i = 0; i < jval_count(roles); i++)
        if (strcmp(jval_text(jval_at(roles, i)), role) == 0) return true;
    return false;
}

/* true, the steps that are allowed, or NULL: nothing of it is. */
static jval *allowed_of(const jval *entry, const char *role) {
    const char *member, *table;
    const jval *steps = roles_steps(entry, &member, &table);
    if (!steps) return has_role(entry, role) ? jval_new_bool(true) : NULL;
    jval *allowed = jval_new_array();
    for (void *i = jval_first(steps); i; i = jval_next(steps, i))
        if (has_role(jval_value(i), role)) jval_append_text(allowed, jval_key(i));
    if (jval_count(allowed)) return allowed;
    jval_free(allowed);
    return NULL;
}

ieum_status ieum_may(ieum_engine *engine, const char *role, char **json) {
    struct problem problem = {0};
    const struct roles *roles;
    *json = NULL;
    memory_clear_failed();
    ieum_status status = workspace_roles(engine->workspace, &roles, &problem);
    if (status == IEUM_OK && !roles_role(roles, role)) return IEUM_NOT_FOUND;
    jval *object = jval_new_object();
    const jval *operations = status == IEUM_OK ? jval_get(roles_table(roles), "operations") : NULL;
    for (void *i = jval_first(operations); i; i = jval_next(operations, i)) {
        jval *allowed = allowed_of(jval_value(i), role);
        if (allowed) jval_set(object, jval_key(i), allowed);
    }
    if (status == IEUM_OK) status = jval_write(object, false, json, &problem);
    jval_free(object);
    memory_clear_failed();
    return status;
}

ieum_status ieum_state(ieum_engine *engine, uint32_t *changes, char **state) {
    static const enum record_kind kinds[] = {RECORD_SUPPLIER, RECORD_OUTCOME};
    struct problem problem = {0};
    struct store *store;
    uint32_t now = 0;
    char hash[DIGEST_TEXT];
    *state = NULL;
    memory_clear_failed();
    ieum_status status = workspace_store(engine->workspace, false, &store, &problem);
    if (status == IEUM_OK) status = store_changes(store, &now, &problem);
    if (status == IEUM_OK && now == *changes) return IEUM_OK;
    if (status == IEUM_OK) status = store_data_hash(store, kinds, sizeof kinds / sizeof *kinds, NULL, hash, &problem);
    if (status == IEUM_OK && !(*state = memory_allocate(sizeof hash))) status = IEUM_MEMORY;
    if (status == IEUM_OK) {
        memcpy(*state, hash, sizeof hash);
        *changes = now;
    }
    memory_clear_failed();
    return status;
}
