/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How sure a mean over topics is, and a difference of two.
 *
 * bootstrap_intervals: percentile intervals of 95 % of the means, topics drawn again with replacement (Efron & Tibshirani 1993, ch. 13), 10,000 times; all columns
 * share the draws.
 *
 * randomisation_test: two-sided paired test of "the two runs could be exchanged topic by topic" (Fisher 1935; for rankings Smucker, Allan & Carterette 2007). Signs
 * of the differences are flipped; p is the share of arrangements whose total lies at least as far from 0. With at most 16 topics that differ all arrangements are
 * counted and p is exact; else 100,000 are drawn and p = (b + 1) / (n + 1) (Davison & Hinkley 1997, 4.11). Differences are rounded to 2^-44 and totals compared
 * within the error that this can make (n · 2^-44), so that totals that are equal in truth, 0.05 = 0.02 + 0.03, count as equal whatever the last bits are.
 *
 * Both are seeded and give the same bits everywhere.
 */
#ifndef IEUM_MEASURE_SIGNIFICANCE_H
#define IEUM_MEASURE_SIGNIFICANCE_H

#include <stdint.h>

#include "../base/problem.h"

#define BOOTSTRAP_RESAMPLES 10000
#define RANDOMISATION_DRAWS 100000
#define RANDOMISATION_EXACT_TOPICS 16
#define SIGNIFICANCE_MOST_TOPICS 100000

struct interval {
    double low, high;
};

struct randomisation {
    double p;
    bool exact;
    uint32_t arrangements; /* counted or drawn */
};

/* `values[topic * columns + column]`; one interval a column. LIMIT beyond 100,000 topics, MEMORY. topics >= 1. */
ieum_status bootstrap_intervals(const double *values, size_t topics, size_t columns, uint64_t seed, struct interval *intervals,
                                struct problem *problem);

/* `differences[topic * stride]`, each in [-1,1]. */
ieum_status randomisation_test(const double *differences, size_t topics, size_t stride, uint64_t seed, struct randomisation *test,
                               struct problem *problem);

#endif
