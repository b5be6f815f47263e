/* SPDX-License-Identifier: Apache-2.0 */
/* The version in whole numbers of 16 bits. A stretch's f32 rows are made first, since its step follows from their norms, and are then rounded. */
#include "product_screen.h"

#if defined(IEUM_SIMD_X86)
#include <math.h>
#include <string.h>

#include "product_screen_avx512.h"

enum { HEIGHT = 14 }; /* 28 registers of sums, two of the panel, one of the demands */

struct sums {
    __m512d own[4];
    __m512 square[2], lost[2];
};

/* f32 rows of the support vectors from `first` to below `end`; adds to the own sums; their squares' sums. */
static inline void stretch_rows(const struct screen_vectors *side, const float *points, size_t first, size_t end, float *values, struct sums *sums,
                                __m512 *square) {
    const float *vectors = side->vectors + first * side->dims;
    square[0] = square[1] = _mm512_setzero_ps();
    for (size_t i = first; i < end; i += SCREEN_GROUP, vectors += side->dims * SCREEN_GROUP) {
        __m512 distance[SCREEN_GROUP][2];
        screen_distances_avx512(vectors, points, side->dims, distance);
        __m512 own[2] = {_mm512_setzero_ps(), _mm512_setzero_ps()}; /* of the group in f32, of all groups in f64 */
        UNROLLED for (int g = 0; g < SCREEN_GROUP; g++, values += SCREEN_PANEL) {
            const __m512 mean = _mm512_set1_ps(side->means[i + (size_t)g]), weight = _mm512_set1_ps((float)side->weights[i + (size_t)g]);
            UNROLLED for (int half = 0; half < 2; half++) {
                const __m512 value = screen_value_avx512(distance[g][half], mean);
                _mm512_store_ps(values + 16 * half, value);
                own[half] = _mm512_fmadd_ps(weight, value, own[half]);
                square[half] = _mm512_fmadd_ps(value, value, square[half]);
            }
        }
        UNROLLED for (int half = 0; half < 2; half++) {
            sums->own[2 * half] = _mm512_add_pd(sums->own[2 * half], screen_low_half(own[half]));
            sums->own[2 * half + 1] = _mm512_add_pd(sums->own[2 * half + 1], screen_high_half(own[half]));
        }
    }
}

/* Two support pairs side by side in each lane, the even one low. Adds the squares of what rounding loses, in steps. */
static inline __m512i round_two(const float *values, __m512 inverse, __m512 *lost) {
    __m512i whole[2];
    UNROLLED for (int i = 0; i < 2; i++) {
        const __m512 scaled = _mm512_mul_ps(_mm512_load_ps(values + i * SCREEN_PANEL), inverse);
        whole[i] = _mm512_cvt_roundps_epi32(scaled, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        const __m512 off = _mm512_sub_ps(scaled, _mm512_cvtepi32_ps(whole[i]));
        *lost = _mm512_fmadd_ps(off, off, *lost);
    }
    return _mm512_mask_blend_epi16(0xaaaaaaaau, whole[0], _mm512_slli_epi32(whole[1], 16));
}

static void rows(const struct screen_vectors *side, const float *points, void *cells, float *steps, struct screen_sums *made) {
    _Alignas(64) float values[SCREEN_DEPTH * SCREEN_PANEL];
    __m512i *panel = cells;
    struct sums sums;
    UNROLLED for (int h = 0; h < 4; h++) sums.own[h] = _mm512_setzero_pd();
    UNROLLED for (int half = 0; half < 2; half++) sums.square[half] = sums.lost[half] = _mm512_setzero_ps();
    for (size_t first = 0; first < side->padded; first += SCREEN_DEPTH) {
        const size_t end = first + SCREEN_DEPTH < side->padded ? first + SCREEN_DEPTH : side->padded;
        __m512 square[2], lost[2] = {_mm512_setzero_ps(), _mm512_setzero_ps()};
        stretch_rows(side, points, first, end, values, &sums, square);
        const float wanted = sqrtf(_mm512_reduce_max_ps(_mm512_max_ps(square[0], square[1]))) / SCREEN_PANEL_NORM;
        const float step = wanted > SCREEN_LEAST_STEP ? wanted : SCREEN_LEAST_STEP;
        const __m512 inverse = _mm512_set1_ps(1 / step), step_square = _mm512_set1_ps(step * step);
        for (size_t i = 0; i < end - first; i += 2, panel += 2)
            UNROLLED for (int half = 0; half < 2; half++)
                _mm512_storeu_si512(panel + half, round_two(values + i * SCREEN_PANEL + 16 * half, inverse, &lost[half]));
        UNROLLED for (int half = 0; half < 2; half++) {
            sums.square[half] = _mm512_add_ps(sums.square[half], square[half]);
            sums.lost[half] = _mm512_fmadd_ps(lost[half], step_square, sums.lost[half]);
        }
        *steps++ = step;
    }
    UNROLLED for (int h = 0; h < 4; h++) _mm512_storeu_pd(made->own + 8 * h, sums.own[h]);
    UNROLLED for (int half = 0; half < 2; half++) _mm512_storeu_ps(made->square + 16 * half, sums.square[half]);
    made->lost = _mm512_reduce_max_ps(_mm512_max_ps(sums.lost[0], sums.lost[1])) + SCREEN_LEAST_STEP * SCREEN_LEAST_STEP; /* more than underflow took */
}

/* Written out: with the intrinsic, compilers keep copies of all sums in memory inside the loop. */
static inline __m512i add_products(__m512i sum, __m512i a, __m512i b) {
    __asm__("vpdpwssd %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
    return sum;
}

static void multiply(const void *cells, const float *a_steps, size_t tiles, const void *panel, float panel_step, size_t depth, int first, float *strip) {
    const int32_t *a = cells; /* two numbers at a time */
    for (size_t tile = 0; tile < tiles; tile++, strip += HEIGHT * SCREEN_PANEL, a_steps += HEIGHT) {
        __m512i sums[HEIGHT][2];
        const __m512i *b = panel;
        UNROLLED for (int r = 0; r < HEIGHT; r++) sums[r][0] = sums[r][1] = _mm512_setzero_si512();
        for (size_t i = 0; i < depth; i += 2, b += 2, a += HEIGHT) {
            const __m512i low = _mm512_loadu_si512(b), high = _mm512_loadu_si512(b + 1);
            UNROLLED for (int r = 0; r < HEIGHT; r++) {
                const __m512i demand = _mm512_set1_epi32(a[r]);
                sums[r][0] = add_products(sums[r][0], demand, low);
                sums[r][1] = add_products(sums[r][1], demand, high);
            }
        }
        if (first) {
            UNROLLED for (int r = 0; r < HEIGHT; r++) {
                const __m512 step = _mm512_set1_ps(a_steps[r] * panel_step);
                float *at = strip + r * SCREEN_PANEL;
                _mm512_storeu_ps(at, _mm512_mul_ps(_mm512_cvtepi32_ps(sums[r][0]), step));
                _mm512_storeu_ps(at + 16, _mm512_mul_ps(_mm512_cvtepi32_ps(sums[r][1]), step));
            }
        } else {
            UNROLLED for (int r = 0; r < HEIGHT; r++) {
                const __m512 step = _mm512_set1_ps(a_steps[r] * panel_step);
                float *at = strip + r * SCREEN_PANEL;
                _mm512_storeu_ps(at, _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[r][0]), step, _mm512_loadu_ps(at)));
                _mm512_storeu_ps(at + 16, _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[r][1]), step, _mm512_loadu_ps(at + 16)));
            }
        }
    }
}

