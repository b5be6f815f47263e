/* SPDX-License-Identifier: Apache-2.0 */
/* What was shown goes into the serving log: each shortlist's suppliers, with the probability that their rank was looked at (data/desk/desk.json, "servings"). */
#include "pipeline.h"

#include "base/elementary.h"

static int64_t propensity_of(size_t rank, double examination) {
    const double share = exact_exp(-examination * exact_ln((double)rank)) * (double)SCORE_ONE;
    return share < 1 ? 1 : (int64_t)share;
}

ieum_status pipeline_log_servings(struct workspace *workspace, const struct suggest_answer *answer, struct problem *problem) {
    const struct cohort *cohort = &answer->cohort;
    struct store *store;
    struct store_act act;
    struct serving *items = NULL;
    size_t count = 0;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < answer->count; i++) count += answer->shortlists[i].count;
    items = arena_allocate_zero(arena, count, sizeof *items);
    ieum_status status = items ? workspace_act(workspace, NULL, NULL, arena, &act, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && !workspace_changing(workspace)) status = workspace_change(workspace, &store, problem);
    else if (status == IEUM_OK) status = workspace_store(workspace, false, &store, problem);
    count = 0;
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) {
        const struct shortlist *shortlist = &answer->shortlists[i];
        for (size_t k = 0; k < shortlist->count; k++)
            items[count++] = (struct serving){.program = answer->program->id,
                                              .demand = cohort->demands.demands[shortlist->demand].id,
                                              .supplier = cohort->suppliers.suppliers[shortlist->suggestions[k].supplier].id,
                                              .rank = (int64_t)k + 1,
                                              .propensity = propensity_of(k + 1, answer->desk.examination),
                                              .model = answer->model_hash,
                                              .data = cohort->data_hash};
    }
    if (status == IEUM_OK) status = store_servings_put(store, act.when, items, count, problem);
    arena_free(arena);
    return status;
}
