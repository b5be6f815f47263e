/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stable assignments against all stable assignments of small problems (found by trying every set of pairs), against the
 * textbook's deferred acceptance on greater ones, and against their check once corrupted. $IEUM_CASES sets how many
 * random problems are tried.
 */
#include "../../engine/base/memory.h"
#include "../../engine/base/processor.h"
#include "../../engine/match/stable_check.h"
#include "stable_cases.h"

enum { SMALL_EDGES = 11 };

static long case_count(long usual) {
    const char *text = getenv("IEUM_CASES");
    return text ? strtol(text, NULL, 10) : usual;
}

static ieum_status solve(const struct assignment_problem *assignment, const int64_t *back,
                         struct stable_result *result) {
    struct problem problem = {0};
    ieum_status status = stable_solve(assignment, back, result, &problem);
    if (status != IEUM_OK) fprintf(stderr, "%s: %s\n", problem.pointer, problem.en);
    return status;
}

/* ---- random small problems ---- */

/* Scores that no demand and no supplier gives twice, of either sign. */
static void make_strict(struct random *random, int64_t *score, uint32_t count) {
    for (uint32_t e = 0; e < count; e++) {
        uint32_t j = (uint32_t)random_below(random, e + 1);
        score[e] = score[j];
        score[j] = (int64_t)(e + 1) * 1000003;
    }
    for (uint32_t e = 0; e < count; e++) {
        if (random_below(random, 8) == 0) score[e] = -score[e];
    }
}

/* True when the scores are strict. `*back`: what to pass to the solver, NULL for the same scores on both sides. */
static bool make_case(struct small_case *it, struct random *random, int64_t *room, const int64_t **back) {
    uint64_t kind = random_below(random, 4);
    case_random(it, random, random_below(random, 2) ? CASE_SIDE : 4, SMALL_EDGES);
    uint32_t edges = it->start[it->problem.demand_count];
    if (kind >= 2) make_strict(random, it->score, edges);
    *back = NULL;
    if (random_below(random, 4)) {
        *back = room;
        if (kind >= 2)
            make_strict(random, room, edges);
        else
            for (uint32_t e = 0; e < edges; e++) room[e] = case_score(random, kind == 0 ? 0 : 2);
    }
    return kind >= 2;
}

static bool find_ties(const struct stable_search *search) {
    const struct assignment_problem *problem = search->problem;
    uint32_t edges = problem->edge_start[problem->demand_count];
    for (uint32_t a = 0; a < edges; a++) {
        for (uint32_t b = a + 1; b < edges; b++) {
            bool acceptable =
                problem->edge_score[a] > 0 && problem->edge_score[b] > 0 && search->back[a] > 0 && search->back[b] > 0;
            if (!acceptable) continue;
            if (search->demand[a] == search->demand[b] && problem->edge_score[a] == problem->edge_score[b]) return true;
            if (problem->edge_supplier[a] == problem->edge_supplier[b] && search->back[a] == search->back[b]) {
                return true;
            }
        }
    }
    return false;
}

static bool locks_fit(const struct stable_search *search) {
    const struct assignment_problem *problem = search->problem;
    if (!search->locks_exist || !stable_fits(search, search->must)) return false;
    for (uint32_t g = 0; g < problem->group_count; g++) {
        if (stable_group_load(search, search->must, &problem->groups[g]) > problem->groups[g].max) return false;
    }
    return true;
}

/* With strict scores: of what a demand has in either assignment, it would choose exactly what it has in `best`. */
static bool is_best_for_demands(const struct stable_search *search, uint32_t best, uint32_t other) {
    const struct assignment_problem *problem = search->problem;
    for (uint32_t e = 0; other >> e; e++) {
        if (!(other >> e & 1) || (best >> e & 1)) continue;
        uint32_t demand = search->demand[e];
        if (stable_load(search, best, ASSIGNMENT_DEMAND, demand) < problem->demand_max[demand]) return false;
        for (uint32_t mine = 0; best >> mine; mine++) {
            bool free_pair = (best >> mine & 1) && !(search->must >> mine & 1) && search->demand[mine] == demand;
            if (free_pair && problem->edge_score[mine] < problem->edge_score[e]) return false;
        }
    }
    return true;
}

