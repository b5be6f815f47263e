/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The new model held against a learned one instead of the rubric, on the same held-out lists. What the old one learned from itself is left out: judgements of days up to the last
 * that its card names ("labels": {"to"}).
 */
#include <math.h>

#include "learn/train.h"
#include "pipeline_train_parts.h"

/* False: these pairs have not what the model looks at. */
static ieum_status score_all(const struct model *model, struct training *training, double **scores, bool *scored, struct problem *problem) {
    const size_t count = training->data.count;
    uint32_t *rows = arena_allocate_zero(training->arena, count, sizeof *rows);
    struct problem trouble = {0};
    *scores = arena_allocate_zero(training->arena, count, sizeof **scores);
    if (!rows || !*scores) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) rows[i] = (uint32_t)i;
    const ieum_status status = learn_score(model, &training->data, (struct rows){rows, count}, *scores, &trouble);
    if (status == IEUM_MEMORY) *problem = trouble;
    *scored = status == IEUM_OK;
    return status == IEUM_MEMORY ? status : IEUM_OK;
}

static void leave_out_seen(const struct model *model, struct train_answer *answer) {
    const char *to = jval_get_text(jval_get(model->card, "labels"), "to");
    struct date last = {0};
    answer->baseline.unknown = !to || !date_read(to, &last);
    for (size_t i = 0; !answer->baseline.unknown && i < answer->study.example_count; i++) {
        if (answer->training.data.date[i] > judgement_day(last) || isnan(answer->study.held_out[i])) continue;
        answer->study.held_out[i] = NAN;
        answer->baseline.seen++;
    }
}

ieum_status train_baseline(struct workspace *workspace, const struct train_question *question, struct train_answer *answer, struct problem *problem) {
    struct model *model = NULL;
    double *scores = NULL;
    bool scored = false;
    ieum_status status = workspace_model(workspace, question->baseline, &model, problem);
    if (status == IEUM_OK) status = score_all(model, &answer->training, &scores, &scored, problem);
    if (status == IEUM_OK && scored) {
        answer->training.rubric = scores;
        answer->baseline.measured = true;
        leave_out_seen(model, answer);
    }
    model_free(model);
    return status;
}
