/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leximin against a search through all assignments that compares whole sorted lists; proofs true and corrupted;
 * equal bytes; failing memory; greater problems, and the public instances (folder $IEUM_SHARED or ../shared beside the
 * repository). $IEUM_CASES sets how many random problems are tried.
 */
#include <time.h>

#include "../../engine/match/leximin.h"
#include "staged_cases.h"

enum { SMALL_EDGES = 13 };

static ieum_status solve(const struct assignment_problem *assignment, struct leximin_result *result) {
    struct problem problem = {0};
    ieum_status status = leximin_solve(assignment, result, &problem);
    if (status != IEUM_OK) fprintf(stderr, "%s: %s\n", problem.pointer, problem.en);
    return status;
}

/* ---- the search ---- */

static int ascending(const void *one, const void *other) {
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return a < b ? -1 : a > b;
}

/* The scores of the chosen pairs among as many zeros as there could be pairs, ascending. */
static void list_scores(const struct assignment_problem *problem, const uint8_t *chosen, int64_t list[CASE_EDGES]) {
    memset(list, 0, sizeof *list * CASE_EDGES);
    for (uint32_t e = 0; e < problem->edge_start[problem->demand_count]; e++)
        list[e] = chosen[e] ? problem->edge_score[e] : 0;
    qsort(list, CASE_EDGES, sizeof *list, ascending);
}

static int compare_lists(const int64_t *one, const int64_t *other) {
    for (int i = 0; i < CASE_EDGES; i++) {
        if (one[i] != other[i]) return one[i] < other[i] ? -1 : 1;
    }
    return 0;
}

struct best {
    int64_t list[CASE_EDGES];
    long seen;
};

static void visit(struct search_all *search) {
    struct best *best = search->context;
    int64_t list[CASE_EDGES];
    list_scores(search->problem, search->chosen, list);
    if (best->seen++ == 0 || compare_lists(list, best->list) > 0) memcpy(best->list, list, sizeof list);
}

static bool search_best(const struct assignment_problem *problem, struct best *best) {
    int64_t total;
    best->seen = 0;
    return case_visit(problem, &total, visit, best);
}

/* The greatest sum that some assignment gives a demand may not exceed its bound. */
struct demand_tops {
    int64_t top[CASE_SIDE];
};

static void visit_tops(struct search_all *search) {
    struct demand_tops *tops = search->context;
    for (uint32_t d = 0; d < search->problem->demand_count; d++) {
        int64_t sum = 0;
        for (uint32_t e = search->problem->edge_start[d]; e < search->problem->edge_start[d + 1]; e++) {
            if (search->chosen[e]) sum += search->problem->edge_score[e];
        }
        if (sum > tops->top[d]) tops->top[d] = sum;
    }
}

TEST(equals_search) {
    struct random random;
    long differences = 0, infeasible = 0, count = staged_count(6000);
    uint32_t most_stages = 0;
    random_seed(&random, 20260202);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct leximin_result result = {0};
        struct best best;
        int64_t list[CASE_EDGES];
        case_random(&it, &random, i % 3 == 0 ? CASE_SIDE : 4, SMALL_EDGES);
        bool exists = search_best(&it.problem, &best);
        if (solve(&it.problem, &result) != IEUM_OK) {
            differences++;
            continue;
        }
        infeasible += !exists;
        differences += exists != (result.assignment.status == ASSIGNMENT_OPTIMAL);
        if (exists && result.assignment.status == ASSIGNMENT_OPTIMAL) {
            list_scores(&it.problem, result.assignment.chosen, list);
            differences += compare_lists(list, best.list) != 0;
            differences += staged_has_needless(&it.problem, &result.assignment, NULL);
            if (result.proof.stage_count > most_stages) most_stages = result.proof.stage_count;
        }
        leximin_free(&result);
    }
    printf("leximin: %ld problems, %ld without an assignment, at most %u stages, %ld differences\n", count, infeasible,
           most_stages, differences);
    CHECK_INT(differences, 0);
    CHECK(infeasible > count / 20 && infeasible < count * 19 / 20);
}

TEST(demands_get_no_more_than_their_bounds) {
    struct random random;
    long wrong = 0, seen = 0;
    random_seed(&random, 31);
    for (long i = 0; i < 1500; i++) {
        struct small_case it;
        struct leximin_result result = {0};
        struct demand_tops tops;
        int64_t total;
        case_random(&it, &random, 4, SMALL_EDGES);
        if (solve(&it.problem, &result) != IEUM_OK || result.assignment.status != ASSIGNMENT_OPTIMAL) {
            leximin_free(&result);
            continue;
        }
        for (uint32_t d = 0; d < CASE_SIDE; d++) tops.top[d] = INT64_MIN;
        case_visit(&it.problem, &total, visit_tops, &tops);
        total = 0;
        for (uint32_t d = 0; d < it.problem.demand_count; d++) {
            wrong += tops.top[d] > result.demand_bound[d] || result.demand_total[d] > tops.top[d];
            total += result.demand_total[d];
            seen++;
        }
        wrong += total != result.assignment.total;
        leximin_free(&result);
    }
    CHECK_INT(wrong, 0);
    CHECK(seen > 1000);
}

