/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether preferences are strict: does any demand or supplier score two of its acceptable candidate pairs equal?
 * Acceptable: both sides score it above 0. Expected time and memory linear in the candidate pairs.
 */
#ifndef IEUM_MATCH_PREFERENCE_TIES_H
#define IEUM_MATCH_PREFERENCE_TIES_H

#include "assignment.h"

/* `supplier_score` per candidate pair. IEUM_OK or IEUM_MEMORY. */
ieum_status preference_ties_find(const struct assignment_problem *assignment, const int64_t *supplier_score, bool *ties,
                                 struct problem *problem);

#endif
