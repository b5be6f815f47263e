/* SPDX-License-Identifier: Apache-2.0 */
#include "product_block.h"

#include <math.h>

#include "../base/memory.h"
#include "../base/parallel.h"
#include "product_exact.h"

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

/* One tile: the rows of its demands side by side, and their bounds. Places without a demand stay zeros. */
static void pack_tile(void *context, size_t tile, int worker) {
    const struct making *making = context;
    const struct product_scorer *scorer = making->scorer;
    struct product_block *block = making->block;
    const size_t height = block->screen->height, cell = block->screen->cell, padded = scorer->padded, left = block->count - tile * height;
    (void)worker;
    for (size_t r = 0; r < height && r < left; r++) {
        const size_t demand = tile * height + r;
        struct screen_packed sums = {0};
        for (size_t start = 0, stretch = 0; start < scorer->depth; start += SCREEN_DEPTH, stretch++) {
            const size_t depth = scorer->depth - start < SCREEN_DEPTH ? scorer->depth - start : SCREEN_DEPTH;
            unsigned char *packed = block->packed + (start * block->tiles + tile * depth) * height * cell;
            block->screen->pack(block->rows + demand * padded + start, scorer->weights + start, scorer->scale, depth, r, packed,
                                &block->steps[stretch * block->tiles * height + demand], &sums);
        }
        demand_bounds_set(&block->bounds, demand, padded, sums.square, sums.lost, sums.spread, fabs(scorer->bias) * scorer->scale);
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
