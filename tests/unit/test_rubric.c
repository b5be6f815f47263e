/* SPDX-License-Identifier: Apache-2.0 */
/* The rubric: terms from criteria, contributions that add up, fit criteria alone, missing values; against sums worked
 * out by hand. */
#include "test.h"

#include <math.h>

#include "base/random.h"
#include "score/rubric.h"

/* Features 0..2; criteria: ability 50 = ¾·f0 + ¼·f1 (fit), record 30 = f2 (fit), readiness 20 = f1, which counts ½ when
 * missing. */
static const struct criterion_part ability[] = {{0, 0.75, 0}, {1, 0.25, 0.4}}, record[] = {{2, 1, 0}},
                                   readiness[] = {{1, 1, 0.5}};
static struct criterion criteria[] = {
    {.id = "ability", .points = 50, .fit = true, .parts = ability, .part_count = 2},
    {.id = "record", .points = 30, .fit = true, .parts = record, .part_count = 1},
    {.id = "readiness", .points = 20, .fit = false, .parts = readiness, .part_count = 1}};
static const struct program program = {
    .id = "test", .feature_count = 3, .criteria = criteria, .criterion_count = 3, .points_total = 100};

TEST(terms_follow_the_criteria) {
    struct problem problem = {0};
    struct rubric rubric;
    struct arena *arena = arena_new();
    CHECK_INT(rubric_compile(&program, false, arena, &rubric, &problem), IEUM_OK);
    CHECK_INT(rubric.count, 4);
    CHECK(rubric.points_total == 100);
    static const struct rubric_term expected[] = {
        {0, 0, 0.375, 0}, {0, 1, 0.125, 0.4}, {1, 2, 0.3, 0}, {2, 1, 0.2, 0.5}};
    double shares = 0;
    for (size_t t = 0; t < rubric.count; t++) {
        CHECK_INT(rubric.terms[t].criterion, expected[t].criterion);
        CHECK_INT(rubric.terms[t].feature, expected[t].feature);
        CHECK(rubric.terms[t].share == expected[t].share && rubric.terms[t].missing == expected[t].missing);
        shares += rubric.terms[t].share;
    }
    CHECK(fabs(shares - 1) < 1e-15);
    arena_free(arena);
}

TEST(scores_by_hand) {
    static const struct {
        double values[3];
        int64_t score, contributions[4];
    } cases[] = {
        {{1, 1, 1}, 1000000000, {375000000, 125000000, 300000000, 200000000}},
        {{0, 0, 0}, 0, {0, 0, 0, 0}},
        {{0.5, 0.2, 0}, 187500000 + 25000000 + 40000000, {187500000, 25000000, 0, 40000000}},
        {{NAN, NAN, NAN}, 50000000 + 100000000, {0, 50000000, 0, 100000000}}, /* 0.125·0.4 and 0.2·0.5 */
        {{1, NAN, 1}, 375000000 + 50000000 + 300000000 + 100000000, {375000000, 50000000, 300000000, 100000000}},
        {{1e-9, 0, 1e-8}, 3, {0, 0, 3, 0}}, /* 0.375 of a unit rounds down */
        {{2e-9, 0, 0}, 1, {1, 0, 0, 0}},    /* 0.75 up */
    };
    struct problem problem = {0};
    struct rubric rubric;
    struct arena *arena = arena_new();
    CHECK_INT(rubric_compile(&program, false, arena, &rubric, &problem), IEUM_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t contributions[4];
        CHECK_INT(rubric_score(&rubric, cases[i].values, 1, contributions), cases[i].score);
        CHECK_INT(rubric_score(&rubric, cases[i].values, 1, NULL), cases[i].score);
        for (size_t t = 0; t < 4; t++) CHECK_INT(contributions[t], cases[i].contributions[t]);
    }
    arena_free(arena);
}

TEST(fit_criteria_alone_make_one) {
    struct problem problem = {0};
    struct rubric rubric;
    struct arena *arena = arena_new();
    static const double all[] = {1, 1, 1}, first[] = {1, 0, 0};
    CHECK_INT(rubric_compile(&program, true, arena, &rubric, &problem), IEUM_OK);
    CHECK_INT(rubric.count, 3);
    CHECK(rubric.points_total == 80);
    CHECK_INT(rubric_score(&rubric, all, 1, NULL), SCORE_ONE);
    CHECK_INT(rubric_score(&rubric, first, 1, NULL), llround(50.0 / 80 * 0.75 * 1e9));
    arena_free(arena);
}

