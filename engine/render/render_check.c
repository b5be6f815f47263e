/* SPDX-License-Identifier: Apache-2.0 */
/* The list of applicants with their verdicts. */
#include "page.h"
#include "table.h"

/* What the program requires first and is not there yet. */
static void add_waits(const struct page *page, const jval *demand, struct buffer *out) {
    const jval *waits = jval_get(demand, "waits");
    for (size_t i = 0; i < jval_count(waits); i++) {
        if (out->size) buffer_add_byte(out, ' ');
        buffer_add_text(out, page_text(page, jval_get(jval_at(waits, i), "text")));
    }
}

static const char *verdict_word(const struct page *page, const jval *demand) {
    if (!jval_true(jval_get(demand, "eligible"))) return page_choose(page, "부적격", "not eligible");
    if (jval_count(jval_get(demand, "waits"))) return page_choose(page, "적격, 보류", "eligible, waits");
    const jval *funding = jval_get(demand, "funding");
    if (funding && !jval_true(jval_get(funding, "eligible"))) return page_choose(page, "적격(지원금 제외)", "eligible, no money");
    if (jval_count(jval_get(demand, "to_confirm")) || jval_count(jval_get(funding, "to_confirm"))) return page_choose(page, "확인 필요", "to confirm");
    return page_choose(page, "적격", "eligible");
}

/* The sentences of the findings: those that bar when it is barred, else those to confirm. */
static void add_sentences(const struct page *page, const jval *demand, struct buffer *out) {
    const jval *details = jval_get(demand, "details");
    const bool eligible = jval_true(jval_get(demand, "eligible"));
    for (size_t i = 0; i < jval_count(details); i++) {
        const jval *finding = jval_at(details, i);
        bool fails = jval_text(jval_get(finding, "verdict"))[0] == 'f';
        if (fails == eligible) continue;
        if (out->size) buffer_add_byte(out, ' ');
        buffer_add_text(out, page_text(page, jval_get(finding, "text")));
    }
    if (eligible && jval_get(demand, "funding")) add_sentences(page, jval_get(demand, "funding"), out);
    for (size_t i = 0; i < jval_count(jval_get(demand, "grounds")) && eligible; i++) {
        if (out->size) buffer_add_byte(out, ' ');
        buffer_add_text(out, page_text(page, jval_get(jval_at(jval_get(demand, "grounds"), i), "text")));
    }
}

void render_applicants(struct page *page, const jval *demands) {
    const char *const ko[] = {"번호", "기업", "판정", "사유", NULL}, *const en[] = {"id", "firm", "verdict", "why", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(demands); i++) {
        const jval *demand = jval_at(demands, i);
        struct buffer why = BUFFER_EMPTY;
        add_sentences(page, demand, &why);
        if (jval_true(jval_get(demand, "eligible"))) add_waits(page, demand, &why);
        table_add(&table, jval_text(jval_get(demand, "id")));
        table_add(&table, jval_text(jval_get(demand, "name")));
        table_add(&table, verdict_word(page, demand));
        table_add(&table, why.bytes);
        buffer_free(&why);
    }
    page_table(page, &table, 0);
}

/* How many applicants hold each role, by what the program's jurisdiction calls it; nothing where none states one. */
static void add_roles(struct page *page, const jval *demands) {
    const jval *seen[8];
    size_t counts[8] = {0}, kinds = 0;
    for (size_t i = 0; i < jval_count(demands); i++) {
        const jval *roles = jval_get(jval_at(demands, i), "roles");
        for (size_t r = 0; r < jval_count(roles); r++) {
            size_t k = 0;
            while (k < kinds && !jval_equal(jval_get(seen[k], "id"), jval_get(jval_at(roles, r), "id"))) k++;
            if (k == kinds && kinds == 8) continue;
            if (k == kinds) seen[kinds++] = jval_at(roles, r);
            counts[k]++;
        }
    }
    for (size_t k = 0; k < kinds; k++) {
        const char *title = page_text(page, jval_get(seen[k], "title"));
        buffer_format(&page->out, "%s%s %zu", k ? " · " : page_choose(page, "역할: ", "roles: "), *title ? title : jval_text(jval_get(seen[k], "id")), counts[k]);
    }
    if (kinds) buffer_add_text(&page->out, "\n\n");
}

void render_check(struct page *page, const jval *result) {
    const jval *program = jval_get(result, "program"), *demands = jval_get(result, "demands");
    size_t eligible = 0;
    for (size_t i = 0; i < jval_count(demands); i++) eligible += jval_true(jval_get(jval_at(demands, i), "eligible"));
    buffer_format(&page->out, page_choose(page, "%s (%s) — 신청 %zu, 적격 %zu\n\n", "%s (%s) — %zu applicants, %zu eligible\n\n"),
                  page_text(page, jval_get(program, "title")), jval_text(jval_get(program, "version")), jval_count(demands), eligible);
    add_roles(page, demands);
    render_applicants(page, demands);
}
