/* SPDX-License-Identifier: Apache-2.0 */
/* What an applicant brings to the selection in numbers: points of the rubric, bonus, the committee's marks, money. */
#include <string.h>

#include "base/map.h"
#include "pipeline_select_parts.h"
#include "program/judge.h"
#include "program/locate.h"

/* ---- suppliers that may not be counted on ---- */

ieum_status select_suppliers(struct select_answer *answer, bool *out, struct problem *problem) {
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    const struct selection_rules *rules = answer->rules;
    const struct demand nobody = {0}; /* these rules look at the supplier alone */
    ieum_status status = IEUM_OK;
    if (rules->supplier_knock_out_count == 0) return IEUM_OK;
    answer->suppliers_out = arena_allocate_zero(answer->arena, suppliers->count, sizeof *answer->suppliers_out);
    if (!answer->suppliers_out) return problem_set_memory(problem);
    for (uint32_t s = 0; s < suppliers->count && status == IEUM_OK; s++) {
        struct findings findings = {0};
        status = findings_collect(rules->supplier_knock_outs, rules->supplier_knock_out_count, &nobody, &suppliers->suppliers[s], answer->arena, &findings,
                                  problem);
        if (status != IEUM_OK) break;
        out[s] = !findings.eligible;
        if (out[s]) answer->suppliers_out[answer->suppliers_out_count++] = (struct select_supplier_out){s, findings};
        else answer->suppliers_to_confirm += findings.to_confirm;
    }
    return status;
}

/* ---- rubric and bonus ---- */

/* The mean of `count` scores as points, rounded half up to 10⁻⁹. Scores are 10⁻⁹ of 1, points 10⁻⁹ of 100; the contributions are rounded one by one, so a score may pass 1 by a few units. */
static int64_t points_of(int64_t sum, size_t count) {
    const int64_t points = (2 * sum * (SELECTION_MARK_MOST / SCORE_ONE) + (int64_t)count) / (2 * (int64_t)count);
    return points < 0 ? 0 : points > SELECTION_MARK_MOST ? SELECTION_MARK_MOST : points;
}

static ieum_status bonus_of(struct select_answer *answer, size_t index, struct problem *problem) {
    const struct selection_rules *rules = answer->rules;
    struct select_applicant *applicant = &answer->applicants[index];
    applicant->bonus_earned = arena_allocate_zero(answer->arena, rules->bonus_count, sizeof *applicant->bonus_earned);
    applicant->bonus = (struct findings){.items = arena_allocate_zero(answer->arena, rules->bonus_count, sizeof *applicant->bonus.items), .eligible = true};
    if (!applicant->bonus_earned || !applicant->bonus.items) return problem_set_memory(problem);
    for (size_t b = 0; b < rules->bonus_count; b++) {
        struct finding finding;
        ieum_status status = rule_judge(&rules->bonus[b].rule, select_demand(answer, index), NULL, answer->arena, &finding, problem);
        if (status != IEUM_OK) return status;
        applicant->bonus_earned[b] = finding.verdict == VERDICT_PASS;
        if (applicant->bonus_earned[b]) {
            const int64_t sum = answer->asked[index].bonus + rules->bonus[b].points;
            answer->asked[index].bonus = sum < SELECTION_MARK_MOST ? sum : SELECTION_MARK_MOST;
        } else {
            applicant->bonus.items[applicant->bonus.count++] = finding;
            applicant->bonus.to_confirm = applicant->bonus.to_confirm || finding.verdict == VERDICT_CONFIRM;
        }
    }
    return IEUM_OK;
}

