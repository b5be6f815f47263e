/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage "score", product kernels (DESIGN 6): a model's product term made ready for scoring many pairs,
 *
 *     f(d,s) = bias + Σ_i α_i · exp(−‖x_d − x_i‖²) · exp(−‖y_s − y_i‖²)
 *
 * with √γ folded into the coordinates. In: the term, copied. It does not change afterwards and may be used by many threads. All pairs cost 2 · S
 * operations each instead of S · (3 · dims + exp), because the two kernels are made side by side: F = (K_D · diag α) · K_Sᵀ.
 */
#ifndef IEUM_SCORE_PRODUCT_SCORER_H
#define IEUM_SCORE_PRODUCT_SCORER_H

#include <stdbool.h>

#include "../base/problem.h"
#include "product_screen.h"

struct product_term;

struct product_scorer {
    size_t count, padded;             /* support pairs; rounded up to EXACT_CHAINS, at least one lot */
    size_t depth;                     /* of the screen's product: count made even, at least 2 */
    size_t demand_dims, supplier_dims;
    double bias;
    double *coefficients;             /* padded, zeros at the end */
    double *demand_vectors;           /* as product_exact.rows wants them */
    double *supplier_vectors;
    /* for the screen */
    double scale;                     /* a power of two that brings the greatest coefficient into [½, 1) */
    double *centre;                   /* B of product_bounds.c, unscaled: α_i times the mean of K_D[i] over a sample of the support vectors themselves */
    double *weights;                  /* scale · centre */
    double weight_sum;                /* Σ |weights| */
    double *origin;                   /* supplier_dims: the support vectors' mean */
    float *screen_vectors;            /* minus the origin, as struct screen_vectors wants them */
    double vector_norm;               /* the longest of them */
};

/* IEUM_INVALID for numbers that are not finite or that together exceed what a double holds. */
ieum_status product_scorer_new(const struct product_term *term, double bias, struct product_scorer **scorer, struct problem *problem);
void product_scorer_free(struct product_scorer *scorer);

/* f of one pair. `rows` has room for 2 · 8 · padded doubles, `points` for 8 · the greater dims. */
double product_score_pair(const struct product_scorer *scorer, const double *demand, const double *supplier, double *rows, double *points);

/* To f32, cut off at ±1e18 so that no sum of two is infinite (product_bounds.c, 1). */
static inline float product_to_f32(double value) {
    const double cut = value > 1e18 ? 1e18 : value < -1e18 ? -1e18 : value;
    return (float)cut;
}

/* Every number of count × dims finite; else IEUM_INVALID naming the row and column (from 1). `demands`: which side the message names. */
ieum_status product_check_vectors(const double *vectors, size_t count, size_t dims, bool demands, struct problem *problem);

#endif
