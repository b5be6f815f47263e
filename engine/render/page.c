/* SPDX-License-Identifier: Apache-2.0 */
#include "page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../base/utf8.h"

const char *page_choose(const struct page *page, const char *ko, const char *en) { return page->korean ? ko : en; }

const char *page_text(const struct page *page, const jval *text2) {
    return jval_text(jval_get(text2, page->korean ? "ko" : "en"));
}

void page_join(const jval *array, struct buffer *out) {
    for (size_t i = 0; i < jval_count(array); i++) {
        if (i) buffer_add_text(out, ", ");
        buffer_add_text(out, jval_text(jval_at(array, i)));
    }
}

/* What was written since the last block becomes a block, in a document. */
static void close_lines(struct page *page) {
    const struct buffer *out = &page->out;
    if (!page->document || !out->size) return;
    if (strspn(out->bytes, " \n") < out->size) document_add(page->document, BLOCK_TEXT, out->bytes, NULL);
    if (out->failed) page->document->failed = true;
    buffer_clear(&page->out);
}

/* A caption that no table followed was a line like others. */
static void spend_caption(struct page *page) {
    if (page->document && page->caption[0]) document_add(page->document, BLOCK_TEXT, page->caption, NULL);
    page->caption[0] = '\0';
}

void page_end(struct page *page) {
    spend_caption(page);
    close_lines(page);
}

void page_title(struct page *page, const char *title) {
    if (page->document) document_set_title(page->document, title);
    else buffer_format(&page->out, "%s\n", title);
}

void page_heading_format(struct page *page, const char *format, ...) {
    struct buffer text = BUFFER_EMPTY;
    char small[512];
    va_list arguments;
    va_start(arguments, format);
    const int size = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    buffer_add(&text, small, utf8_cut(small, strlen(small), size < (int)sizeof small ? sizeof small : sizeof small - 4));
    if (page->document) {
        spend_caption(page);
        close_lines(page);
        document_add(page->document, BLOCK_HEADING, text.bytes ? text.bytes : "", NULL);
    } else {
        buffer_format(&page->out, "\n■ %s\n\n", text.bytes ? text.bytes : "");
    }
    if (text.failed) page->out.failed = true;
    buffer_free(&text);
}

void page_heading(struct page *page, const char *ko, const char *en) { page_heading_format(page, "%s", page_choose(page, ko, en)); }

void page_caption(struct page *page, const char *lines) {
    if (!page->document) {
        buffer_add_text(&page->out, lines);
        return;
    }
    spend_caption(page);
    close_lines(page);
    lines += strspn(lines, " \n");
    size_t size = utf8_cut(lines, strlen(lines), sizeof page->caption - 1);
    while (size > 0 && (lines[size - 1] == '\n' || lines[size - 1] == ' ')) size--;
    memcpy(page->caption, lines, size);
    page->caption[size] = '\0';
}

void page_table(struct page *page, struct table *table, size_t indent) {
    if (!page->document) {
        table_write(table, indent, page->width, &page->out);
        table_free(table);
        return;
    }
    close_lines(page);
    table_keep_headers(table);
    document_add(page->document, BLOCK_TABLE, page->caption[0] ? page->caption : NULL, table);
    page->caption[0] = '\0';
}

void page_image(struct page *page, const char *svg) {
    if (!page->document) return;
    close_lines(page);
    document_add(page->document, BLOCK_IMAGE, svg, NULL);
}

void page_break(struct page *page) {
    if (!page->document) {
        buffer_add_text(&page->out, "\n────────────────────────────────────────\n\n");
        return;
    }
    close_lines(page);
    document_add(page->document, BLOCK_BREAK, NULL, NULL);
}

void page_file_heading(struct page *page, const char *ko, const char *en) {
    if (page->document) page_heading(page, ko, en);
}
