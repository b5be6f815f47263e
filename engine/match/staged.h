/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objectives one after the other on one network: each is maximised over the assignments that are best by all those
 * before it, and leaves its prices in a staged_proof.
 *
 * In: an assignment_problem, and scores to start from (any: the nearer to the final wish, the less there is left to
 * do). Out: the chosen pairs and the proof. It must not know in which order or why stages are asked for.
 *
 * After a stage, an arc whose reduced cost is not 0 stays as it is in every assignment that is best so far
 * (complementary slackness): it is settled and leaves the network. So does the arc of a limit, which settles the
 * limit's load. What remains is a smaller network with the same flow and tree, on which the next objective is only a
 * change of costs.
 */
#ifndef IEUM_MATCH_STAGED_H
#define IEUM_MATCH_STAGED_H

#include "assignment_network.h"
#include "staged_proof.h"

struct staged_goal {
    enum staged_objective objective;
    int64_t level, upto; /* STAGED_LEVEL: all levels between; a stage has one, both are it */
    const uint8_t *kept; /* STAGED_KEPT: per candidate pair, 1 when it was chosen before */
};

struct staged_arc {
    uint32_t tail, head, edge, child; /* child: the node that hangs on it */
    int32_t capacity, flow;
};

struct staged {
    struct assignment_frame frame;
    struct assignment_network network; /* its arcs: `free` ones, then settled ones that are still in the tree */
    struct flow_solution solution;
    uint32_t free; /* arcs */
    uint64_t pivots;
    struct staged_arc *aside; /* node_count: settled arcs of the tree while the others move together */
    uint8_t *chosen;          /* per candidate pair: of those that have left the network */
    uint8_t *lot;             /* per limit: what the reader of the proof knows of it (staged_prices.c) */
    int64_t *locked;          /* per limit: the locked pairs under it */
    int64_t *price;           /* per limit: of the stage at hand */
};

/* Checks and indexes the problem. Errors as assignment_solve. Free with staged_close, also after a failure. `staged`
 * borrows `assignment`. */
ieum_status staged_open(const struct assignment_problem *assignment, struct staged *staged, struct problem *problem);
/* Finds an assignment to start from, by a score per candidate pair, within ±staged_start_limit so that sums stay exact.
 * `*exists`: whether there is one. */
ieum_status staged_start(struct staged *staged, const int64_t *score, bool *exists, struct problem *problem);
int64_t staged_start_limit(const struct staged *staged);
void staged_close(struct staged *staged);

/* Finds an assignment that is best by an objective among those best so far. Alone it only moves the present one. */
ieum_status staged_optimise(struct staged *staged, const struct staged_goal *goal, struct problem *problem);
/* Makes what was just optimised a stage: adds it to the proof, with no value yet, and settles what it decides. */
ieum_status staged_record(struct staged *staged, const struct staged_goal *goal, struct staged_proof *proof,
                          struct problem *problem);
/* The lowest score of a chosen pair that is not settled, above `above` and below `below`. False: there is none. */
bool staged_next_level(const struct staged *staged, int64_t above, int64_t below, int64_t *level);
/* Settles the pairs of the levels above `above` and below `below`, none of which is chosen. */
void staged_leave_out(struct staged *staged, int64_t above, int64_t below);

#endif
