/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stage: new costs, the simplex from the present tree, potentials by shortest paths over the free arcs, prices, and
 * settling.
 *
 * Settled arcs that are in the tree (they carry nothing or all they can) stay until a pivot takes them out, at a cost
 * so great that their flow never changes: a cycle along which flow would move one of them costs more than all free arcs
 * of a simple cycle can gain. Arcs of minimums are settled full once there is an assignment at all.
 *
 * Prices are taken from shortest paths over free arcs, not from the tree: so that cost is in none of them.
 */
#include "staged.h"

#include "../base/memory.h"
#include "assignment_start.h"
#include "residual_prices.h"
#include "staged_prices.h"

#define POTENTIAL_LIMIT (INT64_C(1) << 60)
#define START_LIMIT (INT64_C(1) << 38)
#define START_SUM_LIMIT (INT64_C(1) << 58)
#define NODE_LIMIT                                                                                                     \
    (UINT32_C(1) << 30) /* counting stages: a path of settled arcs at node_count + 1 each stays in range */

static ieum_status refuse_size(struct problem *problem) {
    return problem_set(problem, IEUM_LIMIT, "/scores", "점수와 쌍의 수가 너무 커서 합계를 정확하게 계산할 수 없습니다.",
                       "Scores and sizes are too great for sums to stay exact.");
}

/* ---- settling ---- */

static int64_t arc_score(const struct staged *staged, uint32_t arc) {
    return staged->frame.assignment->edge_score[staged->network.arc_edge[arc]];
}

static bool is_pair(const struct staged *staged, uint32_t arc) {
    return staged->network.arc_edge[arc] != ASSIGNMENT_NONE;
}

/* The node that hangs on an arc of the tree. */
static uint32_t child_of(const struct staged *staged, uint32_t arc) {
    uint32_t head = staged->network.head[arc];
    return head != 0 && staged->network.parent_arc[head] == arc ? head : staged->network.tail[arc];
}

static struct staged_arc take_arc(const struct staged *staged, uint32_t arc) {
    const struct assignment_network *network = &staged->network;
    bool in_tree = staged->solution.in_tree[arc];
    return (struct staged_arc){network->tail[arc],     network->head[arc],
                               network->arc_edge[arc], in_tree ? child_of(staged, arc) : ASSIGNMENT_NONE,
                               network->capacity[arc], staged->solution.flow[arc]};
}

static void put_arc(struct staged *staged, uint32_t arc, struct staged_arc it) {
    struct assignment_network *network = &staged->network;
    network->tail[arc] = it.tail;
    network->head[arc] = it.head;
    network->capacity[arc] = it.capacity;
    network->arc_edge[arc] = it.edge;
    staged->solution.flow[arc] = it.flow;
    staged->solution.in_tree[arc] = it.child != ASSIGNMENT_NONE;
    if (it.child != ASSIGNMENT_NONE) network->parent_arc[it.child] = arc;
}

/* What settles: arcs of minimums; arcs with a reduced cost; pairs of levels between two others. */
enum settle_rule { SETTLE_MINIMUMS, SETTLE_REDUCED, SETTLE_LEVELS };

static bool is_settled(const struct staged *staged, uint32_t arc, enum settle_rule rule, int64_t above, int64_t below) {
    const struct assignment_network *network = &staged->network;
    const int64_t *potential = staged->solution.potential;
    switch (rule) {
    case SETTLE_MINIMUMS: return assignment_network_is_minimum(network, arc);
    case SETTLE_REDUCED: return network->cost[arc] + potential[network->tail[arc]] - potential[network->head[arc]] != 0;
    default: return is_pair(staged, arc) && arc_score(staged, arc) > above && arc_score(staged, arc) < below;
    }
}

/*
 * Moves the arcs that stay free to the front, settled ones of the tree behind them; the others leave. An arc never
 * moves back, so an index in parent_arc that was renewed is never taken for one that was not.
 */
