/* SPDX-License-Identifier: Apache-2.0 */
#include "csv.h"

#include <csv.h>
#include <string.h>

#include "../base/buffer.h"
#include "../base/vector.h"

#define COLUMNS_MOST 256
#define CELL_MOST ((size_t)1 << 20)  /* bytes of a cell, and of a line */
#define CELL_STEP ((size_t)64 << 10)
#define ROWS_MOST 1000001 /* the names and a million records */

struct reading {
    struct buffer text;
    VECTOR(size_t) cells;
    VECTOR(struct csv_row) rows;
    struct csv_row row; /* the one being read */
    bool row_open, row_filled, failed;
    size_t line, number;
};

static void take_cell(void *bytes, size_t size, void *context) {
    struct reading *reading = context;
    if (reading->row.count >= COLUMNS_MOST) {
        reading->row.count++; /* counted, and refused when the row ends */
        return;
    }
    if (!vector_push(&reading->cells, reading->text.size)) reading->failed = true;
    if (size > 0) buffer_add(&reading->text, bytes, size);
    buffer_add_byte(&reading->text, '\0');
    reading->row.count++;
    if (size > 0) reading->row_filled = true;
}

static void take_row(int end, void *context) {
    struct reading *reading = context;
    (void)end;
    if (reading->row_filled && !vector_push(&reading->rows, reading->row)) reading->failed = true;
    reading->row_open = false;
}

static void *resize(void *block, size_t size) { return memory_resize(block, size, 1); }

static ieum_status refuse_wide(const struct reading *reading, struct problem *problem) {
    problem_set(problem, IEUM_LIMIT, "", "%zu행에 열이 너무 많습니다. 열은 %d개까지 받습니다.",
                "Line %zu has too many columns: at most %d are read.", reading->row.line, COLUMNS_MOST);
    problem_set_place(problem, NULL, reading->row.line, COLUMNS_MOST + 1);
    return problem->status;
}

static ieum_status refuse_long(const struct reading *reading, struct problem *problem) {
    problem_set(problem, IEUM_LIMIT, "", "행이 너무 많습니다. 이름 행을 빼고 %d행까지 받습니다.",
                "There are too many rows: at most %d are read besides the one with the names.", ROWS_MOST - 1);
    problem_set_place(problem, NULL, reading->line, 0);
    return problem->status;
}

static ieum_status refuse_quote(const struct reading *reading, bool unclosed, struct problem *problem) {
    if (unclosed)
        problem_set(problem, IEUM_INVALID, "", "%zu행에서 시작한 따옴표(\")가 닫히지 않았습니다.",
                    "A quote (\") that begins in the row of line %zu is not closed.", reading->row.line);
    else
        problem_set(problem, IEUM_INVALID, "",
                    "%zu행의 따옴표(\")를 읽을 수 없습니다. 따옴표가 든 칸은 전체를 따옴표로 묶고 안의 따옴표는 두 번 "
                    "적습니다.",
                    "The quotes in line %zu cannot be read: a cell with quotes is quoted as a whole, with its own "
                    "quotes doubled.",
                    reading->line);
    problem_set_expected(problem, "RFC 4180");
    problem_set_place(problem, NULL, unclosed ? reading->row.line : reading->line, reading->row.count + 1);
    return problem->status;
}

/* The end of a line with its line ending: LF, CR LF or a lone CR. */
static size_t line_end(const char *text, size_t size, size_t from) {
    while (from < size && text[from] != '\n' && text[from] != '\r') from++;
    if (from + 1 < size && text[from] == '\r' && text[from + 1] == '\n') from++;
    return from < size ? from + 1 : size;
}

static bool is_blank(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (!memchr(" \t\r\n", text[i], 4)) return false;
    return true;
}

static ieum_status refuse_cell(const struct reading *reading, struct problem *problem) {
    problem_set(problem, IEUM_LIMIT, "", "한 칸이나 한 줄의 글이 너무 깁니다. 따옴표가 빠지지 않았는지 확인하십시오.",
                "A cell or a line is too long; see whether a quotation mark is missing.");
    problem_set_place(problem, NULL, reading->line, 0);
    problem_set_expected(problem, "<= 1 MiB");
    return IEUM_LIMIT;
}

/* libcsv knows no lines, so it is fed one at a time: a row that is still open after a line goes on in the next. */
static ieum_status feed(struct csv_parser *parser, struct reading *reading, const char *text, size_t size,
                        struct problem *problem) {
    for (size_t start = 0, end; start < size; start = end) {
        end = line_end(text, size, start);
        reading->line++;
        if (!reading->row_open) {
            reading->number++;
            if (is_blank(text + start, end - start)) continue;
            reading->row = (struct csv_row){reading->cells.count, 0, reading->line, reading->number};
            reading->row_open = true;
            reading->row_filled = false;
        }
        if (end - start > CELL_MOST || parser->entry_pos > CELL_MOST) return refuse_cell(reading, problem);
        if (csv_parse(parser, text + start, end - start, take_cell, take_row, reading) != end - start)
            return csv_error(parser) == CSV_ENOMEM ? problem_set_memory(problem)
                                                   : refuse_quote(reading, false, problem);
        if (reading->failed || reading->text.failed) return problem_set_memory(problem);
        if (reading->row.count > COLUMNS_MOST) return refuse_wide(reading, problem);
        if (reading->rows.count > ROWS_MOST) return refuse_long(reading, problem);
    }
    bool open = reading->row_open;
    if (csv_fini(parser, take_cell, take_row, reading) != 0)
        return csv_error(parser) == CSV_ENOMEM ? problem_set_memory(problem) : refuse_quote(reading, true, problem);
    if (open && reading->row.count > COLUMNS_MOST) return refuse_wide(reading, problem);
    return reading->failed || reading->text.failed ? problem_set_memory(problem) : IEUM_OK;
}

ieum_status csv_table_read(const char *text, size_t size, struct csv_table *table, struct problem *problem) {
    struct csv_parser parser;
    struct reading reading = {0};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) return problem_set_memory(problem);
    csv_set_blk_size(&parser, CELL_STEP); /* grown by steps of this: small ones would copy a long cell over and over */
    csv_set_realloc_func(&parser, resize);
    csv_set_free_func(&parser, memory_free);
    ieum_status status = feed(&parser, &reading, text, size, problem);
    csv_free(&parser);
    if (status == IEUM_OK)
        *table = (struct csv_table){reading.text.bytes, reading.cells.items, reading.rows.items, reading.rows.count};
    else {
        buffer_free(&reading.text);
        vector_free(&reading.cells);
        vector_free(&reading.rows);
    }
    return status;
}

void csv_table_free(struct csv_table *table) {
    memory_free(table->text);
    memory_free(table->cells);
    memory_free(table->rows);
    *table = (struct csv_table){0};
}

const char *csv_cell(const struct csv_table *table, size_t row, size_t column) {
    const struct csv_row *found = &table->rows[row];
    return column < found->count ? table->text + table->cells[found->first + column] : "";
}
