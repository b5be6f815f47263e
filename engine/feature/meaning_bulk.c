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
    const size_t links = state->first[concepts];
    state->near_to = memory_allocate_zero(links + 1, sizeof *state->near_to);
    state->near_weight = memory_allocate_zero(links + 1, sizeof *state->near_weight);
    if (!state->near_to || !state->near_weight) return problem_set_memory(problem);
    for (size_t n = 0; n < links; n++) {
        state->near_to[n] = state->neighbours[n].to;
        state->near_weight[n] = state->neighbours[n].weight;
    }
    return meaning_turn_round(space, state) ? IEUM_OK : problem_set_memory(problem);
}

/* From u' of each lane, not yet divided, what is wanted of each concept and what is gathered from what is near: both rows of all lanes, and of each on its own. */
static void lay_rows(const struct meaning_state *state, uint32_t concepts, size_t count, const double (*spread)[LANES], struct meaning_block *own,
                     double (*rows)[LANES]) {
    double length[LANES];
    for (size_t l = 0; l < LANES; l++) length[l] = own->length[l] > 0 ? own->length[l] : 1;
    for (uint32_t c = 0; c < concepts; c++) {
        double near[LANES];
        lanes_best()->gather(near, spread, state->near_to + state->first[c], state->near_weight + state->first[c], state->first[c + 1] - state->first[c]);
        for (size_t l = 0; l < count; l++) {
            rows[c][l] = spread[c][l] / length[l];
            rows[concepts + c][l] = near[l] / length[l] + rows[c][l];
        }
        for (size_t l = 0; l < count; l++) {
            own->flat[l][c] = rows[c][l];
            own->flat[l][concepts + c] = rows[concepts + c][l];
        }
    }
    own->rows = (const double(*)[LANES])rows;
}

/* The same of a block that has one lane: as `gather` of lanes.h adds up, so with the same bits. */
static void lay_lane(const struct meaning_state *state, uint32_t concepts, const struct meaning_block *own) {
    double *flat = own->flat[0];
    const double length = own->length[0] > 0 ? own->length[0] : 1;
    for (uint32_t c = 0; c < concepts; c++) flat[concepts + c] = meaning_gathered(state, flat, c) / length + flat[c] / length;
    for (uint32_t c = 0; c < concepts; c++) flat[c] /= length;
}

