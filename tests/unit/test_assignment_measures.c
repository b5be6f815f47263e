/* SPDX-License-Identifier: Apache-2.0 */
/* The measures of small assignments worked out by hand, and of random ones against a second implementation, pair by pair from the definitions. */
#include <math.h>

#include "../../engine/base/memory.h"
#include "../../engine/base/random.h"
#include "../../engine/measure/assignment_measures.h"
#include "test.h"

/* Three demands, three suppliers, all pairs. */
static const uint32_t start[] = {0, 3, 6, 9}, supplier[] = {0, 1, 2, 0, 1, 2, 0, 1, 2};
static const int64_t score[] = {9, 5, 1, 8, 2, 0, 7, 3, -4}, one[] = {1, 1, 1}, two[] = {2, 2, 2};

static struct assignment_measure_input input_of(const uint8_t *chosen, const uint8_t *barred) {
    return (struct assignment_measure_input){.demand_count = 3, .supplier_count = 3, .edge_start = start, .edge_supplier = supplier, .edge_score = score,
                                             .edge_chosen = chosen, .edge_barred = barred, .demand_max = one, .supplier_max = two};
}

TEST(works_out_a_small_assignment) {
    /* d0–s1 (5), d1–s0 (8), d2 none; suppliers take two. */
    static const uint8_t chosen[] = {0, 1, 0, 1, 0, 0, 0, 0, 0}, barred[] = {1, 0, 0, 0, 0, 0, 0, 0, 0};
    struct assignment_measures measures;
    struct problem problem = {0};
    uint32_t exposure[3];
    struct assignment_measure_input input = input_of(chosen, NULL);
    CHECK_INT(assignment_measures_compute(&input, &measures, exposure, &problem), IEUM_OK);
    CHECK_INT(measures.pair_count, 2);
    CHECK_INT(measures.total, 13);
    CHECK_INT(measures.worst_pair, 5);
    CHECK_INT(measures.worst_demand, 0);
    CHECK_INT(measures.unmatched_demands, 1);
    CHECK_INT(measures.idle_suppliers, 1);
    CHECK_INT(measures.greatest_exposure, 1);
    CHECK_INT(exposure[0] + 10 * exposure[1] + 100 * exposure[2], 11);
    /* d0–s0: 9 over 5, s0 has room; d2–s0 and d2–s1: both have room. */
    CHECK_INT(measures.blocking_pairs, 3);
    /* d0 has s1 and would rather have s0 of d1; d1 would not have s1; d2 has nothing and would take s0 or s1. */
    CHECK_INT(measures.envy, 2);
    CHECK(!measures.newcomers_known);
    input = input_of(chosen, barred);
    CHECK_INT(assignment_measures_compute(&input, &measures, NULL, &problem), IEUM_OK);
    CHECK_INT(measures.blocking_pairs, 2);
    CHECK_INT(measures.envy, 1); /* s0 is barred for d0 */
    static const uint8_t newcomer[] = {1, 0, 1};
    input.supplier_newcomer = newcomer;
    CHECK_INT(assignment_measures_compute(&input, &measures, NULL, &problem), IEUM_OK);
    CHECK(measures.newcomers_known);
    CHECK_INT(measures.newcomers, 1); /* s0; s2 has no pair */
    CHECK_INT(measures.newcomer_pairs, 1);
}

TEST(nothing_chosen_is_no_error) {
    static const uint8_t chosen[9] = {0};
    struct assignment_measures measures;
    struct problem problem = {0};
    struct assignment_measure_input input = input_of(chosen, NULL);
    CHECK_INT(assignment_measures_compute(&input, &measures, NULL, &problem), IEUM_OK);
    CHECK_INT(measures.total, 0);
    CHECK_INT(measures.worst_pair, 0);
    CHECK_INT(measures.unmatched_demands, 3);
    CHECK(measures.exposure_gini == 0);
    input.demand_count = input.supplier_count = 0;
    CHECK_INT(assignment_measures_compute(&input, &measures, NULL, &problem), IEUM_OK);
    CHECK_INT(measures.worst_demand, 0);
}

enum { SIDE = 7 };

