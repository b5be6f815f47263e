/* SPDX-License-Identifier: Apache-2.0 */
#include "roles.h"

#include <string.h>

#include "../adapt/json_file.h"
#include "../score/model_file.h"

enum { FILE_MOST = 1 << 20, STEPS_MOST = 256 };

struct roles {
    jval *json;
};

static const struct jpath root = {NULL, NULL, 0};

/* ---- reading ---- */


static ieum_status check_text_array(const jval *json, const struct jpath *at, const char *key, bool required, const jval *among, struct problem *problem) {
    const jval *array = NULL;
    const struct jpath member = {at, key, 0};
    ieum_status status = field_array(json, at, key, required, &array, problem);
    for (size_t i = 0; i < jval_count(array) && status == IEUM_OK; i++) {
        const jval *item = jval_at(array, i);
        if (!*jval_text(item) || (among && !jval_get(among, jval_text(item))))
            status = jval_refuse(problem, &(struct jpath){&member, NULL, i}, item, NULL, "정해진 이름이 아닙니다.", "This is no name that is known.");
    }
    return status;
}

static ieum_status check_role(const jval *json, const struct jpath *at, struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(json, at, "ko", true, &text, problem);
    if (status == IEUM_OK) status = field_text(json, at, "en", true, &text, problem);
    return status == IEUM_OK ? check_text_array(json, at, "withheld", false, NULL, problem) : status;
}

