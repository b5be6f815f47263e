/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../base/utf8.h"

enum { GAP = 2, NARROWEST = 16, WIDEST_FIXED = 36, NARROWEST_FIXED = 8 };

void table_begin(struct table *table, const char *const *headers) {
    *table = (struct table){0};
    for (; headers[table->columns]; table->columns++) {
        const char *header = headers[table->columns];
        table->right[table->columns] = header[0] == '>';
        table->headers[table->columns] = header + (header[0] == '>');
    }
}

void table_add(struct table *table, const char *text) {
    if (!text) text = "";
    size_t size = strlen(text) + 1;
    char *copy = memory_allocate(size);
    if (!copy || !vector_push(&table->cells, copy)) {
        memory_free(copy);
        table->failed = true;
        return;
    }
    memcpy(copy, text, size);
    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < ' ') *c = ' ';
}

void table_add_format(struct table *table, const char *format, ...) {
    char text[256], *longer = NULL;
    va_list arguments;
    va_start(arguments, format);
    const int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size >= (int)sizeof text) {
        longer = memory_allocate((size_t)size + 1);
        va_start(arguments, format);
        if (longer) vsnprintf(longer, (size_t)size + 1, format, arguments);
        va_end(arguments);
        table->failed = table->failed || !longer;
    }
    table_add(table, longer ? longer : text);
    memory_free(longer);
}

static void add_spaces(struct buffer *out, size_t count) {
    while (count-- > 0) buffer_add_byte(out, ' ');
}

/* Bytes of `text` that fit into `width` columns, broken after a space where there is one in the second half. Spaces may hang over: they are not shown. */
static size_t line_of(const char *text, size_t size, size_t width) {
    size_t used = 0, columns = 0, space = 0;
    while (used < size) {
        size_t next = used;
        columns += (size_t)utf8_width(utf8_next(text, size, &next));
        if (columns > width && text[used] != ' ') return space > used / 2 ? space : used ? used : next;
        used = next;
        if (text[used - 1] == ' ') space = used;
    }
    return size;
}

void text_wrap(const char *text, size_t first, size_t indent, size_t width, struct buffer *out) {
    size_t size = strlen(text), room = width > first + NARROWEST ? width - first : NARROWEST;
    for (bool begun = false; size > 0; begun = true) {
        if (begun) {
            buffer_add_byte(out, '\n');
            add_spaces(out, indent);
            room = width > indent + NARROWEST ? width - indent : NARROWEST;
        }
        size_t used = line_of(text, size, room), shown = used;
        while (shown > 0 && text[shown - 1] == ' ') shown--;
        buffer_add(out, text, shown);
        text += used;
        size -= used;
    }
}

/* A cell cut to `width` columns with "…", filled with spaces. */
static void add_fixed(struct buffer *out, const char *text, size_t width, bool right) {
    size_t wide = utf8_text_width(text), size = strlen(text);
    if (wide <= width) {
        if (right) add_spaces(out, width - wide);
        buffer_add(out, text, size);
        if (!right) add_spaces(out, width - wide);
        return;
    }
    size_t used = 0, columns = 0;
    while (used < size) {
        size_t next = used;
        size_t step = (size_t)utf8_width(utf8_next(text, size, &next));
        if (columns + step > width - 1) break;
        columns += step;
        used = next;
    }
    buffer_add(out, text, used);
    buffer_add_text(out, "…");
    add_spaces(out, width - 1 - columns);
}

static void measure_columns(const struct table *table, size_t widths[TABLE_COLUMNS]) {
    for (size_t c = 0; c < table->columns; c++) {
        widths[c] = utf8_text_width(table->headers[c]);
        for (size_t i = c; i < table->cells.count; i += table->columns) {
            size_t wide = utf8_text_width(table->cells.items[i]);
            if (wide > widths[c]) widths[c] = wide;
        }
        if (widths[c] > WIDEST_FIXED && c + 1 < table->columns) widths[c] = WIDEST_FIXED;
    }
}

/* Narrows the widest texts until the last column has its room. */
static void fit_columns(const struct table *table, size_t indent, size_t width, size_t widths[TABLE_COLUMNS]) {
    const size_t last = table->columns - 1, least = table->right[last] || widths[last] < NARROWEST ? widths[last] : NARROWEST;
    for (;;) {
        size_t line = indent + least, widest = last;
        for (size_t c = 0; c < last; c++) {
            line += widths[c] + GAP;
            if (!table->right[c] && widths[c] > NARROWEST_FIXED && (widest == last || widths[c] > widths[widest])) widest = c;
        }
        if (line <= width || widest == last) return;
        widths[widest]--;
    }
}

static void add_row(const struct table *table, const char *const *cells, const size_t *widths, size_t indent, size_t width,
                    struct buffer *out) {
    size_t at = indent, last = table->columns - 1;
    add_spaces(out, indent);
    for (size_t c = 0; c < last; c++) {
        add_fixed(out, cells[c], widths[c], table->right[c]);
        add_spaces(out, GAP);
        at += widths[c] + GAP;
    }
    if (table->right[last]) add_fixed(out, cells[last], widths[last], true);
    else text_wrap(cells[last], at, at, width, out);
    while (out->size && out->bytes[out->size - 1] == ' ') out->bytes[--out->size] = '\0';
    buffer_add_byte(out, '\n');
}

void table_write(const struct table *table, size_t indent, size_t width, struct buffer *out) {
    size_t widths[TABLE_COLUMNS] = {0}, line = 0;
    if (table->failed) out->failed = true;
    measure_columns(table, widths);
    fit_columns(table, indent, width, widths);
    for (size_t c = 0; c < table->columns; c++) line += widths[c] + (c ? GAP : 0);
    if (indent + line > width) line = width > indent ? width - indent : 1;
    add_row(table, table->headers, widths, indent, width, out);
    add_spaces(out, indent);
    while (line-- > 0) buffer_add_text(out, "─");
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i + table->columns <= table->cells.count; i += table->columns)
        add_row(table, (const char *const *)&table->cells.items[i], widths, indent, width, out);
}

void table_keep_headers(struct table *table) {
    size_t size = 0;
    for (size_t c = 0; c < table->columns; c++) size += strlen(table->headers[c]) + 1;
    table->kept = memory_allocate(size);
    char *at = table->kept;
    if (!at) table->failed = true;
    for (size_t c = 0; c < table->columns; c++) {
        const size_t bytes = strlen(table->headers[c]) + 1;
        if (at) memcpy(at, table->headers[c], bytes);
        table->headers[c] = at ? at : "";
        if (at) at += bytes;
    }
}

void table_free(struct table *table) {
    for (size_t i = 0; i < table->cells.count; i++) memory_free(table->cells.items[i]);
    vector_free(&table->cells);
    memory_free(table->kept);
    table->kept = NULL;
}
