/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Assignment problems for tests: random small ones, the public instances, and a search through all assignments that
 * knows nothing of flows. In: a seeded generator or a file. Out: an owned problem whose parts a test may change.
 */
#ifndef IEUM_TEST_ASSIGNMENT_CASES_H
#define IEUM_TEST_ASSIGNMENT_CASES_H

#include "../../engine/base/random.h"
#include "../../engine/match/assignment.h"
#include "test.h"

enum { CASE_SIDE = 6, CASE_EDGES = 36, CASE_GROUPS = 8, CASE_PAIRS = 8 };

/* A problem with room of its own; `problem` points into it (case_point after copying). */
struct small_case {
    struct assignment_problem problem;
    uint32_t start[CASE_SIDE + 1], supplier[CASE_EDGES];
    int64_t score[CASE_EDGES];
    int64_t demand_min[CASE_SIDE], demand_max[CASE_SIDE], supplier_min[CASE_SIDE], supplier_max[CASE_SIDE];
    struct assignment_pair locks[CASE_PAIRS], vetoes[CASE_PAIRS];
    struct assignment_group groups[CASE_GROUPS];
    uint32_t members[CASE_GROUPS][CASE_SIDE];
};

static inline void case_point(struct small_case *it) {
    struct assignment_problem *problem = &it->problem;
    problem->edge_start = it->start, problem->edge_supplier = it->supplier, problem->edge_score = it->score;
    problem->demand_min = it->demand_min, problem->demand_max = it->demand_max;
    problem->supplier_min = it->supplier_min, problem->supplier_max = it->supplier_max;
    problem->locks = it->locks, problem->vetoes = it->vetoes, problem->groups = it->groups;
    for (int g = 0; g < CASE_GROUPS; g++) it->groups[g].members = it->members[g];
}

static inline int64_t case_score(struct random *random, uint64_t style) {
    switch (style) {
    case 0: return (int64_t)random_below(random, 4);                       /* many ties and zeros */
    case 1: return (int64_t)random_below(random, 2000000000) - 1000000000; /* any sign */
    case 2: return (int64_t)random_below(random, 1000000001);              /* [0, 1] */
    case 3: return (int64_t)random_below(random, 5) - 2;                   /* few values, any sign */
    default: return random_below(random, 2) ? ASSIGNMENT_SCORE_LIMIT : -ASSIGNMENT_SCORE_LIMIT;
    }
}

static inline void case_bounds(struct random *random, uint32_t count, uint64_t tightness, int64_t *min, int64_t *max) {
    for (uint32_t i = 0; i < count; i++) {
        max[i] = (int64_t)random_below(random, 4) + (random_below(random, 4) != 0);
        min[i] = random_below(random, 4) < tightness ? (int64_t)random_below(random, (uint64_t)max[i] + 1) : 0;
        if (random_below(random, 16) == 0) max[i] = ASSIGNMENT_NO_MAX;
    }
}

/* A nested family: ranges of a shuffled side, each new one inside, around or apart from those before by construction.
 */
static inline void case_split(struct small_case *it, struct random *random, enum assignment_side side,
                              const uint32_t *order, uint32_t from, uint32_t to, uint32_t most, uint64_t tightness) {
    struct assignment_problem *problem = &it->problem;
    if (from >= to || problem->group_count >= most) return;
    if (random_below(random, 2)) {
        struct assignment_group *group = &it->groups[problem->group_count];
        uint32_t *members = it->members[problem->group_count++];
        for (uint32_t i = from; i < to; i++) members[i - from] = order[i];
        *group = (struct assignment_group){.side = side, .members = members, .member_count = to - from};
        group->max = (int64_t)random_below(random, 2 * (uint64_t)(to - from) + 1);
        if (random_below(random, 4) < tightness) group->min = (int64_t)random_below(random, (uint64_t)group->max + 1);
    }
    if (to - from == 1) return;
    uint32_t middle = from + 1 + (uint32_t)random_below(random, to - from - 1);
    case_split(it, random, side, order, from, middle, most, tightness);
    case_split(it, random, side, order, middle, to, most, tightness);
}

