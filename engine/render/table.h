/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table: texts in rows and columns. It goes to a page through page_table (page.h): as text for a terminal, with columns as wide as their cells, Hangul counted as two
 * columns, the last column wrapped into what is left of the width; or into a document that becomes a file.
 */
#ifndef IEUM_RENDER_TABLE_H
#define IEUM_RENDER_TABLE_H

#include "../base/buffer.h"
#include "../base/vector.h"

enum { TABLE_COLUMNS = 12 };

struct table {
    size_t columns;
    const char *headers[TABLE_COLUMNS]; /* borrowed until table_write; owned after table_keep_headers */
    char *kept; /* the headers' texts, owned */
    bool right[TABLE_COLUMNS]; /* aligned to the right: numbers */
    VECTOR(char *) cells;      /* row by row; owned */
    bool failed;
};

/* `headers` end with NULL; a header that begins with '>' stands right. */
void table_begin(struct table *table, const char *const *headers);
void table_add(struct table *table, const char *text); /* copied, NULL is empty, line ends become spaces */
void table_add_format(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Writes the table as text. `indent` columns stand free on the left. */
void table_write(const struct table *table, size_t indent, size_t width, struct buffer *out);
/* Copies the headers, so that they outlive the caller's. */
void table_keep_headers(struct table *table);
void table_free(struct table *table);

/* `text` wrapped at `width` columns, lines after the first begin with `indent` spaces. */
void text_wrap(const char *text, size_t first, size_t indent, size_t width, struct buffer *out);

#endif