/* ---- proofs ---- */

TEST(corrupted_proofs_are_rejected) {
    struct random random;
    long wrong = 0, tried = 0, accepted = 0, count = staged_count(6000);
    random_seed(&random, 4712);
    for (long i = 0; tried < count && i < 20 * count; i++) {
        struct small_case it;
        struct leximin_result result = {0};
        struct problem problem = {0};
        struct best best;
        int64_t list[CASE_EDGES];
        case_random(&it, &random, 5, 11);
        uint32_t edges = it.start[it.problem.demand_count];
        if (solve(&it.problem, &result) != IEUM_OK || result.assignment.status != ASSIGNMENT_OPTIMAL || edges == 0) {
            leximin_free(&result);
            continue;
        }
        tried++;
        wrong += staged_check_leximin(&it.problem, &result.assignment, &result.proof, &problem) != IEUM_OK;
        int64_t total = result.assignment.total;
        staged_corrupt(&it.problem, &result.assignment, &result.proof, &random);
        problem_clear(&problem);
        /* What is still accepted must still be true: other prices may prove the same, another assignment be as good. */
        if (staged_check_leximin(&it.problem, &result.assignment, &result.proof, &problem) == IEUM_OK) {
            accepted++;
            search_best(&it.problem, &best);
            list_scores(&it.problem, result.assignment.chosen, list);
            wrong += compare_lists(list, best.list) != 0 || result.assignment.total != total;
            wrong += !staged_values_hold(&it.problem, result.assignment.chosen, NULL, &result.proof);
        } else {
            wrong += problem.status != IEUM_INVALID && problem.status != IEUM_LIMIT;
        }
        leximin_free(&result);
    }
    printf("leximin: %ld corrupted, %ld of them still true and accepted, %ld wrong\n", tried, accepted, wrong);
    CHECK_INT(wrong, 0);
    CHECK(tried == count && accepted < tried / 2);
}

/* The proof of the best assignment under any other one: accepted only when that is as good. */
TEST(proofs_do_not_fit_other_assignments) {
    struct random random;
    long wrong = 0, tried = 0;
    random_seed(&random, 4713);
    for (long i = 0; i < staged_count(2000); i++) {
        struct small_case it, one;
        struct leximin_result result = {0}, other = {0};
        struct problem problem = {0};
        int64_t list[CASE_EDGES], other_list[CASE_EDGES];
        case_random(&it, &random, 5, CASE_EDGES);
        one = it, case_point(&one);
        for (uint32_t e = 0; e < CASE_EDGES; e++) one.score[e] = case_score(&random, 0);
        if (solve(&it.problem, &result) != IEUM_OK) continue;
        if (solve(&one.problem, &other) == IEUM_OK) {
            if (other.assignment.status == ASSIGNMENT_OPTIMAL) {
                staged_relist(&it.problem, &other.assignment);
                list_scores(&it.problem, result.assignment.chosen, list);
                list_scores(&it.problem, other.assignment.chosen, other_list);
                bool accepted =
                    staged_check_leximin(&it.problem, &other.assignment, &result.proof, &problem) == IEUM_OK;
                wrong += compare_lists(list, other_list) < 0 || accepted != (compare_lists(list, other_list) == 0);
                tried++;
            }
            leximin_free(&other);
        }
        leximin_free(&result);
    }
    CHECK_INT(wrong, 0);
    CHECK(tried > 50);
}