ieum_status select_points(struct select_answer *answer, const bool *out, const size_t *rows, struct problem *problem) {
    const struct suggest_answer *suggested = &answer->suggested;
    const size_t suppliers = suggested->cohort.suppliers.count;
    const size_t asked = answer->rules->shortlist_mean ? (size_t)suggested->program->shortlist : 1, k = asked < suppliers ? asked : suppliers;
    struct top_k *best = arena_allocate_zero(answer->arena, k + 1, sizeof *best);
    bool *barred = arena_allocate_zero(answer->arena, suppliers, sizeof *barred);
    ieum_status status = best && barred ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) {
        const int64_t *scores = suggested->scores + rows[i] * suppliers;
        struct select_applicant *applicant = &answer->applicants[i];
        int64_t sum = 0;
        for (size_t s = 0; s < suppliers; s++) {
            barred[s] = out[s] || scores[s] == SCORE_BARRED;
            applicant->candidates += !barred[s];
        }
        const size_t count = top_k_select(scores, barred, suppliers, k, best);
        for (size_t b = 0; b < count; b++) sum += best[b].score;
        if (count) {
            applicant->best = best[0].index;
            answer->asked[i].rubric = points_of(sum, count);
        }
        status = bonus_of(answer, i, problem);
    }
    return status;
}

/* ---- marks ---- */

static ieum_status refuse_marks(const struct select_marks *marks, ieum_status code, const char *ko, const char *en, struct problem *problem) {
    char pointer[256];
    jpath_write(&(struct jpath){&(struct jpath){&(struct jpath){NULL, NULL, 0}, "marks", 0}, marks->demand, 0}, pointer, sizeof pointer);
    ieum_status status = problem_set(problem, code, pointer, ko, en, marks->demand);
    problem_set_value(problem, marks->demand);
    return status;
}

/* The applicant's marks as numbers. */
static ieum_status take_marks(const struct select_marks *marks, struct map *members, struct arena *arena, struct selection_applicant *asked,
                              struct problem *problem) {
    struct selection_mark *list = arena_allocate_zero(arena, marks->count, sizeof *list);
    if (!list) return problem_set_memory(problem);
    for (size_t i = 0; i < marks->count; i++) {
        const uint32_t member = map_intern(members, marks->items[i].member, strlen(marks->items[i].member));
        if (member == MAP_NONE) return problem_set_memory(problem);
        list[i] = (struct selection_mark){member, marks->items[i].mark, marks->items[i].recusal};
    }
    asked->marks = list;
    asked->mark_count = marks->count;
    return IEUM_OK;
}

static ieum_status name_members(const struct select_question *question, const struct map *members, struct arena *arena, const char *const **names,
                                struct problem *problem) {
    const char **list = arena_allocate_zero(arena, map_count(members), sizeof *list);
    if (!list) return problem_set_memory(problem);
    for (size_t m = 0; m < question->marks_count; m++) {
        for (size_t i = 0; i < question->marks[m].count; i++) {
            const uint32_t member = map_get_text(members, question->marks[m].items[i].member);
            if (member != MAP_NONE) list[member] = question->marks[m].items[i].member;
        }
    }
    *names = list;
    return IEUM_OK;
}

/* Marks of demands that the question leaves out (among) are not looked at; marks of demands that do not exist are refused. */
ieum_status select_marks(const struct select_question *question, struct select_answer *answer, const char *const **members, struct problem *problem) {
    const struct record_set *demands = &answer->suggested.cohort.demands;
    struct map *places = map_new(), *names = map_new();
    uint32_t *applicant_of = arena_allocate(answer->arena, (demands->count + 1) * sizeof *applicant_of);
    ieum_status status = places && names && applicant_of ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK && question->marks_count && !answer->rules->given)
        status = problem_set(problem, IEUM_INVALID, "/marks", "사업 파일에 위원 점수의 비중(selection)이 없어 위원 점수를 쓸 수 없습니다.",
                             "The program's file does not say how marks count (selection), so there may be none.");
    for (size_t d = 0; d < demands->count && status == IEUM_OK; d++) {
        applicant_of[d] = SELECTION_NONE;
        if (!map_put(places, demands->demands[d].id, strlen(demands->demands[d].id), (uint32_t)d)) status = problem_set_memory(problem);
    }
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) applicant_of[answer->applicants[i].demand] = (uint32_t)i;
    for (size_t m = 0; m < question->marks_count && status == IEUM_OK; m++) {
        const struct select_marks *marks = &question->marks[m];
        const uint32_t d = map_get_text(places, marks->demand);
        if (d == MAP_NONE) status = refuse_marks(marks, IEUM_NOT_FOUND, "평가점수가 있는 수요과제 '%s'이(가) 신청 목록에 없습니다.",
                                                 "The demand '%s' has marks but is no applicant.", problem);
        else if (applicant_of[d] == SELECTION_NONE) continue;
        else if (answer->applicants[applicant_of[d]].marks)
            status = refuse_marks(marks, IEUM_INVALID, "수요과제 '%s'의 평가점수가 두 번 있습니다.", "The marks of the demand '%s' are there twice.", problem);
        else {
            answer->applicants[applicant_of[d]].marks = marks;
            status = take_marks(marks, names, answer->arena, &answer->asked[applicant_of[d]], problem);
        }
    }
    if (status == IEUM_OK) status = name_members(question, names, answer->arena, members, problem);
    map_free(places);
    map_free(names);
    return status;
}

