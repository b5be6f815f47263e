/* SPDX-License-Identifier: Apache-2.0 */
/* Quotas, budget and the bounds of the assignment held against each other. See examine.h. */
#include <inttypes.h>
#include <stdio.h>

#include "examine_parts.h"

static const struct jpath root = {NULL, NULL, 0};
static const struct jpath quota_at = {&root, "quota", 0}, budget_at = {&root, "budget", 0}, assignment_at = {&root, "assignment", 0};
static const struct jpath demands_at = {&quota_at, "demands", 0}, suppliers_at = {&quota_at, "suppliers", 0}, projects_at = {&quota_at, "projects", 0};
static const struct jpath demand_at = {&assignment_at, "demand", 0}, supplier_at = {&assignment_at, "supplier", 0};
static const struct jpath demand_min_at = {&demand_at, "min", 0}, demand_max_at = {&demand_at, "max", 0};
static const struct jpath supplier_min_at = {&supplier_at, "min", 0}, supplier_max_at = {&supplier_at, "max", 0};

static const jval *quota_of(const struct examiner *it, const char *key) { return jval_get(jval_get(it->file, "quota"), key); }
static const jval *bound_of(const struct examiner *it, const char *side, const char *key) {
    return jval_get(jval_get(jval_get(it->file, "assignment"), side), key);
}

/* A product of bounds that is INT64_MAX when either is without limit. Bounds and quotas are at most 10⁶. */
static int64_t times(int64_t a, int64_t b) { return a == INT64_MAX || b == INT64_MAX ? INT64_MAX : a * b; }

static const char *at_most(char text[40], int64_t most) {
    snprintf(text, 40, "<= %" PRId64, most);
    return text;
}

static void examine_bounds(const struct examiner *it) {
    const struct program *p = it->program;
    if (p->demand_bounds.most == 0)
        examine_error(it, (struct finding_at){"demand_max_zero", &demand_max_at, bound_of(it, "demand", "max"), ">= 1"},
                      "수요과제 하나에 배정할 공급기업이 많아야 0곳이어서 아무도 짝지을 수 없습니다.", "A demand may have no supplier at all: nobody can be matched.");
    if (p->supplier_bounds.most == 0)
        examine_error(it, (struct finding_at){"supplier_max_zero", &supplier_max_at, bound_of(it, "supplier", "max"), ">= 1"},
                      "공급기업 하나가 맡을 수요과제가 많아야 0건이어서 아무도 짝지을 수 없습니다.", "A supplier may have no demand at all: nobody can be matched.");
    if (p->supplier_bounds.most == INT64_MAX && !p->use_capacity && p->group_count == 0 && !bound_of(it, "supplier", "max")) /* null says that it is meant */
        examine_oddity(it, (struct finding_at){"supplier_without_limit", &supplier_at, NULL, "max | use_capacity"},
                       "공급기업 하나가 맡을 수 있는 건수에 한도가 없습니다. 한 곳에 몰릴 수 있습니다.",
                       "Nothing limits how many demands one supplier gets; all may go to one.");
}

/* What the demands need and give, against what the suppliers may take. */
static void examine_quota(const struct examiner *it) {
    const struct program *p = it->program;
    const bool demands = p->quota != AMOUNT_MISSING, suppliers = p->supplier_quota != AMOUNT_MISSING, projects = p->project_quota != AMOUNT_MISSING;
    char limit[40];
    if (demands && p->quota == 0)
        examine_error(it, (struct finding_at){"quota_zero", &demands_at, quota_of(it, "demands"), ">= 1"}, "정원이 0이어서 아무도 선발할 수 없습니다.",
                      "The quota is 0: nobody can be taken.");
    if (demands && projects && p->project_quota > times(p->quota, p->demand_bounds.most))
        examine_error(it, (struct finding_at){"projects_beyond_demands", &projects_at, quota_of(it, "projects"), at_most(limit, times(p->quota, p->demand_bounds.most))},
                      "지원할 프로젝트가 선발할 수요과제로 만들 수 있는 짝보다 많습니다.", "More projects are to be funded than the demands taken can make pairs.");
    if (suppliers && demands && p->supplier_quota < p->demand_bounds.least)
        examine_error(it, (struct finding_at){"suppliers_below_demand_min", &suppliers_at, quota_of(it, "suppliers"), NULL},
                      "공급기업 정원이 수요과제 하나에 필요한 공급기업 수(min)보다 작습니다.", "The quota of suppliers is below what one demand needs (min).");
    if (suppliers && demands && times(p->quota, p->demand_bounds.least) > times(p->supplier_quota, p->supplier_bounds.most))
        examine_error(it, (struct finding_at){"suppliers_cannot_serve", &demand_min_at, bound_of(it, "demand", "min"), NULL},
                      "수요과제마다 필요한 공급기업 수(min)에 정원을 곱하면 공급기업들이 맡을 수 있는 건수를 넘습니다.",
                      "The demands taken, each with its least number of suppliers (min), need more than the suppliers may serve in all.");
    if (suppliers && demands && times(p->supplier_quota, p->supplier_bounds.least) > times(p->quota, p->demand_bounds.most))
        examine_error(it, (struct finding_at){"demands_cannot_fill", &supplier_min_at, bound_of(it, "supplier", "min"), NULL},
                      "공급기업마다 맡아야 하는 건수(min)에 공급기업 정원을 곱하면 수요과제들로 만들 수 있는 짝을 넘습니다.",
                      "The suppliers, each with its least number of demands (min), need more pairs than the demands taken can make.");
    if (demands && p->supplier_bounds.least > p->quota)
        examine_error(it, (struct finding_at){"supplier_min_beyond_quota", &supplier_min_at, bound_of(it, "supplier", "min"), at_most(limit, p->quota)},
                      "공급기업 하나가 맡아야 하는 건수(min)가 선발할 수요과제보다 많습니다.", "A supplier must have more demands (min) than are taken in all.");
    if (p->demand_bounds.least > p->shortlist)
        examine_oddity(it, (struct finding_at){"shortlist_below_min", &(struct jpath){&root, "shortlist", 0}, jval_get(it->file, "shortlist"), NULL},
                       "수요과제마다 보이는 후보(shortlist)가 배정해야 하는 수(min)보다 적습니다.", "Fewer suppliers are shown for a demand (shortlist) than it must get (min).");
}

