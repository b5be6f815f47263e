/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why and why not: what forcing or barring a pair would cost an optimal max_sum assignment, whom it would displace, and
 * which score or which further place would change the pair's lot.
 *
 * In: a problem, its optimal result, the pairs asked about. Out: an answer a pair. Method: to force a pair is to send
 * one unit through it and on from its supplier back to its demand; the cheapest way is a shortest path in the residual
 * network (Ahuja, Magnanti & Orlin 1993, sections 9.3 and 9.7), and the new assignment is optimal with the pair forced,
 * so the cost equals what solving again would lose. To bar a chosen pair is the same from demand to supplier. One place
 * more at a full limit likewise gains what the cheapest cycle through the limit loses less than nothing. It must not
 * change the result.
 */
#ifndef IEUM_MATCH_PAIR_COST_H
#define IEUM_MATCH_PAIR_COST_H

#include "assignment.h"

enum pair_state { PAIR_CHOSEN, PAIR_NOT_CHOSEN, PAIR_LOCKED, PAIR_VETOED, PAIR_NOT_CANDIDATE };

/* A maximum over the pair that is reached, and what one place more there would do. */
struct pair_capacity {
    struct assignment_requirement maximum;
    int64_t gain; /* of the total, fixed point, >= 0 */
    bool flips;   /* solved again with the place more, the pair is chosen when it was not, or not when it was */
};

struct pair_cost {
    struct assignment_pair pair;
    enum pair_state state;
    /* Of a pair chosen or locked: being barred (a lock lifted). Of one not chosen or vetoed: being forced (a veto
     * lifted). */
    bool possible; /* there is an assignment then; never for what is no candidate pair */
    int64_t cost;  /* fixed point: what the total loses; >= 0, but a lock or a veto may cost more than it saves: < 0 */
    struct assignment_pair *adds,
        *drops; /* how the assignment changes then, the pair itself first, then along the path */
    uint32_t add_count, drop_count;
    /* A pair not chosen is chosen when it scores more than this, a chosen one is not when it scores less. */
    bool can_flip; /* false: no score can (locked, vetoed, or not possible) */
    int64_t score_to_flip;
    struct pair_capacity *capacities;
    uint32_t capacity_count;
};

struct pair_costs {
    struct pair_cost *items; /* in the order asked */
    uint32_t count;
    struct arena *arena; /* holds them */
};

/*
 * IEUM_INVALID ("/explain/3/0": no such demand), IEUM_MEMORY, IEUM_LIMIT; IEUM_INTERNAL when the result is not this
 * problem's optimum. `*costs` is written on IEUM_OK only; free it with pair_costs_free.
 */
ieum_status pair_costs_explain(const struct assignment_problem *assignment, const struct assignment_result *result,
                               const struct assignment_pair *pairs, uint32_t count, struct pair_costs *costs,
                               struct problem *problem);
void pair_costs_free(struct pair_costs *costs);

#endif
