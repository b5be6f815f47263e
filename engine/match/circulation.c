/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All arcs start at their lower bound. Nodes that then receive more than they send are sources, the others sinks; a
 * maximum flow from sources to sinks within what the bounds leave repairs the balance, or leaves sources whose reach is
 * the cut.
 */
#include "circulation.h"

#include <string.h>

#include "../base/memory.h"

#define UNREACHED UINT32_MAX

struct circulation {
    uint32_t node_count, arc_count;
    const struct circulation_arc *arcs;
    int64_t *flow;              /* per arc */
    int64_t *excess;            /* per node: what arrives less what leaves */
    uint32_t *start, *incident; /* arcs at each node, by node */
    uint32_t *level, *current;  /* per node: Dinic's layers and the next arc to try */
    uint32_t *queue;            /* nodes; also the path of a search, which is never longer */
    uint32_t *path_arc;
};

static bool circulation_allocate(struct circulation *it) {
    size_t nodes = it->node_count, arcs = it->arc_count;
    it->flow = memory_allocate(sizeof *it->flow * arcs);
    it->excess = memory_allocate_zero(nodes, sizeof *it->excess);
    it->start = memory_allocate_zero(nodes + 2, sizeof *it->start);
    it->incident = memory_allocate(sizeof *it->incident * 2 * arcs);
    it->level = memory_allocate(sizeof *it->level * nodes);
    it->current = memory_allocate(sizeof *it->current * nodes);
    it->queue = memory_allocate(sizeof *it->queue * nodes);
    it->path_arc = memory_allocate(sizeof *it->path_arc * nodes);
    return it->flow && it->excess && it->start && it->incident && it->level && it->current && it->queue && it->path_arc;
}

static void circulation_release(struct circulation *it) {
    memory_free(it->flow);
    memory_free(it->excess);
    memory_free(it->start);
    memory_free(it->incident);
    memory_free(it->level);
    memory_free(it->current);
    memory_free(it->queue);
    memory_free(it->path_arc);
}

static void start_at_lower(struct circulation *it) {
    for (uint32_t arc = 0; arc < it->arc_count; arc++) {
        const struct circulation_arc *a = &it->arcs[arc];
        it->flow[arc] = a->lower;
        it->excess[a->head] += a->lower;
        it->excess[a->tail] -= a->lower;
        it->start[a->tail + 2]++;
        it->start[a->head + 2]++;
    }
    for (uint32_t node = 2; node <= it->node_count; node++) it->start[node] += it->start[node - 1];
    for (uint32_t arc = 0; arc < it->arc_count; arc++) {
        it->incident[it->start[it->arcs[arc].tail + 1]++] = arc;
        it->incident[it->start[it->arcs[arc].head + 1]++] = arc;
    }
}

static int64_t room_from(const struct circulation *it, uint32_t arc, uint32_t node, uint32_t *other) {
    const struct circulation_arc *a = &it->arcs[arc];
    bool forward = a->tail == node;
    *other = forward ? a->head : a->tail;
    return forward ? a->upper - it->flow[arc] : it->flow[arc] - a->lower;
}

static void push(struct circulation *it, uint32_t arc, uint32_t from, int64_t amount) {
    it->flow[arc] += it->arcs[arc].tail == from ? amount : -amount;
}

/* Layers from all sources; false when no sink is reached. */
static bool find_levels(struct circulation *it) {
    uint32_t count = 0, other;
    bool reached = false;
    for (uint32_t node = 0; node < it->node_count; node++) {
        it->level[node] = it->excess[node] > 0 ? 0 : UNREACHED;
        it->current[node] = it->start[node];
        if (it->excess[node] > 0) it->queue[count++] = node;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t node = it->queue[i];
        reached = reached || it->excess[node] < 0;
        for (uint32_t j = it->start[node]; j < it->start[node + 1]; j++) {
            if (room_from(it, it->incident[j], node, &other) <= 0 || it->level[other] != UNREACHED) continue;
            it->level[other] = it->level[node] + 1;
            it->queue[count++] = other;
        }
    }
    return reached;
}