/* The same in the other order: a table of all pairs, every measure by its own walk over it. */
struct table {
    uint32_t demands, suppliers;
    int64_t score[SIDE][SIDE];
    bool candidate[SIDE][SIDE], chosen[SIDE][SIDE], barred[SIDE][SIDE];
    int64_t demand_max[SIDE], supplier_max[SIDE];
    uint8_t newcomer[SIDE];
};

static bool demand_prefers(const struct table *t, uint32_t d, int64_t score) {
    int64_t pairs = 0;
    bool worse = false;
    for (uint32_t s = 0; s < t->suppliers; s++) {
        pairs += t->chosen[d][s];
        worse = worse || (t->chosen[d][s] && t->score[d][s] < score);
    }
    return worse || (pairs < t->demand_max[d] && score > 0);
}

static bool supplier_prefers(const struct table *t, uint32_t s, int64_t score) {
    int64_t pairs = 0;
    bool worse = false;
    for (uint32_t d = 0; d < t->demands; d++) {
        pairs += t->chosen[d][s];
        worse = worse || (t->chosen[d][s] && t->score[d][s] < score);
    }
    return worse || (pairs < t->supplier_max[s] && score > 0);
}

/* Whether d would rather have a supplier that `other` has. */
static bool envies(const struct table *t, uint32_t d, uint32_t other) {
    for (uint32_t s = 0; s < t->suppliers; s++)
        if (d != other && t->chosen[other][s] && t->candidate[d][s] && !t->barred[d][s] && !t->chosen[d][s] && demand_prefers(t, d, t->score[d][s])) return true;
    return false;
}

static struct assignment_measures by_table(const struct table *t) {
    struct assignment_measures m = {.worst_pair = INT64_MAX, .worst_demand = INT64_MAX, .newcomers_known = true};
    double differences = 0;
    int64_t load[SIDE] = {0};
    for (uint32_t d = 0; d < t->demands; d++) {
        int64_t sum = 0, pairs = 0;
        bool any = false;
        for (uint32_t s = 0; s < t->suppliers; s++) {
            if (t->candidate[d][s] && !t->barred[d][s] && !t->chosen[d][s])
                m.blocking_pairs += demand_prefers(t, d, t->score[d][s]) && supplier_prefers(t, s, t->score[d][s]);
            if (!t->chosen[d][s]) continue;
            sum += t->score[d][s], pairs++, load[s]++;
            if (t->score[d][s] < m.worst_pair) m.worst_pair = t->score[d][s];
        }
        for (uint32_t other = 0; other < t->demands; other++) any = any || envies(t, d, other);
        m.envy += any;
        m.total += sum;
        m.pair_count += (uint64_t)pairs;
        m.unmatched_demands += pairs == 0;
        if (sum < m.worst_demand) m.worst_demand = sum;
    }
    for (uint32_t s = 0; s < t->suppliers; s++) {
        m.idle_suppliers += load[s] == 0;
        m.newcomers += t->newcomer[s] && load[s];
        m.newcomer_pairs += t->newcomer[s] ? (uint64_t)load[s] : 0;
        if ((uint64_t)load[s] > m.greatest_exposure) m.greatest_exposure = (uint64_t)load[s];
        for (uint32_t r = 0; r < t->suppliers; r++) differences += (double)(load[s] > load[r] ? load[s] - load[r] : load[r] - load[s]);
    }
    if (!m.pair_count) m.worst_pair = 0;
    if (!t->demands) m.worst_demand = 0;
    if (m.pair_count) m.exposure_gini = differences / (2.0 * t->suppliers * (double)m.pair_count); /* mean difference over twice the mean */
    return m;
}

static void draw(struct random *random, struct table *t) {
    *t = (struct table){.demands = (uint32_t)random_below(random, SIDE + 1), .suppliers = (uint32_t)random_below(random, SIDE + 1)};
    for (uint32_t d = 0; d < SIDE; d++) {
        t->demand_max[d] = (int64_t)random_below(random, 4);
        t->supplier_max[d] = random_below(random, 5) ? (int64_t)random_below(random, 4) : INT64_MAX;
        t->newcomer[d] = random_below(random, 3) == 0;
        for (uint32_t s = 0; s < SIDE; s++) {
            t->score[d][s] = (int64_t)random_below(random, 9) - 2;
            t->candidate[d][s] = random_below(random, 4) != 0;
            t->chosen[d][s] = t->candidate[d][s] && d < t->demands && s < t->suppliers && random_below(random, 4) == 0;
            t->barred[d][s] = random_below(random, 6) == 0;
        }
    }
}

