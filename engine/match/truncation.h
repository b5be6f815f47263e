/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Candidate lists cut short: whether a pair that was left out could have raised the total.
 *
 * In: a problem over short lists, its optimal max_sum result, and a cutoff a demand: no pair of that demand that is not
 * listed scores more. Out: whether the result is proven optimal over complete lists too, which demands raise doubt, and
 * a bound that no assignment over complete lists exceeds. It never says proven of what is not; it may doubt in vain,
 * since it knows the cutoffs only, not the scores that were left out.
 */
#ifndef IEUM_MATCH_TRUNCATION_H
#define IEUM_MATCH_TRUNCATION_H

#include "assignment.h"

#define TRUNCATION_COMPLETE INT64_MIN /* as a cutoff: the demand's list is complete */

struct truncation {
    bool proven;        /* no assignment over complete lists has a greater total */
    uint32_t *doubtful; /* demands of whom a pair that was left out might raise it, upwards */
    uint32_t doubtful_count;
    int64_t bound; /* fixed point, >= the result's total; equal when proven */
};

/*
 * `cutoff`: demand_count places, fixed point. IEUM_INVALID ("/cutoff/3": beyond the limit of scores), IEUM_MEMORY,
 * IEUM_LIMIT; IEUM_INTERNAL when the result is not this problem's optimum. `*truncation` is written on IEUM_OK only;
 * free it with truncation_free.
 */
ieum_status truncation_judge(const struct assignment_problem *assignment, const struct assignment_result *result,
                             const int64_t *cutoff, struct truncation *truncation, struct problem *problem);
void truncation_free(struct truncation *truncation);

#endif
