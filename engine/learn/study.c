/* SPDX-License-Identifier: Apache-2.0 */
#include "study.h"

#include <math.h>
#include <stdio.h>

#include "model_bytes.h"
#include "platt.h"
#include "select.h"

void study_options_init(struct study_options *options, enum model_kind kind) {
    static const double costs[] = {0.1, 0.3, 1, 3, 10, 30}, kernel_costs[] = {0.1, 1, 10, 100}, widths[] = {0.25, 1, 4};
    const bool kernel = kind == MODEL_PAIRWISE || kind == MODEL_MIXED;
    *options = (struct study_options){.split = SPLIT_DEMAND, .outer_folds = 5, .inner_folds = kernel ? 3 : 5, .costs = kernel ? kernel_costs : costs, .cost_count = kernel ? 4 : 6,
                                      .widths = widths, .width_count = kernel ? 3 : 0, .quality = {quality_ndcg10, NULL}};
    learn_options_init(&options->learn, kind);
}

static double *new_nans(struct arena *arena, size_t count) {
    double *values = arena_allocate_zero(arena, count, sizeof *values);
    for (size_t i = 0; values && i < count; i++) values[i] = NAN;
    return values;
}

/* ---- in the child ---- */

struct study_job {
    const struct dataset *data;
    struct study_options options;
    struct rows all;
    struct child *child;
};

static ieum_status run_fold(const struct study_job *job, const struct fold *fold, size_t number, struct study *study, struct problem *problem) {
    struct study_fold *told = &study->folds[number];
    const struct study_options *options = &job->options;
    char where[64];
    snprintf(where, sizeof where, "fold %zu/%zu", number + 1, study->fold_count);
    *told = (struct study_fold){.train = fold->train.count, .test = fold->test.count, .quality = NAN};
    struct arena *scratch = arena_new();
    struct choice *grid = NULL;
    size_t grid_count;
    double *scores = arena_allocate_zero(scratch, fold->test.count, sizeof *scores), *of_demand = new_nans(scratch, study->demand_count);
    ieum_status status = scores && of_demand ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) status = grid_make(options, scratch, &grid, &grid_count, problem);
    if (status == IEUM_OK) {
        const struct study_progress progress = {job->child, where};
        struct problem own;
        problem_clear(&own);
        status = choose(job->data, fold->train, options, grid, grid_count, &progress, &told->chosen, &own);
        const struct learn_options learn = choice_apply(&options->learn, &told->chosen);
        if (status == IEUM_OK) status = train_and_score(job->data, fold, &learn, scores, &own);
        if (status != IEUM_OK) *problem = own;
        told->skipped = status == IEUM_INVALID;
    }
    if (status == IEUM_OK) status = quality_mean(&options->quality, job->data, fold->test, scores, &told->quality, of_demand, problem);
    for (size_t i = 0; status == IEUM_OK && i < fold->test.count; i++) {
        study->held_out[fold->test.items[i]] = scores[i];
        study->fold_of[fold->test.items[i]] = (uint32_t)number;
    }
    /* A demand that is tested in several folds: the sum now, the mean when all are done. */
    for (size_t d = 0; status == IEUM_OK && d < study->demand_count; d++)
        if (!isnan(of_demand[d])) study->demand_quality[d] = isnan(study->demand_quality[d]) ? of_demand[d] : study->demand_quality[d] + of_demand[d];
    arena_free(scratch);
    return status;
}

static ieum_status average_demands(const struct study_job *job, struct study *study, struct problem *problem) {
    /* In how many folds a demand counted: those in which its test examples have a good one. */
    uint32_t *times = memory_allocate_zero(study->demand_count, sizeof *times), *seen = memory_allocate_zero(study->demand_count, sizeof *seen);
    size_t counted = 0;
    double sum = 0;
    if (times && seen) {
        for (size_t f = 0; f < study->fold_count; f++)
            for (size_t i = 0; i < job->data->count; i++) {
                const uint32_t demand = job->data->group[i];
                if (study->fold_of[i] != f || !(job->data->grade[i] > 0) || seen[demand] == f + 1) continue;
                seen[demand] = (uint32_t)f + 1;
                times[demand]++;
            }
        for (size_t d = 0; d < study->demand_count; d++) {
            if (isnan(study->demand_quality[d]) || times[d] == 0) continue;
            study->demand_quality[d] /= times[d];
            sum += study->demand_quality[d];
            counted++;
        }
        study->quality = counted ? sum / (double)counted : NAN;
    }
    const bool room = times && seen;
    memory_free(times);
    memory_free(seen);
    return room ? IEUM_OK : problem_set_memory(problem);
}

