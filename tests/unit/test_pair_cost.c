/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What forcing and barring a pair costs, held against solving again with the lock or veto and against a search through
 * all assignments; the changes named, applied; the score and the places that flip a pair's lot, tried.
 * $IEUM_CASES sets how many random problems are tried.
 */
#include "../../engine/base/memory.h"
#include "../../engine/match/pair_cost.h"
#include "assignment_cases.h"

enum { SMALL_EDGES = 13, MORE_PAIRS = CASE_PAIRS + 1 };

static long case_count(long usual) {
    const char *text = getenv("IEUM_CASES");
    return text ? strtol(text, NULL, 10) : usual;
}

/* The problem with one pair locked (veto lifted) or vetoed (lock lifted). */
struct changed_case {
    struct assignment_problem problem;
    struct assignment_pair locks[MORE_PAIRS], vetoes[MORE_PAIRS];
};

static uint32_t copy_others(const struct assignment_pair *from, uint32_t count, struct assignment_pair pair,
                            struct assignment_pair *to) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (from[i].demand != pair.demand || from[i].supplier != pair.supplier) to[kept++] = from[i];
    }
    return kept;
}

static void change_case(const struct assignment_problem *from, struct assignment_pair pair, bool force,
                        struct changed_case *to) {
    to->problem = *from;
    to->problem.locks = to->locks, to->problem.vetoes = to->vetoes;
    to->problem.lock_count = copy_others(from->locks, from->lock_count, pair, to->locks);
    to->problem.veto_count = copy_others(from->vetoes, from->veto_count, pair, to->vetoes);
    if (force)
        to->locks[to->problem.lock_count++] = pair;
    else
        to->vetoes[to->problem.veto_count++] = pair;
}

static bool find_in(const struct assignment_problem *problem, struct assignment_pair pair, uint32_t *edge) {
    for (*edge = problem->edge_start[pair.demand]; *edge < problem->edge_start[pair.demand + 1]; (*edge)++) {
        if (problem->edge_supplier[*edge] == pair.supplier) return true;
    }
    return false;
}

/* Whether the chosen pairs keep everything; their total. */
static bool keeps_all(const struct assignment_problem *problem, const uint8_t *chosen, int64_t *total) {
    struct search_all search = {.problem = problem};
    uint32_t edge;
    *total = 0;
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            if (!chosen[e]) continue;
            search.demand_load[d]++;
            search.supplier_load[problem->edge_supplier[e]]++;
            *total += problem->edge_score[e];
        }
    }
    for (uint32_t s = 0; s < problem->supplier_count; s++) {
        if (search.supplier_load[s] > problem->supplier_max[s]) return false;
    }
    for (uint32_t i = 0; i < problem->lock_count; i++) {
        if (!find_in(problem, problem->locks[i], &edge) || !chosen[edge]) return false;
    }
    for (uint32_t i = 0; i < problem->veto_count; i++) {
        if (find_in(problem, problem->vetoes[i], &edge) && chosen[edge]) return false;
    }
    search_leaf(&search, 0);
    return search.exists;
}

/* The changes applied one by one: false when one is none (adding what is there, dropping what is not). */
static bool apply(const struct assignment_problem *problem, const struct pair_cost *cost, uint8_t *chosen) {
    uint32_t edge;
    for (uint32_t i = 0; i < cost->add_count; i++) {
        if (!find_in(problem, cost->adds[i], &edge) || chosen[edge]) return false;
        chosen[edge] = 1;
    }
    for (uint32_t i = 0; i < cost->drop_count; i++) {
        if (!find_in(problem, cost->drops[i], &edge) || !chosen[edge]) return false;
        chosen[edge] = 0;
    }
    return true;
}

static bool solve(const struct assignment_problem *assignment, struct assignment_result *result) {
    struct problem problem = {0};
    *result = (struct assignment_result){0};
    CHECK_INT(assignment_solve(assignment, result, &problem), IEUM_OK);
    return result->status == ASSIGNMENT_OPTIMAL;
}

