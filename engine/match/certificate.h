/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof of an assignment, and its check: it recomputes everything from the problem and shares no code with the
 * solver.
 *
 * The problem, for candidate pairs e = (d, s) with score s_e, x_e = 1 when chosen (vetoed pairs are left out, locked
 * ones have x_e = 1): maximise  Σ s_e x_e   with   min_k <= Σ_{e under k} x_e <= max_k  for every limit k,   0 <= x_e
 * <= 1, where the limits are the demands, the suppliers and the groups, and a pair is under its demand, its supplier
 * and every group with either of them as a member.
 *
 * The proof is an int64 price of any sign for every limit. The worth of a pair is its score less the prices it is
 * under: w_e = s_e - Σ_{k over e} price_k. The pairs are optimal when they keep every limit, lock and veto, and (1) a
 * chosen pair that is not locked has w_e >= 0,       (2) a pair that is not chosen, nor vetoed, has w_e <= 0, (3)
 * price_k > 0 only where the load equals max_k,         (4) price_k < 0 only where the load equals min_k. Then the dual
 * objective  Σ_k (price_k > 0 ? price_k·max_k : price_k·min_k) + Σ_{locked} w_e + Σ_{other} max(0, w_e), which no
 * assignment can exceed, equals the total: the gap is 0. Both are recomputed and compared.
 *
 * In a reply this is "certificate": {"kind":"prices", "unit":1e-9, "total":…, "bound":…, "demand":[…], "supplier":[…],
 * "group":[…]}, all integers in fixed point; bindings/python/check_certificate.py reads it.
 */
#ifndef IEUM_MATCH_CERTIFICATE_H
#define IEUM_MATCH_CERTIFICATE_H

#include "assignment.h"

/*
 * Checks pairs, total and prices of an optimal result. `chosen`, `pairs` and prices are read, `edge_rule` is not.
 * Writes the dual objective to `*bound`. IEUM_OK: proven. IEUM_INVALID: not, and the problem says why. IEUM_LIMIT: a
 * sum overflows.
 */
ieum_status certificate_check_optimal(const struct assignment_problem *assignment,
                                      const struct assignment_result *result, int64_t *bound, struct problem *problem);

/*
 * Checks a reason: that its requirements alone cannot all be met. IEUM_OK: proven. Whether they are irreducible is not
 * looked at.
 */
ieum_status certificate_check_infeasible(const struct assignment_problem *assignment,
                                         const struct assignment_reason *reason, struct problem *problem);

/* The same with method random: a pair counts `unit` (Q), a candidate pair that is not locked `most` (p); infeasible.h.
 */
ieum_status certificate_check_infeasible_at(const struct assignment_problem *assignment,
                                            const struct assignment_reason *reason, int64_t unit, int64_t most,
                                            struct problem *problem);

#endif
