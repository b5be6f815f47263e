/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bound of product_bounds.h, attacked pair by pair: the value that the scan leaves is never further from the exact score than the radius, for
 * random models from nearly flat to nearly empty kernels, far origins, coefficients of any size, on every level; and it is no idle bound: the radius
 * stays small where it should. The f32 exp over all its arguments in steps, the shortlist against sorting.
 */
#include "test.h"

#include <float.h>

#include "base/processor.h"
#include "product_cases.h"
#include "score/product_strip.h"
#include "score/shortlist.h"

/* The greatest |value − exact| / radius over all pairs; `wide`: the greatest radius over the spread of the exact scores. */
static double worst_share(const struct product_case *given, const double *scores, double *wide) {
    struct problem problem = {0};
    struct product_scorer *scorer = NULL;
    struct product_side *side = NULL;
    struct product_block block;
    double worst = 0;
    CHECK_INT(product_scorer_new(&given->term, given->bias, &scorer, &problem), IEUM_OK);
    CHECK_INT(product_side_new(scorer, given->supplier_vectors, given->suppliers, SIZE_MAX, 1, &side, &problem), IEUM_OK);
    CHECK_INT(product_block_make(scorer, given->demand_vectors, given->demands, side->screen, 1, &block, &problem), IEUM_OK);
    const size_t height = block.screen->height;
    float *strip = malloc(block.tiles * height * SCREEN_PANEL * sizeof *strip), *least = malloc(given->demands * sizeof *least);
    uint32_t *found = malloc(given->demands * sizeof *found), *hits = malloc(given->demands * sizeof *hits);
    for (size_t d = 0; d < given->demands; d++) least[d] = -INFINITY;
    *wide = 0;
    for (size_t panel = 0; panel < side->panels; panel++) {
        product_strip_multiply(&block, scorer->depth, side->rows + panel * product_side_panel_bytes(side), side->steps + panel * side->stretches, strip);
        CHECK_INT(block.screen->scan(strip, given->demands, side->facts[panel].own, least, found, hits), given->demands);
        for (size_t d = 0; d < given->demands; d++) {
            const double radius = product_radius(side->facts[panel].bounds, &block.bounds, d);
            long double shift = 0, low = INFINITY, high = -INFINITY;
            for (size_t i = 0; i < scorer->padded; i++) shift += (long double)block.rows[d * scorer->padded + i] * side->means[i];
            for (size_t s = 0; s < SCREEN_PANEL && panel * SCREEN_PANEL + s < given->suppliers; s++) {
                const long double score = scores[d * given->suppliers + panel * SCREEN_PANEL + s];
                const long double exact = (score - given->bias - shift) * scorer->scale;
                const double off = (double)fabsl(strip[d * SCREEN_PANEL + s] - exact);
                CHECK(off <= radius);
                if (off / radius > worst) worst = off / radius;
                if (exact < low) low = exact;
                if (exact > high) high = exact;
            }
            if (radius / (double)(high - low) > *wide) *wide = radius / (double)(high - low);
        }
    }
    free(strip);
    free(least);
    free(found);
    free(hits);
    product_block_free(&block);
    product_side_free(side);
    product_scorer_free(scorer);
    return worst;
}

