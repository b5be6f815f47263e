/* SPDX-License-Identifier: Apache-2.0 */
/* The support vectors laid out for both halves; the means of K_D over a sample of them, by which the product is centred on the demands' side. */
#include "product_scorer.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "model.h"
#include "product_exact.h"

enum { SAMPLE = 32 };
static const float FAR = 1e18f; /* where padding stands: no kernel value reaches it. Its square is still an f32. */

static ieum_status refuse_number(struct problem *problem, const char *pointer, size_t row, const char *ko, const char *en) {
    return problem_set(problem, IEUM_INVALID, pointer, ko, en, row + 1);
}

ieum_status product_check_vectors(const double *vectors, size_t count, size_t dims, bool demands, struct problem *problem) {
    for (size_t r = 0; r < count; r++)
        for (size_t j = 0; j < dims; j++)
            if (!isfinite(vectors[r * dims + j]))
                return problem_set(problem, IEUM_INVALID, "",
                                   demands ? "수요 벡터 %zu행 %zu열이 유한한 수가 아닙니다." : "공급 벡터 %zu행 %zu열이 유한한 수가 아닙니다.",
                                   demands ? "Row %zu, column %zu of the demand vectors is not a finite number."
                                           : "Row %zu, column %zu of the supplier vectors is not a finite number.",
                                   r + 1, j + 1);
    return IEUM_OK;
}

static ieum_status check_term(const struct product_term *term, double bias, struct problem *problem) {
    if (term->count > (size_t)1 << 22 || term->demand.count > (size_t)1 << 20 || term->supplier.count > (size_t)1 << 20)
        return problem_set(problem, IEUM_LIMIT, "", "모델이 너무 큽니다. 서포트 벡터는 2^22개, 차원은 2^20까지입니다.",
                           "The model is too large: at most 2^22 support vectors of 2^20 dimensions.");
    double sum = fabs(bias);
    for (size_t i = 0; i < term->count; i++) {
        if (!isfinite(term->coefficients[i]))
            return refuse_number(problem, "", i, "서포트 벡터 %zu의 계수가 유한한 수가 아닙니다.", "The coefficient of support vector %zu is not a finite number.");
        sum += fabs(term->coefficients[i]);
    }
    if (!(sum <= DBL_MAX / 16))
        return problem_set(problem, IEUM_INVALID, "", "모델의 상수항과 계수의 합이 유한한 수가 아닙니다.",
                           "The model's bias and coefficients do not add up to a finite number.");
    const ieum_status status = product_check_vectors(term->demand_vectors, term->count, term->demand.count, true, problem);
    return status != IEUM_OK ? status : product_check_vectors(term->supplier_vectors, term->count, term->supplier.count, false, problem);
}

/* Side by side: [padded / lanes][dims][lanes], zeros at the end. */
static double *side_by_side(const double *vectors, size_t count, size_t padded, size_t dims) {
    double *packed = memory_allocate_aligned(padded * dims, sizeof *packed);
    if (!packed) return NULL;
    for (size_t i = 0; i < padded; i++)
        for (size_t j = 0; j < dims; j++)
            packed[(i / EXACT_LANES * dims + j) * EXACT_LANES + i % EXACT_LANES] = i < count ? vectors[i * dims + j] : 0.0;
    return packed;
}

static void place_origin(struct product_scorer *self, const double *vectors) {
    const size_t dims = self->supplier_dims;
    memset(self->origin, 0, dims * sizeof *self->origin);
    for (size_t i = 0; i < self->count; i++)
        for (size_t j = 0; j < dims; j++) self->origin[j] += vectors[i * dims + j] / (double)self->count;
    for (size_t j = 0; j < dims; j++)
        if (!isfinite(self->origin[j])) self->origin[j] = 0;
}

static void lay_screen_vectors(struct product_scorer *self, const double *vectors) {
    const size_t dims = self->supplier_dims;
    for (size_t i = 0; i < self->padded; i++) {
        double square = 0;
        for (size_t j = 0; j < dims; j++) {
            const double off = i < self->count ? vectors[i * dims + j] - self->origin[j] : (double)FAR;
            square += i < self->count ? off * off : 0;
            self->screen_vectors[(i / SCREEN_GROUP * dims + j) * SCREEN_GROUP + i % SCREEN_GROUP] = product_to_f32(off);
        }
        if (!(sqrt(square) <= self->vector_norm)) self->vector_norm = sqrt(square);
    }
    self->vector_norm *= 1 + 1e-6;
}

/*
 * Means of K_D over evenly spaced support vectors: a guess at the demands that will come. Any vector would be right, a near one makes the bounds
 * small.
 */
