/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CSV (libcsv): comma-separated UTF-8 text → a table of cells with the lines they stand on. The only place that knows
 * libcsv. Cells are trimmed of spaces unless quoted; blank rows, also such of commas only, are left out. Refused with
 * line and column: a quote inside an unquoted cell, an unclosed quote.
 */
#ifndef IEUM_ADAPT_CSV_H
#define IEUM_ADAPT_CSV_H

#include <stddef.h>

#include "../base/problem.h"

struct csv_row {
    size_t first, count; /* cells */
    size_t line;         /* 1-based, where the row begins */
    size_t number;       /* 1-based among all rows, blank ones too: the number that a spreadsheet program shows beside it */
};

struct csv_table {
    char *text; /* all cells, each with a NUL after it */
    size_t *cells;
    struct csv_row *rows;
    size_t row_count;
};

/* `text` must be UTF-8 without NUL characters. */
ieum_status csv_table_read(const char *text, size_t size, struct csv_table *table, struct problem *problem);
void csv_table_free(struct csv_table *table);
/* A cell's text; "" past the end of its row. */
const char *csv_cell(const struct csv_table *table, size_t row, size_t column);

#endif
