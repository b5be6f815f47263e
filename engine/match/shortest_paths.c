/* SPDX-License-Identifier: Apache-2.0 */
/* A binary heap with each node's place in it, so that a shorter way lifts a waiting node instead of adding it again. */
#include "shortest_paths.h"

#include "../base/memory.h"

static void index_arcs(struct shortest_paths *it) {
    for (uint32_t arc = 0; arc < it->arc_count; arc++) {
        it->start[it->tail[arc] + 2]++;
        it->start[it->head[arc] + 2]++;
        it->forward[arc] = it->backward[arc] = -1;
    }
    for (uint32_t node = 2; node <= it->node_count; node++) it->start[node] += it->start[node - 1];
    for (uint32_t arc = 0; arc < it->arc_count; arc++) {
        it->incident[it->start[it->tail[arc] + 1]++] = arc;
        it->incident[it->start[it->head[arc] + 1]++] = arc;
    }
}

ieum_status paths_build(uint32_t node_count, uint32_t arc_count, const uint32_t *tail, const uint32_t *head,
                        struct shortest_paths *it, struct problem *problem) {
    size_t nodes = node_count, arcs = arc_count;
    *it = (struct shortest_paths){.node_count = node_count, .arc_count = arc_count, .tail = tail, .head = head};
    it->forward = memory_allocate(sizeof *it->forward * arcs);
    it->backward = memory_allocate(sizeof *it->backward * arcs);
    it->start = memory_allocate_zero(nodes + 2, sizeof *it->start);
    it->incident = memory_allocate(sizeof *it->incident * 2 * arcs);
    it->distance = memory_allocate(sizeof *it->distance * nodes);
    it->via = memory_allocate(sizeof *it->via * nodes);
    it->stage = memory_allocate_zero(nodes, 1);
    it->order = memory_allocate(sizeof *it->order * nodes);
    it->heap = memory_allocate(sizeof *it->heap * nodes);
    it->place = memory_allocate(sizeof *it->place * nodes);
    if (!it->forward || !it->backward || !it->start || !it->incident || !it->distance || !it->via || !it->stage ||
        !it->order || !it->heap || !it->place) {
        return problem_set_memory(problem);
    }
    index_arcs(it);
    return IEUM_OK;
}

void paths_free(struct shortest_paths *it) {
    memory_free(it->forward);
    memory_free(it->backward);
    memory_free(it->start);
    memory_free(it->incident);
    memory_free(it->distance);
    memory_free(it->via);
    memory_free(it->stage);
    memory_free(it->order);
    memory_free(it->heap);
    memory_free(it->place);
    *it = (struct shortest_paths){0};
}

/* ---- the heap of waiting nodes, nearest first, lower nodes first among equals ---- */

static bool heap_before(const struct shortest_paths *it, uint32_t one, uint32_t other) {
    int64_t difference = it->distance[one] - it->distance[other];
    return difference < 0 || (difference == 0 && one < other);
}

static void heap_rise(struct shortest_paths *it, uint32_t node) {
    uint32_t at = it->place[node];
    while (at > 0 && heap_before(it, node, it->heap[(at - 1) / 2])) {
        it->heap[at] = it->heap[(at - 1) / 2];
        it->place[it->heap[at]] = at;
        at = (at - 1) / 2;
    }
    it->heap[at] = node;
    it->place[node] = at;
}

static uint32_t heap_take(struct shortest_paths *it) {
    uint32_t top = it->heap[0], node = it->heap[--it->heap_count], at = 0, count = it->heap_count;
    while (2 * (uint64_t)at + 1 < count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < count && heap_before(it, it->heap[child + 1], it->heap[child])) child++;
        if (!heap_before(it, it->heap[child], node)) break;
        it->heap[at] = it->heap[child];
        it->place[it->heap[at]] = at;
        at = child;
    }
    it->heap[at] = node;
    it->place[node] = at;
    return top;
}

static void reach(struct shortest_paths *it, uint32_t node, int64_t distance, uint32_t via) {
    if (it->stage[node] == PATHS_DONE || (it->stage[node] == PATHS_WAITING && it->distance[node] <= distance)) return;
    it->distance[node] = distance;
    it->via[node] = via;
    if (it->stage[node] == PATHS_FAR) {
        it->stage[node] = PATHS_WAITING;
        it->place[node] = it->heap_count;
        it->heap[it->heap_count++] = node;
    }
    heap_rise(it, node);
}

/* ---- the search ---- */

bool paths_search(struct shortest_paths *it, uint32_t source, uint32_t target) {
    reach(it, source, 0, UINT32_MAX);
    while (it->heap_count > 0) {
        uint32_t node = heap_take(it);
        it->stage[node] = PATHS_DONE;
        it->order[it->done++] = node;
        if (node == target) return true;
        for (uint32_t i = it->start[node]; i < it->start[node + 1]; i++) {
            uint32_t arc = it->incident[i];
            int64_t length = paths_length(it, arc, node);
            if (length >= 0) reach(it, paths_other_end(it, arc, node), it->distance[node] + length, arc);
        }
    }
    return false;
}

void paths_reset(struct shortest_paths *it) {
    while (it->done > 0) it->stage[it->order[--it->done]] = PATHS_FAR;
    while (it->heap_count > 0) it->stage[it->heap[--it->heap_count]] = PATHS_FAR;
}
