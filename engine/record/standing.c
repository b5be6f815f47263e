/* SPDX-License-Identifier: Apache-2.0 */
#include "standing.h"

#include "record_fields.h"

static ieum_status check_confirmation(const jval *firm, const struct jpath *at, const char *key, struct problem *problem) {
    const jval *found = NULL;
    struct date confirmed = {0}, until = {0};
    const struct jpath here = {at, key, 0};
    ieum_status status = field_object(firm, at, key, false, &found, problem);
    if (status == IEUM_OK && found) status = member_date(found, &here, "confirmed", false, &confirmed, problem);
    if (status == IEUM_OK && found) status = member_date(found, &here, "until", false, &until, problem);
    if (status != IEUM_OK || date_missing(confirmed) || date_missing(until) || date_compare(confirmed, until) <= 0) return status;
    return jval_refuse(problem, &(struct jpath){&here, "until", 0}, jval_get(found, "until"), ">= confirmed",
                       "확인의 끝나는 날이 시작하는 날보다 앞섭니다.", "The confirmation ends before it begins.");
}

ieum_status standing_check(const jval *firm, const struct jpath *at, struct arena *arena, struct problem *problem) {
    static const char *const confirmations[] = {"sme", "venture", "micro"};
    struct text_list roles = {0};
    int64_t amount = 0;
    bool independent = false;
    ieum_status status = field_text_list(firm, at, "roles", false, arena, &roles, problem);
    if (status == IEUM_OK) status = field_integer(firm, at, "sales_krw", false, 0, AMOUNT_MOST_KRW, &amount, problem);
    if (status == IEUM_OK) status = field_integer(firm, at, "assets_krw", false, 0, AMOUNT_MOST_KRW, &amount, problem);
    if (status == IEUM_OK) status = field_bool(firm, at, "independent", false, &independent, problem);
    for (size_t i = 0; i < sizeof confirmations / sizeof *confirmations && status == IEUM_OK; i++)
        status = check_confirmation(firm, at, confirmations[i], problem);
    return status;
}

static ieum_status read_solution(const jval *json, const struct jpath *at, struct arena *arena, struct solution *solution, struct problem *problem) {
    const jval *ethics = NULL;
    struct date checked = {0};
    const struct jpath here = {at, "ethics", 0};
    if (!jval_is(json, JVAL_OBJECT))
        return jval_refuse(problem, at, json, "object", "솔루션은 객체({…})여야 합니다.", "A solution must be an object ({…}).");
    ieum_status status = member_sentence(json, at, "name", true, &solution->name, problem);
    if (status == IEUM_OK) status = field_text(json, at, "kind", false, &solution->kind, problem);
    if (status == IEUM_OK) status = field_object(json, at, "ethics", false, &ethics, problem);
    if (status == IEUM_OK && ethics) status = member_date(ethics, &here, "checked", false, &checked, problem);
    if (status == IEUM_OK && ethics) status = field_text(ethics, &here, "checked", false, &solution->checked, problem);
    if (status == IEUM_OK && ethics) status = field_text_list(ethics, &here, "open", false, arena, &solution->open, problem);
    return status;
}

ieum_status solutions_read(const jval *supplier, const struct jpath *at, struct arena *arena, const struct solution **solutions, size_t *count,
                           struct problem *problem) {
    const jval *list = NULL;
    const struct jpath here = {at, "solutions", 0};
    ieum_status status = field_array(supplier, at, "solutions", false, &list, problem);
    if (status != IEUM_OK || jval_count(list) == 0) return status;
    struct solution *read = arena_allocate_zero(arena, jval_count(list), sizeof *read);
    if (!read) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = read_solution(jval_at(list, i), &(struct jpath){&here, NULL, i}, arena, &read[i], problem);
    *solutions = read;
    *count = jval_count(list);
    return status;
}
