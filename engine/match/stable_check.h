/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether an assignment is what stable.h says: the list of checks that is its proof. One pass over the candidate pairs;
 * it shares no code with the solver.
 *
 * In: the problem, the suppliers' scores, a stable_result, of which status, chosen, pairs, total, broken and ties are
 * read. It must not judge `ties` and `reason` (preference_ties.h and certificate.h do).
 */
#ifndef IEUM_MATCH_STABLE_CHECK_H
#define IEUM_MATCH_STABLE_CHECK_H

#include "stable.h"

/*
 * IEUM_OK: places, locks and vetoes are kept, what is chosen and not locked is acceptable, no pair blocks, total and
 * list are right, and `broken` names exactly the minimums and groups that are not kept (none when the status is
 * ASSIGNMENT_OPTIMAL). IEUM_INVALID: not so, and the problem says why. `*checked`: the candidate pairs looked at.
 */
ieum_status stable_check(const struct assignment_problem *assignment, const int64_t *supplier_score,
                         const struct stable_result *result, uint32_t *checked, struct problem *problem);

#endif
