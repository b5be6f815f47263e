/* SPDX-License-Identifier: Apache-2.0 */
#include "product_rescore.h"

#include <string.h>

#include "../base/memory.h"
#include "../base/parallel.h"
#include "product_exact.h"

enum { STRETCH = 64 }; /* suppliers whose rows are held at a time */

/* Room of each worker for one group of eight suppliers. */
struct rooms {
    double *points, *rows;
};

static bool make_rooms(const struct product_scorer *scorer, int threads, struct rooms *rooms) {
    const size_t workers = threads < 1 ? 1 : (size_t)threads;
    rooms->points = memory_allocate_aligned(workers * EXACT_POINTS * scorer->supplier_dims, sizeof(double));
    rooms->rows = memory_allocate_aligned(workers * EXACT_POINTS * scorer->padded, sizeof(double));
    return rooms->points && rooms->rows;
}

static void free_rooms(struct rooms *rooms) {
    memory_free(rooms->points);
    memory_free(rooms->rows);
}

/* Kernel rows of up to eight suppliers. */
static void make_rows(const struct product_side *side, const uint32_t *suppliers, size_t count, double *points, double *rows) {
    const struct product_scorer *scorer = side->scorer;
    const double *chosen[EXACT_POINTS] = {0};
    for (size_t p = 0; p < count; p++) chosen[p] = side->vectors + (size_t)suppliers[p] * scorer->supplier_dims;
    product_points(chosen, count, scorer->supplier_dims, points);
    product_exact()->rows(scorer->supplier_vectors, scorer->supplier_dims, scorer->padded, points, rows);
}

/* ---- chosen pairs ---- */

/* By supplier, a byte at a time from the lowest: what was in order stays so. */
static bool sort_pairs(struct rescore_pair *pairs, size_t count) {
    struct rescore_pair *other = memory_allocate_aligned(count, sizeof *other), *from = pairs, *to = other;
    if (!other) return false;
    for (int shift = 0; shift < 32; shift += 8) {
        size_t starts[257] = {0};
        for (size_t i = 0; i < count; i++) starts[(from[i].supplier >> shift & 255) + 1]++;
        for (size_t b = 1; b < 256; b++) starts[b] += starts[b - 1];
        for (size_t i = 0; i < count; i++) to[starts[from[i].supplier >> shift & 255]++] = from[i];
        struct rescore_pair *held = from;
        from = to;
        to = held;
    }
    memory_free(other); /* after four passes all are back where they were */
    return true;
}

struct rescoring {
    const struct product_side *side;
    const struct product_block *block;
    struct rescore_pair *pairs;
    const size_t *starts; /* of each group of eight suppliers, and one more */
    struct rooms rooms;
};

static void rescore_group(void *context, size_t group, int worker) {
    const struct rescoring *job = context;
    const struct product_scorer *scorer = job->side->scorer;
    const size_t padded = scorer->padded;
    double *points = job->rooms.points + (size_t)worker * EXACT_POINTS * scorer->supplier_dims;
    double *rows = job->rooms.rows + (size_t)worker * EXACT_POINTS * padded;
    uint32_t suppliers[EXACT_POINTS];
    size_t count = 0;
    for (size_t i = job->starts[group]; i < job->starts[group + 1]; i++)
        if (count == 0 || job->pairs[i].supplier != suppliers[count - 1]) suppliers[count++] = job->pairs[i].supplier;
    make_rows(job->side, suppliers, count, points, rows);
    const double *row = rows;
    for (size_t i = job->starts[group], s = 0; i < job->starts[group + 1]; i++) {
        struct rescore_pair *pair = &job->pairs[i];
        if (pair->supplier != suppliers[s]) {
            s++;
            row += padded;
        }
        pair->score = scorer->bias + product_exact()->dot(job->block->rows + pair->demand * padded, row, padded);
    }
}

/* Where each group of eight different suppliers begins; returns how many groups. */
static size_t find_groups(const struct rescore_pair *pairs, size_t count, size_t *starts) {
    size_t groups = 0, suppliers = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && pairs[i].supplier == pairs[i - 1].supplier) continue;
        if (suppliers++ % EXACT_POINTS == 0) starts[groups++] = i;
    }
    starts[groups] = count;
    return groups;
}

