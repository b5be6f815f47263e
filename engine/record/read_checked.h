/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of records, read to be shown before it is imported: all that is wrong with it instead of the first thing alone, what each column was taken for, and the
 * records of the rows that are right. In: the bytes of a file as record_set_read takes them, and what a person chose for the columns. A file that cannot be taken
 * apart at all (a quote that is not closed, JSON that is none, unknown characters) is refused as there.
 */
#ifndef IEUM_RECORD_READ_CHECKED_H
#define IEUM_RECORD_READ_CHECKED_H

#include "../adapt/spreadsheet_in.h"
#include "grid.h"
#include "read.h"

struct checked_file {
    const char *format;         /* "csv", "xlsx", "json", "jsonl" */
    const char *charset;        /* "UTF-8", "CP949" */
    struct sheet_names sheets;  /* of XLSX; else none */
    struct grid grid;           /* of CSV and XLSX; else zeroed */
    struct bad_cells bad;
    struct arena *arena;
    struct record_set set;      /* the records that are right, in the order of the file; the same key may come more than once */
    size_t *rows;               /* where each of them stands: the row as a spreadsheet program numbers it, the line of JSON Lines, else its place in the list */
    size_t row_count;           /* all records of the file, right or wrong */
};

/* Written also on failure, and then to be freed as well. */
ieum_status checked_file_read(enum record_kind kind, const char *file_name, const char *bytes, size_t size, const char *data_folder,
                              const struct file_choices *choices, struct checked_file *file, struct problem *problem);
void checked_file_free(struct checked_file *file); /* a zeroed one is fine */

#endif
