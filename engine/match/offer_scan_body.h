/* SPDX-License-Identifier: Apache-2.0 */
/* The loops of offer_scan.h without a branch in them, written once and compiled for every set of instructions: the
 * compiler turns them into vectors where those can gather the thresholds. */
#ifndef IEUM_MATCH_OFFER_SCAN_BODY_H
#define IEUM_MATCH_OFFER_SCAN_BODY_H

#include "offer_scan.h"

static inline int64_t offer_scan_first(const struct offer_list *list, const int64_t *threshold, int64_t limit,
                                       int64_t *restrict key) {
    const int64_t *score = list->score, *supplier_score = list->supplier_score;
    const uint32_t *supplier = list->supplier, count = list->count;
    int64_t best = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t it = offer_key(score[i], i);
        it = supplier_score[i] >= threshold[supplier[i]] ? it : 0;
        it = it < limit ? it : 0;
        key[i] = it;
        best = it > best ? it : best;
    }
    return best;
}

static inline int64_t offer_scan_next(const int64_t *key, uint32_t count, int64_t limit) {
    int64_t best = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t it = key[i] < limit ? key[i] : 0;
        best = it > best ? it : best;
    }
    return best;
}

#endif
