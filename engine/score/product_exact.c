/* SPDX-License-Identifier: Apache-2.0 */
/* The plain version and the dispatcher. fma() is a library call where the processor lacks it, and then slow, but the bytes are the same. */
#include "product_exact.h"

#include "../base/lane_exp.h"
#include "../base/processor.h"

static void rows(const double *vectors, size_t dims, size_t padded, const double *points, double *kernel_rows) {
    for (size_t first = 0; first < padded; first += EXACT_LANES, vectors += dims * EXACT_LANES) {
        for (size_t p = 0; p < EXACT_POINTS; p++) {
            double sums[EXACT_LANES] = {0};
            for (size_t j = 0; j < dims; j++)
                for (size_t lane = 0; lane < EXACT_LANES; lane++) {
                    const double off = points[j * EXACT_POINTS + p] - vectors[j * EXACT_LANES + lane];
                    sums[lane] = fma(off, off, sums[lane]);
                }
            for (size_t lane = 0; lane < EXACT_LANES; lane++) kernel_rows[p * padded + first + lane] = lane_exp(-sums[lane]);
        }
    }
}

static double dot(const double *a, const double *b, size_t padded) {
    double chains[EXACT_CHAINS] = {0};
    for (size_t i = 0; i < padded; i += EXACT_CHAINS)
        for (size_t lane = 0; lane < EXACT_CHAINS; lane++) chains[lane] = fma(a[i + lane], b[i + lane], chains[lane]);
    for (size_t half = EXACT_CHAINS / 2; half > 0; half /= 2)
        for (size_t lane = 0; lane < half; lane++) chains[lane] += chains[lane + half];
    return chains[0];
}

static void dots(const double *a, size_t count, const double *b, size_t padded, double *sums, size_t stride) {
    for (size_t r = 0; r < count; r++)
        for (size_t p = 0; p < EXACT_POINTS; p++) sums[r * stride + p] = dot(a + r * padded, b + p * padded, padded);
}

static const struct product_exact plain = {rows, dot, dots};

const struct product_exact *product_exact(void) {
#if defined(IEUM_SIMD_X86)
    const enum processor_level level = processor_level();
    if (level >= PROCESSOR_AVX512) return &product_exact_avx512;
    if (level >= PROCESSOR_AVX2) return &product_exact_avx2;
#endif
    return &plain;
}

void product_points(const double *const *vectors, size_t count, size_t dims, double *points) {
    for (size_t p = 0; p < EXACT_POINTS; p++)
        for (size_t j = 0; j < dims; j++) points[j * EXACT_POINTS + p] = p < count ? vectors[p][j] : 0.0;
}
