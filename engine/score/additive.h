/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage "score", the part that every model kind shares: a sum of one-dimensional curves over a pair's features (DESIGN 6),
 *
 *     score(d,s) = bias + Σ_t round(10⁹ · w_t(z_t)) / 10⁹
 *
 * in whole units of 10⁻⁹, so that contributions add up to the score exactly, in any order and on any machine. The rubric is the case of straight lines; a
 * learned model may have a curve over the rubric's own score as well (ADDITIVE_RUBRIC), so that learning corrects the published points.
 */
#ifndef IEUM_SCORE_ADDITIVE_H
#define IEUM_SCORE_ADDITIVE_H

#include "rubric.h"

/*
 * A piecewise linear curve through (at[i], value[i]), at ascending, count >= 2; beyond its ends the first and the last piece go on. In piece i it is
 * value[i] + (z − at[i]) · slope[i], computed in this order; a curve that goes through (0, 0) and (1, w) is w·z to the bit.
 */
struct curve {
    const double *at, *value, *slope; /* count, count, count − 1 */
    size_t count;
    double missing; /* what a missing value contributes */
};
double curve_value(const struct curve *curve, double z); /* NaN: missing */

#define ADDITIVE_RUBRIC UINT32_MAX

struct additive_term {
    uint32_t feature;   /* of the program, or ADDITIVE_RUBRIC: the rubric's score as a number of [0,1] */
    uint32_t criterion; /* of the program that the feature belongs to; of ADDITIVE_RUBRIC: UINT32_MAX */
    struct curve curve;
};

struct additive {
    const struct additive_term *terms;
    size_t count;
    int64_t bias;                /* 10⁻⁹ */
    const struct rubric *rubric; /* for ADDITIVE_RUBRIC; NULL where no term asks for it */
};

/* The rubric as curves, term by term; lives in the arena. False when memory fails. */
bool additive_from_rubric(const struct rubric *rubric, struct arena *arena, struct additive *additive);

/* One term's part in units of 10⁻⁹. */
int64_t additive_part(const struct additive_term *term, double z);
/* The score of one pair in units of 10⁻⁹; `values[feature * stride]`. With `contributions` (count of terms) each term's part is given. */
int64_t additive_score(const struct additive *additive, const double *values, size_t stride, int64_t *contributions);

#endif
