/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stable assignment, method stable: no demand and supplier would both rather have each other. Demand-proposing deferred
 * acceptance (Gale & Shapley 1962; with places on both sides Roth & Sotomayor 1990), which of all stable assignments is
 * the best one for every demand.
 *
 * In: an assignment_problem and the suppliers' own scores of the pairs. Out: a stable_result. It must not read or write
 * JSON, nor know what a demand or a supplier is.
 *
 * A pair is acceptable when both sides score it above 0. Each side prefers higher scores, of equal ones the lower
 * index. Locked pairs are given: they take places, may be unacceptable, and nobody may leave one. A pair that is not
 * chosen, not vetoed and acceptable blocks when each of its sides has a free place, or a chosen pair that is not locked
 * and that it scores strictly lower.
 *
 * Maximums of demands and suppliers are the places. Minimums and groups cannot be asked of a stable assignment: where
 * the one found breaks them the result is ASSIGNMENT_INFEASIBLE and names what is broken. When no side scores two of
 * its acceptable pairs equal, every stable assignment fills as many places of each demand and supplier as any other
 * (Roth 1986; with places on both sides Alkan 2002), so that none keeps them: `proven`.
 */
#ifndef IEUM_MATCH_STABLE_H
#define IEUM_MATCH_STABLE_H

#include "assignment.h"

struct stable_result {
    enum assignment_status status;
    uint8_t *edge_rule; /* per candidate pair, ASSIGNMENT_EDGE_… bits */
    uint8_t *chosen;    /* per candidate pair, 0 or 1: the stable assignment, also when it breaks something */
    struct assignment_pair *pairs; /* the chosen ones, by demand, then supplier */
    uint32_t pair_count;
    int64_t total;    /* fixed point: the sum of the chosen scores of the demands' side */
    uint32_t checked; /* candidate pairs that the check looked at; none of them blocks */
    bool ties;        /* some demand or supplier scores two of its acceptable pairs equal */
    uint64_t offers;  /* made by demands, for benches */
    /* When infeasible: either the limits that the stable assignment breaks (`broken`, by need, then index) … */
    struct assignment_requirement *broken;
    uint32_t broken_count;
    bool proven; /* no stable assignment keeps them */
    /* … or, when the locks contradict vetoes, candidate pairs or maximums among themselves, a reason as of max_sum
     * (infeasible.h): reason.count > 0, no pairs, nothing broken. */
    struct assignment_reason reason;
};

/*
 * `supplier_score`: per candidate pair, fixed point, what the supplier's side makes of it; NULL: the same as
 * edge_score. IEUM_INVALID and IEUM_LIMIT as assignment_solve ("/supplier_scores/3" for a score beyond the limit);
 * IEUM_MEMORY; IEUM_INTERNAL when the check (stable_check.h) does not confirm the result. `*result` is written on
 * IEUM_OK only; free it with stable_result_free.
 */
ieum_status stable_solve(const struct assignment_problem *assignment, const int64_t *supplier_score,
                         struct stable_result *result, struct problem *problem);
void stable_result_free(struct stable_result *result);

#endif
