/* SPDX-License-Identifier: Apache-2.0 */
/* What the desk looks at: what a text is understood as, what to ask next, past cases, whom a supplier could serve, who holds a word. */
#include "page.h"

#include <string.h>

#include "table.h"

/* ---- explain-text ---- */

static void add_meaning(struct page *page, const jval *meaning) {
    const char *const ko[] = {">비중", "개념", "갈래", "말하는 대목", NULL}, *const en[] = {">weight", "concept", "facet", "words", NULL};
    struct table table;
    if (!jval_count(meaning)) return;
    page_caption(page, page_choose(page, "\n글 전체의 뜻\n", "\nwhat the text means as a whole\n"));
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(meaning); i++) {
        const jval *one = jval_at(meaning, i);
        table_add_format(&table, "%.2f", jval_number(jval_get(one, "weight")));
        table_add_format(&table, "%s (%s)", page_text(page, jval_get(one, "title")), jval_text(jval_get(one, "concept")));
        table_add(&table, jval_text(jval_get(one, "facet")));
        table_add(&table, jval_text(jval_get(one, "text")));
    }
    page_table(page, &table, 0);
}

/* "이렇게 이해했습니다: 외관검사(0.98), …" */
void render_understood(struct page *page, const jval *understood, size_t indent) {
    struct buffer line = BUFFER_EMPTY;
    if (!jval_count(understood)) return;
    buffer_add_text(&line, page_choose(page, "이렇게 이해했습니다: ", "understood as: "));
    for (size_t i = 0; i < jval_count(understood); i++)
        buffer_format(&line, "%s%s (%.2f)", i ? ", " : "", page_text(page, jval_get(jval_at(understood, i), "title")),
                      jval_number(jval_get(jval_at(understood, i), "confidence")));
    for (size_t i = 0; i < indent; i++) buffer_add_byte(&page->out, ' ');
    if (line.bytes) text_wrap(line.bytes, indent, indent, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
    buffer_free(&line);
}

void render_explain_text(struct page *page, const jval *result) {
    const char *const ko[] = {">자리", "글", "개념", "갈래", "부정", NULL}, *const en[] = {">place", "text", "concept", "facet", "negated", NULL};
    const jval *mentions = jval_get(result, "mentions");
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(mentions); i++) {
        const jval *one = jval_at(mentions, i);
        table_add_format(&table, "%lld–%lld", (long long)jval_integer(jval_get(one, "start")), (long long)jval_integer(jval_get(one, "end")));
        table_add(&table, jval_text(jval_get(one, "text")));
        table_add_format(&table, "%s (%s)", page_text(page, jval_get(one, "title")), jval_text(jval_get(one, "concept")));
        table_add(&table, jval_text(jval_get(one, "facet")));
        table_add(&table, jval_true(jval_get(one, "negated")) ? page_choose(page, "예", "yes") : "");
    }
    page_table(page, &table, 0);
    add_meaning(page, jval_get(result, "meaning"));
    buffer_add_byte(&page->out, '\n');
    render_understood(page, jval_get(result, "understood"), 0);
}

/* ---- what to ask next ---- */

static void add_answers(struct page *page, const jval *answers) {
    const char *const ko[] = {"답", "개념", ">후보", "그때의 추천", NULL}, *const en[] = {"answer", "concept", ">firms", "the ranking then", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t a = 0; a < jval_count(answers); a++) {
        const jval *answer = jval_at(answers, a), *list = jval_get(answer, "shortlist");
        struct buffer names = BUFFER_EMPTY;
        table_add(&table, page_text(page, jval_get(answer, "title")));
        table_add(&table, jval_text(jval_get(answer, "concept")));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(answer, "suppliers")));
        for (size_t i = 0; i < jval_count(list) && i < 3; i++)
            buffer_format(&names, "%s%s %s", i ? ", " : "", jval_text(jval_get(jval_at(list, i), "supplier")), jval_text(jval_get(jval_at(list, i), "name")));
        table_add(&table, names.bytes ? names.bytes : "");
        buffer_free(&names);
    }
    page_table(page, &table, 4);
}

void render_questions(struct page *page, const jval *questions) {
    if (!jval_count(questions)) return;
    buffer_add_text(&page->out, page_choose(page, "\n  더 여쭤 볼 것\n", "\n  what to ask next\n"));
    for (size_t q = 0; q < jval_count(questions); q++) {
        buffer_format(&page->out, "  %zu. ", q + 1);
        text_wrap(page_text(page, jval_get(jval_at(questions, q), "text")), 5, 5, page->width, &page->out);
        buffer_add_byte(&page->out, '\n');
        add_answers(page, jval_get(jval_at(questions, q), "answers"));
    }
}

/* ---- turned round ---- */

static void add_reached(struct page *page, const jval *list) {
    const char *const ko[] = {">순위", "수요기업", "판정", ">점수", "이유", NULL}, *const en[] = {">rank", "demand", "verdict", ">points", "why", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(list); i++) {
        const jval *one = jval_at(list, i);
        table_add_format(&table, "%d", (int)jval_integer(jval_get(one, "rank")));
        table_add_format(&table, "%s %s", jval_text(jval_get(one, "demand")), jval_text(jval_get(one, "name")));
        table_add(&table, jval_true(jval_get(one, "eligible")) ? page_choose(page, "적격", "eligible") : page_choose(page, "부적격", "not eligible"));
        table_add_format(&table, "%.1f", jval_number(jval_get(one, "points")));
        table_add(&table, page_text(page, jval_get(one, "reason")));
    }
    page_table(page, &table, 2);
}

