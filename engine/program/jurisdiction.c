/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see jurisdiction.h. Must not know any city. */
#include "jurisdiction.h"

#include <string.h>

#include "parameter.h"
#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static ieum_status role_read(const jval *json, const struct jpath *at, struct role_name *role, struct problem *problem) {
    static const char *const known[] = {"id", "title", "definition", "source"};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = id_read(json, at, &role->id, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &role->title, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "definition", true, &role->definition, problem);
    if (status == IEUM_OK) status = field_text(json, at, "source", true, &role->source, problem);
    return status;
}

static ieum_status roles_read(const jval *json, const struct jpath *at, struct arena *arena, struct jurisdiction *jurisdiction, struct problem *problem) {
    const jval *list = NULL;
    const struct jpath list_at = {at, "roles", 0};
    ieum_status status = field_array(json, at, "roles", true, &list, problem);
    if (status == IEUM_OK) jurisdiction->roles = arena_allocate_zero(arena, jval_count(list) + 1, sizeof *jurisdiction->roles);
    if (status == IEUM_OK && !jurisdiction->roles) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath role_at = {&list_at, NULL, i};
        struct role_name *role = &jurisdiction->roles[i];
        status = role_read(jval_at(list, i), &role_at, role, problem);
        if (status == IEUM_OK && jurisdiction_role(jurisdiction, role->id)) status = id_refuse_twice(jval_get(jval_at(list, i), "id"), &role_at, problem);
        jurisdiction->role_count++;
    }
    return status;
}

static ieum_status unions_read(const jval *json, const struct jpath *at, struct arena *arena, struct jurisdiction *jurisdiction, struct problem *problem) {
    static const char *const known[] = {"id", "title", "members", "source"};
    const jval *list = NULL;
    const struct jpath list_at = {at, "unions", 0};
    ieum_status status = field_array(json, at, "unions", false, &list, problem);
    const char **ids = arena_allocate_zero(arena, jval_count(list) + 1, sizeof *ids);
    if (status == IEUM_OK && !ids) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath one = {&list_at, NULL, i};
        const jval *item = jval_at(list, i);
        struct text_list members = {0};
        struct text2 title;
        const char *source;
        status = object_check(item, &one, KNOWN(known), problem);
        if (status == IEUM_OK) status = id_read(item, &one, &ids[i], problem);
        if (status == IEUM_OK) status = text2_read(item, &one, "title", true, &title, problem);
        if (status == IEUM_OK) status = field_text_list(item, &one, "members", true, arena, &members, problem);
        if (status == IEUM_OK) status = field_text(item, &one, "source", true, &source, problem);
        jurisdiction->unions = (struct text_list){ids, i};
        if (status == IEUM_OK && text_list_has(&jurisdiction->unions, ids[i])) status = id_refuse_twice(jval_get(item, "id"), &one, problem);
    }
    if (status == IEUM_OK) jurisdiction->unions = (struct text_list){ids, jval_count(list)};
    return status;
}

/* An address has to be told to lie in the jurisdiction or not. */
static ieum_status places_read(const struct jpath *at, struct arena *arena, struct jurisdiction *jurisdiction, struct problem *problem) {
    const struct parameter *places = jurisdiction_value(jurisdiction, "place_names");
    const struct jpath values_at = {at, "values", 0};
    jval *holder = NULL;
    if (!places)
        return jval_refuse(problem, &values_at, NULL, "place_names", "'place_names'(이 관할의 주소 첫머리)가 없습니다.",
                           "There is no \"place_names\" (how an address in this jurisdiction begins).");
    holder = jval_new_object();
    jval_set(holder, "place_names", jval_keep(places->value));
    ieum_status status = field_text_list(holder, &values_at, "place_names", true, arena, &jurisdiction->place_names, problem);
    jval_free(holder); /* the texts stand in the file */
    return status;
}

ieum_status jurisdiction_read(const jval *json, const struct jpath *at, struct arena *arena, struct jurisdiction *jurisdiction, struct problem *problem) {
    static const char *const known[] = {"id", "version", "effective", "title", "seeds", "marks", "roles", "unions", "values"};
    struct jurisdiction read = {0};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = id_read(json, at, &read.id, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &read.title, problem);
    if (status == IEUM_OK) status = field_text_list(json, at, "seeds", true, arena, &read.seeds, problem);
    if (status == IEUM_OK) status = field_text_list(json, at, "marks", true, arena, &read.marks, problem);
    if (status == IEUM_OK) status = roles_read(json, at, arena, &read, problem);
    if (status == IEUM_OK) status = unions_read(json, at, arena, &read, problem);
    if (status == IEUM_OK) status = parameters_read_in(json, at, "values", arena, &read.values, &read.value_count, problem);
    if (status == IEUM_OK) status = places_read(at, arena, &read, problem);
    if (status == IEUM_OK) *jurisdiction = read;
    return status;
}

const struct parameter *jurisdiction_value(const struct jurisdiction *jurisdiction, const char *id) {
    return parameter_find(jurisdiction->values, jurisdiction->value_count, id);
}

const struct role_name *jurisdiction_role(const struct jurisdiction *jurisdiction, const char *id) {
    for (size_t i = 0; i < jurisdiction->role_count; i++)
        if (strcmp(jurisdiction->roles[i].id, id) == 0) return &jurisdiction->roles[i];
    return NULL;
}
