/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sums over rows of LANES numbers, one lane a demand: what computes many pairs at once does its arithmetic here. A lane never touches another, every operation
 * is one IEEE multiplication, addition, division or comparison, and the order within a lane is the order of the arguments; so a lane's result is the same to the
 * bit as that of a plain loop for one demand, on every instruction set. Written once (lanes_body.h), compiled three times, chosen by base/processor.h.
 */
#ifndef IEUM_BASE_LANES_H
#define IEUM_BASE_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"

enum { LANES = 16 };

/* A piecewise linear curve: in piece i, value[i] + (z − at[i]) · slope[i]; piece i + 1 begins at at[i + 1]; `missing` stands for NaN. */
struct lane_curve {
    const double *at, *value, *slope;
    size_t count; /* of points, >= 2 */
    double missing;
};

/*
 * Whether a gathered sum matters: a lane does where base[lane] + slope · sum reaches bound[lane]. To tell so quickly there are rows and weights of few bits, each at
 * least what it stands for, so that no sum that matters is missed: a row's number is 10⁻⁴ more than its value before it is rounded, a weight no less than its own,
 * and with n items a product and at most n additions each lose 2⁻²⁴ of themselves; (1 + 10⁻⁴)(1 − 2⁻²⁴)^(n + 3) >= 1 for n <= HOPES_MOST.
 */
enum { HOPES_MOST = 1600 };
struct lane_hope {
    const double *base, *bound; /* one a lane */
    double slope;               /* >= 0 */
};
uint32_t lane_item(uint32_t row, double weight); /* an item of `hopes`: row < 65536 below, 0 <= weight above, as the upper half of a short float */
float lane_row_of(double value);                /* value >= 0: what a row of `hopes` holds for it */

/* A short number a supplier, as bytes of one factor. */
struct lane_column {
    const uint8_t *bytes;
    float factor;
};

struct lanes {
    /* sums[place[i]][·] += weight[i] · row[·], in the order of i */
    void (*scatter)(double (*sums)[LANES], const double *row, const uint8_t *place, const double *weight, size_t count);
    /* sum[·] = Σ_i rows[at[i]][·] · weight[i], from 0, in the order of i */
    void (*gather)(double *sum, const double (*rows)[LANES], const uint32_t *at, const double *weight, size_t count);
    /* Whether any lane of the sum of the items' rows matters, told from above. */
    bool (*hopes)(const float (*rows)[LANES], const uint32_t *items, size_t count, const struct lane_hope *hope);
    /* best[·] = max_i weight[i] · rows[at[i]][·], from 0 */
    void (*greatest)(double *best, const double (*rows)[LANES], const uint32_t *at, const double *weight, size_t count);
    /* cells[s][·] = min(cells[s][·] / by[·], 1) + missing[·], where missing is 0 or NaN */
    void (*divide)(double (*cells)[LANES], const double *by, const double *missing, size_t count);
    /* sums[s][·] += rows[at[s]][·] */
    void (*add_rows)(double (*sums)[LANES], const double (*rows)[LANES], const uint32_t *at, size_t count);
    /*
     * sums[i] += the curve at z[i] times 10⁹, rounded to the nearest whole number, halves away from zero (as llround); exact while it stays below 2^51. `count`
     * is a multiple of eight.
     */
    void (*add_curve)(double *sums, const struct lane_curve *curve, const double *z, size_t count);
    /* ---- short numbers, one a supplier ---- */
    /* sums[i] += factor · bytes[i] of each column, one column after the other; a few columns at a time, so that all of them stay within reach */
    void (*add_columns)(float *sums, const struct lane_column *columns, size_t columns_count, size_t count);
    /* parts[i] = least + slope · min(parts[i], 1), added to sums[i]; where there is a `was`, less what stands there */
    void (*add_line)(float *sums, float *parts, const float *was, float least, float slope, size_t count);
    void (*set_line)(float *to, const float *from, float factor, float more, size_t count); /* to[i] = factor · from[i] + more; both may be one */
    void (*set_share)(float *to, const float *from, float factor, const float *by, size_t count); /* to[i] = min(factor · from[i], 1) · by[i]; the same */
    void (*add_picked)(float *sums, const float *values, const uint32_t *at, size_t count); /* sums[i] += values[at[i]] */
    /* Bit i: whether values[i] >= limit; count <= 64. */
    uint64_t (*reach)(const float *values, float limit, size_t count);
    /* above[s]: whether any lane of scores[s] is above its bound */
    void (*above)(uint8_t *above, const double (*scores)[LANES], const double *bound, size_t count);
};

const struct lanes *lanes_best(void); /* for the processor and its limit */

/* Rows of zeros in the arena that begin where a line of the cache does: a row that lies across three lines takes twice as long. NULL when memory fails. */
double (*lanes_rows(struct arena *arena, size_t count))[LANES];
float (*lanes_short_rows(struct arena *arena, size_t count))[LANES];

#endif
