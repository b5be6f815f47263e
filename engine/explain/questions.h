/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which questions would tell the suppliers of a shortlist apart best. Each offers concepts of one facet that some of them speak of and others do not, and
 * that the need leaves open. What a question tells is the entropy, in bits, of the shortlist's score shares over its answers and "none of these": the
 * expected gain of information when a supplier's chance of being the right one is its share (Shannon 1948; Quinlan's gain for a partition).
 */
#ifndef IEUM_EXPLAIN_QUESTIONS_H
#define IEUM_EXPLAIN_QUESTIONS_H

#include "../feature/space.h"
#include "desk.h"

struct question_answer {
    uint32_t concept;
    size_t suppliers; /* of the shortlist that this answer keeps */
    double share;     /* of its score */
};
struct next_question {
    enum facet facet;
    double bits;
    const struct question_answer *answers; /* in the order they were chosen: what tells most first */
    size_t count;
};
struct next_questions {
    const struct next_question *items; /* what tells most first */
    size_t count;
};

/* `shortlist`: `count` suppliers with their scores (> 0), best first. Lists lie in the arena. */
ieum_status questions_find(const struct desk *desk, const struct feature_space *space, const struct understanding *demand,
                           const uint32_t *shortlist, const int64_t *scores, size_t count, struct arena *arena,
                           struct next_questions *questions, struct problem *problem);

#endif
