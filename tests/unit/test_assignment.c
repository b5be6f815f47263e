/* SPDX-License-Identifier: Apache-2.0 */
/*
 * max_sum against a search through all assignments; reasons against the same search; proofs true and corrupted;
 * relations between problems that must hold; refusals; the public instances (folder $IEUM_SHARED or ../shared beside
 * the repository). $IEUM_CASES sets how many random problems are tried.
 */
#include "../../engine/base/memory.h"
#include "../../engine/match/certificate.h"
#include "assignment_cases.h"
#include "assignment_instances.h"

enum { SMALL_EDGES = 13 };

static long case_count(long usual) {
    const char *text = getenv("IEUM_CASES");
    return text ? strtol(text, NULL, 10) : usual;
}

static ieum_status solve(const struct assignment_problem *assignment, struct assignment_result *result) {
    struct problem problem = {0};
    ieum_status status = assignment_solve(assignment, result, &problem);
    if (status != IEUM_OK) fprintf(stderr, "%s: %s\n", problem.pointer, problem.en);
    return status;
}

/* ---- against the search ---- */

/* Whether some chosen pair of score 0 could be left out. */
static bool has_needless_pair(const struct assignment_problem *problem, const struct assignment_result *result) {
    struct search_all search = {.problem = problem};
    for (uint32_t i = 0; i < result->pair_count; i++) {
        search.demand_load[result->pairs[i].demand]++;
        search.supplier_load[result->pairs[i].supplier]++;
    }
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            uint32_t s = problem->edge_supplier[e];
            if (!result->chosen[e] || problem->edge_score[e] != 0 || result->edge_rule[e] != 0) continue;
            search.demand_load[d]--;
            search.supplier_load[s]--;
            search.exists = false;
            search_leaf(&search, 0);
            search.demand_load[d]++;
            search.supplier_load[s]++;
            if (search.exists) return true;
        }
    }
    return false;
}

TEST(equals_search) {
    struct random random;
    long differences = 0, infeasible = 0, count = case_count(20000);
    random_seed(&random, 20260101);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct assignment_result result;
        int64_t best;
        case_random(&it, &random, i % 3 == 0 ? CASE_SIDE : 4, SMALL_EDGES);
        bool exists = case_search(&it.problem, &best);
        if (solve(&it.problem, &result) != IEUM_OK) {
            differences++;
            continue;
        }
        infeasible += !exists;
        differences += exists != (result.status == ASSIGNMENT_OPTIMAL);
        if (exists && result.status == ASSIGNMENT_OPTIMAL) {
            differences += result.total != best;
            differences += has_needless_pair(&it.problem, &result);
        }
        assignment_result_free(&result);
    }
    CHECK_INT(differences, 0);
    CHECK(infeasible > count / 20 && infeasible < count * 19 / 20);
}

/* ---- reasons ---- */

/* The problem with nothing asked for but the named requirements, less one. */
static void keep_named(const struct small_case *from, const struct assignment_reason *reason, uint32_t waived,
                       struct small_case *to) {
    *to = *from;
    case_point(to);
    for (uint32_t i = 0; i < CASE_SIDE; i++) {
        to->demand_min[i] = to->supplier_min[i] = 0;
        to->demand_max[i] = to->supplier_max[i] = ASSIGNMENT_NO_MAX;
    }
    for (uint32_t g = 0; g < CASE_GROUPS; g++) to->groups[g].min = 0, to->groups[g].max = ASSIGNMENT_NO_MAX;
    to->problem.lock_count = to->problem.veto_count = 0;
    for (uint32_t i = 0; i < reason->count; i++) {
        uint32_t at = reason->requirements[i].index;
        if (i == waived) continue;
        switch (reason->requirements[i].need) {
        case ASSIGNMENT_DEMAND_MIN: to->demand_min[at] = from->demand_min[at]; break;
        case ASSIGNMENT_DEMAND_MAX: to->demand_max[at] = from->demand_max[at]; break;
        case ASSIGNMENT_SUPPLIER_MIN: to->supplier_min[at] = from->supplier_min[at]; break;
        case ASSIGNMENT_SUPPLIER_MAX: to->supplier_max[at] = from->supplier_max[at]; break;
        case ASSIGNMENT_GROUP_MIN: to->groups[at].min = from->groups[at].min; break;
        case ASSIGNMENT_GROUP_MAX: to->groups[at].max = from->groups[at].max; break;
        case ASSIGNMENT_LOCK: to->locks[to->problem.lock_count++] = from->locks[at]; break;
        case ASSIGNMENT_VETO: to->vetoes[to->problem.veto_count++] = from->vetoes[at]; break;
        case ASSIGNMENT_Q: break;
        }
    }
}

