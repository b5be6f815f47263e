/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Deferred acceptance with places on both sides: demands offer themselves to their best candidates, suppliers keep the
 * best offers they have had (Gale & Shapley 1962; Roth & Sotomayor 1990, chapter 5).
 *
 * In: a market, checked by the caller. Out: the pairs that are held in the end: the stable assignment that is best for
 * every demand. It must not know of locks, minimums or groups.
 *
 * Not acceptable, so never offered: a pair that either side scores 0 or less, and one with a rule. Ties go to the lower
 * index on both sides, which makes all preferences strict and the result the only one.
 */
#ifndef IEUM_MATCH_DEFERRED_ACCEPTANCE_H
#define IEUM_MATCH_DEFERRED_ACCEPTANCE_H

#include "../base/problem.h"

struct acceptance_market {
    uint32_t demand_count, supplier_count;
    const uint32_t *edge_start, *edge_supplier;      /* as in an assignment_problem */
    const int64_t *edge_score, *supplier_score;      /* |score| <= 10¹²; they may be the same */
    const uint8_t *edge_rule;                        /* not 0: not to be offered; NULL: all may */
    const uint32_t *demand_places, *supplier_places; /* 0 or more each */
};

/*
 * Sets chosen[e] = 1 for every pair that is held in the end and leaves the others. `*offers`: how many were accepted at
 * first. IEUM_OK; IEUM_LIMIT when a demand has more than 2^23 candidates; IEUM_MEMORY.
 */
ieum_status deferred_acceptance(const struct acceptance_market *market, uint8_t *chosen, uint64_t *offers,
                                struct problem *problem);

#endif
