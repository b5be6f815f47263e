/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building the circulation and reading it back.
 *
 * The starting tree carries nothing and can carry more towards the root everywhere, as the simplex asks: a supplier
 * hangs on its group or the root, a demand on the supplier it likes best, a group of demands on the first thing it
 * holds.
 *
 * The reward. A simple cycle meets at most 2·min(demands, suppliers) pairs, so reward = that many times the greatest
 * |score|, plus 1, outweighs them: minimums come first, scores second, in one run. A tree path meets at most one arc of
 * a minimum at the root and two at each group, which bounds the potentials.
 */
#include "assignment_network.h"

#include <string.h>

#include "../base/memory.h"

#define POTENTIAL_LIMIT (INT64_C(1) << 60)

/* Counts for every limit while building. */
struct room {
    int64_t *min, *max; /* what locks leave of the bounds */
    int64_t *degree;    /* what free pairs that count for it could carry */
    int64_t *reach;     /* the same within the maximums below it and its own */
    uint8_t *open;
};

static bool room_allocate(struct room *room, size_t count) {
    room->min = memory_allocate_zero(count, sizeof *room->min);
    room->max = memory_allocate(sizeof *room->max * count);
    room->degree = memory_allocate_zero(count, sizeof *room->degree);
    room->reach = memory_allocate_zero(count, sizeof *room->reach);
    room->open = memory_allocate(count);
    return room->min && room->max && room->degree && room->reach && room->open;
}

static void room_free(struct room *room) {
    memory_free(room->min);
    memory_free(room->max);
    memory_free(room->degree);
    memory_free(room->reach);
    memory_free(room->open);
}

/* ---- what is left beside the locks ---- */

/* A bound in units. Beyond all pairs it is as good as one more than they are. */
static int64_t in_units(const struct assignment_frame *frame, int64_t bound) {
    int64_t enough = (int64_t)frame->edge_count + 1;
    return (bound < enough ? bound : enough) * frame->unit;
}

/* False: locks contradict a veto, a missing pair or a maximum. */
static bool subtract_locks(const struct assignment_frame *frame, struct room *room, uint8_t *state) {
    for (uint32_t i = 0; i < frame->assignment->lock_count; i++) {
        if (frame->lock_edge[i] == ASSIGNMENT_NONE) return false;
        if (frame->edge_rule[frame->lock_edge[i]] & ASSIGNMENT_EDGE_VETOED) return false;
    }
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        if (!(frame->edge_rule[edge] & ASSIGNMENT_EDGE_LOCKED)) continue;
        room->min[frame->edge_demand[edge]] += frame->unit;
        room->min[assignment_frame_supplier(frame, edge)] += frame->unit;
    }
    assignment_frame_sum_groups(frame, room->min);
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        int64_t locked = room->min[limit], min = in_units(frame, frame->limit_min[limit]);
        room->min[limit] = min > locked ? min - locked : 0;
        room->max[limit] = in_units(frame, frame->limit_max[limit]) - locked;
        if (room->max[limit] < 0) return false;
        state[limit] = (room->max[limit] == 0 ? LIMIT_FULL : 0) | (room->min[limit] > 0 ? LIMIT_ASKS : 0);
    }
    return true;
}

static bool parent_is_open(const struct assignment_frame *frame, const struct room *room, uint32_t limit) {
    uint32_t parent = frame->laminar.parent[limit];
    return parent == ASSIGNMENT_NONE || room->open[parent];
}

static bool edge_is_open(const struct assignment_frame *frame, const struct room *room, uint32_t edge) {
    return frame->edge_rule[edge] == 0 && room->open[frame->edge_demand[edge]] &&
           room->open[assignment_frame_supplier(frame, edge)];
}

static void add_reach(const struct assignment_frame *frame, struct room *room, uint32_t limit) {
    uint32_t parent = frame->laminar.parent[limit];
    if (room->reach[limit] > room->max[limit]) room->reach[limit] = room->max[limit];
    if (parent != ASSIGNMENT_NONE) room->reach[parent] += room->reach[limit];
}

