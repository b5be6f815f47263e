/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The starting tree carries nothing and can carry more towards the root everywhere, as the simplex asks: a supplier
 * hangs on its group or the root, a demand on the pair that costs least, a group of demands on the first thing it
 * holds. What has no such arc hangs on the root by one of its own that no optimum uses: it costs more than a way from
 * the root to any node and one arc further can gain, which is all that a cycle of flow through it could.
 */
#include "repair_network.h"

#include "../base/memory.h"
#include "network_simplex.h"
#include "repair_question.h"

#define NO_PARENT UINT32_MAX
#define FINEST_TASTE (INT64_C(1) << 20)
#define POTENTIAL_LIMIT (INT64_C(1) << 60)

struct building {
    const struct assignment_frame *frame;
    const struct repair_question *question;
    const struct repair_pair *pairs;
    uint32_t pair_count, first_pair; /* arcs from first_pair on are those of pairs that may be chosen, in their order */
    struct flow_network flow;
    uint32_t *tail, *head, *parent, *parent_arc;
    int32_t *capacity;
    int64_t *cost;
    int64_t taste, scale; /* a score of `scale` counts `taste` */
    int64_t unit;         /* what a cost of 1 counts: more than the tastes of any simple cycle */
    int64_t hard, never;
};

static int64_t greatest_cost(const struct building *it) {
    const struct assignment_frame *frame = it->frame;
    int64_t greatest = 1;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        for (int maximum = 0; maximum < 2; maximum++) {
            int64_t cost = repair_cost_of(it->question, assignment_frame_requirement(frame, limit, maximum));
            if (cost > greatest) greatest = cost;
        }
    }
    for (uint32_t i = 0; i < it->pair_count; i++) {
        if (it->pairs[i].admit > greatest) greatest = it->pairs[i].admit;
        if (it->pairs[i].leave > greatest) greatest = it->pairs[i].leave;
    }
    return greatest;
}

/* False: sums could overflow. */
static bool weigh(struct building *it, int64_t taste, int64_t greatest) {
    int64_t nodes = (int64_t)it->frame->limit_count + 1, arc, step, all;
    it->taste = taste;
    if (__builtin_mul_overflow(nodes, 2 * taste, &it->unit) || __builtin_add_overflow(it->unit, 1, &it->unit) ||
        __builtin_mul_overflow(greatest, it->unit, &arc) || __builtin_add_overflow(arc, taste, &arc) ||
        __builtin_mul_overflow(nodes, arc, &it->hard) || __builtin_add_overflow(it->hard, 1, &it->hard) ||
        __builtin_add_overflow(it->hard, arc, &step) ||
        __builtin_mul_overflow((int64_t)it->frame->assignment->group_count + 4, step, &it->never) ||
        __builtin_mul_overflow(nodes, step, &all) || __builtin_add_overflow(all, it->never, &all) ||
        __builtin_add_overflow(all, it->never, &all)) {
        return false;
    }
    return all <= POTENTIAL_LIMIT;
}

/* The finest taste that sums leave room for; without room for any, none. */
static bool weigh_finely(struct building *it) {
    const struct assignment_problem *assignment = it->frame->assignment;
    int64_t greatest = greatest_cost(it);
    for (uint32_t edge = 0; edge < it->frame->edge_count; edge++) {
        int64_t size = assignment->edge_score[edge] < 0 ? -assignment->edge_score[edge] : assignment->edge_score[edge];
        if (size > it->scale) it->scale = size;
    }
    if (it->scale == 0) return weigh(it, 0, greatest);
    for (int64_t taste = FINEST_TASTE; taste > 0; taste /= 2) {
        if (weigh(it, taste, greatest)) return true;
    }
    return weigh(it, 0, greatest);
}

static bool building_allocate(struct building *it) {
    size_t nodes = (size_t)it->frame->limit_count + 1, arcs = 4 * (size_t)it->frame->limit_count + it->pair_count;
    it->tail = memory_allocate(sizeof *it->tail * arcs);
    it->head = memory_allocate(sizeof *it->head * arcs);
    it->capacity = memory_allocate(sizeof *it->capacity * arcs);
    it->cost = memory_allocate(sizeof *it->cost * arcs);
    it->parent = memory_allocate_zero(nodes, sizeof *it->parent);
    it->parent_arc = memory_allocate_zero(nodes, sizeof *it->parent_arc);
    it->flow = (struct flow_network){.node_count = (uint32_t)nodes,
                                     .tail = it->tail,
                                     .head = it->head,
                                     .capacity = it->capacity,
                                     .cost = it->cost,
                                     .parent = it->parent,
                                     .parent_arc = it->parent_arc};
    return it->tail && it->head && it->capacity && it->cost && it->parent && it->parent_arc;
}

static void building_free(struct building *it) {
    memory_free(it->tail);
    memory_free(it->head);
    memory_free(it->capacity);
    memory_free(it->cost);
    memory_free(it->parent);
    memory_free(it->parent_arc);
}

