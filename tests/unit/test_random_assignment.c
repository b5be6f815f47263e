/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Method random: expected totals against a reference and against every grid of marginals; draws against the definition
 * of the rounding, against limits, and in their frequencies; reasons at q; forgeries. $IEUM_CASES sets how many random
 * problems are tried.
 */
#include "../../engine/base/memory.h"
#include "../../engine/match/bihierarchy_rounding.h"
#include "../../engine/match/certificate.h"
#include "../../engine/match/marginals_check.h"
#include "marginal_cases.h"

enum { SMALL_EDGES = 13 };

struct fraction {
    uint32_t numerator, denominator;
};

static const struct fraction fractions[] = {{1, 2},  {1, 3}, {2, 3},      {3, 10}, {9, 10},
                                            {7, 11}, {1, 4}, {123, 1000}, {1, 1}};

static long case_count(long usual) {
    const char *text = getenv("IEUM_CASES");
    return text ? strtol(text, NULL, 10) : usual;
}

static ieum_status solve(const struct assignment_problem *assignment, struct fraction q, uint64_t seed,
                         struct random_assignment_result *result) {
    struct problem problem = {0};
    ieum_status status = random_assignment_solve(assignment, q.numerator, q.denominator, seed, result, &problem);
    if (status != IEUM_OK) fprintf(stderr, "%s: %s\n", problem.pointer, problem.en);
    return status;
}

static struct fraction draw_fraction(struct random *random) {
    return fractions[random_below(random, sizeof fractions / sizeof *fractions)];
}

/* ---- what each pair may carry ---- */

enum { PAIR_LOCKED = 1, PAIR_VETOED = 2 };

static bool mark_pairs(const struct assignment_problem *problem, uint8_t *rule) {
    bool all = true;
    for (uint32_t i = 0; i < problem->lock_count + problem->veto_count; i++) {
        bool lock = i < problem->lock_count, found = false;
        struct assignment_pair pair = lock ? problem->locks[i] : problem->vetoes[i - problem->lock_count];
        for (uint32_t e = problem->edge_start[pair.demand]; e < problem->edge_start[pair.demand + 1]; e++) {
            if (problem->edge_supplier[e] != pair.supplier) continue;
            rule[e] |= lock ? PAIR_LOCKED : PAIR_VETOED;
            found = true;
        }
        if (lock) all = all && found;
    }
    return all;
}

/* By the reference. False: there are no marginals. */
static bool reference_best(const struct assignment_problem *problem, struct fraction q, int64_t *best) {
    uint8_t rule[CASE_EDGES] = {0};
    int64_t least[CASE_EDGES] = {0}, most[CASE_EDGES] = {0};
    if (!mark_pairs(problem, rule)) return false;
    for (uint32_t e = 0; e < problem->edge_start[problem->demand_count]; e++) {
        if (rule[e] == (PAIR_LOCKED | PAIR_VETOED)) return false;
        least[e] = rule[e] & PAIR_LOCKED ? q.denominator : 0;
        most[e] = rule[e] & PAIR_LOCKED ? q.denominator : rule[e] & PAIR_VETOED ? 0 : q.numerator;
    }
    return reference_solve(problem, q.denominator, least, most, best);
}

TEST(expected_totals_are_the_greatest) {
    struct random random;
    long differences = 0, infeasible = 0, count = case_count(3000);
    random_seed(&random, 20260401);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct random_assignment_result result;
        int64_t best;
        struct fraction q = draw_fraction(&random);
        case_random(&it, &random, i % 3 == 0 ? CASE_SIDE : 4, SMALL_EDGES);
        bool exists = reference_best(&it.problem, q, &best);
        if (solve(&it.problem, q, (uint64_t)i, &result) != IEUM_OK) {
            differences++;
            continue;
        }
        infeasible += !exists;
        differences += exists != (result.status == ASSIGNMENT_OPTIMAL);
        if (exists && result.status == ASSIGNMENT_OPTIMAL) differences += result.expected != best;
        random_assignment_result_free(&result);
    }
    printf("%ld problems, %ld without marginals\n", count, infeasible);
    CHECK_INT(differences, 0);
    CHECK(infeasible > count / 20 && infeasible < count * 19 / 20);
}

