/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole training run: parameters chosen by inner folds, held-out scores by outer folds (nested, so no score that is reported was used for a choice), a sigmoid
 * fitted on held-out scores, and the final model trained on all examples with parameters chosen by folds over all of them.
 *
 * study_run does it in one child process (base/child.h) and says where it is: "fold 2/5 C=0.1 width=1 (3/12)".
 */
#ifndef IEUM_LEARN_STUDY_H
#define IEUM_LEARN_STUDY_H

#include "../base/child.h"
#include "folds.h"
#include "group_quality.h"
#include "train.h"

struct study_options {
    struct learn_options learn; /* cost and widths are what the grid replaces */
    enum split_kind split;
    size_t outer_folds; /* 0: no held-out scores and no probabilities, only the final model */
    size_t inner_folds;
    const double *costs; /* the grid; count 0: learn.cost alone */
    size_t cost_count;
    const double *widths; /* kernels only: learn.width_demand and width_supplier times this; count 0: times 1 */
    size_t width_count;
    struct quality quality; /* of_group NULL: quality_ndcg10 */
};
/* Five outer folds by demand, five inner ones (kernels, which take far longer: three); C in 0.1, 0.3, 1, 3, 10, 30; kernels: C in 0.1, 1, 10, 100 and widths
 * ¼, 1, 4. */
void study_options_init(struct study_options *options, enum model_kind kind);

/* A point of the grid and the mean quality it reached on inner folds; NaN: there was no choice to make. */
struct choice {
    double cost, width, quality;
};

struct study_fold {
    struct choice chosen;
    size_t train, test; /* examples */
    double quality;     /* mean over the test's demands; NaN: none has one */
    bool skipped;       /* nothing could be learned from its training examples (no preferences, one class); its test examples stay without a score */
};

struct study {
    struct arena *arena; /* of the arrays */
    struct model *model; /* with its sigmoid, if one could be fitted; id, program, card and hash are the caller's */
    struct fit_note note;
    struct choice chosen;
    struct choice *grid; /* every point, over all examples */
    size_t grid_count;
    struct study_fold *folds;
    size_t fold_count;
    size_t example_count;
    uint32_t *fold_of;    /* of each example: the outer fold whose test it is; DATASET_NONE */
    double *held_out;     /* of each example: its score by the model that did not see it; NaN */
    double *probability;  /* of each example: by a sigmoid fitted on the other folds' held-out scores; NaN */
    size_t demand_count;  /* one past the greatest group */
    double *demand_quality; /* of each demand: mean over the folds it is tested in; NaN */
    double quality;       /* mean over demands; NaN */
};

/* `limits`: time, memory, progress and cancellation; its result_limit is ignored. On success `study` is the caller's (study_free). */
ieum_status study_run(const struct dataset *data, const struct study_options *options, const struct child_options *limits, struct study *study,
                      struct problem *problem);
void study_free(struct study *study); /* the model too */
/* Takes the model out of the study. */
struct model *study_take_model(struct study *study);

#endif
