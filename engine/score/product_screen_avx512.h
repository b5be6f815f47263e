/* SPDX-License-Identifier: Apache-2.0 */
/* What the two AVX-512 versions of product_screen.h share: the distances of a group, the f32 exp and the scan. */
#ifndef IEUM_SCORE_PRODUCT_SCREEN_AVX512_H
#define IEUM_SCORE_PRODUCT_SCREEN_AVX512_H

#include <immintrin.h>

#include "product_screen.h"

#define UNROLLED _Pragma("GCC unroll 16")

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

/* Squared distances of a group of support vectors to the panel's points, kept in registers: dims x SCREEN_GROUP vectors, dims x SCREEN_PANEL points. */
static inline void screen_distances_avx512(const float *vectors, const float *points, size_t dims, __m512 (*distance)[2]) {
    UNROLLED for (int g = 0; g < SCREEN_GROUP; g++) distance[g][0] = distance[g][1] = _mm512_setzero_ps();
    for (size_t j = 0; j < dims; j++) {
        const __m512 low = _mm512_loadu_ps(points + j * SCREEN_PANEL), high = _mm512_loadu_ps(points + j * SCREEN_PANEL + 16);
        UNROLLED for (int g = 0; g < SCREEN_GROUP; g++) {
            const __m512 vector = _mm512_set1_ps(vectors[j * SCREEN_GROUP + (size_t)g]);
            const __m512 off_low = _mm512_sub_ps(low, vector), off_high = _mm512_sub_ps(high, vector);
            distance[g][0] = _mm512_fmadd_ps(off_low, off_low, distance[g][0]);
            distance[g][1] = _mm512_fmadd_ps(off_high, off_high, distance[g][1]);
        }
    }
}

static inline __m512 screen_value_avx512(__m512 distance, __m512 mean) {
    return _mm512_sub_ps(screen_exp_avx512(_mm512_sub_ps(_mm512_setzero_ps(), distance)), mean);
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
