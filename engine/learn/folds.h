/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Splits of examples into training and test for cross-validation, drawn by a seed.
 *
 * by demand    the demands are dealt into parts; each part is the test once. How it does on demands it has not seen
 * by supplier  likewise with suppliers
 * by both      demands and suppliers are dealt into parts each; a test is one part of demands with one part of suppliers, its training has neither: parts² folds
 * by date      the dates are cut into parts + 1 runs of about as many examples; run k + 1 is the test of a model trained on runs 0 … k. How it will do
 *              tomorrow. Examples of one date are never split; those of the first run are never a test
 */
#ifndef IEUM_LEARN_FOLDS_H
#define IEUM_LEARN_FOLDS_H

#include "../base/memory.h"
#include "dataset.h"

enum split_kind { SPLIT_DEMAND, SPLIT_SUPPLIER, SPLIT_BOTH, SPLIT_DATE, SPLIT_KINDS };
extern const char *const split_kind_names[SPLIT_KINDS]; /* "demand", "supplier", "both", "date" */

struct fold {
    struct rows train, test; /* neither is empty; examples in the order of `rows` */
};

struct folds {
    struct fold *items;
    size_t count;
};

/* At most `parts` (>= 2) parts, fewer where there are fewer demands, suppliers or dates; lives in the arena. INVALID when there is only one of them, or an
 * example lacks its supplier or date. */
ieum_status folds_make(const struct dataset *data, struct rows rows, enum split_kind kind, size_t parts, uint64_t seed, struct arena *arena,
                       struct folds *folds, struct problem *problem);

#endif
