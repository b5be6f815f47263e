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

/* The demand with what its applicant answered (pipeline_ask.c). */
ieum_status suggest_view(const struct suggest_answer *answer, const struct shortlist *shortlist, const uint32_t *concepts, size_t count,
                         struct arena *arena, struct demand_view *view, struct problem *problem);
/* The same with one more answer. */
ieum_status suggest_view_after(const struct suggest_answer *answer, const struct shortlist *shortlist, uint32_t concept, struct arena *arena,
                               struct demand_view *view, struct problem *problem);
/* What to ask next, told by the best suppliers (as many as the desk looks at); outlooks are laid out and empty yet. */
ieum_status suggest_ask(const struct suggest_answer *answer, const struct demand_view *view, const struct top_k *best, size_t count,
                        struct shortlist *shortlist, struct arena *arena, struct problem *problem);
/* Fills the outlooks side by side; for a space that is ready for it. `sieve`: what ranked the shortlist (pipeline_sieve.h), NULL: nothing was kept. */
struct sieve;
ieum_status suggest_look_ahead(const struct suggest_answer *answer, bool rules, const struct sieve *sieve, struct shortlist *shortlist, struct arena *arena, struct problem *problem);
/* One shortlist on its own: eligible → feature → score → rank → explain, and what to ask next. */
/* `kernel`: the kernel parts of all suppliers where they are known already; NULL: they are computed if the model has any. */
ieum_status suggest_one(const struct suggest_question *question, struct suggest_answer *answer, size_t index, const int64_t *kernel, struct problem *problem);
/* Stage explain: fills the shortlist's suggestions and what its demand is understood as. */
ieum_status suggest_explain(const struct suggest_question *question, const struct suggest_answer *answer, const struct demand_view *view,
                            const struct ranking *ranking, struct shortlist *shortlist, struct arena *arena, struct problem *problem);

#endif
