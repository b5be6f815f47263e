/* SPDX-License-Identifier: Apache-2.0 */
/* Result sheets on a page: of a whole round a list for the office first, then a sheet of paper a firm, which speaks of that firm alone. */
#include <stdio.h>
#include <string.h>

#include "page.h"
#include "report_cell.h"

static const char *verdict_word(const struct page *page, const jval *sheet, char text[96]) {
    static const char *const words[][3] = {{"selected", "선정", "selected"}, {"reserve", "예비", "reserve"}, {"ineligible", "자격 요건에 맞지 않음", "not eligible"},
                                           {"not_selected", "미선정", "not selected"}, {"knocked_out", "과락", "below the least points"}, {"undecided", "심사 중", "being looked at"}};
    const char *verdict = jval_text(jval_get(sheet, "verdict"));
    const jval *reserve = jval_get(sheet, "reserve");
    snprintf(text, 96, "%s", verdict);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], verdict) == 0) snprintf(text, 96, "%s", words[i][page->korean ? 1 : 2]);
    if (jval_is(reserve, JVAL_INTEGER))
        snprintf(text, 96, page_choose(page, "예비 %lld순위", "reserve, place %lld"), (long long)jval_integer(reserve));
    if (jval_true(jval_get(sheet, "admitted"))) snprintf(text, 96, "%s", page_choose(page, "선정(예비순위 승계)", "selected (from the reserve list)"));
    const size_t size = strlen(text);
    if (jval_get_text(sheet, "track")) snprintf(text + size, 96 - size, " · %s", jval_get_text(sheet, "track"));
    return text;
}

static bool is_proposed(const jval *pair) { return strcmp(jval_text(jval_get(pair, "state")), "proposed") == 0; }

static void add_joined(const struct page *page, const jval *texts, struct buffer *out) {
    for (size_t i = 0; i < jval_count(texts); i++) buffer_format(out, "%s%s", i ? " " : "", page_text(page, jval_at(texts, i)));
}

static void add_names(const jval *pairs, struct buffer *out) {
    for (size_t i = 0; i < jval_count(pairs); i++) {
        const char *name = jval_text(jval_get(jval_at(pairs, i), "name"));
        buffer_format(out, "%s%s", i ? ", " : "", *name ? name : jval_text(jval_get(jval_at(pairs, i), "supplier")));
    }
}

static void table_add_buffer(struct table *table, struct buffer *text) {
    table->failed = table->failed || text->failed;
    table_add(table, text->bytes);
    buffer_free(text);
}

static void add_number(struct table *table, const jval *number, const char *unit, bool korean) {
    char text[REPORT_CELL];
    report_cell_write(number, unit, korean, text);
    table_add(table, text);
}

/* A row a firm, for the office's letters: not to be handed out. */
static void add_list(struct page *page, const jval *sheets) {
    const char *const ko[] = {"번호", "기업", "결과", ">순위", ">점수", "짝(공급기업)", "까닭", "다음에 할 일", "이의신청", NULL},
               *const en[] = {"id", "firm", "result", ">rank", ">points", "pair (supplier)", "why", "what comes next", "objection by", NULL};
    struct table table;
    char verdict[96];
    page_heading(page, "담당자용 목록(기업에 보내지 않음)", "List for the office (not to be sent to firms)");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(sheets); i++) {
        const jval *sheet = jval_at(sheets, i);
        struct buffer names = BUFFER_EMPTY, next = BUFFER_EMPTY;
        add_names(jval_get(sheet, "pairs"), &names);
        add_joined(page, jval_get(sheet, "next"), &next);
        table_add(&table, jval_text(jval_get(sheet, "demand")));
        table_add(&table, jval_text(jval_get(sheet, "name")));
        table_add(&table, verdict_word(page, sheet, verdict));
        add_number(&table, jval_get(sheet, "rank"), "count", page->korean);
        add_number(&table, jval_get(sheet, "total"), "ratio", page->korean);
        table_add_buffer(&table, &names);
        table_add(&table, page_text(page, jval_get(sheet, "reason")));
        table_add_buffer(&table, &next);
        table_add(&table, jval_text(jval_get(jval_get(sheet, "objection"), "until")));
    }
    page_table(page, &table, 0);
}

/* ---- a firm's sheet ---- */

static void add_row(struct table *table, const struct page *page, const char *ko, const char *en, struct buffer *text) {
    if (text->size) {
        table_add(table, page_choose(page, ko, en));
        table_add(table, text->bytes);
    }
    table->failed = table->failed || text->failed;
    buffer_clear(text);
}

static void write_points(const struct page *page, const jval *sheet, struct buffer *out) {
    const jval *rank = jval_get(sheet, "rank"), *bonus = jval_get(sheet, "bonus"), *committee = jval_get(sheet, "committee");
    if (!jval_is(rank, JVAL_INTEGER)) return;
    buffer_format(out, page_choose(page, "%lld위 · %.2f점", "rank %lld · %.2f points"), (long long)jval_integer(rank), jval_number(jval_get(sheet, "total")));
    buffer_format(out, page_choose(page, " (배점표 %.2f", " (rubric %.2f"), jval_number(jval_get(sheet, "rubric")));
    if (committee && !jval_is(committee, JVAL_NULL)) buffer_format(out, page_choose(page, ", 위원회 %.2f", ", committee %.2f"), jval_number(committee));
    if (jval_number(bonus) != 0) buffer_format(out, page_choose(page, ", 가점 %.2f", ", bonus %.2f"), jval_number(bonus));
    buffer_add_byte(out, ')');
}