/* ---- against every grid ---- */

struct grid {
    const struct assignment_problem *problem;
    uint8_t rule[CASE_EDGES];
    uint32_t demand[CASE_EDGES];
    struct fraction q;
    int64_t marginal[CASE_EDGES], best;
    bool exists;
};

static bool grid_fits(const struct grid *it) {
    const struct assignment_problem *problem = it->problem;
    uint32_t limits = problem->demand_count + problem->supplier_count + problem->group_count;
    for (uint32_t limit = 0; limit < limits; limit++) {
        int64_t load = 0, min, max;
        uint32_t first_group = problem->demand_count + problem->supplier_count;
        for (uint32_t e = 0; e < problem->edge_start[problem->demand_count]; e++) {
            bool under = limit == it->demand[e] || limit == problem->demand_count + problem->edge_supplier[e];
            if (limit >= first_group) {
                const struct assignment_group *group = &problem->groups[limit - first_group];
                under = case_holds(group, ASSIGNMENT_DEMAND, it->demand[e]) ||
                        case_holds(group, ASSIGNMENT_SUPPLIER, problem->edge_supplier[e]);
            }
            if (under) load += it->marginal[e];
        }
        case_limit(problem, limit, &min, &max);
        if (load < min * it->q.denominator || load > max * it->q.denominator) return false;
    }
    return true;
}

static void grid_try(struct grid *it, uint32_t edge, int64_t total) {
    if (edge == it->problem->edge_start[it->problem->demand_count]) {
        if ((it->exists && total <= it->best) || !grid_fits(it)) return;
        it->exists = true;
        it->best = total;
        return;
    }
    bool locked = it->rule[edge] & PAIR_LOCKED, vetoed = it->rule[edge] & PAIR_VETOED;
    int64_t from = locked ? it->q.denominator : 0, to = locked ? from : vetoed ? 0 : it->q.numerator;
    for (int64_t m = from; m <= to; m++) {
        it->marginal[edge] = m;
        grid_try(it, edge + 1, total + m * it->problem->edge_score[edge]);
    }
}

static void grid_open(struct grid *it, const struct assignment_problem *problem, struct fraction q) {
    *it = (struct grid){.problem = problem, .q = q};
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) it->demand[e] = d;
    }
}

TEST(expected_totals_equal_the_best_grid) {
    struct random random;
    long differences = 0, seen = 0, count = case_count(3000);
    random_seed(&random, 20260402);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct random_assignment_result result;
        struct grid grid;
        struct fraction q = fractions[random_below(&random, 3)];
        case_random(&it, &random, 3, 6);
        grid_open(&grid, &it.problem, q);
        bool possible = mark_pairs(&it.problem, grid.rule);
        for (uint32_t e = 0; e < CASE_EDGES; e++) possible = possible && grid.rule[e] != (PAIR_LOCKED | PAIR_VETOED);
        if (possible) grid_try(&grid, 0, 0);
        if (solve(&it.problem, q, 1, &result) != IEUM_OK) {
            differences++;
            continue;
        }
        differences += grid.exists != (result.status == ASSIGNMENT_OPTIMAL);
        if (grid.exists && result.status == ASSIGNMENT_OPTIMAL) differences += result.expected != grid.best;
        seen += grid.exists;
        random_assignment_result_free(&result);
    }
    CHECK_INT(differences, 0);
    CHECK(seen > count / 4);
}

TEST(certain_pairs_give_the_greatest_total) {
    struct random random;
    long differences = 0, count = case_count(3000);
    random_seed(&random, 20260403);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct random_assignment_result result;
        struct assignment_result best;
        struct problem problem = {0};
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        CHECK_INT(assignment_solve(&it.problem, &best, &problem), IEUM_OK);
        CHECK_INT(solve(&it.problem, (struct fraction){1, 1}, 1, &result), IEUM_OK);
        differences += best.status != result.status;
        if (best.status == ASSIGNMENT_OPTIMAL && result.status == ASSIGNMENT_OPTIMAL) {
            differences += best.total != result.total || best.total != result.expected;
        }
        assignment_result_free(&best);
        random_assignment_result_free(&result);
    }
    CHECK_INT(differences, 0);
}