TEST(reasons_are_true_and_irreducible) {
    struct random random;
    long wrong = 0, reducible = 0, seen = 0, count = case_count(20000) / 2;
    random_seed(&random, 77);
    for (long i = 0; i < count; i++) {
        struct small_case it, alone;
        struct assignment_result result;
        int64_t best;
        case_random(&it, &random, CASE_SIDE, 11);
        if (solve(&it.problem, &result) != IEUM_OK || result.status == ASSIGNMENT_OPTIMAL) {
            assignment_result_free(&result);
            continue;
        }
        seen++;
        keep_named(&it, &result.reason, UINT32_MAX, &alone);
        wrong += case_search(&alone.problem, &best);
        wrong += result.reason.count == 0 || !result.reason.irreducible;
        for (uint32_t waived = 0; waived < result.reason.count; waived++) {
            keep_named(&it, &result.reason, waived, &alone);
            reducible += !case_search(&alone.problem, &best);
        }
        assignment_result_free(&result);
    }
    CHECK_INT(wrong, 0);
    CHECK_INT(reducible, 0);
    CHECK(seen > count / 20);
}

TEST(corrupted_reasons_are_rejected) {
    struct random random;
    long accepted = 0, tried = 0, count = case_count(20000) / 2;
    random_seed(&random, 78);
    for (long i = 0; i < count; i++) {
        struct small_case it, alone;
        struct assignment_result result;
        struct problem problem = {0};
        int64_t best;
        case_random(&it, &random, CASE_SIDE, 11);
        if (solve(&it.problem, &result) != IEUM_OK || result.status == ASSIGNMENT_OPTIMAL) {
            assignment_result_free(&result);
            continue;
        }
        struct assignment_reason *reason = &result.reason;
        uint8_t *sides[3] = {reason->demand_in_cut, reason->supplier_in_cut, reason->group_in_cut};
        uint32_t counts[3] = {it.problem.demand_count, it.problem.supplier_count, it.problem.group_count};
        uint64_t which = random_below(&random, 4);
        uint32_t at = (uint32_t)random_below(&random, reason->count);
        if (which == 0) {
            reason->least++;
        } else if (which == 1) {
            reason->requirements[at] = reason->requirements[--reason->count];
        } else if (which == 2) {
            reason->requirements[at].index++;
        } else if (sides[0]) {
            uint64_t side = random_below(&random, 3);
            if (counts[side])
                sides[side][random_below(&random, counts[side])] ^= 1;
            else
                reason->root_in_cut ^= 1;
        } else {
            reason->room++;
        }
        /* A changed reason may be accepted only when it is still true. */
        tried++;
        if (certificate_check_infeasible(&it.problem, reason, &problem) == IEUM_OK) {
            keep_named(&it, reason, UINT32_MAX, &alone);
            accepted += which < 2 || case_search(&alone.problem, &best);
        }
        assignment_result_free(&result);
    }
    CHECK_INT(accepted, 0);
    CHECK(tried > count / 20);
}

/* ---- proofs ---- */

/* Turns one pair over, in flags, list and total alike: a forgery that adds up. */
static void forge_pair(const struct assignment_problem *problem, struct assignment_result *result, uint32_t edge,
                       struct assignment_pair *room) {
    result->total += result->chosen[edge] ? -problem->edge_score[edge] : problem->edge_score[edge];
    result->chosen[edge] ^= 1;
    result->pair_count = 0;
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            if (result->chosen[e]) room[result->pair_count++] = (struct assignment_pair){d, problem->edge_supplier[e]};
        }
    }
    result->pairs = room;
}

