/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From chosen flags to the list of pairs of a result.
 * In: a frame and flags that keep every limit. Out: flags without needless pairs; pairs, their number and total.
 */
#ifndef IEUM_MATCH_ASSIGNMENT_PAIRS_H
#define IEUM_MATCH_ASSIGNMENT_PAIRS_H

#include "assignment_frame.h"

/*
 * Leaves out chosen pairs that nothing asks for, the last ones first: those of score 0 that are not locked, nor needed
 * by a minimum, nor in `wanted` (per candidate pair; NULL: none is).
 */
ieum_status assignment_pairs_drop(const struct assignment_frame *frame, const uint8_t *wanted, uint8_t *chosen,
                                  struct problem *problem);

/* Fills pairs, pair_count and total from `result->chosen` and the scores of the frame's problem. IEUM_LIMIT when the
 * total overflows. */
ieum_status assignment_pairs_list(const struct assignment_frame *frame, struct assignment_result *result,
                                  struct problem *problem);

#endif
