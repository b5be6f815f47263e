/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see parameter.h. Must not know what any parameter means. */
#include "parameter.h"

#include <string.h>

#include "../base/problem_list.h"
#include "jurisdiction.h"
#include "section.h"

static const char *const known_members[] = {"id", "value", "note", "source", "record"};

const struct parameter *parameter_find(const struct parameter *parameters, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++)
        if (id_same(parameters[i].id, id)) return &parameters[i];
    return NULL;
}

static ieum_status parameter_read(const jval *json, const struct jpath *at, struct parameter *parameter,
                                  struct problem *problem) {
    ieum_status status = object_check(json, at, known_members, sizeof known_members / sizeof *known_members, problem);
    if (status == IEUM_OK) status = problem_aside(problem, id_read(json, at, &parameter->id, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(json, at, "note", true, &parameter->note, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(json, at, "source", true, &parameter->source, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(json, at, "record", false, &parameter->record, problem));
    if (status != IEUM_OK) return status;
    parameter->value = jval_get(json, "value");
    if (parameter->value != NULL) return IEUM_OK;
    struct jpath value_at = {at, "value", 0};
    return jval_refuse(problem, &value_at, NULL, "value",
                       "매개변수의 값이 없습니다. 정하지 않았으면 null이라고 적어 주세요.",
                       "The parameter has no value. Write null when it is not settled.");
}

ieum_status parameters_read(const jval *json, struct arena *arena, struct parameter **parameters, size_t *count,
                            struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    return parameters_read_in(json, &root, "parameters", arena, parameters, count, problem);
}

ieum_status parameters_read_in(const jval *json, const struct jpath *up, const char *key, struct arena *arena, struct parameter **parameters, size_t *count,
                               struct problem *problem) {
    const jval *list = NULL;
    const struct jpath list_at = {up, key, 0};
    ieum_status status = field_array(json, up, key, false, &list, problem);
    if (status != IEUM_OK) return status;
    size_t total = jval_count(list);
    struct parameter *read = arena_allocate_zero(arena, total == 0 ? 1 : total, sizeof *read);
    if (read == NULL) return problem_set_memory(problem);
    for (size_t i = 0; i < total && status == IEUM_OK; i++) {
        struct jpath at = {&list_at, NULL, i};
        status = problem_aside(problem, parameter_read(jval_at(list, i), &at, &read[i], problem));
        if (status == IEUM_OK && parameter_find(read, i, read[i].id) != NULL)
            status = problem_aside(problem, id_refuse_twice(jval_get(jval_at(list, i), "id"), &at, problem));
    }
    if (status != IEUM_OK) return status;
    *parameters = read;
    *count = total;
    return IEUM_OK;
}

struct resolver {
    const struct parameter *parameters;
    size_t count;
    const struct jurisdiction *jurisdiction; /* NULL: there is none */
    bool named;                              /* the program names one, be it known or not */
    struct problem *problem;
};

/* Refuses a reference to the law; the value that it would stand for is then null where problems are laid aside. Of a jurisdiction that is not known it was told before. */
static ieum_status refuse_law(const struct resolver *resolver, const jval *value, const struct jpath *at, const char *key, const char *ko, const char *en) {
    const struct jpath id_at = {at, key, 0};
    const jval *id = jval_get(value, key);
    if (resolver->jurisdiction == NULL && resolver->named) return IEUM_OK;
    ieum_status status = resolver->jurisdiction == NULL
                             ? jval_refuse(resolver->problem, &id_at, id, "\"jurisdiction\": \"…\"", "이 사업은 관할(jurisdiction)을 정하지 않아 관할의 값이나 집합을 쓸 수 없습니다.",
                                           "This program names no jurisdiction, so it has no values and unions of one.")
                             : jval_refuse(resolver->problem, &id_at, id, "", ko, en);
    return problem_aside(resolver->problem, status);
}

static jval *resolve_law(const struct resolver *resolver, const jval *value, const struct jpath *at) {
    const struct parameter *found = resolver->jurisdiction ? jurisdiction_value(resolver->jurisdiction, jval_get_text(value, "jurisdiction")) : NULL;
    if (found) return jval_copy(found->value);
    return refuse_law(resolver, value, at, "jurisdiction", "이 사업의 관할에는 이런 값이 없습니다.", "The program's jurisdiction has no such value.") == IEUM_OK ? jval_new_null() : NULL;
}

/* Whether a rule's union is one that the law of the program defines; no matter for other members of that name. */
static bool union_known(const struct resolver *resolver, const jval *rule, const struct jpath *at) {
    const char *id = jval_get_text(rule, "union");
    if (id == NULL || !jval_is(jval_get(rule, "test"), JVAL_TEXT)) return true;
    if (resolver->jurisdiction && text_list_has(&resolver->jurisdiction->unions, id)) return true;
    return refuse_law(resolver, rule, at, "union", "이 사업의 관할이 정한 집합(unions)이 아닙니다.", "The program's jurisdiction defines no such union.") == IEUM_OK;
}

/* Returns NULL when a reference is wrong (the problem is set) or memory fails (memory_failed). */
static jval *resolve(const struct resolver *resolver, const jval *value, const struct jpath *at) {
    if (jval_is(value, JVAL_OBJECT) && jval_count(value) == 1 && jval_get_text(value, "parameter") != NULL) {
        const jval *id = jval_get(value, "parameter");
        const struct parameter *parameter = parameter_find(resolver->parameters, resolver->count, jval_text(id));
        if (parameter != NULL && parameter->value != NULL) return jval_copy(parameter->value);
        struct jpath id_at = {at, "parameter", 0};
        ieum_status status = IEUM_OK;
        if (parameter == NULL)
            status = jval_refuse(resolver->problem, &id_at, id, "", "이런 이름의 매개변수가 'parameters'에 없습니다.",
                                 "There is no such parameter among \"parameters\".");
        return problem_aside(resolver->problem, status) == IEUM_OK ? jval_new_null() : NULL;
    }
    if (at->up != NULL && jval_is(value, JVAL_OBJECT) && jval_count(value) == 1 && jval_get_text(value, "jurisdiction") != NULL)
        return resolve_law(resolver, value, at);
    if (!jval_is(value, JVAL_OBJECT) && !jval_is(value, JVAL_ARRAY)) return jval_copy(value);
    if (!union_known(resolver, value, at)) return NULL;
    jval *copy = jval_is(value, JVAL_OBJECT) ? jval_new_object() : jval_new_array();
    if (jval_is(value, JVAL_OBJECT)) {
        for (void *i = jval_first(value); i != NULL; i = jval_next(value, i)) {
            struct jpath member_at = {at, jval_key(i), 0};
            bool skip = at->up == NULL && (strcmp(jval_key(i), "parameters") == 0 || strcmp(jval_key(i), "law") == 0);
            jval *member = skip ? jval_copy(jval_value(i)) : resolve(resolver, jval_value(i), &member_at);
            if (member == NULL) goto failed;
            jval_set(copy, jval_key(i), member);
        }
    } else {
        for (size_t i = 0; i < jval_count(value); i++) {
            struct jpath item_at = {at, NULL, i};
            jval *item = resolve(resolver, jval_at(value, i), &item_at);
            if (item == NULL) goto failed;
            jval_append(copy, item);
        }
    }
    return copy;
failed:
    jval_free(copy);
    return NULL;
}

ieum_status parameters_resolve(const jval *json, const struct parameter *parameters, size_t count, const struct jurisdiction *jurisdiction, jval **resolved,
                               struct problem *problem) {
    struct resolver resolver = {parameters, count, jurisdiction, jval_get(json, "jurisdiction") != NULL, problem};
    struct jpath root = {NULL, NULL, 0};
    jval *copy = resolve(&resolver, json, &root);
    if (problem->status != IEUM_OK || memory_failed() || copy == NULL) {
        jval_free(copy);
        return problem->status != IEUM_OK ? problem->status : problem_set_memory(problem);
    }
    *resolved = copy;
    return IEUM_OK;
}
