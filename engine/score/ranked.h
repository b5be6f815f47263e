/* SPDX-License-Identifier: Apache-2.0 */
/* The k best of real scores: greatest first, ties to the lower index. (top_k.h does it for whole numbers over a complete list.) */
#ifndef IEUM_SCORE_RANKED_H
#define IEUM_SCORE_RANKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ranked {
    double score;
    uint32_t index;
};

/* Whether a stands before b. Scores are not NaN. */
static inline bool ranked_before(struct ranked a, struct ranked b) { return a.score != b.score ? a.score > b.score : a.index < b.index; }

/* Offers an entry to a heap of at most k entries with the worst on top. */
void ranked_offer(struct ranked *heap, size_t *count, size_t k, struct ranked entry);
/* Into order, best first. In place, O(n log n); what was a heap is none afterwards. */
void ranked_sort(struct ranked *entries, size_t count);

#endif
