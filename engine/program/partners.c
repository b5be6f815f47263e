/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see partners.h. */
#include "partners.h"

#include <string.h>

#include "../adapt/json_file.h"
#include "section.h"

enum { FILE_BYTES_MOST = 1 << 18 };

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static const struct jpath root = {NULL, NULL, 0}, partners_at = {&root, "partners", 0};

/* ---- of a program ---- */

static ieum_status read_partner(const jval *json, const struct jpath *at, struct partner *partner, struct problem *problem) {
    static const char *const known[] = {"title", "role", "source"};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &partner->title, problem);
    if (status == IEUM_OK) status = field_text(json, at, "role", true, &partner->role, problem);
    if (status == IEUM_OK) status = field_text(json, at, "source", true, &partner->source, problem);
    return status;
}

ieum_status partners_read(const jval *resolved, struct program *program, struct problem *problem) {
    const jval *list = NULL;
    ieum_status status = field_array(resolved, NULL, "partners", false, &list, problem);
    if (status != IEUM_OK || !list) return status;
    struct partner *partners = arena_allocate_zero(program->arena, jval_count(list) + 1, sizeof *partners);
    if (!partners) return problem_set_memory(problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath at = {&partners_at, NULL, i}, title_at = {&at, "title", 0};
        status = read_partner(jval_at(list, i), &at, &partners[i], problem);
        for (size_t k = 0; status == IEUM_OK && k < i; k++)
            if (strcmp(partners[k].title.ko, partners[i].title.ko) == 0)
                status = jval_refuse(problem, &title_at, jval_get(jval_at(list, i), "title"), "", "같은 협력기관이 앞에 이미 있습니다.", "This partner stands in the list before.");
    }
    program->partners = partners;
    program->partner_count = status == IEUM_OK ? jval_count(list) : 0;
    return status;
}

/* ---- roles ---- */

static ieum_status read_role(const jval *json, const struct jpath *at, struct arena *arena, struct partner_role *role, struct problem *problem) {
    const char *texts[3] = {NULL, NULL, NULL};
    ieum_status status = field_text(json, at, "id", true, &texts[0], problem);
    if (status == IEUM_OK) status = field_text(json, at, "ko", true, &texts[1], problem);
    if (status == IEUM_OK) status = field_text(json, at, "en", true, &texts[2], problem);
    if (status != IEUM_OK) return status;
    for (size_t i = 0; i < 3; i++)
        if (!(texts[i] = arena_copy_text(arena, texts[i]))) return problem_set_memory(problem);
    *role = (struct partner_role){texts[0], texts[1], texts[2]};
    return IEUM_OK;
}

static ieum_status read_roles(const jval *json, struct arena *arena, struct partner_roles *roles, struct problem *problem) {
    static const struct jpath at = {&root, "roles", 0};
    const jval *list = NULL;
    ieum_status status = field_array(json, NULL, "roles", true, &list, problem);
    if (status != IEUM_OK) return status;
    struct partner_role *items = arena_allocate_zero(arena, jval_count(list) + 1, sizeof *items);
    if (!items) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) status = read_role(jval_at(list, i), &(struct jpath){&at, NULL, i}, arena, &items[i], problem);
    *roles = (struct partner_roles){items, jval_count(list)};
    return status;
}

ieum_status partner_roles_load(const char *data_folder, struct arena *arena, struct partner_roles *roles, struct problem *problem) {
    static const char name[] = "taxonomy/partner_roles.json";
    jval *json = NULL;
    ieum_status status = json_file_read(data_folder, name, FILE_BYTES_MOST, &json, problem);
    if (status == IEUM_OK && (status = read_roles(json, arena, roles, problem)) != IEUM_OK) json_file_place(data_folder, name, problem);
    jval_free(json);
    return status;
}

const struct partner_role *partner_role_find(const struct partner_roles *roles, const char *id) {
    for (size_t i = 0; i < roles->count; i++)
        if (strcmp(roles->items[i].id, id) == 0) return &roles->items[i];
    return NULL;
}

static ieum_status refuse_role(const struct partner_roles *roles, const char *role, size_t index, struct problem *problem) {
    const struct jpath at = {&partners_at, NULL, index}, role_at = {&at, "role", 0};
    struct buffer known = BUFFER_EMPTY;
    for (size_t i = 0; i < roles->count; i++) buffer_format(&known, "%s%s", i ? " | " : "", roles->items[i].id);
    ieum_status status = jval_refuse(problem, &role_at, NULL, known.failed || !known.bytes ? "" : known.bytes, "그런 협력기관 구분이 없습니다(taxonomy/partner_roles.json).",
                                     "There is no such role of a partner (taxonomy/partner_roles.json).");
    problem_set_value(problem, role);
    buffer_free(&known);
    return status;
}

ieum_status partner_roles_check(const char *data_folder, const struct program *program, struct problem *problem) {
    struct partner_roles roles = {0};
    if (program->partner_count == 0) return IEUM_OK;
    struct arena *arena = arena_new();
    ieum_status status = arena ? partner_roles_load(data_folder, arena, &roles, problem) : problem_set_memory(problem);
    for (size_t i = 0; i < program->partner_count && status == IEUM_OK; i++)
        if (!partner_role_find(&roles, program->partners[i].role)) status = refuse_role(&roles, program->partners[i].role, i, problem);
    arena_free(arena);
    return status;
}