static void sum_reach(const struct assignment_frame *frame, struct room *room) {
    for (uint32_t limit = 0; limit < frame->first_group; limit++) {
        room->reach[limit] = room->degree[limit];
        add_reach(frame, room, limit);
    }
    for (uint32_t i = frame->assignment->group_count; i-- > 0;) {
        add_reach(frame, room, frame->first_group + frame->laminar.order[i]);
    }
}

/* Leaves out what can carry nothing. False: something left out, or with too few pairs, has a minimum to fill. */
static bool find_open(const struct assignment_frame *frame, struct room *room) {
    for (uint32_t i = 0; i < frame->assignment->group_count; i++) {
        uint32_t limit = frame->first_group + frame->laminar.order[i];
        room->open[limit] = room->max[limit] > 0 && parent_is_open(frame, room, limit);
    }
    for (uint32_t limit = 0; limit < frame->first_group; limit++) {
        room->open[limit] = room->max[limit] > 0 && parent_is_open(frame, room, limit);
    }
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        if (!edge_is_open(frame, room, edge)) continue;
        room->degree[frame->edge_demand[edge]] += frame->most;
        room->degree[assignment_frame_supplier(frame, edge)] += frame->most;
    }
    assignment_frame_sum_groups(frame, room->degree);
    sum_reach(frame, room);
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        if (room->min[limit] > room->reach[limit]) return false;
        room->open[limit] = room->open[limit] && room->degree[limit] > 0;
    }
    return true;
}

/* ---- nodes, arcs and the tree ---- */

static ieum_status size_network(struct assignment_network *network, const struct room *room, struct problem *problem) {
    const struct assignment_frame *frame = network->frame;
    uint64_t demands = 0, suppliers = 0, groups = 0;
    int64_t greatest = 0, fullest = 0, reward, path, potential;
    size_t arcs = 0;
    network->flow.node_count = 1;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        network->limit_node[limit] = ASSIGNMENT_NONE;
        if (!room->open[limit]) continue;
        network->limit_node[limit] = network->flow.node_count++;
        arcs += 1 + (room->min[limit] > 0 && room->max[limit] > room->min[limit]);
        if (room->reach[limit] > fullest) fullest = room->reach[limit];
        (*(limit < frame->first_supplier ? &demands : limit < frame->first_group ? &suppliers : &groups))++;
    }
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        if (!edge_is_open(frame, room, edge)) continue;
        int64_t score = frame->assignment->edge_score[edge], size = score < 0 ? -score : score;
        if (size > greatest) greatest = size;
        arcs++;
    }
    uint64_t pairs = 2 * (demands < suppliers ? demands : suppliers);
    if (arcs >= UINT32_MAX / 2 || __builtin_mul_overflow(pairs, greatest, &path) ||
        __builtin_add_overflow(path, 1, &reward) || __builtin_mul_overflow(2 * groups + 3, reward, &potential) ||
        __builtin_add_overflow(potential, path, &potential) || potential > POTENTIAL_LIMIT) {
        return problem_set(problem, IEUM_LIMIT, "/scores",
                           "점수와 쌍의 수가 너무 커서 합계를 정확하게 계산할 수 없습니다.",
                           "Scores and sizes are too great for sums to stay exact.");
    }
    if (fullest >= INT32_MAX) {
        return problem_set(problem, IEUM_LIMIT, "/q", "후보 쌍이 너무 많아 이 q로는 정확하게 계산할 수 없습니다.",
                           "There are too many candidate pairs to stay exact with this q.");
    }
    network->reward = reward;
    network->flow.arc_count = (uint32_t)arcs;
    return IEUM_OK;
}

