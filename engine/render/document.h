/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a page says, as blocks in order: headings, paragraphs, tables, pictures. The same renderers that write a page of text for a terminal fill it (page.h), so that
 * every table that can be seen can be taken along as a file.
 *
 * In: blocks from page.c. Out: sheets for files of tables (CSV, XLSX), or the blocks themselves for a page to print. Texts are UTF-8, owned by the document.
 * It must not know any file format.
 */
#ifndef IEUM_RENDER_DOCUMENT_H
#define IEUM_RENDER_DOCUMENT_H

#include "../base/problem.h"
#include "table.h"

enum block_kind {
    BLOCK_HEADING,
    BLOCK_TEXT,  /* lines */
    BLOCK_TABLE, /* text: its caption, or NULL */
    BLOCK_IMAGE, /* text: an SVG element, made by this program and escaped by it */
    BLOCK_BREAK  /* what follows stands on a new sheet of paper */
};

struct block {
    enum block_kind kind;
    char *text;
    struct table table;
};

struct document {
    char *title; /* NULL: none was given */
    VECTOR(struct block) blocks;
    bool failed; /* memory */
};

/* Adds a block; `text` is copied (NULL stays NULL), the table's cells are taken over. */
void document_add(struct document *document, enum block_kind kind, const char *text, struct table *table);
void document_set_title(struct document *document, const char *title);
void document_free(struct document *document);

/*
 * A table of its own as a file has it. Tables that follow one another under one heading, have the same columns and a caption each (shortlists, one a demand) are one
 * sheet, with the caption as the first column.
 */
struct sheet {
    char *title;           /* owned; the heading above the table, unique among the sheets */
    bool captioned;        /* the first column holds captions */
    size_t first, last;    /* blocks; those of other kinds between them do not count */
};

struct sheets {
    VECTOR(struct sheet) list;
};

/* `title` is that of tables without a heading above. MEMORY. */
ieum_status sheets_of(const struct document *document, const char *title, struct sheets *sheets, struct problem *problem);
/* The one that is named by its title or its number from 1; NULL when there is none. */
const struct sheet *sheets_find(const struct sheets *sheets, const char *name);
void sheets_free(struct sheets *sheets);

/* A row of a sheet: cells[0..count), borrowed. Row 0 is the header; false behind the last row. Start with all zero. */
struct sheet_row {
    const char *cells[TABLE_COLUMNS + 1];
    bool right[TABLE_COLUMNS + 1];
    size_t count;
    size_t block, at; /* where it goes on */
    bool begun;
};
bool sheet_next(const struct document *document, const struct sheet *sheet, bool korean, struct sheet_row *row);

/* Whether a cell that stands right is a number as people write it: 1,234.5 or -3 or 12.5 %. *percent: it has the sign, and *number is the hundredth; *decimals as written. */
bool cell_number(const char *text, double *number, int *decimals, bool *grouped, bool *percent);

#endif
