/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One training: examples in, a model out, in this process. liblinear and libsvm draw from the global rand(), cannot be stopped and do not survive lack of
 * memory, so the engine calls this inside a child process only (study.h); tests may call it directly.
 */
#ifndef IEUM_LEARN_TRAIN_H
#define IEUM_LEARN_TRAIN_H

#include "rank_svm.h"

/*
 * Trains options->kind on the rows. The model (model_free) has the curves of all features in the dataset's order, and the product term over the coordinates that
 * vary; its id, program, card and hash are the caller's. The same data, options and seed give the same model.
 */
ieum_status learn_train(const struct dataset *data, struct rows rows, const struct learn_options *options, struct model **model, struct fit_note *note,
                        struct problem *problem);

/* The model's score of each of the rows. The dataset must have the model's features and coordinates, by name; NOT_FOUND otherwise. */
ieum_status learn_score(const struct model *model, const struct dataset *data, struct rows rows, double *scores, struct problem *problem);

#endif