/* The greatest |sum| of whole numbers over the first stretch of the first panel, computed anew from their memory; false where the level has floats. */
static bool greatest_sum(const struct product_case *given, double *greatest) {
    struct problem problem = {0};
    struct product_scorer *scorer = NULL;
    struct product_side *side = NULL;
    struct product_block block;
    CHECK_INT(product_scorer_new(&given->term, given->bias, &scorer, &problem), IEUM_OK);
    CHECK_INT(product_side_new(scorer, given->supplier_vectors, given->suppliers, SIZE_MAX, 1, &side, &problem), IEUM_OK);
    CHECK_INT(product_block_make(scorer, given->demand_vectors, given->demands, side->screen, 1, &block, &problem), IEUM_OK);
    const bool whole = side->screen->cell == sizeof(int16_t);
    const int16_t *panel = (const int16_t *)(const void *)side->rows, *tile = (const int16_t *)(const void *)block.packed;
    *greatest = 0;
    for (size_t r = 0; whole && r < side->screen->height; r++)
        for (size_t s = 0; s < SCREEN_PANEL; s++) {
            int64_t sum = 0;
            for (size_t i = 0; i < SCREEN_DEPTH; i++)
                sum += (int64_t)tile[(i / 2 * side->screen->height + r) * 2 + i % 2] * panel[(i / 2 * SCREEN_PANEL + s) * 2 + i % 2];
            *greatest = fmax(*greatest, fabs((double)sum));
        }
    product_block_free(&block);
    product_side_free(side);
    product_scorer_free(scorer);
    return whole;
}

TEST(nothing_is_further_than_the_radius) {
    struct random random;
    random_seed(&random, 11);
    double worst = 0;
    for (int turn = 0; turn < 36; turn++) {
        const double width = exp2(-9 + turn % 12), offset = turn % 3 == 2 ? 50 : 0, most = exp2(30 * (turn % 5 - 2));
        struct product_case given = case_new(&random, 1 + random_below(&random, 1200), 1 + random_below(&random, 40), 1 + random_below(&random, 80), 20, 70, width,
                                             offset, most);
        double *scores = case_scores(&given);
        for (int level = PROCESSOR_PORTABLE; level <= PROCESSOR_HIGHEST; level++) {
            double wide;
            processor_limit((enum processor_level)level);
            worst = fmax(worst, worst_share(&given, scores, &wide));
        }
        free(scores);
        case_free(&given);
    }
    CHECK(worst > 0.001); /* else the bound would be so wide that the attack says nothing */
    processor_limit(PROCESSOR_HIGHEST);
}

/* Everything that rounds, rounding the same way: equal suppliers, coefficients of one sign, kernel values that f32 cannot hold. */
TEST(one_sided_rounding) {
    struct random random;
    random_seed(&random, 12);
    for (int turn = 0; turn < 12; turn++) {
        struct product_case given = case_new(&random, 2048, 2, 2, 6, 33, 0.01 * (turn + 1), 0, 1);
        double *coefficients = (double *)(uintptr_t)given.term.coefficients;
        for (size_t i = 0; i < given.term.count; i++) coefficients[i] = fabs(coefficients[i % (size_t)(turn + 1)]);
        double *scores = case_scores(&given), wide;
        for (int level = PROCESSOR_PORTABLE; level <= PROCESSOR_HIGHEST; level++) {
            processor_limit((enum processor_level)level);
            worst_share(&given, scores, &wide);
        }
        free(scores);
        case_free(&given);
    }
    processor_limit(PROCESSOR_HIGHEST);
}

/*
 * Whole numbers at the end of their 32 bits: all support vectors in one place, demands and suppliers in two, so that a stretch's rows are as good as
 * parallel and its sum is what Cauchy and Schwarz allow.
 */
TEST(sums_that_just_fit) {
    struct random random;
    random_seed(&random, 15);
    for (int sign = -1; sign <= 1; sign += 2) {
        struct product_case given = case_new(&random, 2048, 1, 1, 20, 64, 1e-7, 0, 1e-7);
        for (size_t i = 0; i < given.term.count; i++) ((double *)(uintptr_t)given.term.coefficients)[i] += 1;
        for (size_t d = 0; d < given.demands; d++) given.demand_vectors[d] += d % 2 ? 1 : 2;
        for (size_t s = 0; s < given.suppliers; s++) given.supplier_vectors[s] += (s % 2 ? 3 : 0.5) * sign;
        double *scores = case_scores(&given);
        for (int level = PROCESSOR_PORTABLE; level <= PROCESSOR_HIGHEST; level++) {
            double wide, greatest;
            processor_limit((enum processor_level)level);
            worst_share(&given, scores, &wide);
            if (greatest_sum(&given, &greatest)) CHECK(greatest > 0.97 * 0x1p31 && greatest < 0x1p31);
        }
        free(scores);
        case_free(&given);
    }
    processor_limit(PROCESSOR_HIGHEST);
}