static bool is_assignment(const struct assignment_problem *problem, const struct assignment_result *result) {
    struct small_case fixed;
    int64_t best;
    memset(&fixed, 0, sizeof fixed);
    struct assignment_problem only = *problem;
    uint32_t edges = problem->edge_start[problem->demand_count];
    struct assignment_pair vetoes[CASE_EDGES + CASE_PAIRS], locks[CASE_EDGES + CASE_PAIRS];
    memcpy(vetoes, problem->vetoes, sizeof *vetoes * problem->veto_count);
    memcpy(locks, problem->locks, sizeof *locks * problem->lock_count);
    for (uint32_t d = 0, e = 0; e < edges; e++) {
        while (e >= problem->edge_start[d + 1]) d++;
        struct assignment_pair pair = {d, problem->edge_supplier[e]};
        if (result->chosen[e])
            locks[only.lock_count++] = pair;
        else
            vetoes[only.veto_count++] = pair;
    }
    only.locks = locks, only.vetoes = vetoes;
    return case_search(&only, &best);
}

TEST(corrupted_proofs_are_rejected) {
    struct random random;
    long wrong = 0, tried = 0, count = case_count(20000) / 2;
    random_seed(&random, 4711);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct assignment_result result;
        struct problem problem = {0};
        struct assignment_pair room[CASE_EDGES];
        int64_t bound, best;
        case_random(&it, &random, 5, SMALL_EDGES);
        uint32_t edges = it.start[it.problem.demand_count];
        if (solve(&it.problem, &result) != IEUM_OK || result.status != ASSIGNMENT_OPTIMAL || edges == 0) {
            assignment_result_free(&result);
            continue;
        }
        best = result.total;
        wrong += certificate_check_optimal(&it.problem, &result, &bound, &problem) != IEUM_OK || bound != best;
        struct assignment_pair *pairs = result.pairs;
        uint32_t edge = (uint32_t)random_below(&random, edges);
        bool valid = false;
        switch (random_below(&random, 4)) {
        case 0: result.total += (int64_t)random_below(&random, 3) - 1, valid = result.total == best; break;
        case 1: result.chosen[edge] ^= 1; break;
        case 2:
            forge_pair(&it.problem, &result, edge, room);
            valid = result.total == best && is_assignment(&it.problem, &result);
            break;
        default: /* a price that still proves the total is no forgery */
            if (it.problem.demand_count) result.demand_price[random_below(&random, it.problem.demand_count)] += 1;
            valid = true;
        }
        tried++;
        problem_clear(&problem);
        bool accepted = certificate_check_optimal(&it.problem, &result, &bound, &problem) == IEUM_OK;
        wrong += accepted && (!valid || bound != best);
        result.pairs = pairs;
        assignment_result_free(&result);
    }
    CHECK_INT(wrong, 0);
    CHECK(tried > count / 10);
}

/* ---- relations ---- */

static int64_t total_of(const struct small_case *it, enum assignment_status *status) {
    struct assignment_result result = {0};
    CHECK_INT(solve(&it->problem, &result), IEUM_OK);
    int64_t total = result.total;
    *status = result.status;
    assignment_result_free(&result);
    return total;
}

TEST(related_problems_have_related_totals) {
    struct random random;
    random_seed(&random, 5);
    for (long i = 0; i < 2000; i++) {
        struct small_case it, other;
        enum assignment_status status, other_status;
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        uint32_t edges = it.start[it.problem.demand_count];
        for (uint32_t e = 0; e < edges; e++) it.score[e] %= 1000000000;
        int64_t total = total_of(&it, &status);
        if (status != ASSIGNMENT_OPTIMAL || edges == 0) continue;
        /* Three times the scores: three times the total. */
        other = it, case_point(&other);
        for (uint32_t e = 0; e < edges; e++) other.score[e] *= 3;
        CHECK_INT(total_of(&other, &other_status), 3 * total);
        /* A constant more for a demand that takes a fixed number. */
        uint32_t d = (uint32_t)random_below(&random, it.problem.demand_count);
        if (it.demand_min[d] == it.demand_max[d]) {
            other = it, case_point(&other);
            for (uint32_t e = it.start[d]; e < it.start[d + 1]; e++) other.score[e] += 1000;
            CHECK_INT(total_of(&other, &other_status), total + 1000 * it.demand_min[d]);
        }
        /* A wider maximum never loses, a further veto never gains. */
        other = it, case_point(&other);
        other.demand_max[d] += other.demand_max[d] < ASSIGNMENT_NO_MAX;
        CHECK(total_of(&other, &other_status) >= total && other_status == ASSIGNMENT_OPTIMAL);
        if (it.problem.veto_count < CASE_PAIRS && it.start[d] < it.start[d + 1]) {
            other = it, case_point(&other);
            other.vetoes[other.problem.veto_count++] = (struct assignment_pair){d, it.supplier[it.start[d]]};
            int64_t less = total_of(&other, &other_status);
            CHECK(other_status == ASSIGNMENT_INFEASIBLE || less <= total);
        }
    }
}

