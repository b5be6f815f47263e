/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline.h"

#include <math.h>
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

/* ---- match ---- */

/* An assignment adds scores up, so they must mean the same everywhere: of a learned model the calibrated probability counts. */
static ieum_status scores_to_probabilities(struct suggest_answer *suggested, struct problem *problem) {
    if (!suggested->model) return IEUM_OK;
    if (!model_use_calibrated(suggested->model))
        return problem_set(problem, IEUM_INVALID, "/model", "모형 '%s'의 점수는 확률로 맞추어져 있지 않아 배정에 쓸 수 없습니다.",
                           "The scores of the model '%s' are not calibrated to probabilities and cannot be assigned by.", model_use_model(suggested->model)->id);
    const size_t cells = suggested->count * suggested->cohort.suppliers.count;
    for (size_t i = 0; i < cells; i++)
        if (suggested->scores[i] != SCORE_BARRED)
            suggested->scores[i] = llround(model_use_probability(suggested->model, suggested->scores[i]) * (double)SCORE_ONE);
    return IEUM_OK;
}

/* The eligible shortlists become the rows, pairs that are not barred the edges. */
static ieum_status build_edges(struct match_answer *answer, struct problem *problem) {
    const struct suggest_answer *suggested = &answer->suggested;
    size_t suppliers = suggested->cohort.suppliers.count, edges = 0, used = 0;
    for (size_t i = 0; i < suggested->count; i++)
        for (size_t s = 0; s < suppliers; s++)
            edges += suggested->shortlists[i].verdict.eligible && suggested->scores[i * suppliers + s] != SCORE_BARRED;
    if (edges > ASSIGNMENT_EDGE_LIMIT)
        return problem_set(problem, IEUM_LIMIT, "", "짝이 될 수 있는 조합이 너무 많습니다.", "There are too many possible pairs.");
    answer->rows = memory_allocate_zero(suggested->count, sizeof *answer->rows);
    answer->edge_start = memory_allocate_zero(suggested->count + 1, sizeof *answer->edge_start);
    answer->edge_supplier = memory_allocate_zero(edges, sizeof *answer->edge_supplier);
    answer->edge_score = memory_allocate_zero(edges, sizeof *answer->edge_score);
    if (!answer->rows || !answer->edge_start || !answer->edge_supplier || !answer->edge_score) return problem_set_memory(problem);
    for (size_t i = 0; i < suggested->count; i++) {
        if (!suggested->shortlists[i].verdict.eligible) continue;
        const int64_t *scores = suggested->scores + i * suppliers;
        for (size_t s = 0; s < suppliers; s++) {
            if (scores[s] == SCORE_BARRED) continue;
            answer->edge_supplier[used] = (uint32_t)s;
            answer->edge_score[used++] = scores[s];
        }
        answer->rows[answer->row_count++] = (uint32_t)i;
        answer->edge_start[answer->row_count] = (uint32_t)used;
    }
    return IEUM_OK;
}

/* Bounds from the program. A demand's minimum never asks for more suppliers than it has left: who has none stays unmatched and is reported. */
static ieum_status build_bounds(struct match_answer *answer, struct problem *problem) {
    const struct program *program = answer->suggested.program;
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    answer->demand_min = memory_allocate_zero(answer->row_count, sizeof *answer->demand_min);
    answer->demand_max = memory_allocate_zero(answer->row_count, sizeof *answer->demand_max);
    answer->supplier_min = memory_allocate_zero(suppliers->count, sizeof *answer->supplier_min);
    answer->supplier_max = memory_allocate_zero(suppliers->count, sizeof *answer->supplier_max);
    if (!answer->demand_min || !answer->demand_max || !answer->supplier_min || !answer->supplier_max) return problem_set_memory(problem);
    for (size_t d = 0; d < answer->row_count; d++) {
        int64_t candidates = answer->edge_start[d + 1] - answer->edge_start[d];
        answer->demand_min[d] = program->demand_bounds.least < candidates ? program->demand_bounds.least : candidates;
        answer->demand_max[d] = program->demand_bounds.most;
    }
    for (size_t s = 0; s < suppliers->count; s++) {
        int64_t capacity = program->use_capacity ? suppliers->suppliers[s].capacity : AMOUNT_MISSING;
        answer->supplier_min[s] = program->supplier_bounds.least;
        answer->supplier_max[s] = program->supplier_bounds.most;
        if (capacity != AMOUNT_MISSING && capacity < answer->supplier_max[s]) answer->supplier_max[s] = capacity;
    }
    return IEUM_OK;
}

ieum_status pipeline_match(struct workspace *workspace, const struct suggest_question *question, struct match_answer *answer,
                           struct problem *problem) {
    struct suggest_question all = *question;
    *answer = (struct match_answer){0};
    all.matrix = true;
    ieum_status status = pipeline_suggest(workspace, &all, &answer->suggested, problem);
    if (status == IEUM_OK) status = scores_to_probabilities(&answer->suggested, problem);
    if (status == IEUM_OK) status = build_edges(answer, problem);
    if (status == IEUM_OK) status = build_bounds(answer, problem);
    if (status == IEUM_OK && answer->row_count) {
        answer->assignment = (struct assignment_problem){
            .demand_count = answer->row_count, .supplier_count = (uint32_t)answer->suggested.cohort.suppliers.count,
            .edge_start = answer->edge_start, .edge_supplier = answer->edge_supplier, .edge_score = answer->edge_score,
            .demand_min = answer->demand_min, .demand_max = answer->demand_max,
            .supplier_min = answer->supplier_min, .supplier_max = answer->supplier_max};
        answer->question = assignment_question_of(&answer->assignment);
        assign_method_find(answer->suggested.program->method, &answer->question.method);
        status = pipeline_assign(&answer->question, &answer->answer, problem);
        answer->assigned = status == IEUM_OK;
    }
    if (status != IEUM_OK) match_answer_free(answer);
    return status;
}

void match_answer_free(struct match_answer *answer) {
    if (answer->assigned) assignment_answer_free(&answer->answer);
    memory_free(answer->rows);
    memory_free(answer->edge_start);
    memory_free(answer->edge_supplier);
    memory_free(answer->edge_score);
    memory_free(answer->demand_min);
    memory_free(answer->demand_max);
    memory_free(answer->supplier_min);
    memory_free(answer->supplier_max);
    suggest_answer_free(&answer->suggested);
    *answer = (struct match_answer){0};
}
