/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see pipeline_retrain.h. */
#include "pipeline_retrain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pipeline.h"
#include "score/model_file.h"

/* ---- training ---- */

/* Demands of whose judgements not all have the same grade: examples come by demand. */
static size_t count_telling(const struct dataset *data) {
    size_t telling = 0;
    for (size_t i = 0, end; i < data->count; i = end) {
        bool differs = false;
        for (end = i; end < data->count && data->group[end] == data->group[i]; end++) differs = differs || data->grade[end] != data->grade[i];
        telling += differs;
    }
    return telling;
}

static ieum_status train(struct workspace *workspace, const struct retrain_question *question, struct retrain_answer *answer, struct problem *problem) {
    static const char *all[] = {"all"};
    char name[80], about[2][160];
    const bool rubric = !question->used || strcmp(question->used, "rubric") == 0;
    struct train_question asked = {.program = question->program, .out = question->out, .id = question->out ? NULL : name, .until = {question->year, 12, 31},
                                   .baseline = rubric ? NULL : question->used, .monotone = {all, 1}, .quiet = true};
    snprintf(name, sizeof name, "%.56s-%d", question->program, question->year);
    snprintf(about[0], sizeof about[0], "사업 %.64s의 %d년 말까지의 성과로 다시 학습한 모형.", question->program, question->year);
    snprintf(about[1], sizeof about[1], "Retrained on the outcomes of %.64s up to the end of %d.", question->program, question->year);
    asked.about = (struct text2){about[0], about[1]};
    study_options_init(&asked.study, question->terms->kind);
    asked.study.learn.seed = (uint64_t)question->terms->seed;
    asked.study.outer_folds = (size_t)question->terms->folds;
    ieum_status status = pipeline_train(workspace, &asked, &answer->train, &answer->reason);
    if (status == IEUM_NOT_FOUND && asked.baseline) { /* the file of the model in use is gone */
        answer->used_missing = true;
        asked.baseline = NULL;
        problem_clear(&answer->reason);
        status = pipeline_train(workspace, &asked, &answer->train, &answer->reason);
    }
    answer->learned = status == IEUM_OK;
    if (answer->learned) {
        answer->telling = count_telling(&answer->train.training.data);
        answer->enough = (int64_t)answer->telling >= question->terms->least_demands;
    }
    if (status == IEUM_OK || status == IEUM_INVALID || status == IEUM_LIMIT) return IEUM_OK;
    *problem = answer->reason;
    return status;
}

/* ---- weights ---- */

/* What each feature of the program counts in the rubric; they sum to 1. */
static void rubric_weights(const struct rubric *rubric, double *weights) {
    for (size_t t = 0; t < rubric->count; t++) weights[rubric->terms[t].feature] += rubric->terms[t].share;
}

static bool has_curves(const struct model *model) { return model->kind == MODEL_LINEAR || model->kind == MODEL_ADDITIVE; }

/* The model's weights by feature of the program, as shares of their absolute sum. False: it has none. */
static bool model_weights(const struct model *model, const struct program *program, const double *rubric, double *weights) {
    double sum = 0;
    if (!has_curves(model)) return false;
    for (size_t i = 0; i < model->feature_count; i++) {
        const double adds = curve_value(&model->features[i].curve, 1) - curve_value(&model->features[i].curve, 0);
        const bool whole = strcmp(model->features[i].name, "rubric") == 0;
        for (size_t f = 0; f < program->feature_count; f++)
            if (whole) weights[f] += adds * rubric[f];
            else if (strcmp(model->features[i].name, program->features[f].id) == 0) weights[f] += adds;
    }
    for (size_t f = 0; f < program->feature_count; f++) sum += fabs(weights[f]);
    for (size_t f = 0; f < program->feature_count && sum > 0; f++) weights[f] /= sum;
    return true;
}

