/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the suggestion (pipeline_suggest.c, pipeline_one.c, pipeline_explain.c) call of each other; nobody else includes it. */
#ifndef IEUM_PIPELINE_PARTS_H
#define IEUM_PIPELINE_PARTS_H

#include "pipeline.h"

/* Who was ranked for a demand. */
struct ranking {
    const struct top_k *best;
    size_t count;
    const double *values;            /* of best[i]: feature_count values from place · feature_count on */
    const struct findings *findings; /* of every supplier; NULL: not judged one by one yet */
    const int64_t *kernel;           /* of every supplier: the model's kernel part; NULL: it has none */
};

/* The demand with what its applicant answered. */
ieum_status suggest_view(const struct suggest_answer *answer, const struct shortlist *shortlist, const uint32_t *concepts, size_t count,
                         struct arena *arena, struct demand_view *view, struct problem *problem);
/* One shortlist on its own: eligible → feature → score → rank → explain, and what to ask next. */
/* `kernel`: the kernel parts of all suppliers where they are known already; NULL: they are computed if the model has any. */
ieum_status suggest_one(const struct suggest_question *question, struct suggest_answer *answer, size_t index, const int64_t *kernel, struct problem *problem);
/* Stage explain: fills the shortlist's suggestions and what its demand is understood as. */
ieum_status suggest_explain(const struct suggest_question *question, const struct suggest_answer *answer, const struct demand_view *view,
                            const struct ranking *ranking, struct shortlist *shortlist, struct arena *arena, struct problem *problem);

#endif
