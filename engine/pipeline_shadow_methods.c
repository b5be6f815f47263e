/* SPDX-License-Identifier: Apache-2.0 */
/* What was decided beside what each method of assignment makes of the same question (pipeline_shadow.h says which). */
#include <math.h>
#include <string.h>

#include "pipeline_shadow_parts.h"

/* Those that answer the question anew; re-matching asks for a proposal that stands already. */
static const enum assign_method methods[] = {ASSIGN_MAX_SUM, ASSIGN_LEXIMIN, ASSIGN_STABLE, ASSIGN_RANDOM};

/* The question as an assignment, and what was decided as an answer to it. */
struct comparison {
    struct assignment_problem assignment; /* borrows what follows */
    uint32_t *row_of;                     /* of each demand of the cohort, ASSIGNMENT_NONE: not asked about */
    uint32_t *edge_start, *edge_supplier, *edge_item; /* edge_item: the decision that has this pair, ASSIGNMENT_NONE: none */
    int64_t *edge_score, *demand_min, *demand_max, *supplier_min, *supplier_max;
    uint8_t *decided, *barred;            /* per edge, 0 or 1 */
    struct assignment_pair *vetoes;       /* decided pairs that rules bar */
    uint32_t rows, edges, veto_count;
};

/* Scores that are added up must mean the same everywhere: of a learned model the calibrated probability counts. */
static int64_t addable(const struct suggest_answer *suggested, int64_t score) {
    return suggested->model ? llround(model_use_probability(suggested->model, score) * (double)SCORE_ONE) : score;
}

/* Which demands are asked about: decided and eligible. */
static ieum_status choose_rows(struct shadow_answer *answer, struct comparison *it, struct problem *problem) {
    const size_t demands = answer->suggested.cohort.demands.count;
    it->row_of = arena_allocate(answer->arena, demands * sizeof *it->row_of);
    it->demand_max = arena_allocate_zero(answer->arena, demands, sizeof *it->demand_max);
    it->demand_min = arena_allocate_zero(answer->arena, demands, sizeof *it->demand_min);
    if (!it->row_of || !it->demand_max || !it->demand_min) return problem_set_memory(problem);
    for (size_t d = 0; d < demands; d++) it->row_of[d] = ASSIGNMENT_NONE;
    for (size_t i = 0; i < answer->count; i++)
        if (answer->items[i].verdict.eligible) it->row_of[answer->items[i].demand] = 0;
    for (size_t d = 0; d < demands; d++)
        if (it->row_of[d] != ASSIGNMENT_NONE) it->row_of[d] = it->rows++;
    for (size_t i = 0; i < answer->count; i++) {
        const uint32_t row = it->row_of[answer->items[i].demand];
        if (row == ASSIGNMENT_NONE) continue;
        it->demand_max[row]++;
        answer->compared_pairs++;
    }
    answer->compared_demands = it->rows;
    return IEUM_OK;
}

static ieum_status make_edges(struct shadow_answer *answer, struct comparison *it, struct problem *problem) {
    const size_t suppliers = answer->suggested.cohort.suppliers.count;
    size_t most;
    if (__builtin_mul_overflow((size_t)it->rows, suppliers, &most) || most > ASSIGNMENT_EDGE_LIMIT)
        return problem_set(problem, IEUM_LIMIT, "", "짝이 될 수 있는 조합이 너무 많습니다.", "There are too many possible pairs.");
    it->edge_start = arena_allocate_zero(answer->arena, (size_t)it->rows + 1, sizeof *it->edge_start);
    it->edge_supplier = arena_allocate(answer->arena, most * sizeof *it->edge_supplier);
    it->edge_item = arena_allocate(answer->arena, most * sizeof *it->edge_item);
    it->edge_score = arena_allocate(answer->arena, most * sizeof *it->edge_score);
    it->decided = arena_allocate_zero(answer->arena, most, 1);
    it->barred = arena_allocate_zero(answer->arena, most, 1);
    it->vetoes = arena_allocate(answer->arena, answer->count * sizeof *it->vetoes);
    return it->edge_start && it->edge_supplier && it->edge_item && it->edge_score && it->decided && it->barred && it->vetoes ? IEUM_OK
                                                                                                                             : problem_set_memory(problem);
}

/* One row's edges: what the rules allow, and what was decided against them. `item_of`: of each supplier, the decision for this demand. */
static void fill_row(const struct shadow_answer *answer, uint32_t demand, const uint32_t *item_of, struct comparison *it) {
    const struct suggest_answer *suggested = &answer->suggested;
    const size_t suppliers = suggested->cohort.suppliers.count;
    const int64_t *scores = suggested->scores + (size_t)demand * suppliers;
    const uint32_t row = it->row_of[demand];
    for (uint32_t s = 0; s < suppliers; s++) {
        const bool barred = scores[s] == SCORE_BARRED;
        if (barred && item_of[s] == ASSIGNMENT_NONE) continue;
        it->edge_supplier[it->edges] = s;
        it->edge_item[it->edges] = item_of[s];
        it->edge_score[it->edges] = addable(suggested, barred ? answer->items[item_of[s]].score : scores[s]);
        it->decided[it->edges] = item_of[s] != ASSIGNMENT_NONE;
        it->barred[it->edges++] = barred;
        if (barred) it->vetoes[it->veto_count++] = (struct assignment_pair){row, s};
    }
    it->edge_start[row + 1] = it->edges;
}