static void add_arc(struct building *it, uint32_t tail, uint32_t head, int64_t capacity, int64_t cost) {
    uint32_t arc = it->flow.arc_count;
    if (capacity <= 0) return;
    it->tail[arc] = tail;
    it->head[arc] = head;
    it->capacity[arc] = (int32_t)capacity;
    it->cost[arc] = cost;
    it->flow.arc_count++;
}

static int64_t clip(const struct building *it, int64_t bound) {
    return bound < (int64_t)it->pair_count ? bound : (int64_t)it->pair_count;
}

static uint32_t node_of(uint32_t limit) { return limit == ASSIGNMENT_NONE ? 0 : limit + 1; }

static void hang(struct building *it, uint32_t node, uint32_t parent, uint32_t arc) {
    it->parent[node] = parent;
    it->parent_arc[node] = arc;
}

static void add_limit(struct building *it, uint32_t limit) {
    const struct assignment_frame *frame = it->frame;
    bool down = assignment_frame_is_demand_side(frame, limit);
    uint32_t own = node_of(limit), around = node_of(frame->laminar.parent[limit]);
    uint32_t tail = down ? around : own, head = down ? own : around;
    int64_t min = clip(it, frame->limit_min[limit]), max = clip(it, frame->limit_max[limit]);
    int64_t lower = repair_cost_of(it->question, assignment_frame_requirement(frame, limit, false));
    int64_t raise = repair_cost_of(it->question, assignment_frame_requirement(frame, limit, true));
    uint32_t first = it->flow.arc_count;
    add_arc(it, tail, head, min, lower > 0 ? -lower * it->unit : -it->hard);
    add_arc(it, tail, head, max - min, 0);
    if (raise > 0) add_arc(it, tail, head, (int64_t)it->pair_count - max, raise * it->unit);
    if (it->flow.arc_count == first) return;
    if (!down)
        hang(it, own, around, first);
    else if (around != 0 && it->parent[around] == NO_PARENT)
        hang(it, around, own, first);
}

/* Pairs from edge_count on are barred ones, of no taste. */
static void add_pair(struct building *it, uint32_t index) {
    const struct repair_pair *pair = &it->pairs[index];
    uint32_t demand = node_of(pair->pair.demand), supplier = node_of(it->frame->first_supplier + pair->pair.supplier);
    int64_t cost = (pair->admit - pair->leave) * it->unit - (pair->always ? it->hard : 0);
    if (pair->never) return;
    if (index < it->frame->edge_count && it->taste > 0) {
        cost -= it->frame->assignment->edge_score[index] * it->taste / it->scale;
    }
    if (it->parent[demand] == NO_PARENT || cost < it->cost[it->parent_arc[demand]]) {
        hang(it, demand, supplier, it->flow.arc_count);
    }
    add_arc(it, demand, supplier, 1, cost);
}

static void build(struct building *it) {
    const struct assignment_frame *frame = it->frame;
    for (uint32_t node = 1; node <= frame->limit_count; node++) it->parent[node] = NO_PARENT;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) add_limit(it, limit);
    it->first_pair = it->flow.arc_count;
    for (uint32_t i = 0; i < it->pair_count; i++) add_pair(it, i);
    for (uint32_t node = 1; node <= frame->limit_count; node++) {
        if (it->parent[node] != NO_PARENT) continue;
        hang(it, node, 0, it->flow.arc_count);
        add_arc(it, node, 0, 1, it->never);
    }
}

ieum_status repair_network_solve(const struct assignment_frame *frame, const struct repair_question *question,
                                 const struct repair_pair *pairs, uint32_t pair_count, uint8_t *chosen,
                                 struct problem *problem) {
    struct building it = {.frame = frame, .question = question, .pairs = pairs, .pair_count = pair_count};
    struct flow_solution solution = {0};
    ieum_status status = IEUM_OK;
    if (4 * (uint64_t)frame->limit_count + pair_count >= UINT32_MAX / 2 || !weigh_finely(&it)) {
        return problem_set(problem, IEUM_LIMIT, "/waivable",
                           "쌍의 수와 면제 비용이 너무 커서 가장 싼 해결책을 정확하게 계산할 수 없습니다.",
                           "Sizes and costs of waiving are too great for the cheapest repair to stay exact.");
    }
    if (!building_allocate(&it)) {
        status = problem_set_memory(problem);
        goto done;
    }
    build(&it);
    solution.flow = memory_allocate_zero(it.flow.arc_count, sizeof *solution.flow);
    solution.in_tree = memory_allocate(it.flow.arc_count);
    solution.potential = memory_allocate(sizeof *solution.potential * it.flow.node_count);
    if (!solution.flow || !solution.in_tree || !solution.potential) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = network_simplex(&it.flow, &solution, problem);
    if (status != IEUM_OK) goto done;
    uint32_t arc = it.first_pair;
    for (uint32_t i = 0; i < pair_count; i++) chosen[i] = !pairs[i].never && solution.flow[arc++] > 0;
done:
    memory_free(solution.flow);
    memory_free(solution.in_tree);
    memory_free(solution.potential);
    building_free(&it);
    return status;
}
