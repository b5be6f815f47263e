/* SPDX-License-Identifier: Apache-2.0 */
/* A shortest path for each pair, then one for each full limit over any of them; limits that gain are solved again. */
#include "pair_cost.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "residual_network.h"

struct inquiry {
    const struct assignment_result *result;
    struct assignment_frame frame;
    struct residual_network residual;
    struct pair_costs found;
    uint8_t *limit_asked; /* per limit: it is full, and over a pair asked about */
};

/* ---- one pair ---- */

static enum pair_state state_of(const struct inquiry *it, uint32_t edge) {
    if (edge == ASSIGNMENT_NONE) return PAIR_NOT_CANDIDATE;
    if (it->frame.edge_rule[edge] & ASSIGNMENT_EDGE_VETOED) return PAIR_VETOED;
    if (it->frame.edge_rule[edge] & ASSIGNMENT_EDGE_LOCKED) return PAIR_LOCKED;
    return it->result->chosen[edge] ? PAIR_CHOSEN : PAIR_NOT_CHOSEN;
}

static struct assignment_pair pair_of(const struct inquiry *it, uint32_t edge) {
    return (struct assignment_pair){it->frame.edge_demand[edge], it->frame.assignment->edge_supplier[edge]};
}

/* Walks from `target` back to the source of the search. First it counts, then, with room, it writes in path order. */
static void walk_back(const struct inquiry *it, uint32_t target, struct pair_cost *cost, bool write) {
    const struct shortest_paths *paths = &it->residual.paths;
    uint32_t adds = cost->add_count, drops = cost->drop_count;
    for (uint32_t node = target; paths->via[node] != UINT32_MAX;) {
        uint32_t arc = paths->via[node], from = paths_other_end(paths, arc, node);
        bool added = paths->tail[arc] == from;
        node = from;
        if (arc < it->residual.first_edge) continue;
        if (write) {
            struct assignment_pair *place = added ? &cost->adds[--adds] : &cost->drops[--drops];
            *place = pair_of(it, arc - it->residual.first_edge);
        } else {
            (*(added ? &cost->add_count : &cost->drop_count))++;
        }
    }
}

static ieum_status list_changes(struct inquiry *it, uint32_t edge, bool force, uint32_t target, struct pair_cost *cost,
                                struct problem *problem) {
    cost->add_count = force;
    cost->drop_count = !force;
    walk_back(it, target, cost, false);
    cost->adds = arena_allocate(it->found.arena, sizeof *cost->adds * cost->add_count);
    cost->drops = arena_allocate(it->found.arena, sizeof *cost->drops * cost->drop_count);
    if (!cost->adds || !cost->drops) return problem_set_memory(problem);
    (force ? cost->adds : cost->drops)[0] = pair_of(it, edge);
    walk_back(it, target, cost, true);
    return IEUM_OK;
}

/* Paths are simple and every arc of them changes by one, so the changed assignment keeps every limit, lock and veto. */
static ieum_status price_change(struct inquiry *it, uint32_t edge, struct pair_cost *cost, struct problem *problem) {
    struct shortest_paths *paths = &it->residual.paths;
    bool force = cost->state == PAIR_NOT_CHOSEN || cost->state == PAIR_VETOED;
    uint32_t demand = residual_node(it->frame.edge_demand[edge]);
    uint32_t supplier = residual_node(assignment_frame_supplier(&it->frame, edge));
    uint32_t source = force ? supplier : demand, target = force ? demand : supplier;
    int64_t worth = residual_worth(&it->residual, edge), score = it->frame.assignment->edge_score[edge];
    ieum_status status = IEUM_OK;
    cost->possible = paths_search(paths, source, target);
    if (cost->possible) {
        cost->cost = paths->distance[target] + (force ? -worth : worth);
        cost->can_flip = cost->state == PAIR_CHOSEN || cost->state == PAIR_NOT_CHOSEN;
        cost->score_to_flip = force ? score + cost->cost : score - cost->cost;
        status = list_changes(it, edge, force, target, cost, problem);
    }
    paths_reset(paths);
    return status;
}