TEST(contributions_add_up_and_strides_hold) {
    enum { SUPPLIERS = 7 };
    struct problem problem = {0};
    struct rubric rubric;
    struct random random;
    struct arena *arena = arena_new();
    random_seed(&random, 13);
    for (int fit = 0; fit < 2; fit++) {
        CHECK_INT(rubric_compile(&program, fit, arena, &rubric, &problem), IEUM_OK);
        for (int round = 0; round < 3000; round++) {
            double values[3 * SUPPLIERS], own[3];
            int64_t contributions[4] = {0}, again[4] = {0}, sum = 0;
            size_t s = random_below(&random, SUPPLIERS);
            for (size_t i = 0; i < 3 * SUPPLIERS; i++)
                values[i] = random_below(&random, 5) ? random_unit(&random) : NAN;
            for (size_t f = 0; f < 3; f++) own[f] = values[f * SUPPLIERS + s];
            int64_t score = rubric_score(&rubric, values + s, SUPPLIERS, contributions);
            CHECK_INT(rubric_score(&rubric, own, 1, again), score);
            for (size_t t = 0; t < rubric.count; t++) {
                sum += contributions[t];
                CHECK_INT(again[t], contributions[t]);
                CHECK(contributions[t] >= 0);
            }
            CHECK_INT(sum, score);
            CHECK(score <= SCORE_ONE + 2); /* rounding of four terms */
        }
    }
    arena_free(arena);
}

TEST(nothing_to_score_by_is_refused) {
    struct problem problem = {0};
    struct rubric rubric = {NULL, 7, 0};
    struct arena *arena = arena_new();
    struct program none = program, unfit = program, worthless = program;
    struct criterion zero = criteria[0];
    none.criterion_count = 0;
    CHECK_INT(rubric_compile(&none, false, arena, &rubric, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/criteria");
    problem_clear(&problem);
    unfit.criteria = &criteria[2];
    unfit.criterion_count = 1;
    CHECK_INT(rubric_compile(&unfit, true, arena, &rubric, &problem), IEUM_INVALID);
    problem_clear(&problem);
    zero.points = 0;
    worthless.criteria = &zero;
    worthless.criterion_count = 1;
    CHECK_INT(rubric_compile(&worthless, false, arena, &rubric, &problem), IEUM_INVALID);
    CHECK_INT(rubric.count, 7); /* written on success only */
    problem_clear(&problem);
    memory_fail_at(1);
    CHECK_INT(rubric_compile(&program, false, arena, &rubric, &problem), IEUM_MEMORY);
    memory_fail_at(0);
    memory_clear_failed();
    arena_free(arena);
}

/* The programs that come with the engine: their shares make 1 either way. */
TEST(programs_of_the_data_folder) {
    struct arena *arena = arena_new();
    struct text_list ids = {NULL, 0};
    struct problem problem = {0};
    char folder[1024];
    snprintf(folder, sizeof folder, "%s/data/programs", test_source());
    CHECK_INT(program_list(folder, arena, &ids, &problem), IEUM_OK);
    CHECK(ids.count >= 3);
    for (size_t i = 0; i < ids.count; i++) {
        struct program *loaded = NULL;
        CHECK_INT(program_load(folder, ids.items[i], NULL, &loaded, &problem), IEUM_OK);
        for (int fit = 0; loaded && fit < 2; fit++) {
            struct rubric rubric;
            if (rubric_compile(loaded, fit, arena, &rubric, &problem) != IEUM_OK) {
                CHECK(fit && problem.status == IEUM_INVALID); /* a program may have no fit criterion */
                problem_clear(&problem);
                continue;
            }
            double shares = 0;
            for (size_t t = 0; t < rubric.count; t++) {
                shares += rubric.terms[t].share;
                CHECK(rubric.terms[t].feature < loaded->feature_count);
            }
            CHECK(fabs(shares - 1) < 1e-12);
            if (!fit) CHECK(fabs(rubric.points_total - loaded->points_total) < 1e-12);
        }
        program_free(loaded);
    }
    arena_free(arena);
}

TEST_MAIN(terms_follow_the_criteria, scores_by_hand, fit_criteria_alone_make_one, contributions_add_up_and_strides_hold,
          nothing_to_score_by_is_refused, programs_of_the_data_folder)
