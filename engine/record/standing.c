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

static ieum_status check_solution(const jval *solution, const struct jpath *at, struct arena *arena, struct problem *problem) {
    const char *name = NULL, *kind = NULL;
    const jval *ethics = NULL;
    struct date checked = {0};
    struct text_list open = {0};
    const struct jpath here = {at, "ethics", 0};
    if (!jval_is(solution, JVAL_OBJECT))
        return jval_refuse(problem, at, solution, "object", "솔루션은 객체({…})여야 합니다.", "A solution must be an object ({…}).");
    ieum_status status = member_sentence(solution, at, "name", true, &name, problem);
    if (status == IEUM_OK) status = field_text(solution, at, "kind", false, &kind, problem);
    if (status == IEUM_OK) status = field_object(solution, at, "ethics", false, &ethics, problem);
    if (status == IEUM_OK && ethics) status = member_date(ethics, &here, "checked", false, &checked, problem);
    if (status == IEUM_OK && ethics) status = field_text_list(ethics, &here, "open", false, arena, &open, problem);
    return status;
}

ieum_status solutions_check(const jval *supplier, const struct jpath *at, struct arena *arena, struct problem *problem) {
    const jval *list = NULL;
    const struct jpath here = {at, "solutions", 0};
    ieum_status status = field_array(supplier, at, "solutions", false, &list, problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = check_solution(jval_at(list, i), &(struct jpath){&here, NULL, i}, arena, problem);
    return status;
}
