/* SPDX-License-Identifier: Apache-2.0 */
/* svm_tile.h with eight lanes: the 8 × 16 sums stay in sixteen registers while the columns pass. */
#if defined(IEUM_SIMD_X86)

#include <immintrin.h>

#include "../base/lane_exp_avx512.h"
#include "svm_tile.h"

#define EACH_ROW(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7)

static void gather_distances(const struct svm_tile *tile, __m512d s[SVM_TILE_ROWS][2]) {
#define BEGIN(r) __m512d low##r = _mm512_set1_pd(tile->extra[r]), high##r = low##r;
    EACH_ROW(BEGIN)
#undef BEGIN
    const double *v = tile->vectors, *x = tile->rows;
    for (size_t column = 0; column < tile->columns; column++, v += SVM_TILE_VECTORS, x += SVM_TILE_ROWS) {
        const __m512d low = _mm512_load_pd(v), high = _mm512_load_pd(v + 8);
#define STEP(r)                                                                                                                                  \
    {                                                                                                                                            \
        const __m512d value = _mm512_set1_pd(x[r]), a = _mm512_sub_pd(low, value), b = _mm512_sub_pd(high, value);                               \
        low##r = _mm512_fmadd_pd(a, a, low##r);                                                                                                  \
        high##r = _mm512_fmadd_pd(b, b, high##r);                                                                                                \
    }
        EACH_ROW(STEP)
#undef STEP
    }
#define END(r) s[r][0] = low##r, s[r][1] = high##r;
    EACH_ROW(END)
#undef END
}

static void gather_products(const struct svm_tile *tile, __m512d s[SVM_TILE_ROWS][2]) {
#define BEGIN(r) __m512d low##r = _mm512_setzero_pd(), high##r = low##r;
    EACH_ROW(BEGIN)
#undef BEGIN
    const double *v = tile->vectors, *x = tile->rows;
    for (size_t column = 0; column < tile->columns; column++, v += SVM_TILE_VECTORS, x += SVM_TILE_ROWS) {
        const __m512d low = _mm512_load_pd(v), high = _mm512_load_pd(v + 8);
#define STEP(r)                                                                                                                                  \
    {                                                                                                                                            \
        const __m512d value = _mm512_set1_pd(x[r]);                                                                                              \
        low##r = _mm512_fmadd_pd(low, value, low##r);                                                                                            \
        high##r = _mm512_fmadd_pd(high, value, high##r);                                                                                         \
    }
        EACH_ROW(STEP)
#undef STEP
    }
#define END(r) s[r][0] = low##r, s[r][1] = high##r;
    EACH_ROW(END)
#undef END
}

static __m512d power(__m512d base, int degree) {
    __m512d result = _mm512_set1_pd(1.0);
    for (int left = degree; left > 0; left >>= 1) {
        if (left & 1) result = _mm512_mul_pd(result, base);
        base = _mm512_mul_pd(base, base);
    }
    return result;
}

static __m512d kernel_value(const struct svm_kernel_form *form, __m512d s) {
    if (form->kernel == SVM_LINEAR) return s;
    if (form->kernel == SVM_RBF) return lane_exp_avx512(_mm512_mul_pd(_mm512_set1_pd(-form->gamma), s));
    const __m512d t = _mm512_add_pd(_mm512_mul_pd(_mm512_set1_pd(form->gamma), s), _mm512_set1_pd(form->coef0));
    if (form->kernel == SVM_POLYNOMIAL) return power(t, form->degree);
    const __m512d one = _mm512_set1_pd(1.0), e = lane_exp_avx512(_mm512_mul_pd(_mm512_set1_pd(-2.0), _mm512_abs_pd(t)));
    const __m512d size = _mm512_div_pd(_mm512_sub_pd(one, e), _mm512_add_pd(one, e)), sign = _mm512_set1_pd(-0.0);
    return _mm512_or_pd(_mm512_andnot_pd(sign, size), _mm512_and_pd(sign, t));
}

void svm_tile_avx512(const struct svm_tile *tile) {
    __m512d k[SVM_TILE_ROWS][2];
    if (tile->form->kernel == SVM_RBF) gather_distances(tile, k);
    else gather_products(tile, k);
    const unsigned there = (1U << tile->valid) - 1;
    const __mmask8 first = (__mmask8)there, second = (__mmask8)(there >> 8);
    for (size_t row = 0; row < SVM_TILE_ROWS; row++) {
        k[row][0] = _mm512_maskz_mov_pd(first, kernel_value(tile->form, k[row][0]));
        k[row][1] = _mm512_maskz_mov_pd(second, kernel_value(tile->form, k[row][1]));
    }
    for (size_t line = 0; line < tile->lines; line++) {
        const double *coefficients = tile->coefficients + line * SVM_TILE_VECTORS;
        const __m512d low = _mm512_load_pd(coefficients), high = _mm512_load_pd(coefficients + 8);
        for (size_t row = 0; row < SVM_TILE_ROWS; row++) {
            double *lanes = tile->lanes + (line * SVM_TILE_ROWS + row) * SVM_LANES;
            _mm512_store_pd(lanes, _mm512_fmadd_pd(high, k[row][1], _mm512_fmadd_pd(low, k[row][0], _mm512_load_pd(lanes))));
        }
    }
}

#endif
