/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Three stages. The start weighs them in one sum: a positive pair more than a kept one, a kept one more than any score.
 * That is near the truth, and nothing of the result's correctness rests on it.
 */
#include "rematch.h"

#include <inttypes.h>
#include <stdio.h>

#include "../base/memory.h"
#include "staged.h"
#include "recheck.h"
#include "staged_check.h"
#include "staged_outcome.h"

/* Marks the candidate pairs among the previous ones. */
static ieum_status mark_previous(const struct assignment_problem *assignment, const struct assignment_pair *previous,
                                 uint32_t count, uint8_t *kept, struct problem *problem) {
    for (uint32_t i = 0; i < count; i++) {
        bool demand_known = previous[i].demand < assignment->demand_count;
        if (!demand_known || previous[i].supplier >= assignment->supplier_count) {
            char pointer[64], value[16];
            snprintf(pointer, sizeof pointer, "/previous/%" PRIu32 "/%d", i, demand_known);
            snprintf(value, sizeof value, "%" PRIu32, demand_known ? previous[i].supplier : previous[i].demand);
            problem_set(problem, IEUM_INVALID, pointer, "이전 배정의 쌍이 없는 수요나 공급을 가리킵니다.",
                        "A previous pair names a demand or supplier that does not exist.");
            problem_set_value(problem, value);
            problem_set_expected(problem, "an index of its side");
            return problem->status;
        }
        uint32_t edge = assignment->edge_start[previous[i].demand],
                 end = assignment->edge_start[previous[i].demand + 1];
        while (edge < end && assignment->edge_supplier[edge] < previous[i].supplier) edge++;
        if (edge < end && assignment->edge_supplier[edge] == previous[i].supplier) kept[edge] = 1;
    }
    return IEUM_OK;
}

static void shape_start(const struct assignment_problem *assignment, const uint8_t *kept, int64_t limit,
                        int64_t *start) {
    uint32_t edges = assignment->edge_start[assignment->demand_count];
    int64_t greatest = 1;
    for (uint32_t e = 0; e < edges; e++) {
        int64_t size = assignment->edge_score[e] < 0 ? -assignment->edge_score[e] : assignment->edge_score[e];
        if (size > greatest) greatest = size;
    }
    for (uint32_t e = 0; e < edges; e++) {
        double part = (double)assignment->edge_score[e] / (double)greatest;
        start[e] = (assignment->edge_score[e] > 0 ? limit / 2 : 0) + (kept[e] ? limit / 8 : 0) +
                   (int64_t)(part * (double)(limit / 64));
    }
}

static ieum_status solve_stages(struct staged *staged, const uint8_t *kept, struct staged_proof *proof,
                                struct problem *problem) {
    static const enum staged_objective order[] = {STAGED_PAIRS, STAGED_KEPT, STAGED_SCORE};
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < sizeof order / sizeof *order && status == IEUM_OK; i++) {
        struct staged_goal goal = {.objective = order[i], .kept = kept};
        status = staged_optimise(staged, &goal, problem);
        if (status == IEUM_OK) status = staged_record(staged, &goal, proof, problem);
    }
    return status;
}

static ieum_status solve(struct staged *staged, const uint8_t *kept, struct rematch_result *result,
                         struct problem *problem) {
    ieum_status status = solve_stages(staged, kept, &result->proof, problem);
    if (status == IEUM_OK) status = staged_outcome_take(staged, kept, &result->assignment, &result->proof, problem);
    if (status != IEUM_OK) return status;
    for (uint32_t e = 0; e < staged->frame.edge_count; e++) result->kept += result->assignment.chosen[e] && kept[e];
    return IEUM_OK;
}

ieum_status rematch_solve(const struct assignment_problem *assignment, const struct assignment_pair *previous,
                          uint32_t previous_count, struct rematch_result *result, struct problem *problem) {
    struct rematch_result found = {0};
    struct staged staged = {0};
    struct problem doubt = {0};
    int64_t *start = NULL;
    uint8_t *kept = NULL;
    bool exists = false;
    ieum_status status = staged_open(assignment, &staged, problem);
    if (status != IEUM_OK) goto done;
    start = memory_allocate(sizeof *start * staged.frame.edge_count);
    kept = memory_allocate_zero(staged.frame.edge_count, 1);
    if (!start || !kept) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = mark_previous(assignment, previous, previous_count, kept, problem);
    if (status != IEUM_OK) goto done;
    shape_start(assignment, kept, staged_start_limit(&staged), start);
    status = staged_start(&staged, start, &exists, problem);
    if (status == IEUM_OK && !exists) status = staged_outcome_explain(&staged, &found.assignment, problem);
    if (status != IEUM_OK || !exists) goto done;
    status = solve(&staged, kept, &found, problem);
    if (status != IEUM_OK) goto done;
    status = staged_check_rematch(assignment, previous, previous_count, &found.assignment, &found.proof, &doubt);
    status = recheck_judge(status, &doubt, problem);
done:
    memory_free(start);
    memory_free(kept);
    staged_close(&staged);
    if (status == IEUM_OK)
        *result = found;
    else
        rematch_free(&found);
    return status;
}

void rematch_free(struct rematch_result *result) {
    assignment_result_free(&result->assignment);
    staged_proof_free(&result->proof);
    *result = (struct rematch_result){0};
}
