/* SPDX-License-Identifier: Apache-2.0 */
/* The k best of a list of scores: greatest first, ties to the lower index (suppliers are in the order of their ids). */
#ifndef IEUM_SCORE_TOP_K_H
#define IEUM_SCORE_TOP_K_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct top_k {
    int64_t score;
    uint32_t index;
    uint32_t place; /* for who keeps something beside each entry: of top_k_offer, one of [0, k) and no other entry's */
};

/* Writes at most k entries of `scores[0..count)` whose `barred` flag is not set (NULL: none is barred) to `best`, which has room for min(k, count); returns
 * how many. O(count log k). */
size_t top_k_select(const int64_t *scores, const bool *barred, size_t count, size_t k, struct top_k *best);

/*
 * The same one entry at a time, for scores that are never all there: `heap` has room for k and holds *held. Entries of equal score must be offered by rising
 * index. True when the entry is taken; *place is then where what belongs to it may be kept. top_k_settle sorts the heap, best first.
 */
bool top_k_offer(struct top_k *heap, size_t *held, size_t k, int64_t score, uint32_t index, uint32_t *place);
void top_k_settle(struct top_k *heap, size_t held, size_t k);

#endif
