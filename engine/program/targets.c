/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see targets.h. */
#include "targets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/problem_list.h"
#include "calendar.h"
#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

enum { YEAR_LEAST = 1990, YEAR_MOST = 2200 };

static const struct jpath root = {NULL, NULL, 0}, targets_at = {&root, "targets", 0}, budget_at = {&root, "budget", 0};

/* ---- plans by year ---- */

struct year_sum {
    double within; /* sum of the years from first to last */
    size_t count;  /* how many of these there are */
};

static bool is_year(const char *key) { return strlen(key) == 4 && strspn(key, "0123456789") == 4 && atoi(key) >= YEAR_LEAST && atoi(key) <= YEAR_MOST; }

/* Each key a year, each value a number >= 0 (whole where `whole`). Years outside first..last are refused where `bound`. */
static ieum_status read_years(const jval *owner, const struct jpath *at, int first, int last, bool bound, bool whole, struct year_sum *sum, struct problem *problem) {
    const struct jpath years_at = {at, "years", 0};
    const jval *years = NULL;
    ieum_status status = field_object(owner, at, "years", false, &years, problem);
    for (void *i = jval_first(years); i && status == IEUM_OK; i = jval_next(years, i)) {
        const struct jpath one_at = {&years_at, jval_key(i), 0};
        const jval *value = jval_value(i);
        const bool number = jval_is(value, JVAL_INTEGER) || (!whole && jval_is(value, JVAL_REAL));
        if (!is_year(jval_key(i)))
            return jval_refuse(problem, &one_at, value, "\"2025\": n", "이름은 네 자리 연도여야 합니다.", "The name is a year of four digits.");
        if (!number || jval_number(value) < 0 || jval_number(value) > 1e15)
            return jval_refuse(problem, &one_at, value, ">= 0", "해마다의 계획은 0 이상의 수여야 합니다.", "A year's plan is a number of at least 0.");
        const int year = atoi(jval_key(i));
        const bool inside = year >= first && year <= last;
        if (bound && !inside)
            return jval_refuse(problem, &one_at, value, "from..to", "이 해는 목표의 기간 밖에 있습니다.", "This year lies outside the target's period.");
        sum->within += inside ? jval_number(value) : 0;
        sum->count += inside;
    }
    return status;
}

double year_plan(const jval *owner, int year) {
    char key[16];
    snprintf(key, sizeof key, "%d", year);
    const jval *value = jval_get(jval_get(owner, "years"), key);
    return jval_is(value, JVAL_INTEGER) || jval_is(value, JVAL_REAL) ? jval_number(value) : NAN;
}

/* ---- targets ---- */

static ieum_status check_years(const jval *target, const struct jpath *at, double value, struct problem *problem) {
    const char *from = jval_get_text(target, "from"), *to = jval_get_text(target, "to");
    const struct jpath years_at = {at, "years", 0};
    struct year_sum sum = {0};
    if (!jval_get(target, "years")) return IEUM_OK;
    if (!from || !to)
        return jval_refuse(problem, &years_at, NULL, "from, to", "해마다의 계획을 적으려면 목표의 기간(from, to)이 있어야 합니다.", "A plan by year needs the target's period (from, to).");
    ieum_status status = read_years(target, at, atoi(from), atoi(to), true, false, &sum, problem);
    if (status != IEUM_OK || !jval_get(target, "counts")) return status; /* only counts add up */
    const bool whole = sum.count == (size_t)(atoi(to) - atoi(from) + 1);
    if (sum.within <= value + 1e-9 && (!whole || sum.within >= value - 1e-9)) return IEUM_OK;
    char expected[64];
    snprintf(expected, sizeof expected, "%s %g", whole ? "=" : "<=", value);
    return jval_refuse(problem, &years_at, jval_get(target, "years"), expected, "해마다의 계획을 더한 값이 목표값과 맞지 않습니다.", "The plans by year do not add up to the target's value.");
}

static ieum_status read_target(const jval *target, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"id", "title", "value", "from", "to", "counts", "years", "source"};
    static const char *const steps[] = {"applied", "eligible", "selected", "matched", "agreed", "completed"}; /* of the council report */
    const char *text = NULL;
    struct text2 title;
    double value = 0;
    size_t counted = 0;
    ieum_status status = object_check(target, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = id_read(target, at, &text, problem);
    if (status == IEUM_OK) status = text2_read(target, at, "title", true, &title, problem);
    if (status == IEUM_OK) status = field_number(target, at, "value", true, 0, 1e15, &value, problem);
    if (status == IEUM_OK) status = period_check(target, at, problem);
    if (status == IEUM_OK) status = field_choice(target, at, "counts", false, KNOWN(steps), &counted, problem);
    if (status == IEUM_OK) status = field_text(target, at, "source", true, &text, problem);
    return status == IEUM_OK ? check_years(target, at, value, problem) : status;
}

ieum_status targets_read(const jval *resolved, struct problem *problem) {
    const jval *list = NULL;
    ieum_status status = field_array(resolved, NULL, "targets", false, &list, problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath at = {&targets_at, NULL, i};
        status = problem_aside(problem, read_target(jval_at(list, i), &at, problem));
        for (size_t k = 0; status == IEUM_OK && k < i; k++)
            if (jval_equal(jval_get(jval_at(list, k), "id"), jval_get(jval_at(list, i), "id"))) status = id_refuse_twice(jval_get(jval_at(list, i), "id"), &at, problem);
        status = problem_aside(problem, status);
    }
    return status;
}

/* ---- the budget ---- */

ieum_status budget_years_read(const jval *budget, const struct program *program, int64_t total_krw, struct problem *problem) {
    static const struct jpath years_at = {&budget_at, "years", 0};
    const int first = program->effective_from ? atoi(program->effective_from) : YEAR_LEAST, last = program->effective_to ? atoi(program->effective_to) : YEAR_MOST;
    struct year_sum sum = {0};
    ieum_status status = read_years(budget, &budget_at, first, last, false, true, &sum, problem);
    if (status != IEUM_OK || total_krw == AMOUNT_MISSING || sum.within <= (double)total_krw) return status;
    return jval_refuse(problem, &years_at, jval_get(budget, "years"), "<= total_krw", "시행 기간의 연도별 예산을 더한 값이 총액보다 큽니다.",
                       "The years' budgets within the effective period add up to more than the total.");
}
