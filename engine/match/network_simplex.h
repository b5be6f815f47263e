/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cheapest circulation in a network, by the primal network simplex (Ahuja, Magnanti & Orlin 1993, chapter 11).
 *
 * In: nodes 0 .. node_count - 1, of which 0 is the root of the tree; arcs with a capacity (flow from 0 to it) and an
 * int64 cost; a flow and a spanning tree of arcs to start from. A lower bound is expressed by the caller as an arc of
 * its own with a cost so low that it fills first. Out: the flow of every arc and a potential of every node, such that
 *     reduced cost = cost + potential[tail] - potential[head]   is >= 0 where flow < capacity, <= 0 where flow > 0.
 * The same network gives the same flow and potentials. It must not allocate beyond memory linear in nodes and arcs.
 *
 * The caller answers for: arcs without self loops; a starting flow that is balanced at every node, each arc outside the
 * tree empty or full; a starting tree in which every node but the root hangs on parent[node] by parent_arc[node], and
 * every arc of it can carry more towards the root (one pointing up is not full, one pointing down is not empty); and
 * |cost| small enough that potentials, sums of costs along a path, stay below 2^62.
 */
#ifndef IEUM_MATCH_NETWORK_SIMPLEX_H
#define IEUM_MATCH_NETWORK_SIMPLEX_H

#include <stdint.h>

#include "../base/problem.h"

struct flow_network {
    uint32_t node_count, arc_count;
    const uint32_t *tail, *head;         /* per arc */
    const int32_t *capacity;             /* per arc, >= 0 */
    const int64_t *cost;                 /* per arc */
    const uint32_t *parent, *parent_arc; /* per node: the starting tree; those of the root are not read */
};

struct flow_solution {
    int32_t *flow;      /* per arc, owned by the caller: the flow to start from, and written */
    int64_t *potential; /* per node, owned by the caller, written; the root's is 0 */
    uint8_t *in_tree;   /* per arc, owned by the caller, written: 1 when the final tree holds the arc */
    /* Per node, owned by the caller, written: the final tree, to go on from with other costs. They may be the starting
     * tree's own arrays, or both NULL: not asked for. */
    uint32_t *parent, *parent_arc;
    uint64_t pivots;
};

/* IEUM_OK or IEUM_MEMORY. */
ieum_status network_simplex(const struct flow_network *network, struct flow_solution *solution,
                            struct problem *problem);

#endif
