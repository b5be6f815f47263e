/* SPDX-License-Identifier: Apache-2.0 */
#include "product_screen.h"

#if defined(IEUM_SIMD_X86)
#include "product_screen_avx512.h"

enum { HEIGHT = 14 }; /* 28 registers of sums, two of the panel, one of the demands */

static void rows(const struct screen_vectors *side, const float *points, void *cells, float *steps, struct screen_sums *sums) {
    float *panel = cells;
    (void)steps;
    sums->lost = 0;
    const float *vectors = side->vectors;
    __m512d own[4];
    __m512 square[2] = {_mm512_setzero_ps(), _mm512_setzero_ps()};
    UNROLLED for (int h = 0; h < 4; h++) own[h] = _mm512_setzero_pd();
    for (size_t i = 0; i < side->padded; i += SCREEN_GROUP, vectors += side->dims * SCREEN_GROUP) {
        __m512 distance[SCREEN_GROUP][2];
        screen_distances_avx512(vectors, points, side->dims, distance);
        UNROLLED for (int g = 0; g < SCREEN_GROUP; g++, panel += SCREEN_PANEL) {
            const __m512 mean = _mm512_set1_ps(side->means[i + (size_t)g]);
            const __m512d weight = _mm512_set1_pd(side->weights[i + (size_t)g]);
            UNROLLED for (int half = 0; half < 2; half++) {
                const __m512 value = screen_value_avx512(distance[g][half], mean);
                _mm512_storeu_ps(panel + 16 * half, value);
                own[2 * half] = _mm512_fmadd_pd(weight, screen_low_half(value), own[2 * half]);
                own[2 * half + 1] = _mm512_fmadd_pd(weight, screen_high_half(value), own[2 * half + 1]);
                square[half] = _mm512_fmadd_ps(value, value, square[half]);
            }
        }
    }
    UNROLLED for (int h = 0; h < 4; h++) _mm512_storeu_pd(sums->own + 8 * h, own[h]);
    UNROLLED for (int half = 0; half < 2; half++) _mm512_storeu_ps(sums->square + 16 * half, square[half]);
}

static void multiply(const void *cells, const float *a_steps, size_t tiles, const void *panel, float panel_step, size_t depth, int first, float *strip) {
    const float *a = cells;
    (void)a_steps, (void)panel_step;
    for (size_t tile = 0; tile < tiles; tile++, strip += HEIGHT * SCREEN_PANEL) {
        __m512 sums[HEIGHT][2];
        const float *b = panel;
        UNROLLED for (int r = 0; r < HEIGHT; r++) sums[r][0] = sums[r][1] = _mm512_setzero_ps();
        for (size_t i = 0; i < depth; i++, b += SCREEN_PANEL, a += HEIGHT) {
            const __m512 low = _mm512_loadu_ps(b), high = _mm512_loadu_ps(b + 16);
            UNROLLED for (int r = 0; r < HEIGHT; r++) {
                const __m512 demand = _mm512_set1_ps(a[r]);
                sums[r][0] = _mm512_fmadd_ps(demand, low, sums[r][0]);
                sums[r][1] = _mm512_fmadd_ps(demand, high, sums[r][1]);
            }
        }
        if (first) {
            UNROLLED for (int r = 0; r < HEIGHT; r++) {
                _mm512_storeu_ps(strip + r * SCREEN_PANEL, sums[r][0]);
                _mm512_storeu_ps(strip + r * SCREEN_PANEL + 16, sums[r][1]);
            }
        } else {
            UNROLLED for (int r = 0; r < HEIGHT; r++) {
                float *at = strip + r * SCREEN_PANEL;
                _mm512_storeu_ps(at, _mm512_add_ps(_mm512_loadu_ps(at), sums[r][0]));
                _mm512_storeu_ps(at + 16, _mm512_add_ps(_mm512_loadu_ps(at + 16), sums[r][1]));
            }
        }
    }
}

static void pack(const double *exact, const double *weights, double scale, size_t depth, size_t r, void *tile, float *step, struct screen_packed *sums) {
    (void)step;
    screen_pack_floats(exact, weights, scale, depth, HEIGHT, (float *)tile + r, sums);
}

static size_t scan(float *strip, size_t count, const float *own, const float *least, uint32_t *found, uint32_t *hits) {
    return screen_scan_avx512(strip, count, own, least, found, hits);
}

const struct product_screen product_screen_avx512 = {HEIGHT, sizeof(float), 0, rows, multiply, pack, scan};
#endif
