/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shares of small numbers, so that none is read for more than it says.
 *
 * share_interval: the score interval of part/whole (Wilson 1927). share_difference: the interval of part_1/whole_1 − part_0/whole_0 from the two score intervals (Newcombe 1998, method 10),
 * which holds its level with few observations and at 0 and 1. `z` is the normal quantile: 1.96 for 95 %. The same bits everywhere: +, −, ·, /, √ alone.
 */
#ifndef IEUM_MEASURE_PROPORTIONS_H
#define IEUM_MEASURE_PROPORTIONS_H

#include <stddef.h>

#include "significance.h"

struct share_count {
    size_t part, whole; /* part <= whole */
};

/* whole > 0 */
struct interval share_interval(struct share_count count, double z);
/* Of `now` above `before`; both wholes > 0. */
struct interval share_difference(struct share_count before, struct share_count now, double z);

#endif
