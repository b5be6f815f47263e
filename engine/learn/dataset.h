/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What models are learned from, as flat arrays: examples (a demand and a supplier with a grade), their pair features, and the two sides' own vectors.
 * Nothing is owned here; the caller keeps the arrays alive. A missing number is NaN; no number may be infinite.
 */
#ifndef IEUM_LEARN_DATASET_H
#define IEUM_LEARN_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"

#define DATASET_NONE UINT32_MAX    /* a supplier that is not known */
#define DATASET_NO_DATE INT32_MIN

/* One side's vectors, raw: rows × columns. columns 0: this side has none. */
struct side_table {
    size_t rows, columns;
    const char *const *names;
    const double *values;
};

struct dataset {
    size_t count; /* of examples, n */
    const uint32_t *group;    /* n: the demand, 0, 1, 2 … (in SVMlight files from the qid); a row of `demand` where that side has vectors */
    const uint32_t *supplier; /* n, or NULL: none is known; a row of `offer` where that side has vectors */
    const double *grade;      /* n: how good the pair was, >= 0 */
    const double *weight;     /* n, >= 0; NULL: 1 */
    const double *propensity; /* n: how likely the pair was shown at all, (0,1], NaN not known; NULL: not known of any */
    const int32_t *date;      /* n: days; NULL: none */
    size_t feature_count;     /* F */
    const char *const *feature_names;
    const double *features; /* n × F by rows */
    struct side_table demand, offer;
};

/* Some examples of a dataset, by number. */
struct rows {
    const uint32_t *items;
    size_t count;
};

/* Whether the arrays hold what is promised above: INVALID with the example (1-based) and the feature otherwise. */
ieum_status dataset_check(const struct dataset *data, struct problem *problem);

/*
 * What each of the rows weighs: its weight divided by its propensity, the division giving at most `clip` (Joachims, Swaminathan & Schnabel 2017; clipping: Strehl et
 * al. 2010), then all scaled so that their mean is 1. `weights` has a place per row. INVALID when all weights are 0.
 */
ieum_status dataset_weights(const struct dataset *data, struct rows rows, double clip, double *weights, struct problem *problem);

/* The rows put together by group, in ascending order of groups and, within one, in the order of `rows`. */
struct grouped {
    uint32_t *rows;  /* the examples */
    size_t *first;   /* of each group, and one more */
    uint32_t *group; /* its number in the dataset */
    size_t count;    /* of groups */
};
bool group_rows(const struct dataset *data, struct rows rows, struct grouped *grouped); /* false: memory */
void grouped_free(struct grouped *grouped);

/* How much of what could have been proposed was: for the warning when no propensities are known. */
struct exposure_note {
    size_t examples, demands, suppliers, pairs; /* pairs: distinct ones, where suppliers are known */
    double never_proposed;                      /* share of demands × suppliers; NaN where suppliers are not known */
    bool needed;                                /* no propensity is known of some example */
    char ko[512], en[512];                      /* the warning; "" when not needed */
};
/* `suppliers`: how many there were to choose from; 0: those that occur. */
ieum_status dataset_exposure(const struct dataset *data, size_t suppliers, struct exposure_note *note, struct problem *problem);

#endif
