/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an optimal assignment could still change: its residual network, with the prices as potentials.
 *
 * In: a frame, and an optimal result for it. Out: arcs with the lengths of changing them by one. Nodes: the root, then
 * every limit. Arcs: one for each limit, between its node and that of what is around it (demands' side: from around to
 * the limit; suppliers': from the limit to around), carrying its load; then one for each candidate pair, from its
 * demand to its supplier; then, if asked for, those of a hub (truncation.c). Going forward through an arc adds one pair
 * to what it carries, going back takes one off.
 *
 * Why no length is negative. With potential π = the sum of the prices over a demand, or less those over a supplier, the
 * reduced cost of a pair's arc is -w_e (certificate.h) and that of a limit's arc is -price. A result that has passed
 * its check has w_e >= 0 where a pair could be dropped, w_e <= 0 where it could be added, price >= 0 where a load could
 * fall, price <= 0 where it could rise. Locked and vetoed pairs cannot move: their arcs are closed.
 */
#ifndef IEUM_MATCH_RESIDUAL_NETWORK_H
#define IEUM_MATCH_RESIDUAL_NETWORK_H

#include "assignment_frame.h"
#include "shortest_paths.h"

struct residual_network {
    const struct assignment_frame *frame;
    uint32_t first_edge, first_hub; /* arcs: of candidate pairs; of the hub */
    uint32_t *tail, *head;
    int64_t *potential; /* per node */
    int64_t *load;      /* per limit */
    struct shortest_paths paths;
};

/*
 * `hub`: with one more node, the last, an arc from every demand to it, then one from it to every supplier, all closed.
 * IEUM_OK, IEUM_INTERNAL when a length is negative (the result is not optimal for this frame), IEUM_MEMORY. Borrows the
 * frame. Free with residual_network_free, also after a failure.
 */
ieum_status residual_network_build(const struct assignment_frame *frame, const struct assignment_result *result,
                                   bool hub, struct residual_network *residual, struct problem *problem);
void residual_network_free(struct residual_network *residual);

/* A node of a limit; ASSIGNMENT_NONE is the root. */
static inline uint32_t residual_node(uint32_t limit) { return limit == ASSIGNMENT_NONE ? 0 : limit + 1; }

/* The worth of a candidate pair at the prices: its score less what it is under. */
static inline int64_t residual_worth(const struct residual_network *residual, uint32_t edge) {
    const struct assignment_frame *frame = residual->frame;
    return frame->assignment->edge_score[edge] - residual->potential[residual_node(frame->edge_demand[edge])] +
           residual->potential[residual_node(assignment_frame_supplier(frame, edge))];
}

#endif
