/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For tests of method random: the greatest expected total by cancelling negative cycles, one after the other, and the
 * rounding "bihierarchy-cycles-1" as its definition reads, walk by walk from the start. Both know nothing of the
 * engine's simplex, circulation or groups.
 */
#ifndef IEUM_TEST_MARGINAL_CASES_H
#define IEUM_TEST_MARGINAL_CASES_H

#include "assignment_cases.h"

enum { CASE_LIMITS = 2 * CASE_SIDE + CASE_GROUPS, CASE_ARCS = 2 * CASE_LIMITS + CASE_EDGES, CASE_MANY = 1000 };
#define CASE_FILL INT64_C(100000000000000) /* a minimum's arc gains more than any scores */

/* ---- who is around whom ---- */

static inline bool case_holds(const struct assignment_group *group, enum assignment_side side, uint32_t member) {
    for (uint32_t i = 0; i < group->member_count; i++) {
        if (group->side == side && group->members[i] == member) return true;
    }
    return false;
}

/* The smallest group around a member that is not smaller than `least` itself is; of equal ones the later is inside. */
static inline int case_around(const struct assignment_problem *problem, enum assignment_side side, uint32_t member,
                              int inside) {
    int best = -1;
    for (int g = (int)problem->group_count - 1; g >= 0; g--) {
        const struct assignment_group *group = &problem->groups[g];
        if (!case_holds(group, side, member)) continue;
        if (inside >= 0) {
            uint32_t size = problem->groups[inside].member_count;
            if (g == inside || group->member_count < size || (group->member_count == size && g > inside)) continue;
        }
        if (best < 0 || group->member_count < problem->groups[best].member_count) best = g;
    }
    return best;
}

/* Limits: demands, suppliers, groups. Their nodes are 1 more; 0 is the root. */
static inline uint32_t case_node_around(const struct assignment_problem *problem, uint32_t limit) {
    uint32_t suppliers = problem->demand_count, groups = suppliers + problem->supplier_count;
    int around = limit < suppliers ? case_around(problem, ASSIGNMENT_DEMAND, limit, -1)
                 : limit < groups  ? case_around(problem, ASSIGNMENT_SUPPLIER, limit - suppliers, -1)
                                   : case_around(problem, problem->groups[limit - groups].side,
                                                 problem->groups[limit - groups].members[0], (int)(limit - groups));
    return around < 0 ? 0 : groups + (uint32_t)around + 1;
}

static inline bool case_demand_side(const struct assignment_problem *problem, uint32_t limit) {
    uint32_t groups = problem->demand_count + problem->supplier_count;
    return limit < groups ? limit < problem->demand_count : problem->groups[limit - groups].side == ASSIGNMENT_DEMAND;
}

static inline void case_limit(const struct assignment_problem *problem, uint32_t limit, int64_t *min, int64_t *max) {
    uint32_t suppliers = problem->demand_count, groups = suppliers + problem->supplier_count;
    *min = limit < suppliers ? problem->demand_min[limit]
           : limit < groups  ? problem->supplier_min[limit - suppliers]
                             : problem->groups[limit - groups].min;
    *max = limit < suppliers ? problem->demand_max[limit]
           : limit < groups  ? problem->supplier_max[limit - suppliers]
                             : problem->groups[limit - groups].max;
    if (*min > CASE_MANY) *min = CASE_MANY;
    if (*max > CASE_MANY) *max = CASE_MANY;
}

/* ---- the reference ---- */

struct reference {
    uint32_t nodes, arcs;
    uint32_t tail[CASE_ARCS], head[CASE_ARCS];
    int64_t capacity[CASE_ARCS], cost[CASE_ARCS], flow[CASE_ARCS];
    bool lower[CASE_ARCS]; /* must be full in the end */
};

static inline void reference_arc(struct reference *it, uint32_t tail, uint32_t head, int64_t lower, int64_t upper,
                                 int64_t cost) {
    for (int part = 0; part < 2; part++) {
        int64_t capacity = part ? upper - lower : lower;
        if (capacity <= 0) continue;
        it->tail[it->arcs] = tail, it->head[it->arcs] = head, it->capacity[it->arcs] = capacity;
        it->cost[it->arcs] = part ? cost : cost - CASE_FILL;
        it->lower[it->arcs++] = !part;
    }
}

static inline int64_t reference_room(const struct reference *it, uint32_t arc, bool forward) {
    return forward ? it->capacity[arc] - it->flow[arc] : it->flow[arc];
}

