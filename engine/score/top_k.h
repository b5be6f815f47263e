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
};

/* Writes at most k entries of `scores[0..count)` whose `barred` flag is not set (NULL: none is barred) to `best`, which has room for min(k, count); returns
 * how many. O(count log k). */
size_t top_k_select(const int64_t *scores, const bool *barred, size_t count, size_t k, struct top_k *best);

#endif
