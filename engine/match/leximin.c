/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every level at which the present assignment still has a free pair is a stage; levels in between are left out without
 * one. So the number of stages is at most that of the chosen pairs, however many levels there are.
 *
 * The start is the greatest sum of scores made from the order of the levels alone: a pair of positive score is worth
 * more than any difference between two, and the lower the level, the steeper it falls. That leaves the true stages
 * little to repair. Nothing of the result's correctness rests on it.
 */
#include "leximin.h"

#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "staged.h"
#include "staged_check.h"
#include "staged_outcome.h"

static int compare_scores(const void *one, const void *other) {
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return a < b ? -1 : a > b;
}

static uint32_t place_of(const int64_t *levels, uint32_t count, int64_t level) {
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (levels[middle] < level)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Writes `start` from the scores; `levels` has room for all of them. */
static void shape_start(const struct assignment_problem *assignment, int64_t limit, int64_t *levels, int64_t *start) {
    uint32_t edges = assignment->edge_start[assignment->demand_count], count = 0;
    if (edges > 0) memcpy(levels, assignment->edge_score, sizeof *levels * edges);
    qsort(levels, edges, sizeof *levels, compare_scores);
    for (uint32_t i = 0; i < edges; i++) {
        if (i == 0 || levels[i] != levels[count - 1]) levels[count++] = levels[i];
    }
    for (uint32_t edge = 0; edge < edges; edge++) {
        int64_t score = assignment->edge_score[edge];
        double depth = (double)(count - place_of(levels, count, score)) / (double)count; /* 1: the lowest level */
        double steep = depth * depth * depth * depth;
        steep *= steep;
        if (score > 0)
            start[edge] = limit / 2 - (int64_t)(steep * (double)(limit / 64));
        else
            start[edge] = score == 0 ? 0 : -limit / 2 - (int64_t)(steep * (double)(limit / 2));
    }
}

/* The stages of the levels above one bound and below another. */
static ieum_status solve_levels(struct staged *staged, int64_t above, int64_t below, struct staged_proof *proof,
                                struct problem *problem) {
    ieum_status status = IEUM_OK;
    int64_t level;
    while (status == IEUM_OK && staged_next_level(staged, above, below, &level)) {
        staged_leave_out(staged, above, level);
        status = staged_maximise(staged, (struct staged_goal){.objective = STAGED_LEVEL, .level = level}, proof, problem);
        above = level;
    }
    if (status == IEUM_OK) staged_leave_out(staged, above, below);
    return status;
}

static ieum_status solve_stages(struct staged *staged, struct staged_proof *proof, struct problem *problem) {
    ieum_status status = solve_levels(staged, INT64_MIN, 0, proof, problem);
    if (status == IEUM_OK) {
        status = staged_maximise(staged, (struct staged_goal){.objective = STAGED_PAIRS}, proof, problem);
    }
    return status == IEUM_OK ? solve_levels(staged, 0, INT64_MAX, proof, problem) : status;
}

/* ---- what each demand got, and could have got ---- */

static void sort_descending(int64_t *scores, uint32_t count) {
    qsort(scores, count, sizeof *scores, compare_scores);
    for (uint32_t i = 0; i < count / 2; i++) {
        int64_t low = scores[i];
        scores[i] = scores[count - 1 - i];
        scores[count - 1 - i] = low;
    }
}

/* False: a sum overflows. */
static bool measure_demand(const struct assignment_problem *assignment, uint32_t demand, int64_t *scores,
                           struct leximin_result *result) {
    int64_t total = 0, bound = 0, places = assignment->demand_max[demand];
    uint32_t count = 0;
    bool exact = true;
    for (uint32_t e = assignment->edge_start[demand]; e < assignment->edge_start[demand + 1]; e++) {
        int64_t score = assignment->edge_score[e];
        uint8_t rule = result->assignment.edge_rule[e];
        if (result->assignment.chosen[e]) exact = !__builtin_add_overflow(total, score, &total) && exact;
        if (rule & ASSIGNMENT_EDGE_LOCKED) {
            exact = !__builtin_add_overflow(bound, score, &bound) && exact;
            places--;
        } else if (rule == 0 && score > 0) {
            scores[count++] = score;
        }
    }
    sort_descending(scores, count);
    for (uint32_t i = 0; i < count && i < places; i++) exact = !__builtin_add_overflow(bound, scores[i], &bound) && exact;
    result->demand_total[demand] = total;
    result->demand_bound[demand] = bound;
    return exact;
}

static ieum_status measure_demands(const struct assignment_problem *assignment, int64_t *scores,
                                   struct leximin_result *result, struct problem *problem) {
    result->demand_total = memory_allocate(sizeof *result->demand_total * assignment->demand_count);
    result->demand_bound = memory_allocate(sizeof *result->demand_bound * assignment->demand_count);
    if (!result->demand_total || !result->demand_bound) return problem_set_memory(problem);
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        if (measure_demand(assignment, d, scores, result)) continue;
        return problem_set(problem, IEUM_LIMIT, "/scores", "점수의 합계가 정수 범위를 넘습니다.",
                           "The total of the scores is beyond the range of integers.");
    }
    return IEUM_OK;
}

/* ---- all of it ---- */

static ieum_status solve(const struct assignment_problem *assignment, struct staged *staged, int64_t *room,
                         struct leximin_result *result, struct problem *problem) {
    struct problem doubt = {0};
    ieum_status status = solve_stages(staged, &result->proof, problem);
    if (status == IEUM_OK) status = staged_outcome_take(staged, NULL, &result->assignment, &result->proof, problem);
    if (status != IEUM_OK) return status;
    status = staged_check_leximin(assignment, &result->assignment, &result->proof, &doubt);
    status = staged_outcome_judge(status, &doubt, problem);
    return status == IEUM_OK ? measure_demands(assignment, room, result, problem) : status;
}

ieum_status leximin_solve(const struct assignment_problem *assignment, struct leximin_result *result,
                          struct problem *problem) {
    struct leximin_result found = {0};
    struct staged staged = {0};
    int64_t *room = NULL, *start = NULL;
    bool exists = false;
    ieum_status status = staged_open(assignment, &staged, problem);
    if (status != IEUM_OK) goto done;
    room = memory_allocate(sizeof *room * staged.frame.edge_count);
    start = memory_allocate(sizeof *start * staged.frame.edge_count);
    if (!room || !start) {
        status = problem_set_memory(problem);
        goto done;
    }
    shape_start(assignment, staged_start_limit(&staged), room, start);
    status = staged_start(&staged, start, &exists, problem);
    if (status != IEUM_OK) goto done;
    status = exists ? solve(assignment, &staged, room, &found, problem)
                    : staged_outcome_explain(&staged, &found.assignment, problem);
done:
    memory_free(room);
    memory_free(start);
    staged_close(&staged);
    if (status == IEUM_OK)
        *result = found;
    else
        leximin_free(&found);
    return status;
}

void leximin_free(struct leximin_result *result) {
    assignment_result_free(&result->assignment);
    staged_proof_free(&result->proof);
    memory_free(result->demand_total);
    memory_free(result->demand_bound);
    *result = (struct leximin_result){0};
}