static void settle(struct staged *staged, enum settle_rule rule, int64_t above, int64_t below) {
    struct assignment_network *network = &staged->network;
    uint32_t free = 0, aside = 0, count;
    for (uint32_t arc = 0; arc < staged->free; arc++) {
        bool leaves = is_settled(staged, arc, rule, above, below);
        if (leaves && is_pair(staged, arc)) staged->chosen[network->arc_edge[arc]] = staged->solution.flow[arc] > 0;
        if (leaves && staged->solution.in_tree[arc]) {
            staged->aside[aside++] = take_arc(staged, arc);
        } else if (!leaves) {
            network->cost[free] = network->cost[arc];
            if (free != arc) put_arc(staged, free, take_arc(staged, arc));
            free++;
        }
    }
    count = free + aside;
    for (uint32_t arc = staged->free; arc < network->flow.arc_count; arc++) {
        if (staged->solution.in_tree[arc]) put_arc(staged, count++, take_arc(staged, arc));
    }
    for (uint32_t i = 0; i < aside; i++) put_arc(staged, free + i, staged->aside[i]);
    staged->free = free;
    network->flow.arc_count = count;
}

void staged_leave_out(struct staged *staged, int64_t above, int64_t below) {
    settle(staged, SETTLE_LEVELS, above, below);
}

bool staged_next_level(const struct staged *staged, int64_t above, int64_t below, int64_t *level) {
    int64_t lowest = below;
    for (uint32_t arc = 0; arc < staged->free; arc++) {
        if (staged->solution.flow[arc] == 0 || !is_pair(staged, arc)) continue;
        int64_t score = arc_score(staged, arc);
        if (score > above && score < lowest) lowest = score;
    }
    *level = lowest;
    return lowest < below;
}

/* ---- a stage ---- */

/* What settled arcs cost: more than the free arcs of a simple cycle can gain. False: potentials could overflow. A path
 * of the tree meets settled pairs, and arcs of limits only at the root and, two each, at groups. */
static bool price_settled(const struct staged *staged, int64_t greatest, int64_t *most) {
    const struct assignment_network *network = &staged->network;
    int64_t settled = 2 * (int64_t)staged->frame.assignment->group_count + 2, path, potential;
    for (uint32_t arc = staged->free; arc < network->flow.arc_count; arc++) settled += is_pair(staged, arc);
    return !__builtin_mul_overflow((int64_t)network->flow.node_count, greatest, &path) &&
           !__builtin_add_overflow(path, 1, most) && !__builtin_mul_overflow(settled, *most, &potential) &&
           potential <= POTENTIAL_LIMIT;
}

static ieum_status set_costs(struct staged *staged, const struct staged_goal *goal, struct problem *problem) {
    struct assignment_network *network = &staged->network;
    int64_t greatest = 1, most;
    for (uint32_t arc = 0; arc < staged->free; arc++) {
        int64_t gain = is_pair(staged, arc) ? staged_gain(goal, arc_score(staged, arc), network->arc_edge[arc]) : 0;
        network->cost[arc] = -gain;
        if (gain > greatest) greatest = gain;
        if (-gain > greatest) greatest = -gain;
    }
    if (!price_settled(staged, greatest, &most)) return refuse_size(problem);
    for (uint32_t arc = staged->free; arc < network->flow.arc_count; arc++) {
        network->cost[arc] = staged->solution.flow[arc] == 0 ? most : -most;
    }
    return IEUM_OK;
}

ieum_status staged_optimise(struct staged *staged, const struct staged_goal *goal, struct problem *problem) {
    ieum_status status = set_costs(staged, goal, problem);
    if (status == IEUM_OK) status = network_simplex(&staged->network.flow, &staged->solution, problem);
    if (status == IEUM_OK) staged->pivots += staged->solution.pivots;
    return status;
}

/* Potentials by the free arcs alone. */
static ieum_status renew_potentials(struct staged *staged, struct problem *problem) {
    struct assignment_network free_part = staged->network;
    free_part.flow.arc_count = staged->free;
    return residual_prices_renew(&free_part, &staged->solution, problem);
}

ieum_status staged_record(struct staged *staged, const struct staged_goal *goal, struct staged_proof *proof,
                          struct problem *problem) {
    struct staged_stage stage = {.objective = goal->objective, .level = goal->level};
    ieum_status status = renew_potentials(staged, problem);
    if (status == IEUM_OK) status = staged_proof_add_stage(proof, stage, problem);
    if (status == IEUM_OK) status = staged_prices_write(staged, goal, proof, problem);
    if (status == IEUM_OK) settle(staged, SETTLE_REDUCED, 0, 0);
    return status;
}

