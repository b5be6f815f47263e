/* SPDX-License-Identifier: Apache-2.0 */
/* The council report, who and what: kinds of firms, suppliers, needs that nobody met, how good the suggestions were. */
#include <stdio.h>
#include <string.h>

#include "report_request.h"

/* ---- by kind of firm ---- */

/* A count that may be too small to tell. */
bool cell_group_count(const struct report_answer *answer, jval *row, size_t count) {
    const int64_t below = answer->terms.small_cells;
    char ko[48], en[48];
    if (!count || (int64_t)count >= below) {
        cell_count(row, count);
        return true;
    }
    snprintf(ko, sizeof ko, "%lld곳 미만", (long long)below);
    snprintf(en, sizeof en, "below %lld", (long long)below);
    cell_text2(row, ko, en);
    return false;
}

static void append_group(const struct report_answer *answer, jval *rows, const struct report_group *group) {
    jval *row = jval_new_array();
    cell_text2(row, group->ko, group->en);
    for (size_t s = 0; s < REPORT_STEPS; s++) cell_group_count(answer, row, group->counts[s]);
    jval_append(rows, row);
}

static const struct report_section group_sections[REPORT_KINDS] = {
    {.id = "by_district", .title = {"소재지별(서울은 자치구)", "By district"}, .chart = "bars", .drawn = "applied matched", .annex = true,
     .note = {"소재지가 서울이면 자치구, 밖이면 시·도입니다.", "Districts within Seoul, provinces outside."}},
    {.id = "by_industry", .title = {"업종별(표준산업분류 중분류)", "By industry (KSIC division)"}, .chart = "bars", .drawn = "applied matched", .annex = true,
     .note = {"업종 코드가 여럿이면 첫째 코드로 셉니다.", "Of several codes the first counts."}},
    {.id = "by_size", .title = {"기업 규모별", "By size"}, .chart = "bars", .drawn = "applied matched", .annex = true},
    {.id = "by_age", .title = {"업력별(신청일 기준)", "By age at application"}, .chart = "bars", .drawn = "applied matched", .annex = true,
     .note = {"설립일에서 신청일까지 꽉 찬 햇수입니다.", "Full years from founding to application."}},
    {.id = "by_maturity", .title = {"디지털 전환 준비 수준별", "By digital readiness"}, .chart = "bars", .drawn = "applied matched", .annex = true},
    {.id = "by_track", .title = {"트랙별", "By track"}, .chart = "bars", .drawn = "applied matched", .annex = true,
     .note = {"트랙이 있는 사업의 신청만 셉니다.", "Applications to programs with tracks."}},
};

static ieum_status add_groups(struct report_answer *answer, enum report_kind kind, jval *sections, struct problem *problem) {
    const struct report_column columns[] = {{"group", "구분", "group", "text"}, {"applied", "신청", "applied", "count"}, {"eligible", "적격", "eligible", "count"},
                                            {"selected", "선정", "selected", "count"}, {"matched", "매칭", "matched", "count"}, {"agreed", "협약", "agreed", "count"},
                                            {"completed", "완료", "completed", "count"}, {0}};
    const struct report_group *groups = NULL;
    struct report_section section = group_sections[kind];
    char ko[160], en[160];
    size_t count = 0;
    ieum_status status = report_groups(answer, kind, answer->year, &groups, &count, problem);
    if (status != IEUM_OK || (kind == REPORT_BY_TRACK && count == 0)) return status;
    jval *rows = jval_new_array();
    if (kind == REPORT_BY_MATURITY) {
        snprintf(ko, sizeof ko, "신청서의 준비 수준 점수(100점)입니다. 참고: 중소기업 평균 %.1f점.", answer->terms.readiness_reference);
        snprintf(en, sizeof en, "Readiness points of the application (of 100). For reference: %.1f on average of small and medium firms.", answer->terms.readiness_reference);
        section.note = (struct text2){ko, en};
    }
    for (size_t i = 0; i < count; i++) append_group(answer, rows, &groups[i]);
    jval_append(sections, report_section_new(&section, columns, rows));
    return IEUM_OK;
}

/* ---- suppliers ---- */

void report_append_measure(jval *rows, const char *ko, const char *en, jval *value, const char *unit, const char *what_ko, const char *what_en) {
    jval *row = jval_new_array();
    cell_text2(row, ko, en);
    jval_append(row, value);
    jval_append(row, jval_new_text(unit));
    cell_text2(row, what_ko, what_en);
    jval_append(rows, row);
}

const struct report_column report_measure_columns[] = {{"measure", "지표", "measure", "text"}, {"value", "값", "value", "by_row"}, {"unit", "단위", "unit", "unit"},
                                                       {"meaning", "뜻", "what it is", "text"}, {0}};

