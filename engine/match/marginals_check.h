/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof of a random assignment, and its check: it recomputes everything from the problem and shares no code with
 * the solver.
 *
 * The problem, in units of 1/Q, with q = p/Q: maximise T = Σ s_e m_e with min_k·Q <= Σ_{e under k} m_e <= max_k·Q for
 * every demand, supplier and group k; 0 <= m_e <= p for every candidate pair, but m_e = Q for locked ones and 0 for
 * vetoed ones. The proof is an int64 price of any sign for every limit; w_e = s_e - Σ_{k over e} price_k. Then no
 * marginals exceed B = Σ_k (price_k > 0 ? price_k·max_k·Q : price_k·min_k·Q) + Σ_{locked} w_e·Q + Σ_{other} max(0,
 * w_e)·p, and T = B when (1) m_e > 0 only where w_e >= 0, (2) m_e < p only where w_e <= 0 (pairs not locked nor
 * vetoed), (3) price_k > 0 only at max_k·Q, (4) price_k < 0 only at min_k·Q.
 *
 * In a reply this is "certificate": {"kind":"marginals", …}, all integers.
 */
#ifndef IEUM_MATCH_MARGINALS_CHECK_H
#define IEUM_MATCH_MARGINALS_CHECK_H

#include "random_assignment.h"

/*
 * Checks marginals, expected total, bound and prices; the draw is not looked at. Writes B to `*bound`. IEUM_OK: proven.
 * IEUM_INVALID: not, and the problem says why. IEUM_LIMIT: a sum overflows.
 */
ieum_status marginals_check(const struct assignment_problem *assignment, const struct random_assignment_result *result,
                            int64_t *bound, struct problem *problem);

/*
 * Checks the drawn pairs: flags, list and total agree, only pairs with a marginal are in and all that have Q, and every
 * demand, supplier and group has its expected number of pairs rounded up or down (so limits, locks and vetoes are
 * kept). IEUM_OK, IEUM_INVALID, IEUM_LIMIT. That they follow from the seed is not looked at.
 */
ieum_status marginals_check_draw(const struct assignment_problem *assignment,
                                 const struct random_assignment_result *result, struct problem *problem);

#endif
