/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random assignment, method random: the greatest expected total with no pair surer than q (locked ones excepted), and a
 * draw whose chances are exactly those (Jecmen, Zhang, Liu, Shah, Conitzer & Fang 2020), under all limits, groups,
 * locks and vetoes jointly.
 *
 * In: an assignment_problem, q as a fraction p/Q, a seed. Out: a random_assignment_result: the marginal m_e/Q of every
 * candidate pair, prices that prove the expected total greatest (marginals_check.h), and one assignment drawn by
 * bihierarchy_rounding.h, in which every load is its expected value rounded up or down; or why there is none at q. It
 * must not read or write JSON.
 *
 * Numbers are integers: marginals in units of 1/Q, expected total and bound in fixed point times Q. Same problem, q and
 * seed: same bytes. Where a pair of score 0 could carry less without breaking a minimum it does. With q = 1 the
 * expected total is that of max_sum.
 */
#ifndef IEUM_MATCH_RANDOM_ASSIGNMENT_H
#define IEUM_MATCH_RANDOM_ASSIGNMENT_H

#include "assignment.h"

#define RANDOM_ASSIGNMENT_DENOMINATOR_LIMIT 10000

struct random_assignment_result {
    enum assignment_status status;
    uint32_t numerator, denominator; /* q = p/Q */
    uint64_t seed;
    uint8_t *edge_rule; /* per candidate pair, ASSIGNMENT_EDGE_… bits */
    /* When optimal: */
    uint32_t *marginal;                                   /* per candidate pair, 0..p, of locked ones Q */
    int64_t expected, bound;                              /* T and B: fixed point times Q, equal */
    int64_t *demand_price, *supplier_price, *group_price; /* fixed point */
    uint8_t *chosen;                                      /* the draw: per candidate pair, 0 or 1 */
    struct assignment_pair *pairs;                        /* the drawn ones, by demand, then supplier */
    uint32_t pair_count;
    int64_t total;   /* fixed point: the sum of the drawn scores */
    uint64_t pivots; /* steps of the simplex, for benches */
    /* When infeasible: `least` and `room` in units of 1/Q; ASSIGNMENT_Q may be among the requirements. */
    struct assignment_reason reason;
};

/*
 * q in (0, 1] as a reduced fraction with a denominator of at most RANDOM_ASSIGNMENT_DENOMINATOR_LIMIT; more than four
 * decimals are rounded down to four. False when q is not in (0, 1] or rounds down to 0.
 */
bool random_assignment_fraction(double q, uint32_t *numerator, uint32_t *denominator);

/*
 * IEUM_INVALID ("/q" for a fraction that is none, else as assignment_solve), IEUM_LIMIT, IEUM_MEMORY; IEUM_INTERNAL
 * when a check does not confirm the result. No assignment at q is a result. `*result` is written on IEUM_OK only; free
 * it with random_assignment_result_free.
 */
ieum_status random_assignment_solve(const struct assignment_problem *assignment, uint32_t numerator,
                                    uint32_t denominator, uint64_t seed, struct random_assignment_result *result,
                                    struct problem *problem);
void random_assignment_result_free(struct random_assignment_result *result);

#endif
