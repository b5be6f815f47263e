/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document as one HTML page that stands alone and prints to A4: its style inside, no script, nothing fetched from anywhere. Everything but the pictures, which this
 * program drew, is text and escaped.
 */
#include <string.h>

#include "export.h"

/* As the report on paper: quiet, black on white, tables that may break between rows and say their columns on every sheet of paper. */
static const char style[] =
    "@page{size:A4;margin:13mm 15mm 15mm;@bottom-center{content:counter(page) ' / ' counter(pages);font-size:8pt;color:#555}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;padding:1.2em;max-width:190mm;background:#fff;color:#1a1a1a;"
    "font:10pt/1.45 'Noto Sans KR','Noto Sans CJK KR','Malgun Gothic','Apple SD Gothic Neo',sans-serif;word-break:keep-all;overflow-wrap:break-word}\n"
    "h1{font-size:17pt;line-height:1.3;margin:0 0 .5em;padding-bottom:.3em;border-bottom:2.5pt solid #1b4f8a}\n"
    "h2{font-size:11.5pt;margin:1.1em 0 .3em;padding-left:.5em;border-left:3pt solid #1b4f8a;break-after:avoid}\n"
    "p{margin:.25em 0}\n"
    "ul{margin:.3em 0;padding-left:1.3em}\n"
    "figure{margin:.4em 0;break-inside:avoid}\n"
    "figure svg{display:block;max-width:100%;height:auto}\n"
    "table{border-collapse:collapse;width:100%;margin:.3em 0 .6em;font-size:9pt}\n"
    "caption{caption-side:top;text-align:left;font-size:10.5pt;font-weight:bold;padding:.2em 0;break-after:avoid}\n"
    "caption.named{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n" /* the heading above says it to those who see */
    "thead{display:table-header-group}\n"
    "tr{break-inside:avoid}\n"
    "th,td{border:.5pt solid #999;padding:.17em .5em;text-align:left;vertical-align:top}\n"
    "th{font-weight:normal}\n"
    "tbody th{min-width:5em}\n"
    "thead th{background:#eef2f7;font-weight:bold}\n"
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
    ".wide{overflow-x:auto;position:relative}\n"
    ".short{break-inside:avoid}\n"
    "h2+p,h2+p+figure{break-after:avoid}\n"
    ".sheet{break-before:page}\n"
    "@media print{body{padding:0;max-width:none}.wide{overflow:visible}thead th{-webkit-print-color-adjust:exact;print-color-adjust:exact}}\n";

enum { SHORT_ROWS = 14, SHORT_BYTES = 2400 }; /* of a table that is not broken over sheets of paper */

static void add_escaped(struct buffer *out, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte == '&') buffer_add_text(out, "&amp;");
        else if (byte == '<') buffer_add_text(out, "&lt;");
        else if (byte == '>') buffer_add_text(out, "&gt;");
        else if (byte == '"') buffer_add_text(out, "&quot;");
        else if (byte == '\'') buffer_add_text(out, "&#39;");
        else if (byte < 0x20 || byte == 0x7F) buffer_add_byte(out, ' ');
        else buffer_add_byte(out, text[i]);
    }
}

static void add_element(struct buffer *out, const char *name, const char *text) {
    buffer_format(out, "<%s>", name);
    add_escaped(out, text, strlen(text));
    buffer_format(out, "</%s>\n", name);
}

/* A line a paragraph; lines that begin with a dot are a list. */
static void add_lines(struct buffer *out, const char *text) {
    static const char dot[] = "· ";
    bool listing = false;
    while (*text) {
        text += strspn(text, " ");
        const size_t size = strcspn(text, "\n"), mark = strncmp(text, dot, sizeof dot - 1) == 0 ? sizeof dot - 1 : 0;
        if (listing != (mark > 0)) buffer_add_text(out, mark ? "<ul>\n" : "</ul>\n");
        listing = mark > 0;
        if (size) {
            buffer_add_text(out, listing ? "<li>" : "<p>");
            add_escaped(out, text + mark, size - mark);
            buffer_add_text(out, listing ? "</li>\n" : "</p>\n");
        }
        text += size + (text[size] == '\n');
    }
    if (listing) buffer_add_text(out, "</ul>\n");
}

static bool is_short(const struct table *table) {
    size_t bytes = 0;
    for (size_t i = 0; i < table->cells.count && bytes <= SHORT_BYTES; i++) bytes += strlen(table->cells.items[i]);
    return bytes <= SHORT_BYTES && table->cells.count <= SHORT_ROWS * table->columns;
}

/* Every table says what it is about: its caption, else the heading it stands under. The first cell of a row is what the row is about. */
static void add_table(struct buffer *out, const struct block *block, const char *heading) {
    const struct table *table = &block->table;
    buffer_format(out, "<div class=\"wide%s\"><table>\n<caption", is_short(table) ? " short" : "");
    buffer_add_text(out, block->text ? ">" : " class=\"named\">");
    add_escaped(out, block->text ? block->text : heading, strlen(block->text ? block->text : heading));
    buffer_add_text(out, "</caption>\n");
    buffer_add_text(out, "<thead><tr>");
    for (size_t c = 0; c < table->columns; c++) {
        buffer_format(out, "<th scope=\"col\"%s>", table->right[c] ? " class=\"n\"" : "");
        add_escaped(out, table->headers[c], strlen(table->headers[c]));
        buffer_add_text(out, "</th>");
    }
    buffer_add_text(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i + table->columns <= table->cells.count; i += table->columns) {
        buffer_add_text(out, "<tr>");
        for (size_t c = 0; c < table->columns; c++) {
            buffer_format(out, "<%s%s>", c ? "td" : "th scope=\"row\"", table->right[c] ? " class=\"n\"" : "");
            add_escaped(out, table->cells.items[i + c], strlen(table->cells.items[i + c]));
            buffer_add_text(out, c ? "</td>" : "</th>");
        }
        buffer_add_text(out, "</tr>\n");
    }
    buffer_add_text(out, "</tbody></table></div>\n");
}

static void add_block(struct buffer *out, const struct block *block, const char *heading) {
    switch (block->kind) {
    case BLOCK_HEADING: add_element(out, "h2", block->text); break;
    case BLOCK_TEXT: add_lines(out, block->text); break;
    case BLOCK_TABLE: add_table(out, block, heading); break;
    case BLOCK_IMAGE: buffer_format(out, "<figure>%s</figure>\n", block->text); break;
    case BLOCK_BREAK: buffer_add_text(out, "</section>\n<section class=\"sheet\">\n"); break;
    }
}

void export_html(const struct document *document, const char *title, const struct sheet *only, bool korean, struct buffer *out) {
    buffer_format(out, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n", korean ? "ko" : "en");
    add_element(out, "title", title);
    buffer_format(out, "<style>\n%s</style>\n</head>\n<body>\n<main>\n<section>\n", style);
    add_element(out, "h1", title);
    if (only) add_element(out, "h2", only->title);
    const char *heading = only ? only->title : title;
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        if (block->kind == BLOCK_HEADING && !only) heading = block->text;
        if (!only || (i >= only->first && i <= only->last && block->kind == BLOCK_TABLE)) add_block(out, block, heading);
    }
    buffer_add_text(out, "</section>\n</main>\n</body>\n</html>\n");
}
