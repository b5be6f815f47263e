/* SPDX-License-Identifier: Apache-2.0 */
/* The value of a stage is the same for every assignment that is best by all stages, so it is counted at the end. */
#include "staged_outcome.h"

#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "assignment_pairs.h"
#include "certificate.h"
#include "infeasible.h"
#include "recheck.h"
#include "staged_prices.h"

static void take_rules(struct staged *staged, struct assignment_result *result) {
    result->edge_rule = staged->frame.edge_rule;
    staged->frame.edge_rule = NULL;
}

static int compare_scores(const void *one, const void *other) {
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return a < b ? -1 : a > b;
}

/* How many of the sorted scores are below a level. */
static size_t count_below(const int64_t *scores, size_t count, int64_t level) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scores[middle] < level)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int64_t sum_gains(const struct staged *staged, const uint8_t *chosen, const struct staged_goal *goal) {
    int64_t sum = 0;
    for (uint32_t edge = 0; edge < staged->frame.edge_count; edge++) {
        if (chosen[edge]) sum += staged_gain(goal, staged->frame.assignment->edge_score[edge], edge);
    }
    return sum;
}

static ieum_status write_values(const struct staged *staged, const uint8_t *kept,
                                const struct assignment_result *result, struct staged_proof *proof,
                                struct problem *problem) {
    int64_t *scores = memory_allocate(sizeof *scores * result->pair_count);
    size_t count = 0;
    if (!scores) return problem_set_memory(problem);
    for (uint32_t edge = 0; edge < staged->frame.edge_count; edge++) {
        if (result->chosen[edge]) scores[count++] = staged->frame.assignment->edge_score[edge];
    }
    qsort(scores, count, sizeof *scores, compare_scores);
    for (uint32_t i = 0; i < proof->stage_count; i++) {
        struct staged_stage *stage = &proof->stages[i];
        struct staged_goal goal = {.objective = stage->objective, .kept = kept};
        if (stage->objective == STAGED_LEVEL) {
            size_t upto = count_below(scores, count, stage->level + 1);
            stage->value = -(int64_t)(upto - count_below(scores, count, stage->level));
        } else if (stage->objective == STAGED_SCORE) {
            stage->value = result->total;
        } else {
            stage->value = sum_gains(staged, result->chosen, &goal);
        }
    }
    memory_free(scores);
    return IEUM_OK;
}

ieum_status staged_outcome_take(struct staged *staged, const uint8_t *kept, struct assignment_result *result,
                                struct staged_proof *proof, struct problem *problem) {
    result->status = ASSIGNMENT_OPTIMAL;
    result->pivots = staged->pivots;
    result->chosen = staged->chosen;
    staged->chosen = NULL;
    for (uint32_t arc = 0; arc < staged->free; arc++) {
        uint32_t edge = staged->network.arc_edge[arc];
        if (edge != ASSIGNMENT_NONE) result->chosen[edge] = staged->solution.flow[arc] > 0;
    }
    ieum_status status = assignment_pairs_drop(&staged->frame, kept, result->chosen, problem);
    if (status == IEUM_OK) status = assignment_pairs_list(&staged->frame, result, problem);
    if (status == IEUM_OK) status = write_values(staged, kept, result, proof, problem);
    take_rules(staged, result);
    return status;
}

ieum_status staged_outcome_explain(struct staged *staged, struct assignment_result *result, struct problem *problem) {
    struct problem doubt = {0};
    result->status = ASSIGNMENT_INFEASIBLE;
    ieum_status status = infeasible_explain(&staged->frame, &result->reason, problem);
    if (status == IEUM_OK) {
        status = certificate_check_infeasible(staged->frame.assignment, &result->reason, &doubt);
        status = recheck_judge(status, &doubt, problem);
    }
    take_rules(staged, result);
    return status;
}
