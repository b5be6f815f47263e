/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exp and ln against the C library's long double (at least 64 bits of mantissa here) to the bound that the header
 * claims, and against values that a separate program worked out with IEEE doubles, so that a machine that rounds
 * otherwise shows.
 */
#include "test.h"

#include <float.h>
#include <math.h>

#include "base/elementary.h"
#include "base/random.h"

/* What elementary.h promises. */
#define BOUND_ULP 2.0

enum { POINTS = 150000 };

/* The distance in units of the last place of a double of that size. */
static double distance_ulp(double found, long double expected) {
    int exponent;
    frexp((double)expected, &exponent);
    return (double)(fabsl((long double)found - expected) / ldexpl(1, exponent - DBL_MANT_DIG));
}

static double between(struct random *random, double least, double most) {
    return least + random_unit(random) * (most - least);
}

static void check_exp(double x) {
    double off = distance_ulp(exact_exp(x), expl((long double)x));
    CHECK(off < BOUND_ULP);
    if (off >= BOUND_ULP) fprintf(stderr, "  exp(%a): %g ulp\n", x, off);
}

static void check_ln(double x) {
    if (x == 1) return;
    double off = distance_ulp(exact_ln(x), logl((long double)x));
    CHECK(off < BOUND_ULP);
    if (off >= BOUND_ULP) fprintf(stderr, "  ln(%a): %g ulp\n", x, off);
}

TEST(exp_keeps_its_bound) {
    struct random random;
    random_seed(&random, 1);
    for (int i = 0; i < POINTS; i++) {
        check_exp(between(&random, -700, 700));
        check_exp(between(&random, -2, 2));
        check_exp(between(&random, -1e-6, 1e-6));
    }
    /* Where the reduction changes its k. */
    for (int k = -1000; k <= 1000; k++) {
        double edge = (k + 0.5) * 0.69314718055994530942;
        check_exp(edge);
        check_exp(nextafter(edge, 1e9));
        check_exp(nextafter(edge, -1e9));
    }
}

TEST(ln_keeps_its_bound) {
    struct random random;
    random_seed(&random, 2);
    for (int i = 0; i < POINTS; i++) {
        uint64_t bits = random_next(&random) >> 1; /* any positive double, subnormal ones too */
        double any;
        memcpy(&any, &bits, sizeof any);
        if (any > 0 && any <= DBL_MAX) check_ln(any);
        check_ln(between(&random, 0.5, 2));
        check_ln(between(&random, 0.99, 1.01));
        check_ln(between(&random, 0.69, 0.71)); /* just below the square root of a half the two parts cancel most */
    }
    double near_one = 1;
    for (int i = 0; i < 1000; i++) check_ln(near_one = nextafter(near_one, 2));
    near_one = 1;
    for (int i = 0; i < 1000; i++) check_ln(near_one = nextafter(near_one, 0));
    check_ln(0x1.693aac23b34f1p-1); /* 2.02 ulp by an earlier formula */
    check_ln(DBL_MIN);
    check_ln(DBL_MAX);
    check_ln(nextafter(0, 1));
}

TEST(special_values) {
    CHECK(exact_exp(0) == 1 && exact_exp(-0.0) == 1);
    CHECK(exact_ln(1) == 0);
    CHECK(exact_exp(HUGE_VAL) == HUGE_VAL && exact_exp(-HUGE_VAL) == 0);
    CHECK(exact_exp(1000) == HUGE_VAL && exact_exp(-1000) == 0);
    CHECK(isnan(exact_exp(NAN)));
    CHECK(exact_ln(0) == -HUGE_VAL && exact_ln(-0.0) == -HUGE_VAL);
    CHECK(exact_ln(HUGE_VAL) == HUGE_VAL);
    CHECK(isnan(exact_ln(-1)) && isnan(exact_ln(-HUGE_VAL)) && isnan(exact_ln(NAN)));
}

TEST(growing_stays_growing) {
    double before = -1, before_ln = -1e9;
    for (int i = 0; i <= 140000; i++) {
        double value = exact_exp(-700 + i * 0.01), ln = exact_ln(exp2(-1000 + i / 70.0));
        CHECK(value > before);
        CHECK(ln > before_ln);
        before = value;
        before_ln = ln;
    }
}

/* The same bits on every machine: worked out elsewhere, with the same steps on IEEE doubles. */
TEST(bits_are_known) {
    static const struct {
        double x, exp, ln;
    } known[] = {
        {0x1.0000000000000p-30, 0x1.0000000400000p+0, -0x1.4cb5ecf0a9650p+4},
        {0x1.999999999999ap-4, 0x1.1aec7b35a00d4p+0, -0x1.26bb1bbb55515p+1},
        {0x1.6a09e667f3bccp-1, 0x1.0399458f5a0d6p+1, -0x1.62e42fefa39f1p-2},
        {0x1.8000000000000p-1, 0x1.0ef9db467dcf8p+1, -0x1.269621134db92p-2},
        {0x1.921fb54442d18p+1, 0x1.724046eb09339p+4, 0x1.250d048e7a1bdp+0},
        {0x1.4000000000000p+3, 0x1.5829dcf950560p+14, 0x1.26bb1bbb55516p+1},
        {0x1.9100000000000p+6, 0x1.8c39b9134bac4p+144, 0x1.26e4046808320p+2},
        {0x1.5e20000000000p+9, 0x1.2fd8e4cbfa413p+1010, 0x1.a34ac026e1799p+2},
        {0x1.0000000000001p+0, 0x1.5bf0a8b14576bp+1, 0x1.fffffffffffffp-53},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        CHECK(exact_exp(known[i].x) == known[i].exp);
        CHECK(exact_ln(known[i].x) == known[i].ln);
    }
}

TEST_MAIN(exp_keeps_its_bound, ln_keeps_its_bound, special_values, growing_stays_growing, bits_are_known)
