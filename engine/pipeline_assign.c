/* SPDX-License-Identifier: Apache-2.0 */
/* One method, then what was asked about its result. */
#include "pipeline_assign.h"

#include <string.h>

#include "base/memory.h"

const char *const assign_method_names[ASSIGN_METHODS] = {"max_sum", "leximin", "stable", "random", "rematch"};

bool assign_method_find(const char *name, enum assign_method *method) {
    for (int m = 0; m < ASSIGN_METHODS; m++) {
        if (strcmp(name, assign_method_names[m]) != 0) continue;
        *method = (enum assign_method)m;
        return true;
    }
    return false;
}

struct assignment_question assignment_question_of(const struct assignment_problem *assignment) {
    return (struct assignment_question){.problem = *assignment, .q_part = 1, .q_whole = 1, .seed = 1, .repair = repair_standard()};
}

/* ---- the method ---- */

/* The members that the results of all methods have. */
#define POINT_AT(result)                                                                                                                   \
    do {                                                                                                                                   \
        answer->status = (result)->status;                                                                                                 \
        answer->edge_rule = (result)->edge_rule;                                                                                           \
        if (answer->status != ASSIGNMENT_OPTIMAL) break;                                                                                   \
        answer->chosen = (result)->chosen;                                                                                                 \
        answer->pairs = (result)->pairs;                                                                                                   \
        answer->pair_count = (result)->pair_count;                                                                                         \
        answer->total = (result)->total;                                                                                                   \
    } while (0)

static void point_at(struct assignment_answer *answer) {
    switch (answer->method) {
    case ASSIGN_LEXIMIN: POINT_AT(&answer->by.leximin.assignment); break;
    case ASSIGN_REMATCH: POINT_AT(&answer->by.rematch.assignment); break;
    case ASSIGN_STABLE: POINT_AT(&answer->by.stable); break;
    case ASSIGN_RANDOM: POINT_AT(&answer->by.random); break;
    default: POINT_AT(&answer->by.max_sum); break;
    }
}

const struct assignment_reason *assignment_answer_reason(const struct assignment_answer *answer) {
    const struct assignment_reason *reason = &answer->by.max_sum.reason;
    if (answer->method == ASSIGN_LEXIMIN) reason = &answer->by.leximin.assignment.reason;
    if (answer->method == ASSIGN_REMATCH) reason = &answer->by.rematch.assignment.reason;
    if (answer->method == ASSIGN_STABLE) reason = &answer->by.stable.reason;
    if (answer->method == ASSIGN_RANDOM) reason = &answer->by.random.reason;
    return answer->status == ASSIGNMENT_INFEASIBLE && reason->count ? reason : NULL;
}

static ieum_status solve_by(const struct assignment_question *question, enum assign_method method, struct assignment_answer *answer,
                            struct problem *problem) {
    const struct assignment_problem *it = &question->problem;
    ieum_status status;
    switch (method) {
    case ASSIGN_LEXIMIN: status = leximin_solve(it, &answer->by.leximin, problem); break;
    case ASSIGN_REMATCH: status = rematch_solve(it, question->previous, question->previous_count, &answer->by.rematch, problem); break;
    case ASSIGN_STABLE: status = stable_solve(it, question->supplier_score, &answer->by.stable, problem); break;
    case ASSIGN_RANDOM: status = random_assignment_solve(it, question->q_part, question->q_whole, question->seed, &answer->by.random, problem); break;
    default: status = assignment_solve(it, &answer->by.max_sum, problem); break;
    }
    if (status != IEUM_OK) return status;
    answer->method = method;
    point_at(answer);
    return IEUM_OK;
}

static void free_result(struct assignment_answer *answer) {
    switch (answer->method) {
    case ASSIGN_LEXIMIN: leximin_free(&answer->by.leximin); break;
    case ASSIGN_REMATCH: rematch_free(&answer->by.rematch); break;
    case ASSIGN_STABLE: stable_result_free(&answer->by.stable); break;
    case ASSIGN_RANDOM: random_assignment_result_free(&answer->by.random); break;
    default: assignment_result_free(&answer->by.max_sum); break;
    }
}

/* ---- what it is like ---- */

