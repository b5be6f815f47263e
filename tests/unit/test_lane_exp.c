/* SPDX-License-Identifier: Apache-2.0 */
/* The array exp keeps its bound against the C library's long double, and its three widths give the same bytes. */
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "base/lane_exp.h"
#include "base/lane_exps.h"
#include "base/processor.h"
#include "base/random.h"

/* What lane_exp.h promises. */
#define BOUND_ULP 1.25

enum { POINTS = 100003 };

static double off_ulp(double found, long double expected) {
    int exponent;
    frexpl(expected, &exponent);
    return (double)(fabsl((long double)found - expected) / ldexpl(1, exponent - DBL_MANT_DIG));
}

static double between(struct random *random, double least, double most) { return least + random_unit(random) * (most - least); }

static void check(double x) {
    const double off = off_ulp(lane_exp(x), expl((long double)x));
    CHECK(off < BOUND_ULP);
    if (off >= BOUND_ULP) fprintf(stderr, "  lane_exp(%a): %g ulp\n", x, off);
}

TEST(keeps_its_bound) {
    struct random random;
    random_seed(&random, 1);
    for (int i = 0; i < POINTS; i++) {
        check(between(&random, -708, 709.7));
        check(between(&random, -2, 2));
        check(between(&random, -1e-6, 1e-6));
    }
    for (int k = -1021; k <= 1023; k++) { /* where the reduction changes its k */
        const double edge = (k + 0.5) * 0.69314718055994530942;
        if (edge < 709.7) check(edge);
        if (edge < 709.7) check(nextafter(edge, 1e9));
        check(nextafter(edge, -1e9));
    }
}

TEST(special_values) {
    CHECK(lane_exp(0) == 1 && lane_exp(-0.0) == 1);
    CHECK(lane_exp(HUGE_VAL) == HUGE_VAL && lane_exp(-HUGE_VAL) == 0);
    CHECK(lane_exp(1e300) == HUGE_VAL && lane_exp(709.79) == HUGE_VAL && lane_exp(709.78) < HUGE_VAL);
    CHECK(lane_exp(-1e300) == 0 && lane_exp(-745.2) == 0 && lane_exp(-745.1) > 0);
    CHECK(isnan(lane_exp(NAN)) && isnan(lane_exp(-NAN)));
    for (double x = -745; x < -708; x += 0.01) /* subnormal results: within one unit of the smallest step */
        CHECK(fabsl((long double)lane_exp(x) - expl((long double)x)) <= 0x1p-1074L);
}

/* Any bits at all: infinities, subnormals, huge and tiny numbers; NaN only by being NaN. */
static bool same(double a, double b) { return (a != a && b != b) || memcmp(&a, &b, sizeof a) == 0; }

TEST(same_bytes_in_every_width) {
    static double given[POINTS], found[POINTS];
    struct random random;
    random_seed(&random, 2);
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < POINTS; i++) {
            const uint64_t bits = random_next(&random);
            if (round == 0) memcpy(&given[i], &bits, sizeof bits);
            else given[i] = between(&random, round == 1 ? -760 : -40, round == 1 ? 720 : round == 2 ? 0 : 40);
        }
        given[0] = NAN, given[1] = HUGE_VAL, given[2] = -HUGE_VAL, given[3] = -0.0, given[4] = 0, given[5] = -746, given[6] = 710;
        for (int level = PROCESSOR_PORTABLE; level <= PROCESSOR_HIGHEST; level++) {
            processor_limit((enum processor_level)level);
            memcpy(found, given, sizeof found);
            lane_exps(found, POINTS);
            int differ = 0;
            for (int i = 0; i < POINTS; i++) differ += !same(found[i], lane_exp(given[i]));
            CHECK_INT(differ, 0);
        }
    }
    lane_exps(found, 0);
    processor_limit(PROCESSOR_HIGHEST);
}

TEST(growing_stays_growing) {
    double before = -1;
    for (int i = 0; i <= 140000; i++) {
        const double value = lane_exp(-700 + i * 0.01);
        CHECK(value > before);
        before = value;
    }
}

/* The same bits on every machine: worked out elsewhere with exact rational arithmetic, rounded after each step as IEEE asks. */
TEST(bits_are_known) {
    static const struct {
        double x, exp;
    } known[] = {
        {-0x1.0000000000000p-30, 0x1.fffffff800000p-1},
        {-0x1.999999999999ap-4, 0x1.cf46d99d52b3ap-1},
        {-0x1.6a0902de00d1bp-1, 0x1.f8e7e0238b0f9p-2},
        {-0x1.8000000000000p+0, 0x1.c8f87724b5c1dp-3},
        {-0x1.921fb4d12d84ap+1, 0x1.620228f3e1c8dp-5},
        {-0x1.4000000000000p+3, 0x1.7cd79b5647c9ap-15},
        {-0x1.9100000000000p+6, 0x1.4acd31e167ebbp-145},
        {-0x1.4540000000000p+9, 0x1.70d8a640274f0p-939},
        {-0x1.7400000000000p+9, 0x0.0000000000002p-1022},
        {0x1.0000000000000p+0, 0x1.5bf0a8b14576ap+1},
        {0x1.6333333333333p+6, 0x1.148906c06fc8ap+128},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) CHECK(lane_exp(known[i].x) == known[i].exp);
}

TEST_MAIN(keeps_its_bound, special_values, same_bytes_in_every_width, growing_stays_growing, bits_are_known)
