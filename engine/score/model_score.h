/* SPDX-License-Identifier: Apache-2.0 */
/* The score of one pair under a model of curves and product term, by the formula of model.h, in f64 and a fixed order of operations. */
#ifndef IEUM_SCORE_MODEL_SCORE_H
#define IEUM_SCORE_MODEL_SCORE_H

#include "model.h"

/*
 * z: the value of each of the model's features, in its order (NaN missing); x and y: the raw value of each coordinate of product.demand and product.supplier, in
 * their order (NaN missing). What the model does not have may be NULL. Kinds with a libsvm model inside are scored elsewhere: such a model counts as 0 here.
 *
 * Order: the bias, the curves in order, then the support pairs in order, each as coefficient · (k_D · k_S).
 */
double model_row_score(const struct model *model, const double *z, const double *x, const double *y);

#endif