void render_reached(struct page *page, const jval *result) {
    const jval *counts = jval_get(result, "counts"), *latent = jval_get(result, "latent");
    render_subject(page, jval_get(result, "supplier"), result);
    buffer_format(&page->out, page_choose(page, "  신청 과제 %lld건, 잠재수요 기업 %lld개사, 결합 제한 %lld건\n\n", "  %lld demands, %lld latent firms, %lld ruled out\n\n"),
                  (long long)jval_integer(jval_get(counts, "demands")), (long long)jval_integer(jval_get(counts, "latent")),
                  (long long)jval_integer(jval_get(counts, "barred")));
    page_caption(page, page_choose(page, "  도울 수 있는 수요과제\n", "  demands it could serve\n"));
    add_reached(page, jval_get(result, "reached"));
    if (jval_count(latent)) {
        page_caption(page, page_choose(page, "\n  신청하지 않은 잠재수요 기업\n", "\n  latent firms, without an application\n"));
        add_reached(page, latent);
    }
    buffer_add_byte(&page->out, '\n');
}

/* ---- cases ---- */

static void add_outcomes(struct page *page, const jval *outcomes, struct buffer *out) {
    static const char *const stages[] = {"declined_by_demand", "declined_by_supplier", "agreed", "completed"};
    static const char *const ko[] = {"수요기업 거절", "공급기업 거절", "협약", "완료"}, *const en[] = {"declined by the demand firm", "declined by the supplier", "agreed", "completed"};
    for (size_t i = 0; i < jval_count(outcomes); i++) {
        const jval *one = jval_at(outcomes, i), *grade = jval_get(one, "grade");
        const char *stage = jval_text(jval_get(one, "stage"));
        for (size_t s = 0; s < 4; s++)
            if (strcmp(stage, stages[s]) == 0) stage = page_choose(page, ko[s], en[s]);
        buffer_format(out, "%s%s %s", i ? ", " : "", jval_text(jval_get(one, "supplier")), stage);
        if (grade) buffer_format(out, page_choose(page, "(평가 %lld)", " (grade %lld)"), (long long)jval_integer(grade));
    }
}

void render_cases(struct page *page, const jval *result) {
    const char *const ko[] = {">순위", "과제", "신청일", ">닮음", "내용", "결과", NULL}, *const en[] = {">rank", "demand", "applied", ">likeness", "need", "outcome", NULL};
    const jval *cases = jval_get(result, "cases");
    struct table table;
    render_subject(page, jval_get(result, "demand"), result);
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(cases); i++) {
        const jval *one = jval_at(cases, i);
        struct buffer outcomes = BUFFER_EMPTY;
        const char *title = jval_text(jval_get(one, "title"));
        table_add_format(&table, "%d", (int)jval_integer(jval_get(one, "rank")));
        table_add_format(&table, "%s %s", jval_text(jval_get(one, "demand")), jval_text(jval_get(one, "name")));
        table_add(&table, jval_text(jval_get(one, "applied")));
        table_add_format(&table, "%.2f", jval_number(jval_get(one, "likeness")));
        table_add(&table, *title ? title : jval_text(jval_get(one, "need")));
        add_outcomes(page, jval_get(one, "outcomes"), &outcomes);
        table_add(&table, outcomes.bytes ? outcomes.bytes : "");
        buffer_free(&outcomes);
    }
    page_table(page, &table, 2);
    if (!jval_count(cases)) buffer_add_text(&page->out, page_choose(page, "  비슷한 지난 과제가 없습니다.\n", "  no past demand is like this one.\n"));
}

/* ---- find ---- */

void render_find(struct page *page, const jval *result) {
    const char *const ko[] = {"공급기업", "구분", ">횟수", "자리", "앞뒤 글", NULL}, *const en[] = {"supplier", "kind", ">times", "field", "around it", NULL};
    const jval *suppliers = jval_get(result, "suppliers");
    struct table table;
    struct buffer line = BUFFER_EMPTY;
    buffer_format(&line, page_choose(page, "‘%s’: 그대로 들어 있는 공급기업 %lld개사, 일부만 들어 있는 공급기업 %lld개사", "'%s': %lld suppliers hold it, %lld hold parts of it"),
                  jval_text(jval_get(result, "word")), (long long)jval_integer(jval_get(result, "exact")),
                  (long long)(jval_integer(jval_get(result, "found")) - jval_integer(jval_get(result, "exact"))));
    if (line.bytes) text_wrap(line.bytes, 0, 2, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
    buffer_free(&line);
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(suppliers); i++) {
        const jval *one = jval_at(suppliers, i);
        table_add_format(&table, "%s %s", jval_text(jval_get(one, "supplier")), jval_text(jval_get(one, "name")));
        table_add(&table, page_text(page, jval_get(jval_get(one, "kind"), "title")));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(one, "occurrences")));
        table_add(&table, jval_text(jval_get(one, "field")));
        table_add(&table, jval_text(jval_get(one, "around")));
    }
    page_table(page, &table, 2);
}
