/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage "explain": why a pair scores as it does, from what the stages before left: the joints of the concept features say which concepts
 * met, the mentions say in which words, on both sides.
 */
#ifndef IEUM_EXPLAIN_EVIDENCE_H
#define IEUM_EXPLAIN_EVIDENCE_H

#include "../feature/space.h"

enum evidence_side { EVIDENCE_DEMAND, EVIDENCE_SUPPLIER };

/* A quoted span: `text` is exactly the code points [start, end) of the stored text at `field` (a JSON Pointer into the record). */
struct evidence {
    enum evidence_side side;
    const char *field;
    uint32_t start, end;
    const char *text;
    uint32_t concept; /* that the span names */
    uint32_t joint;   /* demand span and supplier span of one joint carry the same number, 0, 1, … */
};

struct evidence_list {
    struct evidence *items;
    size_t count;
};

/* The spans behind the strongest joints of a pair, at most `most` joints, two spans each; texts and list are in the arena. */
ieum_status explain_evidence(const struct feature_space *space, const struct demand_view *view, size_t supplier, size_t most,
                             struct arena *arena, struct evidence_list *evidence, struct problem *problem);

#endif
