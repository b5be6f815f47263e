/* SPDX-License-Identifier: Apache-2.0 */
/* The yearly report, what became of the pairs: consent and refusals, where they stand, outcomes, objections. */
#include "report_year.h"

/* ---- consent ---- */

static void add_consent(const struct report_answer *answer, const struct year_pairs pairs[2], jval *sections) {
    static const struct report_column columns[] = {{"side", "누구", "who", "text"}, {"answers", "답", "answers", "count"}, {"refused", "거절", "refused", "count"},
                                                   {"share_before", "앞 해 거절률", "refusals before", "share"}, {"share", "거절률", "refusals", "share"}, {"difference", "차이", "difference", "share"},
                                                   {"reading", "읽기", "reading", "text"}, {"silent", "답 없이 기한 지남", "lapsed unanswered", "count"}, {0}};
    static const struct report_section section = {.id = "consent", .title = {"동의와 거절", "Consent and refusals"}, .chart = "none",
                                                  .note = {"회차가 그해 신청에 제안한 짝에 대한 답입니다. 사유는 회차의 기록에만 있습니다.", "Answers to the pairs that rounds proposed to the year's applications. Reasons stand in the rounds' records alone."}};
    static const struct text2 sides[3] = {{"수요기업", "demand firms"}, {"공급기업", "suppliers"}, {"제3자", "third parties"}};
    jval *rows = jval_new_array();
    for (size_t side = 0; side < 3; side++) {
        const struct share_count before = {pairs[0].refused[side], pairs[0].answers[side]}, now = {pairs[1].refused[side], pairs[1].answers[side]};
        const struct year_share share = year_compare(&answer->terms, before, now);
        if (side == 2 && !before.whole && !now.whole) continue; /* no program asks a third party */
        jval *row = jval_new_array();
        jval_append(row, write_text2(sides[side]));
        cell_count(row, now.whole);
        cell_count(row, now.part);
        cells_share_pair(row, &share, true);
        cell_reading(row, &share);
        jval_append(row, side < 2 ? jval_new_integer((int64_t)pairs[1].silent[side]) : NULL);
        jval_append(rows, row);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
}

/* ---- where they stand ---- */

static void add_standing(const struct year_pairs pairs[2], jval *sections) {
    static const struct report_column columns[] = {{"state", "짝의 상태", "state of the pair", "text"}, {"before", "앞 해", "year before", "count"}, {"now", "그해", "year", "count"},
                                                   {"share", "비율", "share", "share"}, {0}};
    static const struct report_section section = {.id = "pairs", .title = {"제안한 짝이 지금 어디에 있는가", "Where the proposed pairs stand"}, .chart = "bars", .drawn = "now",
                                                  .note = {"회차가 그해 신청에 제안한 모든 짝을 지금의 상태로 나눈 것입니다.", "All pairs that rounds proposed to the year's applications, by their state now."}};
    static const struct text2 states[PAIR_STATES] = {
        [PAIR_PROPOSED] = {"답을 기다림", "waits for answers"}, [PAIR_CONFIRMED] = {"확정", "confirmed"}, [PAIR_PUBLISHED] = {"공고", "published"}, [PAIR_AGREED] = {"협약", "agreed"},
        [PAIR_DONE] = {"수행 완료", "done"}, [PAIR_SETTLED] = {"정산", "settled"}, [PAIR_DECLINED] = {"거절", "declined"}, [PAIR_LAPSED] = {"기한 지남", "lapsed"},
        [PAIR_WITHDRAWN] = {"철회", "withdrawn"}, [PAIR_REPLACED] = {"교체", "replaced"}};
    jval *rows = jval_new_array();
    for (size_t s = 0; s < PAIR_STATES; s++) {
        if (!pairs[0].states[s] && !pairs[1].states[s]) continue;
        jval *row = jval_new_array();
        jval_append(row, write_text2(states[s]));
        cell_count(row, pairs[0].states[s]);
        cell_count(row, pairs[1].states[s]);
        cell_share(row, (double)pairs[1].states[s], (double)pairs[1].pairs);
        jval_append(rows, row);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
}

/* ---- results ---- */

static void append_result(jval *rows, const char *ko, const char *en, size_t before, size_t now) {
    jval *row = jval_new_array();
    cell_text2(row, ko, en);
    cell_count(row, before);
    cell_count(row, now);
    jval_append(row, jval_new_text("count"));
    jval_append(rows, row);
}

static void add_results(const struct year_pairs pairs[2], jval *sections) {
    static const struct report_column columns[] = {{"result", "결과", "result", "text"}, {"before", "앞 해", "year before", "by_row"}, {"now", "그해", "year", "by_row"}, {"unit", "단위", "unit", "unit"}, {0}};
    static const struct report_section section = {.id = "results", .title = {"성과와 이의", "Outcomes and objections"}, .chart = "none",
                                                  .note = {"성과 기록은 짝마다 가장 나아간 단계 하나로 셉니다. 이의는 그해 신청에 대한 것입니다.", "An outcome counts once a pair, under its furthest stage. Objections are those about the year's applications."}};
    static const struct text2 stages[OUTCOME_STAGES] = {
        [OUTCOME_DECLINED_BY_DEMAND] = {"성과 기록: 수요기업이 거절", "outcomes: declined by the demand firm"}, [OUTCOME_DECLINED_BY_SUPPLIER] = {"성과 기록: 공급기업이 거절", "outcomes: declined by the supplier"},
        [OUTCOME_AGREED] = {"성과 기록: 협약", "outcomes: agreed"}, [OUTCOME_COMPLETED] = {"성과 기록: 완료", "outcomes: completed"}};
    static const struct text2 objections[OBJECTION_STATES] = {
        [OBJECTION_OPEN] = {"이의: 처리 전", "objections: open"}, [OBJECTION_UPHELD] = {"이의: 인용", "objections: upheld"}, [OBJECTION_REJECTED] = {"이의: 기각", "objections: rejected"}};
    jval *rows = jval_new_array();
    for (size_t s = OUTCOME_STAGES; s-- > 0;) append_result(rows, stages[s].ko, stages[s].en, pairs[0].outcomes[s], pairs[1].outcomes[s]);
    jval *row = jval_new_array();
    cell_text2(row, "완료의 평균 등급(0~3)", "mean grade of completed (0 to 3)");
    for (size_t y = 0; y < 2; y++) jval_append(row, pairs[y].graded ? jval_new_number(pairs[y].grade_sum / (double)pairs[y].graded) : NULL);
    jval_append(row, jval_new_text("ratio"));
    jval_append(rows, row);
    append_result(rows, "등급이 적힌 완료", "completed with a grade", pairs[0].graded, pairs[1].graded);
    for (size_t s = 0; s < OBJECTION_STATES; s++) append_result(rows, objections[s].ko, objections[s].en, pairs[0].objections[s], pairs[1].objections[s]);
    jval_append(sections, report_section_new(&section, columns, rows));
}

ieum_status report_pair_sections(struct report_answer *answer, jval *sections, struct problem *problem) {
    struct year_pairs pairs[2];
    ieum_status status = year_count_pairs(answer, answer->year - 1, &pairs[0], problem);
    if (status == IEUM_OK) status = year_count_pairs(answer, answer->year, &pairs[1], problem);
    if (status != IEUM_OK) return status;
    add_consent(answer, pairs, sections);
    add_standing(pairs, sections);
    add_results(pairs, sections);
    return IEUM_OK;
}
