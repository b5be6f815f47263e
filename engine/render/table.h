/* SPDX-License-Identifier: Apache-2.0 */
/* A table of text for a terminal: columns as wide as their cells, Hangul counted as two columns, the last column wrapped into what is left of the width. */
#ifndef IEUM_RENDER_TABLE_H
#define IEUM_RENDER_TABLE_H

#include "../base/buffer.h"
#include "../base/vector.h"

enum { TABLE_COLUMNS = 8 };

struct table {
    size_t columns;
    const char *headers[TABLE_COLUMNS];
    bool right[TABLE_COLUMNS]; /* aligned to the right: numbers */
    VECTOR(char *) cells;      /* row by row; owned */
    bool failed;
};

/* `headers` end with NULL; a header that begins with '>' stands right. */
void table_begin(struct table *table, const char *const *headers);
void table_add(struct table *table, const char *text); /* copied, NULL is empty, line ends become spaces */
void table_add_format(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Writes the table and frees it. `indent` columns stand free on the left. */
void table_end(struct table *table, size_t indent, size_t width, struct buffer *out);

/* `text` wrapped at `width` columns, lines after the first begin with `indent` spaces. */
void text_wrap(const char *text, size_t first, size_t indent, size_t width, struct buffer *out);

#endif
