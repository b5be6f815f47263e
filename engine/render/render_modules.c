/* SPDX-License-Identifier: Apache-2.0 */
/* Where firms stand in the four modules: a line a firm; of one firm what each state rests on; and the demands that a pass holds back. */
#include <string.h>

#include "page.h"
#include "table.h"

static const char *progress_word(const struct page *page, const char *progress) {
    if (strcmp(progress, "done") == 0) return page_choose(page, "마침", "done");
    if (strcmp(progress, "open") == 0) return page_choose(page, "진행", "open");
    return "-";
}

static void add_firms(struct page *page, const jval *firms) {
    const char *const ko[] = {"기업", "진단", "컨설팅", "매칭", "지원", "다음", NULL}, *const en[] = {"firm", "diagnosis", "consulting", "matching", "support", "next", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(firms); i++) {
        const jval *firm = jval_at(firms, i), *modules = jval_get(firm, "modules"), *next = jval_get(firm, "next");
        table_add(&table, jval_text(jval_get(firm, "name")));
        for (size_t m = 0; m < jval_count(modules); m++) {
            const jval *one = jval_at(modules, m);
            table_add_format(&table, "%s %s", progress_word(page, jval_text(jval_get(one, "progress"))), jval_text(jval_get(one, "date")));
        }
        table_add(&table, jval_is(next, JVAL_OBJECT) ? page_text(page, jval_get(next, "text")) : page_choose(page, "네 모듈을 모두 마침", "all four modules are done"));
    }
    page_table(page, &table, 0);
}

static void add_bases(struct page *page, const jval *firm) {
    const char *const ko[] = {"모듈", "상태", "근거", NULL}, *const en[] = {"module", "state", "rests on", NULL};
    const jval *modules = jval_get(firm, "modules");
    struct table table;
    page_heading(page, "근거", "What it rests on");
    table_begin(&table, page->korean ? ko : en);
    for (size_t m = 0; m < jval_count(modules); m++) {
        const jval *one = jval_at(modules, m);
        table_add(&table, page_text(page, jval_get(one, "title")));
        table_add(&table, progress_word(page, jval_text(jval_get(one, "progress"))));
        table_add(&table, page_text(page, jval_get(one, "text")));
    }
    page_table(page, &table, 0);
}

void render_modules(struct page *page, const jval *result) {
    const jval *firms = jval_get(result, "firms"), *notes = jval_get(result, "notes");
    page_title(page, page_choose(page, "기업별 모듈 상태(진단·컨설팅·매칭·지원)", "Firms and the four modules"));
    for (size_t n = 0; n < jval_count(notes); n++) {
        buffer_add_text(&page->out, "· ");
        text_wrap(page_text(page, jval_at(notes, n)), 2, 2, page->width, &page->out);
        buffer_add_text(&page->out, "\n");
    }
    add_firms(page, firms);
    if (jval_count(firms) == 1) add_bases(page, jval_at(firms, 0));
}

void render_held_back(struct page *page, const jval *held) {
    const char *const ko[] = {"수요과제", "기업", "기다리는 것", NULL}, *const en[] = {"demand", "firm", "waits for", NULL};
    struct table table;
    if (!jval_count(held)) return;
    page_heading(page, "보류된 과제", "Held back");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(held); i++) {
        const jval *one = jval_at(held, i), *waits = jval_get(one, "waits");
        struct buffer words = BUFFER_EMPTY;
        for (size_t w = 0; w < jval_count(waits); w++) buffer_format(&words, "%s%s", w ? " " : "", page_text(page, jval_get(jval_at(waits, w), "text")));
        table_add(&table, jval_text(jval_get(one, "demand")));
        table_add(&table, jval_text(jval_get(one, "name")));
        table_add(&table, words.bytes);
        buffer_free(&words);
    }
    page_table(page, &table, 0);
}
