/* SPDX-License-Identifier: Apache-2.0 */
/* Targets: to date against the value (council), and plan against result of the year (year). A target that several programs state is counted once, over all of them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../program/targets.h"
#include "report_request.h"

static bool same_target(const jval *a, const jval *b) {
    static const char *const members[] = {"id", "counts", "from", "to", "source"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(jval_text(jval_get(a, members[i])), jval_text(jval_get(b, members[i]))) != 0) return false;
    return jval_number(jval_get(a, "value")) == jval_number(jval_get(b, "value"));
}

/* A target that several programs state is one target, which all of them serve. */
static const jval *target_of(const struct program *program, const jval *target) {
    const jval *targets = jval_get(program->resolved, "targets");
    for (size_t t = 0; t < jval_count(targets); t++)
        if (same_target(jval_at(targets, t), target)) return jval_at(targets, t);
    return NULL;
}

struct counted {
    size_t to_date, this_year; /* applications from the target's first year to the report's, and of the report's, that reached the step it counts */
    struct buffer ko, en;      /* the programs */
};

static void count_target(const struct report_answer *answer, const jval *target, int from, enum report_step step, struct counted *counted) {
    for (size_t p = 0; p < answer->program_count; p++) {
        const struct program *program = answer->programs[p].program;
        size_t counts[REPORT_STEPS] = {0};
        if (!target_of(program, target)) continue;
        for (int year = from < answer->first_year ? answer->first_year : from; year <= answer->year; year++) {
            report_count(answer, p, year, counts);
            counted->to_date += counts[step];
        }
        counted->this_year += counts[step];
        buffer_format(&counted->ko, "%s%s", counted->ko.size ? ", " : "", program->title.ko);
        buffer_format(&counted->en, "%s%s", counted->en.size ? ", " : "", program->title.en);
    }
}

static bool told_before(const struct report_answer *answer, size_t program, const jval *target) {
    for (size_t p = 0; p < program; p++)
        if (target_of(answer->programs[p].program, target)) return true;
    return false;
}

/* The step that a target counts; REPORT_STEPS: none that ieum counts. */
static size_t step_of(const jval *target) {
    size_t step = 0;
    while (step < REPORT_STEPS && strcmp(report_steps[step].id, jval_text(jval_get(target, "counts"))) != 0) step++;
    return step;
}

static void write_period(const jval *target, char period[24]) {
    const char *from = jval_text(jval_get(target, "from")), *to = jval_text(jval_get(target, "to"));
    if (*from && atoi(from) == atoi(to)) snprintf(period, 24, "%.4s", from);
    else snprintf(period, 24, "%.4s–%.4s", from, to);
}

static void add_target(const struct report_answer *answer, size_t program, const jval *target, jval *rows) {
    const int from = atoi(jval_text(jval_get(target, "from"))), to = atoi(jval_text(jval_get(target, "to")));
    const double value = jval_number(jval_get(target, "value"));
    struct counted counted = {.ko = BUFFER_EMPTY, .en = BUFFER_EMPTY};
    const size_t step = step_of(target);
    char period[24];
    if (step == REPORT_STEPS || !from || answer->year < from || answer->year > to || told_before(answer, program, target)) return;
    count_target(answer, target, from, (enum report_step)step, &counted);
    jval *row = jval_new_array();
    write_period(target, period);
    jval_append(row, jval_keep(jval_get(target, "title")));
    cell_text2(row, counted.ko.bytes, counted.en.bytes);
    jval_append(row, jval_new_text(period));
    jval_append(row, jval_keep(jval_get(target, "value")));
    cell_text2(row, report_steps[step].ko, report_steps[step].en);
    cell_count(row, counted.to_date);
    cell_share(row, (double)counted.to_date, value);
    jval_append(row, jval_new_number(value / (to - from + 1)));
    cell_count(row, counted.this_year);
    jval_append(row, jval_keep(jval_get(target, "source")));
    jval_append(rows, row);
    buffer_free(&counted.ko);
    buffer_free(&counted.en);
}

