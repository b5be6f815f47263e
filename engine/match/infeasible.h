/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why there is no assignment: a small set of requirements that contradict each other, with a cut that proves it.
 *
 * In: a frame without an assignment. Out: an assignment_reason. The proof: pairs flow from the root through the groups
 * of demands to a demand, to a supplier, through the groups of suppliers back to the root. A cut is a set of these
 * places. What must enter it (`least`: minimums of limits by which it is entered, locked pairs into it) is more than
 * what can leave it (`room`: maximums of limits by which it is left, candidate pairs out of it that are not vetoed). A
 * limit lies between its own place and that of the group around it, or the root. Requirements that are not named count
 * as waived: a minimum as 0, a maximum as endless (so no such limit may lead out of the cut), a lock as nothing, a veto
 * as a candidate pair like any other. Minimums and maximums count as at most the number of all candidate pairs plus
 * one.
 *
 * With method random `least` and `room` are in units of 1/Q: all of the above counts Q for a pair, but a candidate pair
 * that is in no lock (of the request, named or not) counts p on its way out where ASSIGNMENT_Q is named.
 */
#ifndef IEUM_MATCH_INFEASIBLE_H
#define IEUM_MATCH_INFEASIBLE_H

#include "assignment_frame.h"

/* IEUM_OK; IEUM_MEMORY; IEUM_INTERNAL when there is an assignment after all. Free with infeasible_free. */
ieum_status infeasible_explain(const struct assignment_frame *frame, struct assignment_reason *reason,
                               struct problem *problem);
void infeasible_free(struct assignment_reason *reason);

#endif
