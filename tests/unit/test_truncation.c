/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists cut to the best few of each demand, judged, and held against the optimum over complete lists: what is said to
 * be proven is so, the bound is never exceeded, and proven is said often enough to be of use. $IEUM_CASES sets how many
 * random problems are tried.
 */
#include "../../engine/base/memory.h"
#include "../../engine/match/truncation.h"
#include "assignment_cases.h"

enum { WIDE_DEMANDS = 30, WIDE_SUPPLIERS = 20 };

static long case_count(long usual) {
    const char *text = getenv("IEUM_CASES");
    return text ? strtol(text, NULL, 10) : usual;
}

static bool solve(const struct assignment_problem *assignment, struct assignment_result *result) {
    struct problem problem = {0};
    *result = (struct assignment_result){0};
    CHECK_INT(assignment_solve(assignment, result, &problem), IEUM_OK);
    return result->status == ASSIGNMENT_OPTIMAL;
}

static int compare_down(const void *one, const void *other) {
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return a != b ? (a > b ? -1 : 1) : 0;
}

/* Keeps of each demand's list what scores at least as much as its keep-th; the cutoff is the best of the rest. */
static void cut_lists(const struct assignment_problem *from, uint32_t keep, struct assignment_problem *to,
                      uint32_t *start, uint32_t *supplier, int64_t *score, int64_t *cutoff) {
    uint32_t count = 0;
    int64_t sorted[WIDE_SUPPLIERS];
    *to = *from;
    for (uint32_t d = 0; d < from->demand_count; d++) {
        uint32_t first = from->edge_start[d], length = from->edge_start[d + 1] - first;
        start[d] = count;
        cutoff[d] = TRUNCATION_COMPLETE;
        memcpy(sorted, from->edge_score + first, sizeof *sorted * length);
        qsort(sorted, length, sizeof *sorted, compare_down);
        for (uint32_t e = first; e < first + length; e++) {
            int64_t value = from->edge_score[e];
            if (keep < length && (keep == 0 || value < sorted[keep - 1])) {
                if (value > cutoff[d]) cutoff[d] = value;
                continue;
            }
            supplier[count] = from->edge_supplier[e];
            score[count++] = value;
        }
    }
    start[from->demand_count] = count;
    to->edge_start = start, to->edge_supplier = supplier, to->edge_score = score;
}

/* ---- against complete lists ---- */

struct tally {
    long wrong, judged, proven, doubted, equal, cut;
};

static void judge_one(const struct assignment_problem *complete, uint32_t keep, struct tally *tally) {
    struct assignment_problem shorter;
    uint32_t start[WIDE_DEMANDS + 1], supplier[WIDE_DEMANDS * WIDE_SUPPLIERS];
    int64_t score[WIDE_DEMANDS * WIDE_SUPPLIERS], cutoff[WIDE_DEMANDS];
    struct assignment_result all, some;
    struct truncation truncation;
    struct problem problem = {0};
    cut_lists(complete, keep, &shorter, start, supplier, score, cutoff);
    bool exists = solve(complete, &all);
    if (solve(&shorter, &some)) {
        CHECK_INT(truncation_judge(&shorter, &some, cutoff, &truncation, &problem), IEUM_OK);
        bool was_cut = start[complete->demand_count] < complete->edge_start[complete->demand_count];
        tally->wrong += !exists || truncation.bound < all.total;
        tally->wrong += truncation.proven != (truncation.bound == some.total);
        tally->wrong += truncation.proven != (truncation.doubtful_count == 0);
        tally->wrong += truncation.proven && all.total != some.total;
        tally->wrong += !was_cut && !truncation.proven;
        for (uint32_t i = 0; i < truncation.doubtful_count; i++) {
            uint32_t d = truncation.doubtful[i];
            tally->wrong += cutoff[d] == TRUNCATION_COMPLETE || (i && d <= truncation.doubtful[i - 1]);
        }
        tally->judged++;
        tally->cut += was_cut;
        tally->proven += was_cut && truncation.proven;
        tally->equal += was_cut && all.total == some.total;
        truncation_free(&truncation);
    }
    assignment_result_free(&all);
    assignment_result_free(&some);
}

TEST(proven_is_true_and_the_bound_holds) {
    struct random random;
    struct tally tally = {0};
    long count = case_count(10000);
    random_seed(&random, 20260503);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        judge_one(&it.problem, (uint32_t)random_below(&random, 4), &tally);
    }
    printf("small: %ld judged, %ld with lists cut, of which %ld optimal all the same and %ld proven so\n", tally.judged,
           tally.cut, tally.equal, tally.proven);
    CHECK_INT(tally.wrong, 0);
    CHECK(tally.proven > tally.cut / 50);
}

