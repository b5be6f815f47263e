/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An arc that is no longer fractional never is again, because a cycle holds fractional arcs only; so every node keeps
 * the places of its two lowest ones, which only move up. What the walk did before the cycle stays as it was, because
 * none of its arcs has changed and nothing lower has become fractional: the next walk would repeat it, and goes on from
 * there instead. So all walks together cost the lengths of the cycles.
 */
#include "bihierarchy_rounding.h"

#include <string.h>

#include "../base/memory.h"
#include "../base/random.h"

#define NONE UINT32_MAX

struct rounding {
    const struct assignment_problem *assignment;
    const struct laminar *laminar;
    uint32_t unit, node_count, arc_count, limit_count;
    uint32_t *tail, *head;      /* per arc */
    uint32_t *part;             /* per arc: flow mod Q; of a pair's arc the flow, which ends as 0 or Q */
    uint32_t *arc_edge;         /* per arc of a pair, from the first one on */
    uint32_t *start, *incident; /* arcs at every node, ascending */
    uint32_t *first, *second;   /* per node: places in `incident` of its two lowest fractional arcs */
    uint32_t *met;              /* per node: where it is on the walk, or NONE */
    uint32_t *walk_node, *walk_arc, length;
    struct random random;
};

/* ---- nodes and arcs ---- */

static bool is_demand_side(const struct assignment_problem *assignment, uint32_t limit) {
    uint32_t first_group = assignment->demand_count + assignment->supplier_count;
    if (limit < first_group) return limit < assignment->demand_count;
    return assignment->groups[limit - first_group].side == ASSIGNMENT_DEMAND;
}

static void add_limit_arc(struct rounding *it, uint32_t limit) {
    uint32_t parent = it->laminar->parent[limit], above = parent == ASSIGNMENT_NONE ? 0 : parent + 1;
    bool away = is_demand_side(it->assignment, limit);
    it->tail[limit] = away ? above : limit + 1;
    it->head[limit] = away ? limit + 1 : above;
}

/* Adds to the load of a limit and of all around it, mod Q. */
static void add_load(struct rounding *it, uint32_t limit, uint32_t marginal) {
    for (; limit != ASSIGNMENT_NONE; limit = it->laminar->parent[limit]) {
        it->part[limit] = (uint32_t)(((uint64_t)it->part[limit] + marginal) % it->unit);
    }
}

static void add_arcs(struct rounding *it, const uint32_t *marginal) {
    const struct assignment_problem *assignment = it->assignment;
    uint32_t arc = it->limit_count;
    for (uint32_t limit = 0; limit < it->limit_count; limit++) add_limit_arc(it, limit);
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            if (marginal[e] == 0) continue;
            uint32_t supplier = assignment->demand_count + assignment->edge_supplier[e];
            it->tail[arc] = d + 1;
            it->head[arc] = supplier + 1;
            it->part[arc] = marginal[e];
            it->arc_edge[arc - it->limit_count] = e;
            add_load(it, d, marginal[e]);
            add_load(it, supplier, marginal[e]);
            arc++;
        }
    }
}

static void index_arcs(struct rounding *it) {
    for (uint32_t arc = 0; arc < it->arc_count; arc++) {
        it->start[it->tail[arc] + 2]++;
        it->start[it->head[arc] + 2]++;
    }
    for (uint32_t node = 2; node <= it->node_count; node++) it->start[node] += it->start[node - 1];
    for (uint32_t arc = 0; arc < it->arc_count; arc++) {
        it->incident[it->start[it->tail[arc] + 1]++] = arc;
        it->incident[it->start[it->head[arc] + 1]++] = arc;
    }
    for (uint32_t node = 0; node < it->node_count; node++) {
        it->first[node] = it->start[node];
        it->second[node] = it->start[node] + 1;
        it->met[node] = NONE;
    }
}

static ieum_status rounding_open(struct rounding *it, const uint32_t *marginal, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    uint32_t edges = assignment->edge_start[assignment->demand_count];
    size_t pairs = 0;
    it->limit_count = assignment->demand_count + assignment->supplier_count + assignment->group_count;
    for (uint32_t e = 0; e < edges; e++) pairs += marginal[e] > 0;
    size_t arcs = it->limit_count + pairs, nodes = (size_t)it->limit_count + 1;
    if (arcs >= UINT32_MAX / 2) {
        return problem_set(problem, IEUM_LIMIT, "/edges", "후보 쌍의 수가 너무 많습니다.",
                           "There are too many candidate pairs.");
    }
    it->arc_count = (uint32_t)arcs;
    it->node_count = (uint32_t)nodes;
    it->tail = memory_allocate(sizeof *it->tail * arcs);
    it->head = memory_allocate(sizeof *it->head * arcs);
    it->part = memory_allocate_zero(arcs, sizeof *it->part);
    it->arc_edge = memory_allocate(sizeof *it->arc_edge * pairs);
    it->start = memory_allocate_zero(nodes + 2, sizeof *it->start);
    it->incident = memory_allocate(sizeof *it->incident * 2 * arcs);
    it->first = memory_allocate(sizeof *it->first * nodes);
    it->second = memory_allocate(sizeof *it->second * nodes);
    it->met = memory_allocate(sizeof *it->met * nodes);
    it->walk_node = memory_allocate(sizeof *it->walk_node * nodes);
    it->walk_arc = memory_allocate(sizeof *it->walk_arc * nodes);
    if (!it->tail || !it->head || !it->part || !it->arc_edge || !it->start || !it->incident || !it->first ||
        !it->second || !it->met || !it->walk_node || !it->walk_arc) {
        return problem_set_memory(problem);
    }
    add_arcs(it, marginal);
    index_arcs(it);
    return IEUM_OK;
}

