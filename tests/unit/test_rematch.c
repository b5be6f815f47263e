/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Re-match against a search through all assignments; what happens when a supplier goes; proofs true and corrupted;
 * equal bytes; failing memory; refusals; the public instances (folder $IEUM_SHARED or ../shared beside the repository).
 * $IEUM_CASES sets how many random problems are tried.
 */
#include <time.h>

#include "../../engine/match/rematch.h"
#include "staged_cases.h"

enum { SMALL_EDGES = 13, PREVIOUS = 12 };

static ieum_status solve(const struct assignment_problem *assignment, const struct assignment_pair *previous,
                         uint32_t count, struct rematch_result *result) {
    struct problem problem = {0};
    ieum_status status = rematch_solve(assignment, previous, count, result, &problem);
    if (status != IEUM_OK) fprintf(stderr, "%s: %s\n", problem.pointer, problem.en);
    return status;
}

/* Previous pairs at random, some of them no candidates; none when a side is empty. */
static uint32_t draw_previous(const struct assignment_problem *problem, struct random *random,
                              struct assignment_pair *previous) {
    if (problem->demand_count == 0 || problem->supplier_count == 0) return 0;
    uint32_t count = (uint32_t)random_below(random, PREVIOUS + 1);
    for (uint32_t i = 0; i < count; i++) {
        previous[i] = (struct assignment_pair){(uint32_t)random_below(random, problem->demand_count),
                                               (uint32_t)random_below(random, problem->supplier_count)};
    }
    return count;
}

static void mark_kept(const struct assignment_problem *problem, const struct assignment_pair *previous, uint32_t count,
                      uint8_t kept[CASE_EDGES]) {
    memset(kept, 0, CASE_EDGES);
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            for (uint32_t i = 0; i < count; i++) {
                kept[e] |= previous[i].demand == d && previous[i].supplier == problem->edge_supplier[e];
            }
        }
    }
}

/* ---- the search ---- */

struct wish {
    int64_t pairs, kept, total;
};

struct best {
    struct wish wish;
    const uint8_t *kept;
    long seen;
};

static struct wish weigh(const struct assignment_problem *problem, const uint8_t *chosen, const uint8_t *kept) {
    struct wish wish = {0};
    for (uint32_t e = 0; e < problem->edge_start[problem->demand_count]; e++) {
        if (!chosen[e]) continue;
        wish.pairs += problem->edge_score[e] > 0;
        wish.kept += kept[e];
        wish.total += problem->edge_score[e];
    }
    return wish;
}

static int compare(struct wish one, struct wish other) {
    if (one.pairs != other.pairs) return one.pairs < other.pairs ? -1 : 1;
    if (one.kept != other.kept) return one.kept < other.kept ? -1 : 1;
    return one.total < other.total ? -1 : one.total > other.total;
}

static void visit(struct search_all *search) {
    struct best *best = search->context;
    struct wish wish = weigh(search->problem, search->chosen, best->kept);
    if (best->seen++ == 0 || compare(wish, best->wish) > 0) best->wish = wish;
}

static bool search_best(const struct assignment_problem *problem, const uint8_t *kept, struct best *best) {
    int64_t total;
    *best = (struct best){.kept = kept};
    return case_visit(problem, &total, visit, best);
}

TEST(equals_search) {
    struct random random;
    long differences = 0, infeasible = 0, count = staged_count(6000);
    random_seed(&random, 20260303);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct rematch_result result = {0};
        struct best best;
        struct assignment_pair previous[PREVIOUS];
        uint8_t kept[CASE_EDGES];
        case_random(&it, &random, i % 3 == 0 ? CASE_SIDE : 4, SMALL_EDGES);
        uint32_t previous_count = draw_previous(&it.problem, &random, previous);
        mark_kept(&it.problem, previous, previous_count, kept);
        bool exists = search_best(&it.problem, kept, &best);
        if (solve(&it.problem, previous, previous_count, &result) != IEUM_OK) {
            differences++;
            continue;
        }
        infeasible += !exists;
        differences += exists != (result.assignment.status == ASSIGNMENT_OPTIMAL);
        if (exists && result.assignment.status == ASSIGNMENT_OPTIMAL) {
            struct wish wish = weigh(&it.problem, result.assignment.chosen, kept);
            differences += compare(wish, best.wish) != 0 || result.kept != wish.kept;
            differences += result.assignment.total != wish.total;
            differences += staged_has_needless(&it.problem, &result.assignment, kept);
        }
        rematch_free(&result);
    }
    printf("re-match: %ld problems, %ld without an assignment, %ld differences\n", count, infeasible, differences);
    CHECK_INT(differences, 0);
    CHECK(infeasible > count / 20 && infeasible < count * 19 / 20);
}

