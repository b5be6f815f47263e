/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The k best suppliers of each demand by a product kernel, exactly: one fused f32 matrix product whose results are only compared with a threshold
 * (the M × N matrix is never held), then f64 scores of those who may be among the k best (product_bounds.h proves that nobody else is). Scores and
 * order are those of product_exact.h: the same bytes with any number of threads, any instructions, any split into blocks. Ties go to the lower
 * supplier.
 */
#ifndef IEUM_SCORE_PRODUCT_TOP_H
#define IEUM_SCORE_PRODUCT_TOP_H

#include "product_side.h"

struct product_wanted {
    const double *demands; /* count × demand_dims */
    size_t count, k;
    /* Which pairs may be: count rows of ceil(suppliers / 32) words, bit s mod 32 of word s / 32 for supplier s. NULL: all. */
    const uint32_t *eligible;
    int threads;
};

struct product_found {
    uint32_t *suppliers; /* count × k, best first; UINT32_MAX where fewer than k are eligible */
    double *scores;      /* count × k; NaN there */
    uint32_t *counts;    /* count: how many there are */
};

/* What it took; nothing of it changes the result. */
struct product_effort {
    uint64_t candidates; /* pairs scored exactly after screening */
    uint64_t given_up;   /* demands whose suppliers were all scored exactly, since screening could not tell them apart */
    double screening_s;  /* kernel product, scan and, where rows are not kept, their making */
};

/* `effort` may be NULL. */
ieum_status product_top_k(const struct product_side *side, const struct product_wanted *wanted, const struct product_found *found,
                          struct product_effort *effort, struct problem *problem);

/* All scores: scores[d · suppliers + s]. */
ieum_status product_scores(const struct product_side *side, const double *demands, size_t count, int threads, double *scores, struct problem *problem);

#endif