/* ---- money ---- */

/* The least amount by which the applicant asks for `support`, as the terms read amounts. */
static int64_t amount_for(const struct selection_terms *terms, int64_t support, int64_t share) {
    const int64_t rest = OWN_SHARE_WHOLE - share;
    if (terms->amount == AMOUNT_SUPPORT) return support;
    return support / rest * OWN_SHARE_WHOLE + (support % rest * OWN_SHARE_WHOLE + rest - 1) / rest; /* ⌈support · whole / rest⌉ */
}

/* What an application without an amount may have at most: the cap, else an even part of the budget. */
static int64_t most_support(const struct selection_terms *terms) {
    if (terms->cap_krw != SELECTION_NO_LIMIT) return terms->cap_krw;
    if (terms->budget_krw == SELECTION_NO_LIMIT || terms->quota == SELECTION_NO_LIMIT || terms->quota == 0) return SELECTION_NOT_GIVEN;
    return terms->budget_krw / terms->quota;
}

static ieum_status amount_of(const struct select_answer *answer, size_t index, int64_t *amount, struct problem *problem) {
    const jval *value = value_at(select_demand(answer, index)->json, answer->rules->amount_field);
    *amount = SELECTION_NOT_GIVEN;
    if (value_missing(value)) return IEUM_OK;
    if (jval_is(value, JVAL_INTEGER) && jval_integer(value) >= 0 && jval_integer(value) <= SELECTION_AMOUNT_MOST) {
        *amount = jval_integer(value);
        return IEUM_OK;
    }
    ieum_status status = problem_set(problem, IEUM_INVALID, answer->rules->amount_field, "수요과제 %s의 금액은 0원 이상의 정수여야 합니다.",
                                     "The amount of demand %s must be a whole number of KRW, 0 or more.", select_demand(answer, index)->id);
    problem_set_expected(problem, "0, 1, 2 …");
    return status;
}

ieum_status select_money(struct select_answer *answer, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (!answer->stage->budget) { /* no money is given in this stage */
        for (size_t i = 0; i < answer->count; i++) answer->asked[i].amount_krw = SELECTION_NOT_GIVEN;
        return IEUM_OK;
    }
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) {
        struct selection_applicant *asked = &answer->asked[i];
        asked->own_share = selection_share_of(answer->rules, select_demand(answer, i)->firm.size);
        status = amount_of(answer, i, &asked->amount_krw, problem);
        asked->unfunded = !answer->applicants[i].funding.eligible;
        if (asked->unfunded) continue;
        if (status != IEUM_OK || asked->amount_krw != SELECTION_NOT_GIVEN || !answer->rules->missing_asks_cap) continue;
        const int64_t support = most_support(&answer->terms);
        if (support == SELECTION_NOT_GIVEN) continue;
        const int64_t amount = amount_for(&answer->terms, support, asked->own_share);
        asked->amount_krw = amount < SELECTION_AMOUNT_MOST ? amount : SELECTION_AMOUNT_MOST;
        answer->applicants[i].amount_assumed = true;
    }
    return status;
}
