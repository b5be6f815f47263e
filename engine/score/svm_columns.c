/* SPDX-License-Identifier: Apache-2.0 */
#include "svm_columns.h"

#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"

static int compare_columns(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* By a table of all columns. */
static bool number_by_table(const struct svm_model *model, size_t pairs, struct svm_columns *columns) {
    columns->table_size = model->columns;
    columns->table = memory_allocate_zero(model->columns, sizeof *columns->table);
    if (!columns->table) return false;
    for (size_t i = 0; i < pairs; i++) columns->table[model->index[i]] = 1;
    for (size_t column = 0; column < model->columns; column++) columns->count += columns->table[column];
    columns->used = memory_allocate_zero(columns->count, sizeof *columns->used);
    if (!columns->used) return false;
    uint32_t place = 0;
    for (size_t column = 0; column < model->columns; column++) {
        const bool used = columns->table[column] != 0;
        columns->table[column] = used ? place : SVM_COLUMN_NONE;
        if (used) columns->used[place++] = (uint32_t)column;
    }
    return true;
}

/* By sorting, where few columns have high numbers. */
static bool number_by_sorting(const struct svm_model *model, size_t pairs, struct svm_columns *columns) {
    columns->used = memory_allocate_zero(pairs, sizeof *columns->used);
    if (!columns->used) return false;
    memcpy(columns->used, model->index, pairs * sizeof *columns->used);
    qsort(columns->used, pairs, sizeof *columns->used, compare_columns);
    for (size_t i = 0; i < pairs; i++)
        if (columns->count == 0 || columns->used[columns->count - 1] != columns->used[i]) columns->used[columns->count++] = columns->used[i];
    return true;
}

bool svm_columns_new(const struct svm_model *model, struct svm_columns *columns) {
    const size_t pairs = model->start[model->vector_count];
    *columns = (struct svm_columns){0};
    return model->columns <= 16 * (pairs + 4096) ? number_by_table(model, pairs, columns) : number_by_sorting(model, pairs, columns);
}

void svm_columns_free(struct svm_columns *columns) {
    memory_free(columns->used);
    memory_free(columns->table);
}

uint32_t svm_columns_search(const struct svm_columns *columns, uint32_t column) {
    const uint32_t *found = bsearch(&column, columns->used, columns->count, sizeof column, compare_columns);
    return found ? (uint32_t)(found - columns->used) : SVM_COLUMN_NONE;
}