static ieum_status fill_edges(struct shadow_answer *answer, struct comparison *it, struct problem *problem) {
    const struct cohort *cohort = &answer->suggested.cohort;
    uint32_t *item_of = arena_allocate(answer->arena, cohort->suppliers.count * sizeof *item_of);
    if (!item_of) return problem_set_memory(problem);
    for (uint32_t d = 0; d < cohort->demands.count; d++) {
        if (it->row_of[d] == ASSIGNMENT_NONE) continue;
        for (size_t s = 0; s < cohort->suppliers.count; s++) item_of[s] = ASSIGNMENT_NONE;
        for (size_t i = 0; i < answer->count; i++)
            if (answer->items[i].demand == d) item_of[answer->items[i].supplier] = (uint32_t)i;
        fill_row(answer, d, item_of, it);
    }
    return IEUM_OK;
}

/* What the program allows each supplier, or what it was given where that was more: then the decisions are one of the answers. */
static ieum_status fill_capacities(struct shadow_answer *answer, struct comparison *it, struct problem *problem) {
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    int64_t *load = arena_allocate_zero(answer->arena, suppliers->count, sizeof *load);
    it->supplier_min = arena_allocate_zero(answer->arena, suppliers->count, sizeof *it->supplier_min);
    it->supplier_max = arena_allocate_zero(answer->arena, suppliers->count, sizeof *it->supplier_max);
    if (!load || !it->supplier_min || !it->supplier_max) return problem_set_memory(problem);
    for (uint32_t e = 0; e < it->edges; e++) load[it->edge_supplier[e]] += it->decided[e];
    for (size_t s = 0; s < suppliers->count; s++) {
        const int64_t capacity = shadow_capacity(answer->suggested.program, &suppliers->suppliers[s]);
        it->supplier_max[s] = load[s] > capacity ? load[s] : capacity;
    }
    return IEUM_OK;
}

static ieum_status measure_decided(struct shadow_answer *answer, const struct comparison *it, struct problem *problem) {
    struct shadow_method *method = &answer->methods[answer->method_count++];
    const struct assignment_measure_input input = {
        .demand_count = it->rows, .supplier_count = it->assignment.supplier_count, .edge_start = it->edge_start, .edge_supplier = it->edge_supplier,
        .edge_score = it->edge_score, .edge_chosen = it->decided, .edge_barred = it->barred, .demand_max = it->demand_max, .supplier_max = it->supplier_max};
    *method = (struct shadow_method){.method = "decided", .status = ASSIGNMENT_OPTIMAL, .common = answer->compared_pairs};
    return assignment_measures_compute(&input, &method->measures, NULL, problem);
}

static ieum_status ask_method(const struct shadow_question *question, struct shadow_answer *answer, const struct comparison *it, enum assign_method which,
                              struct problem *problem) {
    const size_t m = answer->method_count;
    struct assignment_question asked = assignment_question_of(&it->assignment);
    struct assignment_answer solved;
    asked.method = which;
    asked.q_part = question->q_part;
    asked.q_whole = question->q_whole;
    asked.seed = question->seed;
    ieum_status status = pipeline_assign(&asked, &solved, problem);
    if (status != IEUM_OK) return status;
    struct shadow_method *method = &answer->methods[answer->method_count++];
    *method = (struct shadow_method){.method = assign_method_names[which], .status = solved.status, .measures = solved.measures};
    for (uint32_t e = 0; e < it->edges && solved.status == ASSIGNMENT_OPTIMAL; e++) {
        if (!solved.chosen[e] || !it->decided[e]) continue;
        method->common++;
        answer->items[it->edge_item[e]].proposed_by |= 1u << m;
    }
    assignment_answer_free(&solved);
    return IEUM_OK;
}

ieum_status shadow_compare(const struct shadow_question *question, struct shadow_answer *answer, struct problem *problem) {
    struct comparison it = {0};
    const struct suggest_answer *suggested = &answer->suggested;
    if (suggested->model && !model_use_calibrated(suggested->model)) return IEUM_OK; /* its scores cannot be added up: there is nothing to lay side by side */
    ieum_status status = choose_rows(answer, &it, problem);
    if (status != IEUM_OK || it.rows == 0) return status;
    status = make_edges(answer, &it, problem);
    if (status == IEUM_OK) status = fill_edges(answer, &it, problem);
    if (status == IEUM_OK) status = fill_capacities(answer, &it, problem);
    it.assignment = (struct assignment_problem){.demand_count = it.rows, .supplier_count = (uint32_t)suggested->cohort.suppliers.count, .edge_start = it.edge_start,
                                                .edge_supplier = it.edge_supplier, .edge_score = it.edge_score, .demand_min = it.demand_min,
                                                .demand_max = it.demand_max, .supplier_min = it.supplier_min, .supplier_max = it.supplier_max,
                                                .vetoes = it.vetoes, .veto_count = it.veto_count};
    if (status == IEUM_OK) status = measure_decided(answer, &it, problem);
    for (size_t m = 0; m < sizeof methods / sizeof *methods && status == IEUM_OK; m++) status = ask_method(question, answer, &it, methods[m], problem);
    return status;
}