static bool allocate_network(struct assignment_network *network) {
    size_t arcs = network->flow.arc_count, nodes = network->flow.node_count;
    network->tail = memory_allocate(sizeof *network->tail * arcs);
    network->head = memory_allocate(sizeof *network->head * arcs);
    network->capacity = memory_allocate(sizeof *network->capacity * arcs);
    network->cost = memory_allocate(sizeof *network->cost * arcs);
    network->arc_edge = memory_allocate(sizeof *network->arc_edge * arcs);
    network->parent = memory_allocate(sizeof *network->parent * nodes);
    network->parent_arc = memory_allocate(sizeof *network->parent_arc * nodes);
    if (!network->tail || !network->head || !network->capacity || !network->cost || !network->arc_edge ||
        !network->parent || !network->parent_arc) {
        return false;
    }
    memset(network->parent, 0xFF, sizeof *network->parent * nodes);
    network->flow.tail = network->tail, network->flow.head = network->head, network->flow.cost = network->cost;
    network->flow.capacity = network->capacity;
    network->flow.parent = network->parent, network->flow.parent_arc = network->parent_arc;
    return true;
}

static uint32_t node_above(const struct assignment_network *network, uint32_t limit) {
    uint32_t parent = network->frame->laminar.parent[limit];
    return parent == ASSIGNMENT_NONE ? 0 : network->limit_node[parent];
}

static uint32_t add_arc(struct assignment_network *network, uint32_t arc, uint32_t tail, uint32_t head,
                        int64_t capacity, int64_t cost, uint32_t edge) {
    network->tail[arc] = tail;
    network->head[arc] = head;
    network->capacity[arc] = (int32_t)capacity;
    network->cost[arc] = cost;
    network->arc_edge[arc] = edge;
    return arc + 1;
}

/*
 * The arcs between a limit and what is around it. A maximum that cannot be reached becomes one more than what can: such
 * an arc is never full, so the maximum gets no price.
 */
static uint32_t add_limit_arcs(struct assignment_network *network, const struct room *room, uint32_t limit,
                               uint32_t arc) {
    bool demand_side = assignment_frame_is_demand_side(network->frame, limit);
    uint32_t node = network->limit_node[limit], above = node_above(network, limit);
    uint32_t tail = demand_side ? above : node, head = demand_side ? node : above, first = arc;
    int64_t max = room->max[limit] > room->reach[limit] ? room->reach[limit] + 1 : room->max[limit];
    int64_t min = room->min[limit];
    if (min > 0) arc = add_arc(network, arc, tail, head, min, -network->reward, ASSIGNMENT_NONE);
    if (max > min) arc = add_arc(network, arc, tail, head, max - min, 0, ASSIGNMENT_NONE);
    if (!demand_side) {
        network->parent[node] = above;
        network->parent_arc[node] = first;
    } else if (above != 0 && network->parent[above] == ASSIGNMENT_NONE) {
        network->parent[above] = node;
        network->parent_arc[above] = first;
    }
    return arc;
}

static uint32_t add_edge_arcs(struct assignment_network *network, const struct room *room, uint32_t demand,
                              uint32_t arc) {
    const struct assignment_problem *assignment = network->frame->assignment;
    uint32_t node = network->limit_node[demand], best = ASSIGNMENT_NONE;
    for (uint32_t edge = assignment->edge_start[demand]; edge < assignment->edge_start[demand + 1]; edge++) {
        if (!edge_is_open(network->frame, room, edge)) continue;
        uint32_t supplier = network->limit_node[assignment_frame_supplier(network->frame, edge)];
        int64_t cost = -assignment->edge_score[edge];
        if (best == ASSIGNMENT_NONE || cost < network->cost[best]) best = arc;
        arc = add_arc(network, arc, node, supplier, network->frame->most, cost, edge);
    }
    network->parent[node] = network->head[best];
    network->parent_arc[node] = best;
    return arc;
}

static void fill_network(struct assignment_network *network, const struct room *room) {
    const struct assignment_frame *frame = network->frame;
    uint32_t arc = 0;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        if (!room->open[limit]) continue;
        arc = add_limit_arcs(network, room, limit, arc);
        if (limit < frame->first_supplier) arc = add_edge_arcs(network, room, limit, arc);
    }
}

