/* SPDX-License-Identifier: Apache-2.0 */
/* The council report, what the office did: steps against plan, targets, competition, money, years, suggestions. Every figure says what it counts. */
#include <math.h>
#include <stdio.h>

#include "../program/targets.h"
#include "report_request.h"

/* The places of a year: null where the file says none. */
static int64_t quota_of(const struct program *program, int year) { return report_in_force(program, year) ? program->quota : AMOUNT_MISSING; }

static int64_t plan_of(const struct report_answer *answer, int year) {
    int64_t plan = 0;
    for (size_t p = 0; p < answer->program_count; p++) {
        const int64_t quota = quota_of(answer->programs[p].program, year);
        if (quota != AMOUNT_MISSING) plan += quota;
    }
    return plan ? plan : AMOUNT_MISSING;
}

/* ---- steps ---- */

const struct report_step_text report_steps[REPORT_STEPS] = {
    {"applied", "신청", "applied", "그해에 신청한 수요과제(잠재수요 기업은 빼고 셈)", "applications of the year (latent firms do not count)"},
    {"eligible", "적격", "eligible", "사업 파일의 자격 요건에 걸리지 않은 신청(확인 필요 포함)", "applications that no eligibility rule of the program bars (those to confirm included)"},
    {"selected", "선정", "selected", "회차에서 선정되었거나 예비순위에서 승계한 과제. 선발 단계가 없는 회차는 배정안에 든 과제", "selected in a round or let in from the reserve; of a round without selection, those in its proposal"},
    {"matched", "매칭", "matched", "양쪽이 동의하고 담당자가 확정한 짝이 있는 과제", "with a pair that both sides agreed to and a named person confirmed"},
    {"agreed", "협약", "agreed", "협약에 이른 과제(회차 기록 또는 성과 기록)", "that came to an agreement (by the round or an outcome record)"},
    {"completed", "완료", "completed", "수행을 마친 과제(회차 기록 또는 성과 기록)", "that were carried out (by the round or an outcome record)"},
};

