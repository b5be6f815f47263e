/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The check of a staged proof (staged_proof.h): it recomputes everything from the problem and shares no code with the
 * solver.
 */
#ifndef IEUM_MATCH_STAGED_CHECK_H
#define IEUM_MATCH_STAGED_CHECK_H

#include "staged_proof.h"

/*
 * Checks the pairs, the total and the proof of an optimal result of leximin, or of re-match with its previous pairs (in
 * range). Of `result`, `chosen`, `pairs` and `total` are read. IEUM_OK: proven. IEUM_INVALID: not, and the problem says
 * why. IEUM_LIMIT: a sum overflows. IEUM_MEMORY.
 */
ieum_status staged_check_leximin(const struct assignment_problem *assignment, const struct assignment_result *result,
                                 const struct staged_proof *proof, struct problem *problem);
ieum_status staged_check_rematch(const struct assignment_problem *assignment, const struct assignment_pair *previous,
                                 uint32_t previous_count, const struct assignment_result *result,
                                 const struct staged_proof *proof, struct problem *problem);

#endif