static ieum_status lay_centre(struct product_scorer *self, const double *vectors, struct problem *problem) {
    const size_t dims = self->demand_dims, sample = self->count < SAMPLE ? self->count : SAMPLE;
    double *rows = memory_allocate_aligned(EXACT_POINTS * self->padded, sizeof *rows);
    double *points = memory_allocate_aligned(EXACT_POINTS * dims, sizeof *points);
    if (!rows || !points) {
        memory_free(rows);
        memory_free(points);
        return problem_set_memory(problem);
    }
    memset(self->centre, 0, self->padded * sizeof *self->centre);
    for (size_t first = 0; first < sample; first += EXACT_POINTS) {
        const double *chosen[EXACT_POINTS] = {0};
        const size_t count = sample - first < EXACT_POINTS ? sample - first : EXACT_POINTS;
        for (size_t p = 0; p < count; p++) chosen[p] = vectors + (first + p) * self->count / sample * dims;
        product_points(chosen, count, dims, points);
        product_exact()->rows(self->demand_vectors, dims, self->padded, points, rows);
        for (size_t p = 0; p < count; p++)
            for (size_t i = 0; i < self->count; i++) self->centre[i] += rows[p * self->padded + i];
    }
    for (size_t i = 0; i < self->padded; i++) {
        self->centre[i] = i < self->count ? self->coefficients[i] * (self->centre[i] / (double)sample) : 0;
        self->weights[i] = self->scale * self->centre[i];
        self->weight_sum += fabs(self->weights[i]);
    }
    memory_free(rows);
    memory_free(points);
    return IEUM_OK;
}

static void choose_scale(struct product_scorer *self) {
    double most = 0;
    int exponent = 0;
    for (size_t i = 0; i < self->count; i++)
        if (fabs(self->coefficients[i]) > most) most = fabs(self->coefficients[i]);
    frexp(most, &exponent);
    self->scale = ldexp(1, exponent < -1000 ? 1000 : -exponent);
}

ieum_status product_scorer_new(const struct product_term *term, double bias, struct product_scorer **scorer, struct problem *problem) {
    ieum_status status = check_term(term, bias, problem);
    if (status != IEUM_OK) return status;
    struct product_scorer *self = memory_allocate_zero(1, sizeof *self);
    if (!self) return problem_set_memory(problem);
    const size_t count = term->count, padded = count ? (count + EXACT_CHAINS - 1) / EXACT_CHAINS * EXACT_CHAINS : EXACT_CHAINS;
    self->count = count;
    self->padded = padded;
    self->depth = count ? count + count % 2 : 2;
    self->demand_dims = term->demand.count;
    self->supplier_dims = term->supplier.count;
    self->bias = bias;
    self->coefficients = memory_allocate_zero(padded, sizeof *self->coefficients);
    self->centre = memory_allocate_zero(padded, sizeof *self->centre);
    self->weights = memory_allocate_zero(padded, sizeof *self->weights);
    self->origin = memory_allocate_zero(self->supplier_dims, sizeof *self->origin);
    self->demand_vectors = side_by_side(term->demand_vectors, count, padded, self->demand_dims);
    self->supplier_vectors = side_by_side(term->supplier_vectors, count, padded, self->supplier_dims);
    self->screen_vectors = memory_allocate_aligned(padded * self->supplier_dims, sizeof *self->screen_vectors);
    if (!self->coefficients || !self->centre || !self->weights || !self->origin || !self->demand_vectors || !self->supplier_vectors ||
        !self->screen_vectors) {
        product_scorer_free(self);
        return problem_set_memory(problem);
    }
    if (count) memcpy(self->coefficients, term->coefficients, count * sizeof *self->coefficients);
    choose_scale(self);
    place_origin(self, term->supplier_vectors);
    lay_screen_vectors(self, term->supplier_vectors);
    status = lay_centre(self, term->demand_vectors, problem);
    if (status == IEUM_OK) *scorer = self;
    else product_scorer_free(self);
    return status;
}

void product_scorer_free(struct product_scorer *scorer) {
    if (!scorer) return;
    memory_free(scorer->coefficients);
    memory_free(scorer->demand_vectors);
    memory_free(scorer->supplier_vectors);
    memory_free(scorer->centre);
    memory_free(scorer->weights);
    memory_free(scorer->origin);
    memory_free(scorer->screen_vectors);
    memory_free(scorer);
}

double product_score_pair(const struct product_scorer *scorer, const double *demand, const double *supplier, double *rows, double *points) {
    const struct product_exact *exact = product_exact();
    double *other = rows + EXACT_POINTS * scorer->padded;
    product_points(&demand, 1, scorer->demand_dims, points);
    exact->rows(scorer->demand_vectors, scorer->demand_dims, scorer->padded, points, rows);
    product_points(&supplier, 1, scorer->supplier_dims, points);
    exact->rows(scorer->supplier_vectors, scorer->supplier_dims, scorer->padded, points, other);
    for (size_t i = 0; i < scorer->padded; i++) rows[i] *= scorer->coefficients[i];
    return scorer->bias + exact->dot(rows, other, scorer->padded);
}