static bool names_what_is_broken(const struct stable_search *search, uint32_t set, const struct stable_result *result) {
    const struct assignment_problem *problem = search->problem;
    uint32_t found = 0, broken = 0;
    for (uint32_t i = 0; i < result->broken_count; i++) {
        uint32_t at = result->broken[i].index;
        switch (result->broken[i].need) {
        case ASSIGNMENT_DEMAND_MIN:
            found += stable_load(search, set, ASSIGNMENT_DEMAND, at) < problem->demand_min[at];
            break;
        case ASSIGNMENT_SUPPLIER_MIN:
            found += stable_load(search, set, ASSIGNMENT_SUPPLIER, at) < problem->supplier_min[at];
            break;
        case ASSIGNMENT_GROUP_MIN:
            found += stable_group_load(search, set, &problem->groups[at]) < problem->groups[at].min;
            break;
        case ASSIGNMENT_GROUP_MAX:
            found += stable_group_load(search, set, &problem->groups[at]) > problem->groups[at].max;
            break;
        default: return false;
        }
    }
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        broken += stable_load(search, set, ASSIGNMENT_DEMAND, d) < problem->demand_min[d];
    }
    for (uint32_t s = 0; s < problem->supplier_count; s++) {
        broken += stable_load(search, set, ASSIGNMENT_SUPPLIER, s) < problem->supplier_min[s];
    }
    for (uint32_t g = 0; g < problem->group_count; g++) {
        int64_t load = stable_group_load(search, set, &problem->groups[g]);
        broken += (load < problem->groups[g].min) + (load > problem->groups[g].max);
    }
    return found == result->broken_count && broken == found;
}

static uint32_t chosen_set(const struct stable_result *result, uint32_t edges) {
    uint32_t set = 0;
    for (uint32_t e = 0; e < edges; e++) set |= (uint32_t)result->chosen[e] << e;
    return set;
}

struct tally {
    long differences, optimal, broken, proven, locks, tied;
};

/* Compares one result with all sets of pairs. */
static void compare(const struct small_case *it, const int64_t *back, bool strict, const struct stable_result *result,
                    struct tally *tally) {
    struct stable_search search;
    uint32_t edges = it->start[it->problem.demand_count];
    stable_open(&search, &it->problem, back ? back : it->score);
    if (!locks_fit(&search)) {
        tally->locks++;
        tally->differences += result->status != ASSIGNMENT_INFEASIBLE || result->reason.count == 0 || result->chosen;
        return;
    }
    if (!result->chosen || result->reason.count) {
        tally->differences++;
        return;
    }
    uint32_t set = chosen_set(result, edges);
    bool keeps = stable_keeps_limits(&search, set), ties = find_ties(&search), any_keeps = false;
    tally->differences += !stable_is(&search, set);
    tally->differences += keeps != (result->status == ASSIGNMENT_OPTIMAL);
    tally->differences += ties != result->ties || (strict && ties);
    tally->differences += result->proven != (!keeps && !ties);
    tally->differences += !names_what_is_broken(&search, set, result);
    tally->differences += result->checked != edges;
    for (uint32_t other = 0; other < UINT32_C(1) << edges; other++) {
        if (!stable_is(&search, other)) continue;
        any_keeps = any_keeps || stable_keeps_limits(&search, other);
        if (strict) tally->differences += !is_best_for_demands(&search, set, other);
    }
    if (result->proven) tally->differences += any_keeps;
    tally->optimal += keeps, tally->broken += !keeps, tally->proven += result->proven, tally->tied += ties;
}

TEST(equals_search) {
    struct random random;
    struct tally tally = {0};
    long count = case_count(5000);
    random_seed(&random, 20260301);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct stable_result result;
        int64_t room[CASE_EDGES];
        const int64_t *back;
        bool strict = make_case(&it, &random, room, &back);
        if (solve(&it.problem, back, &result) != IEUM_OK) {
            tally.differences++;
            continue;
        }
        compare(&it, back, strict, &result, &tally);
        stable_result_free(&result);
    }
    printf("%ld problems: %ld stable, %ld broken (%ld proven), %ld with impossible locks, %ld with ties\n", count,
           tally.optimal, tally.broken, tally.proven, tally.locks, tally.tied);
    CHECK_INT(tally.differences, 0);
    CHECK(tally.optimal > count / 20 && tally.broken > count / 20 && tally.proven > count / 40);
    CHECK(tally.locks > count / 100 && tally.tied > count / 40);
}

/* ---- the check ---- */

/* Whether a forged result is a true one after all. */
static bool is_true(const struct small_case *it, const int64_t *back, const struct stable_result *result) {
    struct stable_search search;
    uint32_t edges = it->start[it->problem.demand_count], set = chosen_set(result, edges), listed = 0;
    int64_t total = 0;
    stable_open(&search, &it->problem, back ? back : it->score);
    for (uint32_t e = 0; e < edges; e++) {
        if (!result->chosen[e]) continue;
        total += it->score[e];
        if (listed >= result->pair_count || result->pairs[listed].demand != search.demand[e] ||
            result->pairs[listed].supplier != it->supplier[e]) {
            return false;
        }
        listed++;
    }
    return listed == result->pair_count && total == result->total && stable_is(&search, set) &&
           stable_keeps_limits(&search, set) == (result->status == ASSIGNMENT_OPTIMAL) &&
           names_what_is_broken(&search, set, result);
}