static ieum_status block(const struct feature_space *space, const void *pointer, const struct demand_view *views, size_t count,
                         struct arena *arena, struct feature_block *made, struct problem *problem) {
    const struct meaning_state *state = pointer;
    const uint32_t concepts = lexicon_count(space->lexicon);
    struct meaning_block *own = arena_allocate_zero(arena, 1, sizeof *own);
    double(*rows)[LANES] = count > 1 ? lanes_rows(arena, 2 * (size_t)concepts + 1) : NULL;
    double(*spread)[LANES] = count > 1 ? lanes_rows(arena, (size_t)concepts + 1) : NULL;
    if (own) own->raw = arena_allocate(arena, (space->supplier_count + 1) * sizeof *own->raw);
    if (own) own->kept = arena_allocate(arena, (2 * (size_t)concepts + 1) * sizeof *own->kept);
    if (own) own->scratch = arena_allocate(arena, (2 * (size_t)concepts + 1) * sizeof *own->scratch);
    if (own) own->meant = arena_allocate(arena, (views[0].notes->meaning.count + 1) * sizeof *own->meant);
    if (!own || (count > 1 && (!rows || !spread)) || !own->raw || !own->scratch || !own->kept || !own->meant) return problem_set_memory(problem);
    own->meant_count = meaning_weigh(space->lexicon, state, &views[0].notes->meaning, own->meant);
    for (size_t l = 0; l < LANES; l++) own->one[l] = 1;
    for (size_t l = 0; l < count; l++) {
        double *flat = own->flat[l] = arena_allocate(arena, (2 * (size_t)concepts + 1) * sizeof *flat);
        if (!flat || !meaning_spread(space, state, views[l].notes, flat, &own->length[l])) return problem_set_memory(problem);
        own->lifted[l] = limits_lifted(space, &state->limits, views[l].notes);
        own->missing[l] = own->length[l] > 0 ? 0 : NAN;
        for (uint32_t c = 0; c < concepts && spread; c++) spread[c][l] = flat[c];
    }
    if (spread) lay_rows(state, concepts, count, (const double(*)[LANES])spread, own, rows);
    else lay_lane(state, concepts, own);
    own->arena = arena;
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

/* A supplier's sum where the block has one lane. */
static void sum_lane(const struct meaning_state *state, const struct meaning_block *own, size_t supplier, double cell[LANES]) {
    const uint32_t *rows = state->rows + state->start[supplier];
    const double *weights = state->weights + state->start[supplier];
    double sum = 0;
    for (size_t i = 0; i < state->count[supplier]; i++) sum += own->flat[0][rows[i]] * weights[i];
    for (size_t l = 0; l < LANES; l++) cell[l] = l == 0 ? sum : 0;
}

static void fill(const struct feature_space *space, const void *pointer, struct feature_block *block, size_t first, size_t count,
                 double (*cells)[LANES]) {
    (void)space;
    const struct meaning_state *state = pointer;
    const struct meaning_block *own = block->own;
    for (size_t i = 0; i < count; i++) {
        const size_t s = first + i;
        if (own->rows) lanes_best()->gather(cells[i], own->rows, state->rows + state->start[s], state->weights + state->start[s], state->count[s]);
        else sum_lane(state, own, s, cells[i]);
    }
    finish(state, own, first, count, cells);
}

/* Calls for a supplier's items: those of the few who are picked lie far apart. */
static void call_items(const struct meaning_state *state, size_t supplier) {
    enum { LINE = 64 };
    const char *rows = (const char *)(state->rows + state->start[supplier]), *weights = (const char *)(state->weights + state->start[supplier]);
    for (size_t at = 0; at < state->count[supplier] * sizeof *state->rows; at += LINE) __builtin_prefetch(rows + at);
    for (size_t at = 0; at < state->count[supplier] * sizeof *state->weights; at += LINE) __builtin_prefetch(weights + at);
}

static void pick(const struct feature_space *space, const void *pointer, const struct feature_block *block, const uint32_t *suppliers, size_t count,
                 double (*cells)[LANES]) {
    struct feature_block one = *block;
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count) call_items(pointer, suppliers[i + 1]);
        fill(space, pointer, &one, suppliers[i], 1, cells + i);
    }
}

static bool make_shorts(const struct feature_space *space, struct meaning_block *own) {
    const size_t rows = 2 * (size_t)lexicon_count(space->lexicon);
    if (!own->shorts && !(own->shorts = lanes_short_rows(own->arena, rows + 1))) return false;
    for (size_t i = 0; i < rows * LANES; i++) (&own->shorts[0][0])[i] = lane_row_of((&own->rows[0][0])[i]);
    return true;
}

/* Most suppliers are nowhere near the best: a look in few bits tells so, over a third of the memory. */
static void fill_above(const struct feature_space *space, const void *pointer, struct feature_block *block, size_t first, size_t count,
                       const struct feature_hope *asked, double (*cells)[LANES]) {
    const struct meaning_state *state = pointer;
    struct meaning_block *own = block->own;
    const struct lanes *lanes = lanes_best();
    const bool shorts = state->shorts && own->rows && (own->shorts || make_shorts(space, own)); /* without memory for them, whole rows do it */
    if (!own->rows) {
        fill(space, pointer, block, first, count, cells);
        return;
    }
    struct lane_hope hope = {.bound = asked->bound, .slope = asked->slope};
    for (size_t i = 0; i < count; i++) {
        const size_t s = first + i, start = state->start[s];
        hope.base = asked->base[i];
        if (!shorts || state->count[s] > HOPES_MOST || lanes->hopes((const float(*)[LANES])own->shorts, state->shorts + start, state->count[s], &hope))
            lanes->gather(cells[i], own->rows, state->rows + start, state->weights + start, state->count[s]);
        else memset(cells[i], 0, sizeof cells[i]);
    }
    finish(state, own, first, count, cells);
}

const struct feature_bulk meaning_bulk = {prepare, block, fill, fill_above, pick, meaning_ceiling, NULL};
