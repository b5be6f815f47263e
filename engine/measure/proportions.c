/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see proportions.h. */
#include "proportions.h"

#include <math.h>

static double share_of(struct share_count count) { return (double)count.part / (double)count.whole; }

struct interval share_interval(struct share_count count, double z) {
    const double p = share_of(count), n = (double)count.whole, square = z * z;
    const double middle = (p + square / (2 * n)) / (1 + square / n), half = z * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n);
    /* At 0 and 1 the bound is exact; rounding must not move it. */
    return (struct interval){count.part == 0 ? 0 : middle - half, count.part == count.whole ? 1 : middle + half};
}

struct interval share_difference(struct share_count before, struct share_count now, double z) {
    const struct interval old = share_interval(before, z), new = share_interval(now, z);
    const double p0 = share_of(before), p1 = share_of(now), difference = p1 - p0;
    const double down = sqrt((p1 - new.low) * (p1 - new.low) + (old.high - p0) * (old.high - p0));
    const double up = sqrt((new.high - p1) * (new.high - p1) + (p0 - old.low) * (p0 - old.low));
    return (struct interval){difference - down, difference + up};
}
