/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kinds "linear" and "additive": RankSVM (Joachims 2002) with squared hinge loss on the preferences within each demand,
 *
 *     min_w ½‖w‖² + C Σ_p weight_p · max(0, 1 − wᵀ(φ_better − φ_worse))²,
 *
 * φ as columns.h describes it. Every other difference is turned around and given the label −1: without a bias that is the same problem, and
 * both signs are there. A monotone request adds hint pairs (Abu-Mostafa 1993): an example with the feature raised is better than itself; what is left of a
 * fall is then projected away.
 */
#ifndef IEUM_LEARN_RANK_SVM_H
#define IEUM_LEARN_RANK_SVM_H

#include "columns.h"

struct fit_note { /* what training was done on */
    size_t examples, demands, preferences, possible, support; /* preferences used, and before the cap; support vectors */
};

/* The curves go into the model's arena. Only in a child process or a test: see adapt/linear.h. */
ieum_status rank_svm_fit(const struct dataset *data, struct rows rows, const struct learn_options *options, struct model *model, struct fit_note *note,
                         struct problem *problem);

#endif
