/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a network with lower and upper bounds has a circulation, and if not, a cut that shows it (Hoffman 1960): a
 * set of nodes into which more must flow than can flow out. By Dinic's maximum flow (1970); shares no code with the
 * simplex.
 */
#ifndef IEUM_MATCH_CIRCULATION_H
#define IEUM_MATCH_CIRCULATION_H

#include "../base/problem.h"

struct circulation_arc {
    uint32_t tail, head;
    int64_t lower, upper; /* 0 <= lower <= upper; all lower bounds together, and each upper, at most 2^62 */
};

/* Bits of a place, when there is no circulation. The places with the first make the cut. */
enum { CIRCULATION_FROM_SURPLUS = 1, CIRCULATION_TO_DEFICIT = 2 };

/*
 * `*missing`: how much flow is missing at the least; 0: there is a circulation. Otherwise `reach`, node_count places,
 * says whether more could still come to a node from where there is too much, and go from it to where there is too
 * little. IEUM_OK or IEUM_MEMORY.
 */
ieum_status circulation_find(uint32_t node_count, const struct circulation_arc *arcs, uint32_t arc_count,
                             int64_t *missing, uint8_t *reach, struct problem *problem);

#endif
