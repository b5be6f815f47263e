/* SPDX-License-Identifier: Apache-2.0 */
/* lane_exp.h, four lanes at once. k stands in the low bits of the shifted number. */
#ifndef IEUM_BASE_LANE_EXP_AVX2_H
#define IEUM_BASE_LANE_EXP_AVX2_H

#include <immintrin.h>

#include "lane_exp.h"

static inline __m256d lane_exp_avx2(__m256d x) {
    /* Of a NaN and a number, min and max give their second operand: a NaN stays. */
    x = _mm256_min_pd(_mm256_set1_pd(LANE_EXP_MOST), _mm256_max_pd(_mm256_set1_pd(LANE_EXP_LEAST), x));
    const __m256d rounder = _mm256_set1_pd(LANE_EXP_ROUNDER);
    const __m256d shifted = _mm256_fmadd_pd(x, _mm256_set1_pd(LANE_EXP_LOG2E), rounder), k = _mm256_sub_pd(shifted, rounder);
    const __m256d near = _mm256_fnmadd_pd(k, _mm256_set1_pd(LANE_EXP_LN2_HIGH), x);
    const __m256d r = _mm256_fnmadd_pd(k, _mm256_set1_pd(LANE_EXP_LN2_LOW), near);
    __m256d q = _mm256_setzero_pd();
#define STEP(c) q = _mm256_fmadd_pd(q, r, _mm256_set1_pd(c));
    LANE_EXP_COEFFICIENTS(STEP)
#undef STEP
    const __m256d power = _mm256_add_pd(_mm256_set1_pd(1.0), _mm256_fmadd_pd(_mm256_mul_pd(r, r), q, r));
    const __m256i whole = _mm256_sub_epi64(_mm256_castpd_si256(shifted), _mm256_castpd_si256(rounder));
    const __m256i half = _mm256_sub_epi64(_mm256_srli_epi64(_mm256_add_epi64(whole, _mm256_set1_epi64x(2048)), 1), _mm256_set1_epi64x(1024));
    const __m256i bias = _mm256_set1_epi64x(1023);
    const __m256d first = _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_add_epi64(half, bias), 52));
    const __m256d second = _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_add_epi64(_mm256_sub_epi64(whole, half), bias), 52));
    return _mm256_mul_pd(_mm256_mul_pd(power, first), second);
}

#endif
