/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inner step of scoring rows with a libsvm model: 8 rows against 16 support vectors, in versions for each set of instructions that give the same bytes.
 *
 * What is computed, to the bit, for row x and vector v (all columns ascending):
 *     RBF:    s = extra(x);  s = fma(v − x, v − x, s) for each column      K = exp(−γ s)
 *     others: s = 0;         s = fma(v, x, s) for each column              K = s, or of t = γ·s + c: t^d by squaring,
 *                                                                          tanh t = sign(t)·(1 − e)/(1 + e), e = exp(−2|t|)
 * where extra(x) is the same chain over x's columns that no vector has, begun at 0. A column where both are 0 changes nothing, so a form that skips zeros gives
 * the same bits. The vector's place within its class, modulo 8, is its lane; each lane is a chain lane = fma(coefficient, K, lane) over ascending vectors,
 * and the lanes are added as svm_lanes_sum does. Class by class, these sums make libsvm's functions (svm_model.h).
 */
#ifndef IEUM_SCORE_SVM_TILE_H
#define IEUM_SCORE_SVM_TILE_H

#include "svm_model.h"

enum { SVM_TILE_ROWS = 8, SVM_TILE_VECTORS = 16, SVM_LANES = 8 };

struct svm_kernel_form {
    enum svm_kernel kernel;
    int degree;
    double gamma, coef0;
};

struct svm_tile {
    const struct svm_kernel_form *form;
    const double *vectors;      /* columns × 16 */
    const double *rows;         /* columns × 8 */
    const double *extra;        /* 8 */
    size_t columns;
    size_t valid;               /* vectors that are there, 1 to 16; the rest is zeros and adds nothing */
    const double *coefficients; /* lines × 16 */
    size_t lines;
    double *lanes;              /* lines × 8 rows × 8 lanes, added to */
};

void svm_tile_portable(const struct svm_tile *tile);
void svm_tile_avx2(const struct svm_tile *tile);
void svm_tile_avx512(const struct svm_tile *tile);

/* K from s. */
double svm_kernel_value(const struct svm_kernel_form *form, double s);

static inline double svm_lanes_sum(const double lanes[SVM_LANES]) {
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

#endif
