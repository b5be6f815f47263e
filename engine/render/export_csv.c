/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables as CSV that a spreadsheet opens as it is: UTF-8 with a byte order mark, lines ended by CR LF, cells quoted as RFC 4180 has it. With all tables in one file, each
 * has its title above and an empty line below.
 *
 * A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection"): one that begins with = + - @, their wide forms, a tab or a
 * carriage return, spaces before it or not. Numbers are no formulas, whatever their sign, nor is a single dash.
 */
#include <string.h>

#include "export.h"

static bool is_formula(const char *text) {
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"}; /* U+FF1D, U+FF0B, U+FF0D, U+FF20 */
    double number;
    int decimals;
    bool grouped, percent;
    if (strcmp(text, "-") == 0 || cell_number(text, &number, &decimals, &grouped, &percent)) return false;
    text += strspn(text, " ");
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(text, wide[i], 3) == 0) return true;
    return *text && strchr("=+-@\t\r\n", *text);
}

static void add_cell(struct buffer *out, const char *text) {
    const bool guarded = is_formula(text), quoted = strpbrk(text, ",\"\r\n") || *text == ' ' || (*text && text[strlen(text) - 1] == ' ');
    if (quoted) buffer_add_byte(out, '"');
    if (guarded) buffer_add_byte(out, '\'');
    for (; *text; text++) {
        if (*text == '"') buffer_add_byte(out, '"');
        buffer_add_byte(out, *text);
    }
    if (quoted) buffer_add_byte(out, '"');
}

static void add_sheet(const struct document *document, const struct sheet *sheet, bool korean, struct buffer *out) {
    struct sheet_row row = {0};
    while (sheet_next(document, sheet, korean, &row)) {
        for (size_t c = 0; c < row.count; c++) {
            if (c) buffer_add_byte(out, ',');
            add_cell(out, row.cells[c]);
        }
        buffer_add_text(out, "\r\n");
    }
}

void export_csv(const struct document *document, const struct sheets *sheets, const struct sheet *only, bool korean, struct buffer *out) {
    buffer_add_text(out, "\xEF\xBB\xBF");
    if (only) {
        add_sheet(document, only, korean, out);
        return;
    }
    for (size_t i = 0; i < sheets->list.count; i++) {
        if (i) buffer_add_text(out, "\r\n");
        add_cell(out, sheets->list.items[i].title);
        buffer_add_text(out, "\r\n");
        add_sheet(document, &sheets->list.items[i], korean, out);
    }
}
