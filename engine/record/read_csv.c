/* SPDX-License-Identifier: Apache-2.0 */
#include "read_csv.h"

#include <string.h>

#include "../adapt/charset.h"
#include "../adapt/csv.h"
#include "cell_value.h"

struct csv_file {
    struct csv_table table;
    struct header_table headers;
    struct arena *arena;
    struct header_column *columns;
    size_t column_count;
    jval **values; /* one per field, while a row is read */
};

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
static void pair_amounts(struct csv_file *file) {
    jval **least = NULL, **most = NULL, **range = NULL;
    for (size_t i = 0; i < file->headers.count; i++) {
        enum cell_type type = file->headers.fields[i].type;
        if (type == CELL_AMOUNT_LEAST)
            least = &file->values[i];
        else if (type == CELL_AMOUNT_MOST)
            most = &file->values[i];
        else if (type == CELL_AMOUNT_RANGE)
            range = &file->values[i];
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

static void read_cells(struct csv_file *file, size_t row) {
    memset(file->values, 0, file->headers.count * sizeof *file->values);
    for (size_t i = 0; i < file->column_count; i++) {
        const struct header_column *column = &file->columns[i];
        if (column->field >= COLUMN_BLANK) continue;
        jval *value = cell_value(&file->headers, column, csv_cell(&file->table, row, i));
        if (value) merge_value(&file->headers.fields[column->field], &file->values[column->field], value);
    }
    pair_amounts(file);
}

/* Members in the table's order, whatever the order of the columns; unknown columns last. */
static ieum_status build_record(struct csv_file *file, size_t row, jval **record, struct problem *problem) {
    const struct header_table *headers = &file->headers;
    jval **groups = memory_allocate_zero(headers->count + 1, sizeof *groups);
    if (!groups) return problem_set_memory(problem);
    jval *built = jval_new_object();
    read_cells(file, row);
    for (size_t i = 0; i < headers->count; i++)
        if (file->values[i]) set_member(built, groups, headers, i, file->values[i]);
    for (size_t i = 0; i < headers->count; i++) jval_free(groups[i]);
    memory_free(groups);
    for (size_t i = 0; i < file->column_count; i++) {
        if (file->columns[i].field != COLUMN_EXTRA) continue;
        jval *value = cell_value(headers, &file->columns[i], csv_cell(&file->table, row, i));
        if (value) jval_set(built, file->columns[i].name, value);
    }
    if (memory_failed()) {
        jval_free(built);
        return problem_set_memory(problem);
    }
    *record = built;
    return IEUM_OK;
}

/* ---- places ---- */

/*
 * The 1-based column whose field is the longest prefix of the pointer; 0 when the file has no such column. The two ends
 * of a range may stand in two columns: then the index at the pointer's end says which.
 */
static size_t locate_column(const struct csv_file *file, const char *pointer) {
    size_t best = 0, best_size = 0;
    for (size_t i = 0; i < file->column_count; i++) {
        if (file->columns[i].field >= COLUMN_BLANK) continue;
        const struct header_field *field = &file->headers.fields[file->columns[i].field];
        size_t size = strlen(field->pointer);
        if (size <= best_size || strncmp(pointer, field->pointer, size) != 0) continue;
        const char *tail = pointer + size;
        if (*tail && *tail != '/') continue;
        if (field->type == CELL_AMOUNT_LEAST && strcmp(tail, "/1") == 0) continue;
        if (field->type == CELL_AMOUNT_MOST && strcmp(tail, "/0") == 0) continue;
        best = i + 1;
        best_size = size;
    }
    return best;
}

/* A cell where no column has a name cannot be told from a slip of the comma. */
static ieum_status check_width(const struct csv_file *file, size_t row, struct problem *problem) {
    for (size_t i = 0; i < file->table.rows[row].count; i++) {
        const char *cell = csv_cell(&file->table, row, i);
        if ((i < file->column_count && file->columns[i].field != COLUMN_BLANK) || !*cell) continue;
        problem_set(problem, IEUM_INVALID, "",
                    "%zu행 %zu열은 이름이 없는 열입니다. 쉼표나 따옴표가 잘못되지 않았는지 확인하십시오.",
                    "Line %zu, column %zu: this column has no name. Check for a comma or a quote that is out of place.",
                    file->table.rows[row].line, i + 1);
        problem_set_value(problem, cell);
        problem_set_place(problem, NULL, file->table.rows[row].line, i + 1);
        return problem->status;
    }
    return IEUM_OK;
}

static ieum_status add_row(struct csv_file *file, struct collector *collector, size_t row, struct problem *problem) {
    jval *record = NULL;
    size_t line = file->table.rows[row].line;
    ieum_status status = check_width(file, row, problem);
    if (status == IEUM_OK) status = build_record(file, row, &record, problem);
    if (status == IEUM_OK) {
        status = collector_add(collector, record, NULL, line, problem);
        if (status != IEUM_OK) problem_set_place(problem, NULL, line, locate_column(file, problem->pointer));
    }
    jval_free(record);
    return status;
}

static ieum_status bind_columns(struct csv_file *file, struct problem *problem) {
    if (file->table.row_count == 0)
        return problem_set(problem, IEUM_INVALID, "", "파일이 비어 있습니다. 첫 행에 열 이름이 있어야 합니다.",
                           "The file is empty: its first row must hold the names of the columns.");
    size_t count = file->table.rows[0].count;
    const char **names = arena_allocate_zero(file->arena, count, sizeof *names);
    file->columns = arena_allocate_zero(file->arena, count, sizeof *file->columns);
    file->values = arena_allocate_zero(file->arena, file->headers.count, sizeof(jval *));
    if (!names || !file->columns || !file->values) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) names[i] = csv_cell(&file->table, 0, i);
    ieum_status status = headers_bind(&file->headers, names, count, file->arena, file->columns, problem);
    if (status != IEUM_OK)
        problem_set_place(problem, NULL, file->table.rows[0].line, 0);
    else
        file->column_count = count;
    return status;
}

ieum_status csv_records_read(struct collector *collector, const char *bytes, size_t size, const char *data_folder,
                             struct problem *problem) {
    struct csv_file file = {0};
    char *text = NULL;
    size_t text_size = 0;
    const char *charset = NULL;
    ieum_status status;
    if ((status = charset_to_utf8(bytes, size, &text, &text_size, &charset, problem)) ||
        (status = csv_table_read(text, text_size, &file.table, problem)) ||
        (status = headers_open(data_folder, collector->kind, &file.headers, problem)))
        goto done;
    file.arena = arena_new();
    if (!file.arena) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = bind_columns(&file, problem);
    for (size_t row = 1; row < file.table.row_count && status == IEUM_OK; row++)
        status = add_row(&file, collector, row, problem);
done:
    memory_free(text);
    csv_table_free(&file.table);
    headers_close(&file.headers);
    arena_free(file.arena);
    return status;
}
