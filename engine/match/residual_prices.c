/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dijkstra's algorithm over the residual network, with the present potentials making all lengths non-negative. Arcs of
 * minimums are full and stay so: they are no part of it. What the root cannot reach is searched from its first node,
 * then lifted just enough that the arcs towards what was done before keep a non-negative reduced cost, and so on.
 */
#include "residual_prices.h"

#include "../base/memory.h"

enum { FAR, WAITING, DONE };

struct search {
    const struct assignment_network *network;
    const struct flow_solution *solution;
    uint32_t *start, *incident; /* arcs at each node, by node */
    int64_t *distance;          /* final once `lifted`, relative to the source of its search before */
    uint8_t *stage;             /* FAR, WAITING, DONE */
    uint32_t *heap, *place, heap_count;
    uint32_t *order, done; /* nodes in the order in which they were done */
};

static bool reward_is_left(const struct assignment_network *network, const struct flow_solution *solution) {
    for (uint32_t arc = 0; arc < network->flow.arc_count; arc++) {
        if (solution->in_tree[arc] && assignment_network_is_minimum(network, arc)) return true;
    }
    return false;
}

static bool search_allocate(struct search *search) {
    size_t nodes = search->network->flow.node_count, arcs = search->network->flow.arc_count;
    search->start = memory_allocate_zero(nodes + 2, sizeof *search->start);
    search->incident = memory_allocate(sizeof *search->incident * 2 * arcs);
    search->distance = memory_allocate(sizeof *search->distance * nodes);
    search->stage = memory_allocate_zero(nodes, 1);
    search->heap = memory_allocate(sizeof *search->heap * nodes);
    search->place = memory_allocate(sizeof *search->place * nodes);
    search->order = memory_allocate(sizeof *search->order * nodes);
    return search->start && search->incident && search->distance && search->stage && search->heap && search->place &&
           search->order;
}

static void search_free(struct search *search) {
    memory_free(search->start);
    memory_free(search->incident);
    memory_free(search->distance);
    memory_free(search->stage);
    memory_free(search->heap);
    memory_free(search->place);
    memory_free(search->order);
}

static void index_arcs(struct search *search) {
    const struct flow_network *flow = &search->network->flow;
    for (uint32_t arc = 0; arc < flow->arc_count; arc++) {
        search->start[flow->tail[arc] + 2]++;
        search->start[flow->head[arc] + 2]++;
    }
    for (uint32_t node = 2; node <= flow->node_count; node++) search->start[node] += search->start[node - 1];
    for (uint32_t arc = 0; arc < flow->arc_count; arc++) {
        search->incident[search->start[flow->tail[arc] + 1]++] = arc;
        search->incident[search->start[flow->head[arc] + 1]++] = arc;
    }
}

/* The length of going through an arc from one of its ends; -1 when nothing can be moved that way. */
static int64_t length_from(const struct search *search, uint32_t arc, uint32_t node) {
    const struct flow_network *flow = &search->network->flow;
    const int64_t *potential = search->solution->potential;
    if (assignment_network_is_minimum(search->network, arc)) return -1;
    int64_t reduced = flow->cost[arc] + potential[flow->tail[arc]] - potential[flow->head[arc]];
    if (flow->tail[arc] == node) return search->solution->flow[arc] < flow->capacity[arc] ? reduced : -1;
    return search->solution->flow[arc] > 0 ? -reduced : -1;
}

static uint32_t other_end(const struct search *search, uint32_t arc, uint32_t node) {
    const struct flow_network *flow = &search->network->flow;
    return flow->tail[arc] == node ? flow->head[arc] : flow->tail[arc];
}

/* ---- the heap of waiting nodes, nearest first, lower nodes first among equals ---- */

static bool heap_before(const struct search *search, uint32_t one, uint32_t other) {
    int64_t difference = search->distance[one] - search->distance[other];
    return difference < 0 || (difference == 0 && one < other);
}

