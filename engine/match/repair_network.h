/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A repair as the cheapest circulation: the network of an assignment (residual_network.h says which nodes and arcs)
 * with parallel arcs for what may be waived.
 *
 * In: a frame and a repair_question. Out: per pair, candidate or barred, whether it is chosen in the cheapest repair.
 * Between a limit and what is around it lie: its minimum's places, each gained at the cost of waiving it; free places
 * up to the maximum; and, where the maximum may be raised, places at the cost of raising it. A pair costs what its
 * vetoes and its rule cost, and gains what its locks cost to leave out.
 *
 * Scores break ties: all of them together on a simple cycle count less than a cost of 1. That also spares the simplex
 * most of its steps that move nothing.
 *
 * What may not be waived: a maximum, a veto and a rule have no arc; a minimum and a lock gain `hard` a unit, more than
 * all the rest of any simple cycle together, so that an optimum leaves none of them open while any circulation does
 * not. (The difference of the two would hold a simple cycle that fills one more, of less cost than nothing.)
 */
#ifndef IEUM_MATCH_REPAIR_NETWORK_H
#define IEUM_MATCH_REPAIR_NETWORK_H

#include "assignment_frame.h"
#include "repair.h"

struct repair_pair {
    struct assignment_pair pair;
    int64_t admit, leave; /* what choosing it costs: vetoes and rule; what not choosing it costs: locks */
    bool never, always;   /* a veto, or a lock, that may not be waived */
};

/* `chosen`: pair_count places. IEUM_OK, IEUM_LIMIT when sums could overflow, IEUM_MEMORY. */
ieum_status repair_network_solve(const struct assignment_frame *frame, const struct repair_question *question,
                                 const struct repair_pair *pairs, uint32_t pair_count, uint8_t *chosen,
                                 struct problem *problem);

#endif