TEST(locking_what_is_chosen_changes_nothing) {
    struct random random;
    random_seed(&random, 6);
    for (long i = 0; i < 1000; i++) {
        struct small_case it;
        struct assignment_result result, again;
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        if (solve(&it.problem, &result) != IEUM_OK) continue;
        if (result.status == ASSIGNMENT_OPTIMAL) {
            it.problem.locks = result.pairs, it.problem.lock_count = result.pair_count;
            CHECK_INT(solve(&it.problem, &again), IEUM_OK);
            CHECK_INT(again.total, result.total);
            assignment_result_free(&again);
        }
        assignment_result_free(&result);
    }
}

TEST(same_input_gives_the_same_bytes) {
    struct random random;
    random_seed(&random, 9);
    for (int i = 0; i < 300; i++) {
        struct small_case it;
        struct assignment_result one, two;
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        if (solve(&it.problem, &one) != IEUM_OK || solve(&it.problem, &two) != IEUM_OK) continue;
        CHECK_INT(one.status, two.status);
        CHECK_INT(one.pivots, two.pivots);
        if (one.status == ASSIGNMENT_OPTIMAL) {
            CHECK(memcmp(one.chosen, two.chosen, it.start[it.problem.demand_count]) == 0);
            CHECK(memcmp(one.demand_price, two.demand_price, sizeof(int64_t) * it.problem.demand_count) == 0);
        }
        assignment_result_free(&one);
        assignment_result_free(&two);
    }
}

/* ---- greater problems: the proof is the check ---- */

TEST(greater_problems_prove_themselves) {
    struct random random;
    long optimal = 0, infeasible = 0;
    random_seed(&random, 12);
    for (int i = 0; i < 300; i++) {
        struct instance it;
        struct assignment_result result, grouped = {0};
        uint32_t members[60], side = 5 + (uint32_t)random_below(&random, 56);
        make_great(&it, &random, side);
        for (uint32_t m = 0; m < side; m++) members[m] = m;
        /* Groups that ask for nothing turn the warm start off and must not change the total. */
        struct assignment_group groups[2] = {{ASSIGNMENT_SUPPLIER, members, side, 0, ASSIGNMENT_NO_MAX},
                                             {ASSIGNMENT_DEMAND, members, side / 2, 0, ASSIGNMENT_NO_MAX}};
        CHECK_INT(solve(&it.problem, &result), IEUM_OK);
        it.problem.groups = groups, it.problem.group_count = 2;
        CHECK_INT(solve(&it.problem, &grouped), IEUM_OK);
        CHECK_INT(grouped.status, result.status);
        CHECK_INT(grouped.total, result.total);
        optimal += result.status == ASSIGNMENT_OPTIMAL;
        infeasible += result.status == ASSIGNMENT_INFEASIBLE;
        assignment_result_free(&result);
        assignment_result_free(&grouped);
        free_instance(&it);
    }
    CHECK(optimal >= 50 && infeasible >= 5);
}

/* ---- refusals and failing memory ---- */

/* Two demands, two suppliers, all pairs, and two groups on the supplier side. */
static void make_plain(struct small_case *it) {
    memset(it, 0, sizeof *it);
    case_point(it);
    it->problem.demand_count = it->problem.supplier_count = 2;
    it->start[1] = 2, it->start[2] = 4;
    for (uint32_t e = 0; e < 4; e++) it->supplier[e] = e % 2, it->score[e] = 1 + e;
    for (int i = 0; i < 2; i++) it->demand_max[i] = it->supplier_max[i] = 1;
}

static void check_refused(const struct small_case *it, ieum_status expected, const char *pointer) {
    struct assignment_result result;
    struct problem problem = {0};
    ieum_status status = assignment_solve(&it->problem, &result, &problem);
    CHECK_INT(status, expected);
    CHECK_TEXT(problem.pointer, pointer);
    CHECK(problem.ko[0] && problem.en[0]);
    if (status == IEUM_OK) assignment_result_free(&result);
}