void report_funnel_section(const struct report_answer *answer, jval *sections) {
    static const struct report_column columns[] = {{"step", "단계", "step", "text"}, {"count", "과제 수", "applications", "count"}, {"of_plan", "계획 대비", "of the plan", "share"},
                                                   {"of_applied", "신청 대비", "of applied", "share"}, {"meaning", "셈한 것", "what is counted", "text"}, {0}};
    static const struct report_section section = {.id = "funnel", .title = {"신청에서 완료까지", "From application to completion"}, .chart = "bars", .drawn = "count",
                                                  .note = {"계획은 그해에 시행 중인 사업 파일의 선발 정원(quota)을 더한 수입니다. 신청한 해를 기준으로 셉니다.",
                                                           "The plan is the sum of the quotas of the programs in force in the year. A figure belongs to the year of the application."}};
    size_t counts[REPORT_STEPS];
    jval *rows = jval_new_array();
    const int64_t plan = plan_of(answer, answer->year);
    report_count(answer, REPORT_ALL, answer->year, counts);
    if (plan != AMOUNT_MISSING) {
        jval *row = jval_new_array();
        cell_text2(row, "계획(정원)", "plan (quota)");
        jval_append(row, jval_new_integer(plan));
        cell_share(row, 1, 1);
        jval_append(row, NULL);
        cell_text2(row, "사업 파일의 선발 정원", "quota of the program files");
        jval_append(rows, row);
    }
    for (size_t s = 0; s < REPORT_STEPS; s++) {
        jval *row = jval_new_array();
        cell_text2(row, report_steps[s].ko, report_steps[s].en);
        cell_count(row, counts[s]);
        cell_share(row, (double)counts[s], plan == AMOUNT_MISSING ? 0 : (double)plan);
        cell_share(row, (double)counts[s], (double)counts[REPORT_APPLIED]);
        cell_text2(row, report_steps[s].what_ko, report_steps[s].what_en);
        jval_append(rows, row);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
}

static void append_steps(jval *row, const size_t counts[REPORT_STEPS]) {
    for (size_t s = 0; s < REPORT_STEPS; s++) cell_count(row, counts[s]);
}

static void add_program_steps(const struct report_answer *answer, jval *sections) {
    static const struct report_column columns[] = {{"program", "사업", "program", "text"}, {"plan", "계획", "plan", "count"}, {"applied", "신청", "applied", "count"},
                                                   {"eligible", "적격", "eligible", "count"}, {"selected", "선정", "selected", "count"}, {"matched", "매칭", "matched", "count"},
                                                   {"agreed", "협약", "agreed", "count"}, {"completed", "완료", "completed", "count"}, {0}};
    static const struct report_section section = {.id = "programs", .title = {"사업별 단계", "Steps by program"}, .chart = "none", .annex = true};
    jval *rows = jval_new_array();
    for (size_t p = 0; p < answer->program_count; p++) {
        size_t counts[REPORT_STEPS];
        if (!report_shows(answer, p, answer->year)) continue;
        jval *row = jval_new_array();
        report_count(answer, p, answer->year, counts);
        jval_append(row, write_text2(answer->programs[p].program->title));
        cell_krw(row, quota_of(answer->programs[p].program, answer->year));
        append_steps(row, counts);
        jval_append(rows, row);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
}

/* ---- competition ---- */

static void add_ratio(jval *rows, const struct program *program, size_t applied, int64_t places, const char *ko, const char *en) {
    if (places == AMOUNT_MISSING || places <= 0) return;
    jval *row = jval_new_array();
    jval_append(row, write_text2(program->title));
    cell_text2(row, ko, en);
    cell_count(row, applied);
    jval_append(row, jval_new_integer(places));
    cell_share(row, (double)applied, (double)places);
    jval_append(rows, row);
}

void report_competition_section(const struct report_answer *answer, jval *sections) {
    static const struct report_column columns[] = {{"program", "사업", "program", "text"}, {"against", "무엇에 견준 것", "against", "text"}, {"applied", "신청", "applied", "count"},
                                                   {"places", "자리", "places", "count"}, {"ratio", "경쟁률(:1)", "ratio (to 1)", "ratio"}, {0}};
    static const struct report_section section = {.id = "competition", .title = {"경쟁률", "Competition"}, .chart = "none",
                                                  .note = {"경쟁률 = 신청 과제 수 ÷ 자리 수. 무엇을 자리로 보느냐에 따라 달라지므로(Z-03) 하나씩 이름을 붙여 함께 적습니다.",
                                                           "Ratio = applications / places. It depends on what is taken for a place (Z-03), so each is named."}};
    jval *rows = jval_new_array();
    for (size_t p = 0; p < answer->program_count; p++) {
        const struct program *program = answer->programs[p].program;
        const bool planned = report_in_force(program, answer->year);
        size_t counts[REPORT_STEPS];
        report_count(answer, p, answer->year, counts);
        if (!counts[REPORT_APPLIED]) continue;
        add_ratio(rows, program, counts[REPORT_APPLIED], planned ? program->quota : AMOUNT_MISSING, "선발 정원(기업)", "quota of firms");
        add_ratio(rows, program, counts[REPORT_APPLIED], planned ? program->project_quota : AMOUNT_MISSING, "지원 과제(프로젝트) 정원", "quota of funded projects");
        add_ratio(rows, program, counts[REPORT_APPLIED], (int64_t)counts[REPORT_SELECTED], "실제로 선정한 기업", "firms really selected");
    }
    if (jval_count(rows)) jval_append(sections, report_section_new(&section, columns, rows));
    else jval_free(rows);
}

/* ---- money ---- */

int64_t report_ceiling(const struct program *program, int year) {
    const double planned = year_plan(jval_get(program->resolved, "budget"), year);
    if (!isnan(planned)) return (int64_t)planned;
    return report_in_force(program, year) ? program->budget_krw : AMOUNT_MISSING;
}

void report_budget_section(const struct report_answer *answer, jval *sections) {
    static const struct report_column columns[] = {{"program", "사업", "program", "text"}, {"ceiling", "예산 한도", "ceiling", "krw"}, {"planned", "선정 지원금", "planned", "krw"},
                                                   {"agreed", "협약", "agreed", "krw"}, {"completed", "완료", "completed", "krw"}, {"settled", "정산", "settled", "krw"},
                                                   {"of_ceiling", "한도 대비 선정", "planned of ceiling", "share"}, {"unknown", "금액 모름(건)", "amount unknown", "count"}, {0}};
    static const struct report_section section = {.id = "budget", .title = {"예산(원)", "Budget (KRW)"}, .chart = "none",
                                                  .note = {"한도는 사업 파일의 예산(연도별 예산이 적혀 있으면 그해의 것), 선정 지원금은 선발에서 정한 지원금의 합, 협약·완료·정산은 그 단계에 이른 과제의 선정 지원금의 합입니다. 정산에 적힌 금액은 연간 평가의 이행 단계에 있습니다. 지원금이 기록되지 않은 선정 과제는 더하지 않고 건수를 적습니다.",
                                                           "Ceiling: the program file's budget (the year's, where it has budgets by year); planned: grants of the selection; agreed, completed, settled: the grants of those that came so far. Amounts given with a settlement stand in the yearly report, under stages. Selected applications without a recorded grant are not added but counted."}};
    jval *rows = jval_new_array();
    for (size_t p = 0; p < answer->program_count; p++) {
        const struct program *program = answer->programs[p].program;
        const struct report_money money = report_count_money(answer, p, answer->year);
        if (!report_shows(answer, p, answer->year)) continue;
        const int64_t ceiling = report_ceiling(program, answer->year);
        jval *row = jval_new_array();
        jval_append(row, write_text2(program->title));
        cell_krw(row, ceiling);
        cell_krw(row, money.planned_krw);
        cell_krw(row, money.agreed_krw);
        cell_krw(row, money.completed_krw);
        cell_krw(row, money.settled_krw);
        cell_share(row, (double)money.planned_krw, ceiling == AMOUNT_MISSING ? 0 : (double)ceiling);
        cell_count(row, money.unknown);
        jval_append(rows, row);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
}

/* ---- years ---- */

void report_years_section(const struct report_answer *answer, jval *sections) {
    static const struct report_column columns[] = {{"year", "연도", "year", "text"}, {"applied", "신청", "applied", "count"}, {"eligible", "적격", "eligible", "count"},
                                                   {"selected", "선정", "selected", "count"}, {"matched", "매칭", "matched", "count"}, {"agreed", "협약", "agreed", "count"},
                                                   {"completed", "완료", "completed", "count"}, {"change", "신청 증감", "change of applied", "share"}, {0}};
    static const struct report_section section = {.id = "years", .title = {"해마다", "Year over year"}, .chart = "lines", .drawn = "applied selected completed",
                                                  .note = {"증감 = (그해 신청 − 앞 해 신청) ÷ 앞 해 신청.", "Change = (applied − applied the year before) / applied the year before."}};
    jval *rows = jval_new_array();
    size_t before = 0;
    for (int year = answer->first_year; year <= answer->year; year++) {
        size_t counts[REPORT_STEPS];
        char text[12];
        jval *row = jval_new_array();
        report_count(answer, REPORT_ALL, year, counts);
        snprintf(text, sizeof text, "%d", year);
        jval_append(row, jval_new_text(text));
        append_steps(row, counts);
        cell_share(row, (double)counts[REPORT_APPLIED] - (double)before, (double)before);
        jval_append(rows, row);
        before = counts[REPORT_APPLIED];
    }
    jval_append(sections, report_section_new(&section, columns, rows));
}

ieum_status report_council_sections(struct report_answer *answer, jval *sections, struct problem *problem) {
    report_funnel_section(answer, sections);
    report_targets_section(answer, sections);
    report_competition_section(answer, sections);
    report_budget_section(answer, sections);
    report_years_section(answer, sections);
    if (answer->program_count > 1) add_program_steps(answer, sections);
    return memory_failed() ? problem_set_memory(problem) : IEUM_OK;
}
