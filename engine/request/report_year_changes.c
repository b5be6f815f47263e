/* SPDX-License-Identifier: Apache-2.0 */
/* The yearly report, what changed against the year before: shares of steps, suppliers, kinds of firms, needs; and what the rules barred most. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../program/reason.h"
#include "report_year.h"

static const struct {
    const char *ko, *en;
} readings[] = {
    [YEAR_FEW] = {"수가 적어 견주지 않음", "too few to compare"},
    [YEAR_ALIKE] = {"차이라고 할 수 없음", "no difference to speak of"},
    [YEAR_MORE] = {"늘어남", "more"},
    [YEAR_LESS] = {"줄어듦", "less"},
};

void cell_reading(jval *row, const struct year_share *share) { cell_text2(row, readings[share->reading].ko, readings[share->reading].en); }

/* Share of the year before and of the year, and their difference with its interval, unless a number must not be told. */
void cells_share_pair(jval *row, const struct year_share *share, bool told) {
    for (size_t y = 0; y < 2; y++) cell_share(row, (double)share->years[y].part, told ? (double)share->years[y].whole : 0);
    jval_append(row, told ? jval_new_number(share->difference) : NULL);
}

/* ---- measures ---- */

static const struct report_column change_columns[] = {{"measure", "지표", "measure", "text"}, {"before", "앞 해", "year before", "by_row"}, {"now", "그해", "year", "by_row"},
                                                      {"change", "증감", "change", "by_row"}, {"low", "구간 아래", "from", "by_row"}, {"high", "구간 위", "to", "by_row"},
                                                      {"reading", "읽기", "reading", "text"}, {"unit", "단위", "unit", "unit"}, {0}};

static void append_share(const struct report_answer *answer, jval *rows, const char *ko, const char *en, struct share_count before, struct share_count now) {
    const struct year_share share = year_compare(&answer->terms, before, now);
    jval *row = jval_new_array();
    cell_text2(row, ko, en);
    cells_share_pair(row, &share, true);
    jval_append(row, jval_new_number(share.interval.low));
    jval_append(row, jval_new_number(share.interval.high));
    cell_reading(row, &share);
    jval_append(row, jval_new_text("share"));
    jval_append(rows, row);
}

/* Numbers that are what they are: no interval, no reading. */
static void append_number(jval *rows, const char *ko, const char *en, double before, double now, const char *unit) {
    jval *row = jval_new_array();
    cell_text2(row, ko, en);
    jval_append(row, isnan(before) ? NULL : jval_new_number(before));
    jval_append(row, isnan(now) ? NULL : jval_new_number(now));
    jval_append(row, isnan(before) || isnan(now) ? NULL : jval_new_number(now - before));
    for (int i = 0; i < 3; i++) jval_append(row, NULL);
    jval_append(row, jval_new_text(unit));
    jval_append(rows, row);
}

static ieum_status add_changes(struct report_answer *answer, jval *sections, struct problem *problem) {
    static const struct report_section section = {.id = "changes", .title = {"앞 해와 견주어 달라진 것", "What changed against the year before"}, .chart = "none",
                                                  .note = {"비율은 두 해의 수가 모두 기준(data/report/report.json의 year.least) 이상이고 차이의 구간(Newcombe 1998, year.z 1.96이면 95%)이 0을 품지 않을 때에만 늘었다·줄었다고 적습니다. 수는 센 그대로이며 구간이 없습니다.",
                                                           "A share is said to be more or less only where both years have enough (year.least of data/report/report.json) and the interval of the difference (Newcombe 1998; 95 % with year.z 1.96) leaves 0 out. Counts are what was counted and have no interval."}};
    struct report_concentration spread[2];
    struct year_pairs pairs[2];
    size_t counts[2][REPORT_STEPS];
    ieum_status status = IEUM_OK;
    for (int y = 0; y < 2 && status == IEUM_OK; y++) {
        report_count(answer, REPORT_ALL, answer->year - 1 + y, counts[y]);
        status = report_measure_concentration(answer, answer->year - 1 + y, &spread[y], problem);
        if (status == IEUM_OK) status = year_count_pairs(answer, answer->year - 1 + y, &pairs[y], problem);
    }
    if (status != IEUM_OK) return status;
    jval *rows = jval_new_array();
    append_number(rows, "신청", "applied", (double)counts[0][REPORT_APPLIED], (double)counts[1][REPORT_APPLIED], "count");
    for (size_t s = REPORT_ELIGIBLE; s < REPORT_STEPS; s++) {
        char ko[96], en[96];
        snprintf(ko, sizeof ko, "%s ÷ %s", report_steps[s].ko, report_steps[s - 1].ko);
        snprintf(en, sizeof en, "%s of %s", report_steps[s].en, report_steps[s - 1].en);
        /* A selected application may be barred by the rules of today: a step may then have more than the one before. */
        const bool within = counts[0][s] <= counts[0][s - 1] && counts[1][s] <= counts[1][s - 1];
        if (within) append_share(answer, rows, ko, en, (struct share_count){counts[0][s], counts[0][s - 1]}, (struct share_count){counts[1][s], counts[1][s - 1]});
    }
    append_number(rows, "짝이 있는 공급기업", "suppliers with a pair", (double)spread[0].suppliers, (double)spread[1].suppliers, "count");
    append_share(answer, rows, "신규 참여 ÷ 짝이 있는 공급기업", "newcomers of suppliers with a pair", (struct share_count){spread[0].newcomers, spread[0].suppliers},
                 (struct share_count){spread[1].newcomers, spread[1].suppliers});
    append_number(rows, "짝이 가장 많은 공급기업의 몫", "share of the supplier with most pairs", spread[0].pairs ? spread[0].greatest_share : NAN, spread[1].pairs ? spread[1].greatest_share : NAN, "share");
    append_number(rows, "허핀달–허시먼 지수", "Herfindahl–Hirschman index", spread[0].pairs ? spread[0].herfindahl : NAN, spread[1].pairs ? spread[1].herfindahl : NAN, "index");
    append_share(answer, rows, "수요기업의 거절", "refusals of demand firms", (struct share_count){pairs[0].refused[0], pairs[0].answers[0]}, (struct share_count){pairs[1].refused[0], pairs[1].answers[0]});
    append_share(answer, rows, "공급기업의 거절", "refusals of suppliers", (struct share_count){pairs[0].refused[1], pairs[0].answers[1]}, (struct share_count){pairs[1].refused[1], pairs[1].answers[1]});
    jval_append(sections, report_section_new(&section, change_columns, rows));
    return IEUM_OK;
}

