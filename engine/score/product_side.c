/* SPDX-License-Identifier: Apache-2.0 */
/* Panels are independent of each other, so threads take them in any order. */
#include "product_side.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/parallel.h"
#include "product_exact.h"

enum { SAMPLE = 32 };

/* The suppliers' coordinates side by side, and the greatest distance from the origin. Places without a supplier repeat the panel's first. */
static double lay_points(const struct product_side *side, size_t panel, float *points) {
    const struct product_scorer *scorer = side->scorer;
    const size_t dims = scorer->supplier_dims;
    double longest = 0;
    for (size_t s = 0; s < SCREEN_PANEL; s++) {
        const size_t supplier = panel * SCREEN_PANEL + s;
        const double *vector = side->vectors + (supplier < side->count ? supplier : panel * SCREEN_PANEL) * dims;
        double square = 0;
        for (size_t j = 0; j < dims; j++) {
            const double off = vector[j] - scorer->origin[j];
            square += off * off;
            points[j * SCREEN_PANEL + s] = product_to_f32(off);
        }
        if (!(square <= longest)) longest = square;
    }
    return sqrt(longest) * (1 + 1e-6);
}

void product_side_panel(const struct product_side *side, size_t panel, float *points, void *rows, float *steps, struct panel_facts *facts) {
    const struct product_scorer *scorer = side->scorer;
    const struct screen_vectors vectors = {scorer->screen_vectors, side->means, scorer->weights, scorer->supplier_dims, scorer->padded};
    const double norm = lay_points(side, panel, points);
    struct screen_sums sums;
    float square = 0;
    double own = 0;
    side->screen->rows(&vectors, points, rows, steps, &sums);
    for (size_t s = 0; s < SCREEN_PANEL; s++) {
        facts->own[s] = (float)sums.own[s];
        if (fabs(sums.own[s]) > own) own = fabs(sums.own[s]);
        if (sums.square[s] > square) square = sums.square[s];
    }
    facts->bounds = panel_bounds(scorer->supplier_dims, scorer->padded, side->screen->grouped, square, sums.lost, norm, scorer->vector_norm, own, scorer->weight_sum);
}

/* Means of the kernel values of evenly spaced suppliers. Any vector would be right, a near one makes the bounds small. */
static ieum_status lay_means(struct product_side *side, struct problem *problem) {
    const struct product_scorer *scorer = side->scorer;
    const size_t dims = scorer->supplier_dims, sample = side->count < SAMPLE ? side->count : SAMPLE;
    ieum_status status = IEUM_OK;
    double *rows = memory_allocate_aligned(EXACT_POINTS * scorer->padded, sizeof *rows);
    double *points = memory_allocate_aligned(EXACT_POINTS * dims, sizeof *points);
    double *sums = memory_allocate_zero(scorer->padded, sizeof *sums);
    if (!rows || !points || !sums) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (size_t first = 0; first < sample; first += EXACT_POINTS) {
        const double *chosen[EXACT_POINTS] = {0};
        const size_t count = sample - first < EXACT_POINTS ? sample - first : EXACT_POINTS;
        for (size_t p = 0; p < count; p++) chosen[p] = side->vectors + (first + p) * side->count / sample * dims;
        product_points(chosen, count, dims, points);
        product_exact()->rows(scorer->supplier_vectors, dims, scorer->padded, points, rows);
        for (size_t p = 0; p < count; p++)
            for (size_t i = 0; i < scorer->count; i++) sums[i] += rows[p * scorer->padded + i];
    }
    for (size_t i = 0; i < scorer->padded; i++) side->means[i] = i < scorer->count && sample ? (float)(sums[i] / (double)sample) : 0.0f;
done:
    memory_free(rows);
    memory_free(points);
    memory_free(sums);
    return status;
}

static void keep_panel(const struct product_side *side, size_t panel, float *points) {
    product_side_panel(side, panel, points, side->rows + panel * product_side_panel_bytes(side), side->steps + panel * side->stretches, &side->facts[panel]);
}

struct filling {
    struct product_side *side;
    float *points; /* of each worker */
};

