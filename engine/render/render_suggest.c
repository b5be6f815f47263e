/* SPDX-License-Identifier: Apache-2.0 */
/* Shortlists: for each demand its best suppliers with points and one line of reason, and what rules out the others. */
#include "page.h"

#include "table.h"

/* What is open on the ethics lists of its solutions, for a person to ask about; it is in no score. */
static void add_ethics(const struct page *page, const jval *suggestion, struct buffer *out) {
    const jval *solutions = jval_get(suggestion, "solutions");
    for (size_t i = 0; i < jval_count(solutions); i++) {
        const jval *open = jval_get(jval_get(jval_at(solutions, i), "ethics"), "open");
        if (!jval_count(open)) continue;
        buffer_format(out, page_choose(page, " [윤리 점검에서 살펴볼 것, %s:", " [Open on the ethics list, %s:"), jval_text(jval_get(jval_at(solutions, i), "name")));
        for (size_t k = 0; k < jval_count(open); k++) buffer_format(out, " %s", page_text(page, jval_get(jval_at(open, k), "text")));
        buffer_add_byte(out, ']');
    }
}

void render_suggestions(struct page *page, const jval *shortlist) {
    const jval *suggestions = jval_get(shortlist, "suggestions");
    const bool learned = jval_get(jval_get(shortlist, "model"), "kind");
    const char *const ko[] = {">순위", "공급기업", learned ? ">확률" : ">점수", "이유", NULL};
    const char *const en[] = {">rank", "supplier", learned ? ">probability" : ">points", "why", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(suggestions); i++) {
        const jval *one = jval_at(suggestions, i);
        table_add_format(&table, "%d", (int)jval_integer(jval_get(one, "rank")));
        const char *kind = page_text(page, jval_get(jval_get(one, "kind"), "title"));
        table_add_format(&table, "%s %s%s%s", jval_text(jval_get(one, "supplier")), jval_text(jval_get(one, "name")), *kind ? " · " : "", kind);
        if (!learned) table_add_format(&table, "%.1f", jval_number(jval_get(one, "points")));
        else if (jval_get(one, "probability")) table_add_format(&table, "%.1f %%", 100 * jval_number(jval_get(one, "probability")));
        else table_add_format(&table, "(%.3f)", jval_number(jval_get(one, "score")));
        struct buffer why = BUFFER_EMPTY;
        buffer_add_text(&why, page_text(page, jval_get(one, "reason")));
        add_ethics(page, one, &why);
        page->out.failed = page->out.failed || why.failed;
        table_add(&table, why.bytes);
        buffer_free(&why);
    }
    page_table(page, &table, 2);
}

void render_subject(struct page *page, const jval *id, const jval *demand) {
    const char *title = jval_text(jval_get(demand, "title"));
    struct buffer line = BUFFER_EMPTY, wrapped = BUFFER_EMPTY;
    buffer_format(&line, "%s %s%s%s", jval_text(id), jval_text(jval_get(demand, "name")), *title ? " — " : "", title);
    if (line.bytes) text_wrap(line.bytes, 0, 2, page->width, &wrapped);
    buffer_add_byte(&wrapped, '\n');
    if (line.failed || wrapped.failed) page->out.failed = true;
    else page_caption(page, wrapped.bytes);
    buffer_free(&line);
    buffer_free(&wrapped);
}

/* "결합 제한으로 제외된 공급기업 14개사: deployment 9, certifications 5" */
static void add_barred(struct page *page, const jval *shortlist) {
    const jval *barred = jval_get(shortlist, "barred"), *rules = jval_get(shortlist, "barred_by");
    if (!jval_count(barred)) return;
    buffer_format(&page->out, page_choose(page, "  결합 제한으로 제외된 공급기업 %zu개사:", "  %zu suppliers ruled out:"), jval_count(barred));
    for (size_t i = 0; i < jval_count(rules); i++)
        buffer_format(&page->out, "%s %s %lld", i ? "," : "", jval_text(jval_get(jval_at(rules, i), "rule")),
                      (long long)jval_integer(jval_get(jval_at(rules, i), "suppliers")));
    buffer_add_byte(&page->out, '\n');
}

static void add_shortlist(struct page *page, const jval *shortlist) {
    render_subject(page, jval_get(shortlist, "demand"), shortlist);
    if (jval_get(shortlist, "place"))
        buffer_format(&page->out, page_choose(page, "  제3자 자리: %s\n", "  place of a third party: %s\n"), page_text(page, jval_get(jval_get(shortlist, "place"), "title")));
    if (!jval_true(jval_get(shortlist, "eligible"))) {
        buffer_add_text(&page->out, page_choose(page, "  부적격: ", "  not eligible: "));
        page_join(jval_get(shortlist, "reasons"), &page->out);
        buffer_add_byte(&page->out, '\n');
    }
    if (jval_get(shortlist, "questions")) render_understood(page, jval_get(shortlist, "understood"), 2);
    render_suggestions(page, shortlist);
    add_barred(page, shortlist);
    render_questions(page, jval_get(shortlist, "questions"));
    render_programs(page, jval_get(shortlist, "programs"));
    buffer_add_byte(&page->out, '\n');
}

void render_suggest(struct page *page, const jval *result) {
    const jval *demands = jval_get(result, "demands");
    if (jval_get(result, "reached")) render_reached(page, result);
    else if (!demands) add_shortlist(page, result);
    for (size_t i = 0; i < jval_count(demands); i++) add_shortlist(page, jval_at(demands, i));
    buffer_add_text(&page->out, page_choose(page, "AI가 계산한 추천입니다. 결정은 담당자가 합니다.\n", "This ranking was computed; a named person decides.\n"));
}
