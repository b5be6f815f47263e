/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For tests of method stable: every stable assignment of a small problem, found by trying all sets of pairs against the
 * definition; and deferred acceptance as in a textbook, with sorted lists. Both know nothing of the engine's solver.
 */
#ifndef IEUM_TEST_STABLE_CASES_H
#define IEUM_TEST_STABLE_CASES_H

#include "assignment_cases.h"

struct stable_search {
    const struct assignment_problem *problem;
    const int64_t *back; /* per candidate pair: the supplier's score */
    uint32_t demand[CASE_EDGES];
    uint32_t must, never; /* sets of candidate pairs, as bits */
    bool locks_exist;
    uint32_t *stable, count; /* sets of candidate pairs */
};

static inline void stable_open(struct stable_search *it, const struct assignment_problem *problem,
                               const int64_t *back) {
    *it = (struct stable_search){.problem = problem, .back = back, .locks_exist = true};
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) it->demand[e] = d;
    }
    for (uint32_t i = 0; i < problem->lock_count + problem->veto_count; i++) {
        bool lock = i < problem->lock_count, found = false;
        struct assignment_pair pair = lock ? problem->locks[i] : problem->vetoes[i - problem->lock_count];
        for (uint32_t e = problem->edge_start[pair.demand]; e < problem->edge_start[pair.demand + 1]; e++) {
            if (problem->edge_supplier[e] != pair.supplier) continue;
            *(lock ? &it->must : &it->never) |= UINT32_C(1) << e;
            found = true;
        }
        if (lock && !found) it->locks_exist = false;
    }
    if (it->must & it->never) it->locks_exist = false;
}

/* Pairs of the set that count for a demand or a supplier. */
static inline int64_t stable_load(const struct stable_search *it, uint32_t set, enum assignment_side side,
                                  uint32_t index) {
    int64_t load = 0;
    for (uint32_t e = 0; set >> e; e++) {
        if (set >> e & 1) load += (side == ASSIGNMENT_DEMAND ? it->demand[e] : it->problem->edge_supplier[e]) == index;
    }
    return load;
}

static inline int64_t stable_group_load(const struct stable_search *it, uint32_t set,
                                        const struct assignment_group *group) {
    int64_t load = 0;
    for (uint32_t i = 0; i < group->member_count; i++) load += stable_load(it, set, group->side, group->members[i]);
    return load;
}

static inline bool stable_fits(const struct stable_search *it, uint32_t set) {
    const struct assignment_problem *problem = it->problem;
    if ((set & it->must) != it->must || (set & it->never)) return false;
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        if (stable_load(it, set, ASSIGNMENT_DEMAND, d) > problem->demand_max[d]) return false;
    }
    for (uint32_t s = 0; s < problem->supplier_count; s++) {
        if (stable_load(it, set, ASSIGNMENT_SUPPLIER, s) > problem->supplier_max[s]) return false;
    }
    return true;
}

/* Whether one end of a pair that is not in the set has a free place, or a pair that it may leave and likes less. */
static inline bool stable_would_take(const struct stable_search *it, uint32_t set, uint32_t pair,
                                     enum assignment_side side) {
    const struct assignment_problem *problem = it->problem;
    bool demand = side == ASSIGNMENT_DEMAND;
    uint32_t index = demand ? it->demand[pair] : problem->edge_supplier[pair];
    const int64_t *score = demand ? problem->edge_score : it->back;
    if (stable_load(it, set, side, index) < (demand ? problem->demand_max : problem->supplier_max)[index]) return true;
    for (uint32_t e = 0; set >> e; e++) {
        uint32_t other = demand ? it->demand[e] : problem->edge_supplier[e];
        if ((set >> e & 1) && !(it->must >> e & 1) && other == index && score[e] < score[pair]) return true;
    }
    return false;
}

static inline bool stable_is(const struct stable_search *it, uint32_t set) {
    const struct assignment_problem *problem = it->problem;
    if (!stable_fits(it, set)) return false;
    for (uint32_t e = 0; e < problem->edge_start[problem->demand_count]; e++) {
        bool acceptable = problem->edge_score[e] > 0 && it->back[e] > 0;
        if ((set >> e & 1) && !(it->must >> e & 1) && !acceptable) return false;
        if ((set >> e & 1) || (it->never >> e & 1) || !acceptable) continue;
        if (stable_would_take(it, set, e, ASSIGNMENT_DEMAND) && stable_would_take(it, set, e, ASSIGNMENT_SUPPLIER)) {
            return false;
        }
    }
    return true;
}