/* ---- draws ---- */

/* Flow, demands and suppliers of the rounding's arcs; returns the number of pairs. */
static uint32_t list_flow(const struct assignment_problem *problem, const uint32_t *marginal, int64_t *flow,
                          uint32_t *demand, uint32_t *supplier, uint32_t *edge) {
    uint32_t limits = problem->demand_count + problem->supplier_count + problem->group_count, pairs = 0;
    for (uint32_t limit = 0; limit < limits; limit++) flow[limit] = 0;
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            if (marginal[e] == 0) continue;
            uint32_t s = problem->edge_supplier[e];
            demand[pairs] = d, supplier[pairs] = problem->demand_count + s, edge[pairs] = e;
            flow[limits + pairs++] = marginal[e];
            flow[d] += marginal[e];
            flow[problem->demand_count + s] += marginal[e];
            for (uint32_t g = 0; g < problem->group_count; g++) {
                bool under = case_holds(&problem->groups[g], ASSIGNMENT_DEMAND, d) ||
                             case_holds(&problem->groups[g], ASSIGNMENT_SUPPLIER, s);
                if (under) flow[problem->demand_count + problem->supplier_count + g] += marginal[e];
            }
        }
    }
    return pairs;
}

TEST(draws_follow_the_definition) {
    struct random random;
    long differences = 0, drawn = 0, count = case_count(3000);
    random_seed(&random, 20260404);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct random_assignment_result result, again;
        int64_t flow[CASE_LIMITS + CASE_EDGES], seed = (int64_t)random_below(&random, INT64_C(1) << 53);
        uint32_t demand[CASE_EDGES], supplier[CASE_EDGES], edge[CASE_EDGES];
        struct fraction q = draw_fraction(&random);
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        CHECK_INT(solve(&it.problem, q, (uint64_t)seed, &result), IEUM_OK);
        if (result.status != ASSIGNMENT_OPTIMAL) {
            random_assignment_result_free(&result);
            continue;
        }
        uint32_t limits = it.problem.demand_count + it.problem.supplier_count + it.problem.group_count;
        uint32_t pairs = list_flow(&it.problem, result.marginal, flow, demand, supplier, edge);
        rounding_by_definition(&it.problem, q.denominator, (uint64_t)seed, flow, demand, supplier, pairs);
        for (uint32_t k = 0; k < pairs; k++) {
            differences += flow[limits + k] != (result.chosen[edge[k]] ? (int64_t)q.denominator : 0);
        }
        CHECK_INT(solve(&it.problem, q, (uint64_t)seed, &again), IEUM_OK);
        uint32_t edges = it.start[it.problem.demand_count];
        differences += memcmp(again.chosen, result.chosen, edges) != 0 || again.total != result.total;
        differences += memcmp(again.marginal, result.marginal, sizeof *again.marginal * edges) != 0;
        drawn++;
        random_assignment_result_free(&again);
        random_assignment_result_free(&result);
    }
    CHECK_INT(differences, 0);
    CHECK(drawn > count / 10);
}

/* Pairs come with exactly their chances: within 5 standard deviations of many draws, and all of them together as a χ².
 */
