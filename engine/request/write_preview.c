/* SPDX-License-Identifier: Apache-2.0 */
#include "write_preview.h"

#include <string.h>

#include "../base/utf8.h"

enum { SAMPLES = 3, SAMPLE_BYTES = 120, DIFFERING = 200 };

static jval *write_words(const char *ko, const char *en) {
    jval *object = jval_new_object();
    jval_set_text(object, "ko", ko);
    jval_set_text(object, "en", en);
    return object;
}

/* ---- columns and fields ---- */

static jval *write_sample(const struct grid *grid, size_t column) {
    jval *array = jval_new_array();
    for (size_t row = 1; row < grid->table.row_count && jval_count(array) < SAMPLES; row++) {
        const char *cell = csv_cell(&grid->table, row, column);
        if (*cell) jval_append(array, jval_new_text_size(cell, utf8_cut(cell, strlen(cell), SAMPLE_BYTES)));
    }
    return array;
}

static bool is_amount(enum cell_type type) {
    return type == CELL_AMOUNT || type == CELL_AMOUNT_RANGE || type == CELL_AMOUNT_LEAST || type == CELL_AMOUNT_MOST;
}

static jval *write_columns(const struct grid *grid) {
    static const char *const hows[] = {[COLUMN_KNOWN] = "known", [COLUMN_WEAK] = "weak", [COLUMN_CHOSEN] = "chosen", [COLUMN_NOT_KNOWN] = "unknown"};
    jval *array = jval_new_array();
    for (size_t i = 0; i < grid->column_count; i++) {
        const struct header_column *column = &grid->columns[i];
        const struct header_field *field = column->field < COLUMN_NO_FIELD ? &grid->headers.fields[column->field] : NULL;
        jval *object = jval_new_object();
        jval_set_integer(object, "column", (int64_t)i + 1);
        jval_set_text(object, "header", column->name);
        jval_set_text(object, "field", field ? field->id : NULL);
        jval_set_text(object, "how", column->field == COLUMN_EXTRA ? "extra" : hows[column->how]);
        if (field && is_amount(field->type)) jval_set_integer(object, "unit", column->scale);
        jval_set(object, "sample", write_sample(grid, i));
        jval_append(array, object);
    }
    return array;
}

static jval *write_fields(const struct grid *grid) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < grid->headers.count; i++) {
        const struct header_field *field = &grid->headers.fields[i];
        jval *object = jval_new_object();
        jval_set_text(object, "field", field->id);
        jval_set(object, "label", write_words(field->label.ko, field->label.en));
        jval_set_bool(object, "required", field->required);
        jval_append(array, object);
    }
    return array;
}

static jval *write_missing(const struct grid *grid) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < grid->headers.count; i++)
        if (headers_missing(&grid->headers, grid->columns, grid->column_count, i)) jval_append_text(array, grid->headers.fields[i].id);
    return array;
}

/* ---- what is wrong ---- */

static jval *write_problems(const struct bad_cells *bad) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < bad->items.count; i++) {
        const struct bad_cell *cell = &bad->items.items[i];
        jval *object = jval_new_object();
        jval_set_integer(object, "row", (int64_t)cell->row);
        if (cell->column) jval_set_integer(object, "column", (int64_t)cell->column);
        jval_set_text(object, "header", cell->header);
        jval_set_text(object, "field", cell->field);
        jval_set_text(object, "value", cell->value);
        if (*cell->expected) jval_set_text(object, "expected", cell->expected);
        jval_set(object, "text", write_words(cell->ko, cell->en));
        jval_append(array, object);
    }
    return array;
}

/* ---- what is there already ---- */

static void add_difference(jval *array, const char *group, const char *key, const jval *there, const jval *here) {
    struct buffer field = BUFFER_EMPTY;
    if (there && here && jval_equal(there, here)) return;
    buffer_format(&field, *group ? "/%s/%s" : "/%s%s", *group ? group : key, *group ? key : "");
    jval *object = jval_new_object();
    jval_set_text(object, "field", field.bytes);
    jval_set(object, "stored", there ? jval_keep(there) : NULL);
    jval_set(object, "file", here ? jval_keep(here) : NULL);
    jval_append(array, object);
    buffer_free(&field);
}

/* Member by member, a group of members (the firm of a demand) one level down. The id is told beside. */
static void add_differences(jval *array, const char *group, const jval *there, const jval *here) {
    for (int side = 0; side < 2; side++) {
        const jval *one = side == 0 ? here : there;
        for (void *i = jval_first(one); i; i = jval_next(one, i)) {
            const char *key = jval_key(i);
            const jval *a = jval_get(there, key), *b = jval_get(here, key);
            if ((side == 1 && b) || (!*group && strcmp(key, "id") == 0)) continue; /* told from the other side */
            if (!*group && jval_is(a, JVAL_OBJECT) && jval_is(b, JVAL_OBJECT)) add_differences(array, key, a, b);
            else add_difference(array, group, key, a, b);
        }
    }
}

