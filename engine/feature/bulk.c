/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of demands over all features of a space; a kind that has no way of its own is computed a demand at a time and its columns are laid side by side. */
#include "bulk.h"

#include <string.h>

#include "../base/parallel.h"
#include "kinds.h"

static const struct feature_kind *kind_of(const struct feature_space *space, size_t feature) {
    return feature_kind_find(space->program->features[feature].kind);
}

struct preparing {
    const struct feature_space *space;
    struct problem *problems; /* one a feature */
};

static void prepare_one(void *context, size_t feature, int worker) {
    struct preparing *preparing = context;
    const struct feature_bulk *bulk = kind_of(preparing->space, feature)->bulk;
    (void)worker;
    if (bulk && bulk->prepare) bulk->prepare(preparing->space, preparing->space->states[feature], &preparing->problems[feature]);
}

ieum_status feature_bulk_prepare(const struct feature_space *space, struct problem *problem) {
    const size_t features = space->program->feature_count;
    ieum_status status = IEUM_OK;
    struct preparing preparing = {space, memory_allocate_zero(features, sizeof *preparing.problems)};
    if (!preparing.problems) return problem_set_memory(problem);
    parallel_for(space->threads, features, prepare_one, &preparing);
    for (size_t f = 0; f < features && status == IEUM_OK; f++) {
        status = preparing.problems[f].status;
        if (status != IEUM_OK) *problem = preparing.problems[f];
    }
    memory_free(preparing.problems);
    return status;
}

/* Columns of all suppliers, one a lane. */
static ieum_status block_of_columns(const struct feature_space *space, size_t feature, const struct demand_view *views, size_t count,
                                    struct arena *arena, struct feature_block *block, struct problem *problem) {
    const struct feature_kind *kind = kind_of(space, feature);
    ieum_status status = IEUM_OK;
    double **columns = arena_allocate_zero(arena, LANES, sizeof *columns);
    if (!columns) return problem_set_memory(problem);
    for (size_t l = 0; l < count && status == IEUM_OK; l++) {
        columns[l] = arena_allocate_zero(arena, space->supplier_count, sizeof **columns);
        status = columns[l] ? kind->compute(space, space->states[feature], &views[l], columns[l], problem) : problem_set_memory(problem);
    }
    block->own = columns;
    return status;
}

ieum_status feature_bulk_block(const struct feature_space *space, const struct demand_view *views, size_t count, struct arena *arena,
                               struct feature_block *blocks, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t f = 0; f < space->program->feature_count && status == IEUM_OK; f++) {
        const struct feature_bulk *bulk = kind_of(space, f)->bulk;
        blocks[f] = (struct feature_block){0};
        status = bulk ? bulk->block(space, space->states[f], views, count, arena, &blocks[f], problem)
                      : block_of_columns(space, f, views, count, arena, &blocks[f], problem);
    }
    return status;
}

void feature_bulk_fill(const struct feature_space *space, size_t feature, struct feature_block *block, size_t first, size_t count,
                       double (*cells)[LANES]) {
    const struct feature_bulk *bulk = kind_of(space, feature)->bulk;
    if (bulk) {
        bulk->fill(space, space->states[feature], block, first, count, cells);
        return;
    }
    double **columns = block->own;
    for (size_t l = 0; l < LANES; l++)
        for (size_t s = 0; s < count; s++) cells[s][l] = columns[l] ? columns[l][first + s] : 0;
}

bool feature_bulk_hopes(const struct feature_space *space, size_t feature) {
    const struct feature_bulk *bulk = kind_of(space, feature)->bulk;
    return bulk && bulk->fill_above;
}

void feature_bulk_fill_above(const struct feature_space *space, size_t feature, struct feature_block *block, size_t first, size_t count,
                             const struct feature_hope *hope, double (*cells)[LANES]) {
    kind_of(space, feature)->bulk->fill_above(space, space->states[feature], block, first, count, hope, cells);
}

void feature_bulk_pick(const struct feature_space *space, size_t feature, struct feature_block *block, const uint32_t *suppliers, size_t count,
                       double (*cells)[LANES]) {
    const struct feature_bulk *bulk = kind_of(space, feature)->bulk;
    if (bulk && bulk->pick) {
        bulk->pick(space, space->states[feature], block, suppliers, count, cells);
        return;
    }
    for (size_t i = 0; i < count; i++) feature_bulk_fill(space, feature, block, suppliers[i], 1, cells + i);
}

bool feature_bulk_ceiling(const struct feature_space *space, size_t feature, const struct feature_block *block, size_t lane,
                          const struct feature_block *base, float *most) {
    const struct feature_bulk *bulk = kind_of(space, feature)->bulk;
    return bulk && bulk->ceiling && bulk->ceiling(space, space->states[feature], block, lane, base, most);
}

bool feature_bulk_repeats(const struct feature_space *space, size_t feature) {
    const struct feature_bulk *bulk = kind_of(space, feature)->bulk;
    return bulk && bulk->same;
}

bool feature_bulk_same(const struct feature_space *space, size_t feature, const struct feature_block *block, size_t count, const struct feature_block *base) {
    const struct feature_bulk *bulk = kind_of(space, feature)->bulk;
    return bulk && bulk->same && bulk->same(block, count, base);
}
