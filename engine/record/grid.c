/* SPDX-License-Identifier: Apache-2.0 */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include "../adapt/charset.h"
#include "amount.h"
#include "cell_value.h"
#include "record_fields.h"

/* ---- values of one row ---- */

/* Adds a column's value to those of its field: lists go on, joined texts stand one below the other. */
static void merge_value(const struct header_field *field, jval **value, jval *added) {
    if (!*value) {
        *value = added;
    } else if (field->join) {
        struct buffer both = BUFFER_EMPTY;
        buffer_add_text(&both, jval_text(*value));
        buffer_add_text(&both, "\n");
        buffer_add_text(&both, jval_text(added));
        jval_free(*value);
        jval_free(added);
        *value = both.failed ? NULL : jval_new_text(both.bytes);
        buffer_free(&both);
    } else {
        for (size_t i = 0; i < jval_count(added); i++) jval_append(*value, jval_keep(jval_at(added, i)));
        jval_free(added);
    }
}

/* Lowest and highest price stand in two columns, and in one member [min, max]. */
static void pair_amounts(struct grid *grid) {
    jval **least = NULL, **most = NULL, **range = NULL;
    for (size_t i = 0; i < grid->headers.count; i++) {
        enum cell_type type = grid->headers.fields[i].type;
        if (type == CELL_AMOUNT_LEAST)
            least = &grid->values[i];
        else if (type == CELL_AMOUNT_MOST)
            most = &grid->values[i];
        else if (type == CELL_AMOUNT_RANGE)
            range = &grid->values[i];
    }
    if (!least || !most || !range || (!*least && !*most)) return;
    jval *pair = jval_new_array();
    jval_append(pair, *least);
    jval_append(pair, *most);
    *least = *most = NULL;
    jval_free(*range);
    *range = pair;
}

static void set_member(jval *record, jval **groups, const struct header_table *headers, size_t field, jval *value) {
    const char *group = headers->fields[field].group;
    if (!group) {
        jval_set(record, headers->fields[field].key, value);
        return;
    }
    size_t first = 0; /* a group is kept under the first field that has it */
    while (!headers->fields[first].group || strcmp(headers->fields[first].group, group) != 0) first++;
    if (!groups[first]) {
        groups[first] = jval_new_object();
        jval_set(record, group, jval_keep(groups[first]));
    }
    jval_set(groups[first], headers->fields[field].key, value);
}

/* A value that no check of its own refuses. */
static jval *stand_in(const struct header_field *field) {
    if (field->value_texts.count) return jval_new_text(field->value_texts.items[0]);
    switch (field->type) {
    case CELL_DATE: return jval_new_text("2000-01-01");
    case CELL_INTEGER:
    case CELL_NUMBER:
    case CELL_AMOUNT:
    case CELL_AMOUNT_LEAST: return jval_new_integer(0);
    case CELL_AMOUNT_MOST: return jval_new_integer(AMOUNT_MOST_KRW);
    case CELL_TEXT: return jval_new_text("x");
    default: return NULL; /* no record asks for a list */
    }
}

static void read_cells(struct grid *grid, size_t row) {
    memset(grid->values, 0, grid->headers.count * sizeof *grid->values);
    for (size_t i = 0; i < grid->column_count; i++) {
        const struct header_column *column = &grid->columns[i];
        grid->begins[i] = grid->shares[i] = 0;
        if (column->field >= COLUMN_NO_FIELD || grid->left_out[i]) continue;
        jval *value = cell_value(&grid->headers, column, csv_cell(&grid->table, row, i)), **whole = &grid->values[column->field];
        if (!value) continue;
        grid->begins[i] = jval_count(*whole);
        grid->shares[i] = jval_count(value);
        merge_value(&grid->headers.fields[column->field], whole, value);
    }
    for (size_t i = 0; i < grid->headers.count; i++)
        if (grid->stands_in[i] && !grid->values[i]) grid->values[i] = stand_in(&grid->headers.fields[i]);
    pair_amounts(grid);
}

/* Members in the table's order, whatever the order of the columns; unknown columns last. */
ieum_status grid_record(struct grid *grid, size_t row, jval **record, struct problem *problem) {
    const struct header_table *headers = &grid->headers;
    jval **groups = memory_allocate_zero(headers->count + 1, sizeof *groups);
    if (!groups) return problem_set_memory(problem);
    jval *built = jval_new_object();
    grid->row = row;
    read_cells(grid, row);
    for (size_t i = 0; i < headers->count; i++)
        if (grid->values[i]) set_member(built, groups, headers, i, grid->values[i]);
    for (size_t i = 0; i < headers->count; i++) jval_free(groups[i]);
    memory_free(groups);
    for (size_t i = 0; i < grid->column_count; i++) {
        if (grid->columns[i].field != COLUMN_EXTRA || grid->left_out[i]) continue;
        jval *value = cell_value(headers, &grid->columns[i], csv_cell(&grid->table, row, i));
        if (value) jval_set(built, grid->columns[i].name, value);
    }
    if (memory_failed()) {
        jval_free(built);
        return problem_set_memory(problem);
    }
    *record = built;
    return IEUM_OK;
}

/* ---- places ---- */

/* Whether an element of a list that several columns share is of this one's cell. */
static bool is_share(const struct grid *grid, size_t column, const char *tail) {
    if (*tail != '/' || !grid->shares[column]) return true;
    const size_t index = (size_t)strtoul(tail + 1, NULL, 10);
    return index - grid->begins[column] < grid->shares[column];
}

