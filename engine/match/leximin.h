/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact assignment, method leximin: nobody's worst is worse than it must be. List the scores of the chosen pairs in
 * ascending order, places left empty as 0; of all assignments the one with the lexicographically greatest list. That
 * is: the fewest pairs at the lowest negative score, then at the next, …; then the most pairs with a positive score;
 * then the fewest at the lowest positive score, then at the next, …
 *
 * In: an assignment_problem. Out: the pairs with a proof (staged_proof.h), or the reason why there is no assignment
 * (as max_sum gives it). Same input, same output. No chosen pair of score 0 could be left out without breaking a
 * minimum or a lock.
 */
#ifndef IEUM_MATCH_LEXIMIN_H
#define IEUM_MATCH_LEXIMIN_H

#include "staged_proof.h"

struct leximin_result {
    struct assignment_result assignment; /* the prices of demands, suppliers and groups are NULL */
    /* When optimal: */
    struct staged_proof proof;
    int64_t *demand_total; /* demand_count, fixed point: the sum of its chosen scores */
    int64_t *demand_bound; /* demand_count: what no assignment could exceed for it; locks counted, vetoes left out */
};

/* Errors as assignment_solve. `*result` is written on IEUM_OK only; free it with leximin_free. */
ieum_status leximin_solve(const struct assignment_problem *assignment, struct leximin_result *result,
                          struct problem *problem);
void leximin_free(struct leximin_result *result);

#endif
