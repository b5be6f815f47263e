/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exp for whole arrays: one algorithm in three widths (here, lane_exp_avx2.h, lane_exp_avx512.h) that give the same bytes, because each is the same
 * chain of IEEE operations and fused multiply-adds.
 *
 *     x clamped to [-746, 710];  k = x · log2 e to the nearest, by adding 1.5 · 2^52;  r = (x − k·LN2_HIGH) − k·LN2_LOW, |r| <= ln2/2 (Cody & Waite 1980;
 *     LN2_HIGH ends in 21 zero bits, so the first difference is exact);  e^r = 1 + (r + r² q(r)), q of degree 9 through the Chebyshev points of
 *     (e^r − 1 − r)/r² (error of the whole below 2^-56);  times 2^k in two steps, of which only the second can round, and only to a subnormal.
 *
 * Error below 1.25 ulp for normal results (tests/unit/test_lane_exp.c). NaN gives NaN, +inf and all above 709.79 +inf, all below -745.2 zero.
 * Not the bytes of exact_exp (elementary.h), which the scores of one pair at a time have used since before.
 */
#ifndef IEUM_BASE_LANE_EXP_H
#define IEUM_BASE_LANE_EXP_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#define LANE_EXP_LEAST (-746.0)
#define LANE_EXP_MOST 710.0
#define LANE_EXP_LOG2E 0x1.71547652b82fep+0
#define LANE_EXP_ROUNDER 0x1.8p+52
#define LANE_EXP_LN2_HIGH 0x1.62e42fee00000p-1
#define LANE_EXP_LN2_LOW 0x1.a39ef35793c76p-33
/* q's coefficients, of r^9 down to r^0 */
#define LANE_EXP_COEFFICIENTS(X)                                                                                                                 \
    X(0x1.af38a0d2d9620p-26)                                                                                                                     \
    X(0x1.28917e2c43a66p-22)                                                                                                                     \
    X(0x1.71de0db21e27fp-19)                                                                                                                     \
    X(0x1.a019b9133a48ap-16)                                                                                                                     \
    X(0x1.a01a01a7c327ap-13)                                                                                                                     \
    X(0x1.6c16c1788a49bp-10)                                                                                                                     \
    X(0x1.11111111109b4p-7)                                                                                                                      \
    X(0x1.5555555553d67p-5)                                                                                                                      \
    X(0x1.5555555555556p-3)                                                                                                                      \
    X(0x1.0000000000001p-1)

/* 2^k for k in [-1022, 1023], from k biased by 1023. */
static inline double lane_exp_power(uint64_t biased) {
    const uint64_t bits = biased << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

static inline double lane_exp(double x) {
    if (x != x) return x;
    x = x > LANE_EXP_LEAST ? x : LANE_EXP_LEAST;
    x = x < LANE_EXP_MOST ? x : LANE_EXP_MOST;
    const double shifted = fma(x, LANE_EXP_LOG2E, LANE_EXP_ROUNDER), k = shifted - LANE_EXP_ROUNDER;
    const double r = fma(-k, LANE_EXP_LN2_LOW, fma(-k, LANE_EXP_LN2_HIGH, x));
    double q = 0;
#define STEP(c) q = fma(q, r, c);
    LANE_EXP_COEFFICIENTS(STEP)
#undef STEP
    const double power = 1.0 + fma(r * r, q, r);
    const int64_t whole = (int64_t)k, half = (whole + 2048) / 2 - 1024; /* the floor of k/2 */
    return power * lane_exp_power((uint64_t)(half + 1023)) * lane_exp_power((uint64_t)(whole - half + 1023));
}

#endif
