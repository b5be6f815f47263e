/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Those who may still be among the k best, when each score is only known to lie in a bracket [low, high]. Whoever is k-th by `low` has k entries that
 * score at least that; an entry with `high` below it cannot be among the k best, whatever the scores turn out to be, ties included.
 */
#ifndef IEUM_SCORE_SHORTLIST_H
#define IEUM_SCORE_SHORTLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bracket {
    float low, high;
    uint32_t index;
};

struct shortlist {
    struct bracket *items;
    size_t count, capacity;
    float least; /* nobody whose `high` is below it is wanted; −∞ at first, NaN once the list was given up */
};

/* The k-th greatest `low`; −∞ when there are fewer than k. */
float shortlist_kth(struct shortlist *list, size_t k);
/* Raises `least` to the k-th greatest low and drops who is below. */
void shortlist_tighten(struct shortlist *list, size_t k);
/*
 * Adds an entry; a full list is tightened, and grows up to `most` entries when that does not help. Beyond it the list is given up: emptied, least
 * NaN. False when memory fails.
 */
bool shortlist_add(struct shortlist *list, struct bracket entry, size_t k, size_t most);
static inline bool shortlist_given_up(const struct shortlist *list) { return list->least != list->least; }

#endif
