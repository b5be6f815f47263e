/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Re-match: when a supplier has gone or a pair was refused, the assignment that changes least. Of all assignments with
 * the most pairs of positive score, those that keep the most previous pairs; of these the one with the greatest total.
 * Confirmed pairs are locks, refused ones vetoes.
 *
 * In: an assignment_problem as it is now, and the pairs as they were. Previous pairs that are no candidates any more
 * cannot be kept and change nothing. Out: the pairs with a proof (staged_proof.h), or the reason why there is no
 * assignment (as max_sum gives it). Same input, same output. No chosen pair of score 0 that is not a previous one could
 * be left out without breaking a minimum or a lock.
 */
#ifndef IEUM_MATCH_REMATCH_H
#define IEUM_MATCH_REMATCH_H

#include "staged_proof.h"

struct rematch_result {
    struct assignment_result assignment; /* the prices of demands, suppliers and groups are NULL */
    struct staged_proof proof;           /* when optimal */
    uint32_t kept;                       /* when optimal: how many of the chosen pairs are previous ones */
};

/*
 * Errors as assignment_solve; IEUM_INVALID with pointer /previous/3/0 when a previous pair names a demand or supplier
 * that does not exist. A pair given twice counts once. `*result` is written on IEUM_OK only; free it with rematch_free.
 */
ieum_status rematch_solve(const struct assignment_problem *assignment, const struct assignment_pair *previous,
                          uint32_t previous_count, struct rematch_result *result, struct problem *problem);
void rematch_free(struct rematch_result *result);

#endif
