/* SPDX-License-Identifier: Apache-2.0 */
/* What pipeline_model.c (curves, product term) and pipeline_model_svm.c (libsvm models over pair features) share. */
#ifndef IEUM_PIPELINE_MODEL_PARTS_H
#define IEUM_PIPELINE_MODEL_PARTS_H

#include "explain/product_shares.h"
#include "feature/side_groups.h"
#include "feature/side_vectors.h"
#include "pipeline_model.h"
#include "score/product_top.h"
#include "score/svm_rows.h"

struct model_use {
    struct model *model;
    bool other_version;
    const struct program *program;
    const struct cohort *cohort;
    const struct rubric *rubric;
    struct arena *arena;
    /* the product term */
    struct side_encoder *encoders[2]; /* by enum side */
    struct product_scorer *product;
    struct product_side *side;
    double *folded; /* suppliers × coordinates */
    struct product_groups groups;
    /* a libsvm model */
    struct svm_scorer *svm;
    size_t *inputs;        /* of each input: the program's feature, or INPUT_RUBRIC */
    uint32_t *input_group; /* its criterion */
};

#define INPUT_RUBRIC SIZE_MAX

/* A value in units of 10⁻⁹; LIMIT when it is too large for them. */
ieum_status model_units(double value, int64_t *units, struct problem *problem);

/* Binds a libsvm model's inputs to the program's features; the kernel part of all suppliers; what each criterion adds to that of a pair. */
ieum_status model_svm_prepare(struct model_use *use, struct problem *problem);
ieum_status model_svm_kernel(const struct model_use *use, const double *columns, int64_t *parts, struct problem *problem);
ieum_status model_svm_shares(const struct model_use *use, const double *values, double *shares, double *none, struct problem *problem);

#endif
