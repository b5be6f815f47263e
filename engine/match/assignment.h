/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact assignment, method max_sum: the greatest total score under bounds on both sides, locks, vetoes and groups, all
 * jointly.
 *
 * In: an assignment_problem, flat arrays with dense indices. Out: an assignment_result, either the pairs with prices
 * that prove them optimal (certificate.h says how) or a set of requirements that contradict each other (infeasible.h).
 * It must not read or write JSON, nor know what a demand or a supplier is.
 *
 * Scores are fixed point: ASSIGNMENT_ONE (10⁹) is 1. Every sum is exact. A negative score is allowed: such a pair is
 * chosen only when a minimum or another pair's gain asks for it.
 *
 * Which optimum: the same input gives the same output, always. No chosen pair of score 0 could be left out without
 * breaking a minimum or a lock (they are left out from the last pair to the first). Nothing more is promised among
 * equals.
 */
#ifndef IEUM_MATCH_ASSIGNMENT_H
#define IEUM_MATCH_ASSIGNMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"

#define ASSIGNMENT_ONE INT64_C(1000000000)
#define ASSIGNMENT_SCORE_LIMIT INT64_C(1000000000000) /* |score|, fixed point: 1000 */
#define ASSIGNMENT_EDGE_LIMIT (UINT32_C(1) << 30)     /* pairs, and also demands and suppliers */
#define ASSIGNMENT_NO_MAX INT64_MAX
#define ASSIGNMENT_NONE UINT32_MAX

enum assignment_side { ASSIGNMENT_DEMAND, ASSIGNMENT_SUPPLIER };

struct assignment_pair {
    uint32_t demand, supplier;
};

/* Limits the total number of pairs of its members together. The groups of one side must be nested or disjoint. */
struct assignment_group {
    enum assignment_side side;
    const uint32_t *members; /* indices of that side, each once, in any order; at least one */
    uint32_t member_count;
    int64_t min, max; /* pairs, 0 <= min <= max */
};

struct assignment_problem {
    uint32_t demand_count, supplier_count;
    /* The candidate pairs, demand by demand: those of demand d are edge_start[d] .. edge_start[d + 1]. */
    const uint32_t *edge_start;                 /* demand_count + 1 */
    const uint32_t *edge_supplier;              /* strictly increasing within a demand */
    const int64_t *edge_score;                  /* fixed point */
    const int64_t *demand_min, *demand_max;     /* demand_count each: suppliers per demand */
    const int64_t *supplier_min, *supplier_max; /* supplier_count each: demands per supplier */
    const struct assignment_pair *locks;        /* must be chosen; one that is no candidate pair is a contradiction */
    const struct assignment_pair *vetoes;       /* must not be chosen; one that is no candidate pair changes nothing */
    const struct assignment_group *groups;
    uint32_t lock_count, veto_count, group_count;
};

enum assignment_status { ASSIGNMENT_OPTIMAL, ASSIGNMENT_INFEASIBLE };

/* What is done about a candidate pair: bits. */
enum { ASSIGNMENT_EDGE_LOCKED = 1, ASSIGNMENT_EDGE_VETOED = 2 };

/* A requirement that takes part in a contradiction. `index` counts demands, suppliers, groups, locks or vetoes. */
enum assignment_need {
    ASSIGNMENT_DEMAND_MIN,
    ASSIGNMENT_DEMAND_MAX,
    ASSIGNMENT_SUPPLIER_MIN,
    ASSIGNMENT_SUPPLIER_MAX,
    ASSIGNMENT_GROUP_MIN,
    ASSIGNMENT_GROUP_MAX,
    ASSIGNMENT_LOCK,
    ASSIGNMENT_VETO,
    ASSIGNMENT_Q /* method random: no pair surer than q; index 0 */
};

struct assignment_requirement {
    enum assignment_need need;
    uint32_t index;
};

/*
 * Why there is no assignment. The requirements contradict each other even when every other minimum, maximum, lock and
 * veto is waived; when `irreducible`, waiving any one of them resolves it. (Not irreducible: the search for a smaller
 * set was stopped at its work limit.) The proof is a cut, see infeasible.h: `least` pairs must enter it, `room` can
 * leave it. A lock on what is no candidate pair, or is vetoed too, needs no cut: then least = 1, room = 0 and the cut
 * is empty.
 */
struct assignment_reason {
    struct assignment_requirement *requirements;
    uint32_t count;
    bool irreducible;
    int64_t least, room;
    uint8_t *demand_in_cut, *supplier_in_cut, *group_in_cut; /* 0 or 1 each; NULL when the cut is empty */
    uint8_t root_in_cut;
};

struct assignment_result {
    enum assignment_status status;
    uint8_t *edge_rule; /* per candidate pair, ASSIGNMENT_EDGE_… bits */
    /* When optimal: */
    uint8_t *chosen;               /* per candidate pair, 0 or 1 */
    struct assignment_pair *pairs; /* the chosen ones, by demand, then supplier */
    uint32_t pair_count;
    int64_t total;                                        /* fixed point: the sum of the chosen scores */
    int64_t *demand_price, *supplier_price, *group_price; /* fixed point; certificate.h says what they prove */
    uint64_t pivots;                                      /* steps of the simplex, for benches */
    /* When infeasible: */
    struct assignment_reason reason;
};

/*
 * Solves the problem. IEUM_INVALID (with a pointer into op assign's request: /demand/min/3, /groups/1, /locks/0 …) when
 * it is malformed or groups of one side cross; IEUM_LIMIT when numbers or sizes are too great; IEUM_MEMORY. A problem
 * without an assignment is a result. `*result` is written on IEUM_OK only; free it with assignment_result_free.
 */
ieum_status assignment_solve(const struct assignment_problem *assignment, struct assignment_result *result,
                             struct problem *problem);
void assignment_result_free(struct assignment_result *result);

/* A score as fixed point, rounded to the nearest 10⁻⁹ (halves away from zero). False when not finite or beyond the
 * limit. */
bool assignment_fixed_point(double score, int64_t *fixed);

#endif