/* ---- proofs ---- */

TEST(corrupted_proofs_are_rejected) {
    struct random random;
    long wrong = 0, tried = 0, accepted = 0, count = staged_count(6000);
    random_seed(&random, 4714);
    for (long i = 0; tried < count && i < 20 * count; i++) {
        struct small_case it;
        struct rematch_result result = {0};
        struct problem problem = {0};
        struct best best;
        struct assignment_pair previous[PREVIOUS];
        uint8_t kept[CASE_EDGES];
        case_random(&it, &random, 5, 11);
        uint32_t edges = it.start[it.problem.demand_count];
        uint32_t previous_count = draw_previous(&it.problem, &random, previous);
        mark_kept(&it.problem, previous, previous_count, kept);
        if (solve(&it.problem, previous, previous_count, &result) != IEUM_OK ||
            result.assignment.status != ASSIGNMENT_OPTIMAL || edges == 0) {
            rematch_free(&result);
            continue;
        }
        tried++;
        wrong += staged_check_rematch(&it.problem, previous, previous_count, &result.assignment, &result.proof,
                                      &problem) != IEUM_OK;
        staged_corrupt(&it.problem, &result.assignment, &result.proof, &random);
        problem_clear(&problem);
        /* What is still accepted must still be true: other prices may prove the same, another assignment be as good. */
        if (staged_check_rematch(&it.problem, previous, previous_count, &result.assignment, &result.proof, &problem) ==
            IEUM_OK) {
            accepted++;
            search_best(&it.problem, kept, &best);
            wrong += compare(weigh(&it.problem, result.assignment.chosen, kept), best.wish) != 0;
            wrong += result.assignment.total != best.wish.total;
            wrong += !staged_values_hold(&it.problem, result.assignment.chosen, kept, &result.proof);
        } else {
            wrong += problem.status != IEUM_INVALID && problem.status != IEUM_LIMIT;
        }
        rematch_free(&result);
    }
    printf("re-match: %ld corrupted, %ld of them still true and accepted, %ld wrong\n", tried, accepted, wrong);
    CHECK_INT(wrong, 0);
    CHECK(tried == count && accepted < tried / 2);
}

TEST(same_input_gives_the_same_bytes) {
    struct random random;
    random_seed(&random, 10);
    for (int i = 0; i < 300; i++) {
        struct small_case it;
        struct rematch_result one = {0}, two = {0};
        struct assignment_pair previous[PREVIOUS];
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        uint32_t count = draw_previous(&it.problem, &random, previous);
        if (solve(&it.problem, previous, count, &one) != IEUM_OK) continue;
        if (solve(&it.problem, previous, count, &two) != IEUM_OK) continue;
        CHECK_INT(one.assignment.status, two.assignment.status);
        if (one.assignment.status == ASSIGNMENT_OPTIMAL) {
            CHECK(memcmp(one.assignment.chosen, two.assignment.chosen, it.start[it.problem.demand_count]) == 0);
            CHECK(staged_same_proof(&one.proof, &two.proof));
        }
        rematch_free(&one);
        rematch_free(&two);
    }
}

TEST(every_failing_allocation_is_reported) {
    struct random random;
    struct small_case it;
    struct assignment_pair previous[PREVIOUS];
    uint64_t fails = 0;
    random_seed(&random, 41);
    for (int i = 0; i < 6; i++) {
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        uint32_t count = draw_previous(&it.problem, &random, previous);
        for (uint64_t n = 1;; n++) {
            struct rematch_result result = {0};
            struct problem problem = {0};
            memory_fail_at(n);
            ieum_status status = rematch_solve(&it.problem, previous, count, &result, &problem);
            memory_fail_at(0);
            memory_clear_failed();
            if (status == IEUM_OK) {
                rematch_free(&result);
                break;
            }
            CHECK_INT(status, IEUM_MEMORY);
            if (status != IEUM_MEMORY) break; /* any other reason stays, however much memory there is */
            fails++;
        }
    }
    CHECK(fails > 50);
}

/* ---- what people expect ---- */