TEST(frequencies_approach_the_marginals) {
    enum { PROBLEMS = 25, DRAWS = 4000 };
    struct random random;
    long far = 0, broken = 0, fractional = 0;
    double square = 0;
    random_seed(&random, 20260405);
    for (int i = 0; i < PROBLEMS;) {
        struct small_case it;
        struct random_assignment_result result;
        struct laminar laminar;
        struct problem problem = {0};
        long times[CASE_EDGES] = {0};
        struct fraction q = fractions[random_below(&random, 8)];
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        uint32_t edges = it.start[it.problem.demand_count];
        CHECK_INT(solve(&it.problem, q, 1, &result), IEUM_OK);
        if (result.status != ASSIGNMENT_OPTIMAL || result.expected <= 0) {
            random_assignment_result_free(&result);
            continue;
        }
        i++;
        CHECK_INT(laminar_build(&it.problem, &laminar, &problem), IEUM_OK);
        struct assignment_pair pairs[CASE_EDGES], *own = result.pairs;
        result.pairs = pairs;
        for (uint64_t seed = 0; seed < DRAWS; seed++) {
            CHECK_INT(
                bihierarchy_round(&it.problem, &laminar, result.marginal, q.denominator, seed, result.chosen, &problem),
                IEUM_OK);
            result.pair_count = 0, result.total = 0;
            for (uint32_t d = 0; d < it.problem.demand_count; d++) {
                for (uint32_t e = it.start[d]; e < it.start[d + 1]; e++) {
                    times[e] += result.chosen[e];
                    if (!result.chosen[e]) continue;
                    pairs[result.pair_count++] = (struct assignment_pair){d, it.supplier[e]};
                    result.total += it.score[e];
                }
            }
            broken += marginals_check_draw(&it.problem, &result, &problem) != IEUM_OK;
        }
        for (uint32_t e = 0; e < edges; e++) {
            double chance = (double)result.marginal[e] / q.denominator, off = (double)times[e] - chance * DRAWS;
            double variance = DRAWS * chance * (1 - chance);
            if (variance == 0) {
                far += off != 0;
                continue;
            }
            far += off * off > 25 * variance;
            square += off * off / variance;
            fractional++;
        }
        result.pairs = own;
        laminar_free(&laminar);
        random_assignment_result_free(&result);
    }
    printf("%ld fractional pairs: mean square deviation %.3f (1 expected)\n", fractional, square / (double)fractional);
    CHECK_INT(far, 0);
    CHECK_INT(broken, 0);
    CHECK(fractional > 100 && square / (double)fractional > 0.6 && square / (double)fractional < 1.4);
}

/* ---- reasons ---- */

/* Whether the named requirements, less one, can be met together. */
static bool named_can_be_met(const struct small_case *from, struct fraction q, const struct assignment_reason *reason,
                             uint32_t waived) {
    struct small_case it = *from;
    uint8_t locked[CASE_EDGES] = {0}, rule[CASE_EDGES] = {0};
    int64_t least[CASE_EDGES], most[CASE_EDGES], best;
    bool q_named = false;
    case_point(&it);
    mark_pairs(&from->problem, locked);
    for (uint32_t i = 0; i < CASE_SIDE; i++) {
        it.demand_min[i] = it.supplier_min[i] = 0;
        it.demand_max[i] = it.supplier_max[i] = ASSIGNMENT_NO_MAX;
    }
    for (uint32_t g = 0; g < CASE_GROUPS; g++) it.groups[g].min = 0, it.groups[g].max = ASSIGNMENT_NO_MAX;
    it.problem.lock_count = it.problem.veto_count = 0;
    for (uint32_t i = 0; i < reason->count; i++) {
        uint32_t at = reason->requirements[i].index;
        if (i == waived) continue;
        switch (reason->requirements[i].need) {
        case ASSIGNMENT_DEMAND_MIN: it.demand_min[at] = from->demand_min[at]; break;
        case ASSIGNMENT_DEMAND_MAX: it.demand_max[at] = from->demand_max[at]; break;
        case ASSIGNMENT_SUPPLIER_MIN: it.supplier_min[at] = from->supplier_min[at]; break;
        case ASSIGNMENT_SUPPLIER_MAX: it.supplier_max[at] = from->supplier_max[at]; break;
        case ASSIGNMENT_GROUP_MIN: it.groups[at].min = from->groups[at].min; break;
        case ASSIGNMENT_GROUP_MAX: it.groups[at].max = from->groups[at].max; break;
        case ASSIGNMENT_LOCK: it.locks[it.problem.lock_count++] = from->locks[at]; break;
        case ASSIGNMENT_VETO: it.vetoes[it.problem.veto_count++] = from->vetoes[at]; break;
        case ASSIGNMENT_Q: q_named = true; break;
        }
    }
    if (!mark_pairs(&it.problem, rule)) return false;
    for (uint32_t e = 0; e < it.start[it.problem.demand_count]; e++) {
        if (rule[e] == (PAIR_LOCKED | PAIR_VETOED)) return false;
        least[e] = rule[e] & PAIR_LOCKED ? q.denominator : 0;
        most[e] = q_named && !(locked[e] & PAIR_LOCKED) ? q.numerator : q.denominator;
        if (rule[e] & PAIR_VETOED) most[e] = 0;
    }
    return reference_solve(&it.problem, q.denominator, least, most, &best);
}