static jval *share_value(double part, double whole) { return whole > 0 ? jval_new_number(part / whole) : NULL; }

static void add_spread(const struct report_concentration *spread, jval *sections) {
    static const struct report_section section = {.id = "suppliers", .title = {"공급기업 쏠림과 신규 참여", "Concentration and newcomers"}, .chart = "none",
                                                  .note = {"매칭(확정 이후)된 짝으로 셉니다.", "Counted over pairs that are matched (confirmed or further)."}};
    jval *rows = jval_new_array();
    report_append_measure(rows, "매칭된 짝", "matched pairs", jval_new_integer((int64_t)spread->pairs), "count", "확정되어 살아 있는 짝의 수", "pairs that are confirmed and stand");
    report_append_measure(rows, "짝이 있는 공급기업", "suppliers with a pair", jval_new_integer((int64_t)spread->suppliers), "count", "등록한 공급기업 가운데 짝이 하나라도 있는 곳", "of the registered suppliers, those with at least one pair");
    report_append_measure(rows, "등록한 공급기업", "registered suppliers", jval_new_integer((int64_t)spread->pool), "count", "저장소의 공급기업 가운데 보고하는 사업의 후보", "suppliers in the store that are candidates of the programs reported on");
    report_append_measure(rows, "가장 큰 몫", "largest share", spread->pairs ? jval_new_number(spread->greatest_share) : NULL, "share", "짝이 가장 많은 공급기업의 짝 ÷ 모든 짝", "pairs of the supplier that has most, of all pairs");
    report_append_measure(rows, "상위 3곳의 몫", "share of the first three", spread->pairs ? jval_new_number(spread->three_share) : NULL, "share", "짝이 많은 차례로 세 공급기업의 짝 ÷ 모든 짝", "pairs of the three suppliers that have most, of all pairs");
    report_append_measure(rows, "허핀달–허시먼 지수", "Herfindahl–Hirschman index", spread->pairs ? jval_new_number(spread->herfindahl) : NULL, "index", "공급기업마다 몫(%)을 제곱해 더한 값. 한 곳이 모두 가지면 10,000", "sum of squared shares in per cent; 10,000 when one supplier has all");
    report_append_measure(rows, "지니 계수", "Gini coefficient", spread->pairs ? jval_new_number(spread->gini) : NULL, "coefficient", "등록한 모든 공급기업의 짝 수에 대한 값. 0은 고름, 1에 가까울수록 쏠림", "over the pairs of all registered suppliers; 0 even, towards 1 all with one");
    report_append_measure(rows, "신규 참여 공급기업", "newcomers", jval_new_integer((int64_t)spread->newcomers), "count", "앞선 해에 매칭·협약·완료가 없던 공급기업 가운데 올해 짝이 있는 곳", "suppliers with a pair this year and none matched, agreed or completed in earlier years");
    report_append_measure(rows, "신규 참여의 몫", "share of newcomers", share_value((double)spread->newcomer_pairs, (double)spread->pairs), "share", "신규 참여 공급기업의 짝 ÷ 모든 짝", "pairs of newcomers, of all pairs");
    jval_append(sections, report_section_new(&section, report_measure_columns, rows));
}