TEST(agrees_with_the_definitions_pair_by_pair) {
    const char *cases = getenv("IEUM_CASES");
    const int rounds = cases ? atoi(cases) : 2000;
    struct random random;
    random_seed(&random, 3);
    for (int round = 0; round < rounds; round++) {
        struct table t;
        struct problem problem = {0};
        struct assignment_measures found;
        uint32_t begin[SIDE + 1] = {0}, to[SIDE * SIDE], edges = 0;
        int64_t value[SIDE * SIDE];
        uint8_t chosen[SIDE * SIDE], barred[SIDE * SIDE];
        draw(&random, &t);
        for (uint32_t d = 0; d < t.demands; d++) {
            for (uint32_t s = 0; s < t.suppliers; s++)
                if (t.candidate[d][s]) to[edges] = s, value[edges] = t.score[d][s], chosen[edges] = t.chosen[d][s], barred[edges++] = t.barred[d][s];
            begin[d + 1] = edges;
        }
        const struct assignment_measure_input input = {
            .demand_count = t.demands, .supplier_count = t.suppliers, .edge_start = begin, .edge_supplier = to, .edge_score = value, .edge_chosen = chosen,
            .edge_barred = barred, .demand_max = t.demand_max, .supplier_max = t.supplier_max, .supplier_newcomer = t.newcomer};
        const struct assignment_measures expected = by_table(&t);
        CHECK_INT(assignment_measures_compute(&input, &found, NULL, &problem), IEUM_OK);
        CHECK_INT(found.pair_count, expected.pair_count);
        CHECK_INT(found.total, expected.total);
        CHECK_INT(found.worst_pair, expected.worst_pair);
        CHECK_INT(found.worst_demand, expected.worst_demand);
        CHECK_INT(found.unmatched_demands, expected.unmatched_demands);
        CHECK_INT(found.idle_suppliers, expected.idle_suppliers);
        CHECK_INT(found.blocking_pairs, expected.blocking_pairs);
        CHECK_INT(found.envy, expected.envy);
        CHECK_INT(found.greatest_exposure, expected.greatest_exposure);
        CHECK_INT(found.newcomers, expected.newcomers);
        CHECK_INT(found.newcomer_pairs, expected.newcomer_pairs);
        CHECK(fabs(found.exposure_gini - expected.exposure_gini) < 1e-12);
        if (test_failures) break; /* the first is enough to look at */
    }
}

TEST(a_sum_beyond_the_integers_is_a_limit) {
    static const int64_t great[] = {INT64_MAX, 1, 1, 8, 2, 0, 7, 3, -4};
    static const uint8_t chosen[] = {1, 1, 0, 0, 0, 0, 0, 0, 0};
    struct assignment_measures measures;
    struct problem problem = {0};
    struct assignment_measure_input input = input_of(chosen, NULL);
    input.edge_score = great;
    CHECK_INT(assignment_measures_compute(&input, &measures, NULL, &problem), IEUM_LIMIT);
}

TEST(failing_memory_is_a_status) {
    static const uint8_t chosen[] = {0, 1, 0, 1, 0, 0, 0, 0, 0};
    struct assignment_measure_input input = input_of(chosen, NULL);
    for (uint64_t n = 1; n <= 6; n++) {
        struct assignment_measures measures = {.pair_count = 99};
        struct problem problem = {0};
        memory_fail_at(n);
        ieum_status status = assignment_measures_compute(&input, &measures, NULL, &problem);
        memory_fail_at(0);
        CHECK(status == IEUM_MEMORY ? measures.pair_count == 99 : status == IEUM_OK && n > 5);
    }
}

TEST_MAIN(works_out_a_small_assignment, nothing_chosen_is_no_error, agrees_with_the_definitions_pair_by_pair, a_sum_beyond_the_integers_is_a_limit,
          failing_memory_is_a_status)
