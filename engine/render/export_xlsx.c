/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables as a workbook: a sheet a table with its header row in sight, numbers as numbers, columns as wide as their cells (Hangul counts as two); and a last sheet with
 * what the page says beside its tables.
 */
#include <stdlib.h>
#include <string.h>

#include "../adapt/spreadsheet.h"
#include "../base/utf8.h"
#include "export.h"

enum { NARROWEST = 6, WIDEST = 60, NOTES_WIDE = 110 };

struct naming {
    VECTOR(char *) titles;
};

/* Letters of the Latin alphabet in either case are the same to a spreadsheet. */
static bool same_title(const char *a, const char *b) {
    for (; *a && *b; a++, b++) {
        const char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a, y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y) return false;
    }
    return *a == *b;
}

static bool is_taken(const struct naming *naming, const char *title) {
    for (size_t i = 0; i < naming->titles.count; i++)
        if (same_title(naming->titles.items[i], title)) return true;
    return same_title(title, "History"); /* which spreadsheets keep for themselves */
}

/* At most `most` UTF-16 units of a title, with the marks that a sheet's may not have as spaces. */
static void add_legal(struct buffer *out, const char *title, size_t most) {
    const size_t size = strlen(title);
    size_t units = 0;
    for (size_t at = 0; at < size;) {
        const size_t from = at;
        const uint32_t code = utf8_next(title, size, &at);
        units += code > 0xFFFF ? 2 : 1;
        if (units > most) break;
        if (code < 0x20 || (code < 0x80 && strchr("[]:*?/\\", (int)code)) || code >= 0xFFFE) buffer_add_byte(out, code == '[' ? '(' : code == ']' ? ')' : ' ');
        else if (code == '\'') buffer_add_text(out, "’"); /* may not stand at an end */
        else buffer_add(out, title + from, at - from);
    }
    if (units == 0) buffer_add_text(out, "-");
}

/* A title that a sheet may have and no other has; borrowed from `naming`. NULL: no memory. */
static const char *legal_title(struct naming *naming, const char *title) {
    struct buffer text = BUFFER_EMPTY, tail = BUFFER_EMPTY;
    add_legal(&text, title, SPREADSHEET_TITLE);
    for (size_t number = 2; text.bytes && is_taken(naming, text.bytes); number++) {
        buffer_clear(&text);
        buffer_clear(&tail);
        buffer_format(&tail, " (%zu)", number);
        add_legal(&text, title, SPREADSHEET_TITLE - tail.size);
        buffer_add(&text, tail.bytes, tail.size);
    }
    char *legal = text.failed || tail.failed ? NULL : buffer_take(&text);
    buffer_free(&text);
    buffer_free(&tail);
    if (legal && vector_push(&naming->titles, legal)) return legal;
    memory_free(legal);
    return NULL;
}

static void widen(double *widths, const struct sheet_row *row) {
    for (size_t c = 0; c < row->count; c++) {
        const size_t wide = utf8_text_width(row->cells[c]);
        const double width = wide < NARROWEST ? NARROWEST : wide > WIDEST ? WIDEST : (double)wide;
        if (width > widths[c]) widths[c] = width;
    }
}

static void add_cell(struct spreadsheet *book, size_t row, size_t column, const char *text, bool right) {
    double number;
    int decimals;
    bool grouped, percent;
    if (right && cell_number(text, &number, &decimals, &grouped, &percent)) spreadsheet_add_number(book, row, column, number, decimals, grouped, percent);
    else if (*text) spreadsheet_add_text(book, row, column, text);
}

static ieum_status add_sheet(struct spreadsheet *book, const struct document *document, const struct sheet *sheet, struct naming *naming, bool korean, struct problem *problem) {
    const char *title = legal_title(naming, sheet->title);
    double widths[TABLE_COLUMNS + 1] = {0};
    struct sheet_row row = {0};
    size_t at = 0, columns = 0;
    ieum_status status = title ? spreadsheet_add_sheet(book, title, problem) : problem_set_memory(problem);
    for (; status == IEUM_OK && sheet_next(document, sheet, korean, &row); at++) {
        if (at == SPREADSHEET_ROWS)
            return problem_set(problem, IEUM_LIMIT, "", "엑셀 시트에는 1,048,576행까지 넣을 수 있습니다. csv로 내보내 주십시오.", "A sheet takes 1,048,576 rows; export it as csv.");
        widen(widths, &row);
        columns = row.count;
        for (size_t c = 0; c < row.count; c++) {
            if (at == 0) spreadsheet_add_header(book, at, c, row.cells[c]);
            else add_cell(book, at, c, row.cells[c], row.right[c]);
        }
    }
    for (size_t c = 0; status == IEUM_OK && c < columns; c++) spreadsheet_set_width(book, c, widths[c] + 2);
    if (status == IEUM_OK) spreadsheet_freeze_header(book);
    return status;
}

/* What stands on the page beside the tables, a line a row, headings in bold. */
static ieum_status add_notes(struct spreadsheet *book, const struct document *document, const char *page, struct naming *naming, bool korean, struct problem *problem) {
    const char *title = legal_title(naming, korean ? "설명" : "Notes");
    ieum_status status = title ? spreadsheet_add_sheet(book, title, problem) : problem_set_memory(problem);
    size_t row = 0;
    if (status != IEUM_OK) return status;
    spreadsheet_set_width(book, 0, NOTES_WIDE);
    spreadsheet_add_header(book, row++, 0, page);
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        if (block->kind == BLOCK_HEADING) spreadsheet_add_header(book, row++, 0, block->text);
        for (const char *line = block->kind == BLOCK_TEXT ? block->text : ""; *line && row + 1 < SPREADSHEET_ROWS;) {
            struct buffer text = BUFFER_EMPTY;
            const size_t size = strcspn(line, "\n");
            buffer_add(&text, line, size);
            if (text.bytes && strspn(text.bytes, " ") < text.size) spreadsheet_add_text(book, row++, 0, text.bytes);
            if (text.failed) problem_set_memory(problem);
            buffer_free(&text);
            line += size + (line[size] == '\n');
        }
    }
    return problem->status;
}

ieum_status export_xlsx(const struct document *document, const struct sheets *sheets, const struct sheet *only, const char *title, bool korean, struct buffer *out,
                        struct problem *problem) {
    struct naming naming = {0};
    struct spreadsheet *book = NULL;
    ieum_status status = spreadsheet_open(&book, problem);
    for (size_t i = 0; i < sheets->list.count && status == IEUM_OK; i++)
        if (!only || only == &sheets->list.items[i]) status = add_sheet(book, document, &sheets->list.items[i], &naming, korean, problem);
    if (status == IEUM_OK && !only) status = add_notes(book, document, title, &naming, korean, problem);
    if (status == IEUM_OK) status = spreadsheet_finish(book, out, problem);
    else spreadsheet_close(book);
    for (size_t i = 0; i < naming.titles.count; i++) memory_free(naming.titles.items[i]);
    vector_free(&naming.titles);
    return status;
}