ieum_status assignment_network_build(const struct assignment_frame *frame, struct assignment_network *network,
                                     struct problem *problem) {
    struct room room = {0};
    ieum_status status = IEUM_OK;
    *network = (struct assignment_network){.frame = frame};
    network->limit_node = memory_allocate(sizeof *network->limit_node * frame->limit_count);
    network->limit_state = memory_allocate_zero(frame->limit_count, 1);
    if (!network->limit_node || !network->limit_state || !room_allocate(&room, frame->limit_count)) {
        status = problem_set_memory(problem);
        goto done;
    }
    network->contradiction = !subtract_locks(frame, &room, network->limit_state) || !find_open(frame, &room);
    if (network->contradiction) goto done;
    status = size_network(network, &room, problem);
    if (status != IEUM_OK) goto done;
    if (!allocate_network(network)) {
        status = problem_set_memory(problem);
        goto done;
    }
    fill_network(network, &room);
done:
    room_free(&room);
    return status;
}

void assignment_network_free(struct assignment_network *network) {
    memory_free(network->limit_node);
    memory_free(network->limit_state);
    memory_free(network->arc_edge);
    memory_free(network->tail);
    memory_free(network->head);
    memory_free(network->capacity);
    memory_free(network->cost);
    memory_free(network->parent);
    memory_free(network->parent_arc);
    *network = (struct assignment_network){0};
}

/* ---- the way back ---- */

bool assignment_network_fills_minimums(const struct assignment_network *network, const int32_t *flow) {
    for (uint32_t arc = 0; arc < network->flow.arc_count; arc++) {
        if (assignment_network_is_minimum(network, arc) && flow[arc] < network->capacity[arc]) return false;
    }
    return true;
}

void assignment_network_read_pairs(const struct assignment_network *network, const int32_t *flow, uint8_t *chosen) {
    const struct assignment_frame *frame = network->frame;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++)
        chosen[edge] = frame->edge_rule[edge] == ASSIGNMENT_EDGE_LOCKED;
    for (uint32_t arc = 0; arc < network->flow.arc_count; arc++) {
        if (network->arc_edge[arc] != ASSIGNMENT_NONE && flow[arc] > 0) chosen[network->arc_edge[arc]] = 1;
    }
}

/* The sum of the prices from a limit up; `full` becomes a full limit on the way, if there is one. */
static int64_t price_up(const struct assignment_network *network, const int64_t *price, uint32_t limit,
                        uint32_t *full) {
    int64_t sum = 0;
    for (; limit != ASSIGNMENT_NONE; limit = network->frame->laminar.parent[limit]) {
        sum += price[limit];
        if (network->limit_state[limit] & LIMIT_FULL) *full = limit;
    }
    return sum;
}

void assignment_network_read_prices(const struct assignment_network *network, const int64_t *potential,
                                    int64_t *price) {
    const struct assignment_frame *frame = network->frame;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        uint32_t node = network->limit_node[limit];
        price[limit] = 0;
        if (node == ASSIGNMENT_NONE) continue;
        int64_t difference = potential[node] - potential[node_above(network, limit)];
        price[limit] = assignment_frame_is_demand_side(frame, limit) ? difference : -difference;
        /* A negative price here says only that nothing flows; with locks the load may be above the minimum all the
         * same. */
        if (price[limit] < 0 && !(network->limit_state[limit] & LIMIT_ASKS)) price[limit] = 0;
    }
    /* A pair that was left out lies under a full limit: the limit's price must make the pair worth nothing. */
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        uint32_t full = ASSIGNMENT_NONE;
        if (frame->edge_rule[edge] != 0) continue;
        int64_t worth = frame->assignment->edge_score[edge] -
                        price_up(network, price, frame->edge_demand[edge], &full) -
                        price_up(network, price, assignment_frame_supplier(frame, edge), &full);
        if (full != ASSIGNMENT_NONE && worth > 0) price[full] += worth;
    }
}
