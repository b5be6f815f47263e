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

/* `in_cut` has node_count places, written when there is no circulation. IEUM_OK or IEUM_MEMORY. */
ieum_status circulation_find(uint32_t node_count, const struct circulation_arc *arcs, uint32_t arc_count, bool *exists,
                             uint8_t *in_cut, struct problem *problem);

#endif