TEST(reasons_are_true_and_irreducible) {
    struct random random;
    long wrong = 0, reducible = 0, seen = 0, by_q = 0, count = case_count(3000);
    random_seed(&random, 20260406);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct random_assignment_result result;
        struct fraction q = draw_fraction(&random);
        case_random(&it, &random, CASE_SIDE, 11);
        CHECK_INT(solve(&it.problem, q, 1, &result), IEUM_OK);
        if (result.status == ASSIGNMENT_INFEASIBLE) {
            const struct assignment_reason *reason = &result.reason;
            seen++;
            wrong += named_can_be_met(&it, q, reason, UINT32_MAX) || reason->count == 0 || !reason->irreducible;
            for (uint32_t waived = 0; waived < reason->count; waived++) {
                reducible += !named_can_be_met(&it, q, reason, waived);
                by_q += reason->requirements[waived].need == ASSIGNMENT_Q;
            }
        }
        random_assignment_result_free(&result);
    }
    printf("%ld reasons, %ld of them name q\n", seen, by_q);
    CHECK_INT(wrong, 0);
    CHECK_INT(reducible, 0);
    CHECK(seen > count / 20 && by_q > count / 100);
}

TEST(corrupted_reasons_are_rejected) {
    struct random random;
    long accepted = 0, tried = 0, count = case_count(3000);
    random_seed(&random, 20260407);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct random_assignment_result result;
        struct problem problem = {0};
        struct fraction q = draw_fraction(&random);
        case_random(&it, &random, CASE_SIDE, 11);
        CHECK_INT(solve(&it.problem, q, 1, &result), IEUM_OK);
        struct assignment_reason *reason = &result.reason;
        if (result.status == ASSIGNMENT_INFEASIBLE && reason->demand_in_cut) {
            uint8_t *sides[3] = {reason->demand_in_cut, reason->supplier_in_cut, reason->group_in_cut};
            uint32_t counts[3] = {it.problem.demand_count, it.problem.supplier_count, it.problem.group_count};
            uint64_t which = random_below(&random, 5), side = random_below(&random, 3);
            uint32_t at = (uint32_t)random_below(&random, reason->count);
            if (which == 0) reason->least++;
            if (which == 1) reason->requirements[at] = reason->requirements[--reason->count];
            if (which == 2) reason->room--;
            if (which == 3) reason->requirements[at].need = ASSIGNMENT_Q, reason->requirements[at].index = 0;
            if (which == 4 && counts[side]) sides[side][random_below(&random, counts[side])] ^= 1;
            if (which == 4 && !counts[side]) reason->root_in_cut ^= 1;
            tried++;
            if (certificate_check_infeasible_at(&it.problem, reason, q.denominator, q.numerator, &problem) == IEUM_OK) {
                accepted += which < 3 || named_can_be_met(&it, q, reason, UINT32_MAX);
            }
        }
        random_assignment_result_free(&result);
    }
    CHECK_INT(accepted, 0);
    CHECK(tried > count / 20);
}

/* ---- forged proofs ---- */

