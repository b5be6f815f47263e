/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The k best by the fused, screened product equal those of scoring every pair from the definition: the same suppliers in the same order, the same
 * bytes of the scores, on every level of base/processor.h, any number of threads, rows kept or not, masks, ties, duplicates, hopeless numbers. All models
 * and records here are random numbers.
 */
#include "test.h"

#include "base/processor.h"
#include "product_cases.h"

struct expected {
    double score;
    uint32_t supplier;
};

static int compare_expected(const void *a, const void *b) {
    const struct expected *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return x->supplier < y->supplier ? -1 : x->supplier > y->supplier;
}

static int differences(const struct product_case *given, const double *scores, size_t k, const struct product_found *found) {
    struct expected *order = malloc((given->suppliers + 1) * sizeof *order);
    int differ = 0;
    for (size_t d = 0; d < given->demands; d++) {
        size_t n = 0;
        for (size_t s = 0; s < given->suppliers; s++)
            if (case_eligible(given, d, s)) order[n++] = (struct expected){scores[d * given->suppliers + s], (uint32_t)s};
        qsort(order, n, sizeof *order, compare_expected);
        if (n > k) n = k;
        differ += found->counts[d] != n;
        for (size_t i = 0; i < k; i++)
            if (i < n) differ += found->suppliers[d * k + i] != order[i].supplier || memcmp(&found->scores[d * k + i], &order[i].score, sizeof(double)) != 0;
            else differ += found->suppliers[d * k + i] != UINT32_MAX || !isnan(found->scores[d * k + i]);
    }
    free(order);
    return differ;
}

static struct product_effort total;

static void check_top(const struct product_case *given, const double *scores, size_t k, size_t room, int threads) {
    struct problem problem = {0};
    struct product_scorer *scorer = NULL;
    struct product_side *side = NULL;
    struct product_effort effort = {0};
    const size_t places = given->demands * k + 1;
    const struct product_found found = {malloc(places * sizeof(uint32_t)), malloc(places * sizeof(double)), malloc((given->demands + 1) * sizeof(uint32_t))};
    const struct product_wanted wanted = {given->demand_vectors, given->demands, k, given->eligible, threads};
    CHECK_INT(product_scorer_new(&given->term, given->bias, &scorer, &problem), IEUM_OK);
    CHECK_INT(product_side_new(scorer, given->supplier_vectors, given->suppliers, room, threads, &side, &problem), IEUM_OK);
    CHECK_INT(product_top_k(side, &wanted, &found, &effort, &problem), IEUM_OK);
    CHECK_INT(differences(given, scores, k, &found), 0);
    total.candidates += effort.candidates;
    total.given_up += effort.given_up;
    product_side_free(side);
    product_scorer_free(scorer);
    free(found.suppliers);
    free(found.scores);
    free(found.counts);
}

/* Every level; the threads, the room and k vary with `turn`. */
static void check_levels(const struct product_case *given, int turn) {
    static const int threads[] = {1, 2, 5};
    static const size_t ks[] = {10, 1, 3, 25, 0, 1000};
    double *scores = case_scores(given);
    for (int level = PROCESSOR_PORTABLE; level <= PROCESSOR_HIGHEST; level++) {
        processor_limit((enum processor_level)level);
        check_top(given, scores, ks[(turn + level) % 6], (turn + level) % 2 ? SIZE_MAX : 0, threads[(turn + level) % 3]);
    }
    processor_limit(PROCESSOR_HIGHEST);
    free(scores);
}

static double power_between(struct random *random, double least, double most) { return exp2(least + random_unit(random) * (most - least)); }

TEST(random_models) {
    struct random random;
    random_seed(&random, 1);
    for (int turn = 0; turn < 60; turn++) {
        const size_t support = random_below(&random, turn % 4 == 0 ? 700 : 90);
        struct product_case given = case_new(&random, support, 1 + random_below(&random, 20), 1 + random_below(&random, 20), random_below(&random, 40),
                                             random_below(&random, 300), power_between(&random, -7, 3), turn % 3 ? 0 : power_between(&random, -3, 6),
                                             power_between(&random, -20, 20));
        check_levels(&given, turn);
        case_free(&given);
    }
    CHECK(total.candidates > 0);
}