/* The stages that a liar would claim for an assignment: its own levels and true values, and prices of a few kinds. */
static void forge_proof(const struct assignment_problem *problem, const struct assignment_result *result,
                        struct random *random, struct staged_proof *proof) {
    struct problem ignored = {0};
    int64_t levels[CASE_EDGES + 1] = {0};
    uint32_t edges = problem->edge_start[problem->demand_count], count = 1;
    uint32_t limits = problem->demand_count + problem->supplier_count + problem->group_count;
    for (uint32_t e = 0; e < edges; e++) {
        if (result->chosen[e] && problem->edge_score[e] != 0) levels[count++] = problem->edge_score[e];
    }
    qsort(levels, count, sizeof *levels, ascending);
    for (uint32_t i = 0; i < count; i++) { /* the 0 among them stands for the stage of pairs */
        struct staged_stage stage = {.objective = levels[i] == 0 ? STAGED_PAIRS : STAGED_LEVEL, .level = levels[i]};
        if (i > 0 && levels[i] == levels[i - 1]) continue;
        for (uint32_t e = 0; e < edges; e++) {
            if (!result->chosen[e]) continue;
            stage.value += levels[i] == 0 ? problem->edge_score[e] > 0 : -(problem->edge_score[e] == levels[i]);
        }
        staged_proof_add_stage(proof, stage, &ignored);
        uint64_t kind = random_below(random, 4), chance = 1 + random_below(random, 4);
        int64_t price = random_below(random, 2) ? 1 : -1;
        for (uint32_t limit = 0; limit < limits; limit++) {
            uint32_t side = limit < problem->demand_count ? 1 : 2;
            if (kind == 0 || (kind < 3 && side != kind) || random_below(random, 4) >= chance) continue;
            staged_proof_add_price(proof, limit, price, &ignored);
        }
    }
}

TEST(forged_proofs_are_rejected) {
    struct random random;
    long wrong = 0, tried = 0, accepted = 0;
    random_seed(&random, 4715);
    for (long i = 0; i < staged_count(6000); i++) {
        struct small_case it, one;
        struct leximin_result other = {0};
        struct problem problem = {0};
        struct best best;
        int64_t list[CASE_EDGES];
        case_random(&it, &random, 4, 8);
        one = it, case_point(&one);
        for (uint32_t e = 0; e < CASE_EDGES; e++)
            one.score[e] = case_score(&random, 3) - (int64_t)random_below(&random, 3);
        if (random_below(&random, 2)) { /* also what breaks a limit */
            for (uint32_t k = 0; k < CASE_SIDE; k++) {
                one.supplier_max[k] = one.demand_max[k] = ASSIGNMENT_NO_MAX;
                one.demand_min[k] = 0;
            }
            for (uint32_t e = 0; e < CASE_EDGES && i % 2; e++) one.score[e] = 1;
        }
        if (solve(&one.problem, &other) != IEUM_OK) continue;
        if (other.assignment.status == ASSIGNMENT_OPTIMAL) {
            struct staged_proof proof = {0};
            staged_relist(&it.problem, &other.assignment);
            forge_proof(&it.problem, &other.assignment, &random, &proof);
            tried++;
            if (staged_check_leximin(&it.problem, &other.assignment, &proof, &problem) == IEUM_OK) {
                accepted++;
                search_best(&it.problem, &best);
                list_scores(&it.problem, other.assignment.chosen, list);
                wrong += compare_lists(list, best.list) != 0;
            }
            staged_proof_free(&proof);
        }
        leximin_free(&other);
    }
    printf("leximin: %ld forged proofs, %ld of them true, %ld wrong\n", tried, accepted, wrong);
    CHECK_INT(wrong, 0);
    CHECK(tried > 100 && accepted > 0 && accepted < tried);
}

TEST(same_input_gives_the_same_bytes) {
    struct random random;
    random_seed(&random, 9);
    for (int i = 0; i < 300; i++) {
        struct small_case it;
        struct leximin_result one = {0}, two = {0};
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        if (solve(&it.problem, &one) != IEUM_OK || solve(&it.problem, &two) != IEUM_OK) continue;
        CHECK_INT(one.assignment.status, two.assignment.status);
        if (one.assignment.status == ASSIGNMENT_OPTIMAL) {
            CHECK(memcmp(one.assignment.chosen, two.assignment.chosen, it.start[it.problem.demand_count]) == 0);
            CHECK(staged_same_proof(&one.proof, &two.proof));
        }
        leximin_free(&one);
        leximin_free(&two);
    }
}

TEST(every_failing_allocation_is_reported) {
    struct random random;
    struct small_case it;
    uint64_t fails = 0;
    random_seed(&random, 40);
    for (int i = 0; i < 6; i++) {
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        for (uint64_t n = 1;; n++) {
            struct leximin_result result = {0};
            struct problem problem = {0};
            memory_fail_at(n);
            ieum_status status = leximin_solve(&it.problem, &result, &problem);
            memory_fail_at(0);
            memory_clear_failed();
            if (status == IEUM_OK) {
                leximin_free(&result);
                break;
            }
            CHECK_INT(status, IEUM_MEMORY);
            if (status != IEUM_MEMORY) break; /* any other reason stays, however much memory there is */
            fails++;
        }
    }
    CHECK(fails > 50);
}

/* ---- greater problems ---- */