/* With gamma = 0.5/dims over standardised numbers, as models come, a radius is a small part of what scores differ by; else screening would not pay. */
TEST(the_radius_is_small_for_usual_models) {
    struct random random;
    random_seed(&random, 13);
    struct product_case given = case_new(&random, 1000, 64, 64, 20, 64, sqrt(0.5 / 128), 0, 1);
    double *scores = case_scores(&given), wide;
    worst_share(&given, scores, &wide);
    CHECK(wide < 0.003);
    free(scores);
    case_free(&given);
}

/* Every 97th f32 from 0 to -87, and beyond. */
TEST(f32_exp_keeps_its_bound) {
    double worst = 0;
    for (uint32_t bits = 0x80000000u; bits < 0xc2ae0000u; bits += 97) {
        float x;
        memcpy(&x, &bits, sizeof x);
        const double exact = lane_exp(x), off = fabs(screen_exp(x) - exact) / exact;
        if (off > worst) worst = off;
    }
    CHECK(worst < 5 * 0x1p-24);
    CHECK(screen_exp(0) == 1 && screen_exp(-88) == screen_exp(-87) && screen_exp(-INFINITY) == screen_exp(-87) && screen_exp(-87) < 0x1p-124f);
}

static int descending(const void *a, const void *b) {
    const float x = *(const float *)a, y = *(const float *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

TEST(the_shortlist_keeps_whoever_may_be_among_the_best) {
    struct random random;
    random_seed(&random, 14);
    for (int turn = 0; turn < 400; turn++) {
        const size_t count = 1 + random_below(&random, 500), k = 1 + random_below(&random, 30), kinds = 1 + random_below(&random, 1000);
        struct shortlist list = {.items = malloc(70 * sizeof(struct bracket)), .capacity = 70, .least = -INFINITY};
        float *lows = malloc(count * sizeof *lows), *highs = malloc(count * sizeof *highs);
        bool *kept = calloc(count, sizeof *kept);
        for (size_t i = 0; i < count; i++) {
            lows[i] = (float)random_below(&random, kinds);
            highs[i] = lows[i] + (float)random_below(&random, 3);
            CHECK(shortlist_add(&list, (struct bracket){lows[i], highs[i], (uint32_t)i}, k, 1000));
        }
        shortlist_tighten(&list, k);
        for (size_t i = 0; i < list.count; i++) kept[list.items[i].index] = true;
        float *sorted = malloc(count * sizeof *sorted);
        memcpy(sorted, lows, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, descending);
        const float least = k <= count ? sorted[k - 1] : -INFINITY;
        for (size_t i = 0; i < count; i++) CHECK(kept[i] == (highs[i] >= least));
        free(sorted);
        free(lows);
        free(highs);
        free(kept);
        memory_free(list.items);
    }
}

TEST(a_list_that_cannot_be_shortened_is_given_up) {
    struct shortlist list = {.items = memory_allocate(8 * sizeof(struct bracket)), .capacity = 8, .least = -INFINITY};
    for (uint32_t i = 0; i < 100; i++) CHECK(shortlist_add(&list, (struct bracket){0, 1, i}, 2, 64));
    CHECK(shortlist_given_up(&list) && list.count == 0);
    memory_free(list.items);
}

TEST_MAIN(nothing_is_further_than_the_radius, one_sided_rounding, sums_that_just_fit, the_radius_is_small_for_usual_models, f32_exp_keeps_its_bound,
          the_shortlist_keeps_whoever_may_be_among_the_best, a_list_that_cannot_be_shortened_is_given_up)
