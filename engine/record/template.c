/* SPDX-License-Identifier: Apache-2.0 */
#include "template.h"

#include <string.h>

#include "../adapt/spreadsheet.h"
#include "../base/utf8.h"

const char *const template_format_names[TEMPLATE_FORMATS] = {[TEMPLATE_CSV] = "csv", [TEMPLATE_XLSX] = "xlsx"};

enum { COLUMN_LEAST = 10, COLUMN_MOST = 44, NAMES_SHOWN = 4 };

struct writing {
    struct header_table headers;
    bool korean;
    struct buffer text; /* of one cell, on its way */
};

static const char *choose(const struct writing *writing, struct header_words words) { return writing->korean ? words.ko : words.en; }

static const char *form_of(const struct writing *writing, const struct header_field *field) {
    const jval *form = jval_get(writing->headers.forms, cell_type_names[field->type]);
    return jval_text(jval_get(form, writing->korean ? "ko" : "en"));
}

/* Fields without an example are known to the import but would only make the file wider. */
static bool has_column(const struct header_field *field) { return field->example != NULL; }

/* "설립일(2019-08-19)", "기업명*" */
static const char *column_name(struct writing *writing, const struct header_field *field) {
    const char *form = form_of(writing, field);
    buffer_clear(&writing->text);
    buffer_add_text(&writing->text, choose(writing, field->label));
    if (field->required) buffer_add_text(&writing->text, "*");
    if (*form) buffer_format(&writing->text, "(%s)", form);
    return writing->text.failed ? "" : writing->text.bytes;
}

/* ---- CSV ---- */

static void add_cell(struct buffer *out, bool first, const char *text) {
    if (!first) buffer_add_byte(out, ',');
    if (!strpbrk(text, ",\"\r\n")) {
        buffer_add_text(out, text);
        return;
    }
    buffer_add_byte(out, '"');
    for (; *text; text++) {
        if (*text == '"') buffer_add_byte(out, '"');
        buffer_add_byte(out, *text);
    }
    buffer_add_byte(out, '"');
}

static void write_csv(struct writing *writing, struct buffer *out) {
    buffer_add_text(out, "\xEF\xBB\xBF");
    for (int row = 0; row < 2; row++) {
        bool first = true;
        for (size_t i = 0; i < writing->headers.count; i++) {
            const struct header_field *field = &writing->headers.fields[i];
            if (!has_column(field)) continue;
            add_cell(out, first, row == 0 ? column_name(writing, field) : field->example);
            first = false;
        }
        buffer_add_text(out, "\r\n");
    }
}

/* ---- XLSX ---- */

static double width_of(const char *text) {
    const size_t width = utf8_text_width(text) + 2;
    return (double)(width < COLUMN_LEAST ? COLUMN_LEAST : width > COLUMN_MOST ? COLUMN_MOST : width);
}

static ieum_status write_form_sheet(struct writing *writing, struct spreadsheet *book, struct problem *problem) {
    ieum_status status = spreadsheet_add_sheet(book, writing->korean ? "자료" : "records", problem);
    size_t column = 0;
    for (size_t i = 0; i < writing->headers.count && status == IEUM_OK; i++) {
        const struct header_field *field = &writing->headers.fields[i];
        if (!has_column(field)) continue;
        const char *name = column_name(writing, field);
        spreadsheet_set_width(book, column, width_of(name));
        spreadsheet_add_header(book, 0, column, name);
        spreadsheet_add_text(book, 1, column++, field->example);
    }
    if (status == IEUM_OK) spreadsheet_freeze_header(book);
    return status;
}

/* The names that a column may have as well. */
static const char *other_names(struct writing *writing, const struct header_field *field) {
    char label[HEADER_NAME_MOST], name[HEADER_NAME_MOST];
    size_t told = 0;
    header_normalise(choose(writing, field->label), label);
    buffer_clear(&writing->text);
    for (size_t i = 0; i < field->names.count && told < NAMES_SHOWN; i++) {
        const bool ascii = (unsigned char)field->names.items[i][0] < 0x80;
        header_normalise(field->names.items[i], name);
        if (ascii == writing->korean || strcmp(name, label) == 0) continue;
        buffer_format(&writing->text, told++ ? ", %s" : "%s", field->names.items[i]);
    }
    return writing->text.failed || !told ? "" : writing->text.bytes;
}

static void write_note(struct writing *writing, struct spreadsheet *book, size_t row, const struct header_field *field) {
    const char *note = choose(writing, field->note), *form = form_of(writing, field);
    spreadsheet_add_text(book, row, 0, choose(writing, field->label));
    spreadsheet_add_text(book, row, 1, !field->required ? "" : writing->korean ? "필수" : "required");
    buffer_clear(&writing->text);
    buffer_format(&writing->text, "%s%s%s", form, note && *form ? "; " : "", note ? note : "");
    spreadsheet_add_text(book, row, 2, writing->text.failed ? "" : writing->text.bytes);
    spreadsheet_add_text(book, row, 3, field->example ? field->example : "");
    spreadsheet_add_text(book, row, 4, other_names(writing, field));
}

static ieum_status write_notes_sheet(struct writing *writing, struct spreadsheet *book, struct problem *problem) {
    static const char *const ko[] = {"열 이름", "필수", "적는 법", "보기", "같은 뜻의 열 이름"}, *const en[] = {"column", "needed", "form", "example", "other names"};
    static const double widths[] = {22, 10, 48, 44, 48};
    ieum_status status = spreadsheet_add_sheet(book, writing->korean ? "적는 법" : "notes", problem);
    if (status != IEUM_OK) return status;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        spreadsheet_set_width(book, i, widths[i]);
        spreadsheet_add_header(book, 0, i, writing->korean ? ko[i] : en[i]);
    }
    for (size_t i = 0; i < writing->headers.count; i++) write_note(writing, book, i + 1, &writing->headers.fields[i]);
    spreadsheet_add_text(book, writing->headers.count + 2, 0,
                         writing->korean ? "'자료' 시트의 보기 행을 지우고 한 줄에 하나씩 적으십시오. 쓰지 않는 열은 지워도 됩니다."
                                         : "Take out the example row of the sheet 'records' and write one record a row. Columns that are not used may be deleted.");
    spreadsheet_freeze_header(book);
    return IEUM_OK;
}

static ieum_status write_xlsx(struct writing *writing, struct buffer *out, struct problem *problem) {
    struct spreadsheet *book = NULL;
    ieum_status status = spreadsheet_open(&book, problem);
    if (status == IEUM_OK) status = write_form_sheet(writing, book, problem);
    if (status == IEUM_OK) status = write_notes_sheet(writing, book, problem);
    if (status == IEUM_OK) return spreadsheet_finish(book, out, problem);
    spreadsheet_close(book);
    return status;
}

ieum_status template_write(enum record_kind kind, enum template_format format, bool korean, const char *data_folder, struct buffer *out, struct problem *problem) {
    struct writing writing = {.korean = korean};
    ieum_status status = headers_open(data_folder, kind, &writing.headers, problem);
    if (status != IEUM_OK) return status;
    if (format == TEMPLATE_XLSX) status = write_xlsx(&writing, out, problem);
    else write_csv(&writing, out);
    if (status == IEUM_OK && (out->failed || writing.text.failed)) status = problem_set_memory(problem);
    buffer_free(&writing.text);
    headers_close(&writing.headers);
    return status;
}
