/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of numbers scored by a model of the engine's own (model.h):
 *
 *     linear, additive   learned from an SVMlight file, so that their features are the columns "1", "2", … in order:  f(x) = bias + Σ_j w_j(x_j), in the order of
 *                        the features, in f64
 *     libsvm             the columns are the model's inputs in order, as they go into the libsvm model: a missing feature as its mean, with 1 in its indicator
 *
 * A column that a row does not name is 0, as SVMlight means it. That is why curves over a program's features are refused: a row cannot say that a feature is
 * missing, and for the curve that is something else than 0. Product terms look at both sides' vectors, which no row has.
 */
#ifndef IEUM_SCORE_ROW_MODEL_H
#define IEUM_SCORE_ROW_MODEL_H

#include "model.h"

/* INVALID when the model cannot score rows. */
ieum_status row_model_check(const struct model *model, struct problem *problem);
/* Of a linear or additive model; x has feature_count numbers. */
double row_model_score(const struct model *model, const double *x);

#endif