/* Finds a negative cycle (Bellman & Ford) and pushes what fits round it. False: there is none. */
static inline bool reference_cancel(struct reference *it) {
    int64_t distance[CASE_LIMITS + 1] = {0}, amount = INT64_MAX;
    int by[CASE_LIMITS + 1]; /* 2·arc + 1 when it was used backwards */
    uint32_t node = UINT32_MAX;
    for (uint32_t round = 0; round <= it->nodes; round++) {
        node = UINT32_MAX;
        for (uint32_t i = 0; i < 2 * it->arcs; i++) {
            uint32_t arc = i / 2, from = i % 2 ? it->head[arc] : it->tail[arc],
                     to = i % 2 ? it->tail[arc] : it->head[arc];
            int64_t cost = i % 2 ? -it->cost[arc] : it->cost[arc];
            if (reference_room(it, arc, i % 2 == 0) <= 0 || distance[from] + cost >= distance[to]) continue;
            distance[to] = distance[from] + cost;
            by[to] = (int)i;
            node = to;
        }
        if (node == UINT32_MAX) return false;
    }
    for (uint32_t i = 0; i < it->nodes; i++) node = by[node] % 2 ? it->head[by[node] / 2] : it->tail[by[node] / 2];
    for (int turn = 0; turn < 2; turn++) {
        uint32_t at = node;
        do {
            uint32_t arc = (uint32_t)by[at] / 2;
            bool forward = by[at] % 2 == 0;
            if (turn == 0 && reference_room(it, arc, forward) < amount) amount = reference_room(it, arc, forward);
            if (turn == 1) it->flow[arc] += forward ? amount : -amount;
            at = forward ? it->tail[arc] : it->head[arc];
        } while (at != node);
    }
    return true;
}

/*
 * The greatest Σ score·m with every pair's m from its `least` to its `most` and every limit within min·unit..max·unit.
 * False: there is none.
 */
static inline bool reference_solve(const struct assignment_problem *problem, int64_t unit, const int64_t *least,
                                   const int64_t *most, int64_t *best) {
    struct reference it = {0};
    uint32_t limits = problem->demand_count + problem->supplier_count + problem->group_count;
    it.nodes = limits + 1;
    for (uint32_t limit = 0; limit < limits; limit++) {
        int64_t min, max;
        uint32_t around = case_node_around(problem, limit);
        bool away = case_demand_side(problem, limit);
        case_limit(problem, limit, &min, &max);
        reference_arc(&it, away ? around : limit + 1, away ? limit + 1 : around, min * unit, max * unit, 0);
    }
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            reference_arc(&it, d + 1, problem->demand_count + problem->edge_supplier[e] + 1, least[e], most[e],
                          -problem->edge_score[e]);
        }
    }
    while (reference_cancel(&it)) continue;
    *best = 0;
    for (uint32_t arc = 0; arc < it.arcs; arc++) {
        if (it.lower[arc] && it.flow[arc] < it.capacity[arc]) return false;
        *best -= it.flow[arc] * (it.cost[arc] + (it.lower[arc] ? CASE_FILL : 0));
    }
    return true;
}

/* ---- the rounding, as it is defined ---- */

/* `flow`: per limit, then per pair of `pair_demand` and `pair_supplier` (limits of theirs); changed to what is drawn.
 */
static inline void rounding_by_definition(const struct assignment_problem *problem, int64_t unit, uint64_t seed,
                                          int64_t *flow, const uint32_t *pair_demand, const uint32_t *pair_supplier,
                                          uint32_t pairs) {
    uint32_t limits = problem->demand_count + problem->supplier_count + problem->group_count, arcs = limits + pairs;
    uint32_t tail[CASE_LIMITS + CASE_EDGES], head[CASE_LIMITS + CASE_EDGES];
    struct random random;
    random_seed(&random, seed);
    for (uint32_t arc = 0; arc < arcs; arc++) {
        bool limit = arc < limits, away = limit && case_demand_side(problem, arc);
        uint32_t around = limit ? case_node_around(problem, arc) : 0;
        tail[arc] = !limit ? pair_demand[arc - limits] + 1 : away ? around : arc + 1;
        head[arc] = !limit ? pair_supplier[arc - limits] + 1 : away ? arc + 1 : around;
    }
    for (;;) {
        uint32_t walk[CASE_LIMITS + 2], nodes[CASE_LIMITS + 2], length = 0, from = UINT32_MAX, arc = 0, node;
        while (arc < arcs && flow[arc] % unit == 0) arc++;
        if (arc == arcs) return;
        node = tail[arc];
        while (from == UINT32_MAX) {
            if (length > 0) {
                for (arc = 0;; arc++) {
                    bool here = tail[arc] == node || head[arc] == node;
                    if (here && arc != walk[length - 1] && flow[arc] % unit != 0) break;
                }
            }
            nodes[length] = node;
            walk[length++] = arc;
            node = tail[arc] == node ? head[arc] : tail[arc];
            for (uint32_t i = 0; i < length; i++) {
                if (nodes[i] == node) from = i;
            }
        }
        int64_t up = unit, down = unit;
        for (uint32_t i = from; i < length; i++) {
            bool forward = tail[walk[i]] == nodes[i];
            int64_t part = flow[walk[i]] % unit, gain = forward ? unit - part : part, lose = unit - gain;
            if (gain < up) up = gain;
            if (lose < down) down = lose;
        }
        bool gains = (int64_t)random_below(&random, (uint64_t)(up + down)) < down;
        for (uint32_t i = from; i < length; i++) {
            int64_t change = gains ? up : -down;
            flow[walk[i]] += tail[walk[i]] == nodes[i] ? change : -change;
        }
    }
}

#endif
