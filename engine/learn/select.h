/* SPDX-License-Identifier: Apache-2.0 */
/* Choosing parameters by cross-validation: a small grid over C and the kernels' width. Inside the child process of a study. */
#ifndef IEUM_LEARN_SELECT_H
#define IEUM_LEARN_SELECT_H

#include "study.h"

/* Where a study is, for its messages. */
struct study_progress {
    struct child *child; /* NULL: say nothing */
    const char *where;   /* "fold 2/5" */
};

/* The points of the grid, costs outside, widths inside, qualities NaN; in the arena. */
ieum_status grid_make(const struct study_options *options, struct arena *arena, struct choice **grid, size_t *count, struct problem *problem);
/* The options with the choice put in. */
struct learn_options choice_apply(const struct learn_options *options, const struct choice *choice);

/*
 * Fills the qualities: of each point the mean over the inner folds of the mean quality of the tests' demands. `best` is the first of the greatest. A fold from which nothing
 * can be learned is left out; INVALID when that is so of all of them. With one point nothing is trained.
 */
ieum_status choose(const struct dataset *data, struct rows rows, const struct study_options *options, struct choice *grid, size_t count,
                   const struct study_progress *progress, struct choice *best, struct problem *problem);

/* Trains on `train` and scores `test`. */
ieum_status train_and_score(const struct dataset *data, const struct fold *fold, const struct learn_options *options, double *scores, struct problem *problem);

#endif
