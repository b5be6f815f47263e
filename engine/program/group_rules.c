/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see group_rules.h. Must not look at records: who is in a group is found when pairs are assigned. */
#include "group_rules.h"

#include <string.h>

#include "../base/problem_list.h"

#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static ieum_status bounds_refuse(const jval *pair, const struct jpath *at, struct problem *problem) {
    return jval_refuse(problem, &(struct jpath){at, "min", 0}, jval_get(pair, "min"), "<= max", "최솟값(min)이 최댓값(max)보다 큽니다.",
                       "The least value (min) is above the greatest (max).");
}

ieum_status bounds_read(const jval *object, const struct jpath *up, const char *key, struct bounds *bounds,
                               struct problem *problem) {
    static const char *const known[] = {"min", "max"};
    const jval *pair = NULL;
    struct jpath at = {up, key, 0};
    bounds->least = 0;
    bounds->most = INT64_MAX;
    ieum_status status = field_object(object, up, key, true, &pair, problem);
    if (status == IEUM_OK) status = problem_aside(problem, field_refuse_unknown(pair, &at, KNOWN(known), problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(pair, &at, "min", false, 0, 1000000, &bounds->least, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(pair, &at, "max", false, 0, 1000000, &bounds->most, problem));
    if (status == IEUM_OK && bounds->least > bounds->most) status = problem_aside(problem, bounds_refuse(pair, &at, problem));
    return status;
}

/* A group says whom it holds in exactly one way: by a field, with or without values, or newcomers. */
static ieum_status check_members(const jval *json, const struct jpath *at, const struct group_rule *rule, struct problem *problem) {
    if (rule->newcomer && rule->demand_side)
        return jval_refuse(problem, &(struct jpath){at, "newcomer", 0}, jval_get(json, "newcomer"), NULL,
                           "신규 참여는 공급기업 쪽 그룹에만 쓸 수 있습니다.", "Newcomers are suppliers: this group must be of that side.");
    if (rule->newcomer == (rule->field != NULL))
        return jval_refuse(problem, &(struct jpath){at, "field", 0}, jval_get(json, "field"), "field | newcomer",
                           "그룹은 항목(field)이나 신규 참여(newcomer) 가운데 하나로 정합니다.",
                           "A group is made by a field or of newcomers, one of the two.");
    if (rule->field && rule->field[0] != '/')
        return jval_refuse(problem, &(struct jpath){at, "field", 0}, jval_get(json, "field"), "/region",
                           "항목은 '/'로 시작하는 JSON 포인터여야 합니다.", "The field must be a JSON Pointer, which begins with '/'.");
    return IEUM_OK;
}

static ieum_status group_read(const jval *json, const struct jpath *at, struct arena *arena, struct group_rule *rule,
                              struct problem *problem) {
    static const char *const known[] = {"id", "title", "side", "field", "values", "prefix", "newcomer", "min", "max", "waivable", "source"};
    static const char *const sides[] = {"demand", "supplier"};
    size_t side = 0;
    int64_t prefix = 0;
    const jval *values = NULL;
    rule->bounds = (struct bounds){0, INT64_MAX};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = problem_aside(problem, id_read(json, at, &rule->id, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(json, at, "title", true, &rule->title, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_choice(json, at, "side", true, sides, 2, &side, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(json, at, "field", false, &rule->field, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_array(json, at, "values", false, &values, problem));
    if (status == IEUM_OK && values) status = problem_aside(problem, field_text_list(json, at, "values", true, arena, &rule->values, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(json, at, "prefix", false, 1, 20, &prefix, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(json, at, "newcomer", false, &rule->newcomer, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(json, at, "min", false, 0, 1000000, &rule->bounds.least, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(json, at, "max", false, 0, 1000000, &rule->bounds.most, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(json, at, "waivable", false, &rule->waivable, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(json, at, "source", true, &rule->source, problem));
    if (status == IEUM_OK && rule->bounds.least > rule->bounds.most) status = problem_aside(problem, bounds_refuse(json, at, problem));
    rule->demand_side = side == 0;
    rule->prefix = (size_t)prefix;
    rule->each = rule->field && rule->values.count == 0;
    return status == IEUM_OK ? check_members(json, at, rule, problem) : status;
}

ieum_status group_rules_read(const jval *assignment, const struct jpath *at, struct program *program, struct problem *problem) {
    const jval *list = NULL;
    const struct jpath list_at = {at, "groups", 0};
    ieum_status status = field_array(assignment, at, "groups", false, &list, problem);
    program->groups = arena_allocate_zero(program->arena, jval_count(list), sizeof *program->groups);
    if (status == IEUM_OK && !program->groups) status = problem_set_memory(problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath one = {&list_at, NULL, i};
        status = problem_aside(problem, group_read(jval_at(list, i), &one, program->arena, &program->groups[i], problem));
        for (size_t k = 0; status == IEUM_OK && k < i; k++)
            if (id_same(program->groups[k].id, program->groups[i].id))
                status = problem_aside(problem, id_refuse_twice(jval_get(jval_at(list, i), "id"), &one, problem));
    }
    if (status == IEUM_OK) program->group_count = jval_count(list);
    return status;
}