/* The full limits over a pair, from its demand outwards, then from its supplier. */
static ieum_status list_capacities(struct inquiry *it, uint32_t edge, struct pair_cost *cost, struct problem *problem) {
    const struct assignment_frame *frame = &it->frame;
    uint32_t ends[2] = {frame->edge_demand[edge], assignment_frame_supplier(frame, edge)};
    for (int pass = 0; pass < 2; pass++) {
        cost->capacity_count = 0;
        for (int end = 0; end < 2; end++) {
            for (uint32_t limit = ends[end]; limit != ASSIGNMENT_NONE; limit = frame->laminar.parent[limit]) {
                if (it->residual.load[limit] < frame->limit_max[limit]) continue;
                if (pass == 1) {
                    cost->capacities[cost->capacity_count].maximum = assignment_frame_requirement(frame, limit, true);
                }
                it->limit_asked[limit] = 1;
                cost->capacity_count++;
            }
        }
        if (pass == 1) break;
        cost->capacities = arena_allocate_zero(it->found.arena, cost->capacity_count, sizeof *cost->capacities);
        if (!cost->capacities) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

static ieum_status explain_pair(struct inquiry *it, uint32_t index, struct assignment_pair pair,
                                struct problem *problem) {
    struct pair_cost *cost = &it->found.items[index];
    char pointer[48];
    bool demand_known = pair.demand < it->frame.assignment->demand_count;
    if (!demand_known || pair.supplier >= it->frame.assignment->supplier_count) {
        snprintf(pointer, sizeof pointer, "/explain/%" PRIu32 "/%d", index, demand_known);
        return problem_set(problem, IEUM_INVALID, pointer, "설명할 쌍이 없는 수요나 공급을 가리킵니다.",
                           "A pair to explain names a demand or supplier that does not exist.");
    }
    uint32_t edge = assignment_find_edge(it->frame.assignment, pair);
    cost->pair = pair;
    cost->state = state_of(it, edge);
    if (cost->state == PAIR_NOT_CANDIDATE) return IEUM_OK;
    ieum_status status = price_change(it, edge, cost, problem);
    return status == IEUM_OK ? list_capacities(it, edge, cost, problem) : status;
}

/* ---- one place more ---- */

/* A problem with another maximum for one limit; `room` keeps the arrays that had to be copied. */
static ieum_status widen(const struct inquiry *it, uint32_t limit, struct assignment_problem *wider, void **room,
                         struct problem *problem) {
    const struct assignment_problem *assignment = it->frame.assignment;
    struct assignment_requirement maximum = assignment_frame_requirement(&it->frame, limit, true);
    *wider = *assignment;
    if (maximum.need == ASSIGNMENT_GROUP_MAX) {
        struct assignment_group *groups = *room = memory_allocate(sizeof *groups * assignment->group_count);
        if (!groups) return problem_set_memory(problem);
        memcpy(groups, assignment->groups, sizeof *groups * assignment->group_count);
        groups[maximum.index].max++;
        wider->groups = groups;
        return IEUM_OK;
    }
    bool demand = maximum.need == ASSIGNMENT_DEMAND_MAX;
    size_t count = demand ? assignment->demand_count : assignment->supplier_count;
    int64_t *max = *room = memory_allocate(sizeof *max * count);
    if (!max) return problem_set_memory(problem);
    memcpy(max, demand ? assignment->demand_max : assignment->supplier_max, sizeof *max * count);
    max[maximum.index]++;
    *(demand ? &wider->demand_max : &wider->supplier_max) = max;
    return IEUM_OK;
}

static void note_limit(struct inquiry *it, uint32_t limit, int64_t gain, const uint8_t *chosen) {
    struct assignment_requirement maximum = assignment_frame_requirement(&it->frame, limit, true);
    for (uint32_t i = 0; i < it->found.count; i++) {
        struct pair_cost *cost = &it->found.items[i];
        for (uint32_t j = 0; j < cost->capacity_count; j++) {
            struct pair_capacity *capacity = &cost->capacities[j];
            if (capacity->maximum.need != maximum.need || capacity->maximum.index != maximum.index) continue;
            uint32_t edge = assignment_find_edge(it->frame.assignment, cost->pair);
            capacity->gain = gain;
            capacity->flips = chosen && chosen[edge] != it->result->chosen[edge];
        }
    }
}

/* What no longer being full gains: one more unit through the limit's arc, and the cheapest way back. */
static int64_t gain_of(struct inquiry *it, uint32_t limit) {
    struct shortest_paths *paths = &it->residual.paths;
    int64_t gain = 0, price = it->residual.potential[paths->head[limit]] - it->residual.potential[paths->tail[limit]];
    if (price > 0 && paths_search(paths, paths->head[limit], paths->tail[limit])) {
        gain = price - paths->distance[paths->tail[limit]];
    }
    paths_reset(paths);
    return gain > 0 ? gain : 0;
}

static ieum_status try_wider(struct inquiry *it, uint32_t limit, struct problem *problem) {
    struct assignment_problem wider;
    struct assignment_result again = {0};
    void *room = NULL;
    int64_t gain = gain_of(it, limit);
    ieum_status status = IEUM_OK;
    if (gain == 0) return IEUM_OK; /* the assignment stays among the best ones */
    status = widen(it, limit, &wider, &room, problem);
    if (status == IEUM_OK) status = assignment_solve(&wider, &again, problem);
    if (status == IEUM_OK && (again.status != ASSIGNMENT_OPTIMAL || again.total != it->result->total + gain)) {
        status = problem_set(problem, IEUM_INTERNAL, "", "한 자리를 늘렸을 때의 이득이 다시 계산한 값과 다릅니다.",
                             "What one place more gains was not confirmed by solving again.");
    }
    if (status == IEUM_OK) note_limit(it, limit, gain, again.chosen);
    assignment_result_free(&again);
    memory_free(room);
    return status;
}

/* ---- all of it ---- */

ieum_status pair_costs_explain(const struct assignment_problem *assignment, const struct assignment_result *result,
                               const struct assignment_pair *pairs, uint32_t count, struct pair_costs *costs,
                               struct problem *problem) {
    struct inquiry it = {.result = result};
    ieum_status status = assignment_frame_build(assignment, &it.frame, problem);
    if (status == IEUM_OK) status = residual_network_build(&it.frame, result, false, &it.residual, problem);
    if (status != IEUM_OK) goto done;
    it.found.arena = arena_new();
    it.found.items = arena_allocate_zero(it.found.arena, count, sizeof *it.found.items);
    it.found.count = count;
    it.limit_asked = memory_allocate_zero(it.frame.limit_count, 1);
    if (!it.found.items || !it.limit_asked) status = problem_set_memory(problem);
    for (uint32_t i = 0; i < count && status == IEUM_OK; i++) status = explain_pair(&it, i, pairs[i], problem);
    for (uint32_t limit = 0; limit < it.frame.limit_count && status == IEUM_OK; limit++) {
        if (it.limit_asked[limit]) status = try_wider(&it, limit, problem);
    }
done:
    memory_free(it.limit_asked);
    residual_network_free(&it.residual);
    assignment_frame_free(&it.frame);
    if (status == IEUM_OK)
        *costs = it.found;
    else
        pair_costs_free(&it.found);
    return status;
}

void pair_costs_free(struct pair_costs *costs) {
    arena_free(costs->arena);
    *costs = (struct pair_costs){0};
}
