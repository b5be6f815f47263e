/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a document as a file of tables has them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/decimal.h"
#include "document.h"

static bool same_columns(const struct table *a, const struct table *b) {
    if (a->columns != b->columns) return false;
    for (size_t c = 0; c < a->columns; c++)
        if (strcmp(a->headers[c], b->headers[c]) != 0) return false;
    return true;
}

static bool has_title(const struct sheets *sheets, const char *title) {
    for (size_t i = 0; i < sheets->list.count; i++)
        if (strcmp(sheets->list.items[i].title, title) == 0) return true;
    return false;
}

/* The title, or "title (2)" and on where it is taken. */
static char *unique_title(const struct sheets *sheets, const char *title) {
    struct buffer text = BUFFER_EMPTY;
    buffer_add_text(&text, title);
    for (size_t number = 2; text.bytes && has_title(sheets, text.bytes); number++) {
        buffer_clear(&text);
        buffer_format(&text, "%s (%zu)", title, number);
    }
    char *unique = text.failed ? NULL : buffer_take(&text);
    buffer_free(&text);
    return unique;
}

static bool add_sheet(struct sheets *sheets, const char *title, bool captioned, size_t block) {
    struct sheet sheet = {.title = unique_title(sheets, title), .captioned = captioned, .first = block, .last = block};
    if (sheet.title && vector_push(&sheets->list, sheet)) return true;
    memory_free(sheet.title);
    return false;
}

ieum_status sheets_of(const struct document *document, const char *title, struct sheets *sheets, struct problem *problem) {
    const struct block *blocks = document->blocks.items;
    const char *heading = title;
    bool under_one = false; /* no heading has come since the last sheet began */
    *sheets = (struct sheets){0};
    for (size_t i = 0; i < document->blocks.count; i++) {
        if (blocks[i].kind == BLOCK_HEADING) {
            heading = blocks[i].text;
            under_one = false;
        }
        if (blocks[i].kind != BLOCK_TABLE) continue;
        struct sheet *last = sheets->list.count ? &sheets->list.items[sheets->list.count - 1] : NULL;
        if (under_one && last->captioned && blocks[i].text && same_columns(&blocks[last->first].table, &blocks[i].table)) {
            last->last = i;
            continue;
        }
        if (!add_sheet(sheets, heading, blocks[i].text != NULL, i)) {
            sheets_free(sheets);
            return problem_set_memory(problem);
        }
        under_one = true;
    }
    return IEUM_OK;
}

const struct sheet *sheets_find(const struct sheets *sheets, const char *name) {
    char *end;
    for (size_t i = 0; i < sheets->list.count; i++)
        if (strcmp(sheets->list.items[i].title, name) == 0) return &sheets->list.items[i];
    const unsigned long number = name[0] >= '1' && name[0] <= '9' ? strtoul(name, &end, 10) : 0;
    return number && !*end && number <= sheets->list.count ? &sheets->list.items[number - 1] : NULL;
}

void sheets_free(struct sheets *sheets) {
    for (size_t i = 0; i < sheets->list.count; i++) memory_free(sheets->list.items[i].title);
    vector_free(&sheets->list);
}

/* ---- rows ---- */

static void fill_row(const struct sheet *sheet, const struct table *table, const char *caption, const char *const *cells, struct sheet_row *row) {
    row->count = 0;
    if (sheet->captioned) {
        row->right[row->count] = false;
        row->cells[row->count++] = caption;
    }
    for (size_t c = 0; c < table->columns; c++) {
        row->right[row->count] = table->right[c];
        row->cells[row->count++] = cells[c];
    }
}

bool sheet_next(const struct document *document, const struct sheet *sheet, bool korean, struct sheet_row *row) {
    const struct block *blocks = document->blocks.items;
    if (!row->begun) {
        fill_row(sheet, &blocks[sheet->first].table, korean ? "대상" : "of", blocks[sheet->first].table.headers, row);
        row->begun = true;
        row->block = sheet->first;
        row->at = 0;
        return true;
    }
    for (; row->block <= sheet->last; row->block++, row->at = 0) {
        const struct table *table = &blocks[row->block].table;
        if (blocks[row->block].kind != BLOCK_TABLE || row->at + table->columns > table->cells.count) continue;
        fill_row(sheet, table, blocks[row->block].text, (const char *const *)&table->cells.items[row->at], row);
        row->at += table->columns;
        return true;
    }
    return false;
}

/* ---- numbers ---- */

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/* Digits, in groups of three when there are commas; *end behind them. */
static bool take_whole(const char *text, char *digits, size_t room, const char **end, bool *grouped) {
    size_t count = 0, group = 0;
    *grouped = false;
    for (; is_digit(*text) || *text == ','; text++) {
        if (*text == ',') {
            if (group == 0 || group > 3 || (*grouped && group != 3) || !is_digit(text[1])) return false;
            *grouped = true;
            group = 0;
            continue;
        }
        if (count + 1 >= room) return false;
        digits[count++] = *text;
        group++;
    }
    digits[count] = '\0';
    *end = text;
    return count > 0 && (!*grouped || group == 3) && !(count > 1 && digits[0] == '0');
}

bool cell_number(const char *text, double *number, int *decimals, bool *grouped, bool *percent) {
    char digits[40];
    const bool negative = *text == '-', sign = negative || *text == '+';
    const char *end;
    *decimals = 0;
    *percent = false;
    if (!take_whole(text + sign, digits, 16, &end, grouped)) return false; /* 15 digits: what a spreadsheet keeps */
    size_t size = strlen(digits);
    if (*end == '.') {
        digits[size++] = '.';
        for (end++; is_digit(*end) && size + 1 < sizeof digits; end++, ++*decimals) digits[size++] = *end;
        digits[size] = '\0';
        if (*decimals == 0) return false;
    }
    if (*end == ' ' && end[1] == '%') end++;
    if (*end == '%') *percent = true, end++;
    if (*end) return false;
    if (!decimal_read(digits, digits + size, number)) return false;
    *number = *number * (negative ? -1 : 1) / (*percent ? 100 : 1);
    return true;
}
