/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table data/taxonomy/csv_headers.json: which column names mean which member of a record, in which form cells are
 * written and in which unit. In: the data folder, a CSV file's first row, and what a person chose for its columns. Out:
 * what each column holds.
 */
#ifndef IEUM_RECORD_HEADERS_H
#define IEUM_RECORD_HEADERS_H

#include "../base/map.h"
#include "bad_cells.h"
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

struct header_words {
    const char *ko, *en;
};

extern const char *const cell_type_names[CELL_TYPES]; /* as the table has them: "text", "list", … */

/* One line of the table. */
struct header_field {
    const char *pointer; /* "/firm/name" */
    const char *id;      /* the pointer; of the two ends of a range that stand in columns of their own, with "/0" and "/1" */
    struct header_words label; /* what people call it */
    struct header_words note;  /* what else is to be said to who fills it in; NULLs: nothing */
    const char *example; /* an invented cell, for the template (NULL: it has no such column) */
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
    jval *json;
    jval *files[2]; /* of words that have a file of their own: sizes, kinds of party; NULL: not needed yet */
    struct header_field *fields;
    size_t count;
    struct map *names, *weak_names, *empty_values; /* normalised → field */
    const jval *units;
    const jval *forms; /* type → {"ko", "en"}: in which form a cell is written; of a type that says nothing by itself, none */
};

#define COLUMN_EXTRA SIZE_MAX        /* a member of its own, under the column's name */
#define COLUMN_BLANK (SIZE_MAX - 1)  /* no name: must be empty */
#define COLUMN_UNREAD (SIZE_MAX - 2) /* left out by a person's choice */
#define COLUMN_NO_FIELD COLUMN_UNREAD /* this and above are no field of the table */

enum column_how { COLUMN_KNOWN, COLUMN_WEAK, COLUMN_CHOSEN, COLUMN_NOT_KNOWN }; /* how it was told what the column holds */

struct header_column {
    size_t field;
    char *name;    /* as in the file, trimmed */
    int64_t scale; /* KRW for 1 in this column */
    enum column_how how;
};

/* What a person said of a column: the id of its field, or NULL to leave it out. */
struct header_choice {
    size_t column; /* from 0 */
    const char *field;
};
struct header_choices {
    const struct header_choice *items;
    size_t count;
};

ieum_status headers_open(const char *data_folder, enum record_kind kind, struct header_table *table,
                         struct problem *problem);
void headers_close(struct header_table *table);

/*
 * Tells what `count` columns hold; `columns` has room for them, texts go into the arena. A choice goes before the column's name. Problems carry the column.
 * With `bad` (else NULL), what is wrong with a column is put there, at `row`, and the column is left unread; fields that are required and have no column are
 * then for the caller to tell (headers_missing). A choice of a column or a field that is not there is refused in any case, with its pointer below /mapping.
 */
ieum_status headers_bind(const struct header_table *table, const char *const *names, size_t count, const struct header_choices *choices, struct arena *arena,
                         struct header_column *columns, struct bad_cells *bad, size_t row, struct problem *problem);
/* Whether the table asks for this field and no column has it. */
bool headers_missing(const struct header_table *table, const struct header_column *columns, size_t count, size_t field);

#define HEADER_NAME_MOST 256
/* A name for comparison: without spaces, asterisks, underscores and hyphens, Latin letters small, wide brackets as
 * narrow ones. */
void header_normalise(const char *name, char normal[HEADER_NAME_MOST]);

#endif