/* Changes a result in one way; pairs and total may be made to agree with it. True: the result is certainly false now.
 */
static bool forge(const struct small_case *it, struct random *random, struct stable_result *result,
                  struct assignment_pair *pairs) {
    uint32_t edges = it->start[it->problem.demand_count], which = (uint32_t)random_below(random, 6);
    bool infeasible = result->status == ASSIGNMENT_INFEASIBLE;
    if (which == 0) result->total += 1;
    if (which == 1) result->status = infeasible ? ASSIGNMENT_OPTIMAL : ASSIGNMENT_INFEASIBLE;
    if (which == 2 && infeasible) result->broken[random_below(random, result->broken_count)].index++;
    if (which == 3 && infeasible) result->broken_count--;
    if (which < 2 || (which < 4 && infeasible)) return true;
    result->chosen[random_below(random, edges)] ^= 1;
    if (which == 5) result->chosen[random_below(random, edges)] ^= 1;
    if (random_below(random, 8) == 0) return false;
    result->pair_count = 0, result->total = 0;
    for (uint32_t d = 0; d < it->problem.demand_count; d++) {
        for (uint32_t e = it->start[d]; e < it->start[d + 1]; e++) {
            if (!result->chosen[e]) continue;
            pairs[result->pair_count++] = (struct assignment_pair){d, it->supplier[e]};
            result->total += it->score[e];
        }
    }
    result->pairs = pairs;
    return false;
}

TEST(corrupted_results_are_rejected) {
    struct random random;
    long wrong = 0, tried = 0, still_true = 0, count = case_count(10000);
    random_seed(&random, 20260302);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct stable_result result;
        struct assignment_pair pairs[CASE_EDGES];
        struct problem problem = {0};
        int64_t room[CASE_EDGES];
        const int64_t *back;
        uint32_t checked;
        make_case(&it, &random, room, &back);
        if (solve(&it.problem, back, &result) != IEUM_OK || !result.chosen || it.start[it.problem.demand_count] == 0) {
            stable_result_free(&result);
            continue;
        }
        struct assignment_pair *own = result.pairs;
        wrong += stable_check(&it.problem, back, &result, &checked, &problem) != IEUM_OK;
        bool truth = !forge(&it, &random, &result, pairs) && is_true(&it, back, &result);
        wrong += truth != (stable_check(&it.problem, back, &result, &checked, &problem) == IEUM_OK);
        still_true += truth, tried++;
        result.pairs = own;
        stable_result_free(&result);
    }
    printf("%ld forgeries, %ld of them true after all\n", tried, still_true);
    CHECK_INT(wrong, 0);
    CHECK(tried > count / 3 && still_true < tried / 3);
}

/* ---- greater problems ---- */

struct market {
    struct assignment_problem problem;
    uint32_t *start, *supplier;
    int64_t *score, *back, *bounds;
};

static void make_market(struct market *it, struct random *random, uint32_t demands, uint32_t suppliers, uint64_t fill,
                        uint64_t values, int64_t places) {
    uint32_t end = 0;
    it->start = calloc(demands + 1, sizeof *it->start);
    it->supplier = calloc((size_t)demands * suppliers, sizeof *it->supplier);
    it->score = calloc((size_t)demands * suppliers, sizeof *it->score);
    it->back = calloc((size_t)demands * suppliers, sizeof *it->back);
    it->bounds = calloc(2 * ((size_t)demands + suppliers), sizeof *it->bounds);
    for (uint32_t d = 0; d < demands; d++) {
        for (uint32_t s = 0; s < suppliers; s++) {
            if (random_below(random, 100) >= fill) continue;
            it->supplier[end] = s;
            /* a common order of the suppliers, disturbed: what makes offers cascade */
            it->score[end] = (int64_t)(s * values / suppliers + random_below(random, values)) - (int64_t)values / 8;
            it->back[end++] = (int64_t)(d * values / demands + random_below(random, values)) - (int64_t)values / 8;
        }
        it->start[d + 1] = end;
    }
    for (uint32_t i = 0; i < demands; i++)
        it->bounds[demands + i] = (int64_t)random_below(random, (uint64_t)places + 1);
    for (uint32_t i = 0; i < suppliers; i++) {
        it->bounds[2 * demands + suppliers + i] = (int64_t)random_below(random, (uint64_t)places + 1);
    }
    if (places == 1) {
        for (uint32_t i = 0; i < demands; i++) it->bounds[demands + i] = 1;
        for (uint32_t i = 0; i < suppliers; i++) it->bounds[2 * demands + suppliers + i] = 1;
    }
    it->problem = (struct assignment_problem){.demand_count = demands,
                                              .supplier_count = suppliers,
                                              .edge_start = it->start,
                                              .edge_supplier = it->supplier,
                                              .edge_score = it->score,
                                              .demand_min = it->bounds,
                                              .demand_max = it->bounds + demands,
                                              .supplier_min = it->bounds + 2 * demands,
                                              .supplier_max = it->bounds + 2 * demands + suppliers};
}