/* The new model's weights beside those of the model in use, which is opened for it unless it is the rubric. */
static ieum_status compare_weights(struct workspace *workspace, const char *used_name, struct retrain_answer *answer, struct problem *problem) {
    const struct program *program = answer->train.training.program;
    const size_t count = program->feature_count;
    struct rubric rubric = {0};
    struct model *used = NULL;
    double *points = arena_allocate_zero(answer->arena, count + 1, sizeof *points), *before = arena_allocate_zero(answer->arena, count + 1, sizeof *before);
    double *now = arena_allocate_zero(answer->arena, count + 1, sizeof *now);
    answer->weights = arena_allocate_zero(answer->arena, count + 1, sizeof *answer->weights);
    if (!points || !before || !now || !answer->weights) return problem_set_memory(problem);
    ieum_status status = rubric_compile(program, false, answer->arena, &rubric, problem);
    if (status == IEUM_OK && used_name) status = workspace_model(workspace, used_name, &used, problem);
    if (status != IEUM_OK) return status;
    rubric_weights(&rubric, points);
    const bool known = used ? model_weights(used, program, points, before) : true;
    const bool new_known = model_weights(answer->train.model, program, points, now);
    for (size_t f = 0; f < count; f++) {
        const struct feature_definition *feature = &program->features[f];
        const char *id = arena_copy_text(answer->arena, feature->id);
        const struct text2 title = {arena_copy_text(answer->arena, feature->title.ko), arena_copy_text(answer->arena, feature->title.en)};
        if (!id || !title.ko || !title.en) status = problem_set_memory(problem);
        answer->weights[answer->weight_count++] = (struct retrain_weight){id, title, !known ? (double)NAN : used ? before[f] : points[f], new_known ? now[f] : (double)NAN};
    }
    model_free(used);
    return status;
}

/* ---- ranking ---- */

static size_t count_common(const struct suggest_answer *a, const struct shortlist *x, const struct suggest_answer *b, const struct shortlist *y) {
    size_t common = 0;
    for (size_t i = 0; i < x->count; i++)
        for (size_t k = 0; k < y->count; k++)
            common += strcmp(a->cohort.suppliers.suppliers[x->suggestions[i].supplier].id, b->cohort.suppliers.suppliers[y->suggestions[k].supplier].id) == 0;
    return common;
}

/* Both answers are over the same demands in the same order: eligibility asks no model. */
static void compare_lists(const struct suggest_answer *used, const struct suggest_answer *retrained, int year, struct retrain_answer *answer) {
    double sum = 0;
    for (size_t i = 0; i < used->count && i < retrained->count; i++) {
        const struct shortlist *x = &used->shortlists[i], *y = &retrained->shortlists[i];
        if (used->cohort.demands.demands[x->demand].applied.year != year || !x->count || !y->count) continue;
        answer->ranked++;
        answer->first_changed += strcmp(used->cohort.suppliers.suppliers[x->suggestions[0].supplier].id,
                                        retrained->cohort.suppliers.suppliers[y->suggestions[0].supplier].id) != 0;
        sum += (double)count_common(used, x, retrained, y) / (double)(x->count > y->count ? x->count : y->count);
    }
    answer->overlap = answer->ranked ? sum / (double)answer->ranked : (double)NAN;
}

static ieum_status compare_rankings(struct workspace *workspace, const struct retrain_question *question, const char *used_name, const struct buffer *bytes,
                                    struct retrain_answer *answer, struct problem *problem) {
    struct suggest_answer used = {0}, retrained = {0};
    struct suggest_question asked = {.program = question->program, .model = used_name ? used_name : "rubric", .k = (size_t)question->terms->top, .rules = true,
                                     .only_eligible = true, .lean = true};
    ieum_status status = pipeline_suggest(workspace, &asked, &used, problem);
    asked.model_bytes = bytes;
    if (status == IEUM_OK) {
        status = pipeline_suggest(workspace, &asked, &retrained, problem);
        if (status == IEUM_OK) {
            compare_lists(&used, &retrained, question->year, answer);
            suggest_answer_free(&retrained);
        }
        suggest_answer_free(&used);
    }
    return status;
}

/* ---- all together ---- */

ieum_status pipeline_retrain(struct workspace *workspace, const struct retrain_question *question, struct retrain_answer *answer, struct problem *problem) {
    struct buffer bytes = BUFFER_EMPTY;
    *answer = (struct retrain_answer){.arena = arena_new(), .overlap = NAN};
    ieum_status status = answer->arena ? train(workspace, question, answer, problem) : problem_set_memory(problem);
    const bool rubric = !question->used || strcmp(question->used, "rubric") == 0 || answer->used_missing;
    const char *used_name = rubric ? NULL : question->used;
    if (status == IEUM_OK && answer->learned) {
        status = model_write(answer->train.model, &bytes, answer->hash, problem);
        if (status == IEUM_OK) status = compare_weights(workspace, used_name, answer, problem);
        if (status == IEUM_OK) status = compare_rankings(workspace, question, used_name, &bytes, answer, problem);
    }
    buffer_free(&bytes);
    if (status != IEUM_OK) retrain_answer_free(answer);
    return status;
}

void retrain_answer_free(struct retrain_answer *answer) {
    train_answer_free(&answer->train);
    arena_free(answer->arena);
    *answer = (struct retrain_answer){0};
}
