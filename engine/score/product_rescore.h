/* SPDX-License-Identifier: Apache-2.0 */
/* Exact scores: of chosen pairs, each supplier's kernel row made once however many demands want it; and of all suppliers for chosen demands. */
#ifndef IEUM_SCORE_PRODUCT_RESCORE_H
#define IEUM_SCORE_PRODUCT_RESCORE_H

#include "product_block.h"
#include "product_side.h"

struct rescore_pair {
    uint32_t demand; /* of the block */
    uint32_t supplier;
    double score;
};

/* Sorts the pairs by supplier (then as they stood) and gives each its score. */
ieum_status product_rescore(const struct product_side *side, const struct product_block *block, struct rescore_pair *pairs, size_t count, int threads,
                            struct problem *problem);

/* Takes the scores of demand demands[position] with the suppliers first … first + count − 1. One thread at a time for a position, suppliers ascending. */
typedef void (*rescore_function)(void *context, size_t position, size_t first, const double *scores, size_t count);

/* All suppliers for the block's demands demands[0..count). Memory: 64 kernel rows. */
ieum_status product_rescore_all(const struct product_side *side, const struct product_block *block, const uint32_t *demands, size_t count,
                                rescore_function take, void *context, int threads, struct problem *problem);

#endif