/* ---- opening ---- */

static bool allocate(struct staged *staged) {
    size_t arcs = staged->network.flow.arc_count, nodes = staged->network.flow.node_count;
    size_t limits = staged->frame.limit_count;
    staged->solution.flow = memory_allocate_zero(arcs, sizeof *staged->solution.flow);
    staged->solution.in_tree = memory_allocate(arcs);
    staged->solution.potential = memory_allocate(sizeof *staged->solution.potential * nodes);
    staged->solution.parent = staged->network.parent;
    staged->solution.parent_arc = staged->network.parent_arc;
    staged->aside = memory_allocate(sizeof *staged->aside * nodes);
    staged->chosen = memory_allocate_zero(staged->frame.edge_count, 1);
    staged->lot = memory_allocate_zero(limits, 1);
    staged->locked = memory_allocate_zero(limits, sizeof *staged->locked);
    staged->price = memory_allocate(sizeof *staged->price * limits);
    return staged->solution.flow && staged->solution.in_tree && staged->solution.potential && staged->aside &&
           staged->chosen && staged->lot && staged->locked && staged->price;
}

static void count_locked(struct staged *staged) {
    const struct assignment_frame *frame = &staged->frame;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        if (frame->edge_rule[edge] != ASSIGNMENT_EDGE_LOCKED) continue;
        staged->chosen[edge] = 1;
        staged->locked[frame->edge_demand[edge]]++;
        staged->locked[assignment_frame_supplier(frame, edge)]++;
    }
    assignment_frame_sum_groups(frame, staged->locked);
}

ieum_status staged_open(const struct assignment_problem *assignment, struct staged *staged, struct problem *problem) {
    *staged = (struct staged){0};
    return assignment_frame_build(assignment, &staged->frame, problem);
}

int64_t staged_start_limit(const struct staged *staged) {
    const struct assignment_problem *assignment = staged->frame.assignment;
    int64_t demands = assignment->demand_count, suppliers = assignment->supplier_count;
    int64_t pairs = 2 * (demands < suppliers ? demands : suppliers) + 1;
    int64_t limit = START_SUM_LIMIT / pairs / (2 * (int64_t)assignment->group_count + 4);
    return limit < START_LIMIT ? limit : START_LIMIT;
}

/* Finds flow and tree with the network's present costs. */
static ieum_status start_network(struct staged *staged, bool *exists, struct problem *problem) {
    struct assignment_network *network = &staged->network;
    if (network->flow.node_count >= NODE_LIMIT) return refuse_size(problem);
    if (!allocate(staged)) return problem_set_memory(problem);
    ieum_status status = assignment_start(network, staged->solution.flow, problem);
    if (status == IEUM_OK) status = network_simplex(&network->flow, &staged->solution, problem);
    if (status != IEUM_OK) return status;
    staged->pivots = staged->solution.pivots;
    staged->free = network->flow.arc_count;
    *exists = assignment_network_fills_minimums(network, staged->solution.flow);
    count_locked(staged);
    settle(staged, SETTLE_MINIMUMS, 0, 0);
    return IEUM_OK;
}

ieum_status staged_start(struct staged *staged, const int64_t *score, bool *exists, struct problem *problem) {
    const struct assignment_problem *assignment = staged->frame.assignment;
    struct assignment_problem starting = *assignment;
    starting.edge_score = score;
    *exists = false;
    staged->frame.assignment = &starting; /* only while the network is built: the same but for the scores */
    ieum_status status = assignment_network_build(&staged->frame, &staged->network, problem);
    if (status == IEUM_OK && !staged->network.contradiction) status = start_network(staged, exists, problem);
    staged->frame.assignment = assignment;
    return status;
}

void staged_close(struct staged *staged) {
    memory_free(staged->solution.flow);
    memory_free(staged->solution.in_tree);
    memory_free(staged->solution.potential);
    memory_free(staged->aside);
    memory_free(staged->chosen);
    memory_free(staged->lot);
    memory_free(staged->locked);
    memory_free(staged->price);
    assignment_network_free(&staged->network);
    assignment_frame_free(&staged->frame);
    *staged = (struct staged){0};
}