#define REFUSED(pointer, change)                                                                                       \
    do {                                                                                                               \
        struct small_case it;                                                                                          \
        make_plain(&it);                                                                                               \
        change;                                                                                                        \
        check_refused(&it, IEUM_INVALID, pointer);                                                                     \
    } while (0)

TEST(malformed_problems_are_refused) {
    REFUSED("/demand/min/1", it.demand_min[1] = -1);
    REFUSED("/demand/max/0", it.demand_max[0] = -1);
    REFUSED("/demand/min/0", it.demand_min[0] = 2);
    REFUSED("/supplier/min/1", it.supplier_min[1] = 5);
    REFUSED("/supplier/max/1", it.supplier_max[1] = INT64_MIN);
    REFUSED("/edges/3", it.supplier[3] = 2);
    REFUSED("/edges/3", it.supplier[3] = 0);
    REFUSED("/edges/2", it.score[2] = ASSIGNMENT_SCORE_LIMIT + 1);
    REFUSED("/edges/2", it.score[2] = INT64_MIN);
    REFUSED("/locks/0/0", (it.problem.lock_count = 1, it.locks[0].demand = 2));
    REFUSED("/vetoes/0/1", (it.problem.veto_count = 1, it.vetoes[0].supplier = 9));
    REFUSED("/groups/0/members", it.problem.group_count = 1);
    REFUSED("/groups/0/members/1",
            (it.problem.group_count = 1, it.groups[0].member_count = 2, it.members[0][1] = 0, it.groups[0].max = 1));
    REFUSED("/groups/0/members/0",
            (it.problem.group_count = 1, it.groups[0].member_count = 1, it.members[0][0] = 2, it.groups[0].max = 1));
    REFUSED("/groups/0/min", (it.problem.group_count = 1, it.groups[0].member_count = 1, it.groups[0].min = 1));
    REFUSED("/groups/0/max", (it.problem.group_count = 1, it.groups[0].member_count = 1, it.groups[0].max = -1));
}

