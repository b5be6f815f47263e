/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see kinds_list.h. */
#include "kinds_list.h"

#include <string.h>

#include "../base/problem_list.h"
#include "section.h"

static const struct jpath root = {NULL, NULL, 0};

ieum_status kinds_read(const jval *object, const struct jpath *at, bool required, struct arena *arena, struct text_list *kinds, struct problem *problem) {
    const jval *list = jval_get(object, "kinds");
    const struct jpath list_at = {at, "kinds", 0};
    ieum_status status = field_text_list(object, at, "kinds", required, arena, kinds, problem);
    if (status != IEUM_OK || !list) return status;
    if (kinds->count == 0)
        return jval_refuse(problem, &list_at, list, "[\"ai_firm\", …]", "종류를 하나 이상 적어 주십시오. 아무도 설 수 없습니다.", "Name at least one kind: nobody could stand here.");
    for (size_t i = 0; i < kinds->count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(kinds->items[i], kinds->items[k]) == 0)
                return jval_refuse(problem, &(struct jpath){&list_at, NULL, i}, jval_at(list, i), NULL, "같은 종류를 두 번 적었습니다.", "This kind is named twice.");
    return IEUM_OK;
}

ieum_status pool_read(const jval *resolved, struct program *program, struct problem *problem) {
    static const char *const known[] = {"kinds", "source"};
    const struct jpath at = {&root, "pool", 0};
    const jval *pool = NULL;
    const char *source = NULL;
    ieum_status status = field_object(resolved, NULL, "pool", false, &pool, problem);
    if (status != IEUM_OK || !pool) return status;
    status = field_refuse_unknown(pool, &at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = kinds_read(pool, &at, true, program->arena, &program->pool, problem);
    if (status == IEUM_OK) status = field_text(pool, &at, "source", true, &source, problem);
    return status;
}

static ieum_status check_list(const jval *object, const struct jpath *at, const struct taxonomy *taxonomy, struct problem *problem) {
    const jval *list = jval_get(object, "kinds");
    const struct jpath list_at = {at, "kinds", 0};
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = problem_aside(problem, party_kind_check(taxonomy, jval_at(list, i), &(struct jpath){&list_at, NULL, i}, NULL, problem));
    return status;
}

ieum_status program_check_kinds(const struct program *program, const struct taxonomy *taxonomy, struct problem *problem) {
    const struct jpath pool_at = {&root, "pool", 0}, consent_at = {&root, "consent", 0}, thirds_at = {&consent_at, "third_parties", 0};
    const jval *thirds = jval_get(jval_get(program->resolved, "consent"), "third_parties");
    ieum_status status = check_list(jval_get(program->resolved, "pool"), &pool_at, taxonomy, problem);
    for (size_t i = 0; i < jval_count(thirds) && status == IEUM_OK; i++)
        status = check_list(jval_at(thirds, i), &(struct jpath){&thirds_at, NULL, i}, taxonomy, problem);
    return status;
}