static const jval *json_of(const struct record_set *set, size_t index) {
    return set->kind == RECORD_SUPPLIER ? set->suppliers[index].json : set->kind == RECORD_DEMAND ? set->demands[index].json : set->outcomes[index].json;
}

static ieum_status write_differences(struct store *store, const struct import_answer *answer, const struct import_duplicate *duplicate, jval **array,
                                     struct problem *problem) {
    const struct record_set *set = &answer->file.set;
    struct record_set one = {0};
    const jval *there = duplicate->other != SIZE_MAX ? json_of(set, duplicate->other) : NULL;
    ieum_status status = IEUM_OK;
    *array = jval_new_array();
    if (!there) status = store_load_one(store, set->kind, duplicate->id, &one, problem);
    if (status == IEUM_OK) add_differences(*array, "", there ? there : json_of(&one, 0), json_of(set, duplicate->index));
    record_set_free(&one);
    return status;
}

static ieum_status write_duplicate(struct store *store, const struct import_answer *answer, size_t index, jval *array, struct problem *problem) {
    const struct import_duplicate *duplicate = &answer->duplicates[index];
    jval *object = jval_new_object(), *existing = jval_new_object(), *choices = jval_new_array(), *differences = NULL;
    jval_set_integer(object, "row", (int64_t)answer->file.rows[duplicate->index]);
    jval_set_text(object, "id", jval_get_text(json_of(&answer->file.set, duplicate->index), "id"));
    jval_set_text(object, "reason", duplicate_reason_names[duplicate->reason]);
    if (duplicate->other != SIZE_MAX) jval_set_integer(existing, "row", (int64_t)answer->file.rows[duplicate->other]);
    jval_set_text(existing, "id", duplicate->id);
    jval_set_text(existing, "name", duplicate->name);
    jval_set_text(existing, "region", duplicate->region);
    jval_set(object, "existing", existing);
    for (int choice = duplicate->reason == DUPLICATE_SAME_ID ? MERGE_REPLACE : MERGE_KEEP_BOTH; choice < MERGE_CHOICES; choice++)
        jval_append_text(choices, merge_choice_names[choice]);
    jval_set(object, "choices", choices);
    jval_set_bool(object, "asks", duplicate->asks);
    jval_set_text(object, "choice", duplicate->choice ? merge_choice_names[duplicate->choice] : NULL);
    ieum_status status = index < DIFFERING ? write_differences(store, answer, duplicate, &differences, problem) : IEUM_OK;
    if (differences) jval_set(object, "differs", differences);
    jval_append(array, object);
    return status;
}

/* ---- all together ---- */

ieum_status write_preview(struct store *store, const struct import_question *question, const struct import_answer *answer, jval **result, struct problem *problem) {
    const struct checked_file *file = &answer->file;
    jval *object = jval_new_object(), *duplicates = jval_new_array();
    ieum_status status = IEUM_OK;
    jval_set_bool(object, "preview", true);
    jval_set_text(object, "kind", record_kind_names[question->kind]);
    jval_set_text(object, "name", question->name);
    jval_set_text(object, "format", file->format);
    jval_set_text(object, "encoding", file->charset);
    if (file->sheets.items.count) {
        jval *sheets = jval_new_array();
        for (size_t i = 0; i < file->sheets.items.count; i++) jval_append_text(sheets, file->sheets.items.items[i]);
        jval_set(object, "sheets", sheets);
        jval_set_text(object, "sheet", file->sheets.items.items[file->sheets.chosen]);
    }
    jval_set_text(object, "table", answer->table);
    jval_set_integer(object, "rows", (int64_t)file->row_count);
    jval_set(object, "columns", write_columns(&file->grid));
    jval_set(object, "fields", write_fields(&file->grid));
    jval_set(object, "missing", write_missing(&file->grid));
    jval_set(object, "problems", write_problems(&file->bad));
    jval_set_integer(object, "problem_count", (int64_t)file->bad.count);
    jval_set_integer(object, "records", (int64_t)file->set.count);
    jval_set_integer(object, "created", (int64_t)answer->created);
    jval_set_integer(object, "changed", (int64_t)answer->changed);
    jval_set_integer(object, "unchanged", (int64_t)answer->unchanged);
    jval_set_integer(object, "skipped", (int64_t)answer->skipped);
    jval_set_integer(object, "undecided", (int64_t)answer->undecided);
    for (size_t i = 0; i < answer->duplicate_count && i < BAD_CELLS_SHOWN && status == IEUM_OK; i++)
        status = write_duplicate(store, answer, i, duplicates, problem);
    jval_set(object, "duplicates", duplicates);
    jval_set_integer(object, "duplicate_count", (int64_t)answer->duplicate_count);
    if (status != IEUM_OK) jval_free(object);
    else *result = object;
    return status;
}
