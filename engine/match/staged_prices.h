/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the potentials of a stage to the prices of its limits, as a reader of the proof may take them: one who knows the
 * limits and pairs of the problem, not the network, from which locked pairs and what lies under full limits were left
 * out.
 */
#ifndef IEUM_MATCH_STAGED_PRICES_H
#define IEUM_MATCH_STAGED_PRICES_H

#include "staged.h"

/* Σ g_e's part of one candidate pair. */
static inline int64_t staged_gain(const struct staged_goal *goal, int64_t score, uint32_t edge) {
    switch (goal->objective) {
    case STAGED_LEVEL: return score >= goal->level && score <= goal->upto ? -1 : 0;
    case STAGED_PAIRS: return score > 0;
    case STAGED_KEPT: return goal->kept[edge];
    default: return score;
    }
}

/* Adds the prices of the potentials in `staged->solution` to the last stage of the proof. IEUM_OK or IEUM_MEMORY. */
ieum_status staged_prices_write(struct staged *staged, const struct staged_goal *goal, struct staged_proof *proof,
                                struct problem *problem);

#endif