static void heap_rise(struct search *search, uint32_t node) {
    uint32_t at = search->place[node];
    while (at > 0 && heap_before(search, node, search->heap[(at - 1) / 2])) {
        search->heap[at] = search->heap[(at - 1) / 2];
        search->place[search->heap[at]] = at;
        at = (at - 1) / 2;
    }
    search->heap[at] = node;
    search->place[node] = at;
}

static uint32_t heap_take(struct search *search) {
    uint32_t top = search->heap[0], node = search->heap[--search->heap_count], at = 0, count = search->heap_count;
    while (2 * (uint64_t)at + 1 < count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < count && heap_before(search, search->heap[child + 1], search->heap[child])) child++;
        if (!heap_before(search, search->heap[child], node)) break;
        search->heap[at] = search->heap[child];
        search->place[search->heap[at]] = at;
        at = child;
    }
    search->heap[at] = node;
    search->place[node] = at;
    return top;
}

static void reach(struct search *search, uint32_t node, int64_t distance) {
    if (search->stage[node] == DONE || (search->stage[node] == WAITING && search->distance[node] <= distance)) return;
    search->distance[node] = distance;
    if (search->stage[node] == FAR) {
        search->stage[node] = WAITING;
        search->place[node] = search->heap_count;
        search->heap[search->heap_count++] = node;
    }
    heap_rise(search, node);
}

/* ---- the searches ---- */

static void search_from(struct search *search, uint32_t source) {
    reach(search, source, 0);
    while (search->heap_count > 0) {
        uint32_t node = heap_take(search);
        search->stage[node] = DONE;
        search->order[search->done++] = node;
        for (uint32_t i = search->start[node]; i < search->start[node + 1]; i++) {
            uint32_t arc = search->incident[i];
            int64_t length = length_from(search, arc, node);
            if (length >= 0) reach(search, other_end(search, arc, node), search->distance[node] + length);
        }
    }
}

/* The least lift of order[first..] that keeps arcs into order[..first] non-negative; without such arcs its source gets
 * 0. */
static void lift_found(struct search *search, uint32_t first) {
    int64_t lift = -search->solution->potential[search->order[first]];
    bool bound = false;
    for (uint32_t i = first; i < search->done; i++) search->stage[search->order[i]] = WAITING;
    for (uint32_t i = first; i < search->done; i++) {
        uint32_t node = search->order[i];
        for (uint32_t j = search->start[node]; j < search->start[node + 1]; j++) {
            uint32_t arc = search->incident[j], other = other_end(search, arc, node);
            int64_t length = length_from(search, arc, node);
            if (length < 0 || search->stage[other] != DONE) continue;
            int64_t needed = search->distance[other] - length - search->distance[node];
            if (!bound || needed > lift) lift = needed;
            bound = true;
        }
    }
    for (uint32_t i = first; i < search->done; i++) {
        search->stage[search->order[i]] = DONE;
        search->distance[search->order[i]] += lift;
    }
}

ieum_status residual_prices_clean(const struct assignment_network *network, struct flow_solution *solution,
                                  struct problem *problem) {
    return reward_is_left(network, solution) ? residual_prices_renew(network, solution, problem) : IEUM_OK;
}

ieum_status residual_prices_renew(const struct assignment_network *network, struct flow_solution *solution,
                                  struct problem *problem) {
    struct search search = {.network = network, .solution = solution};
    ieum_status status = IEUM_OK;
    if (!search_allocate(&search)) {
        status = problem_set_memory(problem);
        goto done;
    }
    index_arcs(&search);
    search_from(&search, 0);
    for (uint32_t node = 1; node < network->flow.node_count; node++) {
        uint32_t first = search.done;
        if (search.stage[node] == DONE) continue;
        search_from(&search, node);
        lift_found(&search, first);
    }
    for (uint32_t node = 0; node < network->flow.node_count; node++) solution->potential[node] += search.distance[node];
done:
    search_free(&search);
    return status;
}
