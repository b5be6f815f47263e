/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far the screen (product_screen.h) can be from the exact score (product_exact.h) at most. The argument stands in product_bounds.c.
 *
 * For a demand d, a supplier s of panel p and v the value that the scan leaves in the strip:
 *
 *     | v − scale · (f(d,s) − bias − shift_d) |  <=  norm_d · pull_p + lost_d · reach_p + spread_d · kernel_p + own_p + rest_d
 *
 * where shift_d is the same for all suppliers, so that it does not matter to their order. All eight are rounded up.
 */
#ifndef IEUM_SCORE_PRODUCT_BOUNDS_H
#define IEUM_SCORE_PRODUCT_BOUNDS_H

#include <stddef.h>

struct panel_bounds {
    float pull;   /* the longest of its suppliers' centred kernel rows, times what a sum of products can lose, and what rounding the row to steps can */
    float reach;  /* the longest of the rows as they stand in the panel */
    float kernel; /* what a kernel value can be off */
    float own;    /* what the suppliers' own sums can be off */
};

struct demand_bounds {
    float *norm;   /* of each demand's f32 row */
    float *lost;   /* the norm of what rounding that row to steps takes from it */
    float *spread; /* scale · Σ |A[i]| */
    float *rest;   /* what rounding the exact score itself can move */
};

/*
 * `grouped`: the screen's; `square`: the greatest Σ k² of the panel as computed in f32; `lost`: the greatest square of what rounding to steps takes from a row, likewise, 0 for
 * floats; `point_norm`, `vector_norm`: the greatest distances of its suppliers and of the
 * support vectors from the common origin; `own`: the greatest |own sum|; `weight_sum`: Σ |weights|.
 */
struct panel_bounds panel_bounds(size_t dims, size_t padded, size_t grouped, double square, double lost, double point_norm,
                                 double vector_norm, double own, double weight_sum);
/* Of one demand. `square`: Σ a² of the f32 row; `lost`: of what rounding it to steps takes from it; `spread`: scale · Σ |A|, all three as computed in f64; `bias`: scale · |bias|. */
void demand_bounds_set(const struct demand_bounds *bounds, size_t demand, size_t padded, double square, double lost, double spread, double bias);

/* The radius, rounded up. */
static inline float product_radius(struct panel_bounds panel, const struct demand_bounds *of, size_t demand) {
    return (of->norm[demand] * panel.pull + of->lost[demand] * panel.reach + of->spread[demand] * panel.kernel + (panel.own + of->rest[demand])) * 1.000001f;
}

#endif