void report_targets_section(const struct report_answer *answer, jval *sections) {
    static const struct report_column columns[] = {{"target", "목표", "target", "text"}, {"programs", "사업", "programs", "text"}, {"period", "기간", "period", "text"}, {"value", "목표값", "value", "count"},
                                                   {"counts", "셈한 단계", "step counted", "text"}, {"reached", "누계", "to date", "count"}, {"share", "달성률", "reached", "share"},
                                                   {"a_year", "연평균 목표", "a year", "ratio"}, {"year", "그해", "in the year", "count"}, {"source", "근거", "source", "text"}, {0}};
    static const struct report_section section = {.id = "targets", .title = {"중기 목표 대비", "Against the medium-term targets"}, .chart = "none",
                                                  .note = {"목표값이 기간 전체를 더한 수인지 근거 문서에 적혀 있지 않아(Z-06) 두 가지로 읽습니다: 첫해부터의 누계를 목표값에 견준 달성률, 그리고 목표값을 햇수로 나눈 연평균과 올해의 수.",
                                                           "Whether a value is cumulative over its period is not said in the sources (Z-06), so both readings are shown: the total to date against the value, and the value divided by the years beside this year's number."}};
    jval *rows = jval_new_array();
    for (size_t p = 0; p < answer->program_count; p++) {
        const jval *targets = jval_get(answer->programs[p].program->resolved, "targets");
        for (size_t t = 0; t < jval_count(targets); t++) add_target(answer, p, jval_at(targets, t), rows);
    }
    if (jval_count(rows)) jval_append(sections, report_section_new(&section, columns, rows));
    else jval_free(rows);
}

/* ---- the year's plan ---- */

/* Whether the target is one of the year, of this program first. */
static bool is_told(const struct report_answer *answer, size_t program, const jval *target) {
    const int from = atoi(jval_text(jval_get(target, "from"))), to = atoi(jval_text(jval_get(target, "to")));
    return answer->year >= from && (!to || answer->year <= to) && !told_before(answer, program, target);
}

static void cell_counted(jval *row, size_t step) {
    if (step < REPORT_STEPS) cell_text2(row, report_steps[step].ko, report_steps[step].en);
    else cell_text2(row, "이음이 세지 않음", "not counted by ieum");
}

static void cell_optional(jval *row, double number) {
    if (isnan(number)) jval_append(row, NULL);
    else if (number == floor(number)) jval_append(row, jval_new_integer((int64_t)number));
    else jval_append(row, jval_new_number(number));
}
static void cell_counted_number(jval *row, size_t step, size_t count) { jval_append(row, step < REPORT_STEPS ? jval_new_integer((int64_t)count) : NULL); }

/* Plans of all years up to the report's; NaN unless each has one. */
static double plan_to_date(const struct report_answer *answer, const jval *target) {
    double sum = 0;
    for (int year = atoi(jval_text(jval_get(target, "from"))); year <= answer->year; year++) sum += year_plan(target, year);
    return sum;
}