/* Whether the marginals are kept within everything and reach the greatest expected total, and T and B say so. */
static bool claims_are_true(const struct assignment_problem *problem, struct fraction q,
                            const struct random_assignment_result *result, int64_t best) {
    struct grid grid;
    int64_t total = 0;
    grid_open(&grid, problem, q);
    mark_pairs(problem, grid.rule);
    for (uint32_t e = 0; e < problem->edge_start[problem->demand_count]; e++) {
        int64_t most = grid.rule[e] & PAIR_VETOED ? 0 : grid.rule[e] & PAIR_LOCKED ? q.denominator : q.numerator;
        grid.marginal[e] = result->marginal[e];
        if (grid.marginal[e] > most || ((grid.rule[e] & PAIR_LOCKED) && grid.marginal[e] != most)) return false;
        total += grid.marginal[e] * problem->edge_score[e];
    }
    return grid_fits(&grid) && total == best && result->expected == best && result->bound == best;
}

static bool draw_is_true(const struct assignment_problem *problem, struct fraction q,
                         const struct random_assignment_result *result) {
    int64_t flow[CASE_LIMITS + CASE_EDGES], drawn[CASE_LIMITS + CASE_EDGES], total = 0;
    uint32_t demand[CASE_EDGES], supplier[CASE_EDGES], edge[CASE_EDGES], ones[CASE_EDGES];
    uint32_t limits = problem->demand_count + problem->supplier_count + problem->group_count;
    uint32_t edges = problem->edge_start[problem->demand_count];
    for (uint32_t e = 0; e < edges; e++) {
        ones[e] = result->chosen[e];
        if (result->chosen[e] ? result->marginal[e] == 0 : result->marginal[e] == q.denominator) return false;
        total += result->chosen[e] ? problem->edge_score[e] : 0;
    }
    list_flow(problem, result->marginal, flow, demand, supplier, edge);
    uint32_t listed = list_flow(problem, ones, drawn, demand, supplier, edge);
    for (uint32_t limit = 0; limit < limits; limit++) {
        int64_t floor = flow[limit] / q.denominator, rest = flow[limit] % q.denominator;
        if (drawn[limit] != floor && !(rest && drawn[limit] == floor + 1)) return false;
    }
    if (listed != result->pair_count || total != result->total) return false;
    for (uint32_t i = 0; i < listed; i++) {
        if (result->pairs[i].demand != demand[i] || result->pairs[i].supplier != supplier[i] - problem->demand_count) {
            return false;
        }
    }
    return true;
}

/* Makes the list and the total go with the flags. */
static void relist(const struct small_case *it, struct random_assignment_result *result, struct assignment_pair *room) {
    result->pair_count = 0, result->total = 0, result->pairs = room;
    for (uint32_t d = 0; d < it->problem.demand_count; d++) {
        for (uint32_t e = it->start[d]; e < it->start[d + 1]; e++) {
            if (!result->chosen[e]) continue;
            room[result->pair_count++] = (struct assignment_pair){d, it->supplier[e]};
            result->total += it->score[e];
        }
    }
}

static void forge(const struct small_case *it, struct random *random, struct random_assignment_result *result,
                  struct assignment_pair *room) {
    uint32_t edges = it->start[it->problem.demand_count];
    uint32_t edge = (uint32_t)random_below(random, edges), other = (uint32_t)random_below(random, edges);
    switch (random_below(random, 7)) {
    case 0: result->expected++; break;
    case 1: result->bound--; break;
    case 2: result->demand_price[random_below(random, it->problem.demand_count)] += 1; break;
    case 3: /* one pair surer, another less: sums that add up */
    case 4:
        if (result->marginal[other] == 0) break;
        result->marginal[edge]++, result->marginal[other]--;
        result->expected += it->score[edge] - it->score[other];
        result->bound = result->expected;
        break;
    case 5: result->chosen[edge] ^= 1; break;
    default: result->chosen[edge] ^= 1, result->chosen[other] ^= 1; relist(it, result, room);
    }
}