static ieum_status measure(const struct assignment_question *question, struct assignment_answer *answer, struct problem *problem) {
    const struct assignment_problem *it = &question->problem;
    if (answer->status != ASSIGNMENT_OPTIMAL) return IEUM_OK;
    const struct assignment_wholes *wholes = &question->wholes;
    size_t edges = it->edge_start[it->demand_count];
    uint8_t *barred = memory_allocate_zero(edges, sizeof *barred);
    uint32_t *start = wholes->start ? memory_allocate(((size_t)wholes->count + 1) * sizeof *start) : NULL;
    if (!barred || (wholes->start && !start)) {
        memory_free(barred);
        return problem_set_memory(problem);
    }
    for (uint32_t w = 0; start && w <= wholes->count; w++) start[w] = it->edge_start[wholes->start[w]];
    for (size_t e = 0; e < edges; e++) barred[e] = answer->edge_rule[e] & ASSIGNMENT_EDGE_VETOED;
    const struct assignment_measure_input input = {
        .demand_count = start ? wholes->count : it->demand_count, .supplier_count = it->supplier_count, .edge_start = start ? start : it->edge_start,
        .edge_supplier = it->edge_supplier, .edge_score = it->edge_score, .edge_chosen = answer->chosen, .edge_barred = barred,
        .demand_max = start ? wholes->most : it->demand_max, .supplier_max = it->supplier_max, .supplier_newcomer = question->supplier_newcomer};
    ieum_status status = assignment_measures_compute(&input, &answer->measures, NULL, problem);
    memory_free(barred);
    memory_free(start);
    return status;
}

static ieum_status compare_one(const struct assignment_question *question, enum assign_method method, struct assignment_comparison *found,
                               struct problem *problem) {
    struct assignment_answer other = {0};
    ieum_status status = solve_by(question, method, &other, problem);
    if (status != IEUM_OK) return status;
    status = measure(question, &other, problem);
    *found = (struct assignment_comparison){method, other.status, other.measures};
    free_result(&other);
    return status;
}

/* The method asked for, and every other that needs nothing more than the question has; in the order of their names. */
static ieum_status compare(const struct assignment_question *question, struct assignment_answer *answer, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (int m = 0; m < ASSIGN_METHODS && status == IEUM_OK; m++) {
        enum assign_method method = (enum assign_method)m;
        struct assignment_comparison *found = &answer->compared[answer->compared_count];
        if (method == answer->method) *found = (struct assignment_comparison){method, answer->status, answer->measures};
        else if (method == ASSIGN_REMATCH || (method == ASSIGN_STABLE && question->wholes.start)) continue;
        else status = compare_one(question, method, found, problem);
        answer->compared_count++;
    }
    return status;
}

/* ---- what is asked next ---- */

static ieum_status seek_repair(const struct assignment_question *question, struct assignment_answer *answer, struct problem *problem) {
    /* Of stable and random a repair promises too little: after it blocking pairs or q may still stand in the way. */
    answer->repair_sought = answer->status == ASSIGNMENT_INFEASIBLE && answer->method != ASSIGN_STABLE && answer->method != ASSIGN_RANDOM;
    if (!answer->repair_sought) return repair_check(&question->problem, &question->repair, problem);
    return repair_find(&question->problem, &question->repair, &answer->repair, problem);
}

static ieum_status ask_on(const struct assignment_question *question, struct assignment_answer *answer, struct problem *problem) {
    ieum_status status = measure(question, answer, problem);
    if (status == IEUM_OK) status = seek_repair(question, answer, problem);
    if (status == IEUM_OK && answer->method == ASSIGN_MAX_SUM && answer->status == ASSIGNMENT_OPTIMAL) {
        status = pair_costs_explain(&question->problem, &answer->by.max_sum, question->explain, question->explain_count, &answer->explained, problem);
        if (status == IEUM_OK && question->cutoff) {
            status = truncation_judge(&question->problem, &answer->by.max_sum, question->cutoff, &answer->truncation, problem);
            answer->truncation_judged = status == IEUM_OK;
        }
    }
    if (status == IEUM_OK && question->compare) status = compare(question, answer, problem);
    return status;
}

ieum_status pipeline_assign(const struct assignment_question *question, struct assignment_answer *answer, struct problem *problem) {
    *answer = (struct assignment_answer){0};
    ieum_status status = solve_by(question, question->method, answer, problem);
    if (status != IEUM_OK) return status;
    status = ask_on(question, answer, problem);
    if (status != IEUM_OK) assignment_answer_free(answer);
    return status;
}

void assignment_answer_free(struct assignment_answer *answer) {
    free_result(answer);
    repair_free(&answer->repair);
    pair_costs_free(&answer->explained);
    truncation_free(&answer->truncation);
    *answer = (struct assignment_answer){0};
}
