/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage "score", model kind "rubric": the program's published points as a model, nobody trained it.
 *
 *     score(d,s) = Σ_t contribution_t,   contribution_t = round(10⁹ · share_t · z_t) / 10⁹
 *
 * over the terms t = (criterion, feature); share_t = points of the criterion / all points · weight of the feature in it, z_t the feature's value, or what the program
 * lets a missing one count. Contributions are integers of 10⁻⁹, so they add up to the score exactly, in any order, on any machine; points are
 * 100 × score.
 */
#ifndef IEUM_SCORE_RUBRIC_H
#define IEUM_SCORE_RUBRIC_H

#include "../program/program.h"

#define SCORE_ONE INT64_C(1000000000) /* a score of 1 */

struct rubric_term {
    uint32_t criterion, feature;
    double share;   /* of the score; the shares of all terms sum to 1 */
    double missing; /* what a missing value counts as */
};

struct rubric {
    const struct rubric_term *terms;
    size_t count;
    double points_total; /* of the criteria that count */
};

/* The program's criteria as terms, in their order; with `fit_only` only the fit criteria, scaled so that they make 1. Lives in the arena.
 * INVALID when no criterion is left. */
ieum_status rubric_compile(const struct program *program, bool fit_only, struct arena *arena, struct rubric *rubric,
                           struct problem *problem);

/* The score of one pair in units of 10⁻⁹; `values[feature * stride]`. With `contributions` (count of terms) each term's part is given. */
int64_t rubric_score(const struct rubric *rubric, const double *values, size_t stride, int64_t *contributions);

#endif