TEST(greater_problems_prove_themselves) {
    struct random random;
    long optimal = 0, infeasible = 0;
    random_seed(&random, 13);
    for (int i = 0; i < 120; i++) {
        struct instance it;
        struct leximin_result result = {0}, grouped = {0};
        uint32_t members[50], side = 5 + (uint32_t)random_below(&random, 45);
        make_great(&it, &random, side);
        for (uint32_t m = 0; m < side; m++) members[m] = m;
        /* Groups that ask for nothing turn the warm start off and must not change the list of scores. */
        struct assignment_group groups[2] = {{ASSIGNMENT_SUPPLIER, members, side, 0, ASSIGNMENT_NO_MAX},
                                             {ASSIGNMENT_DEMAND, members, side / 2, 0, ASSIGNMENT_NO_MAX}};
        CHECK_INT(solve(&it.problem, &result), IEUM_OK);
        it.problem.groups = groups, it.problem.group_count = 2;
        CHECK_INT(solve(&it.problem, &grouped), IEUM_OK);
        CHECK_INT(grouped.assignment.status, result.assignment.status);
        CHECK_INT(grouped.assignment.total, result.assignment.total);
        CHECK_INT(grouped.proof.stage_count, result.proof.stage_count);
        optimal += result.assignment.status == ASSIGNMENT_OPTIMAL;
        infeasible += result.assignment.status == ASSIGNMENT_INFEASIBLE;
        leximin_free(&result);
        leximin_free(&grouped);
        free_instance(&it);
    }
    CHECK(optimal >= 20 && infeasible >= 2);
}

static void report(const char *name, const struct instance *it, const struct leximin_result *result, double seconds) {
    int64_t worst_pair = INT64_MAX, worst_demand = INT64_MAX, greatest_price = 0;
    for (uint32_t e = 0; e < it->start[it->problem.demand_count]; e++) {
        if (result->assignment.chosen[e] && it->score[e] < worst_pair) worst_pair = it->score[e];
    }
    for (uint32_t d = 0; d < it->problem.demand_count; d++) {
        if (result->demand_total[d] < worst_demand) worst_demand = result->demand_total[d];
    }
    for (size_t i = 0; i < result->proof.price_count; i++) {
        int64_t size = llabs(result->proof.prices[i].price);
        if (size > greatest_price) greatest_price = size;
    }
    printf("%s: %.3f s, %u stages, %zu prices up to %d, %d pivots, %u pairs, total %.6f, worst pair %.9f, worst demand "
           "%.9f\n",
           name, seconds, result->proof.stage_count, result->proof.price_count, (int)greatest_price,
           (int)result->assignment.pivots, result->assignment.pair_count, (double)result->assignment.total / 1e9,
           (double)worst_pair / 1e9, (double)worst_demand / 1e9);
}

TEST(public_instances_are_solved) {
    static const struct {
        const char *name;
        int64_t max, min, pairs;
    } rows[] = {{"midl", 4, 0, 354},        {"midl", 4, 1, 354},        {"midl", 2, 2, 354},
                {"aamas2015", 12, 0, 1839}, {"aamas2015", 12, 8, 1839}, {"preflib1", 6, 0, 162}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct instance it;
        struct leximin_result result = {0};
        char title[64];
        if (!read_instance(rows[i].name, &it)) {
            printf("skipped: no public instance %s (IEUM_SHARED)\n", rows[i].name);
            CHECK(rows[i].name[0]);
            continue;
        }
        set_bounds(&it, 3, rows[i].min, rows[i].max);
        double start = staged_seconds();
        CHECK_INT(solve(&it.problem, &result), IEUM_OK);
        snprintf(title, sizeof title, "%s max %d min %d", rows[i].name, (int)rows[i].max, (int)rows[i].min);
        CHECK_INT(result.assignment.status, ASSIGNMENT_OPTIMAL);
        CHECK_INT(result.assignment.pair_count, rows[i].pairs);
        report(title, &it, &result, staged_seconds() - start);
        leximin_free(&result);
        free_instance(&it);
    }
}

TEST(a_large_generated_problem_is_solved) {
    struct instance it;
    struct leximin_result result = {0};
    make_lists(&it, 500, 1000, 50);
    set_bounds(&it, 3, 0, 2);
    for (uint32_t d = 0; d < 500; d++) it.bounds[d] = 0;
    double start = staged_seconds();
    CHECK_INT(solve(&it.problem, &result), IEUM_OK);
    CHECK_INT(result.assignment.status, ASSIGNMENT_OPTIMAL);
    report("500 x 1000 x 50", &it, &result, staged_seconds() - start);
    leximin_free(&result);
    free_instance(&it);
}

TEST_MAIN(equals_search, demands_get_no_more_than_their_bounds, corrupted_proofs_are_rejected,
          proofs_do_not_fit_other_assignments, forged_proofs_are_rejected, same_input_gives_the_same_bytes,
          every_failing_allocation_is_reported, greater_problems_prove_themselves, public_instances_are_solved,
          a_large_generated_problem_is_solved)