/* ---- the checks of one pair ---- */

static long check_change(const struct assignment_problem *problem, const struct assignment_result *result,
                         const struct pair_cost *cost, bool search) {
    struct changed_case changed;
    struct assignment_result again;
    uint8_t chosen[CASE_EDGES];
    int64_t total, best;
    bool force = cost->state == PAIR_NOT_CHOSEN || cost->state == PAIR_VETOED;
    long wrong = 0;
    change_case(problem, cost->pair, force, &changed);
    bool exists = solve(&changed.problem, &again);
    wrong += exists != cost->possible;
    if (exists && cost->possible) {
        wrong += again.total != result->total - cost->cost;
        wrong += cost->cost < 0 && (cost->state == PAIR_CHOSEN || cost->state == PAIR_NOT_CHOSEN);
        memcpy(chosen, result->chosen, problem->edge_start[problem->demand_count]);
        wrong += !apply(problem, cost, chosen) || !keeps_all(&changed.problem, chosen, &total) || total != again.total;
        const struct assignment_pair *first = force ? cost->adds : cost->drops;
        wrong += first[0].demand != cost->pair.demand || first[0].supplier != cost->pair.supplier;
    }
    if (search) {
        wrong += case_search(&changed.problem, &best) != cost->possible;
        wrong += cost->possible && best != result->total - cost->cost;
    }
    assignment_result_free(&again);
    return wrong;
}

/* Whether the pair is chosen when it has another score. */
static bool chosen_at(const struct assignment_problem *problem, uint32_t edge, int64_t score) {
    struct assignment_problem other = *problem;
    struct assignment_result again;
    int64_t scores[CASE_EDGES];
    memcpy(scores, problem->edge_score, sizeof *scores * problem->edge_start[problem->demand_count]);
    scores[edge] = score;
    other.edge_score = scores;
    bool chosen = solve(&other, &again) && again.chosen[edge];
    assignment_result_free(&again);
    return chosen;
}

static long check_flip(const struct assignment_problem *problem, const struct pair_cost *cost, long *tried) {
    uint32_t edge;
    bool free_pair = cost->state == PAIR_CHOSEN || cost->state == PAIR_NOT_CHOSEN;
    if (cost->can_flip != (free_pair && cost->possible)) return 1;
    if (!cost->can_flip || llabs(cost->score_to_flip) >= ASSIGNMENT_SCORE_LIMIT) return 0;
    find_in(problem, cost->pair, &edge);
    (*tried)++;
    return !chosen_at(problem, edge, cost->score_to_flip + 1) + chosen_at(problem, edge, cost->score_to_flip - 1);
}

static int64_t *maximum_of(struct small_case *it, struct assignment_requirement maximum) {
    if (maximum.need == ASSIGNMENT_DEMAND_MAX) return &it->demand_max[maximum.index];
    if (maximum.need == ASSIGNMENT_SUPPLIER_MAX) return &it->supplier_max[maximum.index];
    return &it->groups[maximum.index].max;
}

static long check_capacities(const struct small_case *it, const struct assignment_result *result,
                             const struct pair_cost *cost, bool search, long *flips) {
    long wrong = 0;
    uint32_t edge;
    find_in(&it->problem, cost->pair, &edge);
    for (uint32_t i = 0; i < cost->capacity_count; i++) {
        const struct pair_capacity *capacity = &cost->capacities[i];
        struct small_case wider = *it;
        struct assignment_result again;
        int64_t best;
        case_point(&wider);
        ++*maximum_of(&wider, capacity->maximum);
        wrong += !solve(&wider.problem, &again) || again.total != result->total + capacity->gain;
        wrong += capacity->gain > 0 && capacity->flips != (again.chosen[edge] != result->chosen[edge]);
        wrong += capacity->gain == 0 && capacity->flips;
        if (search) wrong += !case_search(&wider.problem, &best) || best != result->total + capacity->gain;
        *flips += capacity->flips;
        assignment_result_free(&again);
    }
    return wrong;
}

