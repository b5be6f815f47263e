/* SPDX-License-Identifier: Apache-2.0 */
#include "product_exact.h"

#if defined(IEUM_SIMD_X86)
#include "../base/lane_exp_avx512.h"

#define UNROLLED _Pragma("GCC unroll 8")

static void rows(const double *vectors, size_t dims, size_t padded, const double *points, double *kernel_rows) {
    for (size_t first = 0; first < padded; first += EXACT_LANES, vectors += dims * EXACT_LANES) {
        __m512d sums[EXACT_POINTS][2];
        UNROLLED for (int p = 0; p < EXACT_POINTS; p++) sums[p][0] = sums[p][1] = _mm512_setzero_pd();
        for (size_t j = 0; j < dims; j++) {
            const __m512d low = _mm512_loadu_pd(vectors + j * EXACT_LANES), high = _mm512_loadu_pd(vectors + j * EXACT_LANES + 8);
            UNROLLED for (int p = 0; p < EXACT_POINTS; p++) {
                const __m512d point = _mm512_set1_pd(points[j * EXACT_POINTS + (size_t)p]);
                const __m512d off_low = _mm512_sub_pd(point, low), off_high = _mm512_sub_pd(point, high);
                sums[p][0] = _mm512_fmadd_pd(off_low, off_low, sums[p][0]);
                sums[p][1] = _mm512_fmadd_pd(off_high, off_high, sums[p][1]);
            }
        }
        for (int p = 0; p < EXACT_POINTS; p++)
            for (int half = 0; half < 2; half++) {
                const __m512d distance = _mm512_sub_pd(_mm512_setzero_pd(), sums[p][half]);
                _mm512_storeu_pd(kernel_rows + (size_t)p * padded + first + 8 * (size_t)half, lane_exp_avx512(distance));
            }
    }
}

static inline double add_lanes(const __m512d *chains) {
    const __m512d eight = _mm512_add_pd(_mm512_add_pd(chains[0], chains[2]), _mm512_add_pd(chains[1], chains[3]));
    const __m256d four = _mm256_add_pd(_mm512_castpd512_pd256(eight), _mm512_extractf64x4_pd(eight, 1));
    const __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}

static double dot(const double *a, const double *b, size_t padded) {
    __m512d chains[4];
    UNROLLED for (int c = 0; c < 4; c++) chains[c] = _mm512_setzero_pd();
    for (size_t i = 0; i < padded; i += EXACT_CHAINS)
        UNROLLED for (size_t c = 0; c < 4; c++)
            chains[c] = _mm512_fmadd_pd(_mm512_loadu_pd(a + i + 8 * c), _mm512_loadu_pd(b + i + 8 * c), chains[c]);
    return add_lanes(chains);
}

/* Two rows by two rows: each number loaded serves twice. */
static void four_dots(const double *a, const double *b, size_t padded, double *sums, size_t stride) {
    __m512d chains[4][4];
    UNROLLED for (int pair = 0; pair < 4; pair++)
        UNROLLED for (int c = 0; c < 4; c++) chains[pair][c] = _mm512_setzero_pd();
    for (size_t i = 0; i < padded; i += EXACT_CHAINS)
        UNROLLED for (size_t c = 0; c < 4; c++) {
            const __m512d a0 = _mm512_loadu_pd(a + i + 8 * c), a1 = _mm512_loadu_pd(a + padded + i + 8 * c);
            const __m512d b0 = _mm512_loadu_pd(b + i + 8 * c), b1 = _mm512_loadu_pd(b + padded + i + 8 * c);
            chains[0][c] = _mm512_fmadd_pd(a0, b0, chains[0][c]);
            chains[1][c] = _mm512_fmadd_pd(a0, b1, chains[1][c]);
            chains[2][c] = _mm512_fmadd_pd(a1, b0, chains[2][c]);
            chains[3][c] = _mm512_fmadd_pd(a1, b1, chains[3][c]);
        }
    sums[0] = add_lanes(chains[0]);
    sums[1] = add_lanes(chains[1]);
    sums[stride] = add_lanes(chains[2]);
    sums[stride + 1] = add_lanes(chains[3]);
}

static void dots(const double *a, size_t count, const double *b, size_t padded, double *sums, size_t stride) {
    size_t r = 0;
    for (; r + 2 <= count; r += 2)
        for (size_t p = 0; p < EXACT_POINTS; p += 2) four_dots(a + r * padded, b + p * padded, padded, sums + r * stride + p, stride);
    for (; r < count; r++)
        for (size_t p = 0; p < EXACT_POINTS; p++) sums[r * stride + p] = dot(a + r * padded, b + p * padded, padded);
}

const struct product_exact product_exact_avx512 = {rows, dot, dots};
#endif
