/* SPDX-License-Identifier: Apache-2.0 */
/* What meaning_match.c prepares over the suppliers, for meaning_bulk.c. */
#ifndef IEUM_FEATURE_MEANING_MATCH_H
#define IEUM_FEATURE_MEANING_MATCH_H

#include "bulk.h"
#include "kinds.h"
#include "limits.h"

struct meant_concept {
    uint32_t concept;
    bool spreads; /* strong enough to give credit to what is near */
    double weight;
};

struct meaning_state {
    double facets[FACETS], power, near, floor;
    struct meant_concept *items; /* of supplier s: `count[s]` from start[s] on, divided by the norm of u'_s */
    size_t *start, *count;
    struct concept_link *neighbours; /* of concept c: [first[c], first[c + 1]), with their credit */
    size_t *first;
    struct limits limits;
    uint32_t *rows; /* of each item: its row of a block's table (meaning_bulk.c) */
    double *weights; /* of each item, on its own */
    uint32_t *shorts; /* of each item: both in few bits; NULL: there are too many concepts for that */
};

/*
 * What a demand makes of every concept: `wanted` = u'_d / ‖u'_d‖, `near` = what that gathers from what is near; both over all concepts, 0 where the demand means
 * nothing. `*means`: whether it means something. False when memory fails.
 */
bool meaning_ask(const struct feature_space *space, const struct meaning_state *state, const struct understanding *notes, double *wanted,
                 double *near, bool *means);

extern const struct feature_bulk meaning_bulk; /* meaning_bulk.c */

#endif