TEST(crossing_groups_are_refused) {
    struct assignment_result result;
    struct small_case it;
    struct problem problem = {0};
    make_plain(&it);
    it.problem.supplier_count = 3;
    it.problem.group_count = 2;
    for (int g = 0; g < 2; g++) {
        it.groups[g] = (struct assignment_group){ASSIGNMENT_SUPPLIER, it.members[g], 2, 0, 2};
        it.members[g][0] = (uint32_t)g, it.members[g][1] = (uint32_t)g + 1;
    }
    CHECK_INT(assignment_solve(&it.problem, &result, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/groups/1");
    CHECK(strstr(problem.en, "NP-hard") && strstr(problem.ko, "NP-난해"));
    /* On two sides the same indices are no crossing. */
    it.groups[1].side = ASSIGNMENT_DEMAND, it.members[1][0] = 0, it.members[1][1] = 1;
    CHECK_INT(solve(&it.problem, &result), IEUM_OK);
    assignment_result_free(&result);
}

TEST(sums_that_could_overflow_are_refused) {
    enum { SIDE = 2000000 };
    uint32_t *start = calloc(SIDE + 1, sizeof *start), *supplier = calloc(SIDE, sizeof *supplier);
    int64_t *score = calloc(SIDE, sizeof *score), *zero = calloc(SIDE, sizeof *zero), *one = calloc(SIDE, sizeof *one);
    struct assignment_result result;
    struct problem problem = {0};
    for (uint32_t i = 0; i < SIDE; i++) {
        start[i + 1] = i + 1, supplier[i] = i, score[i] = ASSIGNMENT_SCORE_LIMIT, one[i] = 1;
    }
    struct assignment_problem it = {.demand_count = SIDE,
                                    .supplier_count = SIDE,
                                    .edge_start = start,
                                    .edge_supplier = supplier,
                                    .edge_score = score,
                                    .demand_min = zero,
                                    .demand_max = one,
                                    .supplier_min = zero,
                                    .supplier_max = one};
    CHECK_INT(assignment_solve(&it, &result, &problem), IEUM_LIMIT);
    free(start), free(supplier), free(score), free(zero), free(one);
}

TEST(every_failing_allocation_is_reported) {
    struct random random;
    random_seed(&random, 31);
    for (int i = 0; i < 40; i++) {
        struct small_case it;
        struct assignment_result result = {0};
        struct problem problem = {0};
        ieum_status status = IEUM_MEMORY;
        case_random(&it, &random, CASE_SIDE, CASE_EDGES);
        for (uint64_t n = 1; status == IEUM_MEMORY && n < 10000; n++) {
            problem_clear(&problem);
            memory_fail_at(n);
            status = assignment_solve(&it.problem, &result, &problem);
            memory_fail_at(0);
        }
        CHECK_INT(status, IEUM_OK);
        assignment_result_free(&result);
    }
    memory_clear_failed();
}

TEST(fixed_point_rounds_to_nearest) {
    int64_t fixed = 7;
    CHECK(assignment_fixed_point(0.1, &fixed) && fixed == 100000000);
    CHECK(assignment_fixed_point(-0.0000000015, &fixed) && fixed == -2);
    CHECK(assignment_fixed_point(1000, &fixed) && fixed == ASSIGNMENT_SCORE_LIMIT);
    CHECK(!assignment_fixed_point(1000.001, &fixed) && fixed == ASSIGNMENT_SCORE_LIMIT);
    double zero = 0;
    CHECK(!assignment_fixed_point(0 / zero, &fixed));
    CHECK(!assignment_fixed_point(-1 / zero, &fixed));
}

/* ---- the public instances ---- */

TEST(public_instances_come_out_at_their_optima) {
    /* Three suppliers a demand; `thousandths` as printed in the folder's README, so cut or rounded there. */
    static const struct {
        const char *name;
        int64_t max, min, thousandths;
        bool exact;
    } rows[] = {
        {"midl", 4, 0, 201885, false},       {"midl", 2, 2, 150043, false},       {"midl", 4, 1, 186460, false},
        {"aamas2015", 12, 0, 1406250, true}, {"aamas2015", 12, 4, 1406250, true}, {"aamas2015", 12, 8, 1394750, true},
        {"preflib1", 6, 0, 124250, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct instance it;
        struct assignment_result result = {0};
        if (!read_instance(rows[i].name, &it)) {
            printf("skipped: no public instance %s (IEUM_SHARED)\n", rows[i].name);
            CHECK(rows[i].name[0]);
            continue;
        }
        set_bounds(&it, 3, rows[i].min, rows[i].max);
        CHECK_INT(solve(&it.problem, &result), IEUM_OK);
        CHECK_INT(result.status, ASSIGNMENT_OPTIMAL);
        printf("%s max %d min %d: %.9f, %d pivots\n", rows[i].name, (int)rows[i].max, (int)rows[i].min,
               (double)result.total / 1e9, (int)result.pivots);
        if (rows[i].exact)
            CHECK_INT(result.total, rows[i].thousandths * 1000000);
        else
            CHECK_INT((result.total / 100000 + 5) / 10, rows[i].thousandths);
        for (uint32_t d = 0; d < it.problem.demand_count; d++) CHECK(llabs(result.demand_price[d]) < INT64_C(1) << 53);
        assignment_result_free(&result);
        free_instance(&it);
    }
}

TEST(too_little_room_is_explained) {
    struct instance it;
    struct assignment_result result = {0};
    if (!read_instance("midl", &it)) {
        printf("skipped: no public instance midl (IEUM_SHARED)\n");
        return;
    }
    set_bounds(&it, 3, 3, 3); /* 118·3 < 177·3 */
    CHECK_INT(solve(&it.problem, &result), IEUM_OK);
    CHECK_INT(result.status, ASSIGNMENT_INFEASIBLE);
    CHECK(result.reason.irreducible);
    CHECK_INT(result.reason.count, 118 + 119);
    assignment_result_free(&result);
    free_instance(&it);
}

TEST_MAIN(equals_search, reasons_are_true_and_irreducible, corrupted_reasons_are_rejected,
          corrupted_proofs_are_rejected, related_problems_have_related_totals, locking_what_is_chosen_changes_nothing,
          same_input_gives_the_same_bytes, greater_problems_prove_themselves, malformed_problems_are_refused,
          crossing_groups_are_refused, sums_that_could_overflow_are_refused, every_failing_allocation_is_reported,
          fixed_point_rounds_to_nearest, public_instances_come_out_at_their_optima, too_little_room_is_explained)
