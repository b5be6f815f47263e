/* SPDX-License-Identifier: Apache-2.0 */
#include "product_block.h"

#include <math.h>

#include "../base/memory.h"
#include "../base/parallel.h"
#include "product_exact.h"

enum { PARTS = 8 };

struct making {
    const struct product_scorer *scorer;
    const double *vectors;
    struct product_block *block;
    double *points, *rows; /* of each worker: for eight points */
};

/* Eight demands' exact rows. They are made in the worker's place, since the last eight may be fewer. */
static void make_rows(void *context, size_t group, int worker) {
    const struct making *making = context;
    const struct product_scorer *scorer = making->scorer;
    const size_t dims = scorer->demand_dims, padded = scorer->padded, first = group * EXACT_POINTS;
    const size_t left = making->block->count - first, count = left < EXACT_POINTS ? left : EXACT_POINTS;
    double *points = making->points + (size_t)worker * EXACT_POINTS * dims, *rows = making->rows + (size_t)worker * EXACT_POINTS * padded;
    const double *chosen[EXACT_POINTS] = {0};
    for (size_t p = 0; p < count; p++) chosen[p] = making->vectors + (first + p) * dims;
    product_points(chosen, count, dims, points);
    product_exact()->rows(scorer->demand_vectors, dims, padded, points, rows);
    for (size_t p = 0; p < count; p++) {
        double *own = making->block->rows + (first + p) * padded;
        for (size_t i = 0; i < padded; i++) own[i] = scorer->coefficients[i] * rows[p * padded + i];
    }
}

static double sum_parts(const double *parts) {
    double sum = 0;
    for (size_t part = 0; part < PARTS; part++) sum += parts[part];
    return sum;
}

/*
 * One stretch of a demand's f32 row, A − B, and what it adds to the row's Σ |A|; returns its Σ a². Sums are kept in eight parts so that they do not wait for
 * each other. `depth` is a multiple of eight: beyond the last support pair both A and B are zeros.
 */
static double stretch_row(const struct product_scorer *scorer, const double *exact, const double *weights, size_t depth, float *values, double *spread) {
    double square[PARTS] = {0};
    const double scale = scorer->scale;
    for (size_t i = 0; i < depth; i += PARTS)
        for (size_t part = 0; part < PARTS; part++) {
            const double scaled = scale * exact[i + part];
            const float value = (float)(scaled - weights[i + part]);
            values[i + part] = value;
            square[part] += (double)value * (double)value;
            spread[part] += fabs(scaled);
        }
    return sum_parts(square);
}

static float step_of(const float *values, size_t depth, double square) {
    float most[PARTS] = {0}, greatest = 0;
    for (size_t i = 0; i < depth; i += PARTS)
        for (size_t part = 0; part < PARTS; part++) most[part] = fabsf(values[i + part]) > most[part] ? fabsf(values[i + part]) : most[part];
    for (size_t part = 0; part < PARTS; part++) greatest = most[part] > greatest ? most[part] : greatest;
    const float by_norm = (float)(sqrt(square) / SCREEN_TILE_NORM), by_most = greatest / (SCREEN_WHOLE - 1), step = by_norm > by_most ? by_norm : by_most;
    return step > SCREEN_LEAST_STEP ? step : SCREEN_LEAST_STEP;
}

/* To whole steps; returns the square of the distance from what was there. */
static double round_stretch(const float *values, size_t depth, float step, int32_t *whole) {
    static const float rounder = 0x1.8p23f; /* what is added to it loses its fraction */
    const float inverse = 1 / step;
    double lost[PARTS] = {0};
    for (size_t i = 0; i < depth; i += PARTS)
        for (size_t part = 0; part < PARTS; part++) {
            const float steps = values[i + part] * inverse + rounder - rounder;
            const double off = (double)values[i + part] - (double)steps * (double)step;
            whole[i + part] = (int32_t)steps;
            lost[part] += off * off;
        }
    return sum_parts(lost);
}

