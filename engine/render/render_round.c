/* SPDX-License-Identifier: Apache-2.0 */
/* A match round on a page: applicants, shortlists, the proposal, what was missing. */
#include "page.h"
#include "table.h"

static int64_t count_of(const jval *counts, const char *key) { return jval_integer(jval_get(counts, key)); }

static void add_head(struct page *page, const jval *proposal) {
    const jval *program = jval_get(proposal, "program"), *counts = jval_get(proposal, "counts");
    buffer_format(&page->out, "%s (%s %s)\n", page_text(page, jval_get(program, "title")), jval_text(jval_get(program, "id")),
                  jval_text(jval_get(program, "version")));
    buffer_format(&page->out,
                  page_choose(page, "신청 %lld · 적격 %lld (그중 확인 필요 %lld) · 공급기업 %lld",
                              "%lld applicants · %lld eligible (%lld to confirm) · %lld suppliers"),
                  (long long)count_of(counts, "applicants"), (long long)count_of(counts, "eligible"), (long long)count_of(counts, "to_confirm"),
                  (long long)count_of(counts, "suppliers"));
    if (jval_get(counts, "quota")) buffer_format(&page->out, page_choose(page, " · 선발 정원 %lld", " · quota %lld"), (long long)count_of(counts, "quota"));
    buffer_add_byte(&page->out, '\n');
}

static void add_shortlists(struct page *page, const jval *applicants) {
    for (size_t i = 0; i < jval_count(applicants); i++) {
        const jval *one = jval_at(applicants, i);
        if (!jval_true(jval_get(one, "eligible"))) continue;
        render_subject(page, jval_get(one, "id"), one);
        render_suggestions(page, one);
        buffer_add_byte(&page->out, '\n');
    }
}

static void add_pairs(struct page *page, const jval *assignment) {
    const char *const ko[] = {"수요기업", "공급기업", ">점수", NULL}, *const en[] = {"demand firm", "supplier", ">points", NULL};
    const jval *pairs = jval_get(assignment, "proposed");
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(pairs); i++) {
        const jval *pair = jval_at(pairs, i);
        table_add_format(&table, "%s %s", jval_text(jval_get(pair, "demand")), jval_text(jval_get(pair, "demand_name")));
        table_add_format(&table, "%s %s", jval_text(jval_get(pair, "supplier")), jval_text(jval_get(pair, "supplier_name")));
        table_add_format(&table, "%.1f", jval_number(jval_get(pair, "points")));
    }
    page_table(page, &table, 0);
}

static void add_missing(struct page *page, const jval *applicants) {
    const char *const ko[] = {"번호", "기업", "적혀 있지 않은 항목", NULL}, *const en[] = {"id", "firm", "not given", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(applicants); i++) {
        const jval *one = jval_at(applicants, i), *missing = jval_get(one, "missing");
        if (!jval_count(missing)) continue;
        struct buffer list = BUFFER_EMPTY;
        page_join(missing, &list);
        table_add(&table, jval_text(jval_get(one, "id")));
        table_add(&table, jval_text(jval_get(one, "name")));
        table_add(&table, list.bytes);
        buffer_free(&list);
    }
    if (table.cells.count) page_table(page, &table, 0);
    else buffer_add_text(&page->out, page_choose(page, "없음\n", "nothing\n"));
}

static void render_proposal(struct page *page, const jval *proposal) {
    const jval *applicants = jval_get(proposal, "applicants"), *assignment = jval_get(proposal, "assignment");
    add_head(page, proposal);
    page_heading(page, "신청기업과 판정", "Applicants and verdicts");
    render_applicants(page, applicants);
    page_heading(page, "수요과제별 추천", "Shortlists");
    add_shortlists(page, applicants);
    page_heading(page, "배정안", "Proposed assignment");
    if (assignment) {
        add_pairs(page, assignment);
        render_proof(page, assignment);
    } else {
        buffer_add_text(&page->out, page_choose(page, "배정할 적격 기업이 없습니다.\n", "There is no eligible firm to assign.\n"));
    }
    page_heading(page, "신청서에 빠진 항목", "Missing in the applications");
    add_missing(page, applicants);
    buffer_add_text(&page->out, page_choose(page, "\nAI가 계산한 제안입니다. 확정은 담당자가 합니다.\n", "\nThis proposal was computed; a named person confirms it.\n"));
}

static void add_round(struct page *page, const jval *round) {
    buffer_format(&page->out, page_choose(page, "회차 %s · 사업 %s · 상태 %s · 개정 %lld\n", "round %s · program %s · state %s · revision %lld\n"),
                  jval_text(jval_get(round, "id")), jval_text(jval_get(round, "program")), page_word(page, jval_text(jval_get(round, "state"))),
                  (long long)jval_integer(jval_get(round, "revision")));
}

void render_round(struct page *page, const jval *result) {
    const jval *round = jval_get(result, "round"), *rounds = jval_get(result, "rounds"), *proposal = jval_get(result, "proposal");
    if (round) add_round(page, round);
    for (size_t i = 0; i < jval_count(rounds); i++) add_round(page, jval_at(rounds, i));
    const jval *selection = jval_get(result, "selection");
    if (selection && !jval_get(selection, "erased")) render_selection(page, selection);
    if (jval_get(result, "entries")) render_audit(page, result);
    if (jval_get(result, "takes_part")) render_why(page, result);
    if (jval_get(result, "checks")) render_checks(page, result);
    if (jval_get(result, "comparison")) render_comparison(page, jval_get(result, "comparison"));
    if (jval_get(result, "same")) render_replay(page, result);
    else if (jval_get(result, "differences")) render_differences(page, jval_get(result, "differences"));
    if (proposal && !jval_get(proposal, "erased")) render_proposal(page, proposal);
    if (jval_get(result, "history")) render_life(page, result);
    else render_held_back(page, jval_get(result, "held_back"));
}