TEST(corrupted_proofs_are_rejected) {
    struct random random;
    long wrong = 0, tried = 0, still_true = 0, count = case_count(12000);
    random_seed(&random, 20260408);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct random_assignment_result result;
        struct problem problem = {0};
        struct assignment_pair room[CASE_EDGES];
        struct fraction q = draw_fraction(&random);
        int64_t bound;
        case_random(&it, &random, 5, SMALL_EDGES);
        CHECK_INT(solve(&it.problem, q, (uint64_t)i, &result), IEUM_OK);
        if (result.status == ASSIGNMENT_OPTIMAL && it.start[it.problem.demand_count] > 0) {
            struct assignment_pair *own = result.pairs;
            int64_t best = result.expected;
            forge(&it, &random, &result, room);
            bool proof = marginals_check(&it.problem, &result, &bound, &problem) == IEUM_OK;
            bool draw = marginals_check_draw(&it.problem, &result, &problem) == IEUM_OK;
            bool claims = claims_are_true(&it.problem, q, &result, best);
            wrong += proof && !claims;
            wrong += draw != draw_is_true(&it.problem, q, &result);
            still_true += proof && draw;
            tried++;
            result.pairs = own;
        }
        random_assignment_result_free(&result);
    }
    printf("%ld forgeries, %ld of them true after all\n", tried, still_true);
    CHECK_INT(wrong, 0);
    CHECK(tried > count / 5 && still_true < tried / 3);
}

/* ---- q, bad input, memory ---- */

static void check_fraction(double q, uint32_t numerator, uint32_t denominator) {
    uint32_t p = 0, d = 0;
    CHECK(random_assignment_fraction(q, &p, &d) == (numerator > 0));
    CHECK_INT(p, numerator);
    CHECK_INT(d, denominator);
}

TEST(q_becomes_a_fraction) {
    double zero = 0;
    check_fraction(1, 1, 1);
    check_fraction(0.5, 1, 2);
    check_fraction(0.29, 29, 100); /* as a double a little below */
    check_fraction(0.57, 57, 100);
    check_fraction(0.0001, 1, 10000);
    check_fraction(1.0 / 3, 3333, 10000);
    check_fraction(2.0 / 3, 3333, 5000);
    check_fraction(0.99999, 9999, 10000);
    check_fraction(0.00009, 0, 0);
    check_fraction(0, 0, 0);
    check_fraction(-0.5, 0, 0);
    check_fraction(1.0000001, 0, 0);
    check_fraction(zero / zero, 0, 0);
    for (uint32_t p = 1; p <= 10000; p++) {
        uint32_t numerator, denominator;
        CHECK(random_assignment_fraction(p / 10000.0, &numerator, &denominator));
        CHECK_INT(numerator * (10000 / denominator), p);
    }
}

TEST(bad_fractions_are_refused) {
    static const struct fraction bad[] = {{0, 1}, {2, 1}, {2, 4}, {1, 10001}, {0, 0}};
    struct random random;
    struct small_case it;
    random_seed(&random, 5);
    case_random(&it, &random, 3, 6);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct random_assignment_result result;
        struct problem problem = {0};
        CHECK_INT(random_assignment_solve(&it.problem, bad[i].numerator, bad[i].denominator, 1, &result, &problem),
                  IEUM_INVALID);
        CHECK_TEXT(problem.pointer, "/q");
    }
}

TEST(every_failing_allocation_is_reported) {
    struct random random;
    random_seed(&random, 33);
    for (int i = 0; i < 40; i++) {
        struct small_case it;
        struct random_assignment_result result = {0};
        struct problem problem = {0};
        ieum_status status = IEUM_MEMORY;
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        for (uint64_t n = 1; status == IEUM_MEMORY && n < 10000; n++) {
            problem_clear(&problem);
            memory_fail_at(n);
            status = random_assignment_solve(&it.problem, 3, 10, 1, &result, &problem);
            memory_fail_at(0);
        }
        CHECK_INT(status, IEUM_OK);
        random_assignment_result_free(&result);
    }
    memory_clear_failed();
}

TEST_MAIN(expected_totals_are_the_greatest, expected_totals_equal_the_best_grid, certain_pairs_give_the_greatest_total,
          draws_follow_the_definition, frequencies_approach_the_marginals, reasons_are_true_and_irreducible,
          corrupted_reasons_are_rejected, corrupted_proofs_are_rejected, q_becomes_a_fraction,
          bad_fractions_are_refused, every_failing_allocation_is_reported)
