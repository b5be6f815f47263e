/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A grid: a file of rows and columns with the columns bound to the members of a record. In: CSV text, the table of column names, and what a person chose. Out: for
 * each row the record's JSON, in the same shape as everywhere; and the column that a problem's pointer is about. It does not judge records.
 */
#ifndef IEUM_RECORD_GRID_H
#define IEUM_RECORD_GRID_H

#include "../adapt/csv.h"
#include "headers.h"

struct grid {
    struct csv_table table;
    struct header_table headers;
    struct arena *arena;
    struct header_column *columns;
    size_t column_count;
    jval **values;   /* one per field, while a row is read */
    bool numbered;    /* places are told as a spreadsheet program numbers rows, not as lines of the text */
    bool spreadsheet; /* the cells come from one */
    bool strict;      /* as for a spreadsheet: refuses what is surely no value, though it could be taken for a text */
    size_t row;      /* the one that was read last */
    bool *left_out;  /* one per column: its cell is not read in this row */
    bool *stands_in; /* one per field: where its cells are left out or empty, a value stands in that no check refuses */
    size_t *shares;  /* one per column: how many elements its cell gave to its field's list, and where they begin there */
    size_t *begins;
};

/* `bytes` in one of the character sets of charset.h; `*charset` as there, may be NULL. Free with grid_close in any case. `choices` and `bad` as in headers_bind. */
ieum_status grid_open(enum record_kind kind, const char *bytes, size_t size, const char *data_folder, const struct header_choices *choices, struct bad_cells *bad,
                      struct grid *grid, const char **charset, struct problem *problem);
void grid_close(struct grid *grid); /* a zeroed grid is fine */

/* The record of a row (from 1; row 0 holds the names), owned by the caller. */
ieum_status grid_record(struct grid *grid, size_t row, jval **record, struct problem *problem);
/*
 * Refuses the first cell, beginning with column `from` (0: the first), that is wrong whatever it stands for: where no column has a name (it cannot be told from a
 * slip of the comma); the error of a formula; the fraction that a spreadsheet shows as a percentage, in a column of points; days counted where a date should be; a
 * registration number without the zeros before it. The problem has the column.
 */
ieum_status grid_check_cells(const struct grid *grid, size_t row, size_t from, struct problem *problem);
/* Refuses the invented row of the template, which, forgotten there, would become a firm. */
ieum_status grid_check_example(const struct grid *grid, size_t row, struct problem *problem);
size_t grid_place(const struct grid *grid, size_t row); /* its line, or its number */
/* The column (from 1) whose cell a pointer into the row's record is about, 0 when the file has no such column. */
size_t grid_locate(const struct grid *grid, const char *pointer);

/*
 * To find all that is wrong in a row, the cell that is refused is left out and the row looked at again. grid_begin_row: nothing is left out, and values stand in for
 * the columns that the file would need and does not have. grid_leave_out: the cell that the pointer is about; false when that changes nothing any more.
 * grid_leave_out_column: the cell of a column (from 0).
 */
void grid_begin_row(struct grid *grid);
void grid_leave_out_column(struct grid *grid, size_t column);
bool grid_leave_out(struct grid *grid, const char *pointer);

#endif
