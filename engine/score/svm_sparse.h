/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows and vectors given by their entries alone: s of svm_tile.h by merging, and sums of weights. The same code is compiled once for any processor and once for
 * those with a fused multiply-add of their own, where fma is no call.
 */
#ifndef IEUM_SCORE_SVM_SPARSE_H
#define IEUM_SCORE_SVM_SPARSE_H

#include <math.h>

#include "svm_model.h"

struct svm_entries {
    const uint32_t *place; /* ascending */
    const double *value;
    size_t count;
};

/* s of a row and a vector. */
double svm_merge_portable(bool distance, double extra, const struct svm_entries *row, const struct svm_entries *vector);
double svm_merge_avx2(bool distance, double extra, const struct svm_entries *row, const struct svm_entries *vector);
/* values[f] = Σ over the row, ascending, of value · weights[place × functions + f], each a chain of fma from 0. */
void svm_weigh_portable(const struct svm_entries *row, const double *weights, size_t functions, double *values);
void svm_weigh_avx2(const struct svm_entries *row, const double *weights, size_t functions, double *values);

static inline double svm_merge(bool distance, double extra, const struct svm_entries *row, const struct svm_entries *vector) {
    double s = distance ? extra : 0.0;
    size_t i = 0, j = 0;
    while (i < row->count && j < vector->count) {
        const uint32_t a = row->place[i], b = vector->place[j];
        const double x = a <= b ? row->value[i] : 0.0, v = b <= a ? vector->value[j] : 0.0, d = v - x;
        if (distance) s = fma(d, d, s);
        else if (a == b) s = fma(v, x, s);
        i += a <= b;
        j += b <= a;
    }
    if (!distance) return s;
    for (; i < row->count; i++) s = fma(row->value[i], row->value[i], s);
    for (; j < vector->count; j++) s = fma(vector->value[j], vector->value[j], s);
    return s;
}

static inline void svm_weigh(const struct svm_entries *row, const double *weights, size_t functions, double *values) {
    for (size_t f = 0; f < functions; f++) values[f] = 0.0;
    for (size_t i = 0; i < row->count; i++) {
        const double x = row->value[i], *w = weights + row->place[i] * functions;
        for (size_t f = 0; f < functions; f++) values[f] = fma(x, w[f], values[f]);
    }
}

#endif
