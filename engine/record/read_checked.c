/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row is read as for an import. Where that refuses a cell, the cell is put on the list, left out, and the row read again, until nothing more is refused: so each
 * reader of a record stays the one that says what is right, and none has to go on after its first refusal.
 */
#include "read_checked.h"

#include <string.h>

#include "collect.h"
#include "file_format.h"

struct checking {
    struct checked_file *file;
    struct collector collector;
    VECTOR(size_t) rows;
    bool whole; /* every field that a record needs has a column */
};

/* ---- one record ---- */

static ieum_status judge(enum record_kind kind, struct vocabulary *vocabulary, const jval *json, struct problem *problem) {
    union {
        struct supplier supplier;
        struct demand demand;
        struct outcome outcome;
        struct decision decision;
    } record;
    struct arena *arena = arena_new();
    ieum_status status = IEUM_INTERNAL;
    if (!arena) return problem_set_memory(problem);
    if (vocabulary && (status = vocabulary_check(vocabulary, kind, json, NULL, problem)) != IEUM_OK) {
        arena_free(arena);
        return status;
    }
    switch (kind) {
    case RECORD_SUPPLIER:
        status = supplier_read(json, NULL, arena, &record.supplier, problem);
        if (status == IEUM_OK) jval_free(record.supplier.json);
        break;
    case RECORD_DEMAND:
        status = demand_read(json, NULL, arena, &record.demand, problem);
        if (status == IEUM_OK) jval_free(record.demand.json);
        break;
    case RECORD_OUTCOME:
        status = outcome_read(json, NULL, arena, &record.outcome, problem);
        if (status == IEUM_OK) jval_free(record.outcome.json);
        break;
    case RECORD_DECISION:
        status = decision_read(json, NULL, arena, &record.decision, problem);
        if (status == IEUM_OK) jval_free(record.decision.json);
        break;
    }
    arena_free(arena);
    return status;
}

static ieum_status keep(struct checking *checking, const jval *json, size_t row, struct problem *problem) {
    ieum_status status = collector_add(&checking->collector, json, NULL, row, problem);
    if (status == IEUM_OK && !vector_push(&checking->rows, row)) status = problem_set_memory(problem);
    return status;
}

/* ---- rows of a grid ---- */

static const char *field_of(const struct grid *grid, size_t column, const char *pointer) {
    if (column && grid->columns[column - 1].field < COLUMN_NO_FIELD) return grid->headers.fields[grid->columns[column - 1].field].id;
    return pointer;
}

static ieum_status note(struct checking *checking, size_t row, size_t column, struct problem *problem) {
    const struct grid *grid = &checking->file->grid;
    const char *name = column && column <= grid->column_count ? grid->columns[column - 1].name : "";
    char pointer[sizeof problem->pointer];
    memcpy(pointer, problem->pointer, sizeof pointer);
    return bad_cells_add(&checking->file->bad, grid->table.rows[row].number, column, name, field_of(grid, column <= grid->column_count ? column : 0, pointer), problem);
}

/* What is wrong with cells as such, whatever they hold. */
static ieum_status check_cells(struct checking *checking, size_t row, bool *right, struct problem *problem) {
    struct grid *grid = &checking->file->grid;
    ieum_status status = IEUM_OK;
    for (size_t from = 0; status == IEUM_OK && grid_check_cells(grid, row, from, problem) != IEUM_OK;) {
        from = problem->column;
        *right = false;
        grid_leave_out_column(grid, from - 1);
        status = note(checking, row, from, problem);
    }
    return status;
}

static ieum_status check_row(struct checking *checking, size_t row, struct problem *problem) {
    struct checked_file *file = checking->file;
    struct grid *grid = &file->grid;
    bool right = true;
    grid_begin_row(grid);
    if (grid_check_example(grid, row, problem) != IEUM_OK) return note(checking, row, 0, problem);
    ieum_status status = check_cells(checking, row, &right, problem);
    while (status == IEUM_OK) {
        jval *record = NULL;
        status = grid_record(grid, row, &record, problem);
        if (status == IEUM_OK)
            status = right && checking->whole ? keep(checking, record, grid->table.rows[row].number, problem) :
                                                   judge(file->set.kind, checking->collector.vocabulary, record, problem);
        jval_free(record);
        if (status == IEUM_OK || (status != IEUM_INVALID && status != IEUM_LIMIT)) return status;
        right = false;
        const bool again = grid_leave_out(grid, problem->pointer);
        status = note(checking, row, grid_locate(grid, problem->pointer), problem);
        if (!again) break;
    }
    return status;
}

static ieum_status check_grid(struct checking *checking, const char *bytes, size_t size, const char *data_folder, const struct file_choices *choices,
                              struct problem *problem) {
    struct checked_file *file = checking->file;
    struct grid *grid = &file->grid;
    ieum_status status = grid_open(file->set.kind, bytes, size, data_folder, choices ? &choices->mapping : NULL, &file->bad, grid, &file->charset, problem);
    grid->numbered = grid->strict = true;
    grid->spreadsheet = file->sheets.items.count > 0;
    checking->whole = true;
    for (size_t i = 0; i < grid->headers.count && status == IEUM_OK; i++)
        if (headers_missing(&grid->headers, grid->columns, grid->column_count, i)) checking->whole = false;
    for (size_t row = 1; row < grid->table.row_count && status == IEUM_OK; row++) {
        status = check_row(checking, row, problem);
        file->row_count++;
    }
    return status;
}