static void add_plan_rows(const struct report_answer *answer, const jval *target, jval *year_rows, jval *total_rows) {
    const int from = atoi(jval_text(jval_get(target, "from"))), to = atoi(jval_text(jval_get(target, "to")));
    const size_t step = step_of(target);
    const double value = jval_number(jval_get(target, "value")), plan = year_plan(target, answer->year), to_date = from ? plan_to_date(answer, target) : NAN;
    const bool counted_here = step < REPORT_STEPS && from;
    struct counted counted = {.ko = BUFFER_EMPTY, .en = BUFFER_EMPTY};
    jval *row = jval_new_array(), *total = jval_new_array();
    char period[24];
    count_target(answer, target, from, counted_here ? (enum report_step)step : REPORT_APPLIED, &counted);
    const size_t shown = counted_here ? step : REPORT_STEPS;
    write_period(target, period);
    jval_append(row, jval_keep(jval_get(target, "title")));
    cell_text2(row, counted.ko.bytes, counted.en.bytes);
    cell_counted(row, shown);
    cell_optional(row, plan);
    cell_optional(row, from && to ? value / (to - from + 1) : (double)NAN);
    cell_counted_number(row, shown, counted.this_year);
    cell_share(row, (double)counted.this_year, counted_here && !isnan(plan) ? plan : 0);
    jval_append(row, jval_keep(jval_get(target, "source")));
    jval_append(year_rows, row);
    const double left = value - (double)counted.to_date > 0 ? value - (double)counted.to_date : 0;
    jval_append(total, jval_keep(jval_get(target, "title")));
    jval_append(total, jval_new_text(period));
    jval_append(total, jval_keep(jval_get(target, "value")));
    cell_counted_number(total, shown, counted.to_date);
    cell_share(total, (double)counted.to_date, counted_here ? value : 0);
    cell_optional(total, to_date);
    cell_optional(total, counted_here ? left : (double)NAN);
    cell_optional(total, counted_here && to > answer->year ? (double)(to - answer->year) : (double)NAN);
    cell_optional(total, counted_here && to > answer->year ? left / (to - answer->year) : (double)NAN);
    jval_append(total_rows, total);
    buffer_free(&counted.ko);
    buffer_free(&counted.en);
}

void report_plan_sections(const struct report_answer *answer, jval *sections) {
    static const struct report_column year_columns[] = {{"target", "목표", "target", "text"}, {"programs", "사업", "programs", "text"}, {"counts", "셈한 단계", "step counted", "text"},
                                                        {"plan", "그해 계획", "plan", "count"}, {"even", "연평균 목표", "value / years", "ratio"}, {"result", "그해 실적", "result", "count"},
                                                        {"share", "계획 대비", "of the plan", "share"}, {"source", "근거", "source", "text"}, {0}};
    static const struct report_column total_columns[] = {{"target", "목표", "target", "text"}, {"period", "기간", "period", "text"}, {"value", "목표값", "value", "count"},
                                                         {"reached", "누계", "to date", "count"}, {"share", "달성률", "reached", "share"}, {"plan", "계획 누계", "plan to date", "count"},
                                                         {"left", "남은 수", "left", "count"}, {"years", "남은 햇수", "years left", "count"}, {"needed", "남은 해마다", "a year from now", "ratio"}, {0}};
    static const struct report_section year_section = {.id = "plan", .title = {"계획과 실적", "Plan and result"}, .chart = "none",
                                                       .note = {"계획은 사업 파일의 해마다의 계획(targets[].years)입니다. 적혀 있지 않으면 비워 두고, 목표값을 햇수로 나눈 연평균을 곁들입니다. 신청한 해를 기준으로 셉니다.",
                                                                "Plan: the program file's plan of the year (targets[].years); where there is none it is left empty, and the value divided by the years stands beside it. A figure belongs to the year of the application."}};
    static const struct report_section total_section = {.id = "cumulative", .title = {"중기 목표 누계", "Medium-term targets to date"}, .chart = "bars", .drawn = "share",
                                                        .note = {"목표값이 기간 전체를 더한 수인지 근거 문서에 적혀 있지 않아(Z-06) 누계로 읽었습니다. 남은 해마다 = (목표값 − 누계) ÷ 남은 햇수.",
                                                                 "Whether a value is cumulative is not said in the sources (Z-06); it is read so here. A year from now = (value − to date) / years left."}};
    jval *year_rows = jval_new_array(), *total_rows = jval_new_array();
    for (size_t p = 0; p < answer->program_count; p++) {
        const jval *targets = jval_get(answer->programs[p].program->resolved, "targets");
        for (size_t t = 0; t < jval_count(targets); t++)
            if (is_told(answer, p, jval_at(targets, t))) add_plan_rows(answer, jval_at(targets, t), year_rows, total_rows);
    }
    jval_append(sections, report_section_new(&year_section, year_columns, year_rows));
    jval_append(sections, report_section_new(&total_section, total_columns, total_rows));
}
