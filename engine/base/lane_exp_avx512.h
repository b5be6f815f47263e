/* SPDX-License-Identifier: Apache-2.0 */
/* lane_exp.h, eight lanes at once. scalef multiplies by 2^k with one rounding, as the two steps there do. */
#ifndef IEUM_BASE_LANE_EXP_AVX512_H
#define IEUM_BASE_LANE_EXP_AVX512_H

#include <immintrin.h>

#include "lane_exp.h"

static inline __m512d lane_exp_avx512(__m512d x) {
    /* Of a NaN and a number, min and max give their second operand: a NaN stays. */
    x = _mm512_min_pd(_mm512_set1_pd(LANE_EXP_MOST), _mm512_max_pd(_mm512_set1_pd(LANE_EXP_LEAST), x));
    const __m512d rounder = _mm512_set1_pd(LANE_EXP_ROUNDER);
    const __m512d k = _mm512_sub_pd(_mm512_fmadd_pd(x, _mm512_set1_pd(LANE_EXP_LOG2E), rounder), rounder);
    const __m512d near = _mm512_fnmadd_pd(k, _mm512_set1_pd(LANE_EXP_LN2_HIGH), x);
    const __m512d r = _mm512_fnmadd_pd(k, _mm512_set1_pd(LANE_EXP_LN2_LOW), near);
    __m512d q = _mm512_setzero_pd();
#define STEP(c) q = _mm512_fmadd_pd(q, r, _mm512_set1_pd(c));
    LANE_EXP_COEFFICIENTS(STEP)
#undef STEP
    const __m512d power = _mm512_add_pd(_mm512_set1_pd(1.0), _mm512_fmadd_pd(_mm512_mul_pd(r, r), q, r));
    return _mm512_scalef_pd(power, k);
}

#endif