static ieum_status check_sheet(struct checking *checking, const char *bytes, size_t size, const char *data_folder, const struct file_choices *choices,
                               struct problem *problem) {
    struct buffer csv = BUFFER_EMPTY;
    ieum_status status = spreadsheet_to_csv(bytes, size, choices ? choices->sheet : NULL, &csv, &checking->file->sheets, problem);
    if (status == IEUM_OK) status = check_grid(checking, csv.bytes ? csv.bytes : "", csv.size, data_folder, choices, problem);
    buffer_free(&csv);
    return status;
}

/* ---- JSON ---- */

static ieum_status check_json(struct checking *checking, const jval *json, size_t row, struct problem *problem) {
    checking->file->row_count++;
    ieum_status status = keep(checking, json, row, problem);
    if (status != IEUM_INVALID && status != IEUM_LIMIT) return status;
    char pointer[sizeof problem->pointer];
    memcpy(pointer, problem->pointer, sizeof pointer);
    return bad_cells_add(&checking->file->bad, row, 0, "", pointer, problem);
}

static ieum_status check_list(struct checking *checking, const char *bytes, size_t size, struct problem *problem) {
    jval *whole = NULL;
    ieum_status status = jval_parse(bytes, size, &whole, problem);
    const jval *inside = jval_get(whole, record_kind_names[checking->file->set.kind]);
    const jval *list = jval_is(whole, JVAL_ARRAY) ? whole : jval_is(inside, JVAL_ARRAY) ? inside : NULL;
    if (status == IEUM_OK && !list) status = check_json(checking, whole, 1, problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) status = check_json(checking, jval_at(list, i), i + 1, problem);
    jval_free(whole);
    return status;
}

static ieum_status check_lines(struct checking *checking, const char *bytes, size_t size, struct problem *problem) {
    ieum_status status = IEUM_OK;
    size_t start = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (size_t line = 1, next; start < size && status == IEUM_OK; start = next, line++) {
        const char *newline = memchr(bytes + start, '\n', size - start);
        const size_t end = newline ? (size_t)(newline - bytes) : size;
        jval *json = NULL;
        size_t from = start;
        next = newline ? end + 1 : size;
        while (from < end && memchr(" \t\r", bytes[from], 3)) from++;
        if (from == end) continue;
        status = jval_parse(bytes + start, end - start, &json, problem);
        if (status == IEUM_OK) status = check_json(checking, json, line, problem);
        else {
            checking->file->row_count++;
            status = bad_cells_add(&checking->file->bad, line, problem->column, "", "", problem);
        }
        jval_free(json);
    }
    return status;
}

/* ---- a file ---- */

static ieum_status check_format(struct checking *checking, const char *file_name, const char *bytes, size_t size, const char *data_folder,
                                const struct file_choices *choices, struct problem *problem) {
    struct checked_file *file = checking->file;
    file->charset = "UTF-8";
    switch (file_format_of(file_name, bytes, size)) {
    case FORMAT_JSON: file->format = "json"; return check_list(checking, bytes, size, problem);
    case FORMAT_LINES: file->format = "jsonl"; return check_lines(checking, bytes, size, problem);
    case FORMAT_CSV: file->format = "csv"; return check_grid(checking, bytes, size, data_folder, choices, problem);
    case FORMAT_XLSX: file->format = "xlsx"; return check_sheet(checking, bytes, size, data_folder, choices, problem);
    case FORMAT_UNKNOWN: break;
    }
    return file_format_refuse(file_name, problem);
}

ieum_status checked_file_read(enum record_kind kind, const char *file_name, const char *bytes, size_t size, const char *data_folder,
                              const struct file_choices *choices, struct checked_file *file, struct problem *problem) {
    struct checking checking = {.file = file};
    *file = (struct checked_file){.arena = arena_new(), .set.kind = kind};
    file->bad.arena = file->arena;
    struct vocabulary *vocabulary = NULL;
    ieum_status status = file->arena ? file_size_check(size, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && kind < RECORD_KINDS) status = vocabulary_open(data_folder, &vocabulary, problem);
    if (status == IEUM_OK) status = collector_open(kind, &checking.collector, problem);
    checking.collector.keep_twice = true;
    checking.collector.vocabulary = vocabulary;
    if (status == IEUM_OK) status = check_format(&checking, file_name, bytes, size, data_folder, choices, problem);
    if (status == IEUM_OK) {
        collector_finish(&checking.collector, &file->set);
        bad_cells_sort(&file->bad);
        file->rows = checking.rows.items;
    } else {
        vector_free(&checking.rows);
        problem_set_place(problem, file_name, 0, 0);
    }
    collector_close(&checking.collector);
    vocabulary_free(vocabulary);
    return status;
}

void checked_file_free(struct checked_file *file) {
    grid_close(&file->grid);
    bad_cells_free(&file->bad);
    record_set_free(&file->set);
    sheet_names_free(&file->sheets);
    memory_free(file->rows);
    arena_free(file->arena);
    *file = (struct checked_file){0};
}
