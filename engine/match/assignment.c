/* SPDX-License-Identifier: Apache-2.0 */
/* The order of the work: check, build the network, solve, read back, prove. No result leaves without its proof checked.
 */
#include "assignment.h"

#include <math.h>

#include "../base/memory.h"
#include "assignment_flow.h"
#include "assignment_pairs.h"
#include "certificate.h"
#include "infeasible.h"
#include "recheck.h"

bool assignment_fixed_point(double score, int64_t *fixed) {
    double scaled = score * (double)ASSIGNMENT_ONE;
    if (!(scaled >= -(double)ASSIGNMENT_SCORE_LIMIT && scaled <= (double)ASSIGNMENT_SCORE_LIMIT)) return false;
    *fixed = (int64_t)llround(scaled);
    return true;
}

static ieum_status prove(const struct assignment_problem *assignment, const struct assignment_result *result,
                         struct problem *problem) {
    struct problem doubt = {0};
    int64_t bound;
    ieum_status status = result->status == ASSIGNMENT_OPTIMAL
                             ? certificate_check_optimal(assignment, result, &bound, &doubt)
                             : certificate_check_infeasible(assignment, &result->reason, &doubt);
    return recheck_judge(status, &doubt, problem);
}

/* Solves a network without contradiction. `*found`: there is an assignment, and `result` holds it. */
static ieum_status solve_network(struct assignment_network *network, struct assignment_result *result, bool *found,
                                 struct problem *problem) {
    struct assignment_flow flow;
    ieum_status status = assignment_flow_find(network, &flow, problem);
    *found = status == IEUM_OK && flow.found;
    result->pivots = flow.pivots;
    if (*found && !(result->chosen = memory_allocate(network->frame->edge_count))) status = problem_set_memory(problem);
    if (*found && status == IEUM_OK) {
        assignment_network_read_pairs(network, flow.flow, result->chosen);
        status = assignment_pairs_drop(network->frame, NULL, result->chosen, problem);
        if (status == IEUM_OK) status = assignment_pairs_list(network->frame, result, problem);
        result->demand_price = flow.demand_price, result->supplier_price = flow.supplier_price;
        result->group_price = flow.group_price;
        flow.demand_price = flow.supplier_price = flow.group_price = NULL;
    }
    assignment_flow_free(&flow);
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
