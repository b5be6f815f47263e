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
    return meaning_turn_round(space, state) ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status block(const struct feature_space *space, const void *pointer, const struct demand_view *views, size_t count,
                         struct arena *arena, struct feature_block *made, struct problem *problem) {
    const struct meaning_state *state = pointer;
    const uint32_t concepts = lexicon_count(space->lexicon);
    struct meaning_block *own = arena_allocate_zero(arena, 1, sizeof *own);
    double(*rows)[LANES] = lanes_rows(arena, 2 * (size_t)concepts + 1);
    if (own) own->shorts = lanes_short_rows(arena, 2 * (size_t)concepts + 1);
    if (own) own->raw = arena_allocate(arena, (space->supplier_count + 1) * sizeof *own->raw);
    if (own) own->kept = arena_allocate(arena, (2 * (size_t)concepts + 1) * sizeof *own->kept);
    if (own) own->scratch = arena_allocate(arena, (2 * (size_t)concepts + 1) * sizeof *own->scratch);
    if (own) own->meant = arena_allocate(arena, (views[0].notes->meaning.count + 1) * sizeof *own->meant);
    if (!own || !rows || !own->shorts || !own->raw || !own->scratch || !own->kept || !own->meant) return problem_set_memory(problem);
    own->meant_count = meaning_weigh(space->lexicon, state, &views[0].notes->meaning, own->meant);
    for (size_t l = 0; l < LANES; l++) own->one[l] = 1;
    for (size_t l = 0; l < count; l++) {
        double *flat = own->flat[l] = arena_allocate(arena, (2 * (size_t)concepts + 1) * sizeof *flat);
        if (!flat || !meaning_ask(space, state, views[l].notes, flat, flat + concepts, &own->length[l])) return problem_set_memory(problem);
        own->lifted[l] = limits_lifted(space, &state->limits, views[l].notes);
        own->missing[l] = own->length[l] > 0 ? 0 : NAN;
        for (uint32_t c = 0; c < concepts; c++) flat[concepts + c] += flat[c];
    }
    for (size_t r = 0; r < 2 * (size_t)concepts; r++)
        for (size_t l = 0; l < count; l++) rows[r][l] = own->flat[l][r];
    own->rows = (const double(*)[LANES])rows;
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

static void make_shorts(const struct feature_space *space, struct meaning_block *own) {
    for (size_t i = 0; i < 2 * (size_t)lexicon_count(space->lexicon) * LANES; i++) (&own->shorts[0][0])[i] = lane_row_of((&own->rows[0][0])[i]);
    own->short_made = true;
}

/* Most suppliers are nowhere near the best: a look in few bits tells so, over a third of the memory. */
static void fill_above(const struct feature_space *space, const void *pointer, struct feature_block *block, size_t first, size_t count,
                       const struct feature_hope *asked, double (*cells)[LANES]) {
    const struct meaning_state *state = pointer;
    struct meaning_block *own = block->own;
    const struct lanes *lanes = lanes_best();
    if (!own->short_made) make_shorts(space, own);
    struct lane_hope hope = {.bound = asked->bound, .slope = asked->slope};
    for (size_t i = 0; i < count; i++) {
        const size_t s = first + i, start = state->start[s];
        hope.base = asked->base[i];
        if (!state->shorts || state->count[s] > HOPES_MOST || lanes->hopes((const float(*)[LANES])own->shorts, state->shorts + start, state->count[s], &hope))
            lanes->gather(cells[i], own->rows, state->rows + start, state->weights + start, state->count[s]);
        else memset(cells[i], 0, sizeof cells[i]);
    }
    finish(state, own, first, count, cells);
}

const struct feature_bulk meaning_bulk = {prepare, block, fill, fill_above, NULL, meaning_ceiling};