/* A sigmoid on the held-out scores of all folds but `left_out`. False: it cannot be fitted. */
static bool fit_sigmoid(const struct study_job *job, const struct study *study, uint32_t left_out, double *score, bool *good, struct platt *platt) {
    size_t count = 0;
    struct problem ignored;
    for (size_t i = 0; i < job->data->count; i++) {
        if (isnan(study->held_out[i]) || study->fold_of[i] == left_out) continue;
        score[count] = study->held_out[i];
        good[count++] = job->data->grade[i] >= job->options.learn.threshold;
    }
    problem_clear(&ignored);
    return platt_fit(score, good, count, platt, &ignored) == IEUM_OK;
}

static ieum_status fit_probabilities(const struct study_job *job, struct study *study, struct problem *problem) {
    double *score = memory_allocate_zero(job->data->count, sizeof *score);
    bool *good = memory_allocate_zero(job->data->count, sizeof *good);
    if (!score || !good) problem_set_memory(problem);
    for (uint32_t f = 0; problem->status == IEUM_OK && f < study->fold_count; f++) {
        struct platt platt;
        if (!fit_sigmoid(job, study, f, score, good, &platt)) continue;
        for (size_t i = 0; i < job->data->count; i++)
            if (study->fold_of[i] == f) study->probability[i] = platt_probability(&platt, study->held_out[i]);
    }
    struct platt platt;
    if (problem->status == IEUM_OK && fit_sigmoid(job, study, DATASET_NONE, score, good, &platt)) study->model->platt = platt;
    memory_free(score);
    memory_free(good);
    return problem->status;
}

static ieum_status run_folds(const struct study_job *job, struct study *study, struct problem *problem) {
    struct folds folds;
    struct problem refusal;
    problem_clear(&refusal);
    ieum_status status =
        folds_make(job->data, job->all, job->options.split, job->options.outer_folds, job->options.learn.seed, study->arena, &folds, problem);
    if (status != IEUM_OK) return status;
    study->folds = arena_allocate_zero(study->arena, folds.count, sizeof *study->folds);
    if (!study->folds) return problem_set_memory(problem);
    study->fold_count = folds.count;
    size_t skipped = 0;
    for (size_t f = 0; f < folds.count; f++) {
        struct problem own;
        problem_clear(&own);
        status = run_fold(job, &folds.items[f], f, study, &own);
        if (status != IEUM_OK) refusal = own;
        if (status != IEUM_OK && !study->folds[f].skipped) break;
        skipped += study->folds[f].skipped;
    }
    if (skipped < folds.count && (status == IEUM_OK || status == IEUM_INVALID)) return average_demands(job, study, problem);
    *problem = refusal;
    return refusal.status;
}

/* The arrays of a study, filled with "not known". */
static bool prepare(const struct dataset *data, struct study *study) {
    *study = (struct study){.arena = arena_new(), .example_count = data->count, .quality = NAN};
    for (size_t i = 0; i < data->count; i++)
        if (data->group[i] >= study->demand_count) study->demand_count = (size_t)data->group[i] + 1;
    study->fold_of = arena_allocate_zero(study->arena, data->count, sizeof *study->fold_of);
    study->held_out = new_nans(study->arena, data->count);
    study->probability = new_nans(study->arena, data->count);
    study->demand_quality = new_nans(study->arena, study->demand_count);
    for (size_t i = 0; study->fold_of && i < data->count; i++) study->fold_of[i] = DATASET_NONE;
    return study->fold_of && study->held_out && study->probability && study->demand_quality;
}

static void write_study(const struct study *study, struct buffer *buffer) {
    buffer_add(buffer, &study->note, sizeof study->note);
    buffer_add(buffer, &study->chosen, sizeof study->chosen);
    buffer_add(buffer, &study->quality, sizeof study->quality);
    buffer_add(buffer, &study->grid_count, sizeof study->grid_count);
    buffer_add(buffer, study->grid, study->grid_count * sizeof *study->grid);
    buffer_add(buffer, &study->fold_count, sizeof study->fold_count);
    buffer_add(buffer, study->folds, study->fold_count * sizeof *study->folds);
    buffer_add(buffer, study->fold_of, study->example_count * sizeof *study->fold_of);
    buffer_add(buffer, study->held_out, study->example_count * sizeof *study->held_out);
    buffer_add(buffer, study->probability, study->example_count * sizeof *study->probability);
    buffer_add(buffer, study->demand_quality, study->demand_count * sizeof *study->demand_quality);
    model_write_bytes(study->model, buffer);
}

