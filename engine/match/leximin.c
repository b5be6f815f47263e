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
#include "recheck.h"
#include "staged_check.h"
#include "staged_outcome.h"

enum { SPARED_BEFORE_LEAP = 3 };

struct leximin {
    struct staged staged;
    struct staged_proof proof;
    int64_t *levels; /* the distinct scores, ascending, in room for one per candidate pair */
    uint32_t level_count;
    int64_t *start; /* per candidate pair */
};

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

/* What is left of the levels when they are first asked for. */
static void list_levels(struct leximin *it) {
    const struct assignment_network *network = &it->staged.network;
    uint32_t count = 0;
    for (uint32_t arc = 0; arc < it->staged.free; arc++) {
        uint32_t edge = network->arc_edge[arc];
        if (edge != ASSIGNMENT_NONE) it->levels[count++] = it->staged.frame.assignment->edge_score[edge];
    }
    qsort(it->levels, count, sizeof *it->levels, compare_scores);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || it->levels[i] != it->levels[it->level_count - 1]) it->levels[it->level_count++] = it->levels[i];
    }
}

static void shape_start(struct leximin *it) {
    const int64_t *scores = it->staged.frame.assignment->edge_score;
    uint32_t edges = it->staged.frame.edge_count;
    int64_t limit = staged_start_limit(&it->staged), most = 1, least = -1;
    for (uint32_t edge = 0; edge < edges; edge++) {
        if (scores[edge] > most) most = scores[edge];
        if (scores[edge] < least) least = scores[edge];
    }
    for (uint32_t edge = 0; edge < edges; edge++) {
        double depth =
            scores[edge] > 0 ? (double)(most - scores[edge]) / (double)most : (double)scores[edge] / (double)least;
        double steep = depth * depth * depth * depth;
        if (scores[edge] > 0)
            it->start[edge] = limit / 2 - (int64_t)(steep * (double)(limit / 64));
        else
            it->start[edge] = scores[edge] == 0 ? 0 : -limit / 2 - (int64_t)(steep * (double)(limit / 2));
    }
}

/* Tries to do without all levels between two; if it can be done, they are left out. */
static ieum_status try_without(struct staged *staged, const struct staged_goal *levels, bool *left_out,
                               struct problem *problem) {
    int64_t needed;
    ieum_status status = staged_optimise(staged, levels, problem);
    if (status != IEUM_OK) return status;
    *left_out = !staged_next_level(staged, levels->level - 1, levels->upto + 1, &needed);
    if (*left_out) staged_leave_out(staged, levels->level - 1, levels->upto + 1);
    return IEUM_OK;
}

/*
 * A level that can be done without is followed by many others, as a rule: leaps that grow while they succeed, then
 * shrink, find how far. `*above`: the highest level that has been left out.
 */
static ieum_status leap(struct leximin *it, int64_t below, int64_t *above, struct problem *problem) {
    if (it->level_count == 0) list_levels(it);
    uint32_t place = place_of(it->levels, it->level_count, *above), end = place_of(it->levels, it->level_count, below);
    uint32_t step = 2;
    bool growing = true;
    while (step > 0 && place + 1 < end) {
        uint32_t next = end - place > step ? place + step : end - 1;
        struct staged_goal levels = {.objective = STAGED_LEVEL, .level = *above + 1, .upto = it->levels[next]};
        bool left_out;
        ieum_status status = try_without(&it->staged, &levels, &left_out, problem);
        if (status != IEUM_OK) return status;
        if (left_out) {
            place = next;
            *above = it->levels[place];
        }
        growing = growing && left_out;
        step = growing ? 2 * step : step / 2;
    }
    return IEUM_OK;
}

/* The stages of the levels above one bound and below another. */
static ieum_status solve_levels(struct leximin *it, int64_t above, int64_t below, struct problem *problem) {
    struct staged_goal goal = {.objective = STAGED_LEVEL};
    ieum_status status = IEUM_OK;
    uint32_t spared = 0;
    while (status == IEUM_OK && staged_next_level(&it->staged, above, below, &goal.level)) {
        bool left_out;
        staged_leave_out(&it->staged, above, goal.level);
        above = goal.upto = goal.level;
        status = try_without(&it->staged, &goal, &left_out, problem);
        if (status != IEUM_OK) break;
        spared = left_out ? spared + 1 : 0;
        if (!left_out) {
            status = staged_record(&it->staged, &goal, &it->proof, problem);
        } else if (spared == SPARED_BEFORE_LEAP) {
            status = leap(it, below, &above, problem);
            spared = 0;
        }
    }
    if (status == IEUM_OK) staged_leave_out(&it->staged, above, below);
    return status;
}

static ieum_status solve_stages(struct leximin *it, struct problem *problem) {
    struct staged_goal pairs = {.objective = STAGED_PAIRS};
    ieum_status status = solve_levels(it, INT64_MIN, 0, problem);
    if (status == IEUM_OK) status = staged_optimise(&it->staged, &pairs, problem);
    if (status == IEUM_OK) status = staged_record(&it->staged, &pairs, &it->proof, problem);
    return status == IEUM_OK ? solve_levels(it, 0, INT64_MAX, problem) : status;
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
    for (uint32_t i = 0; i < count && i < places; i++)
        exact = !__builtin_add_overflow(bound, scores[i], &bound) && exact;
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

static ieum_status solve(struct leximin *it, struct leximin_result *result, struct problem *problem) {
    const struct assignment_problem *assignment = it->staged.frame.assignment;
    struct problem doubt = {0};
    ieum_status status = solve_stages(it, problem);
    if (status == IEUM_OK) status = staged_outcome_take(&it->staged, NULL, &result->assignment, &it->proof, problem);
    if (status != IEUM_OK) return status;
    status = staged_check_leximin(assignment, &result->assignment, &it->proof, &doubt);
    status = recheck_judge(status, &doubt, problem);
    return status == IEUM_OK ? measure_demands(assignment, it->levels, result, problem) : status;
}

static ieum_status start(struct leximin *it, bool *exists, struct problem *problem) {
    it->levels = memory_allocate(sizeof *it->levels * it->staged.frame.edge_count);
    it->start = memory_allocate(sizeof *it->start * it->staged.frame.edge_count);
    if (!it->levels || !it->start) return problem_set_memory(problem);
    shape_start(it);
    return staged_start(&it->staged, it->start, exists, problem);
}

ieum_status leximin_solve(const struct assignment_problem *assignment, struct leximin_result *result,
                          struct problem *problem) {
    struct leximin_result found = {0};
    struct leximin it = {0};
    bool exists = false;
    ieum_status status = staged_open(assignment, &it.staged, problem);
    if (status == IEUM_OK) status = start(&it, &exists, problem);
    if (status == IEUM_OK) {
        status = exists ? solve(&it, &found, problem) : staged_outcome_explain(&it.staged, &found.assignment, problem);
    }
    found.proof = it.proof;
    memory_free(it.levels);
    memory_free(it.start);
    staged_close(&it.staged);
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
