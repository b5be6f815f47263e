/* SPDX-License-Identifier: Apache-2.0 */
/* What row_scorer.c and row_text.c share. */
#ifndef IEUM_SCORE_ROW_SCORER_PARTS_H
#define IEUM_SCORE_ROW_SCORER_PARTS_H

#include "row_scorer.h"
#include "svm_rows.h"

struct row_scorer {
    struct svm_model *own_svm;   /* read here; NULL where the model of our own holds it */
    const struct svm_model *svm; /* NULL: curves */
    struct svm_scorer *scorer;   /* of svm */
    struct model *model;         /* a model of our own, owned; NULL: a libsvm text model */
};

/* A worker's memory: begun whole or not at all. */
struct row_scratch {
    struct svm_scratch *svm;
    double *x;
};
bool row_scratch_begin(struct row_scratch *scratch, const struct row_scorer *scorer);
void row_scratch_end(struct row_scratch *scratch);

/* Rows at once, and their values. */
size_t row_scorer_block(const struct row_scorer *scorer);
void row_scorer_block_values(const struct row_scorer *scorer, struct row_scratch *scratch, const struct svm_row_block *rows, double *values);

#endif
