/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The yearly evaluation: what was planned and what came of it, what changed against the year before, what the rules barred, how pairs fared; and at the end the figures that the
 * next plan can start from. Figures, no opinions: each says what it is and what it is a part of.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report_year.h"

/* ---- figures for the next plan ---- */

static void add_measure(jval *rows, const char *ko, const char *en, double value, const char *unit, const char *what_ko, const char *what_en) {
    report_append_measure(rows, ko, en, isnan(value) ? NULL : jval_new_number(value), unit, what_ko, what_en);
}

/* What a medium-term target needs in each of the years that are left: as the section "cumulative" has it. */
static void add_targets_left(const jval *sections, jval *rows) {
    const jval *cumulative = NULL;
    for (size_t i = 0; i < jval_count(sections); i++)
        if (strcmp(jval_text(jval_get(jval_at(sections, i), "id")), "cumulative") == 0) cumulative = jval_get(jval_at(sections, i), "rows");
    for (size_t r = 0; r < jval_count(cumulative); r++) {
        const jval *row = jval_at(cumulative, r), *title = jval_at(row, 0), *needed = jval_at(row, 8);
        if (!needed || jval_is(needed, JVAL_NULL)) continue;
        report_append_measure(rows, jval_text(jval_get(title, "ko")), jval_text(jval_get(title, "en")), jval_keep(needed), "ratio", "목표값에 이르려면 남은 해마다 있어야 할 수",
                              "needed in each year that is left to reach the value");
    }
}

static ieum_status add_needs_left(struct report_answer *answer, jval *rows, struct problem *problem) {
    const struct report_need *needs = NULL;
    size_t count = 0;
    ieum_status status = report_measure_needs(answer, answer->year, &needs, &count, problem);
    for (size_t i = 0; status == IEUM_OK && i < count && i < 3; i++) {
        const struct concept *concept = lexicon_concept(answer->lexicon, needs[i].concept);
        char ko[160], en[160];
        snprintf(ko, sizeof ko, "채우지 못한 수요: %.100s", concept->ko);
        snprintf(en, sizeof en, "need not met: %.100s", concept->en);
        add_measure(rows, ko, en, (double)needs[i].unmet, "count", "이 개념을 말한 적격 신청 가운데 매칭된 짝이 없는 것", "eligible applications that speak of it and have no matched pair");
    }
    return status;
}

static ieum_status add_rules_left(struct report_answer *answer, jval *rows, struct problem *problem) {
    const struct year_rule *rules = NULL;
    size_t count = 0;
    struct text2 sentence = {0};
    ieum_status status = year_rules(answer, &rules, &count, problem);
    if (status != IEUM_OK || !count || !rules[0].failed[1]) return status;
    status = report_rule_sentence(answer, rules[0].rule, rules[0].expected, &sentence, problem);
    if (status == IEUM_OK) add_measure(rows, sentence.ko, sentence.en, (double)rules[0].failed[1], "count", "가장 많이 걸린 자격 요건에 걸린 신청", "applications barred by the rule that barred most");
    return status;
}

static void add_money_left(const struct report_answer *answer, jval *rows) {
    int64_t ceiling = 0, agreed = 0;
    bool known = false;
    for (size_t p = 0; p < answer->program_count; p++) {
        const int64_t own = report_ceiling(answer->programs[p].program, answer->year);
        if (own == AMOUNT_MISSING) continue;
        known = true;
        ceiling += own;
        agreed += report_count_money(answer, p, answer->year).agreed_krw;
    }
    if (known) add_measure(rows, "협약에 쓰이지 않은 예산", "budget not bound by agreements", (double)(ceiling - agreed), "krw", "예산 한도의 합 − 협약에 이른 과제의 선정 지원금의 합(금액을 모르는 과제는 빠짐)",
                           "ceilings less the grants of agreed applications (those without a known amount are left out)");
}

static ieum_status add_feedback(struct report_answer *answer, jval *sections, struct problem *problem) {
    static const struct report_section section = {.id = "feedback", .title = {"다음 계획에 넣을 수치(환류)", "Figures for the next plan"}, .chart = "none",
                                                  .note = {"조례안(S0 제5조 제3항)은 추진실적의 평가를 다음 시행계획에 반영하게 합니다. 여기에는 판단 없이 위 표에서 나온 수치만 모았습니다.",
                                                           "The bill (S0 article 5(3)) has the evaluation go into the next plan. Here are figures out of the tables above, without judgement."}};
    struct year_pairs pairs;
    jval *rows = jval_new_array();
    add_targets_left(sections, rows);
    add_money_left(answer, rows);
    ieum_status status = add_needs_left(answer, rows, problem);
    if (status == IEUM_OK) status = add_rules_left(answer, rows, problem);
    if (status == IEUM_OK) status = year_count_pairs(answer, answer->year, &pairs, problem);
    if (status == IEUM_OK) {
        add_measure(rows, "공급기업의 거절률", "refusals of suppliers", pairs.answers[1] ? (double)pairs.refused[1] / (double)pairs.answers[1] : NAN, "share", "공급기업의 답 가운데 거절", "refusals of the suppliers' answers");
        add_measure(rows, "처리하지 않은 이의", "objections not answered", (double)pairs.objections[OBJECTION_OPEN], "count", "그해 신청에 대한 이의 가운데 처리 전인 것", "of those about the year's applications");
    }
    jval_append(sections, report_section_new(&section, report_measure_columns, rows));
    return status;
}

void report_year_notes(const struct report_answer *answer, jval *notes) {
    size_t before[REPORT_STEPS];
    char ko[160], en[160];
    report_count(answer, REPORT_ALL, answer->year - 1, before);
    if (before[REPORT_APPLIED]) return;
    snprintf(ko, sizeof ko, "%d년의 신청이 없어 앞 해와 견주지 않았습니다.", answer->year - 1);
    snprintf(en, sizeof en, "There are no applications of %d, so nothing is compared with the year before.", answer->year - 1);
    jval_append(notes, write_text2((struct text2){ko, en}));
}

ieum_status report_year_sections(struct call *call, struct report_answer *answer, jval *sections, struct problem *problem) {
    report_plan_sections(answer, sections);
    report_budget_section(answer, sections);
    report_funnel_section(answer, sections);
    report_competition_section(answer, sections);
    ieum_status status = report_change_sections(call, answer, sections, problem);
    if (status == IEUM_OK) status = report_pair_sections(call, answer, sections, problem);
    if (status == IEUM_OK) status = report_model_sections(call, answer, sections, problem);
    if (status == IEUM_OK) report_years_section(answer, sections);
    if (status == IEUM_OK) status = add_feedback(answer, sections, problem);
    return status == IEUM_OK && memory_failed() ? problem_set_memory(problem) : status;
}
