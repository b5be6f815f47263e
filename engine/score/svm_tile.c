/* SPDX-License-Identifier: Apache-2.0 */
/* The definition in plain C; the other versions follow it operation by operation. */
#include "svm_tile.h"

#include <math.h>

#include "../base/lane_exp.h"

static double power(double base, int degree) {
    double result = 1.0;
    for (int left = degree; left > 0; left >>= 1) {
        if (left & 1) result *= base;
        base *= base;
    }
    return result;
}

double svm_kernel_value(const struct svm_kernel_form *form, double s) {
    if (form->kernel == SVM_LINEAR) return s;
    if (form->kernel == SVM_RBF) return lane_exp(-form->gamma * s);
    const double t = form->gamma * s + form->coef0;
    if (form->kernel == SVM_POLYNOMIAL) return power(t, form->degree);
    const double e = lane_exp(-2.0 * fabs(t));
    return copysign((1.0 - e) / (1.0 + e), t);
}

/* s of one row with the 16 vectors. */
static void gather(const struct svm_tile *tile, size_t row, double s[SVM_TILE_VECTORS]) {
    const bool distance = tile->form->kernel == SVM_RBF;
    for (size_t i = 0; i < SVM_TILE_VECTORS; i++) s[i] = distance ? tile->extra[row] : 0.0;
    for (size_t column = 0; column < tile->columns; column++) {
        const double x = tile->rows[column * SVM_TILE_ROWS + row], *v = tile->vectors + column * SVM_TILE_VECTORS;
        for (size_t i = 0; i < SVM_TILE_VECTORS; i++) {
            const double d = v[i] - x;
            s[i] = distance ? fma(d, d, s[i]) : fma(v[i], x, s[i]);
        }
    }
}

void svm_tile_portable(const struct svm_tile *tile) {
    for (size_t row = 0; row < SVM_TILE_ROWS; row++) {
        double k[SVM_TILE_VECTORS];
        gather(tile, row, k);
        for (size_t i = 0; i < SVM_TILE_VECTORS; i++) k[i] = i < tile->valid ? svm_kernel_value(tile->form, k[i]) : 0.0;
        for (size_t line = 0; line < tile->lines; line++) {
            double *lanes = tile->lanes + (line * SVM_TILE_ROWS + row) * SVM_LANES;
            const double *coefficients = tile->coefficients + line * SVM_TILE_VECTORS;
            for (size_t i = 0; i < SVM_TILE_VECTORS; i++) lanes[i % SVM_LANES] = fma(coefficients[i], k[i], lanes[i % SVM_LANES]);
        }
    }
}
