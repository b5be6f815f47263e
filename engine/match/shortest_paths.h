/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shortest paths by Dijkstra's algorithm with a binary heap, over arcs that can be gone through both ways at a length
 * of each own.
 *
 * In: tails and heads of the arcs, and for each the two lengths, which must not be negative; a negative one says that
 * this way is closed. Out: distances, and the arc by which each node was reached. Ties go to the lower node, and to the
 * arc that came first. Searches may follow each other: what an earlier one has done stays done until paths_reset.
 */
#ifndef IEUM_MATCH_SHORTEST_PATHS_H
#define IEUM_MATCH_SHORTEST_PATHS_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/problem.h"

enum { PATHS_FAR, PATHS_WAITING, PATHS_DONE };
#define PATHS_EVERYWHERE UINT32_MAX

struct shortest_paths {
    uint32_t node_count, arc_count;
    const uint32_t *tail, *head; /* per arc; borrowed */
    int64_t *forward, *backward; /* per arc, written by the caller: the length from tail to head, from head to tail */
    uint32_t *start, *incident;  /* arcs at each node, by node */
    int64_t *distance;           /* per node; from the source of its search, or as the caller moves it */
    uint32_t *via;               /* per node: the arc by which it was reached; UINT32_MAX for a source */
    uint8_t *stage;              /* per node: PATHS_FAR, PATHS_WAITING, PATHS_DONE */
    uint32_t *order, done;       /* nodes in the order in which they were done */
    uint32_t *heap, *place, heap_count;
};

/* All lengths are closed at first. IEUM_OK or IEUM_MEMORY. Free with paths_free, also after a failure. */
ieum_status paths_build(uint32_t node_count, uint32_t arc_count, const uint32_t *tail, const uint32_t *head,
                        struct shortest_paths *it, struct problem *problem);
void paths_free(struct shortest_paths *it);

/* Searches from a node that is not done, until `target` is done, or everywhere. True: the target was reached. */
bool paths_search(struct shortest_paths *it, uint32_t source, uint32_t target);
void paths_reset(struct shortest_paths *it);

/* The length of going through an arc from one of its ends; negative when closed. */
static inline int64_t paths_length(const struct shortest_paths *it, uint32_t arc, uint32_t node) {
    return it->tail[arc] == node ? it->forward[arc] : it->backward[arc];
}

static inline uint32_t paths_other_end(const struct shortest_paths *it, uint32_t arc, uint32_t node) {
    return it->tail[arc] == node ? it->head[arc] : it->tail[arc];
}

#endif
