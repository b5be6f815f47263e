/* SPDX-License-Identifier: Apache-2.0 */
/* What meaning_match.c prepares over the suppliers, and meaning_bulk.c for a block of demands; with what meaning_ceiling.c adds to both. */
#ifndef IEUM_FEATURE_MEANING_MATCH_H
#define IEUM_FEATURE_MEANING_MATCH_H

#include "bulk.h"
#include "byte_columns.h"
#include "kinds.h"
#include "limits.h"

struct meant_concept {
    uint32_t concept;
    bool spreads; /* strong enough to give credit to what is near */
    double weight;
};

/* What a demand that means one concept alone, with weight 1, would ask of each concept (not divided by its length), and be worth to each supplier. */
struct answer_columns {
    size_t *first; /* of concept c: [first[c], first[c + 1]) */
    struct answer_part {
        uint32_t concept;
        double wanted;
    } *parts;
    uint8_t *bytes; /* of concept c and supplier s: [c · suppliers + s], in steps, rounded up */
    float *step;    /* of a concept */
};

struct meaning_state {
    double facets[FACETS], power, near, floor;
    struct meant_concept *items; /* of supplier s: `count[s]` from start[s] on, divided by the norm of u'_s */
    size_t *start, *count;
    struct concept_link *neighbours; /* of concept c: [first[c], first[c + 1]), with their credit */
    size_t *first;
    uint32_t *near_to; /* the same, taken apart for blocks (meaning_bulk.c) */
    double *near_weight;
    struct limits limits;
    uint32_t *rows; /* of each item: its row of a block's table (meaning_bulk.c) */
    double *weights; /* of each item, on its own */
    uint32_t *shorts; /* of each item: both in few bits; NULL: there are too many concepts for that */
    struct byte_columns columns; /* the items turned round: of each concept */
    struct answer_columns answers;
    double longest; /* the greatest norm of a supplier's weights; at most 1, but for last bits */
};

struct meaning_block {
    const double (*rows)[LANES]; /* of concept c: wanted; of concept c + their number: wanted + near; NULL: there is one lane, and `flat` is enough */
    double one[LANES], missing[LANES];
    struct arena *arena;
    float (*shorts)[LANES]; /* the same rows in few bits, once they are asked for */
    uint8_t lifted[LANES];
    double length[LANES]; /* ‖u'_d‖ */
    float *raw;           /* of the ceiling of lane 0, before the limits */
    double *flat[LANES];  /* each lane's rows on their own: wanted, then wanted + near */
    struct meant_concept *meant; /* what lane 0 means itself, before it is spread: */
    size_t meant_count;
    double *scratch;      /* a number a concept, for meaning_ceiling, */
    uint32_t *kept;       /* and another */
};

/* What a demand means itself, u; into room for as many concepts as its meaning has. Returns how many count. */
size_t meaning_weigh(const struct lexicon *lexicon, const struct meaning_state *state, const struct meaning *meaning, struct meant_concept *items);

/* u' of a demand over all concepts, and its length. False when memory fails. */
bool meaning_spread(const struct feature_space *space, const struct meaning_state *state, const struct understanding *notes, double *spread, double *length);

/* Σ near(concept, c) · spread_c over what is near. */
double meaning_gathered(const struct meaning_state *state, const double *spread, uint32_t concept);

/* meaning_answers.c: for a prepared state whose `longest` is known; false when memory fails. */
bool meaning_answers_make(const struct feature_space *space, struct meaning_state *state);
void meaning_answers_free(struct answer_columns *answers); /* a zeroed struct is fine */

/* meaning_ceiling.c: turns the items round (false when memory fails), and as `ceiling` of bulk.h. */
bool meaning_turn_round(const struct feature_space *space, struct meaning_state *state);
bool meaning_ceiling(const struct feature_space *space, const void *state, const struct feature_block *block, size_t lane,
                     const struct feature_block *base, float *most);

extern const struct feature_bulk meaning_bulk; /* meaning_bulk.c */

#endif