/* ---- kinds of firms, needs ---- */

static const struct report_column group_columns[] = {{"group", "구분", "group", "text"}, {"before", "앞 해(건)", "year before", "count"}, {"now", "그해(건)", "year", "count"},
                                                     {"share_before", "앞 해 비율", "share before", "share"}, {"share_now", "그해 비율", "share", "share"},
                                                     {"difference", "차이", "difference", "share"}, {"reading", "읽기", "reading", "text"}, {0}};

static void append_rest(jval *rows, size_t kinds, const size_t parts[2], const size_t whole[2]) {
    char ko[48], en[48];
    jval *row = jval_new_array();
    snprintf(ko, sizeof ko, "그 밖 %zu가지", kinds);
    snprintf(en, sizeof en, "%zu others", kinds);
    cell_text2(row, ko, en);
    for (size_t y = 0; y < 2; y++) cell_count(row, parts[y]);
    for (size_t y = 0; y < 2; y++) cell_share(row, (double)parts[y], (double)whole[y]);
    jval_append(row, whole[0] && whole[1] ? jval_new_number((double)parts[1] / (double)whole[1] - (double)parts[0] / (double)whole[0]) : NULL);
    jval_append(row, NULL);
    jval_append(rows, row);
}

static ieum_status add_groups(struct report_answer *answer, enum report_kind kind, const struct report_section *section, jval *sections, struct problem *problem) {
    const struct year_group *groups = NULL;
    size_t count = 0, rest[2] = {0};
    ieum_status status = year_groups(answer, kind, &groups, &count, problem);
    if (status != IEUM_OK) return status;
    jval *rows = jval_new_array();
    const size_t shown = (int64_t)count > answer->terms.rows ? (size_t)answer->terms.rows : count;
    for (size_t i = 0; i < count; i++) {
        const struct year_share *applied = &groups[i].applied;
        for (size_t y = 0; y < 2 && i >= shown; y++) rest[y] += applied->years[y].part;
        if (i >= shown) continue;
        jval *row = jval_new_array();
        cell_text2(row, groups[i].ko, groups[i].en);
        const bool before = cell_group_count(answer, row, applied->years[0].part), now = cell_group_count(answer, row, applied->years[1].part);
        cells_share_pair(row, applied, before && now);
        cell_reading(row, applied);
        jval_append(rows, row);
    }
    if (shown < count) append_rest(rows, count - shown, rest, (size_t[]){groups[0].applied.years[0].whole, groups[0].applied.years[1].whole});
    jval_append(sections, report_section_new(section, group_columns, rows));
    return IEUM_OK;
}

