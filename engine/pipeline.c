/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline.h"

#include <string.h>

/* ---- check ---- */

ieum_status pipeline_check(struct workspace *workspace, const struct check_question *question, struct check_answer *answer,
                           struct problem *problem) {
    *answer = (struct check_answer){0};
    ieum_status status = workspace_program(workspace, question->program, &answer->program, problem);
    if (status == IEUM_OK) status = cohort_load(workspace, question->program, NULL, &question->demands, &answer->cohort, problem);
    if (status == IEUM_OK) {
        struct cohort *cohort = &answer->cohort;
        answer->verdicts = arena_allocate_zero(cohort->arena, cohort->demands.count, sizeof *answer->verdicts);
        if (!answer->verdicts) status = problem_set_memory(problem);
        for (size_t d = 0; d < cohort->demands.count && status == IEUM_OK; d++)
            status = eligible_demand(answer->program, &cohort->demands.demands[d], cohort->arena, &answer->verdicts[d], problem);
    }
    if (status != IEUM_OK) check_answer_free(answer);
    return status;
}

void check_answer_free(struct check_answer *answer) {
    cohort_free(&answer->cohort);
    program_free(answer->program);
    *answer = (struct check_answer){0};
}

/* ---- assign ---- */

static ieum_status measure(const struct assignment_problem *assignment, struct assignment_answer *answer, struct problem *problem) {
    if (answer->result.status != ASSIGNMENT_OPTIMAL) return IEUM_OK;
    size_t edges = assignment->edge_start[assignment->demand_count];
    uint8_t *barred = memory_allocate_zero(edges, sizeof *barred);
    if (!barred) return problem_set_memory(problem);
    for (size_t e = 0; e < edges; e++) barred[e] = answer->result.edge_rule[e] & ASSIGNMENT_EDGE_VETOED;
    const struct assignment_measure_input input = {
        .demand_count = assignment->demand_count, .supplier_count = assignment->supplier_count, .edge_start = assignment->edge_start,
        .edge_supplier = assignment->edge_supplier, .edge_score = assignment->edge_score, .edge_chosen = answer->result.chosen,
        .edge_barred = barred, .demand_max = assignment->demand_max, .supplier_max = assignment->supplier_max};
    ieum_status status = assignment_measures_compute(&input, &answer->measures, NULL, problem);
    memory_free(barred);
    return status;
}

ieum_status pipeline_assign(const struct assignment_problem *assignment, struct assignment_answer *answer, struct problem *problem) {
    *answer = (struct assignment_answer){0};
    ieum_status status = assignment_solve(assignment, &answer->result, problem);
    if (status != IEUM_OK) return status;
    status = measure(assignment, answer, problem);
    if (status != IEUM_OK) assignment_answer_free(answer);
    return status;
}

void assignment_answer_free(struct assignment_answer *answer) { assignment_result_free(&answer->result); }
