/* SPDX-License-Identifier: Apache-2.0 */
#include "product_screen.h"

#if defined(IEUM_SIMD_X86)
#include <immintrin.h>

#define UNROLLED _Pragma("GCC unroll 16")

enum { HEIGHT = 6 }; /* tiles of 6 × 16: 12 registers of sums, two of the panel, one or two of the demands */

static inline __m256 exp_lanes(__m256 x) {
    x = _mm256_max_ps(x, _mm256_set1_ps(SCREEN_EXP_LEAST));
    const __m256 rounder = _mm256_set1_ps(SCREEN_EXP_ROUNDER);
    const __m256 k = _mm256_sub_ps(_mm256_fmadd_ps(x, _mm256_set1_ps(SCREEN_EXP_LOG2E), rounder), rounder);
    const __m256 near = _mm256_fnmadd_ps(k, _mm256_set1_ps(SCREEN_EXP_LN2_HIGH), x);
    const __m256 r = _mm256_fnmadd_ps(k, _mm256_set1_ps(SCREEN_EXP_LN2_LOW), near);
    __m256 q = _mm256_setzero_ps();
#define STEP(c) q = _mm256_fmadd_ps(q, r, _mm256_set1_ps(c));
    SCREEN_EXP_COEFFICIENTS(STEP)
#undef STEP
    const __m256 power = _mm256_add_ps(_mm256_set1_ps(1.0f), _mm256_fmadd_ps(_mm256_mul_ps(r, r), q, r));
    const __m256i shift = _mm256_slli_epi32(_mm256_cvtps_epi32(k), 23);
    return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(power), shift));
}

/* Distances of 32 points (four registers) to two vectors of a group. */
static inline void two_distances(const float *vectors, size_t dims, const float *points, __m256 distance[2][4]) {
    UNROLLED for (int part = 0; part < 4; part++) distance[0][part] = distance[1][part] = _mm256_setzero_ps();
    for (size_t j = 0; j < dims; j++, points += SCREEN_PANEL, vectors += SCREEN_GROUP) {
        const __m256 first = _mm256_broadcast_ss(vectors), second = _mm256_broadcast_ss(vectors + 1);
        UNROLLED for (int part = 0; part < 4; part++) {
            const __m256 point = _mm256_loadu_ps(points + 8 * part);
            const __m256 off_first = _mm256_sub_ps(point, first), off_second = _mm256_sub_ps(point, second);
            distance[0][part] = _mm256_fmadd_ps(off_first, off_first, distance[0][part]);
            distance[1][part] = _mm256_fmadd_ps(off_second, off_second, distance[1][part]);
        }
    }
}

static void rows(const struct screen_vectors *side, const float *points, void *cells, float *steps, struct screen_sums *sums) {
    float *panel = cells;
    (void)steps;
    sums->lost = 0;
    const float *vectors = side->vectors;
    __m256d own[8];
    __m256 square[4];
    UNROLLED for (int h = 0; h < 8; h++) own[h] = _mm256_setzero_pd();
    UNROLLED for (int part = 0; part < 4; part++) square[part] = _mm256_setzero_ps();
    for (size_t i = 0; i < side->padded; i += 2) {
        __m256 distance[2][4];
        two_distances(vectors + i / SCREEN_GROUP * side->dims * SCREEN_GROUP + i % SCREEN_GROUP, side->dims, points, distance);
        for (size_t g = 0; g < 2; g++, panel += SCREEN_PANEL) {
            const __m256 mean = _mm256_broadcast_ss(side->means + i + g);
            const __m256d weight = _mm256_broadcast_sd(side->weights + i + g);
            UNROLLED for (int part = 0; part < 4; part++) {
                const __m256 value = _mm256_sub_ps(exp_lanes(_mm256_sub_ps(_mm256_setzero_ps(), distance[g][part])), mean);
                _mm256_storeu_ps(panel + 8 * part, value);
                own[2 * part] = _mm256_fmadd_pd(weight, _mm256_cvtps_pd(_mm256_castps256_ps128(value)), own[2 * part]);
                own[2 * part + 1] = _mm256_fmadd_pd(weight, _mm256_cvtps_pd(_mm256_extractf128_ps(value, 1)), own[2 * part + 1]);
                square[part] = _mm256_fmadd_ps(value, value, square[part]);
            }
        }
    }
    UNROLLED for (int h = 0; h < 8; h++) _mm256_storeu_pd(sums->own + 4 * h, own[h]);
    UNROLLED for (int part = 0; part < 4; part++) _mm256_storeu_ps(sums->square + 8 * part, square[part]);
}

static inline void half_tile(const float *a, const float *b, size_t depth, int first, float *strip) {
    __m256 sums[HEIGHT][2];
    UNROLLED for (int r = 0; r < HEIGHT; r++) sums[r][0] = sums[r][1] = _mm256_setzero_ps();
    for (size_t i = 0; i < depth; i++, b += SCREEN_PANEL, a += HEIGHT) {
        const __m256 low = _mm256_loadu_ps(b), high = _mm256_loadu_ps(b + 8);
        UNROLLED for (int r = 0; r < HEIGHT; r++) {
            const __m256 demand = _mm256_broadcast_ss(a + r);
            sums[r][0] = _mm256_fmadd_ps(demand, low, sums[r][0]);
            sums[r][1] = _mm256_fmadd_ps(demand, high, sums[r][1]);
        }
    }
    UNROLLED for (int r = 0; r < HEIGHT; r++)
        UNROLLED for (int half = 0; half < 2; half++) {
            float *at = strip + r * SCREEN_PANEL + 8 * half;
            _mm256_storeu_ps(at, first ? sums[r][half] : _mm256_add_ps(_mm256_loadu_ps(at), sums[r][half]));
        }
}

static void multiply(const void *cells, const float *a_steps, size_t tiles, const void *panel, float panel_step, size_t depth, int first, float *strip) {
    const float *a = cells;
    (void)a_steps, (void)panel_step;
    for (size_t half = 0; half < SCREEN_PANEL; half += 16) /* half a panel stays near while all demands pass */
        for (size_t tile = 0; tile < tiles; tile++)
            half_tile(a + tile * depth * HEIGHT, (const float *)panel + half, depth, first, strip + tile * HEIGHT * SCREEN_PANEL + half);
}

static void pack(const double *exact, const double *weights, double scale, size_t depth, size_t r, void *tile, float *step, struct screen_packed *sums) {
    (void)step;
    screen_pack_floats(exact, weights, scale, depth, HEIGHT, (float *)tile + r, sums);
}

static size_t scan(float *strip, size_t count, const float *own, const float *least, uint32_t *found, uint32_t *hits) {
    size_t n = 0;
    for (size_t row = 0; row < count; row++, strip += SCREEN_PANEL) {
        const __m256 bound = _mm256_broadcast_ss(least + row);
        __m256 values[4];
        uint32_t hit = 0;
        UNROLLED for (int part = 0; part < 4; part++) {
            values[part] = _mm256_add_ps(_mm256_loadu_ps(strip + 8 * part), _mm256_loadu_ps(own + 8 * part));
            hit |= (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps(values[part], bound, _CMP_GE_OQ)) << 8 * part;
        }
        if (hit == 0) continue;
        UNROLLED for (int part = 0; part < 4; part++) _mm256_storeu_ps(strip + 8 * part, values[part]);
        found[n] = (uint32_t)row;
        hits[n++] = hit;
    }
    return n;
}

const struct product_screen product_screen_avx2 = {HEIGHT, sizeof(float), 0, rows, multiply, pack, scan};
#endif
