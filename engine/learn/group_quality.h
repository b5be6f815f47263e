/* SPDX-License-Identifier: Apache-2.0 */
/* How well scores rank the suppliers of each demand: what parameters are chosen by. Reports use measure/; the caller may pass any function of this shape. */
#ifndef IEUM_LEARN_GROUP_QUALITY_H
#define IEUM_LEARN_GROUP_QUALITY_H

#include "dataset.h"

/* One demand's quality, greater is better; NaN: nothing to say (no good pair among them). `score` holds no NaN. */
struct quality {
    double (*of_group)(void *context, const double *score, const double *grade, size_t count);
    void *context;
};

/* nDCG@10 with linear gain, Σ grade / log₂(1 + rank); equal scores in their order. NaN where all grades are 0, or memory fails. Needs no context. */
double quality_ndcg10(void *context, const double *score, const double *grade, size_t count);

/* The mean over the demands that have one; NaN when none has. `scores` has a place per row. `of_demand` (NULL: not wanted) is indexed by the dataset's group. */
ieum_status quality_mean(const struct quality *quality, const struct dataset *data, struct rows rows, const double *scores, double *mean, double *of_demand,
                         struct problem *problem);

#endif