/* ---- random problems ---- */

TEST(costs_equal_solving_again) {
    struct random random;
    long wrong = 0, states[5] = {0}, impossible = 0, dear = 0, flips = 0, scores = 0, count = case_count(10000);
    random_seed(&random, 20260501);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct assignment_result result;
        struct assignment_pair pairs[CASE_SIDE * CASE_SIDE];
        struct pair_costs costs = {0};
        struct problem problem = {0};
        bool search = i % 8 == 0;
        case_random(&it, &random, search ? 4 : CASE_SIDE, search ? SMALL_EDGES : CASE_EDGES);
        if (!solve(&it.problem, &result)) {
            assignment_result_free(&result);
            continue;
        }
        uint32_t asked = 0;
        for (uint32_t d = 0; d < it.problem.demand_count; d++) {
            for (uint32_t s = 0; s < it.problem.supplier_count; s++) {
                pairs[asked++] = (struct assignment_pair){d, s};
            }
        }
        CHECK_INT(pair_costs_explain(&it.problem, &result, pairs, asked, &costs, &problem), IEUM_OK);
        for (uint32_t j = 0; j < costs.count; j++) {
            const struct pair_cost *cost = &costs.items[j];
            states[cost->state]++;
            if (cost->state == PAIR_NOT_CANDIDATE) {
                wrong += cost->possible || cost->capacity_count > 0;
                continue;
            }
            wrong += check_change(&it.problem, &result, cost, search);
            wrong += check_flip(&it.problem, cost, &scores);
            wrong += check_capacities(&it, &result, cost, search, &flips);
            impossible += !cost->possible;
            dear += cost->cost < 0;
        }
        pair_costs_free(&costs);
        assignment_result_free(&result);
    }
    printf(
        "pairs: %ld chosen, %ld not, %ld locked, %ld vetoed, %ld none; %ld impossible, %ld dear rules, %ld flips by a "
        "place, %ld scores tried\n",
        states[0], states[1], states[2], states[3], states[4], impossible, dear, flips, scores);
    CHECK_INT(wrong, 0);
    for (int state = 0; state < 5; state++) CHECK(states[state] > 0);
    CHECK(impossible > 0 && dear > 0 && flips > 0 && scores > 0);
}

/* ---- by hand ---- */

/* Two demands want the supplier with one place; d1 gets it because d0 has a good second choice. */
TEST(says_who_would_be_displaced) {
    static const uint32_t start[] = {0, 2, 4}, supplier[] = {0, 1, 0, 1};
    static const int64_t score[] = {900, 800, 700, 100}, zero[] = {0, 0}, one[] = {1, 1};
    const struct assignment_problem it = {2,   2,    start, supplier, score, zero, one, zero,
                                          one, NULL, NULL,  NULL,     0,     0,    0};
    const struct assignment_pair asked[] = {{0, 0}, {1, 0}};
    struct assignment_result result;
    struct pair_costs costs = {0};
    struct problem problem = {0};
    CHECK(solve(&it, &result));
    CHECK_INT(result.total, 1500);
    CHECK_INT(pair_costs_explain(&it, &result, asked, 2, &costs, &problem), IEUM_OK);
    const struct pair_cost *not_chosen = &costs.items[0], *chosen = &costs.items[1];
    CHECK_INT(not_chosen->state, PAIR_NOT_CHOSEN);
    CHECK_INT(not_chosen->cost, 500);
    CHECK_INT(not_chosen->score_to_flip, 1400);
    CHECK_INT(not_chosen->add_count, 2);
    CHECK_INT(not_chosen->drop_count, 2);
    CHECK_INT(not_chosen->adds[1].demand * 10 + not_chosen->adds[1].supplier, 11);
    CHECK_INT(not_chosen->capacity_count, 2);
    CHECK_INT(not_chosen->capacities[1].maximum.need, ASSIGNMENT_SUPPLIER_MAX);
    CHECK_INT(not_chosen->capacities[1].gain, 100);
    CHECK(not_chosen->capacities[1].flips);
    CHECK_INT(chosen->state, PAIR_CHOSEN);
    CHECK_INT(chosen->cost, 500);
    CHECK_INT(chosen->score_to_flip, 200);
    pair_costs_free(&costs);
    assignment_result_free(&result);
}