static inline void case_groups(struct small_case *it, struct random *random, enum assignment_side side, uint32_t count,
                               uint32_t most, uint64_t tightness) {
    uint32_t order[CASE_SIDE];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = (uint32_t)random_below(random, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    case_split(it, random, side, order, 0, count, most, tightness);
}

static inline void case_random(struct small_case *it, struct random *random, uint32_t side, uint32_t edges) {
    uint64_t style = random_below(random, 5), fill = 1 + random_below(random, 4), tightness = random_below(random, 3);
    memset(it, 0, sizeof *it);
    case_point(it);
    struct assignment_problem *problem = &it->problem;
    problem->demand_count = (uint32_t)random_below(random, side + 1);
    problem->supplier_count = (uint32_t)random_below(random, side + 1);
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        uint32_t end = it->start[d];
        for (uint32_t s = 0; s < problem->supplier_count; s++) {
            if (end >= edges || random_below(random, 4) >= fill) continue;
            it->supplier[end] = s;
            it->score[end++] = case_score(random, style);
        }
        it->start[d + 1] = end;
    }
    case_bounds(random, problem->demand_count, tightness, it->demand_min, it->demand_max);
    case_bounds(random, problem->supplier_count, tightness, it->supplier_min, it->supplier_max);
    if (problem->demand_count && problem->supplier_count) {
        uint32_t locks = random_below(random, 3) == 0 ? (uint32_t)random_below(random, 4) : 0;
        uint32_t vetoes = random_below(random, 2) ? (uint32_t)random_below(random, CASE_PAIRS + 1) : 0;
        for (uint32_t i = 0; i < locks + vetoes; i++) {
            struct assignment_pair pair = {(uint32_t)random_below(random, problem->demand_count),
                                           (uint32_t)random_below(random, problem->supplier_count)};
            if (i < locks)
                it->locks[problem->lock_count++] = pair;
            else
                it->vetoes[problem->veto_count++] = pair;
        }
    }
    if (random_below(random, 2)) {
        case_groups(it, random, ASSIGNMENT_DEMAND, problem->demand_count, CASE_GROUPS / 2, tightness);
        case_groups(it, random, ASSIGNMENT_SUPPLIER, problem->supplier_count, CASE_GROUPS, tightness);
    }
}

/* ---- every assignment, one by one ---- */

struct search_all {
    const struct assignment_problem *problem;
    uint8_t must[CASE_EDGES], never[CASE_EDGES], chosen[CASE_EDGES];
    uint32_t demand[CASE_EDGES];
    int64_t demand_load[CASE_SIDE], supplier_load[CASE_SIDE];
    bool exists;
    int64_t best;
    void (*visit)(struct search_all *search); /* called for every assignment, by `chosen`; NULL: seek the best total */
    void *context;
};

static inline void search_leaf(struct search_all *search, int64_t total) {
    const struct assignment_problem *problem = search->problem;
    if (!search->visit && search->exists && total <= search->best) return;
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        if (search->demand_load[d] < problem->demand_min[d] || search->demand_load[d] > problem->demand_max[d]) return;
    }
    for (uint32_t s = 0; s < problem->supplier_count; s++) {
        if (search->supplier_load[s] < problem->supplier_min[s]) return;
    }
    for (uint32_t g = 0; g < problem->group_count; g++) {
        const struct assignment_group *group = &problem->groups[g];
        int64_t sum = 0;
        for (uint32_t i = 0; i < group->member_count; i++) {
            sum += group->side == ASSIGNMENT_DEMAND ? search->demand_load[group->members[i]]
                                                    : search->supplier_load[group->members[i]];
        }
        if (sum < group->min || sum > group->max) return;
    }
    search->exists = true;
    search->best = total;
    if (search->visit) search->visit(search);
}

static inline void search_edge(struct search_all *search, uint32_t edge, int64_t total) {
    const struct assignment_problem *problem = search->problem;
    if (edge == problem->edge_start[problem->demand_count]) {
        search_leaf(search, total);
        return;
    }
    uint32_t d = search->demand[edge], s = problem->edge_supplier[edge];
    if (!search->must[edge]) search_edge(search, edge + 1, total);
    if (search->never[edge] || search->demand_load[d] >= problem->demand_max[d] ||
        search->supplier_load[s] >= problem->supplier_max[s]) {
        return;
    }
    search->demand_load[d]++;
    search->supplier_load[s]++;
    search->chosen[edge] = 1;
    search_edge(search, edge + 1, total + problem->edge_score[edge]);
    search->chosen[edge] = 0;
    search->demand_load[d]--;
    search->supplier_load[s]--;
}

/* Every assignment is visited, or the best total sought. False: there is no assignment. */
static inline bool case_visit(const struct assignment_problem *problem, int64_t *best,
                              void (*visit)(struct search_all *search), void *context) {
    struct search_all search = {.problem = problem, .visit = visit, .context = context};
    uint32_t locked = 0;
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            search.demand[e] = d;
            for (uint32_t i = 0; i < problem->veto_count; i++) {
                search.never[e] |=
                    problem->vetoes[i].demand == d && problem->vetoes[i].supplier == problem->edge_supplier[e];
            }
        }
    }
    for (uint32_t i = 0; i < problem->lock_count; i++) {
        bool found = false;
        uint32_t d = problem->locks[i].demand;
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            if (problem->edge_supplier[e] == problem->locks[i].supplier) search.must[e] = found = true;
        }
        locked += found;
    }
    if (locked == problem->lock_count) search_edge(&search, 0, 0);
    *best = search.best;
    return search.exists;
}

/* The greatest total, by trying everything. False: there is no assignment. */
static inline bool case_search(const struct assignment_problem *problem, int64_t *best) {
    return case_visit(problem, best, NULL, NULL);
}

#endif
