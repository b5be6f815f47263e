/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kinds "pairwise" and "mixed": libsvm on single examples, C-SVC on "grade at least the threshold" or ε-SVR on the grade.
 *
 * pairwise   RBF kernel on the joined vector [x; y] with each side's γ folded into its coordinates: exp(−‖[x;y] − [x';y']‖²) = k_D(x,x') · k_S(y,y')
 * mixed      that plus the dot product of the curved feature coordinates (columns.h): a precomputed matrix of 16·n² bytes, so n is capped
 *
 * libsvm has no weights for single examples. Where examples' weights differ, as many examples as there are get drawn, each about as often as it weighs (systematic
 * sampling by the seed); drawn twice, it stands twice in the problem, and support vectors that are the same pair are merged.
 */
#ifndef IEUM_LEARN_KERNEL_SVM_H
#define IEUM_LEARN_KERNEL_SVM_H

#include "rank_svm.h"
#include "sides.h"

/* The product term and the curves go into the model's arena; the bias is −ρ. LIMIT when there are more examples than the cap. */
ieum_status kernel_svm_fit(const struct dataset *data, struct rows rows, const struct learn_options *options, struct model *model, struct fit_note *note,
                           struct problem *problem);

#endif