/* Σ of both halves' squares. */
static inline __m512d add_squares(__m512d sum, __m512d low, __m512d high) { return _mm512_fmadd_pd(low, low, _mm512_fmadd_pd(high, high, sum)); }

static void pack(const double *exact, const double *weights, double scale, size_t depth, size_t r, void *tile, float *step, struct screen_packed *sums) {
    _Alignas(64) float values[SCREEN_DEPTH];
    _Alignas(64) int16_t whole[SCREEN_DEPTH];
    __m512d square = _mm512_setzero_pd(), spread = square, lost = square;
    __m512 most = _mm512_setzero_ps();
    for (size_t i = 0; i < depth; i += 16) {
        const __m512d low = _mm512_mul_pd(_mm512_set1_pd(scale), _mm512_loadu_pd(exact + i));
        const __m512d high = _mm512_mul_pd(_mm512_set1_pd(scale), _mm512_loadu_pd(exact + i + 8));
        const __m256 first = _mm512_cvtpd_ps(_mm512_sub_pd(low, _mm512_loadu_pd(weights + i)));
        const __m256 second = _mm512_cvtpd_ps(_mm512_sub_pd(high, _mm512_loadu_pd(weights + i + 8)));
        const __m512 value = _mm512_insertf32x8(_mm512_castps256_ps512(first), second, 1);
        _mm512_store_ps(values + i, value);
        square = add_squares(square, _mm512_cvtps_pd(first), _mm512_cvtps_pd(second));
        spread = _mm512_add_pd(spread, _mm512_add_pd(_mm512_abs_pd(low), _mm512_abs_pd(high)));
        most = _mm512_max_ps(most, _mm512_abs_ps(value));
    }
    const double own_square = _mm512_reduce_add_pd(square);
    const float by_norm = (float)(sqrt(own_square) / SCREEN_TILE_NORM), by_most = _mm512_reduce_max_ps(most) / (SCREEN_WHOLE - 1);
    const float wanted = by_norm > by_most ? by_norm : by_most;
    *step = wanted > SCREEN_LEAST_STEP ? wanted : SCREEN_LEAST_STEP;
    for (size_t i = 0; i < depth; i += 16) {
        const __m512 value = _mm512_load_ps(values + i), scaled = _mm512_mul_ps(value, _mm512_set1_ps(1 / *step));
        const __m512i steps = _mm512_cvt_roundps_epi32(scaled, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        const __m512 back = _mm512_cvtepi32_ps(steps);
        const __m512d one = _mm512_set1_pd((double)*step);
        lost = add_squares(lost, _mm512_fnmadd_pd(one, screen_low_half(back), screen_low_half(value)),
                           _mm512_fnmadd_pd(one, screen_high_half(back), screen_high_half(value)));
        _mm256_store_si256((__m256i *)(void *)(whole + i), _mm512_cvtepi32_epi16(steps));
    }
    int16_t *place = (int16_t *)tile + 2 * r;
    for (size_t i = 0; i < depth; i += 2, place += 2 * HEIGHT) memcpy(place, whole + i, 2 * sizeof *whole);
    sums->square += own_square;
    sums->spread += _mm512_reduce_add_pd(spread);
    sums->lost += _mm512_reduce_add_pd(lost);
}

static size_t scan(float *strip, size_t count, const float *own, const float *least, uint32_t *found, uint32_t *hits) {
    return screen_scan_avx512(strip, count, own, least, found, hits);
}

const struct product_screen product_screen_avx512vnni = {HEIGHT, sizeof(int16_t), SCREEN_GROUP, rows, multiply, pack, scan};
#endif
