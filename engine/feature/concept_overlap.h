/* SPDX-License-Identifier: Apache-2.0 */
/* What concept_overlap.c prepares over the suppliers, for concept_bulk.c. */
#ifndef IEUM_FEATURE_CONCEPT_OVERLAP_H
#define IEUM_FEATURE_CONCEPT_OVERLAP_H

#include "byte_columns.h"
#include "kinds.h"
#include "limits.h"
#include "runs.h"

struct weighted_concept {
    uint32_t concept;
    double strength;
};

struct concept_posting {
    uint32_t supplier;
    double strength;
};

struct concept_state {
    double roles[TEXT_ROLES], facets[FACETS], kinds[3];
    bool only;
    double *weight;                    /* of a concept: facet weight × rarity */
    struct weighted_concept *profiles; /* of supplier s: [profile_start[s], profile_start[s + 1]), by concept */
    size_t *profile_start;
    struct concept_posting *postings; /* of concept c: [posting_start[c], posting_start[c + 1]), by supplier */
    size_t *posting_start;
    double *breadth; /* of a supplier */
    float *breadths; /* the same in short numbers, for ceilings */
    struct limits limits;
    struct byte_columns ceilings; /* the same as `best`, rounded up */
    struct runs *best; /* of concept c: what the suppliers are worth to a demand that speaks of it; for blocks (concept_bulk.c) */
};

/* The concepts of a record with their strengths, by concept; the list is in the arena. Facets that weigh nothing are left out. */
bool concept_profile_read(const struct lexicon *lexicon, const struct concept_state *state, const struct understanding *notes,
                          struct arena *arena, struct weighted_concept **profile, size_t *count);
/* Whether near from one concept to the other counts under the options. */
bool concept_counts(const struct feature_space *space, const struct concept_state *state, uint32_t from, uint32_t to);

extern const struct feature_bulk concept_bulk; /* concept_bulk.c */

#endif
