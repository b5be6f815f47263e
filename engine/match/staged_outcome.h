/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of every staged method: pairs, values of the stages, or the reason why there is no assignment.
 */
#ifndef IEUM_MATCH_STAGED_OUTCOME_H
#define IEUM_MATCH_STAGED_OUTCOME_H

#include "staged.h"

/*
 * Takes the outcome of all stages out of `staged`: chosen, pairs, total, pivots and edge_rule of the result, and the
 * values of the stages. Pairs of score 0 that nothing asks for are left out, but for those in `kept` (per candidate
 * pair; may be NULL).
 */
ieum_status staged_outcome_take(struct staged *staged, const uint8_t *kept, struct assignment_result *result,
                                struct staged_proof *proof, struct problem *problem);
/* The same where there is no assignment: the reason, proven. */
ieum_status staged_outcome_explain(struct staged *staged, struct assignment_result *result, struct problem *problem);

#endif
