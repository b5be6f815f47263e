/* SPDX-License-Identifier: Apache-2.0 */
/* The dates of the file held against each other. See examine.h; that each is one, and no end lies before its beginning, calendar.h has seen. */
#include <stdio.h>
#include <string.h>

#include "../record/date.h"
#include "calendar.h"
#include "examine_parts.h"
#include "section.h"

static const struct jpath root = {NULL, NULL, 0};
static const struct jpath effective_at = {&root, "effective", 0}, calendar_at = {&root, "calendar", 0}, targets_at = {&root, "targets", 0};

struct period {
    struct date from, to; /* year 0: open */
};

/* A month stands for all its days, or `within` it for the day that makes the least trouble. */
static struct period period_of(const jval *object, bool within) {
    struct period period = {{0}, {0}};
    const char *from = jval_get_text(object, "from"), *to = jval_get_text(object, "to");
    if (from) calendar_day(from, within, &period.from);
    if (to) calendar_day(to, !within, &period.to);
    return period;
}

static bool before(struct date a, struct date b) { return !date_missing(a) && !date_missing(b) && date_compare(a, b) < 0; }

static struct period effective_of(const struct examiner *it) { return period_of(jval_get(it->file, "effective"), false); }

/* A budget is voted for a year: a program with money that runs longer needs more than one. */
static void examine_effective(const struct examiner *it, struct period effective) {
    const jval *to = jval_get(jval_get(it->file, "effective"), "to");
    if (jval_get(it->file, "budget") && !date_missing(effective.from) && !date_missing(effective.to) && effective.from.year != effective.to.year)
        examine_oddity(it, (struct finding_at){"effective_years", &(struct jpath){&effective_at, "to", 0}, to, NULL},
                       "예산이 있는 사업이 한 회계연도를 넘깁니다. 예산이 어느 해의 것인지 확인해 주세요.",
                       "A program with a budget runs over more than one fiscal year: see which year the budget is of.");
}

static void examine_stages(const struct examiner *it, struct period effective) {
    const jval *stages = jval_get(it->file, "calendar");
    for (size_t i = 0; i < jval_count(stages); i++) {
        const jval *one = jval_at(stages, i);
        const struct period period = period_of(one, true);
        const struct jpath at = {&calendar_at, NULL, i}, from_at = {&at, "from", 0}, to_at = {&at, "to", 0};
        if (before(period.from, effective.from))
            examine_error(it, (struct finding_at){"stage_before_effective", &from_at, jval_get(one, "from"), ">= effective/from"}, "사업 시행일보다 먼저 시작하는 단계입니다.",
                          "This stage begins before the program is in force.");
        if (before(effective.to, period.to) || before(effective.to, period.from))
            examine_error(it, (struct finding_at){"stage_after_effective", date_missing(period.to) ? &from_at : &to_at, jval_get(one, date_missing(period.to) ? "from" : "to"), "<= effective/to"},
                          "사업이 끝난 뒤까지 이어지는 단계입니다.", "This stage goes on after the program has ended.");
    }
}

static void examine_targets(const struct examiner *it, struct period effective) {
    const jval *targets = jval_get(it->file, "targets");
    for (size_t i = 0; i < jval_count(targets); i++) {
        const jval *one = jval_at(targets, i), *value = jval_get(one, "value");
        const struct period period = period_of(one, true);
        const struct jpath at = {&targets_at, NULL, i};
        if (before(period.to, effective.from))
            examine_oddity(it, (struct finding_at){"target_before_effective", &(struct jpath){&at, "to", 0}, jval_get(one, "to"), ">= effective/from"},
                           "사업이 시작하기 전에 끝나는 목표여서 이 사업으로 이룰 수 없습니다.", "This target ends before the program begins: it cannot be reached by it.");
        if (before(effective.to, period.from))
            examine_oddity(it, (struct finding_at){"target_after_effective", &(struct jpath){&at, "from", 0}, jval_get(one, "from"), "<= effective/to"},
                           "사업이 끝난 뒤에 시작하는 목표여서 이 사업으로 이룰 수 없습니다.", "This target begins after the program has ended: it cannot be reached by it.");
        if (value && jval_number(value) == 0)
            examine_oddity(it, (struct finding_at){"target_zero", &(struct jpath){&at, "value", 0}, value, "> 0"}, "목표값이 0입니다.", "The target is 0.");
    }
}

/* When the last stage of that step begins. */
static struct date step_begins(const struct examiner *it, enum calendar_step step) {
    const jval *stages = jval_get(it->file, "calendar");
    struct date begins = {0};
    for (size_t i = 0; i < jval_count(stages); i++)
        if (id_same(jval_get_text(jval_at(stages, i), "step"), calendar_step_names[step])) begins = period_of(jval_at(stages, i), true).from;
    return begins;
}

static void examine_steps(const struct examiner *it) {
    const jval *stages = jval_get(it->file, "calendar");
    size_t latest = 0;
    for (size_t i = 0; i < jval_count(stages); i++) {
        const jval *text = jval_get(jval_at(stages, i), "step");
        const struct jpath at = {&calendar_at, NULL, i};
        size_t step = 0;
        while (step < CALENDAR_STEPS && !id_same(jval_is(text, JVAL_TEXT) ? jval_text(text) : NULL, calendar_step_names[step])) step++;
        if (step == CALENDAR_STEPS) continue;
        if (step < latest && latest != STEP_MATCH)
            examine_oddity(it, (struct finding_at){"steps_out_of_order", &(struct jpath){&at, "step", 0}, text, NULL},
                           "모집, 선발, 매칭, 협약, 수행, 종료의 차례에 맞지 않는 단계입니다.", "This stage is out of the order recruit, select, match, agree, perform, close.");
        if (step > latest) latest = step;
    }
}

/* A day by which something must have happened, after all is over, demands nothing; nor does one for suppliers after they were matched. */
static void examine_rule_date(const struct examiner *it, const struct rule_place *place) {
    const struct period effective = effective_of(it);
    const jval *text = jval_get(place->rule, "date");
    struct date date = {0};
    const struct jpath at = {place->at, "date", 0};
    if (!place->enabled || !jval_is(text, JVAL_TEXT) || !date_read(jval_text(text), &date)) return;
    if (place->test == TEST_DATE_AT_MOST && before(effective.to, date))
        examine_error(it, (struct finding_at){"deadline_after_end", &at, text, "<= effective/to"}, "사업이 끝난 뒤의 날짜를 마감으로 적었습니다.",
                      "This deadline lies after the end of the program.");
    else if (place->test == TEST_DATE_AT_MOST && place->on_supplier && before(step_begins(it, STEP_MATCH), date))
        examine_error(it, (struct finding_at){"deadline_after_matching", &at, text, "<= calendar (match)"}, "매칭이 시작된 뒤의 날짜를 공급기업의 마감으로 적었습니다.",
                      "This deadline for suppliers lies after the matching has begun.");
}

void examine_dates(const struct examiner *it) {
    const struct period effective = effective_of(it);
    examine_steps(it);
    examine_effective(it, effective);
    examine_stages(it, effective);
    examine_targets(it, effective);
    examine_each_rule(it, examine_rule_date);
}
