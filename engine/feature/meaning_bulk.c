/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Meanings for blocks of demands: a table with a row for each concept (what the demands of the block want of it), and one for each concept with what is near;
 * a supplier is the sum of its items' rows.
 */
#include <math.h>
#include <string.h>

#include "meaning_match.h"

static ieum_status prepare(const struct feature_space *space, void *pointer, struct problem *problem) {
    struct meaning_state *state = pointer;
    const uint32_t concepts = lexicon_count(space->lexicon);
    const size_t items = state->start[space->supplier_count];
    state->rows = memory_allocate_zero(items, sizeof *state->rows);
    state->weights = memory_allocate_zero(items, sizeof *state->weights);
    const bool few = 2 * (size_t)concepts <= UINT16_MAX;
    if (few) state->shorts = memory_allocate_zero(items, sizeof *state->shorts);
    if (!state->rows || !state->weights || (few && !state->shorts)) return problem_set_memory(problem);
    for (size_t i = 0; i < items; i++) {
        state->rows[i] = state->items[i].concept + (state->items[i].spreads ? concepts : 0);
        state->weights[i] = state->items[i].weight;
        if (few) state->shorts[i] = lane_item(state->rows[i], state->weights[i]);
    }
    return IEUM_OK;
}

struct meaning_block {
    const double (*rows)[LANES]; /* of concept c: wanted; of concept c + their number: wanted + near */
    double one[LANES], missing[LANES];
    const float (*shorts)[LANES]; /* the same rows in few bits */
    uint8_t lifted[LANES];
};

static ieum_status block(const struct feature_space *space, const void *pointer, const struct demand_view *views, size_t count,
                         struct arena *arena, struct feature_block *made, struct problem *problem) {
    const struct meaning_state *state = pointer;
    const uint32_t concepts = lexicon_count(space->lexicon);
    struct meaning_block *own = arena_allocate_zero(arena, 1, sizeof *own);
    double(*rows)[LANES] = lanes_rows(arena, 2 * (size_t)concepts + 1);
    float(*shorts)[LANES] = lanes_short_rows(arena, 2 * (size_t)concepts + 1);
    double *wanted = arena_allocate(arena, (concepts + 1) * sizeof *wanted), *near = arena_allocate(arena, (concepts + 1) * sizeof *near);
    if (!own || !rows || !shorts || !wanted || !near) return problem_set_memory(problem);
    for (size_t l = 0; l < LANES; l++) own->one[l] = 1;
    for (size_t l = 0; l < count; l++) {
        bool means = false;
        if (!meaning_ask(space, state, views[l].notes, wanted, near, &means)) return problem_set_memory(problem);
        own->lifted[l] = limits_lifted(space, &state->limits, views[l].notes);
        own->missing[l] = means ? 0 : NAN;
        for (uint32_t c = 0; c < concepts; c++) {
            rows[c][l] = wanted[c];
            rows[concepts + c][l] = wanted[c] + near[c];
        }
    }
    for (size_t i = 0; i < 2 * (size_t)concepts * LANES; i++) (&shorts[0][0])[i] = lane_row_of((&rows[0][0])[i]);
    own->rows = (const double(*)[LANES])rows;
    own->shorts = (const float(*)[LANES])shorts;
    made->own = own;
    return IEUM_OK;
}

/* What comes after the sums. */
static void finish(const struct meaning_state *state, const struct meaning_block *own, size_t first, size_t count, double (*cells)[LANES]) {
    lanes_best()->divide(cells, own->one, own->missing, count);
    for (size_t i = 0; i < count; i++) {
        const size_t s = first + i;
        for (size_t l = 0; l < LANES && state->count[s] == 0; l++) cells[i][l] = NAN;
        for (size_t l = 0; l < LANES && state->limits.held[s]; l++) cells[i][l] *= limits_factor(&state->limits, s, own->lifted[l]);
    }
}

static void fill(const struct feature_space *space, const void *pointer, struct feature_block *block, size_t first, size_t count,
                 double (*cells)[LANES]) {
    (void)space;
    const struct meaning_state *state = pointer;
    const struct meaning_block *own = block->own;
    for (size_t i = 0; i < count; i++) {
        const size_t s = first + i;
        lanes_best()->gather(cells[i], own->rows, state->rows + state->start[s], state->weights + state->start[s], state->count[s]);
    }
    finish(state, own, first, count, cells);
}

/* Most suppliers are nowhere near the best: a look in few bits tells so, over a third of the memory. */
static void fill_above(const struct feature_space *space, const void *pointer, struct feature_block *block, size_t first, size_t count,
                       const struct feature_hope *asked, double (*cells)[LANES]) {
    (void)space;
    const struct meaning_state *state = pointer;
    const struct meaning_block *own = block->own;
    const struct lanes *lanes = lanes_best();
    struct lane_hope hope = {.bound = asked->bound, .slope = asked->slope};
    for (size_t i = 0; i < count; i++) {
        const size_t s = first + i, start = state->start[s];
        hope.base = asked->base[i];
        if (!state->shorts || state->count[s] > HOPES_MOST || lanes->hopes(own->shorts, state->shorts + start, state->count[s], &hope))
            lanes->gather(cells[i], own->rows, state->rows + start, state->weights + start, state->count[s]);
        else memset(cells[i], 0, sizeof cells[i]);
    }
    finish(state, own, first, count, cells);
}

const struct feature_bulk meaning_bulk = {prepare, block, fill, fill_above};