static void fill_panel(void *context, size_t panel, int worker) {
    const struct filling *filling = context;
    keep_panel(filling->side, panel, filling->points + (size_t)worker * filling->side->scorer->supplier_dims * SCREEN_PANEL);
}

static ieum_status fill_rows(struct product_side *side, int threads, struct problem *problem) {
    const struct product_scorer *scorer = side->scorer;
    if (threads < 1) threads = 1;
    struct filling filling = {side, memory_allocate_aligned((size_t)threads * scorer->supplier_dims * SCREEN_PANEL, sizeof(float))};
    side->rows = memory_allocate_aligned(side->panels, product_side_panel_bytes(side));
    side->steps = memory_allocate_zero(side->panels * side->stretches, sizeof *side->steps);
    side->facts = memory_allocate_zero(side->panels, sizeof *side->facts);
    side->update = memory_allocate_aligned(scorer->supplier_dims * SCREEN_PANEL, sizeof *side->update);
    if (!filling.points || !side->rows || !side->steps || !side->facts || !side->update) {
        memory_free(filling.points);
        return problem_set_memory(problem);
    }
    parallel_for(threads, side->panels, fill_panel, &filling);
    memory_free(filling.points);
    return IEUM_OK;
}

ieum_status product_side_new(const struct product_scorer *scorer, const double *vectors, size_t count, size_t room, int threads, struct product_side **side,
                             struct problem *problem) {
    const size_t dims = scorer->supplier_dims;
    size_t numbers, bytes;
    if (count >= UINT32_MAX || __builtin_mul_overflow(count, dims, &numbers))
        return problem_set(problem, IEUM_LIMIT, "", "공급기업이 너무 많습니다. 2^32−2곳까지입니다.", "Too many suppliers: at most 2^32 − 2.");
    ieum_status status = product_check_vectors(vectors, count, dims, false, problem);
    if (status != IEUM_OK) return status;
    struct product_side *self = memory_allocate_zero(1, sizeof *self);
    if (!self) return problem_set_memory(problem);
    self->scorer = scorer;
    self->screen = product_screen();
    self->stretches = screen_stretches(scorer->padded);
    self->count = count;
    self->panels = (count + SCREEN_PANEL - 1) / SCREEN_PANEL;
    self->vectors = memory_allocate_aligned(numbers, sizeof *self->vectors);
    self->means = memory_allocate_zero(scorer->padded, sizeof *self->means);
    if (!self->vectors || !self->means) {
        product_side_free(self);
        return problem_set_memory(problem);
    }
    if (numbers) memcpy(self->vectors, vectors, numbers * sizeof *vectors);
    status = lay_means(self, problem);
    const bool kept = count > 0 && !__builtin_mul_overflow(self->panels, product_side_panel_bytes(self), &bytes) && bytes <= room;
    if (status == IEUM_OK && kept) status = fill_rows(self, threads, problem);
    if (status == IEUM_OK) *side = self;
    else product_side_free(self);
    return status;
}

void product_side_free(struct product_side *side) {
    if (!side) return;
    memory_free(side->vectors);
    memory_free(side->means);
    memory_free(side->rows);
    memory_free(side->steps);
    memory_free(side->facts);
    memory_free(side->update);
    memory_free(side);
}

/* The supplier's panel is made anew: whole numbers share their steps, so the neighbours' may be rounded otherwise than before. */
ieum_status product_side_update(struct product_side *side, size_t index, const double *vector, struct problem *problem) {
    const struct product_scorer *scorer = side->scorer;
    if (index >= side->count)
        return problem_set(problem, IEUM_NOT_FOUND, "", "공급기업 번호 %zu가 없습니다. 0에서 %zu 미만이어야 합니다.",
                           "There is no supplier number %zu; numbers are from 0 to below %zu.", index, side->count);
    const ieum_status status = product_check_vectors(vector, 1, scorer->supplier_dims, false, problem);
    if (status != IEUM_OK) return status;
    if (scorer->supplier_dims) memcpy(side->vectors + index * scorer->supplier_dims, vector, scorer->supplier_dims * sizeof *vector);
    if (side->rows) keep_panel(side, index / SCREEN_PANEL, side->update);
    return IEUM_OK;
}