static ieum_status run_all(void *context, struct child *child, struct buffer *result, struct problem *problem) {
    struct study_job *job = context;
    struct study study;
    job->child = child;
    uint32_t *rows = memory_allocate_zero(job->data->count, sizeof *rows);
    if (!prepare(job->data, &study) || !rows) problem_set_memory(problem);
    for (size_t i = 0; rows && i < job->data->count; i++) rows[i] = (uint32_t)i;
    job->all = (struct rows){rows, job->data->count};
    if (problem->status == IEUM_OK && job->options.outer_folds) run_folds(job, &study, problem);
    if (problem->status == IEUM_OK) grid_make(&job->options, study.arena, &study.grid, &study.grid_count, problem);
    if (problem->status == IEUM_OK) {
        const struct study_progress progress = {child, "all"};
        choose(job->data, job->all, &job->options, study.grid, study.grid_count, &progress, &study.chosen, problem);
    }
    if (problem->status == IEUM_OK) {
        const struct learn_options learn = choice_apply(&job->options.learn, &study.chosen);
        child_say(child, "final");
        learn_train(job->data, job->all, &learn, &study.model, &study.note, problem);
    }
    if (problem->status == IEUM_OK && study.fold_count) fit_probabilities(job, &study, problem);
    if (problem->status == IEUM_OK) write_study(&study, result);
    study_free(&study);
    memory_free(rows);
    return problem->status;
}

/* ---- in the parent ---- */

static bool read_study(const struct buffer *buffer, const struct dataset *data, struct study *study) {
    struct byte_reader reader = {buffer->bytes, buffer->size, 0, true};
    if (!prepare(data, study)) return false;
    read_items(&reader, &study->note, 1, sizeof study->note);
    read_items(&reader, &study->chosen, 1, sizeof study->chosen);
    read_items(&reader, &study->quality, 1, sizeof study->quality);
    read_items(&reader, &study->grid_count, 1, sizeof study->grid_count);
    study->grid = read_new_items(&reader, study->arena, study->grid_count, sizeof *study->grid);
    read_items(&reader, &study->fold_count, 1, sizeof study->fold_count);
    study->folds = read_new_items(&reader, study->arena, study->fold_count, sizeof *study->folds);
    read_items(&reader, study->fold_of, study->example_count, sizeof *study->fold_of);
    read_items(&reader, study->held_out, study->example_count, sizeof *study->held_out);
    read_items(&reader, study->probability, study->example_count, sizeof *study->probability);
    read_items(&reader, study->demand_quality, study->demand_count, sizeof *study->demand_quality);
    study->model = model_read_bytes(&reader);
    return study->model != NULL;
}

static ieum_status check_grid(const struct study_options *options, const struct dataset *data, struct problem *problem) {
    struct learn_options learn = options->learn;
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < options->cost_count && status == IEUM_OK; i++) {
        learn.cost = options->costs[i];
        status = learn_options_check(&learn, data, problem);
    }
    for (size_t i = 0; i < options->width_count && status == IEUM_OK; i++) {
        learn.width_demand = options->learn.width_demand * options->widths[i];
        learn.width_supplier = options->learn.width_supplier * options->widths[i];
        status = learn_options_check(&learn, data, problem);
    }
    if (options->cost_count) learn.cost = options->costs[0];
    return status == IEUM_OK ? learn_options_check(&learn, data, problem) : status;
}

ieum_status study_run(const struct dataset *data, const struct study_options *options, const struct child_options *limits, struct study *study,
                      struct problem *problem) {
    struct study_job job = {.data = data, .options = *options};
    struct child_options child = *limits;
    struct buffer bytes = BUFFER_EMPTY;
    if (!job.options.quality.of_group) job.options.quality = (struct quality){quality_ndcg10, NULL};
    child.result_limit = 0;
    *study = (struct study){0};
    ieum_status status = dataset_check(data, problem);
    if (status == IEUM_OK) status = check_grid(options, data, problem);
    if (status == IEUM_OK) status = child_run(run_all, &job, &child, &bytes, problem);
    if (status == IEUM_OK && !read_study(&bytes, data, study)) status = problem_set_memory(problem);
    if (status != IEUM_OK) study_free(study);
    buffer_free(&bytes);
    return status;
}

void study_free(struct study *study) {
    model_free(study->model);
    arena_free(study->arena);
    *study = (struct study){0};
}

struct model *study_take_model(struct study *study) {
    struct model *model = study->model;
    study->model = NULL;
    return model;
}
