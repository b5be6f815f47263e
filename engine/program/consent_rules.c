/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see consent_rules.h. */
#include "consent_rules.h"

#include <string.h>

#include "../base/problem_list.h"
#include "kinds_list.h"
#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static const struct jpath root = {NULL, NULL, 0};

static ieum_status third_read(const jval *json, const struct jpath *at, struct arena *arena, struct third_party *third, struct problem *problem) {
    static const char *const known[] = {"id", "title", "required", "kinds"};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = problem_aside(problem, id_read(json, at, &third->id, problem));
    if (status == IEUM_OK && (id_same(third->id, "demand") || id_same(third->id, "supplier")))
        status = problem_aside(problem, id_refuse_twice(jval_get(json, "id"), at, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(json, at, "title", true, &third->title, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(json, at, "required", false, &third->required, problem));
    if (status == IEUM_OK) status = problem_aside(problem, kinds_read(json, at, false, arena, &third->kinds, problem));
    return status;
}

static ieum_status thirds_read(const jval *consent, const struct jpath *at, struct program *program, struct problem *problem) {
    struct consent_rules *rules = &program->consent;
    const struct jpath list_at = {at, "third_parties", 0};
    const jval *list = NULL;
    ieum_status status = field_array(consent, at, "third_parties", false, &list, problem);
    rules->thirds = arena_allocate_zero(program->arena, jval_count(list), sizeof *rules->thirds);
    if (status == IEUM_OK && !rules->thirds) status = problem_set_memory(problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath one = {&list_at, NULL, i};
        status = problem_aside(problem, third_read(jval_at(list, i), &one, program->arena, &rules->thirds[i], problem));
        for (size_t k = 0; status == IEUM_OK && k < i; k++)
            if (id_same(rules->thirds[k].id, rules->thirds[i].id))
                status = problem_aside(problem, id_refuse_twice(jval_get(jval_at(list, i), "id"), &one, problem));
    }
    if (status == IEUM_OK) rules->third_count = jval_count(list);
    return status;
}

ieum_status consent_rules_read(const jval *resolved, struct program *program, struct problem *problem) {
    static const char *const known[] = {"demand", "supplier", "days", "third_parties", "source"};
    const jval *consent = NULL;
    const char *source = NULL;
    const struct jpath at = {&root, "consent", 0};
    struct consent_rules *rules = &program->consent;
    ieum_status status = field_object(resolved, NULL, "consent", false, &consent, problem);
    if (status != IEUM_OK || consent == NULL) return status;
    status = problem_aside(problem, field_refuse_unknown(consent, &at, KNOWN(known), problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(consent, &at, "demand", true, &rules->demand, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(consent, &at, "supplier", true, &rules->supplier, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(consent, &at, "days", false, 1, 365, &rules->days, problem));
    if (status == IEUM_OK) status = problem_aside(problem, thirds_read(consent, &at, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(consent, &at, "source", true, &source, problem));
    return status;
}

ieum_status retention_read(const jval *resolved, struct program *program, struct problem *problem) {
    static const char *const known[] = {"years", "source"};
    const jval *retention = NULL;
    const char *source = NULL;
    const struct jpath at = {&root, "retention", 0};
    program->retention_years = AMOUNT_MISSING;
    ieum_status status = field_object(resolved, NULL, "retention", false, &retention, problem);
    if (status != IEUM_OK || retention == NULL) return status;
    status = problem_aside(problem, field_refuse_unknown(retention, &at, KNOWN(known), problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(retention, &at, "years", true, 1, 100, &program->retention_years, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(retention, &at, "source", true, &source, problem));
    return status;
}