/* Goes one layer down from `node`, or false when all its arcs are spent. */
static bool step(struct circulation *it, uint32_t node, uint32_t *arc, uint32_t *other) {
    for (; it->current[node] < it->start[node + 1]; it->current[node]++) {
        *arc = it->incident[it->current[node]];
        if (room_from(it, *arc, node, other) > 0 && it->level[*other] == it->level[node] + 1) return true;
    }
    return false;
}

/* Sends what fits along the path queue[0..depth] and path_arc[0..depth - 1]; returns the first node to go on from. */
static uint32_t send(struct circulation *it, uint32_t depth) {
    uint32_t source = it->queue[0], sink = it->queue[depth], other, back = 0;
    int64_t amount = it->excess[source] < -it->excess[sink] ? it->excess[source] : -it->excess[sink];
    for (uint32_t i = 0; i < depth; i++) {
        int64_t room = room_from(it, it->path_arc[i], it->queue[i], &other);
        if (room < amount) amount = room;
    }
    it->excess[source] -= amount;
    it->excess[sink] += amount;
    bool blocked = it->excess[source] == 0;
    if (!blocked) back = depth;
    for (uint32_t i = depth; i-- > 0;) {
        push(it, it->path_arc[i], it->queue[i], amount);
        if (room_from(it, it->path_arc[i], it->queue[i], &other) == 0 && !blocked) back = i;
    }
    return back;
}

/* A blocking flow in the layers, source by source. */
static void fill_levels(struct circulation *it) {
    for (uint32_t source = 0; source < it->node_count; source++) {
        uint32_t depth = 0;
        it->queue[0] = source;
        while (it->excess[source] > 0 && it->level[source] == 0) {
            uint32_t node = it->queue[depth], arc, other;
            if (it->excess[node] < 0) {
                depth = send(it, depth);
            } else if (step(it, node, &arc, &other)) {
                it->path_arc[depth++] = arc;
                it->queue[depth] = other;
            } else if (depth == 0) {
                break;
            } else {
                it->current[it->queue[--depth]]++;
            }
        }
    }
}

/* From the nodes that have too little, back along whatever could still be sent towards them. */
static void mark_to_deficit(struct circulation *it, uint8_t *reach) {
    uint32_t count = 0, other, back;
    for (uint32_t node = 0; node < it->node_count; node++) {
        if (it->excess[node] >= 0) continue;
        reach[node] |= CIRCULATION_TO_DEFICIT;
        it->queue[count++] = node;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t node = it->queue[i];
        for (uint32_t j = it->start[node]; j < it->start[node + 1]; j++) {
            room_from(it, it->incident[j], node, &other);
            if ((reach[other] & CIRCULATION_TO_DEFICIT) || room_from(it, it->incident[j], other, &back) <= 0) continue;
            reach[other] |= CIRCULATION_TO_DEFICIT;
            it->queue[count++] = other;
        }
    }
}

ieum_status circulation_find(uint32_t node_count, const struct circulation_arc *arcs, uint32_t arc_count,
                             int64_t *missing, uint8_t *reach, struct problem *problem) {
    struct circulation it = {.node_count = node_count, .arc_count = arc_count, .arcs = arcs};
    ieum_status status = IEUM_OK;
    if (!circulation_allocate(&it)) {
        status = problem_set_memory(problem);
        goto done;
    }
    start_at_lower(&it);
    while (find_levels(&it)) fill_levels(&it);
    *missing = 0;
    for (uint32_t node = 0; node < node_count; node++) {
        if (it.excess[node] > 0) *missing += it.excess[node];
        reach[node] = it.level[node] != UNREACHED ? CIRCULATION_FROM_SURPLUS : 0;
    }
    if (*missing > 0) mark_to_deficit(&it, reach);
done:
    circulation_release(&it);
    return status;
}
