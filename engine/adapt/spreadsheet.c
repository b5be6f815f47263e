/* SPDX-License-Identifier: Apache-2.0 */
#include "spreadsheet.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "../base/memory.h"
#include "../base/utf8.h"

enum { CELL_CHARACTERS = 32767, DECIMALS_MOST = 9, READ_SIZE = 65536 };

struct spreadsheet {
    int file; /* in memory, without a name in any folder */
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *header, *text, *numbers[DECIMALS_MOST + 1][2][2]; /* by decimals, grouped, percent; NULL until it is needed */
    lxw_error error;                                             /* the first */
};

static ieum_status refuse(struct problem *problem, const char *what) {
    return problem_set(problem, IEUM_STORE, "", "엑셀 파일을 만들 수 없습니다 (%s).", "The spreadsheet cannot be made (%s).", what);
}

static void keep_error(struct spreadsheet *book, lxw_error error) {
    if (book->error == LXW_NO_ERROR) book->error = error;
}

ieum_status spreadsheet_open(struct spreadsheet **made, struct problem *problem) {
    struct spreadsheet *book = memory_allocate_zero(1, sizeof *book);
    lxw_workbook_options options = {.tmpdir = "/dev/shm"};
    lxw_doc_properties properties = {.created = SPREADSHEET_CREATED};
    char path[40];
    if (!book) return problem_set_memory(problem);
    book->file = memfd_create("ieum-spreadsheet", MFD_CLOEXEC);
    if (book->file < 0) {
        memory_free(book);
        return refuse(problem, strerror(errno));
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", book->file);
    book->workbook = workbook_new_opt(path, &options);
    if (book->workbook) {
        workbook_set_properties(book->workbook, &properties);
        book->header = workbook_add_format(book->workbook);
        book->text = workbook_add_format(book->workbook);
    }
    if (!book->header || !book->text) {
        spreadsheet_close(book);
        return problem_set_memory(problem);
    }
    format_set_bold(book->header);
    format_set_bg_color(book->header, 0xEEF2F7);
    format_set_border(book->header, LXW_BORDER_THIN);
    format_set_text_wrap(book->header);
    format_set_align(book->header, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(book->text);
    format_set_align(book->text, LXW_ALIGN_VERTICAL_TOP);
    *made = book;
    return IEUM_OK;
}

ieum_status spreadsheet_add_sheet(struct spreadsheet *book, const char *title, struct problem *problem) {
    book->sheet = workbook_add_worksheet(book->workbook, title);
    if (!book->sheet) return refuse(problem, title);
    worksheet_set_paper(book->sheet, 9); /* A4 */
    worksheet_set_landscape(book->sheet);
    worksheet_fit_to_pages(book->sheet, 1, 0);
    return IEUM_OK;
}

void spreadsheet_set_width(struct spreadsheet *book, size_t column, double width) {
    keep_error(book, worksheet_set_column(book->sheet, (lxw_col_t)column, (lxw_col_t)column, width, NULL));
}

void spreadsheet_freeze_header(struct spreadsheet *book) {
    worksheet_freeze_panes(book->sheet, 1, 0);
    worksheet_repeat_rows(book->sheet, 0, 0);
}

/* What XML knows no character for becomes U+FFFD; the rest of a text that is too long is left out. NULL: no memory. */
static char *clean_text(const char *text) {
    size_t size = strlen(text);
    if (size > CELL_CHARACTERS) size = utf8_offset(text, size, CELL_CHARACTERS);
    char *clean = memory_allocate(size + 1);
    if (!clean) return NULL;
    memcpy(clean, text, size);
    clean[size] = '\0';
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)clean[i] < 0x20) clean[i] = ' ';
        if (i + 2 < size && clean[i] == '\xEF' && clean[i + 1] == '\xBF' && (unsigned char)clean[i + 2] >= 0xBE) clean[i + 2] = '\xBD';
    }
    return clean;
}

static void add_string(struct spreadsheet *book, size_t row, size_t column, const char *text, lxw_format *format) {
    char *clean = clean_text(text);
    keep_error(book, clean ? worksheet_write_string(book->sheet, (lxw_row_t)row, (lxw_col_t)column, clean, format) : LXW_ERROR_MEMORY_MALLOC_FAILED);
    memory_free(clean);
}

void spreadsheet_add_header(struct spreadsheet *book, size_t row, size_t column, const char *text) { add_string(book, row, column, text, book->header); }
void spreadsheet_add_text(struct spreadsheet *book, size_t row, size_t column, const char *text) { add_string(book, row, column, text, book->text); }

/* "#,##0.00%" and the like */
static lxw_format *number_format(struct spreadsheet *book, int decimals, bool grouped, bool percent) {
    lxw_format **format = &book->numbers[decimals][grouped][percent];
    char pattern[40];
    if (*format) return *format;
    *format = workbook_add_format(book->workbook);
    if (!*format) return NULL;
    snprintf(pattern, sizeof pattern, "%s0%s%.*s%s", grouped ? "#,##" : "", decimals ? "." : "", decimals, "000000000", percent ? "%" : "");
    format_set_num_format(*format, pattern);
    format_set_align(*format, LXW_ALIGN_VERTICAL_TOP);
    return *format;
}

void spreadsheet_add_number(struct spreadsheet *book, size_t row, size_t column, double number, int decimals, bool grouped, bool percent) {
    lxw_format *format = number_format(book, decimals < 0 ? 0 : decimals > DECIMALS_MOST ? DECIMALS_MOST : decimals, grouped, percent);
    keep_error(book, format ? worksheet_write_number(book->sheet, (lxw_row_t)row, (lxw_col_t)column, number, format) : LXW_ERROR_MEMORY_MALLOC_FAILED);
}

static ieum_status read_back(int file, struct buffer *out, struct problem *problem) {
    char bytes[READ_SIZE];
    ssize_t size;
    if (lseek(file, 0, SEEK_SET) < 0) return refuse(problem, strerror(errno));
    while ((size = read(file, bytes, sizeof bytes)) > 0) buffer_add(out, bytes, (size_t)size);
    if (size < 0) return refuse(problem, strerror(errno));
    return out->failed ? problem_set_memory(problem) : IEUM_OK;
}

ieum_status spreadsheet_finish(struct spreadsheet *book, struct buffer *out, struct problem *problem) {
    ieum_status status = IEUM_OK;
    lxw_error error = book->error;
    if (error == LXW_NO_ERROR) {
        error = workbook_close(book->workbook); /* frees it, whatever it says */
        book->workbook = NULL;
    }
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) status = problem_set_memory(problem);
    else if (error != LXW_NO_ERROR) status = refuse(problem, lxw_strerror(error));
    else status = read_back(book->file, out, problem);
    spreadsheet_close(book);
    return status;
}

void spreadsheet_close(struct spreadsheet *book) {
    if (!book) return;
    if (book->workbook) lxw_workbook_free(book->workbook);
    close(book->file);
    memory_free(book);
}
