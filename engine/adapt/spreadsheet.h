/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XLSX files (libxlsxwriter). The only place that knows it.
 *
 * In: sheets of rows of cells, one sheet after the other, rows from the top. Out: the bytes of a workbook, the same for the same cells: the day of creation is fixed
 * (SPREADSHEET_CREATED), and nothing of the machine goes into it. The file is made in memory; rows on their way are in /dev/shm where there is one, so that what firms
 * said does not come to rest on a disk. A cell is text or a number, never a formula or a link.
 */
#ifndef IEUM_ADAPT_SPREADSHEET_H
#define IEUM_ADAPT_SPREADSHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/buffer.h"
#include "../base/problem.h"

enum {
    SPREADSHEET_ROWS = 1048576,   /* of a sheet, all there can be */
    SPREADSHEET_TITLE = 31,       /* UTF-16 units of a sheet's title */
    SPREADSHEET_CREATED = 315532800 /* 1980-01-01 in seconds since 1970, the earliest day that a zip file knows */
};

struct spreadsheet;

ieum_status spreadsheet_open(struct spreadsheet **book, struct problem *problem);
/* Begins a sheet. The title must be legal and unique among the book's: 1 to SPREADSHEET_TITLE units, none of []:*?/\, no apostrophe at an end. */
ieum_status spreadsheet_add_sheet(struct spreadsheet *book, const char *title, struct problem *problem);
/* Of the sheet that was begun last. Rows and columns from 0; `width` in digits of the standard font. */
void spreadsheet_set_width(struct spreadsheet *book, size_t column, double width);
void spreadsheet_freeze_header(struct spreadsheet *book); /* the first row stays in sight, and on every sheet of paper */
void spreadsheet_add_header(struct spreadsheet *book, size_t row, size_t column, const char *text);
void spreadsheet_add_text(struct spreadsheet *book, size_t row, size_t column, const char *text); /* cut at 32,767 characters, which is all a cell takes */
void spreadsheet_add_number(struct spreadsheet *book, size_t row, size_t column, double number, int decimals, bool grouped, bool percent);
/* Writes the file and closes the book, in any case. */
ieum_status spreadsheet_finish(struct spreadsheet *book, struct buffer *out, struct problem *problem);
void spreadsheet_close(struct spreadsheet *book); /* without a file; NULL is fine */

#endif
