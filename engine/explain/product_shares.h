/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each criterion adds to the product term of one pair: exact Shapley values over groups of coordinates. A group that is absent has its coordinates of both sides
 * at the training mean, which is 0 in folded coordinates. The kernel is a product over groups,
 *
 *     worth(T) = Σ_i α_i Π_{g ∈ T} e^{−‖(x,y)_g − (x_i,y_i)_g‖²} Π_{g ∉ T} e^{−‖(x_i,y_i)_g‖²}
 *
 * so each support pair gives all 2^G coalitions in 2·2^G multiplications; no division, no sampling. Shares and *none = worth(∅) add up to the term, but for
 * rounding; shares_round (shapley.h) makes them whole units that do so exactly. Same bits on every machine.
 */
#ifndef IEUM_EXPLAIN_PRODUCT_SHARES_H
#define IEUM_EXPLAIN_PRODUCT_SHARES_H

#include "../score/model.h"
#include "shapley.h"

/* The group, below `count`, of each coordinate of either side. */
struct product_groups {
    size_t count;
    const uint32_t *demand;   /* term->demand.count */
    const uint32_t *supplier; /* term->supplier.count */
};

/*
 * x, y: the pair's vectors in folded coordinates, finite. shares[groups->count]; a group without coordinates has 0. LIMIT: more than 16 groups with coordinates;
 * INTERNAL: a group that is none, a vector that is not finite. Nothing is written unless IEUM_OK.
 */
ieum_status product_shares(const struct product_term *term, const double *x, const double *y, const struct product_groups *groups, double *shares,
                           double *none, struct problem *problem);

#endif