TEST(nothing_asked_and_nobody_there) {
    static const uint32_t start[] = {0, 0};
    static const int64_t zero[] = {0}, one[] = {1};
    const struct assignment_problem it = {1, 1, start, NULL, NULL, zero, one, zero, one, NULL, NULL, NULL, 0, 0, 0};
    const struct assignment_pair wrong[] = {{0, 0}, {0, 1}, {1, 0}};
    struct assignment_result result;
    struct pair_costs costs = {0};
    struct problem problem = {0};
    CHECK(solve(&it, &result));
    CHECK_INT(pair_costs_explain(&it, &result, NULL, 0, &costs, &problem), IEUM_OK);
    pair_costs_free(&costs);
    CHECK_INT(pair_costs_explain(&it, &result, wrong, 1, &costs, &problem), IEUM_OK);
    CHECK_INT(costs.items[0].state, PAIR_NOT_CANDIDATE);
    pair_costs_free(&costs);
    CHECK_INT(pair_costs_explain(&it, &result, wrong, 2, &costs, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/explain/1/1");
    problem_clear(&problem);
    CHECK_INT(pair_costs_explain(&it, &result, wrong + 2, 1, &costs, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/explain/0/0");
    assignment_result_free(&result);
}

/* A result of another problem is noticed, not priced. */
TEST(a_result_that_is_not_optimal_is_refused) {
    static const uint32_t start[] = {0, 2}, supplier[] = {0, 1};
    static const int64_t score[] = {5, 9}, other[] = {5, 1}, zero[] = {0, 0}, one[] = {1, 1};
    struct assignment_problem it = {1, 2, start, supplier, score, zero, one, zero, one, NULL, NULL, NULL, 0, 0, 0};
    const struct assignment_pair asked[] = {{0, 0}};
    struct assignment_result result;
    struct pair_costs costs = {0};
    struct problem problem = {0};
    CHECK(solve(&it, &result));
    it.edge_score = other;
    CHECK_INT(pair_costs_explain(&it, &result, asked, 1, &costs, &problem), IEUM_INTERNAL);
    CHECK(problem.ko[0] && problem.en[0]);
    assignment_result_free(&result);
}

TEST(every_failing_allocation_is_reported) {
    struct random random;
    random_seed(&random, 9);
    for (int i = 0; i < 20; i++) {
        struct small_case it;
        struct assignment_result result;
        struct pair_costs costs = {0};
        struct problem problem = {0};
        struct assignment_pair pairs[CASE_EDGES];
        ieum_status status = IEUM_MEMORY;
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        if (solve(&it.problem, &result)) {
            for (uint32_t p = 0; p < result.pair_count; p++) pairs[p] = result.pairs[p];
            for (uint64_t n = 1; status == IEUM_MEMORY && n < 10000; n++) {
                problem_clear(&problem);
                memory_fail_at(n);
                status = pair_costs_explain(&it.problem, &result, pairs, result.pair_count, &costs, &problem);
                memory_fail_at(0);
            }
            CHECK_INT(status, IEUM_OK);
            pair_costs_free(&costs);
        }
        assignment_result_free(&result);
    }
    memory_clear_failed();
}

TEST_MAIN(costs_equal_solving_again, says_who_would_be_displaced, nothing_asked_and_nobody_there,
          a_result_that_is_not_optimal_is_refused, every_failing_allocation_is_reported)