TEST(masks) {
    struct random random;
    random_seed(&random, 2);
    for (int turn = 0; turn < 12; turn++) {
        struct product_case given = case_new(&random, 64, 5, 7, 23, 200 + (size_t)turn, 0.4, 0, 1);
        const size_t words = (given.suppliers + 31) / 32;
        given.eligible = calloc(given.demands * words, sizeof *given.eligible);
        for (size_t i = 0; i < given.demands * words; i++) /* nobody, few, half, all; the bits past the last supplier set too: they mean nothing */
            given.eligible[i] = i / words % 4 == 0 ? 0 : i / words % 4 == 3 ? UINT32_MAX : (uint32_t)(random_next(&random) & random_next(&random));
        check_levels(&given, turn);
        case_free(&given);
    }
}

/* Pools of a few vectors many times over, and vectors a hair apart: equal scores go to the lower number, near ones stay apart. */
TEST(ties_and_near_ties) {
    struct random random;
    random_seed(&random, 3);
    for (int turn = 0; turn < 16; turn++) {
        struct product_case given = case_new(&random, 100, 4, 6, 15, 700, 0.3, 0, 1);
        const size_t dims = given.term.supplier.count, different = turn % 4 == 0 ? 1 : turn % 4 == 1 ? 7 : 40;
        for (size_t s = different; s < given.suppliers; s++)
            for (size_t j = 0; j < dims; j++) {
                double value = given.supplier_vectors[s % different * dims + j];
                if (turn % 4 == 3) value *= 1 + 0x1p-44 * (double)random_below(&random, 4096);
                given.supplier_vectors[s * dims + j] = value;
            }
        check_levels(&given, turn);
        case_free(&given);
    }
    CHECK(total.given_up > 0); /* so the way without screening was gone, too */
}

/* Cancelling coefficients: the score is what is left of large sums; then a bias that swallows most of it. */
TEST(cancellation) {
    struct random random;
    random_seed(&random, 4);
    for (int turn = 0; turn < 9; turn++) {
        struct product_case given = case_new(&random, 128, 3, 3, 20, 250, 0.2, 0, 1);
        double *vectors[2] = {(double *)(uintptr_t)given.term.demand_vectors, (double *)(uintptr_t)given.term.supplier_vectors};
        double *coefficients = (double *)(uintptr_t)given.term.coefficients;
        for (size_t i = 1; i < given.term.count; i += 2) {
            coefficients[i] = -coefficients[i - 1];
            for (size_t j = 0; j < 3; j++)
                for (size_t side = 0; side < 2; side++) vectors[side][i * 3 + j] = vectors[side][(i - 1) * 3 + j] * (1 + 0x1p-30);
        }
        if (turn % 3 == 1) given.bias = 1e9;
        if (turn % 3 == 2) given.bias = -1e18;
        check_levels(&given, turn);
        case_free(&given);
    }
}

/* Numbers at the ends of what doubles hold: finite they are, so an answer there is. */
TEST(hopeless_numbers) {
    struct random random;
    random_seed(&random, 5);
    static const double widths[] = {0, 1e-300, 1e-30, 1e3, 1e12, 1e17, 1e19, 1e40, 1e154, 1e300};
    static const double sizes[] = {0, 5e-324, 1e-310, 1e-200, 1e30, 1e200, 1e303};
    for (int turn = 0; turn < 40; turn++) {
        struct product_case given = case_new(&random, 40, 3, 4, 9, 100, widths[turn % 10], turn % 3 ? 0 : widths[turn / 3 % 10], sizes[turn % 7]);
        for (size_t j = 0; j < 4 && turn % 2; j++) { /* some that do meet a support vector */
            given.supplier_vectors[j] = given.term.supplier_vectors[j];
            if (j < 3) given.demand_vectors[j] = given.term.demand_vectors[j];
        }
        check_levels(&given, turn);
        case_free(&given);
    }
}