static ieum_status add_needs(struct report_answer *answer, jval *sections, struct problem *problem) {
    static const struct report_column columns[] = {{"need", "수요(개념)", "need (concept)", "text"}, {"before", "앞 해(건)", "year before", "count"}, {"now", "그해(건)", "year", "count"},
                                                   {"share_before", "앞 해 비율", "share before", "share"}, {"share_now", "그해 비율", "share", "share"},
                                                   {"difference", "차이", "difference", "share"}, {"reading", "읽기", "reading", "text"}, {"unmet", "그해 짝 없음", "without a pair", "count"}, {0}};
    static const struct report_section section = {.id = "changes_by_need", .title = {"수요의 변화", "Needs, against the year before"}, .chart = "bars", .drawn = "share_before share_now",
                                                  .note = {"적격 신청의 글에서 엔진이 읽어 낸 과제·기술 개념입니다. 한 신청이 여러 개념에 셈해집니다. 여러 줄을 함께 보므로 스무 줄에 한 줄쯤은 우연히도 뚜렷해 보일 수 있습니다.",
                                                           "Tasks and techniques that the engine reads in eligible applications; one counts under several. Of twenty rows about one may look different by chance."}};
    const struct year_need *needs = NULL;
    size_t count = 0;
    ieum_status status = year_needs(answer, &needs, &count, problem);
    if (status != IEUM_OK) return status;
    jval *rows = jval_new_array();
    for (size_t i = 0; i < count && (int64_t)i < answer->terms.rows; i++) {
        const struct concept *concept = lexicon_concept(answer->lexicon, needs[i].concept);
        jval *row = jval_new_array();
        cell_text2(row, concept->ko, concept->en);
        for (size_t y = 0; y < 2; y++) cell_count(row, needs[i].asked.years[y].part);
        cells_share_pair(row, &needs[i].asked, true);
        cell_reading(row, &needs[i].asked);
        cell_count(row, needs[i].unmet);
        jval_append(rows, row);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
    return IEUM_OK;
}

/* ---- rules ---- */

/* The rule's sentence with what it asks for, and "…" for what each firm has. */
ieum_status report_rule_sentence(struct report_answer *answer, const struct rule *rule, const char *expected, struct text2 *sentence, struct problem *problem) {
    char number[32];
    struct reason_facts facts = {.places = {[PLACE_EXPECTED] = expected}};
    snprintf(number, sizeof number, "%g", rule->number);
    if (rule->test == TEST_AGE_YEARS_AT_MOST || rule->test == TEST_AT_LEAST || rule->test == TEST_AT_MOST) facts.places[PLACE_NUMBER] = number;
    sentence->ko = reason_write(rule->reason.ko, &facts, "…", answer->arena);
    sentence->en = reason_write(rule->reason.en, &facts, "…", answer->arena);
    return sentence->ko && sentence->en ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status add_rules(struct report_answer *answer, jval *sections, struct problem *problem) {
    static const struct report_column columns[] = {{"rule", "규칙의 사유", "rule's reason", "text"}, {"program", "사업", "program", "text"}, {"barred", "제외", "barred", "count"},
                                                   {"share", "신청 대비", "of applied", "share"}, {"alone", "이 규칙만으로", "by this alone", "count"}, {"before", "앞 해", "year before", "count"},
                                                   {"id", "규칙", "rule", "text"}, {"source", "근거", "source", "text"}, {0}};
    static const struct report_section section = {.id = "barred", .title = {"규칙이 가장 많이 막은 것", "What the rules barred most"}, .chart = "bars", .drawn = "barred",
                                                  .note = {"사업 파일의 자격 요건에 걸린 신청의 수입니다. 한 신청이 여러 규칙에 걸릴 수 있고, '이 규칙만으로'는 다른 규칙에는 걸리지 않은 신청입니다. 지금의 사업 파일과 자료로 다시 판정한 것입니다.",
                                                           "Applications that an eligibility rule of the program bars. One may be barred by several; 'by this alone' by no other. Judged anew with the program file and records as they are now."}};
    const struct year_rule *rules = NULL;
    size_t count = 0;
    ieum_status status = year_rules(answer, &rules, &count, problem);
    jval *rows = jval_new_array();
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        size_t counts[REPORT_STEPS];
        struct text2 sentence = {0};
        status = report_rule_sentence(answer, rules[i].rule, rules[i].expected, &sentence, problem);
        if (status != IEUM_OK) break;
        jval *row = jval_new_array();
        report_count(answer, rules[i].program, answer->year, counts);
        jval_append(row, write_text2(sentence));
        jval_append(row, write_text2(answer->programs[rules[i].program].program->title));
        cell_count(row, rules[i].failed[1]);
        cell_share(row, (double)rules[i].failed[1], (double)counts[REPORT_APPLIED]);
        cell_count(row, rules[i].alone[1]);
        cell_count(row, rules[i].failed[0]);
        jval_append(row, jval_new_text(rules[i].rule->id));
        jval_append(row, rules[i].rule->source ? jval_new_text(rules[i].rule->source) : NULL);
        jval_append(rows, row);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
    return status;
}

static ieum_status append_pair_rules(struct report_answer *answer, size_t program, const struct year_pair_rules *made, jval *rows, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < made->count && status == IEUM_OK; i++) {
        struct text2 sentence = {0};
        status = report_rule_sentence(answer, made->rules[i].rule, NULL, &sentence, problem);
        if (status != IEUM_OK) break;
        jval *row = jval_new_array();
        jval_append(row, write_text2(sentence));
        jval_append(row, write_text2(answer->programs[program].program->title));
        cell_count(row, made->rules[i].pairs);
        cell_share(row, (double)made->rules[i].pairs, (double)made->pairs);
        cell_count(row, made->rules[i].alone);
        jval_append(row, jval_new_text(made->rules[i].rule->id));
        jval_append(rows, row);
    }
    return status;
}

/* Of pairs that could have been: which of them the rules leave out, and which applications nobody is left to. */
static ieum_status add_pair_rules(struct call *call, struct report_answer *answer, jval *sections, struct problem *problem) {
    static const struct report_column columns[] = {{"rule", "결합 제한의 사유", "pair rule's reason", "text"}, {"program", "사업", "program", "text"}, {"pairs", "막은 짝", "pairs barred", "count"},
                                                   {"share", "모든 짝 대비", "of all pairs", "share"}, {"alone", "이 규칙만으로", "by this alone", "count"}, {"id", "규칙", "rule", "text"}, {0}};
    struct report_section section = {.id = "barred_pairs", .title = {"결합 제한이 가장 많이 막은 것", "What the pair rules barred most"}, .chart = "none", .annex = true};
    char ko[320], en[320];
    size_t demands = 0, without = 0;
    ieum_status status = IEUM_OK;
    jval *rows = jval_new_array();
    for (size_t p = 0; p < answer->program_count && status == IEUM_OK; p++) {
        struct year_pair_rules made;
        if (!report_shows(answer, p, answer->year)) continue;
        status = year_count_pair_rules(call->workspace, answer, p, &made, problem);
        if (status != IEUM_OK) break;
        demands += made.demands;
        without += made.without;
        status = append_pair_rules(answer, p, &made, rows, problem);
    }
    snprintf(ko, sizeof ko, "그해 적격 신청 %zu건과 사업의 후보 공급기업을 모두 짝지어 본 것 가운데 규칙에 걸린 짝입니다(지금의 사업 파일과 자료로). 규칙이 모든 후보를 막은 신청은 %zu건입니다.", demands, without);
    snprintf(en, sizeof en, "Of all pairs of the year's %zu eligible applications with the program's candidates (program file and records as they are now). Applications to which no candidate is left: %zu.", demands, without);
    section.note = (struct text2){ko, en};
    jval_append(sections, report_section_new(&section, columns, rows));
    return status;
}

ieum_status report_change_sections(struct call *call, struct report_answer *answer, jval *sections, struct problem *problem) {
    static const struct report_section kinds[] = {
        [REPORT_BY_DISTRICT] = {.id = "changes_by_district", .title = {"소재지의 변화", "Districts, against the year before"}, .chart = "none", .annex = true,
                                .note = {"신청을 소재지(서울은 자치구)로 나눈 비율입니다.", "Applications by place (districts within Seoul)."}},
        [REPORT_BY_INDUSTRY] = {.id = "changes_by_industry", .title = {"업종의 변화", "Industries, against the year before"}, .chart = "none", .annex = true,
                                .note = {"신청을 업종(표준산업분류 중분류, 첫째 코드)으로 나눈 비율입니다.", "Applications by KSIC division of their first code."}},
        [REPORT_BY_SIZE] = {.id = "changes_by_size", .title = {"기업 규모의 변화", "Sizes, against the year before"}, .chart = "none", .annex = true,
                            .note = {"신청을 기업 규모로 나눈 비율입니다.", "Applications by size of firm."}},
    };
    size_t before[REPORT_STEPS];
    report_count(answer, REPORT_ALL, answer->year - 1, before);
    const bool compared = before[REPORT_APPLIED] > 0; /* without a year before nothing has changed; report_notes says so */
    ieum_status status = compared ? add_changes(answer, sections, problem) : IEUM_OK;
    if (status == IEUM_OK) status = add_needs(answer, sections, problem);
    if (status == IEUM_OK) status = add_rules(answer, sections, problem);
    if (status == IEUM_OK) status = add_pair_rules(call, answer, sections, problem);
    for (size_t k = REPORT_BY_DISTRICT; compared && k <= REPORT_BY_SIZE && status == IEUM_OK; k++) status = add_groups(answer, (enum report_kind)k, &kinds[k], sections, problem);
    return status;
}
