/* SPDX-License-Identifier: Apache-2.0 */
#include "select.h"

#include <math.h>
#include <stdio.h>

ieum_status grid_make(const struct study_options *options, struct arena *arena, struct choice **grid, size_t *count, struct problem *problem) {
    const bool kernel = options->learn.kind == MODEL_PAIRWISE || options->learn.kind == MODEL_MIXED;
    const size_t costs = options->cost_count ? options->cost_count : 1, widths = kernel && options->width_count ? options->width_count : 1;
    if (costs > 100 || widths > 100)
        return problem_set(problem, IEUM_LIMIT, "/costs", "견줄 설정이 너무 많습니다.", "There are too many parameters to compare.");
    *grid = arena_allocate_zero(arena, costs * widths, sizeof **grid);
    if (!*grid) return problem_set_memory(problem);
    *count = 0;
    for (size_t c = 0; c < costs; c++)
        for (size_t w = 0; w < widths; w++)
            (*grid)[(*count)++] = (struct choice){options->cost_count ? options->costs[c] : options->learn.cost,
                                                  kernel && options->width_count ? options->widths[w] : 1, NAN};
    return IEUM_OK;
}

struct learn_options choice_apply(const struct learn_options *options, const struct choice *choice) {
    struct learn_options changed = *options;
    changed.cost = choice->cost;
    changed.width_demand *= choice->width;
    changed.width_supplier *= choice->width;
    return changed;
}

ieum_status train_and_score(const struct dataset *data, const struct fold *fold, const struct learn_options *options, double *scores, struct problem *problem) {
    struct model *model;
    struct fit_note note;
    ieum_status status = learn_train(data, fold->train, options, &model, &note, problem);
    if (status == IEUM_OK) status = learn_score(model, data, fold->test, scores, problem);
    model_free(model);
    return status;
}

static void say(const struct study_progress *progress, const struct choice *choice, size_t done, size_t all) {
    if (!progress->child) return;
    char message[128];
    snprintf(message, sizeof message, "%s C=%g width=%g (%zu/%zu)", progress->where, choice->cost, choice->width, done + 1, all);
    child_say(progress->child, message);
}

/* The mean over folds' demands of one point; NaN with the problem kept when no fold can be learned from. */
static ieum_status judge_point(const struct dataset *data, const struct folds *folds, const struct study_options *options, struct choice *point, double *scores,
                               struct problem *problem) {
    const struct learn_options learn = choice_apply(&options->learn, point);
    double sum = 0;
    size_t counted = 0;
    struct problem refusal;
    problem_clear(&refusal);
    for (size_t f = 0; f < folds->count; f++) {
        struct problem own;
        problem_clear(&own);
        double quality;
        ieum_status status = train_and_score(data, &folds->items[f], &learn, scores, &own);
        if (status == IEUM_OK) status = quality_mean(&options->quality, data, folds->items[f].test, scores, &quality, NULL, &own);
        if (status == IEUM_INVALID) {
            refusal = own;
            continue;
        }
        if (status != IEUM_OK) {
            *problem = own;
            return status;
        }
        if (isnan(quality)) continue;
        sum += quality;
        counted++;
    }
    if (counted) point->quality = sum / (double)counted;
    else if (refusal.status != IEUM_OK) *problem = refusal;
    else
        problem_set(problem, IEUM_INVALID, "", "시험 자료에 좋은 쌍이 있는 수요과제가 없어 설정을 고를 수 없습니다.",
                    "No demand among the test data has a good pair, so parameters cannot be chosen.");
    return problem->status;
}

ieum_status choose(const struct dataset *data, struct rows rows, const struct study_options *options, struct choice *grid, size_t count,
                   const struct study_progress *progress, struct choice *best, struct problem *problem) {
    *best = grid[0];
    if (count == 1) return IEUM_OK;
    struct folds folds;
    double *scores = NULL;
    struct arena *arena = arena_new();
    ieum_status status = arena ? folds_make(data, rows, options->split, options->inner_folds, options->learn.seed + 1, arena, &folds, problem)
                               : problem_set_memory(problem);
    if (status == IEUM_OK && !(scores = memory_allocate_zero(rows.count, sizeof *scores))) status = problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        say(progress, &grid[i], i, count);
        status = judge_point(data, &folds, options, &grid[i], scores, problem);
        if (status == IEUM_OK && (i == 0 || grid[i].quality > best->quality)) *best = grid[i];
    }
    memory_free(scores);
    arena_free(arena);
    return status;
}