TEST(several_blocks_of_demands) {
    struct random random;
    random_seed(&random, 6);
    struct product_case given = case_new(&random, 3000, 1, 2, 900, 40, 0.5, 0, 1);
    double *scores = case_scores(&given);
    check_top(&given, scores, 5, SIZE_MAX, 2);
    check_top(&given, scores, 5, 0, 1);
    free(scores);
    case_free(&given);
}

TEST(ten_thousand_demands) {
    struct random random;
    random_seed(&random, 9);
    struct product_case given = case_new(&random, 48, 8, 8, 10000, 80, 0.25, 0, 1);
    double *scores = case_scores(&given);
    for (int level = PROCESSOR_PORTABLE; level <= PROCESSOR_HIGHEST; level++) {
        processor_limit((enum processor_level)level);
        check_top(&given, scores, 10, level == PROCESSOR_AVX2 ? 0 : SIZE_MAX, 2);
    }
    processor_limit(PROCESSOR_HIGHEST);
    free(scores);
    case_free(&given);
}

TEST(all_scores) {
    struct random random;
    random_seed(&random, 7);
    struct product_case given = case_new(&random, 75, 6, 3, 31, 150, 0.4, 0, 1);
    double *scores = case_scores(&given), *found = malloc(given.demands * given.suppliers * sizeof *found);
    double *rows = memory_allocate_aligned(16 * 96, sizeof *rows), *points = memory_allocate_aligned(8 * 6, sizeof *points);
    for (int level = PROCESSOR_PORTABLE; level <= PROCESSOR_HIGHEST; level++) {
        struct problem problem = {0};
        struct product_scorer *scorer = NULL;
        struct product_side *side = NULL;
        processor_limit((enum processor_level)level);
        CHECK_INT(product_scorer_new(&given.term, given.bias, &scorer, &problem), IEUM_OK);
        CHECK_INT(product_side_new(scorer, given.supplier_vectors, given.suppliers, 0, 1, &side, &problem), IEUM_OK);
        CHECK_INT(product_scores(side, given.demand_vectors, given.demands, 1 + 2 * level, found, &problem), IEUM_OK);
        CHECK(memcmp(found, scores, given.demands * given.suppliers * sizeof *found) == 0);
        for (size_t s = 0; s < 20; s++) {
            const double one = product_score_pair(scorer, given.demand_vectors + s * 6, given.supplier_vectors + s * 3, rows, points);
            CHECK(memcmp(&one, &scores[s * given.suppliers + s], sizeof one) == 0);
        }
        product_side_free(side);
        product_scorer_free(scorer);
    }
    processor_limit(PROCESSOR_HIGHEST);
    memory_free(rows);
    memory_free(points);
    free(found);
    free(scores);
    case_free(&given);
}

/* Against the formula itself in long double and the C library's exp. */
TEST(scores_are_right) {
    struct random random;
    random_seed(&random, 8);
    for (int turn = 0; turn < 20; turn++) {
        struct product_case given = case_new(&random, 200, 12, 9, 10, 30, power_between(&random, -6, 1), 0, 1);
        double *scores = case_scores(&given);
        double worst = 0;
        for (size_t d = 0; d < given.demands; d++)
            for (size_t s = 0; s < given.suppliers; s++) {
                long double sum = given.bias;
                for (size_t i = 0; i < given.term.count; i++) {
                    long double x = 0, y = 0;
                    for (size_t j = 0; j < 12; j++) x += powl((long double)given.demand_vectors[d * 12 + j] - given.term.demand_vectors[i * 12 + j], 2);
                    for (size_t j = 0; j < 9; j++) y += powl((long double)given.supplier_vectors[s * 9 + j] - given.term.supplier_vectors[i * 9 + j], 2);
                    sum += given.term.coefficients[i] * expl(-x - y);
                }
                worst = fmax(worst, fabs((double)(sum - (long double)scores[d * given.suppliers + s])));
            }
        CHECK(worst < 1e-12);
        free(scores);
        case_free(&given);
    }
}

TEST_MAIN(random_models, masks, ties_and_near_ties, cancellation, hopeless_numbers, several_blocks_of_demands, ten_thousand_demands,
          all_scores, scores_are_right)
