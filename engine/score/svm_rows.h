/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows scored in bulk by a libsvm model: the model laid out for the processor once, then blocks of rows. f64 throughout; the values have the same bits on every
 * set of instructions, in any block, and by any of the three ways in which a model is laid out but the first (svm_tile.h says what they are):
 *
 *   weights   a linear kernel with few columns and functions: each function's vectors are added up to one (with a compensated sum), f(x) = w·x − rho
 *   dense     where at least an eighth of the vectors' numbers are there: tiles of 8 rows × 16 vectors
 *   sparse    else: a merge of row and vector
 *
 * They agree with libsvm's within the rounding of either, far below 1e-9 of the sum's terms.
 */
#ifndef IEUM_SCORE_SVM_ROWS_H
#define IEUM_SCORE_SVM_ROWS_H

#include "../base/problem.h"
#include "svm_model.h"

struct svm_scorer;
enum svm_layout { SVM_BEST, SVM_WEIGHTS, SVM_DENSE, SVM_SPARSE };

/* `model` must outlive the scorer and is not changed. `layout` is SVM_BEST but for tests; SVM_WEIGHTS needs a linear kernel. MEMORY. */
ieum_status svm_scorer_new(const struct svm_model *model, enum svm_layout layout, struct svm_scorer **scorer, struct problem *problem);
void svm_scorer_free(struct svm_scorer *scorer);
const struct svm_model *svm_scorer_model(const struct svm_scorer *scorer);
enum svm_layout svm_scorer_layout(const struct svm_scorer *scorer);
/* How many rows at most svm_score_rows takes at once: a multiple of 8, 8 to 128. */
size_t svm_scorer_block(const struct svm_scorer *scorer);

/* A worker's own memory. NULL when memory fails. */
struct svm_scratch;
struct svm_scratch *svm_scratch_new(const struct svm_scorer *scorer);
void svm_scratch_free(struct svm_scratch *scratch);

/* Rows, sparse: row r holds start[r] … start[r + 1] − 1 of index (columns from 0, ascending) and value (finite). */
struct svm_row_block {
    size_t count;
    const size_t *start;
    const uint32_t *index;
    const double *value;
};
/* values[row × svm_functions + function]: libsvm's decision values, svm_predict_values. */
void svm_score_rows(const struct svm_scorer *scorer, struct svm_scratch *scratch, const struct svm_row_block *rows, double *values);

#endif