/* Rounds as they are: one supplier a demand, some places a supplier, scores with a taste of their own. */
TEST(rounds_with_long_enough_lists_are_proven) {
    static uint32_t start[WIDE_DEMANDS + 1], supplier[WIDE_DEMANDS * WIDE_SUPPLIERS];
    static int64_t score[WIDE_DEMANDS * WIDE_SUPPLIERS], zero[WIDE_DEMANDS], one[WIDE_DEMANDS], places[WIDE_SUPPLIERS];
    struct random random;
    long rounds = case_count(10000) / 50;
    random_seed(&random, 4);
    for (uint32_t d = 0; d < WIDE_DEMANDS; d++) start[d + 1] = (d + 1) * WIDE_SUPPLIERS, one[d] = 1;
    for (uint32_t e = 0; e < WIDE_DEMANDS * WIDE_SUPPLIERS; e++) supplier[e] = e % WIDE_SUPPLIERS;
    const struct assignment_problem it = {.demand_count = WIDE_DEMANDS,
                                          .supplier_count = WIDE_SUPPLIERS,
                                          .edge_start = start,
                                          .edge_supplier = supplier,
                                          .edge_score = score,
                                          .demand_min = zero,
                                          .demand_max = one,
                                          .supplier_min = zero,
                                          .supplier_max = places};
    for (uint32_t keep = 4; keep <= 12; keep += 4) {
        struct tally tally = {0};
        for (long i = 0; i < rounds; i++) {
            for (uint32_t s = 0; s < WIDE_SUPPLIERS; s++) places[s] = 1 + (int64_t)random_below(&random, 4);
            for (uint32_t e = 0; e < WIDE_DEMANDS * WIDE_SUPPLIERS; e++) {
                score[e] = (int64_t)random_below(&random, 500000000) + 25000000 * (int64_t)(supplier[e] % 5);
            }
            judge_one(&it, keep, &tally);
        }
        printf("rounds, best %u of %d: %ld judged, %ld optimal over complete lists, %ld proven\n", (unsigned)keep,
               WIDE_SUPPLIERS, tally.judged, tally.equal, tally.proven);
        CHECK_INT(tally.wrong, 0);
        if (keep == 12) CHECK(tally.proven > tally.judged * 9 / 10);
    }
}

/* ---- by hand, refusals, memory ---- */

TEST(a_cutoff_of_no_worth_raises_no_doubt) {
    static const uint32_t start[] = {0, 1, 2}, supplier[] = {0, 0};
    static const int64_t score[] = {900, 700}, zero[] = {0, 0}, one[] = {1, 1};
    const struct assignment_problem it = {2,   2,    start, supplier, score, zero, one, zero,
                                          one, NULL, NULL,  NULL,     0,     0,    0};
    struct assignment_result result;
    struct truncation truncation;
    struct problem problem = {0};
    CHECK(solve(&it, &result));
    CHECK_INT(result.total, 900);
    /* d1 stays without a pair: any left-out pair above 0 could help it; d0 could only lose. */
    CHECK_INT(truncation_judge(&it, &result, (const int64_t[]){100, 0}, &truncation, &problem), IEUM_OK);
    CHECK(truncation.proven);
    truncation_free(&truncation);
    CHECK_INT(truncation_judge(&it, &result, (const int64_t[]){100, 50}, &truncation, &problem), IEUM_OK);
    CHECK(!truncation.proven);
    CHECK_INT(truncation.bound, 950);
    CHECK_INT(truncation.doubtful_count, 1);
    CHECK_INT(truncation.doubtful[0], 1);
    truncation_free(&truncation);
    CHECK_INT(truncation_judge(&it, &result, (const int64_t[]){TRUNCATION_COMPLETE, TRUNCATION_COMPLETE}, &truncation,
                               &problem),
              IEUM_OK);
    CHECK(truncation.proven);
    truncation_free(&truncation);
    CHECK_INT(truncation_judge(&it, &result, (const int64_t[]){0, ASSIGNMENT_SCORE_LIMIT + 1}, &truncation, &problem),
              IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/cutoff/1");
    assignment_result_free(&result);
}

TEST(every_failing_allocation_is_reported) {
    static const uint32_t start[] = {0, 1, 2}, supplier[] = {0, 0};
    static const int64_t score[] = {900, 700}, zero[] = {0, 0}, one[] = {1, 1}, cutoff[] = {100, 50};
    const struct assignment_problem it = {2,   2,    start, supplier, score, zero, one, zero,
                                          one, NULL, NULL,  NULL,     0,     0,    0};
    struct assignment_result result;
    struct truncation truncation = {0};
    struct problem problem = {0};
    ieum_status status = IEUM_MEMORY;
    CHECK(solve(&it, &result));
    for (uint64_t n = 1; status == IEUM_MEMORY && n < 10000; n++) {
        problem_clear(&problem);
        memory_fail_at(n);
        status = truncation_judge(&it, &result, cutoff, &truncation, &problem);
        memory_fail_at(0);
    }
    CHECK_INT(status, IEUM_OK);
    truncation_free(&truncation);
    assignment_result_free(&result);
    memory_clear_failed();
}

TEST_MAIN(proven_is_true_and_the_bound_holds, rounds_with_long_enough_lists_are_proven,
          a_cutoff_of_no_worth_raises_no_doubt, every_failing_allocation_is_reported)
