/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a record is taken to speak of: of all concepts that its words or its meaning touch, those that a reader would name. A logistic judgement,
 *
 *     confidence(c) = 1 / (1 + exp(−(bias + facet + Σ weight · cue)))
 *
 * whose cues are how often c is mentioned in title and need by name and by paraphrase (two at most), whether in the title, in what the firm does, in the data
 * it holds, and how strong c is in the meaning (its weight, the root of it, one over its rank). Weights and threshold are data (desk.json), fitted on demands
 * written for the purpose; a suggestion does not depend on them.
 */
#ifndef IEUM_EXPLAIN_UNDERSTOOD_H
#define IEUM_EXPLAIN_UNDERSTOOD_H

#include "../feature/understanding.h"
#include "desk.h"

struct understood_item {
    uint32_t concept;
    double confidence;
};
struct understood {
    const struct understood_item *items; /* by falling confidence, then by concept */
    size_t count;
};

/* The concepts at or above the threshold; the list lies in the arena. */
ieum_status understood_find(const struct desk *desk, const struct lexicon *lexicon, const struct understanding *notes, struct arena *arena,
                            struct understood *understood, struct problem *problem);

#endif
