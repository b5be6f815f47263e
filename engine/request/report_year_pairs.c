/* SPDX-License-Identifier: Apache-2.0 */
/* The yearly report, what became of the pairs: consent and refusals, where they stand, stages, outcomes, objections; and the ethics checks of suppliers' solutions. */
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

/* ---- stages ---- */

static void add_stages(const struct report_answer *answer, jval *sections) {
    static const struct report_column columns[] = {{"stage", "이행 단계", "stage", "text"}, {"before", "앞 해(짝)", "year before", "count"}, {"now", "그해(짝)", "year", "count"},
                                                   {"share", "매칭된 짝 대비", "of matched pairs", "share"}, {"pass", "합격", "pass", "count"}, {"fail", "불합격", "fail", "count"},
                                                   {"amount", "적힌 금액(원)", "amounts given", "krw"}, {"program", "사업", "program", "text"}, {0}};
    static const struct report_section section = {.id = "stages", .title = {"이행 단계", "Stages of fulfilment"}, .chart = "none",
                                                  .note = {"사업 파일의 이행 단계(협약·이용·기술 검증·결과보고·정산)를 지난 짝의 수입니다. 매칭된 짝은 확정되어 살아 있는 짝입니다.",
                                                           "Pairs that went through each stage of the program (agreement, use, verification, report, settlement). Matched: confirmed and standing."}};
    jval *rows = jval_new_array();
    for (size_t p = 0; p < answer->program_count; p++) {
        size_t matched = 0;
        for (size_t i = 0; i < answer->pairs.count; i++) {
            const struct report_pair *pair = &answer->pairs.items[i];
            matched += pair->counts && answer->firms[pair->firm].program == p && answer->firms[pair->firm].demand->applied.year == answer->year;
        }
        for (size_t s = 0; s < answer->programs[p].program->stage_count; s++) {
            const struct fulfilment_stage *stage = &answer->programs[p].program->stages[s];
            const struct year_stage counted = year_count_stage(answer, p, stage->id);
            if (!matched && !counted.passed[0] && !counted.passed[1]) continue;
            jval *row = jval_new_array();
            jval_append(row, write_text2(stage->title));
            cell_count(row, counted.passed[0]);
            cell_count(row, counted.passed[1]);
            cell_share(row, (double)counted.passed[1], (double)matched);
            cell_count(row, counted.pass);
            cell_count(row, counted.fail);
            cell_krw(row, counted.amounts ? counted.amount_krw : AMOUNT_MISSING);
            jval_append(row, write_text2(answer->programs[p].program->title));
            jval_append(rows, row);
        }
    }
    jval_append(sections, report_section_new(&section, columns, rows));
}

/* ---- ethics ---- */

static void add_ethics(const struct year_ethics ethics[YEAR_ETHICS_GROUPS], jval *sections) {
    static const struct report_column columns[] = {{"group", "공급기업", "suppliers", "text"}, {"suppliers", "곳", "number", "count"}, {"unlisted", "솔루션 미기재", "no solution listed", "count"},
                                                   {"solutions", "솔루션", "solutions", "count"}, {"checked", "윤리 점검 기록", "ethics check on record", "count"}, {"share", "비율", "share", "share"},
                                                   {"open", "남은 항목 있음", "with open items", "count"}, {0}};
    static const struct report_section section = {.id = "ethics", .title = {"솔루션의 윤리 점검", "Ethics checks of solutions"}, .chart = "none",
                                                  .note = {"그해 신청에 보여 주거나 제안하거나 매칭된 공급기업이 적은 솔루션 가운데 윤리 점검을 한 날이 기록된 것입니다(S1의 인공지능윤리, R-045). 짝이 어느 솔루션인지는 기록에 없어 공급기업의 모든 솔루션으로 셉니다. 순위에는 쓰지 않습니다.",
                                                           "Of the solutions that suppliers list which were shown, proposed or matched for the year's applications: those with the day of an ethics check on record (S1, R-045). Which solution a pair is about is not recorded, so all of a supplier's count. It ranks nothing."}};
    static const struct text2 groups[YEAR_ETHICS_GROUPS] = {
        [YEAR_SHOWN] = {"추천에서 보여 준 곳(제시 기록)", "shown in suggestions (serving log)"}, [YEAR_PROPOSED] = {"회차가 제안한 곳", "proposed by rounds"}, [YEAR_MATCHED] = {"매칭된 곳", "matched"}};
    jval *rows = jval_new_array();
    for (size_t g = 0; g < YEAR_ETHICS_GROUPS; g++) {
        jval *row = jval_new_array();
        jval_append(row, write_text2(groups[g]));
        cell_count(row, ethics[g].suppliers);
        cell_count(row, ethics[g].unlisted);
        cell_count(row, ethics[g].solutions);
        cell_count(row, ethics[g].checked);
        cell_share(row, (double)ethics[g].checked, (double)ethics[g].solutions);
        cell_count(row, ethics[g].open);
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

ieum_status report_pair_sections(struct call *call, struct report_answer *answer, jval *sections, struct problem *problem) {
    struct year_ethics ethics[YEAR_ETHICS_GROUPS];
    struct year_pairs pairs[2];
    ieum_status status = year_count_pairs(answer, answer->year - 1, &pairs[0], problem);
    if (status == IEUM_OK) status = year_count_pairs(answer, answer->year, &pairs[1], problem);
    if (status == IEUM_OK) status = year_count_ethics(call->workspace, answer, answer->year, ethics, problem);
    if (status != IEUM_OK) return status;
    add_consent(answer, pairs, sections);
    add_standing(pairs, sections);
    add_stages(answer, sections);
    add_results(pairs, sections);
    add_ethics(ethics, sections);
    return IEUM_OK;
}
