/* SPDX-License-Identifier: Apache-2.0 */
/* The order of the work: check, build the network, solve, read back, prove. No result leaves without its proof checked.
 */
#include "assignment.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "assignment_network.h"
#include "assignment_pairs.h"
#include "assignment_start.h"
#include "certificate.h"
#include "infeasible.h"
#include "residual_prices.h"

bool assignment_fixed_point(double score, int64_t *fixed) {
    double scaled = score * (double)ASSIGNMENT_ONE;
    if (!(scaled >= -(double)ASSIGNMENT_SCORE_LIMIT && scaled <= (double)ASSIGNMENT_SCORE_LIMIT)) return false;
    *fixed = (int64_t)llround(scaled);
    return true;
}

static ieum_status list_prices(const struct assignment_network *network, const int64_t *potential,
                               struct assignment_result *result, struct problem *problem) {
    const struct assignment_frame *frame = network->frame;
    const struct assignment_problem *assignment = frame->assignment;
    ieum_status status = IEUM_OK;
    int64_t *price = memory_allocate(sizeof *price * frame->limit_count);
    result->demand_price = memory_allocate(sizeof *price * assignment->demand_count);
    result->supplier_price = memory_allocate(sizeof *price * assignment->supplier_count);
    result->group_price = memory_allocate(sizeof *price * assignment->group_count);
    if (!price || !result->demand_price || !result->supplier_price || !result->group_price) {
        status = problem_set_memory(problem);
        goto done;
    }
    assignment_network_read_prices(network, potential, price);
    memcpy(result->demand_price, price, sizeof *price * assignment->demand_count);
    memcpy(result->supplier_price, price + frame->first_supplier, sizeof *price * assignment->supplier_count);
    memcpy(result->group_price, price + frame->first_group, sizeof *price * assignment->group_count);
done:
    memory_free(price);
    return status;
}

static ieum_status prove(const struct assignment_problem *assignment, const struct assignment_result *result,
                         struct problem *problem) {
    struct problem doubt = {0};
    int64_t bound;
    ieum_status status = result->status == ASSIGNMENT_OPTIMAL
                             ? certificate_check_optimal(assignment, result, &bound, &doubt)
                             : certificate_check_infeasible(assignment, &result->reason, &doubt);
    if (status != IEUM_INVALID) {
        if (status != IEUM_OK) problem_set(problem, status, doubt.pointer, "%1$s", "%2$s%1$.0s", doubt.ko, doubt.en);
        return status;
    }
    return problem_set(problem, IEUM_INTERNAL, doubt.pointer, "배정의 증명이 검사를 통과하지 못했습니다: %1$s",
                       "The proof of an assignment failed its check: %2$s%1$.0s", doubt.ko, doubt.en);
}

/* Runs the simplex on a network without contradiction. `*found`: there is an assignment, and `result` holds it. */
static ieum_status solve_network(struct assignment_network *network, struct assignment_result *result, bool *found,
                                 struct problem *problem) {
    struct flow_solution solution = {0};
    ieum_status status = IEUM_OK;
    size_t arcs = network->flow.arc_count;
    solution.flow = memory_allocate_zero(arcs, sizeof *solution.flow);
    solution.in_tree = memory_allocate(arcs);
    solution.potential = memory_allocate(sizeof *solution.potential * network->flow.node_count);
    result->chosen = memory_allocate(network->frame->edge_count);
    if (!solution.flow || !solution.in_tree || !solution.potential || !result->chosen) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = assignment_start(network, solution.flow, problem);
    if (status == IEUM_OK) status = network_simplex(&network->flow, &solution, problem);
    if (status != IEUM_OK) goto done;
    result->pivots = solution.pivots;
    *found = assignment_network_fills_minimums(network, solution.flow);
    if (!*found) goto done;
    status = residual_prices_clean(network, &solution, problem);
    if (status != IEUM_OK) goto done;
    assignment_network_read_pairs(network, solution.flow, result->chosen);
    status = assignment_pairs_drop(network->frame, NULL, result->chosen, problem);
    if (status == IEUM_OK) status = assignment_pairs_list(network->frame, result, problem);
    if (status == IEUM_OK) status = list_prices(network, solution.potential, result, problem);
done:
    memory_free(solution.flow);
    memory_free(solution.in_tree);
    memory_free(solution.potential);
    return status;
}

ieum_status assignment_solve(const struct assignment_problem *assignment, struct assignment_result *result,
                             struct problem *problem) {
    struct assignment_frame frame;
    struct assignment_network network = {0};
    struct assignment_result found = {.status = ASSIGNMENT_OPTIMAL};
    bool exists = false;
    ieum_status status = assignment_frame_build(assignment, &frame, problem);
    if (status == IEUM_OK) status = assignment_network_build(&frame, &network, problem);
    if (status == IEUM_OK && !network.contradiction) status = solve_network(&network, &found, &exists, problem);
    assignment_network_free(&network);
    if (status == IEUM_OK && !exists) {
        found.status = ASSIGNMENT_INFEASIBLE;
        memory_free(found.chosen);
        found.chosen = NULL;
        status = infeasible_explain(&frame, &found.reason, problem);
    }
    if (status == IEUM_OK) status = prove(assignment, &found, problem);
    found.edge_rule = frame.edge_rule;
    frame.edge_rule = NULL;
    assignment_frame_free(&frame);
    if (status == IEUM_OK)
        *result = found;
    else
        assignment_result_free(&found);
    return status;
}

void assignment_result_free(struct assignment_result *result) {
    memory_free(result->edge_rule);
    memory_free(result->chosen);
    memory_free(result->pairs);
    memory_free(result->demand_price);
    memory_free(result->supplier_price);
    memory_free(result->group_price);
    infeasible_free(&result->reason);
    *result = (struct assignment_result){0};
}
