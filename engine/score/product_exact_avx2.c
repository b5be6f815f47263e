/* SPDX-License-Identifier: Apache-2.0 */
#include "product_exact.h"

#if defined(IEUM_SIMD_X86)
#include "../base/lane_exp_avx2.h"

#define UNROLLED _Pragma("GCC unroll 8")

/* Four points by eight vectors at a time: twelve registers of sums and differences, three of operands. */
static inline void quarter(const double *vectors, size_t dims, size_t padded, const double *points, double *kernel_rows) {
    __m256d sums[4][2];
    UNROLLED for (int p = 0; p < 4; p++) sums[p][0] = sums[p][1] = _mm256_setzero_pd();
    for (size_t j = 0; j < dims; j++) {
        const __m256d low = _mm256_loadu_pd(vectors + j * EXACT_LANES), high = _mm256_loadu_pd(vectors + j * EXACT_LANES + 4);
        UNROLLED for (int p = 0; p < 4; p++) {
            const __m256d point = _mm256_broadcast_sd(points + j * EXACT_POINTS + p);
            const __m256d off_low = _mm256_sub_pd(point, low), off_high = _mm256_sub_pd(point, high);
            sums[p][0] = _mm256_fmadd_pd(off_low, off_low, sums[p][0]);
            sums[p][1] = _mm256_fmadd_pd(off_high, off_high, sums[p][1]);
        }
    }
    for (size_t p = 0; p < 4; p++)
        for (size_t half = 0; half < 2; half++)
            _mm256_storeu_pd(kernel_rows + p * padded + 4 * half, lane_exp_avx2(_mm256_sub_pd(_mm256_setzero_pd(), sums[p][half])));
}

static void rows(const double *vectors, size_t dims, size_t padded, const double *points, double *kernel_rows) {
    for (size_t first = 0; first < padded; first += EXACT_LANES, vectors += dims * EXACT_LANES)
        for (size_t p = 0; p < EXACT_POINTS; p += 4)
            for (size_t lane = 0; lane < EXACT_LANES; lane += 8)
                quarter(vectors + lane, dims, padded, points + p, kernel_rows + p * padded + first + lane);
}

static double dot(const double *a, const double *b, size_t padded) {
    __m256d chains[8];
    UNROLLED for (int c = 0; c < 8; c++) chains[c] = _mm256_setzero_pd();
    for (size_t i = 0; i < padded; i += EXACT_CHAINS)
        UNROLLED for (size_t c = 0; c < 8; c++)
            chains[c] = _mm256_fmadd_pd(_mm256_loadu_pd(a + i + 4 * c), _mm256_loadu_pd(b + i + 4 * c), chains[c]);
    UNROLLED for (int c = 0; c < 4; c++) chains[c] = _mm256_add_pd(chains[c], chains[c + 4]);
    UNROLLED for (int c = 0; c < 2; c++) chains[c] = _mm256_add_pd(chains[c], chains[c + 2]);
    const __m256d four = _mm256_add_pd(chains[0], chains[1]);
    const __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}

static void dots(const double *a, size_t count, const double *b, size_t padded, double *sums, size_t stride) {
    for (size_t r = 0; r < count; r++)
        for (size_t p = 0; p < EXACT_POINTS; p++) sums[r * stride + p] = dot(a + r * padded, b + p * padded, padded);
}

const struct product_exact product_exact_avx2 = {rows, dot, dots};
#endif