TEST(an_unchanged_problem_keeps_every_pair) {
    struct random random;
    long seen = 0;
    random_seed(&random, 50);
    for (int i = 0; i < 1000; i++) {
        struct small_case it;
        struct rematch_result first = {0}, again = {0};
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        if (solve(&it.problem, NULL, 0, &first) != IEUM_OK) continue;
        if (first.assignment.status == ASSIGNMENT_OPTIMAL) {
            CHECK_INT(first.kept, 0);
            CHECK_INT(solve(&it.problem, first.assignment.pairs, first.assignment.pair_count, &again), IEUM_OK);
            CHECK_INT(again.kept, first.assignment.pair_count);
            CHECK_INT(again.assignment.total, first.assignment.total);
            rematch_free(&again);
            seen++;
        }
        rematch_free(&first);
    }
    CHECK(seen > 100);
}

TEST(unknown_previous_pairs_are_refused) {
    struct small_case it;
    struct random random;
    struct rematch_result result = {0};
    random_seed(&random, 51);
    do {
        case_random(&it, &random, 4, SMALL_EDGES);
    } while (it.problem.demand_count == 0 || it.problem.supplier_count == 0);
    struct problem problem = {0};
    struct assignment_pair previous[2] = {{0, 0}, {it.problem.demand_count, 0}};
    CHECK_INT(rematch_solve(&it.problem, previous, 2, &result, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/previous/1/0");
    problem_clear(&problem);
    previous[1] = (struct assignment_pair){0, it.problem.supplier_count};
    CHECK_INT(rematch_solve(&it.problem, previous, 2, &result, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/previous/1/1");
}

/* One supplier after another goes: its pairs are vetoed, and as little as possible of the rest may change. */
TEST(when_a_supplier_goes_little_changes) {
    static const struct {
        const char *name;
        int64_t max, min;
    } rows[] = {{"midl", 4, 0}, {"midl", 4, 1}, {"aamas2015", 12, 0}, {"preflib1", 6, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct instance it;
        struct assignment_result before = {0};
        struct problem problem = {0};
        if (!read_instance(rows[i].name, &it)) {
            printf("skipped: no public instance %s (IEUM_SHARED)\n", rows[i].name);
            CHECK(rows[i].name[0]);
            continue;
        }
        set_bounds(&it, 3, rows[i].min, rows[i].max);
        CHECK_INT(assignment_solve(&it.problem, &before, &problem), IEUM_OK);
        uint32_t gone = before.pairs[0].supplier, lost = 0;
        struct assignment_pair *vetoes = calloc(it.problem.demand_count, sizeof *vetoes);
        for (uint32_t d = 0; d < it.problem.demand_count; d++) vetoes[d] = (struct assignment_pair){d, gone};
        it.problem.vetoes = vetoes, it.problem.veto_count = it.problem.demand_count;
        it.bounds[2 * it.problem.demand_count + gone] = 0;
        for (uint32_t p = 0; p < before.pair_count; p++) lost += before.pairs[p].supplier == gone;
        struct rematch_result result = {0};
        double start = staged_seconds();
        CHECK_INT(solve(&it.problem, before.pairs, before.pair_count, &result), IEUM_OK);
        CHECK_INT(result.assignment.status, ASSIGNMENT_OPTIMAL);
        CHECK(result.kept + lost <= before.pair_count && result.kept + 4 * lost >= before.pair_count);
        int64_t greatest = 0;
        for (size_t p = 0; p < result.proof.price_count; p++) {
            if (llabs(result.proof.prices[p].price) > greatest) greatest = llabs(result.proof.prices[p].price);
        }
        CHECK(greatest < INT64_C(1) << 53);
        printf(
            "%s max %d min %d: %.3f s, %u of %u pairs kept, %u lost, %zu prices up to %.9f, total %.6f, before %.6f\n",
            rows[i].name, (int)rows[i].max, (int)rows[i].min, staged_seconds() - start, result.kept, before.pair_count,
            lost, result.proof.price_count, (double)greatest / 1e9, (double)result.assignment.total / 1e9,
            (double)before.total / 1e9);
        rematch_free(&result);
        assignment_result_free(&before);
        free(vetoes);
        free_instance(&it);
    }
}

TEST_MAIN(equals_search, corrupted_proofs_are_rejected, same_input_gives_the_same_bytes,
          every_failing_allocation_is_reported, an_unchanged_problem_keeps_every_pair,
          unknown_previous_pairs_are_refused, when_a_supplier_goes_little_changes)
