/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dijkstra's algorithm over the residual network, with the present potentials making all lengths non-negative. Arcs of
 * minimums are full and stay so: they are no part of it. What the root cannot reach is searched from its first node,
 * then lifted just enough that the arcs towards what was done before keep a non-negative reduced cost, and so on.
 */
#include "residual_prices.h"

#include "shortest_paths.h"

static bool reward_is_left(const struct assignment_network *network, const struct flow_solution *solution) {
    for (uint32_t arc = 0; arc < network->flow.arc_count; arc++) {
        if (solution->in_tree[arc] && assignment_network_is_minimum(network, arc)) return true;
    }
    return false;
}

static void set_lengths(const struct assignment_network *network, const struct flow_solution *solution,
                        struct shortest_paths *paths) {
    const struct flow_network *flow = &network->flow;
    for (uint32_t arc = 0; arc < flow->arc_count; arc++) {
        if (assignment_network_is_minimum(network, arc)) continue;
        int64_t reduced = flow->cost[arc] + solution->potential[flow->tail[arc]] - solution->potential[flow->head[arc]];
        if (solution->flow[arc] < flow->capacity[arc]) paths->forward[arc] = reduced;
        if (solution->flow[arc] > 0) paths->backward[arc] = -reduced;
    }
}

/* The least lift of order[first..] that keeps arcs into order[..first] non-negative; without such arcs its source gets
 * 0. */
static void lift_found(struct shortest_paths *paths, const int64_t *potential, uint32_t first) {
    int64_t lift = -potential[paths->order[first]];
    bool bound = false;
    for (uint32_t i = first; i < paths->done; i++) paths->stage[paths->order[i]] = PATHS_WAITING;
    for (uint32_t i = first; i < paths->done; i++) {
        uint32_t node = paths->order[i];
        for (uint32_t j = paths->start[node]; j < paths->start[node + 1]; j++) {
            uint32_t arc = paths->incident[j], other = paths_other_end(paths, arc, node);
            int64_t length = paths_length(paths, arc, node);
            if (length < 0 || paths->stage[other] != PATHS_DONE) continue;
            int64_t needed = paths->distance[other] - length - paths->distance[node];
            if (!bound || needed > lift) lift = needed;
            bound = true;
        }
    }
    for (uint32_t i = first; i < paths->done; i++) {
        paths->stage[paths->order[i]] = PATHS_DONE;
        paths->distance[paths->order[i]] += lift;
    }
}

ieum_status residual_prices_clean(const struct assignment_network *network, struct flow_solution *solution,
                                  struct problem *problem) {
    return reward_is_left(network, solution) ? residual_prices_renew(network, solution, problem) : IEUM_OK;
}

ieum_status residual_prices_renew(const struct assignment_network *network, struct flow_solution *solution,
                                  struct problem *problem) {
    const struct flow_network *flow = &network->flow;
    struct shortest_paths paths;
    ieum_status status = paths_build(flow->node_count, flow->arc_count, flow->tail, flow->head, &paths, problem);
    if (status != IEUM_OK) goto done;
    set_lengths(network, solution, &paths);
    paths_search(&paths, 0, PATHS_EVERYWHERE);
    for (uint32_t node = 1; node < flow->node_count; node++) {
        uint32_t first = paths.done;
        if (paths.stage[node] == PATHS_DONE) continue;
        paths_search(&paths, node, PATHS_EVERYWHERE);
        lift_found(&paths, solution->potential, first);
    }
    for (uint32_t node = 0; node < flow->node_count; node++) solution->potential[node] += paths.distance[node];
done:
    paths_free(&paths);
    return status;
}
