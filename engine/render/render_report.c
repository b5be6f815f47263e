/* SPDX-License-Identifier: Apache-2.0 */
/* A report of counts on a page: a section after the other, its picture above the table of the same numbers; what a council reads first, then the annex. */
#include <stdio.h>
#include <string.h>

#include "chart_report.h"
#include "page.h"
#include "report_cell.h"

/* Columns of numbers stand right; those that say which unit a row has are not shown, its numbers say it. */
static bool is_shown(const jval *column) { return strcmp(jval_text(jval_get(column, "unit")), "unit") != 0; }
static bool is_number(const jval *column) {
    const char *unit = jval_text(jval_get(column, "unit"));
    return strcmp(unit, "text") != 0 && strcmp(unit, "state") != 0;
}

static void add_cell(struct page *page, const jval *section, const jval *row, size_t column, struct table *table) {
    const char *unit = report_cell_unit(section, row, column);
    char text[REPORT_CELL];
    report_cell_write(jval_at(row, column), unit, page->korean, text);
    table_add(table, strcmp(unit, "state") == 0 ? page_word(page, text) : text);
}

static void add_table(struct page *page, const jval *section) {
    const jval *columns = jval_get(section, "columns"), *rows = jval_get(section, "rows");
    char names[TABLE_COLUMNS][128];
    const char *headers[TABLE_COLUMNS + 1] = {NULL};
    size_t shown[TABLE_COLUMNS], count = 0;
    struct table table;
    for (size_t c = 0; c < jval_count(columns) && count < TABLE_COLUMNS; c++) {
        const jval *column = jval_at(columns, c);
        if (!is_shown(column)) continue;
        snprintf(names[count], sizeof names[count], "%s%s", is_number(column) ? ">" : "", page_text(page, column));
        headers[count] = names[count];
        shown[count++] = c;
    }
    if (!count) return;
    table_begin(&table, headers);
    for (size_t r = 0; r < jval_count(rows); r++)
        for (size_t c = 0; c < count; c++) add_cell(page, section, jval_at(rows, r), shown[c], &table);
    page_table(page, &table, 0);
}

static void add_section(struct page *page, const jval *section) {
    const jval *note = jval_get(section, "note");
    page_heading_format(page, "%s", page_text(page, jval_get(section, "title")));
    if (note) {
        text_wrap(page_text(page, note), 0, 0, page->width, &page->out);
        buffer_add_text(&page->out, "\n");
    }
    if (!jval_count(jval_get(section, "rows"))) {
        buffer_add_text(&page->out, page_choose(page, "이 해에는 없습니다.\n", "None in this year.\n"));
        return;
    }
    struct buffer svg = BUFFER_EMPTY;
    if (page->document && chart_report_section(section, page->korean, &svg) && svg.bytes) page_image(page, svg.bytes);
    if (svg.failed) page->out.failed = true;
    buffer_free(&svg);
    add_table(page, section);
}

static void add_place(struct page *page, const jval *sections, const char *place) {
    for (size_t i = 0; i < jval_count(sections); i++)
        if (strcmp(jval_text(jval_get(jval_at(sections, i), "place")), place) == 0) add_section(page, jval_at(sections, i));
}

static bool has_place(const jval *sections, const char *place) {
    for (size_t i = 0; i < jval_count(sections); i++)
        if (strcmp(jval_text(jval_get(jval_at(sections, i), "place")), place) == 0) return true;
    return false;
}

/* The first program with the same owner, operator and partners. */
static size_t told_before(const jval *programs, size_t program) {
    static const char *const members[] = {"owner", "operator", "partners"};
    for (size_t p = 0; p < program; p++) {
        bool same = true;
        for (size_t m = 0; m < 3; m++) same = same && jval_equal(jval_get(jval_at(programs, p), members[m]), jval_get(jval_at(programs, program), members[m]));
        if (same) return p;
    }
    return program;
}

