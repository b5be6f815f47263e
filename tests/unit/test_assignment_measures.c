/* SPDX-License-Identifier: Apache-2.0 */
/* The measures of small assignments worked out by hand, and Gini against its definition by pairs. */
#include "../../engine/base/random.h"
#include "../../engine/measure/assignment_measures.h"
#include "test.h"

/* Three demands, three suppliers, all pairs. */
static const uint32_t start[] = {0, 3, 6, 9}, supplier[] = {0, 1, 2, 0, 1, 2, 0, 1, 2};
static const int64_t score[] = {9, 5, 1, 8, 2, 0, 7, 3, -4}, one[] = {1, 1, 1}, two[] = {2, 2, 2};

static struct assignment_measure_input input_of(const uint8_t *chosen, const uint8_t *barred) {
    return (struct assignment_measure_input){3, 3, start, supplier, score, chosen, barred, one, two};
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
    input = input_of(chosen, barred);
    CHECK_INT(assignment_measures_compute(&input, &measures, NULL, &problem), IEUM_OK);
    CHECK_INT(measures.blocking_pairs, 2);
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

TEST(gini_is_the_mean_difference_over_twice_the_mean) {
    enum { SIDE = 12 };
    struct random random;
    random_seed(&random, 3);
    for (int round = 0; round < 200; round++) {
        uint32_t begin[SIDE + 1], to[SIDE * SIDE], load[SIDE], sum = 0;
        int64_t value[SIDE * SIDE], max[SIDE];
        uint8_t chosen[SIDE * SIDE];
        struct assignment_measures measures;
        struct problem problem = {0};
        double differences = 0;
        for (uint32_t i = 0; i < SIDE * SIDE; i++) {
            to[i] = i % SIDE, value[i] = (int64_t)i, chosen[i] = random_below(&random, 4) == 0;
            begin[i / SIDE] = i / SIDE * SIDE, max[i % SIDE] = SIDE;
            sum += chosen[i];
        }
        begin[SIDE] = SIDE * SIDE;
        struct assignment_measure_input input = {SIDE, SIDE, begin, to, value, chosen, NULL, max, max};
        CHECK_INT(assignment_measures_compute(&input, &measures, load, &problem), IEUM_OK);
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) differences += load[i] > load[j] ? load[i] - load[j] : load[j] - load[i];
        }
        double gini = differences / (2.0 * SIDE * sum);
        CHECK(measures.exposure_gini - gini < 1e-12 && gini - measures.exposure_gini < 1e-12);
    }
}

TEST_MAIN(works_out_a_small_assignment, nothing_chosen_is_no_error, gini_is_the_mean_difference_over_twice_the_mean)
