/* SPDX-License-Identifier: Apache-2.0 */
/* The columns that a model's vectors use, numbered without gaps, so that the cost of a row does not depend on how high the numbers are. */
#ifndef IEUM_SCORE_SVM_COLUMNS_H
#define IEUM_SCORE_SVM_COLUMNS_H

#include "svm_model.h"

#define SVM_COLUMN_NONE UINT32_MAX

struct svm_columns {
    size_t count;
    uint32_t *used;  /* count, ascending: the model's columns */
    uint32_t *table; /* table_size: column → its place in `used`, or SVM_COLUMN_NONE; NULL where the numbers are too high for a table */
    size_t table_size;
};

bool svm_columns_new(const struct svm_model *model, struct svm_columns *columns); /* false when memory fails; svm_columns_free in any case */
void svm_columns_free(struct svm_columns *columns);
/* The place of a column, or SVM_COLUMN_NONE. */
uint32_t svm_columns_search(const struct svm_columns *columns, uint32_t column);
static inline uint32_t svm_columns_find(const struct svm_columns *columns, uint32_t column) {
    if (!columns->table) return svm_columns_search(columns, column);
    return column < columns->table_size ? columns->table[column] : SVM_COLUMN_NONE;
}

#endif