static void rounding_close(struct rounding *it) {
    memory_free(it->tail);
    memory_free(it->head);
    memory_free(it->part);
    memory_free(it->arc_edge);
    memory_free(it->start);
    memory_free(it->incident);
    memory_free(it->first);
    memory_free(it->second);
    memory_free(it->met);
    memory_free(it->walk_node);
    memory_free(it->walk_arc);
}

/* ---- the walk ---- */

static bool is_fractional(const struct rounding *it, uint32_t arc) { return it->part[arc] % it->unit != 0; }

/* The lowest fractional arc at a node other than `used`, or NONE. */
static uint32_t next_arc(struct rounding *it, uint32_t node, uint32_t used) {
    uint32_t end = it->start[node + 1], *first = &it->first[node], *second = &it->second[node];
    if (*first < end && *first < *second && !is_fractional(it, it->incident[*first])) *first = *second;
    while (*first < end && !is_fractional(it, it->incident[*first])) ++*first;
    if (*first < end && it->incident[*first] != used) return it->incident[*first];
    if (*second <= *first) *second = *first + 1;
    while (*second < end && !is_fractional(it, it->incident[*second])) ++*second;
    return *second < end ? it->incident[*second] : NONE;
}

/* Goes through an arc; returns the node it comes to. */
static uint32_t go_through(struct rounding *it, uint32_t node, uint32_t arc) {
    it->met[node] = it->length;
    it->walk_node[it->length] = node;
    it->walk_arc[it->length++] = arc;
    return it->tail[arc] == node ? it->head[arc] : it->tail[arc];
}

/* Draws for the cycle walk[from..length) and changes its arcs. */
static void turn_cycle(struct rounding *it, uint32_t from) {
    uint32_t up = it->unit, down = it->unit;
    for (uint32_t i = from; i < it->length; i++) {
        uint32_t part = it->part[it->walk_arc[i]], rest = it->unit - part;
        bool forward = it->tail[it->walk_arc[i]] == it->walk_node[i];
        if ((forward ? rest : part) < up) up = forward ? rest : part;
        if ((forward ? part : rest) < down) down = forward ? part : rest;
    }
    bool gain = random_below(&it->random, (uint64_t)up + down) < down;
    for (uint32_t i = from; i < it->length; i++) {
        bool forward = it->tail[it->walk_arc[i]] == it->walk_node[i];
        uint32_t *part = &it->part[it->walk_arc[i]];
        if (forward == gain)
            *part += gain ? up : down;
        else
            *part -= gain ? up : down;
    }
}

static ieum_status round_all(struct rounding *it, struct problem *problem) {
    uint32_t lowest = 0, node = 0;
    for (;;) {
        if (it->length == 0) {
            while (lowest < it->arc_count && !is_fractional(it, lowest)) lowest++;
            if (lowest == it->arc_count) return IEUM_OK;
            node = go_through(it, it->tail[lowest], lowest);
        }
        while (it->met[node] == NONE) {
            uint32_t arc = next_arc(it, node, it->walk_arc[it->length - 1]);
            if (arc == NONE) {
                return problem_set(problem, IEUM_INTERNAL, "", "확률의 합이 한 곳에서 맞지 않습니다.",
                                   "The marginals do not balance somewhere.");
            }
            node = go_through(it, node, arc);
        }
        uint32_t from = it->met[node];
        turn_cycle(it, from);
        for (uint32_t i = from; i < it->length; i++) it->met[it->walk_node[i]] = NONE;
        it->length = from; /* `node` is where the walk before the cycle has come to */
    }
}

ieum_status bihierarchy_round(const struct assignment_problem *assignment, const struct laminar *laminar,
                              const uint32_t *marginal, uint32_t unit, uint64_t seed, uint8_t *chosen,
                              struct problem *problem) {
    struct rounding it = {.assignment = assignment, .laminar = laminar, .unit = unit};
    ieum_status status = rounding_open(&it, marginal, problem);
    if (status == IEUM_OK) {
        random_seed(&it.random, seed);
        status = round_all(&it, problem);
    }
    if (status == IEUM_OK) {
        memset(chosen, 0, assignment->edge_start[assignment->demand_count]);
        for (uint32_t arc = it.limit_count; arc < it.arc_count; arc++) {
            chosen[it.arc_edge[arc - it.limit_count]] = it.part[arc] == unit;
        }
    }
    rounding_close(&it);
    return status;
}