ieum_status product_rescore(const struct product_side *side, const struct product_block *block, struct rescore_pair *pairs, size_t count, int threads,
                            struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct rescoring job = {.side = side, .block = block, .pairs = pairs};
    size_t *starts = memory_resize(NULL, count + 1, sizeof *starts);
    if (!make_rooms(side->scorer, threads, &job.rooms) || !starts || !sort_pairs(pairs, count)) {
        status = problem_set_memory(problem);
    } else {
        job.starts = starts;
        parallel_for(threads, find_groups(pairs, count, starts), rescore_group, &job);
    }
    free_rooms(&job.rooms);
    memory_free(starts);
    return status;
}

/* ---- all suppliers ---- */

struct dense {
    const struct product_side *side;
    const struct product_block *block;
    const uint32_t *demands;
    size_t count, first, suppliers; /* of this stretch */
    double *points, *rows;          /* STRETCH / 8 groups: each has its own room */
    rescore_function take;
    void *context;
};

static void dense_rows(void *context, size_t group, int worker) {
    const struct dense *job = context;
    const struct product_scorer *scorer = job->side->scorer;
    const size_t first = group * EXACT_POINTS, left = job->suppliers - first, count = left < EXACT_POINTS ? left : EXACT_POINTS;
    uint32_t suppliers[EXACT_POINTS];
    (void)worker;
    for (size_t p = 0; p < count; p++) suppliers[p] = (uint32_t)(job->first + first + p);
    make_rows(job->side, suppliers, count, job->points + group * EXACT_POINTS * scorer->supplier_dims, job->rows + first * scorer->padded);
}

/* Two demands at a time, which share the suppliers' rows where they are neighbours in the block. */
static void dense_scores(void *context, size_t two, int worker) {
    const struct dense *job = context;
    const struct product_scorer *scorer = job->side->scorer;
    const size_t padded = scorer->padded, left = job->count - 2 * two, count = left < 2 ? left : 2;
    const uint32_t *demands = job->demands + 2 * two;
    const bool neighbours = count == 2 && demands[1] == demands[0] + 1;
    double scores[2][STRETCH];
    (void)worker;
    for (size_t p = 0; p < job->suppliers; p += EXACT_POINTS)
        for (size_t d = 0; d < (neighbours ? 1 : count); d++)
            product_exact()->dots(job->block->rows + demands[d] * padded, neighbours ? 2 : 1, job->rows + p * padded, padded, &scores[d][p], STRETCH);
    for (size_t d = 0; d < count; d++) {
        for (size_t s = 0; s < job->suppliers; s++) scores[d][s] = scorer->bias + scores[d][s];
        job->take(job->context, 2 * two + d, job->first, scores[d], job->suppliers);
    }
}

ieum_status product_rescore_all(const struct product_side *side, const struct product_block *block, const uint32_t *demands, size_t count,
                                rescore_function take, void *context, int threads, struct problem *problem) {
    const struct product_scorer *scorer = side->scorer;
    struct dense job = {.side = side, .block = block, .demands = demands, .count = count, .take = take, .context = context};
    ieum_status status = IEUM_OK;
    job.points = memory_allocate_aligned(STRETCH * scorer->supplier_dims, sizeof(double));
    job.rows = memory_allocate_aligned(STRETCH * scorer->padded, sizeof(double));
    if (!job.points || !job.rows) status = problem_set_memory(problem);
    for (; status == IEUM_OK && job.first < side->count; job.first += STRETCH) {
        job.suppliers = side->count - job.first < STRETCH ? side->count - job.first : STRETCH;
        parallel_for(threads, (job.suppliers + EXACT_POINTS - 1) / EXACT_POINTS, dense_rows, &job);
        parallel_for(threads, (count + 1) / 2, dense_scores, &job);
    }
    memory_free(job.points);
    memory_free(job.rows);
    return status;
}