static void add_shares(const struct report_concentration *spread, jval *sections) {
    static const struct report_column columns[] = {{"supplier", "번호", "id", "text"}, {"name", "공급기업", "supplier", "text"}, {"pairs", "짝", "pairs", "count"}, {"share", "몫", "share", "share"},
                                                   {"newcomer", "신규", "newcomer", "text"}, {0}};
    static const struct report_section section = {.id = "supplier_shares", .title = {"공급기업별 짝", "Pairs by supplier"}, .chart = "none"};
    jval *rows = jval_new_array();
    for (size_t i = 0; i < spread->suppliers; i++) {
        jval *row = jval_new_array();
        jval_append(row, jval_new_text(spread->shares[i].supplier));
        jval_append(row, jval_new_text(spread->shares[i].name));
        cell_count(row, spread->shares[i].pairs);
        cell_share(row, (double)spread->shares[i].pairs, (double)spread->pairs);
        if (spread->shares[i].newcomer) cell_text2(row, "신규", "new");
        else jval_append(row, NULL);
        jval_append(rows, row);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
}

/* ---- needs ---- */

static ieum_status add_needs(struct report_answer *answer, jval *sections, struct problem *problem) {
    static const struct report_column columns[] = {{"need", "수요(개념)", "need (concept)", "text"}, {"unmet", "공급기업을 찾지 못함", "without a supplier", "count"},
                                                   {"asked", "적격 신청", "eligible applications", "count"}, {"share", "비율", "share", "share"}, {0}};
    static const struct report_section section = {.id = "needs", .title = {"채우지 못한 수요", "Needs not met"}, .chart = "bars", .drawn = "unmet",
                                                  .note = {"적격 신청의 글에서 엔진이 읽어 낸 과제·기술 개념마다, 매칭된 짝이 없는 신청의 수입니다. 한 신청이 여러 개념에 셈해집니다. 선정되지 않아 짝이 없는 신청도 들어갑니다.",
                                                           "By task or technique that the engine reads in eligible applications: how many of them have no matched pair. One application counts under several. Applications that were not selected count too."}};
    const struct report_need *needs = NULL;
    size_t count = 0;
    ieum_status status = report_measure_needs(answer, answer->year, &needs, &count, problem);
    if (status != IEUM_OK) return status;
    jval *rows = jval_new_array();
    for (size_t i = 0; i < count && (int64_t)i < answer->terms.needs_shown; i++) {
        const struct concept *concept = lexicon_concept(answer->lexicon, needs[i].concept);
        jval *row = jval_new_array();
        cell_text2(row, concept->ko, concept->en);
        cell_count(row, needs[i].unmet);
        cell_count(row, needs[i].asked);
        cell_share(row, (double)needs[i].unmet, (double)needs[i].asked);
        jval_append(rows, row);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
    return IEUM_OK;
}

/* ---- quality ---- */

static void add_quality(const struct report_answer *answer, jval *sections) {
    static const struct report_section section = {.id = "quality", .title = {"추천의 품질", "Quality of suggestions"}, .chart = "none", .annex = true,
                                                  .note = {"추천을 보여 준 기록(제시 기록)과 성과가 함께 있는 신청으로 셉니다. 성과가 없는 쌍은 맞지 않은 것으로 봅니다.",
                                                           "Over applications that have both a record of what was shown and outcomes. A pair without an outcome counts as not right."}};
    const struct report_quality quality = report_measure_quality(answer);
    jval *rows = jval_new_array();
    report_append_measure(rows, "견준 신청", "applications judged", jval_new_integer((int64_t)quality.judged), "count", "제시 기록과 성과가 함께 있는 신청", "with a serving log and outcomes");
    report_append_measure(rows, "정밀도@3", "precision@3", share_value((double)quality.found, 3 * (double)quality.judged), "share", "보여 준 앞의 세 곳 가운데 협약·완료에 이른 곳 ÷ (3 × 견준 신청)", "of the first three shown, those agreed or completed / (3 × applications judged)");
    report_append_measure(rows, "적중률@3", "hit rate@3", share_value((double)quality.shown, (double)quality.judged), "share", "앞의 세 곳에서 협약·완료가 나온 신청 ÷ 견준 신청", "applications with an agreement among the first three / applications judged");
    report_append_measure(rows, "수요기업 동의율", "consent of demand firms", share_value((double)quality.yes[0], (double)quality.answers[0]), "share", "제안된 짝에 대한 수요기업의 답 가운데 동의", "yes, of the answers of demand firms to proposed pairs");
    report_append_measure(rows, "공급기업 동의율", "consent of suppliers", share_value((double)quality.yes[1], (double)quality.answers[1]), "share", "제안된 짝에 대한 공급기업의 답 가운데 동의", "yes, of the answers of suppliers to proposed pairs");
    jval_append(sections, report_section_new(&section, report_measure_columns, rows));
}

ieum_status report_council_firms(struct report_answer *answer, jval *sections, struct problem *problem) {
    struct report_concentration spread;
    ieum_status status = report_measure_concentration(answer, answer->year, &spread, problem);
    if (status == IEUM_OK) add_spread(&spread, sections);
    if (status == IEUM_OK) status = add_needs(answer, sections, problem);
    for (size_t k = 0; k < REPORT_KINDS && status == IEUM_OK; k++) status = add_groups(answer, (enum report_kind)k, sections, problem);
    if (status == IEUM_OK) add_quality(answer, sections);
    return status == IEUM_OK && memory_failed() ? problem_set_memory(problem) : status;
}

ieum_status report_suppliers_sections(struct report_answer *answer, jval *sections, struct problem *problem) {
    struct report_concentration spread;
    const ieum_status status = report_measure_concentration(answer, answer->year, &spread, problem);
    if (status != IEUM_OK) return status;
    add_spread(&spread, sections);
    add_shares(&spread, sections);
    return memory_failed() ? problem_set_memory(problem) : IEUM_OK;
}
