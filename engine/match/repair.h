/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cheapest repair of a problem without an assignment: which minimums to lower, which maximums to raise, which locks
 * to leave out, which vetoed or barred pairs to let in, so that there is an assignment at the least total cost.
 *
 * In: a problem, and what waiving each requirement costs. Out: the changes and an assignment that keeps everything
 * after them; or that nothing which may be waived helps. The cost, Σ cost × units, is the least there is. Which of
 * several cheapest repairs it is, and the total of the assignment shown, is not promised; the same input gives the same
 * output.
 */
#ifndef IEUM_MATCH_REPAIR_H
#define IEUM_MATCH_REPAIR_H

#include "assignment.h"

#define REPAIR_COST_LIMIT INT64_C(1000000)

/* What waiving a requirement of one kind costs: a place of a minimum or maximum, a lock, a veto. 0: it may not be. */
struct repair_price {
    int64_t all;         /* where `each` is NULL */
    const int64_t *each; /* per demand, supplier, group, lock or veto */
};

/* A pair that is no candidate because of a rule, and what letting it in costs. */
struct repair_barred {
    struct assignment_pair pair;
    int64_t cost; /* 1..REPAIR_COST_LIMIT */
};

struct repair_question {
    struct repair_price price[ASSIGNMENT_VETO + 1]; /* by enum assignment_need */
    const struct repair_barred *barred;             /* each pair once, none of them a candidate */
    uint32_t barred_count;
};

struct repair_change {
    bool barred; /* lets barred pair `requirement.index` in; else: */
    struct assignment_requirement requirement;
    int64_t from, to; /* of a minimum or maximum */
    int64_t cost;     /* of the whole change */
};

struct repair {
    bool possible;
    int64_t cost;
    struct repair_change *changes; /* by need, then index; barred pairs last */
    uint32_t change_count;
    struct assignment_pair *pairs; /* by demand, then supplier */
    uint32_t pair_count;
};

/* Everything but a veto at cost 1, and no barred pair. */
struct repair_question repair_standard(void);

/*
 * Of a problem that has an assignment the repair is empty and costs 0. IEUM_INVALID as assignment_solve, and for costs
 * and barred pairs ("/waivable/demand_min/3", "/barred/0"); IEUM_LIMIT when sums could overflow; IEUM_MEMORY. `*repair`
 * is written on IEUM_OK only; free it with repair_free.
 */
ieum_status repair_find(const struct assignment_problem *assignment, const struct repair_question *question,
                        struct repair *repair, struct problem *problem);
void repair_free(struct repair *repair);

/* The refusals of repair_find alone, for a problem whose sizes and indices are in order. IEUM_OK, IEUM_INVALID,
 * IEUM_MEMORY. */
ieum_status repair_check(const struct assignment_problem *assignment, const struct repair_question *question,
                         struct problem *problem);

#endif
