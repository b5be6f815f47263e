/* SPDX-License-Identifier: Apache-2.0 */
#include "platt.h"

#include <math.h>

#include "../base/elementary.h"

enum { MOST_STEPS = 100 };
static const double SMALLEST_STEP = 1e-10, RIDGE = 1e-12, FLAT = 1e-5, SUFFICIENT = 1e-4;

struct fitting {
    const double *score;
    const bool *good;
    size_t count;
    double high, low; /* targets of good and bad examples */
};

static double target(const struct fitting *fitting, size_t i) { return fitting->good[i] ? fitting->high : fitting->low; }

/* The log loss at (a, b), in the form that neither overflows nor cancels (the note's eq. 6). */
static double loss(const struct fitting *fitting, double a, double b) {
    double sum = 0;
    for (size_t i = 0; i < fitting->count; i++) {
        const double at = fitting->score[i] * a + b, t = target(fitting, i);
        sum += at >= 0 ? t * at + exact_ln(1 + exact_exp(-at)) : (t - 1) * at + exact_ln(1 + exact_exp(at));
    }
    return sum;
}

struct derivatives {
    double a, b, aa, bb, ab;
};

static struct derivatives derive(const struct fitting *fitting, double a, double b) {
    struct derivatives sum = {.aa = RIDGE, .bb = RIDGE};
    for (size_t i = 0; i < fitting->count; i++) {
        const double f = fitting->score[i], at = f * a + b, e = exact_exp(at >= 0 ? -at : at);
        const double p = at >= 0 ? e / (1 + e) : 1 / (1 + e), q = at >= 0 ? 1 / (1 + e) : e / (1 + e);
        const double curvature = p * q, slope = target(fitting, i) - p;
        sum.aa += f * f * curvature;
        sum.bb += curvature;
        sum.ab += f * curvature;
        sum.a += f * slope;
        sum.b += slope;
    }
    return sum;
}

ieum_status platt_fit(const double *score, const bool *good, size_t count, struct platt *platt, struct problem *problem) {
    size_t positive = 0;
    double greatest = 0;
    for (size_t i = 0; i < count; i++) {
        positive += good[i];
        if (!isfinite(score[i]))
            return problem_set(problem, IEUM_INVALID, "", "확률로 바꿀 점수에 숫자가 아닌 값이 있습니다.", "A score to be turned into a probability is not a number.");
        if (fabs(score[i]) > greatest) greatest = fabs(score[i]);
    }
    if (positive == 0 || positive == count)
        return problem_set(problem, IEUM_INVALID, "", "좋은 예와 나쁜 예가 모두 있어야 점수를 확률로 바꿀 수 있습니다(좋은 예 %zu건, 나쁜 예 %zu건).",
                           "Scores can be turned into probabilities only with good and bad examples (%zu good, %zu bad).", positive, count - positive);
    const double good_count = (double)positive, bad_count = (double)(count - positive);
    const struct fitting fitting = {score, good, count, (good_count + 1) / (good_count + 2), 1 / (bad_count + 2)};
    /* The fit is the same in any unit of the score, but the stopping rule is not: a score far from 1 is measured in its greatest value. */
    double a = 0, b = exact_ln((bad_count + 1) / (good_count + 1)), at_present = loss(&fitting, a, b);
    for (int step = 0; step < MOST_STEPS; step++) {
        const struct derivatives d = derive(&fitting, a, b);
        if (fabs(d.a) < FLAT * (greatest > 0 ? greatest : 1) && fabs(d.b) < FLAT) break;
        const double determinant = d.aa * d.bb - d.ab * d.ab;
        const double by_a = -(d.bb * d.a - d.ab * d.b) / determinant, by_b = -(d.aa * d.b - d.ab * d.a) / determinant;
        const double descent = d.a * by_a + d.b * by_b;
        double length = 1;
        for (; length >= SMALLEST_STEP; length /= 2) {
            const double next = loss(&fitting, a + length * by_a, b + length * by_b);
            if (next < at_present + SUFFICIENT * length * descent) {
                a += length * by_a;
                b += length * by_b;
                at_present = next;
                break;
            }
        }
        if (length < SMALLEST_STEP) break; /* as good as rounding allows */
    }
    *platt = (struct platt){true, a, b};
    return IEUM_OK;
}

double platt_probability(const struct platt *platt, double score) {
    const double at = platt->a * score + platt->b, e = exact_exp(at >= 0 ? -at : at);
    return at >= 0 ? e / (1 + e) : 1 / (1 + e);
}
