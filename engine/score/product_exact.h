/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The product kernel in f64, the one routine whose numbers leave the engine (DESIGN 6, "report exact"). For a demand x, a supplier y and support
 * pairs (x_i, y_i):
 *
 *     K_D[i] = exp(−Σ_j (x_j − x_ij)²), the sum a chain of fma in ascending j;  K_S[i] the same of y;  A[i] = α_i · K_D[i], rounded
 *     f(d,s) = bias + Σ_i A[i] · K_S[i], as 32 chains of fma (chain i mod 32 in ascending i), added in halves: l + 16, l + 8, … l + 1
 *
 * Every step is one IEEE operation, so the plain, AVX2 and AVX-512 versions give the same bytes. Support pairs are padded to a multiple of 32 with α
 * = 0 and zero vectors, which adds exact zeros.
 */
#ifndef IEUM_SCORE_PRODUCT_EXACT_H
#define IEUM_SCORE_PRODUCT_EXACT_H

#include <stddef.h>

enum {
    EXACT_CHAINS = 32, /* counts of support pairs are padded to it */
    EXACT_LANES = 16,  /* support vectors that stand side by side */
    EXACT_POINTS = 8   /* points whose kernel rows are made together */
};

struct product_exact {
    /* Kernel rows of eight points: rows[p · padded + i] = exp(−‖point p − vector i‖²). `vectors`: [padded / 16][dims][16]; `points`: [dims][8]. */
    void (*rows)(const double *vectors, size_t dims, size_t padded, const double *points, double *rows);
    /* Σ a[i] · b[i], i below `padded`, as above. */
    double (*dot)(const double *a, const double *b, size_t padded);
    /* sums[r · stride + p] of each of `count` rows a + r · padded with each of the eight rows b + p · padded. */
    void (*dots)(const double *a, size_t count, const double *b, size_t padded, double *sums, size_t stride);
};

/* The version for this processor; and all of them. */
const struct product_exact *product_exact(void);
extern const struct product_exact product_exact_avx2, product_exact_avx512;

/* Eight points side by side: points[j · 8 + p] = vectors[p][j]; beyond `count` zeros. */
void product_points(const double *const *vectors, size_t count, size_t dims, double *points);

#endif
