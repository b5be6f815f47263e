/* SPDX-License-Identifier: Apache-2.0 */
/* A model and a program: whether the one may score the other's pairs, and its curves bound to the program's features and criteria. */
#ifndef IEUM_SCORE_MODEL_FIT_H
#define IEUM_SCORE_MODEL_FIT_H

#include "model.h"

/*
 * INVALID when the model is of another program, of no program at all (rows of numbers), or has a feature that the program lacks (the problem's value names it).
 * Another version of the same program is no obstacle: `*other_version` says so, to be told beside the results.
 */
ieum_status model_fits_program(const struct model *model, const struct program *program, bool *other_version, struct problem *problem);

/*
 * The model's curves and bias as a sum of terms, each with its feature of the program and the criterion that gives that feature most points (UINT32_MAX: none, and
 * for the rubric's own score). Of kind "rubric": the rubric itself. The product term and libsvm's models are no part of it: their sum is the bias alone,
 * for libsvm 0. Lives in the arena, borrows the model, and `rubric` where a term asks for it (INTERNAL when it is NULL then).
 */
ieum_status model_additive(const struct model *model, const struct program *program, const struct rubric *rubric, struct arena *arena,
                           struct additive *additive, struct problem *problem);

#endif
