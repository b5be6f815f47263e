/* SPDX-License-Identifier: Apache-2.0 */
/* The sigmoid against a brute-force minimum of the same loss, and the measures of probabilities against their definitions. */
#include "test.h"

#include <math.h>

#include "base/random.h"
#include "learn/platt.h"
#include "learn/reliability.h"

enum { MOST = 400 };

static double loss(const double *score, const bool *good, size_t count, double a, double b) {
    double positive = 0, sum = 0;
    for (size_t i = 0; i < count; i++) positive += good[i];
    const double high = (positive + 1) / (positive + 2), low = 1 / ((double)count - positive + 2);
    for (size_t i = 0; i < count; i++) {
        const double t = good[i] ? high : low, at = a * score[i] + b;
        sum += t * (at > 0 ? at + log1p(exp(-at)) : log1p(exp(at))) + (1 - t) * (at > 0 ? log1p(exp(-at)) : log1p(exp(at)) - at);
    }
    return sum;
}

/* The least loss by a grid that is narrowed around its best point, again and again. */
static double grid_minimum(const double *score, const bool *good, size_t count, double width_a, double *a, double *b) {
    double best = INFINITY, width_b = 20;
    *a = *b = 0;
    for (int round = 0; round < 60; round++) {
        const double from_a = *a, from_b = *b;
        for (int i = -6; i <= 6; i++)
            for (int j = -6; j <= 6; j++) {
                const double value = loss(score, good, count, from_a + i * width_a / 6, from_b + j * width_b / 6);
                if (value < best) {
                    best = value;
                    *a = from_a + i * width_a / 6;
                    *b = from_b + j * width_b / 6;
                }
            }
        width_a *= 0.7;
        width_b *= 0.7;
    }
    return best;
}

TEST(the_minimum_is_found) {
    struct random random;
    random_seed(&random, 12);
    for (int round = 0; round < 25; round++) {
        double score[MOST], a, b;
        bool good[MOST];
        struct platt platt = {0};
        struct problem problem;
        problem_clear(&problem);
        const size_t count = 4 + random_below(&random, 120);
        const double unit = round % 5 == 0 ? 1000 : round % 5 == 1 ? 0.001 : 1, steep = random_unit(&random) * 6 - 1;
        for (size_t i = 0; i < count; i++) {
            score[i] = (random_unit(&random) * 4 - 2) * unit;
            good[i] = random_unit(&random) < 1 / (1 + exp(-steep * score[i] / unit - 0.7));
        }
        if (round % 7 == 0) /* perfectly separable: the targets keep the minimum finite */
            for (size_t i = 0; i < count; i++) good[i] = score[i] > 0;
        good[0] = true;
        good[1] = false;
        CHECK(platt_fit(score, good, count, &platt, &problem) == IEUM_OK);
        CHECK(platt.fitted);
        const double least = grid_minimum(score, good, count, 60 / unit, &a, &b), found = loss(score, good, count, platt.a, platt.b);
        CHECK(found <= least + 1e-6);
        CHECK(fabs(platt_probability(&platt, score[0]) - 1 / (1 + exp(platt.a * score[0] + platt.b))) < 1e-12);
    }
}

TEST(a_planted_sigmoid_comes_back) {
    enum { COUNT = 20000 };
    static double score[COUNT];
    static bool good[COUNT];
    struct random random;
    struct platt platt;
    struct problem problem;
    problem_clear(&problem);
    random_seed(&random, 4);
    for (size_t i = 0; i < COUNT; i++) {
        score[i] = random_unit(&random) * 6 - 3;
        good[i] = random_unit(&random) < 1 / (1 + exp(-1.7 * score[i] + 0.6));
    }
    CHECK(platt_fit(score, good, COUNT, &platt, &problem) == IEUM_OK);
    CHECK(fabs(platt.a + 1.7) < 0.08 && fabs(platt.b - 0.6) < 0.08);
    CHECK(platt_probability(&platt, 1e6) > 1 - 1e-12 && platt_probability(&platt, -1e6) < 1e-12);
}

TEST(equal_scores_give_the_share) {
    const double score[] = {2, 2, 2, 2};
    const bool good[] = {true, false, false, false};
    struct platt platt;
    struct problem problem;
    problem_clear(&problem);
    CHECK(platt_fit(score, good, 4, &platt, &problem) == IEUM_OK);
    const double wanted = (2.0 / 3 + 3 * (1.0 / 5)) / 4; /* the mean target */
    CHECK(fabs(platt_probability(&platt, 2) - wanted) < 1e-4);
}

TEST(one_class_or_no_numbers_are_refused) {
    const double score[] = {1, 2, NAN}, endless[] = {1, INFINITY};
    const bool all[] = {true, true, true}, none[] = {false, false, false}, both[] = {true, false, true};
    struct platt platt = {0};
    struct problem problem;
    problem_clear(&problem);
    CHECK(platt_fit(score, all, 2, &platt, &problem) == IEUM_INVALID && problem.ko[0]);
    problem_clear(&problem);
    CHECK(platt_fit(score, none, 2, &platt, &problem) == IEUM_INVALID);
    problem_clear(&problem);
    CHECK(platt_fit(score, both, 3, &platt, &problem) == IEUM_INVALID);
    problem_clear(&problem);
    CHECK(platt_fit(endless, both, 2, &platt, &problem) == IEUM_INVALID);
    problem_clear(&problem);
    CHECK(platt_fit(NULL, NULL, 0, &platt, &problem) == IEUM_INVALID);
    CHECK(!platt.fitted);
}

TEST(reliability_by_hand) {
    const double p[] = {0.05, 0.15, 0.15, 0.95, 1.0, NAN, 0.5};
    const bool good[] = {false, true, false, true, true, true, false};
    struct reliability reliability;
    reliability_measure(p, good, 7, &reliability);
    CHECK_INT(reliability.count, 6);
    CHECK_INT(reliability.good, 3);
    CHECK(fabs(reliability.brier - (0.0025 + 0.7225 + 0.0225 + 0.0025 + 0 + 0.25) / 6) < 1e-15);
    CHECK(fabs(reliability.log_loss + (log(0.95) + log(0.15) + log(0.85) + log(0.95) + log1p(-1e-15) + log(0.5)) / 6) < 1e-12);
    CHECK(reliability.base_brier == 0.25);
    CHECK_INT(reliability.bins[0].count, 1);
    CHECK_INT(reliability.bins[1].count, 2);
    CHECK(fabs(reliability.bins[1].probability - 0.15) < 1e-15 && reliability.bins[1].observed == 0.5);
    CHECK_INT(reliability.bins[5].count, 1);
    CHECK_INT(reliability.bins[9].count, 2);
    CHECK(isnan(reliability.bins[4].observed));
    CHECK(fabs(reliability.calibration - (0.05 + 2 * 0.35 + 2 * 0.025 + 0.5) / 6) < 1e-12);
    reliability_measure(p, good, 0, &reliability);
    CHECK(isnan(reliability.brier) && isnan(reliability.calibration) && reliability.count == 0);
}

TEST_MAIN(the_minimum_is_found, a_planted_sigmoid_comes_back, equal_scores_give_the_share, one_class_or_no_numbers_are_refused, reliability_by_hand)
