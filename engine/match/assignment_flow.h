/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cheapest flow of an assignment network, with the prices that prove it: starting pairs, the simplex, prices cleaned of the reward. What the flow means (pairs, or chances in units of 1/Q)
 * is the caller's to read. In: a network without contradiction. Out: a flow, or that minimums cannot be filled.
 */
#ifndef IEUM_MATCH_ASSIGNMENT_FLOW_H
#define IEUM_MATCH_ASSIGNMENT_FLOW_H

#include "assignment_network.h"

struct assignment_flow {
    bool found;    /* every minimum is filled; else there is no assignment, and no prices */
    int32_t *flow; /* per arc of the network */
    int64_t *demand_price, *supplier_price, *group_price; /* certificate.h; may be taken over (set to NULL) */
    uint64_t pivots;
};

/* IEUM_OK, IEUM_MEMORY. Free with assignment_flow_free, also after a failure. The network's starting tree is rewritten. */
ieum_status assignment_flow_find(struct assignment_network *network, struct assignment_flow *flow, struct problem *problem);
void assignment_flow_free(struct assignment_flow *flow);

#endif