/* One tile: the rows of its demands side by side, and their bounds. Places without a demand stay zeros. */
static void pack_tile(void *context, size_t tile, int worker) {
    const struct making *making = context;
    const struct product_scorer *scorer = making->scorer;
    struct product_block *block = making->block;
    const size_t height = block->screen->height, cell = block->screen->cell, padded = scorer->padded, left = block->count - tile * height;
    (void)worker;
    for (size_t r = 0; r < height && r < left; r++) {
        const size_t demand = tile * height + r;
        double spread[PARTS] = {0}, square = 0, lost = 0;
        for (size_t start = 0, stretch = 0; start < scorer->depth; start += SCREEN_DEPTH, stretch++) {
            const size_t depth = scorer->depth - start < SCREEN_DEPTH ? scorer->depth - start : SCREEN_DEPTH;
            const size_t whole_depth = (depth + PARTS - 1) / PARTS * PARTS;
            unsigned char *packed = block->packed + (start * block->tiles + tile * depth) * height * cell;
            float values[SCREEN_DEPTH];
            const double own_square = stretch_row(scorer, block->rows + demand * padded + start, scorer->weights + start, whole_depth, values, spread);
            square += own_square;
            if (cell == sizeof(float)) {
                float *own = (float *)(void *)packed + r;
                for (size_t i = 0; i < depth; i++) own[i * height] = values[i];
            } else {
                const float step = step_of(values, whole_depth, own_square);
                uint32_t *own = (uint32_t *)(void *)packed + r; /* two support pairs at a time, the even one low */
                int32_t whole[SCREEN_DEPTH];
                lost += round_stretch(values, whole_depth, step, whole);
                for (size_t i = 0; i < depth; i += 2) own[i / 2 * height] = ((uint32_t)whole[i] & 0xffff) | (uint32_t)whole[i + 1] << 16;
                block->steps[stretch * block->tiles * height + demand] = step;
            }
        }
        demand_bounds_set(&block->bounds, demand, padded, square, lost, sum_parts(spread), fabs(scorer->bias) * scorer->scale);
    }
}

ieum_status product_block_make(const struct product_scorer *scorer, const double *vectors, size_t count, const struct product_screen *screen, int threads,
                               struct product_block *block, struct problem *problem) {
    const size_t workers = threads < 1 ? 1 : (size_t)threads, dims = scorer->demand_dims, padded = scorer->padded;
    ieum_status status = IEUM_OK;
    *block = (struct product_block){.count = count, .screen = screen};
    struct making making = {scorer, vectors, block, memory_allocate_aligned(workers * EXACT_POINTS * dims, sizeof(double)),
                            memory_allocate_aligned(workers * EXACT_POINTS * padded, sizeof(double))};
    block->rows = memory_allocate_aligned(count * padded, sizeof *block->rows);
    if (screen) {
        block->tiles = (count + screen->height - 1) / screen->height;
        block->packed = memory_allocate_zero(block->tiles * screen->height * scorer->depth, screen->cell);
        block->steps = memory_allocate_zero(block->tiles * screen->height * screen_stretches(scorer->depth), sizeof *block->steps);
        float *bounds = memory_allocate_zero(count, 4 * sizeof *bounds); /* one allocation: norm holds it */
        if (bounds) block->bounds = (struct demand_bounds){bounds, bounds + count, bounds + 2 * count, bounds + 3 * count};
    }
    if (!making.points || !making.rows || !block->rows || (screen && (!block->packed || !block->steps || !block->bounds.norm))) {
        status = problem_set_memory(problem);
        product_block_free(block);
        goto done;
    }
    parallel_for(threads, (count + EXACT_POINTS - 1) / EXACT_POINTS, make_rows, &making);
    if (screen) parallel_for(threads, block->tiles, pack_tile, &making);
done:
    memory_free(making.points);
    memory_free(making.rows);
    return status;
}

void product_block_free(struct product_block *block) {
    memory_free(block->rows);
    memory_free(block->packed);
    memory_free(block->steps);
    memory_free(block->bounds.norm);
    *block = (struct product_block){0};
}
