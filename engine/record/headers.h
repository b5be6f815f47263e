/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table data/taxonomy/csv_headers.json: which column names mean which member of a record, in which form cells are
 * written and in which unit. In: the data folder and a CSV file's first row. Out: what each column holds.
 */
#ifndef IEUM_RECORD_HEADERS_H
#define IEUM_RECORD_HEADERS_H

#include "../base/map.h"
#include "record.h"

enum cell_type {
    CELL_TEXT,
    CELL_LIST,
    CELL_CODES,
    CELL_DATE,
    CELL_INTEGER,
    CELL_NUMBER,
    CELL_AMOUNT,
    CELL_AMOUNT_RANGE,
    CELL_AMOUNT_LEAST,
    CELL_AMOUNT_MOST,
    CELL_REFERENCES,
    CELL_TRUTH,
    CELL_TYPES
};

/* One line of the table. */
struct header_field {
    const char *pointer; /* "/firm/name" */
    const char *group;   /* "firm", NULL at the top of the record */
    const char *key;     /* "name" */
    enum cell_type type;
    bool required;                      /* a file without such a column is refused */
    bool join;                          /* several such columns: their texts one below the other */
    struct text_list names, weak_names; /* a weak name counts only where no other column has the field */
    struct text_list suffixes;          /* words that may follow a number */
    struct map *values;                 /* words on forms → index into value_texts; NULL: as written */
    struct text_list value_texts;
};

struct header_table {
    struct arena *arena;
    jval *json, *sizes;
    struct header_field *fields;
    size_t count;
    struct map *names, *weak_names, *empty_values; /* normalised → field */
    const jval *units;
};

#define COLUMN_EXTRA SIZE_MAX       /* a member of its own, under the column's name */
#define COLUMN_BLANK (SIZE_MAX - 1) /* no name: must be empty */

struct header_column {
    size_t field;
    char *name;    /* as in the file, trimmed */
    int64_t scale; /* KRW for 1 in this column */
};

ieum_status headers_open(const char *data_folder, enum record_kind kind, struct header_table *table,
                         struct problem *problem);
void headers_close(struct header_table *table);

/* Tells what `count` columns hold; `columns` has room for them, texts go into the arena. Problems carry the column. */
ieum_status headers_bind(const struct header_table *table, const char *const *names, size_t count, struct arena *arena,
                         struct header_column *columns, struct problem *problem);

#define HEADER_NAME_MOST 256
/* A name for comparison: without spaces, asterisks, underscores and hyphens, Latin letters small, wide brackets as
 * narrow ones. */
void header_normalise(const char *name, char normal[HEADER_NAME_MOST]);

#endif