static void add_notes(struct page *page, const jval *notes) {
    for (size_t n = 0; n < jval_count(notes); n++) {
        buffer_add_text(&page->out, "· ");
        text_wrap(page_text(page, jval_at(notes, n)), 2, 2, page->width, &page->out);
        buffer_add_text(&page->out, "\n");
    }
}

/* Year, day, programs; that a machine ranked and a person decides; what to know of the counts. */
static void add_head(struct page *page, const jval *result) {
    const jval *programs = jval_get(result, "programs"), *notes = jval_get(result, "notes");
    const char *kind = jval_text(jval_get(result, "kind"));
    bool alike = true;
    char title[128];
    snprintf(title, sizeof title, strcmp(kind, "suppliers") == 0 ? page_choose(page, "%lld년 공급기업별 실적", "Suppliers' pairs, %lld")
             : strcmp(kind, "year") == 0    ? page_choose(page, "%lld년 연간 평가", "Yearly evaluation, %lld")
                                            : page_choose(page, "%lld년 사업 추진실적 보고", "Report on results, %lld"),
             (long long)jval_integer(jval_get(result, "year")));
    page_title(page, title);
    buffer_format(&page->out, page_choose(page, "기준일 %s · 이음 %s · ", "as of %s · ieum %s · "), jval_text(jval_get(result, "day")), jval_text(jval_get(result, "engine")));
    for (size_t p = 0; p < jval_count(programs); p++) buffer_format(&page->out, "%s%s", p ? ", " : "", page_text(page, jval_get(jval_at(programs, p), "title")));
    buffer_add_text(&page->out, "\n");
    for (size_t p = 0; p < jval_count(programs); p++) alike = alike && told_before(programs, p) == 0;
    for (size_t p = 0; p < jval_count(programs) && (p == 0 || !alike); p++) render_parties(page, jval_at(programs, p), alike ? NULL : page_text(page, jval_get(jval_at(programs, p), "title")));
    text_wrap(page_text(page, jval_get(jval_get(result, "notice"), "text")), 0, 0, page->width, &page->out);
    buffer_add_text(&page->out, "\n");
    add_notes(page, notes);
}

/* Of survey statistics: the day, by which definitions, of how many firms. */
static void add_statistics_head(struct page *page, const jval *result) {
    const jval *definitions = jval_get(result, "definitions"), *bases = jval_get(result, "bases");
    page_title(page, page_choose(page, "실태조사 통계", "Survey statistics"));
    buffer_format(&page->out, page_choose(page, "기준일 %s · 이음 %s · 정의 %s(시행 %s)", "as of %s · ieum %s · definitions %s (from %s)"), jval_text(jval_get(result, "day")),
                  jval_text(jval_get(result, "engine")), jval_text(jval_get(definitions, "version")), jval_text(jval_get(definitions, "effective")));
    for (size_t b = 0; b < jval_count(bases); b++) {
        const jval *base = jval_at(bases, b);
        char firms[REPORT_CELL];
        report_cell_write(jval_get(base, "firms"), "count", page->korean, firms);
        buffer_format(&page->out, " · %s %s", page_text(page, jval_get(base, "title")), firms);
    }
    buffer_add_text(&page->out, "\n");
    add_notes(page, jval_get(result, "notes"));
}

void render_report(struct page *page, const jval *result) {
    const jval *sections = jval_get(result, "sections");
    if (strcmp(jval_text(jval_get(result, "kind")), "result") == 0) {
        render_result_sheets(page, result);
        return;
    }
    if (strcmp(jval_text(jval_get(result, "kind")), "modules") == 0) {
        render_modules(page, result);
        return;
    }
    const bool statistics = strcmp(jval_text(jval_get(result, "kind")), "statistics") == 0;
    if (statistics) add_statistics_head(page, result);
    else add_head(page, result);
    add_place(page, sections, "main");
    if (!has_place(sections, "annex")) return;
    page_break(page);
    if (statistics) page_heading(page, "붙임: 열마다의 비율", "Annex: shares of each column");
    else page_heading(page, "붙임", "Annex");
    add_place(page, sections, "annex");
}
