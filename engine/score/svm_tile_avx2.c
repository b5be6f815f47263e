/* SPDX-License-Identifier: Apache-2.0 */
/* svm_tile.h with four lanes: two rows at a time, their 2 × 16 sums in eight registers while the columns pass. */
#if defined(IEUM_SIMD_X86)

#include <immintrin.h>

#include "../base/lane_exp_avx2.h"
#include "svm_tile.h"

enum { QUARTERS = 4 };

static void gather_distances(const struct svm_tile *tile, size_t row, __m256d a[QUARTERS], __m256d b[QUARTERS]) {
    __m256d a0 = _mm256_set1_pd(tile->extra[row]), a1 = a0, a2 = a0, a3 = a0, b0 = _mm256_set1_pd(tile->extra[row + 1]), b1 = b0, b2 = b0, b3 = b0;
    const double *v = tile->vectors, *x = tile->rows + row;
    for (size_t column = 0; column < tile->columns; column++, v += SVM_TILE_VECTORS, x += SVM_TILE_ROWS) {
        const __m256d first = _mm256_broadcast_sd(x), second = _mm256_broadcast_sd(x + 1);
#define STEP(i)                                                                                                                                  \
    {                                                                                                                                            \
        const __m256d vector = _mm256_load_pd(v + 4 * i), d = _mm256_sub_pd(vector, first), e = _mm256_sub_pd(vector, second);                   \
        a##i = _mm256_fmadd_pd(d, d, a##i);                                                                                                      \
        b##i = _mm256_fmadd_pd(e, e, b##i);                                                                                                      \
    }
        STEP(0) STEP(1) STEP(2) STEP(3)
#undef STEP
    }
    a[0] = a0, a[1] = a1, a[2] = a2, a[3] = a3, b[0] = b0, b[1] = b1, b[2] = b2, b[3] = b3;
}

static void gather_products(const struct svm_tile *tile, size_t row, __m256d a[QUARTERS], __m256d b[QUARTERS]) {
    __m256d a0 = _mm256_setzero_pd(), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
    const double *v = tile->vectors, *x = tile->rows + row;
    for (size_t column = 0; column < tile->columns; column++, v += SVM_TILE_VECTORS, x += SVM_TILE_ROWS) {
        const __m256d first = _mm256_broadcast_sd(x), second = _mm256_broadcast_sd(x + 1);
#define STEP(i)                                                                                                                                  \
    {                                                                                                                                            \
        const __m256d vector = _mm256_load_pd(v + 4 * i);                                                                                        \
        a##i = _mm256_fmadd_pd(vector, first, a##i);                                                                                             \
        b##i = _mm256_fmadd_pd(vector, second, b##i);                                                                                            \
    }
        STEP(0) STEP(1) STEP(2) STEP(3)
#undef STEP
    }
    a[0] = a0, a[1] = a1, a[2] = a2, a[3] = a3, b[0] = b0, b[1] = b1, b[2] = b2, b[3] = b3;
}

static __m256d power(__m256d base, int degree) {
    __m256d result = _mm256_set1_pd(1.0);
    for (int left = degree; left > 0; left >>= 1) {
        if (left & 1) result = _mm256_mul_pd(result, base);
        base = _mm256_mul_pd(base, base);
    }
    return result;
}

static __m256d kernel_value(const struct svm_kernel_form *form, __m256d s) {
    if (form->kernel == SVM_LINEAR) return s;
    if (form->kernel == SVM_RBF) return lane_exp_avx2(_mm256_mul_pd(_mm256_set1_pd(-form->gamma), s));
    const __m256d t = _mm256_add_pd(_mm256_mul_pd(_mm256_set1_pd(form->gamma), s), _mm256_set1_pd(form->coef0));
    if (form->kernel == SVM_POLYNOMIAL) return power(t, form->degree);
    const __m256d one = _mm256_set1_pd(1.0), sign = _mm256_set1_pd(-0.0);
    const __m256d e = lane_exp_avx2(_mm256_mul_pd(_mm256_set1_pd(-2.0), _mm256_andnot_pd(sign, t)));
    const __m256d size = _mm256_div_pd(_mm256_sub_pd(one, e), _mm256_add_pd(one, e));
    return _mm256_or_pd(_mm256_andnot_pd(sign, size), _mm256_and_pd(sign, t));
}

/* The row's 16 kernel values, those that are not there as 0, onto its lanes. */
static void add_row(const struct svm_tile *tile, size_t row, __m256d k[QUARTERS]) {
    for (size_t i = 0; i < QUARTERS; i++) {
        const __m256i place = _mm256_add_epi64(_mm256_set1_epi64x((long long)(4 * i)), _mm256_setr_epi64x(0, 1, 2, 3));
        const __m256i there = _mm256_cmpgt_epi64(_mm256_set1_epi64x((long long)tile->valid), place);
        k[i] = _mm256_and_pd(kernel_value(tile->form, k[i]), _mm256_castsi256_pd(there));
    }
    for (size_t line = 0; line < tile->lines; line++) {
        double *lanes = tile->lanes + (line * SVM_TILE_ROWS + row) * SVM_LANES;
        const double *coefficients = tile->coefficients + line * SVM_TILE_VECTORS;
        for (size_t half = 0; half < 2; half++) {
            __m256d sum = _mm256_load_pd(lanes + 4 * half);
            sum = _mm256_fmadd_pd(_mm256_load_pd(coefficients + 4 * half), k[half], sum);
            sum = _mm256_fmadd_pd(_mm256_load_pd(coefficients + 8 + 4 * half), k[2 + half], sum);
            _mm256_store_pd(lanes + 4 * half, sum);
        }
    }
}

void svm_tile_avx2(const struct svm_tile *tile) {
    for (size_t row = 0; row < SVM_TILE_ROWS; row += 2) {
        __m256d a[QUARTERS], b[QUARTERS];
        if (tile->form->kernel == SVM_RBF) gather_distances(tile, row, a, b);
        else gather_products(tile, row, a, b);
        add_row(tile, row, a);
        add_row(tile, row + 1, b);
    }
}

#endif
