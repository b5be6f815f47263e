/* SPDX-License-Identifier: Apache-2.0 */
/* What the two AVX-512 versions of product_screen.h share: the f32 exp and the scan. */
#ifndef IEUM_SCORE_PRODUCT_SCREEN_AVX512_H
#define IEUM_SCORE_PRODUCT_SCREEN_AVX512_H

#include <immintrin.h>

#include "product_screen.h"

static inline __m512 screen_exp_avx512(__m512 x) {
    x = _mm512_max_ps(x, _mm512_set1_ps(SCREEN_EXP_LEAST));
    const __m512 rounder = _mm512_set1_ps(SCREEN_EXP_ROUNDER);
    const __m512 k = _mm512_sub_ps(_mm512_fmadd_ps(x, _mm512_set1_ps(SCREEN_EXP_LOG2E), rounder), rounder);
    const __m512 near = _mm512_fnmadd_ps(k, _mm512_set1_ps(SCREEN_EXP_LN2_HIGH), x);
    const __m512 r = _mm512_fnmadd_ps(k, _mm512_set1_ps(SCREEN_EXP_LN2_LOW), near);
    __m512 q = _mm512_setzero_ps();
#define STEP(c) q = _mm512_fmadd_ps(q, r, _mm512_set1_ps(c));
    SCREEN_EXP_COEFFICIENTS(STEP)
#undef STEP
    const __m512 power = _mm512_add_ps(_mm512_set1_ps(1.0f), _mm512_fmadd_ps(_mm512_mul_ps(r, r), q, r));
    return _mm512_scalef_ps(power, k);
}

static inline __m512d screen_low_half(__m512 x) { return _mm512_cvtps_pd(_mm512_castps512_ps256(x)); }
static inline __m512d screen_high_half(__m512 x) { return _mm512_cvtps_pd(_mm512_extractf32x8_ps(x, 1)); }

static inline size_t screen_scan_avx512(float *strip, size_t count, const float *own, const float *least, uint32_t *found, uint32_t *hits) {
    const __m512 own_low = _mm512_loadu_ps(own), own_high = _mm512_loadu_ps(own + 16);
    size_t n = 0;
    for (size_t row = 0; row < count; row++, strip += SCREEN_PANEL) {
        const __m512 low = _mm512_add_ps(_mm512_loadu_ps(strip), own_low), high = _mm512_add_ps(_mm512_loadu_ps(strip + 16), own_high);
        const __m512 bound = _mm512_set1_ps(least[row]);
        const uint32_t hit = (uint32_t)_mm512_cmp_ps_mask(low, bound, _CMP_GE_OQ) | (uint32_t)_mm512_cmp_ps_mask(high, bound, _CMP_GE_OQ) << 16;
        if (hit == 0) continue;
        _mm512_storeu_ps(strip, low);
        _mm512_storeu_ps(strip + 16, high);
        found[n] = (uint32_t)row;
        hits[n++] = hit;
    }
    return n;
}

#endif