/* One line of the table: who, which work, whether it touches firms. */
static ieum_status check_entry(const struct roles *roles, const jval *entry, const struct jpath *at, struct problem *problem) {
    static const char *const works[] = {"read", "write", "long"}, *const known[] = {"roles", "work", "personal", "long_with", "write_with"};
    size_t work = 0;
    bool personal = false;
    ieum_status status = field_refuse_unknown(entry, at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = check_text_array(entry, at, "roles", true, jval_get(roles->json, "roles"), problem);
    if (status == IEUM_OK) status = field_choice(entry, at, "work", true, works, 3, &work, problem);
    if (status == IEUM_OK) status = field_bool(entry, at, "personal", true, &personal, problem);
    if (status == IEUM_OK) status = check_text_array(entry, at, "long_with", false, NULL, problem);
    if (status == IEUM_OK) status = check_text_array(entry, at, "write_with", false, NULL, problem);
    return status;
}

/* Which member of a request says the step, and which table of them an operation then has. */
static const char *const step_members[] = {"step", "action", "kind"}, *const step_tables[] = {"steps", "actions", "kinds"};

const jval *roles_steps(const jval *operation, const char **member, const char **table) {
    for (size_t i = 0; i < sizeof step_members / sizeof *step_members; i++) {
        const jval *entries = jval_get(operation, step_tables[i]);
        *member = step_members[i];
        *table = step_tables[i];
        if (entries) return entries;
    }
    return NULL;
}

static ieum_status check_operation(const struct roles *roles, const jval *operation, const struct jpath *at, struct problem *problem) {
    const char *standard = NULL, *member, *table;
    const jval *entries = roles_steps(operation, &member, &table);
    if (!entries) return check_entry(roles, operation, at, problem);
    const char *const known[] = {table, "standard"};
    const struct jpath list = {at, table, 0};
    ieum_status status = field_refuse_unknown(operation, at, known, 2, problem);
    if (status == IEUM_OK) status = field_text(operation, at, "standard", false, &standard, problem);
    if (status == IEUM_OK && ((standard && !jval_get(entries, standard)) || jval_count(entries) == 0 || jval_count(entries) > STEPS_MOST))
        status = jval_refuse(problem, at, NULL, NULL, "작업의 단계가 맞지 않습니다.", "The steps of the operation do not fit.");
    for (void *i = jval_first(entries); i && status == IEUM_OK; i = jval_next(entries, i))
        status = check_entry(roles, jval_value(i), &(struct jpath){&list, jval_key(i), 0}, problem);
    return status;
}

static ieum_status check_table(const struct roles *roles, struct problem *problem) {
    const jval *names = NULL, *operations = NULL;
    const struct jpath roles_at = {&root, "roles", 0}, operations_at = {&root, "operations", 0};
    ieum_status status = jval_is(roles->json, JVAL_OBJECT) ? IEUM_OK : jval_refuse(problem, &root, roles->json, "object", "객체({…})여야 합니다.", "This must be an object.");
    if (status == IEUM_OK) status = field_object(roles->json, NULL, "roles", true, &names, problem);
    for (void *i = jval_first(names); i && status == IEUM_OK; i = jval_next(names, i))
        status = check_role(jval_value(i), &(struct jpath){&roles_at, jval_key(i), 0}, problem);
    if (status == IEUM_OK) status = check_text_array(roles->json, &root, "paths", true, NULL, problem);
    if (status == IEUM_OK) status = field_object(roles->json, NULL, "operations", true, &operations, problem);
    for (void *i = jval_first(operations); i && status == IEUM_OK; i = jval_next(operations, i))
        status = check_operation(roles, jval_value(i), &(struct jpath){&operations_at, jval_key(i), 0}, problem);
    return status;
}

ieum_status roles_load(const char *path, struct roles **roles, struct problem *problem) {
    struct roles *made = memory_allocate_zero(1, sizeof *made);
    ieum_status status = made ? json_file_read(path, NULL, FILE_MOST, &made->json, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && (status = check_table(made, problem)) != IEUM_OK) json_file_place(path, NULL, problem);
    if (status == IEUM_OK) *roles = made;
    else roles_free(made);
    return status;
}

void roles_free(struct roles *roles) {
    if (!roles) return;
    jval_free(roles->json);
    memory_free(roles);
}

/* ---- asking ---- */

const jval *roles_table(const struct roles *roles) { return roles->json; }

const jval *roles_role(const struct roles *roles, const char *role) { return jval_get(jval_get(roles->json, "roles"), role); }

static bool has_text(const jval *array, const char *text) {
    for (size_t i = 0; i < jval_count(array); i++)
        if (strcmp(jval_text(jval_at(array, i)), text) == 0) return true;
    return false;
}

static const char *path_member(const struct roles *roles, const jval *request) {
    const jval *paths = jval_get(roles->json, "paths");
    for (size_t i = 0; i < jval_count(paths); i++)
        if (jval_get(request, jval_text(jval_at(paths, i)))) return jval_text(jval_at(paths, i));
    return model_name_is_path(jval_text(jval_get(request, "model"))) ? "model" : NULL;
}

/* The line of the request's step or action. */
static ieum_status find_step(const jval *operation, const char *member, const jval *entries, const jval *request, const char **step, struct problem *problem) {
    const char *names[STEPS_MOST];
    size_t count = 0, chosen = 0;
    *step = jval_get_text(operation, "standard");
    if (*step && !jval_get(request, member)) return IEUM_OK;
    for (void *i = jval_first(entries); i; i = jval_next(entries, i)) names[count++] = jval_key(i);
    ieum_status status = field_choice(request, NULL, member, true, names, count, &chosen, problem);
    if (status == IEUM_OK) *step = names[chosen];
    return status;
}

ieum_status roles_ask(const struct roles *roles, const char *role, const char *op, const jval *request, struct permission *permission, struct problem *problem) {
    const char *member, *table;
    const jval *entry = jval_get(jval_get(roles->json, "operations"), op), *entries = roles_steps(entry, &member, &table);
    *permission = (struct permission){.personal = true};
    if (!entry) return IEUM_OK;
    if (entries) {
        ieum_status status = find_step(entry, member, entries, request, &permission->step, problem);
        if (status != IEUM_OK) return status;
        entry = jval_get(entries, permission->step);
    }
    permission->personal = jval_true(jval_get(entry, "personal"));
    permission->allowed = roles_role(roles, role) && has_text(jval_get(entry, "roles"), role);
    permission->named = path_member(roles, request);
    if (permission->personal) permission->withheld = jval_get(roles_role(roles, role), "withheld");
    return IEUM_OK;
}
