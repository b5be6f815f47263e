/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model as libsvm's text, for which svm-predict gives our values (kind epsilon_svr, so that the value itself is printed). What svm-predict must be given:
 *
 *     pairwise  RBF with γ 1; columns 1..D the demand's folded coordinates (side_fold.h), D+1..D+S the supplier's, in the order of the model's lists
 *     linear    over rows of numbers: the columns as they are. Over a program's features: columns 1..n their values in the model's order, a missing value left out
 *               and 1 in column n + j instead of it
 *     libsvm    its own text
 *
 * Curves that bend, and sums of curves and product terms, are no kernel that libsvm knows: INVALID for kinds additive, mixed and rubric.
 */
#ifndef IEUM_SCORE_MODEL_EXPORT_H
#define IEUM_SCORE_MODEL_EXPORT_H

#include "model.h"

/* Adds the text to the buffer. Numbers carry 17 digits, so they come back to the bit. */
ieum_status model_export_libsvm(const struct model *model, struct buffer *text, struct problem *problem);

#endif
