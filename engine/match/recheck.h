/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the checks of proofs share: marking pairs, adding up prices, the list of pairs beside the flags, and how they refuse. In: a problem and parts of a result. It shares no code with any
 * solver, and must not know which method made the result.
 */
#ifndef IEUM_MATCH_RECHECK_H
#define IEUM_MATCH_RECHECK_H

#include "assignment.h"

/* INVALID: the proof does not hold, for this reason. */
ieum_status recheck_refuse(struct problem *problem, const char *pointer, const char *ko, const char *en);
ieum_status recheck_refuse_pair(struct problem *problem, const char *pointer, uint32_t demand, uint32_t supplier, const char *ko, const char *en);
ieum_status recheck_refuse_overflow(struct problem *problem); /* LIMIT */

/* Sets `rule` in rules[edge] of those pairs that are candidates; false when one is not. */
bool recheck_mark(const struct assignment_problem *assignment, const struct assignment_pair *pairs, uint32_t count, uint8_t rule, uint8_t *rules);
/* Prices of demands and suppliers with those of all groups around, demand_count and supplier_count of them. False: overflow. */
bool recheck_add_prices(const struct assignment_problem *assignment, const int64_t *demand_price, const int64_t *supplier_price, const int64_t *group_price, int64_t *demand,
                        int64_t *supplier);
/* The pairs that group's members have together. */
int64_t recheck_group_load(const struct assignment_group *group, const int64_t *demand_load, const int64_t *supplier_load);
/* The chosen pairs are those listed, in their order, and add up to the total. INVALID or LIMIT when not. */
ieum_status recheck_list(const struct assignment_problem *assignment, const uint8_t *chosen, const struct assignment_pair *pairs, uint32_t pair_count, int64_t total,
                         struct problem *problem);

/* What a check said of a solver's result, as the solver's status: a proof that does not hold is IEUM_INTERNAL. */
ieum_status recheck_judge(ieum_status status, const struct problem *doubt, struct problem *problem);

#endif
