/* SPDX-License-Identifier: Apache-2.0 */
/* What svm_layout.c makes of a model and svm_rows.c scores with. What is aligned begins at a multiple of 64 bytes. */
#ifndef IEUM_SCORE_SVM_SCORER_H
#define IEUM_SCORE_SVM_SCORER_H

#include "svm_columns.h"
#include "svm_rows.h"
#include "svm_tile.h"

enum { SVM_MOST_BLOCK = 128 };

/* 16 vectors of one class that stand side by side. */
struct svm_panel {
    size_t class;
    size_t valid; /* how many are there, 1 to 16 */
};

struct svm_scorer {
    const struct svm_model *model;
    struct svm_kernel_form form;
    enum svm_layout layout;
    size_t functions, lines; /* lines of coefficients: class_count − 1 */
    size_t block;            /* rows at once */
    struct svm_columns columns;

    void *weights_block, *vectors_block, *coefficients_block;
    const double *weights; /* SVM_WEIGHTS: columns × functions */

    struct svm_panel *panels; /* SVM_DENSE */
    size_t panel_count;
    const double *vectors;      /* SVM_DENSE: panel × columns × 16, aligned */
    const double *coefficients; /* SVM_DENSE: panel × lines × 16, aligned */

    uint32_t *places; /* SVM_SPARSE: of the model's entries */
};

/* Memory for doubles, zeroed, at a multiple of 64 bytes; *block is what memory_free takes. NULL when memory fails or the size overflows. */
double *svm_aligned(size_t count, size_t size, void **block);
/* Classes: how many, and how large; a model without classes is one. */
static inline size_t svm_class_count(const struct svm_model *model) { return model->class_sizes ? model->class_count : 1; }
static inline size_t svm_class_size(const struct svm_model *model, size_t class) {
    return model->class_sizes ? model->class_sizes[class] : model->vector_count;
}
/* The function of classes i < j. */
static inline size_t svm_function_of(const struct svm_model *model, size_t i, size_t j) { return i * (2 * model->class_count - i - 1) / 2 + (j - i - 1); }
/* The function that a class's sum with a line of coefficients belongs to. */
static inline size_t svm_function_at(const struct svm_model *model, size_t class, size_t line) {
    if (!model->class_sizes) return 0;
    return line >= class ? svm_function_of(model, class, line + 1) : svm_function_of(model, line, class);
}

#endif