static void write_amount(const struct page *page, const jval *sheet, struct buffer *out) {
    char text[REPORT_CELL];
    if (!jval_is(jval_get(sheet, "amount_krw"), JVAL_INTEGER)) return;
    report_cell_write(jval_get(sheet, "amount_krw"), "krw", page->korean, text);
    buffer_format(out, page_choose(page, "%s원", "KRW %s"), text);
}

static void add_pairs(struct table *table, const struct page *page, const jval *pairs, struct buffer *text) {
    for (size_t i = 0; i < jval_count(pairs); i++) {
        const jval *pair = jval_at(pairs, i);
        const char *due = is_proposed(pair) ? jval_text(jval_get(pair, "due")) : "";
        buffer_format(text, "%s (%s) · %s", jval_text(jval_get(pair, "name")), jval_text(jval_get(pair, "supplier")), page_word(page, jval_text(jval_get(pair, "state"))));
        if (jval_get(pair, "points")) buffer_format(text, page_choose(page, " · 적합도 %.1f점", " · fit %.1f points"), jval_number(jval_get(pair, "points")));
        if (*due) buffer_format(text, page_choose(page, " · %s까지 답", " · answer by %s"), due);
        add_row(table, page, "짝(공급기업)", "pair (supplier)", text);
        buffer_add_text(text, page_text(page, jval_get(pair, "reason")));
        add_row(table, page, "짝을 제안한 까닭", "why this pair", text);
    }
}

static void write_calendar(const struct page *page, const jval *calendar, struct buffer *out) {
    for (size_t i = 0; i < jval_count(calendar); i++) {
        const jval *one = jval_at(calendar, i);
        const char *from = jval_text(jval_get(one, "from")), *to = jval_text(jval_get(one, "to"));
        buffer_format(out, "%s%s %s", i ? "; " : "", page_text(page, jval_get(one, "title")), from);
        if (!*to) buffer_add_text(out, page_choose(page, "부터", " on"));
        else if (strcmp(from, to) != 0) buffer_format(out, "~%s", to);
    }
}

static void add_sheet(struct page *page, const jval *result, const jval *sheet) {
    const char *const ko[] = {"항목", "내용", NULL}, *const en[] = {"item", "what", NULL}, *title = jval_text(jval_get(sheet, "title"));
    const jval *round = jval_get(result, "round"), *program = jval_get(result, "program");
    struct buffer text = BUFFER_EMPTY, caption = BUFFER_EMPTY;
    struct table table;
    char verdict[96];
    buffer_format(&page->out, page_choose(page, "%s · 회차 %s · %s 기준\n", "%s · round %s · as of %s\n"), page_text(page, jval_get(program, "title")),
                  jval_text(jval_get(round, "id")), jval_text(jval_get(result, "day")));
    render_parties(page, result, NULL);
    buffer_format(&caption, page_choose(page, "%s 귀하 (%s%s%s)\n", "%s (%s%s%s)\n"), jval_text(jval_get(sheet, "name")), jval_text(jval_get(sheet, "demand")), *title ? ", " : "", title);
    page_caption(page, caption.bytes ? caption.bytes : "");
    table_begin(&table, page->korean ? ko : en);
    buffer_add_text(&text, verdict_word(page, sheet, verdict));
    add_row(&table, page, "결과", "result", &text);
    buffer_add_text(&text, page_text(page, jval_get(sheet, "reason")));
    add_row(&table, page, "까닭", "why", &text);
    write_points(page, sheet, &text);
    add_row(&table, page, "순위와 점수", "rank and points", &text);
    write_amount(page, sheet, &text);
    add_row(&table, page, "지원금", "grant", &text);
    add_joined(page, jval_get(sheet, "to_confirm"), &text);
    add_row(&table, page, "확인할 것", "to confirm", &text);
    add_pairs(&table, page, jval_get(sheet, "pairs"), &text);
    add_joined(page, jval_get(sheet, "next"), &text);
    add_row(&table, page, "다음에 할 일", "what comes next", &text);
    write_calendar(page, jval_get(sheet, "calendar"), &text);
    add_row(&table, page, "남은 일정", "still to come", &text);
    buffer_add_text(&text, page_text(page, jval_get(jval_get(sheet, "objection"), "text")));
    add_row(&table, page, "이의신청", "objection", &text);
    page_table(page, &table, 0);
    text_wrap(page_text(page, jval_get(jval_get(result, "notice"), "text")), 0, 0, page->width, &page->out);
    buffer_add_text(&page->out, "\n");
    page->out.failed = page->out.failed || caption.failed;
    buffer_free(&text);
    buffer_free(&caption);
}

void render_result_sheets(struct page *page, const jval *result) {
    const jval *sheets = jval_get(result, "sheets");
    const bool many = jval_count(sheets) > 1;
    char title[512];
    snprintf(title, sizeof title, page_choose(page, "결과 안내: %s", "Results: %s"), page_text(page, jval_get(jval_get(result, "program"), "title")));
    page_title(page, title);
    if (many) add_list(page, sheets);
    for (size_t i = 0; i < jval_count(sheets); i++) {
        if (many) page_break(page);
        if (i == 0) page_file_heading(page, "기업별 결과지", "Sheets of firms");
        add_sheet(page, result, jval_at(sheets, i));
    }
}
