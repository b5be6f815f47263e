/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inner loop of deferred acceptance: which of a demand's candidates comes next?
 *
 * A candidate's key orders the demand's preferences strictly: the score, then the lower place in the list. A score is
 * at most 10¹² < 2^40, so that 23 bits are left for the place.
 */
#ifndef IEUM_MATCH_OFFER_SCAN_H
#define IEUM_MATCH_OFFER_SCAN_H

#include <stdint.h>

enum { OFFER_PLACE_BITS = 23 };

/* Positive exactly where the score is. */
static inline int64_t offer_key(int64_t score, uint32_t place) {
    return (int64_t)((uint64_t)score << OFFER_PLACE_BITS) - place;
}

static inline uint32_t offer_place(int64_t key) {
    return (uint32_t)(-(uint64_t)key & ((UINT32_C(1) << OFFER_PLACE_BITS) - 1));
}

struct offer_list {
    const int64_t *score, *supplier_score; /* per candidate of one demand; they may be the same */
    const uint32_t *supplier;
    uint32_t count; /* at most 2^OFFER_PLACE_BITS */
};

struct offer_scanner {
    /*
     * Writes for every candidate its key, or 0 where it is not below `limit`, or where the supplier scores it below its
     * threshold. Returns the greatest of them, 0 when all are negative or 0.
     */
    int64_t (*first)(const struct offer_list *list, const int64_t *threshold, int64_t limit, int64_t *key);
    /* The greatest of those keys that is below `limit`; 0 when none is positive. */
    int64_t (*next)(const int64_t *key, uint32_t count, int64_t limit);
};

/* The version that this processor runs fastest. All give the same. */
struct offer_scanner offer_scanner_choose(void);

int64_t offer_scan_first_avx2(const struct offer_list *list, const int64_t *threshold, int64_t limit, int64_t *key);
int64_t offer_scan_next_avx2(const int64_t *key, uint32_t count, int64_t limit);

#endif