static void examine_budget(const struct examiner *it) {
    const struct program *p = it->program;
    const jval *budget = jval_get(it->file, "budget"), *total = jval_get(budget, "total_krw"), *cap = jval_get(budget, "cap_krw"), *scope = jval_get(budget, "cap_scope");
    const struct jpath total_at = {&budget_at, "total_krw", 0}, cap_at = {&budget_at, "cap_krw", 0}, scope_at = {&budget_at, "cap_scope", 0};
    const int64_t count = p->project_quota != AMOUNT_MISSING ? p->project_quota : p->quota;
    char limit[40];
    if (!jval_is(budget, JVAL_OBJECT)) return;
    const bool total_given = jval_is(total, JVAL_INTEGER), cap_given = jval_is(cap, JVAL_INTEGER);
    if (!total_given && !cap_given)
        examine_error(it, (struct finding_at){"budget_empty", &budget_at, NULL, "total_krw | cap_krw"}, "예산에 총액도 한도도 적혀 있지 않습니다.",
                      "The budget states neither a total nor a cap.");
    if (total_given && jval_integer(total) == 0)
        examine_oddity(it, (struct finding_at){"budget_zero", &total_at, total, ">= 1"}, "예산 총액이 0원이어서 누구에게도 지원금을 줄 수 없습니다.",
                       "The budget is 0 won: no money can be given to anybody.");
    if (cap_given && jval_integer(cap) == 0)
        examine_error(it, (struct finding_at){"cap_zero", &cap_at, cap, ">= 1"}, "지원 한도가 0원이어서 누구에게도 지원금을 줄 수 없습니다.",
                      "The cap is 0 won: no money can be given to anybody.");
    if (total_given && cap_given && jval_integer(cap) > jval_integer(total))
        examine_error(it, (struct finding_at){"cap_beyond_total", &cap_at, cap, at_most(limit, jval_integer(total))}, "지원 한도가 예산 총액보다 큽니다.",
                      "The cap is above the whole budget.");
    if (jval_is(scope, JVAL_TEXT) && !cap_given)
        examine_error(it, (struct finding_at){"cap_scope_without_cap", &scope_at, scope, "cap_krw"}, "한도(cap_krw)가 없는데 한도의 범위(cap_scope)만 적혀 있습니다.",
                      "The scope of a cap is stated (cap_scope), but no cap (cap_krw).");
    const bool each = cap_given && !(jval_is(scope, JVAL_TEXT) && jval_text(scope)[0] == 'i');
    if (each && total_given && count != AMOUNT_MISSING && jval_integer(cap) > 0 && times(jval_integer(cap), count) < jval_integer(total))
        examine_oddity(it, (struct finding_at){"budget_not_spent", &total_at, total, at_most(limit, times(jval_integer(cap), count))},
                       "한도에 정원을 곱한 금액이 예산 총액보다 적어 남는 예산을 쓸 곳이 없습니다.", "The cap times the quota is below the total: part of the budget can never be given.");
    if (count == AMOUNT_MISSING)
        examine_oddity(it, (struct finding_at){"budget_without_quota", &budget_at, NULL, "quota"}, "예산은 있는데 정원이 없습니다.", "There is a budget, but no quota.");
}

void examine_quotas(const struct examiner *it) {
    const bool whole = jval_is(jval_get(it->file, "assignment"), JVAL_OBJECT);
    if (whole) {
        examine_bounds(it);
        examine_quota(it);
    }
    examine_budget(it);
}
