/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What became of a pair goes into the outcomes beside the step that says so, in the same transaction: declined by a side, agreed, completed (with a grade). So models can learn from rounds, past
 * cases can be shown, and newcomers be told from others. A stage that was failed (a technical verification) stands with the completion as its result, and its grade is 0 unless one was given.
 */
#include <string.h>

#include "round_request.h"

/* The outcome of a step; OUTCOME_STAGES: it has none. */
static enum outcome_stage stage_of(const struct round_call *it, enum round_step step) {
    const jval *request = it->call->request;
    const char *side = jval_text(jval_get(request, "side"));
    if (step == STEP_FULFIL || step == STEP_AGREE || step == STEP_DONE) {
        const struct round_pair *pair = round_find_pair(&it->state, jval_text(jval_get(request, "demand")), jval_text(jval_get(request, "supplier")));
        if (!pair || pair->step != round_this_step(&it->state)) return OUTCOME_STAGES; /* the pair is where it was */
        return pair->state == PAIR_AGREED ? OUTCOME_AGREED : pair->state == PAIR_DONE ? OUTCOME_COMPLETED : OUTCOME_STAGES;
    }
    if (step != STEP_CONSENT || strcmp(jval_text(jval_get(request, "answer")), "no") != 0) return OUTCOME_STAGES;
    return strcmp(side, "demand") == 0 ? OUTCOME_DECLINED_BY_DEMAND : strcmp(side, "supplier") == 0 ? OUTCOME_DECLINED_BY_SUPPLIER : OUTCOME_STAGES;
}

/* The result of the pair's stages together: one that was failed stands for all. */
static enum stage_result result_of(const struct round_call *it) {
    const jval *request = it->call->request;
    const struct round_pair *pair = round_find_pair(&it->state, jval_text(jval_get(request, "demand")), jval_text(jval_get(request, "supplier")));
    enum stage_result result = RESULT_NONE;
    for (size_t i = 0; pair && i < pair->fulfilled_count; i++)
        if (pair->fulfilled[i].result > result) result = pair->fulfilled[i].result;
    return result;
}

ieum_status round_note_outcome(struct round_call *it, enum round_step step, struct problem *problem) {
    const enum outcome_stage stage = stage_of(it, step);
    struct record_set set = {0};
    struct import_counts counts = {0};
    char day[11];
    if (stage == OUTCOME_STAGES) return IEUM_OK;
    jval *list = jval_new_array(), *outcome = jval_new_object();
    const jval *grade = jval_get(it->call->request, "grade");
    date_write(workspace_today(it->call->workspace), day);
    jval_set(outcome, "demand", jval_keep(jval_get(it->call->request, "demand")));
    jval_set(outcome, "supplier", jval_keep(jval_get(it->call->request, "supplier")));
    jval_set_text(outcome, "program", it->program);
    jval_set_text(outcome, "round", it->round);
    jval_set_text(outcome, "stage", outcome_stage_names[stage]);
    const enum stage_result ended = stage == OUTCOME_COMPLETED ? result_of(it) : RESULT_NONE;
    if (grade && stage == OUTCOME_COMPLETED) jval_set(outcome, "grade", jval_keep(grade));
    else if (ended == RESULT_FAIL) jval_set_integer(outcome, "grade", 0);
    if (ended != RESULT_NONE) jval_set_text(outcome, "result", stage_result_names[ended]);
    jval_set_text(outcome, "date", day);
    jval_append(list, outcome);
    ieum_status status = record_set_from_json(RECORD_OUTCOME, list, NULL, &set, problem);
    if (status == IEUM_OK) status = store_import(it->store, &set, "round", &it->act, &counts, problem);
    import_counts_free(&counts);
    record_set_free(&set);
    jval_free(list);
    return status;
}
