/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of numbers scored by a model of the engine's own (model.h): what was learned from an SVMlight file and speaks of its columns, not of a program's features.
 *
 *     f(x) = bias + Σ_j w_j(x_j), in the order of the features, in f64
 *
 * A column that a row does not name is 0, as SVMlight means it. Kinds: linear and additive, whose features are the columns "1", "2", … in order; libsvm, whose
 * inputs are. All others speak of pairs and are refused.
 */
#ifndef IEUM_SCORE_ROW_MODEL_H
#define IEUM_SCORE_ROW_MODEL_H

#include "model.h"

/* INVALID when the model cannot score rows. */
ieum_status row_model_check(const struct model *model, struct problem *problem);
/* Of a linear or additive model; x has feature_count numbers. */
double row_model_score(const struct model *model, const double *x);

#endif
