/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An assignment as a circulation: root → groups of demands → demand → supplier → groups of suppliers → root.
 *
 * In: a frame. Out: a flow_network with its starting tree, and the way back from flows and potentials to chosen pairs
 * and prices. Locked pairs are taken out and their room with them. What can carry nothing is left out too. A minimum
 * becomes an arc of its own, so cheap (`reward`) that filling it outweighs any score. Flows count the frame's units: a
 * limit and a lock are `unit` times what they are in pairs, a candidate pair carries up to `most`.
 */
#ifndef IEUM_MATCH_ASSIGNMENT_NETWORK_H
#define IEUM_MATCH_ASSIGNMENT_NETWORK_H

#include "assignment_frame.h"
#include "network_simplex.h"

/* Locks and maximum leave no room; the minimum asks for more than the locks. */
enum { LIMIT_FULL = 1, LIMIT_ASKS = 2 };

struct assignment_network {
    const struct assignment_frame *frame;
    bool contradiction; /* seen while building: there is no assignment, and nothing below is filled */
    struct flow_network flow;
    uint32_t *limit_node;                        /* per limit: its node, or ASSIGNMENT_NONE when left out */
    uint32_t *arc_edge;                          /* per arc: its candidate pair, or ASSIGNMENT_NONE */
    uint8_t *limit_state;                        /* per limit, bits: LIMIT_FULL, LIMIT_ASKS */
    int64_t reward;                              /* arcs of minimums cost -reward */
    uint32_t *tail, *head, *parent, *parent_arc; /* what `flow` points to */
    int32_t *capacity;
    int64_t *cost;
};

/* IEUM_OK, IEUM_LIMIT when sums could overflow, IEUM_MEMORY. Free with assignment_network_free, also after a failure.
 */
ieum_status assignment_network_build(const struct assignment_frame *frame, struct assignment_network *network,
                                     struct problem *problem);
void assignment_network_free(struct assignment_network *network);

static inline bool assignment_network_is_minimum(const struct assignment_network *network, uint32_t arc) {
    return network->arc_edge[arc] == ASSIGNMENT_NONE && network->cost[arc] < 0;
}

/* Whether the flow fills every minimum, that is, whether there is an assignment. */
bool assignment_network_fills_minimums(const struct assignment_network *network, const int32_t *flow);
/* The chosen pairs, locked ones among them; `chosen` has edge_count places. */
void assignment_network_read_pairs(const struct assignment_network *network, const int32_t *flow, uint8_t *chosen);
/* The price of every limit (certificate.h); `price` has limit_count places. */
void assignment_network_read_prices(const struct assignment_network *network, const int64_t *potential, int64_t *price);

#endif
