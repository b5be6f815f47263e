/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random product-kernel models and sides for the tests, and the exact score written out once more from its definition (product_exact.h), one pair at
 * a time.
 */
#ifndef IEUM_TEST_PRODUCT_CASES_H
#define IEUM_TEST_PRODUCT_CASES_H

#include <math.h>

#include "base/lane_exp.h"
#include "base/memory.h"
#include "base/random.h"
#include "score/model.h"
#include "score/product_top.h"

struct product_case {
    struct product_term term;
    double bias;
    size_t demands, suppliers;
    double *demand_vectors, *supplier_vectors; /* the pool's */
    uint32_t *eligible;                        /* NULL: all */
};

static inline double case_gauss(struct random *random) {
    double sum = 0;
    for (int i = 0; i < 12; i++) sum += random_unit(random);
    return sum - 6;
}

static inline double *case_numbers(struct random *random, size_t count, double width, double offset) {
    double *numbers = malloc((count + 1) * sizeof *numbers);
    for (size_t i = 0; i < count; i++) numbers[i] = offset + width * case_gauss(random);
    return numbers;
}

/* `width`: how far coordinates reach (the square root of gamma is in it), `most`: the size of coefficients. */
static inline struct product_case case_new(struct random *random, size_t support, size_t demand_dims, size_t supplier_dims, size_t demands, size_t suppliers,
                                           double width, double offset, double most) {
    struct product_case made = {.bias = most * case_gauss(random), .demands = demands, .suppliers = suppliers};
    made.term.count = support;
    made.term.demand.count = demand_dims;
    made.term.supplier.count = supplier_dims;
    made.term.demand_vectors = case_numbers(random, support * demand_dims, width, offset);
    made.term.supplier_vectors = case_numbers(random, support * supplier_dims, width, offset);
    made.term.coefficients = case_numbers(random, support, most, 0);
    made.demand_vectors = case_numbers(random, demands * demand_dims, width, offset);
    made.supplier_vectors = case_numbers(random, suppliers * supplier_dims, width, offset);
    return made;
}

static inline void case_free(struct product_case *made) {
    free((void *)(uintptr_t)made->term.demand_vectors);
    free((void *)(uintptr_t)made->term.supplier_vectors);
    free((void *)(uintptr_t)made->term.coefficients);
    free(made->demand_vectors);
    free(made->supplier_vectors);
    free(made->eligible);
}

static inline void case_kernel_row(const double *vectors, size_t count, size_t dims, const double *point, double *row) {
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        for (size_t j = 0; j < dims; j++) sum = fma(point[j] - vectors[i * dims + j], point[j] - vectors[i * dims + j], sum);
        row[i] = lane_exp(-sum);
    }
}

/* suppliers scores of each demand, from the definition. */
static inline double *case_scores(const struct product_case *given) {
    const size_t support = given->term.count;
    double *scores = malloc((given->demands * given->suppliers + 1) * sizeof *scores);
    double *a = malloc((support + 1) * sizeof *a), *k = malloc((given->suppliers * support + 1) * sizeof *k);
    for (size_t s = 0; s < given->suppliers; s++)
        case_kernel_row(given->term.supplier_vectors, support, given->term.supplier.count, given->supplier_vectors + s * given->term.supplier.count,
                        k + s * support);
    for (size_t d = 0; d < given->demands; d++) {
        case_kernel_row(given->term.demand_vectors, support, given->term.demand.count, given->demand_vectors + d * given->term.demand.count, a);
        for (size_t i = 0; i < support; i++) a[i] = given->term.coefficients[i] * a[i];
        for (size_t s = 0; s < given->suppliers; s++) {
            double chains[32] = {0};
            for (size_t i = 0; i < support; i++) chains[i % 32] = fma(a[i], k[s * support + i], chains[i % 32]);
            for (int half = 16; half > 0; half /= 2)
                for (int lane = 0; lane < half; lane++) chains[lane] += chains[lane + half];
            scores[d * given->suppliers + s] = given->bias + chains[0];
        }
    }
    free(a);
    free(k);
    return scores;
}

static inline bool case_eligible(const struct product_case *given, size_t demand, size_t supplier) {
    return !given->eligible || (given->eligible[demand * ((given->suppliers + 31) / 32) + supplier / 32] >> supplier % 32 & 1);
}

#endif
