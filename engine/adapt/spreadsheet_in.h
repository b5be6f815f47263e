/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XLSX files → the CSV text of one sheet (the program xlsx2csv, which is optional). The only place that knows it. Dates come as 2015-03-02, numbers in full and
 * without their marks of thousands, what is hidden is left out; a cell that is shown as a percentage comes as the fraction that it holds. Row n of the sheet is row n
 * of the text. The file is looked at by a process of its own with limits on time, memory and output, so that one that was made to burst harms nobody.
 */
#ifndef IEUM_ADAPT_SPREADSHEET_IN_H
#define IEUM_ADAPT_SPREADSHEET_IN_H

#include <stdbool.h>

#include "../base/buffer.h"
#include "../base/vector.h"
#include "../base/problem.h"

struct sheet_names {
    VECTOR(char *) items; /* in the order of the workbook; owned */
    size_t chosen;
};

/*
 * `sheet`: its name, NULL: the first. NOT_FOUND names the sheets there are; INVALID: no XLSX file, or one with a password; LIMIT: too large, or it takes too long;
 * INVALID with the value "xlsx2csv" where that is not installed. `names` (may be NULL) is freed with sheet_names_free.
 */
ieum_status spreadsheet_to_csv(const void *bytes, size_t size, const char *sheet, struct buffer *csv, struct sheet_names *names, struct problem *problem);
void sheet_names_free(struct sheet_names *names); /* a zeroed one is fine */

#endif