/* Minimums and groups. */
static inline bool stable_keeps_limits(const struct stable_search *it, uint32_t set) {
    const struct assignment_problem *problem = it->problem;
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        if (stable_load(it, set, ASSIGNMENT_DEMAND, d) < problem->demand_min[d]) return false;
    }
    for (uint32_t s = 0; s < problem->supplier_count; s++) {
        if (stable_load(it, set, ASSIGNMENT_SUPPLIER, s) < problem->supplier_min[s]) return false;
    }
    for (uint32_t g = 0; g < problem->group_count; g++) {
        int64_t load = stable_group_load(it, set, &problem->groups[g]);
        if (load < problem->groups[g].min || load > problem->groups[g].max) return false;
    }
    return true;
}

/* ---- the textbook ---- */

struct textbook {
    const struct assignment_problem *problem;
    const int64_t *back;
    uint32_t *demand;       /* per candidate pair */
    uint32_t *order, *next; /* each demand's candidates, best first; how many of them it has asked */
    uint8_t *held;          /* per candidate pair */
    int64_t *demand_load, *supplier_load;
};

static const int64_t *textbook_score;

static inline int textbook_compare(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    if (textbook_score[a] != textbook_score[b]) return textbook_score[a] > textbook_score[b] ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* A supplier's worst pair: the lowest score, of equal ones the highest demand. */
static inline uint32_t textbook_worst(const struct textbook *it, uint32_t supplier) {
    uint32_t worst = ASSIGNMENT_NONE, edges = it->problem->edge_start[it->problem->demand_count];
    for (uint32_t e = 0; e < edges; e++) {
        if (!it->held[e] || it->problem->edge_supplier[e] != supplier) continue;
        if (worst == ASSIGNMENT_NONE || it->back[e] <= it->back[worst]) worst = e;
    }
    return worst;
}

/* The pairs without locks and vetoes, as flags to be freed. */
static inline uint8_t *textbook_solve(const struct assignment_problem *problem, const int64_t *back) {
    uint32_t edges = problem->edge_start[problem->demand_count];
    struct textbook it = {.problem = problem, .back = back};
    it.order = calloc(edges + 1, sizeof *it.order), it.next = calloc(problem->demand_count + 1, sizeof *it.next);
    it.held = calloc(edges + 1, 1), it.demand = calloc(edges + 1, sizeof *it.demand);
    it.demand_load = calloc(problem->demand_count + 1, sizeof(int64_t));
    it.supplier_load = calloc(problem->supplier_count + 1, sizeof(int64_t));
    textbook_score = problem->edge_score;
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        uint32_t start = problem->edge_start[d], end = problem->edge_start[d + 1];
        for (uint32_t e = start; e < end; e++) it.order[e] = e, it.demand[e] = d;
        qsort(it.order + start, end - start, sizeof *it.order, textbook_compare);
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (uint32_t d = 0; d < problem->demand_count; d++) {
            uint32_t at = problem->edge_start[d] + it.next[d];
            if (it.demand_load[d] >= problem->demand_max[d] || at == problem->edge_start[d + 1]) continue;
            uint32_t edge = it.order[at], s = problem->edge_supplier[edge], worst;
            it.next[d]++;
            moved = true;
            if (problem->edge_score[edge] <= 0 || back[edge] <= 0 || problem->supplier_max[s] == 0) continue;
            it.held[edge] = 1, it.demand_load[d]++, it.supplier_load[s]++;
            if (it.supplier_load[s] <= problem->supplier_max[s]) continue;
            worst = textbook_worst(&it, s);
            it.held[worst] = 0, it.demand_load[it.demand[worst]]--, it.supplier_load[s]--;
        }
    }
    free(it.order), free(it.next), free(it.demand), free(it.demand_load), free(it.supplier_load);
    return it.held;
}

#endif
