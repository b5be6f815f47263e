/* SPDX-License-Identifier: Apache-2.0 */
#include "assignment_flow.h"

#include <string.h>

#include "../base/memory.h"
#include "assignment_start.h"
#include "residual_prices.h"

static ieum_status list_prices(const struct assignment_network *network, const int64_t *potential, struct assignment_flow *flow, struct problem *problem) {
    const struct assignment_frame *frame = network->frame;
    const struct assignment_problem *assignment = frame->assignment;
    int64_t *price = memory_allocate(sizeof *price * frame->limit_count);
    flow->demand_price = memory_allocate(sizeof *price * assignment->demand_count);
    flow->supplier_price = memory_allocate(sizeof *price * assignment->supplier_count);
    flow->group_price = memory_allocate(sizeof *price * assignment->group_count);
    const bool room = price && flow->demand_price && flow->supplier_price && flow->group_price;
    if (room) {
        assignment_network_read_prices(network, potential, price);
        memcpy(flow->demand_price, price, sizeof *price * assignment->demand_count);
        memcpy(flow->supplier_price, price + frame->first_supplier, sizeof *price * assignment->supplier_count);
        memcpy(flow->group_price, price + frame->first_group, sizeof *price * assignment->group_count);
    }
    memory_free(price);
    return room ? IEUM_OK : problem_set_memory(problem);
}

ieum_status assignment_flow_find(struct assignment_network *network, struct assignment_flow *flow, struct problem *problem) {
    const size_t arcs = network->flow.arc_count;
    *flow = (struct assignment_flow){.flow = memory_allocate_zero(arcs, sizeof *flow->flow)};
    struct flow_solution solution = {.flow = flow->flow, .in_tree = memory_allocate(arcs),
                                     .potential = memory_allocate(sizeof *solution.potential * network->flow.node_count)};
    ieum_status status = solution.flow && solution.in_tree && solution.potential ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) status = assignment_start(network, solution.flow, problem);
    if (status == IEUM_OK) status = network_simplex(&network->flow, &solution, problem);
    if (status == IEUM_OK) {
        flow->pivots = solution.pivots;
        flow->found = assignment_network_fills_minimums(network, solution.flow);
    }
    if (status == IEUM_OK && flow->found) status = residual_prices_clean(network, &solution, problem);
    if (status == IEUM_OK && flow->found) status = list_prices(network, solution.potential, flow, problem);
    memory_free(solution.in_tree);
    memory_free(solution.potential);
    return status;
}

void assignment_flow_free(struct assignment_flow *flow) {
    memory_free(flow->flow);
    memory_free(flow->demand_price);
    memory_free(flow->supplier_price);
    memory_free(flow->group_price);
    *flow = (struct assignment_flow){0};
}
