/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A learned model at work on a cohort: its curves bound to the program, its kernel part (the product term, or a libsvm model over the features) made ready over the
 * suppliers. A score is Σ curves + kernel part, each in whole units of 10⁻⁹, so it is the sum of what is told of it.
 */
#ifndef IEUM_PIPELINE_MODEL_H
#define IEUM_PIPELINE_MODEL_H

#include "cohort.h"
#include "feature/space.h"
#include "score/additive.h"
#include "score/model.h"

struct model_use;

/* Reads the model `name` (workspace_model) and checks that it may score the program's pairs. */
ieum_status model_use_open(struct workspace *workspace, const char *name, const struct program *program, struct model_use **use, struct problem *problem);
/* The same of a model that is there already; it is the use's from now on, and freed where this fails. */
ieum_status model_use_take(struct workspace *workspace, struct model *model, const struct program *program, struct model_use **use, struct problem *problem);
void model_use_free(struct model_use *use); /* NULL is fine */
const struct model *model_use_model(const struct model_use *use);
bool model_use_fit_only(const struct model_use *use);      /* learned from the features of the fit criteria alone: the rubric it knows is theirs */
bool model_use_calibrated(const struct model_use *use);
double model_use_probability(const struct model_use *use, int64_t score); /* of a calibrated model */
bool model_use_other_version(const struct model_use *use); /* of the program */
bool model_use_reads_vectors(const struct model_use *use); /* of suppliers: lean ones will not do */

/* Binds curves and kernel part. Everything given is borrowed and must outlive the use. */
ieum_status model_use_prepare(struct model_use *use, struct workspace *workspace, const struct program *program, const struct rubric *rubric,
                              const struct cohort *cohort, struct additive *additive, struct problem *problem);

bool model_use_has_kernel(const struct model_use *use);
/* The kernel part of one demand with every supplier; `columns` as feature_compute gives them. May run in several threads at once. */
ieum_status model_use_kernel(const struct model_use *use, const struct demand_view *view, const double *columns, int64_t *parts, struct problem *problem);
/* The same for several demands at once where that is quicker: parts[view * suppliers + supplier]; false: it is not, ask one by one. */
bool model_use_side_by_side(const struct model_use *use);
ieum_status model_use_kernel_many(const struct model_use *use, const struct demand_view *views, size_t count, int threads, int64_t *parts,
                                  struct problem *problem);
/*
 * What each criterion adds to the kernel part of a pair, exact Shapley values against the training mean; `values` are the pair's features. shares[criteria] and
 * *none add up to `part` exactly.
 */
ieum_status model_use_shares(const struct model_use *use, const struct demand_view *view, uint32_t supplier, const double *values, int64_t part,
                             int64_t *shares, int64_t *none, struct problem *problem);

#endif