/*
 * The column whose field is the longest prefix of the pointer. The two ends of a range may stand in two columns: then the index at the pointer's end says which.
 */
size_t grid_locate(const struct grid *grid, const char *pointer) {
    size_t best = 0, best_size = 0;
    for (size_t i = 0; i < grid->column_count; i++) {
        if (grid->columns[i].field >= COLUMN_NO_FIELD) continue;
        const struct header_field *field = &grid->headers.fields[grid->columns[i].field];
        size_t size = strlen(field->pointer);
        if (size <= best_size || strncmp(pointer, field->pointer, size) != 0) continue;
        const char *tail = pointer + size;
        if (*tail && *tail != '/') continue;
        if (field->type == CELL_AMOUNT_LEAST && strcmp(tail, "/1") == 0) continue;
        if (field->type == CELL_AMOUNT_MOST && strcmp(tail, "/0") == 0) continue;
        if (!is_share(grid, i, tail)) continue;
        best = i + 1;
        best_size = size;
    }
    return best;
}

/* ---- leaving out ---- */

void grid_begin_row(struct grid *grid) {
    memset(grid->left_out, 0, grid->column_count * sizeof *grid->left_out);
    for (size_t i = 0; i < grid->headers.count; i++) grid->stands_in[i] = headers_missing(&grid->headers, grid->columns, grid->column_count, i);
}

void grid_leave_out_column(struct grid *grid, size_t column) {
    if (column >= grid->column_count) return;
    const size_t field = grid->columns[column].field;
    grid->left_out[column] = true;
    if (field < COLUMN_NO_FIELD && grid->headers.fields[field].required) grid->stands_in[field] = true;
}

bool grid_leave_out(struct grid *grid, const char *pointer) {
    const size_t column = grid_locate(grid, pointer);
    size_t field = column ? grid->columns[column - 1].field : 0;
    if (!column)
        while (field < grid->headers.count && strcmp(grid->headers.fields[field].pointer, pointer) != 0) field++;
    if (field == grid->headers.count) return false;
    /* What is left out already, or stands in already, cannot be mended by doing it again. */
    const bool new = column && !grid->left_out[column - 1];
    const enum cell_type type = grid->headers.fields[field].type;
    const bool ends = type == CELL_AMOUNT_LEAST || type == CELL_AMOUNT_MOST;
    const bool needed = grid->headers.fields[field].required || ends || !column || !*csv_cell(&grid->table, grid->row, column - 1);
    if (!new && (!needed || grid->stands_in[field])) return false;
    if (column) grid->left_out[column - 1] = true;
    if (needed) grid->stands_in[field] = true;
    return true;
}

/* ---- opening ---- */

static ieum_status bind_columns(struct grid *grid, const struct header_choices *choices, struct bad_cells *bad, struct problem *problem) {
    if (grid->table.row_count == 0)
        return problem_set(problem, IEUM_INVALID, "", "파일이 비어 있습니다. 첫 행에 열 이름이 있어야 합니다.",
                           "The file is empty: its first row must hold the names of the columns.");
    const size_t count = grid->table.rows[0].count;
    const char **names = arena_allocate_zero(grid->arena, count, sizeof *names);
    grid->columns = arena_allocate_zero(grid->arena, count, sizeof *grid->columns);
    grid->values = arena_allocate_zero(grid->arena, grid->headers.count, sizeof(jval *));
    grid->left_out = arena_allocate_zero(grid->arena, count, sizeof *grid->left_out);
    grid->shares = arena_allocate_zero(grid->arena, count, sizeof *grid->shares);
    grid->begins = arena_allocate_zero(grid->arena, count, sizeof *grid->begins);
    grid->stands_in = arena_allocate_zero(grid->arena, grid->headers.count, sizeof *grid->stands_in);
    if (!names || !grid->columns || !grid->values || !grid->left_out || !grid->shares || !grid->begins || !grid->stands_in) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) names[i] = csv_cell(&grid->table, 0, i);
    const struct csv_row *first = &grid->table.rows[0];
    ieum_status status = headers_bind(&grid->headers, names, count, choices, grid->arena, grid->columns, bad, first->number, problem);
    if (status != IEUM_OK) problem_set_place(problem, NULL, first->line, 0);
    else grid->column_count = count;
    return status;
}

ieum_status grid_open(enum record_kind kind, const char *bytes, size_t size, const char *data_folder, const struct header_choices *choices, struct bad_cells *bad,
                      struct grid *grid, const char **charset, struct problem *problem) {
    char *text = NULL;
    size_t text_size = 0;
    const char *found = NULL;
    ieum_status status;
    *grid = (struct grid){0};
    if ((status = charset_to_utf8(bytes, size, &text, &text_size, &found, problem)) || (status = csv_table_read(text, text_size, &grid->table, problem)) ||
        (status = headers_open(data_folder, kind, &grid->headers, problem)))
        goto done;
    grid->arena = arena_new();
    status = grid->arena ? bind_columns(grid, choices, bad, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && charset) *charset = found;
done:
    memory_free(text);
    return status;
}

void grid_close(struct grid *grid) {
    csv_table_free(&grid->table);
    headers_close(&grid->headers);
    arena_free(grid->arena);
    *grid = (struct grid){0};
}