static void free_market(struct market *it) {
    free(it->start), free(it->supplier), free(it->score), free(it->back), free(it->bounds);
}

TEST(equals_the_textbook) {
    static const struct {
        uint32_t demands, suppliers;
        uint64_t fill, values;
        int64_t places;
    } rows[] = {
        {60, 60, 100, 1000000, 1}, {80, 40, 50, 1000000, 3}, {40, 80, 100, 4, 5},     {100, 100, 30, 1, 2},
        {120, 30, 100, 20, 40},    {1, 200, 100, 1000, 90},  {200, 1, 100, 1000, 90}, {50, 50, 10, 3, 1},
    };
    struct random random;
    random_seed(&random, 20260303);
    for (size_t i = 0; i < 4 * sizeof rows / sizeof *rows; i++) {
        struct market it;
        struct stable_result result = {0}, plain = {0};
        size_t row = i / 4;
        bool same = i % 4 == 0;
        make_market(&it, &random, rows[row].demands, rows[row].suppliers, rows[row].fill, rows[row].values,
                    rows[row].places);
        uint32_t edges = it.start[rows[row].demands];
        uint8_t *held = textbook_solve(&it.problem, same ? it.score : it.back);
        CHECK_INT(solve(&it.problem, same ? NULL : it.back, &result), IEUM_OK);
        CHECK(memcmp(result.chosen, held, edges) == 0);
        processor_limit(PROCESSOR_PORTABLE);
        CHECK_INT(solve(&it.problem, same ? NULL : it.back, &plain), IEUM_OK);
        processor_limit(PROCESSOR_HIGHEST);
        CHECK(plain.offers == result.offers && memcmp(plain.chosen, result.chosen, edges) == 0);
        stable_result_free(&result);
        stable_result_free(&plain);
        free(held);
        free_market(&it);
    }
}

/* ---- bad input ---- */

TEST(malformed_problems_are_refused) {
    struct random random;
    struct market it;
    struct stable_result result;
    struct problem problem = {0};
    random_seed(&random, 1);
    make_market(&it, &random, 3, 3, 100, 10, 1);
    it.back[4] = ASSIGNMENT_SCORE_LIMIT + 1;
    CHECK_INT(stable_solve(&it.problem, it.back, &result, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/supplier_scores/4");
    problem_clear(&problem);
    it.supplier[1] = 0;
    CHECK_INT(stable_solve(&it.problem, NULL, &result, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/edges/1");
    free_market(&it);
}

TEST(every_failing_allocation_is_reported) {
    struct random random;
    random_seed(&random, 32);
    for (int i = 0; i < 60; i++) {
        struct small_case it;
        struct stable_result result = {0};
        struct problem problem = {0};
        int64_t room[CASE_EDGES];
        const int64_t *back;
        ieum_status status = IEUM_MEMORY;
        make_case(&it, &random, room, &back);
        for (uint64_t n = 1; status == IEUM_MEMORY && n < 10000; n++) {
            problem_clear(&problem);
            memory_fail_at(n);
            status = stable_solve(&it.problem, back, &result, &problem);
            memory_fail_at(0);
        }
        CHECK_INT(status, IEUM_OK);
        stable_result_free(&result);
    }
    struct market cascade; /* one that needs the heaps */
    make_market(&cascade, &random, 60, 60, 100, 1, 1);
    ieum_status status = IEUM_MEMORY;
    for (uint64_t n = 1; status == IEUM_MEMORY && n < 10000; n++) {
        struct stable_result result = {0};
        struct problem problem = {0};
        memory_fail_at(n);
        status = stable_solve(&cascade.problem, NULL, &result, &problem);
        memory_fail_at(0);
        if (status == IEUM_OK) stable_result_free(&result);
    }
    CHECK_INT(status, IEUM_OK);
    free_market(&cascade);
    memory_clear_failed();
}

TEST_MAIN(equals_search, corrupted_results_are_rejected, equals_the_textbook, malformed_problems_are_refused,
          every_failing_allocation_is_reported)
