/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Concept kinds for blocks of demands. What a supplier is worth to a demand that speaks of concept c, max_c' near(c,c') · strength(c'), does not depend on the
 * demand: it is computed once for all concepts, and a block adds it up like words, weight by weight.
 */
#include <math.h>
#include <string.h>

#include "concept_overlap.h"

struct best_of_all {
    double *best;      /* of each supplier, 0 before and after */
    uint64_t *touched; /* which are not, as bits */
    struct byte_posting *found;
    size_t words;
};

static void find_best(const struct feature_space *space, const struct concept_state *state, uint32_t concept, struct best_of_all *all) {
    const struct concept_near near = lexicon_near(space->lexicon, concept);
    for (size_t n = 0; n < near.count; n++) {
        const uint32_t to = near.items[n].to;
        if (!concept_counts(space, state, concept, to)) continue;
        for (size_t p = state->posting_start[to]; p < state->posting_start[to + 1]; p++) {
            const struct concept_posting *posting = &state->postings[p];
            const double value = near.items[n].weight * posting->strength;
            all->touched[posting->supplier / 64] |= UINT64_C(1) << posting->supplier % 64;
            if (value > all->best[posting->supplier]) all->best[posting->supplier] = value;
        }
    }
}

static bool keep_best(struct concept_state *state, uint32_t concept, struct best_of_all *all) {
    size_t count = 0;
    for (size_t w = 0; w < all->words; w++) {
        for (uint64_t bits = all->touched[w]; bits; bits &= bits - 1) {
            const uint32_t supplier = (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(bits);
            if (!runs_add(state->best, concept, supplier, all->best[supplier])) return false;
            all->found[count++] = (struct byte_posting){supplier, (float)all->best[supplier]};
            all->best[supplier] = 0;
        }
        all->touched[w] = 0;
    }
    return byte_columns_lay(&state->ceilings, concept, all->found, count);
}

static ieum_status prepare(const struct feature_space *space, void *pointer, struct problem *problem) {
    struct concept_state *state = pointer;
    const uint32_t concepts = lexicon_count(space->lexicon);
    struct best_of_all all = {.words = (space->supplier_count + 63) / 64};
    all.best = memory_allocate_zero(space->supplier_count, sizeof *all.best);
    all.touched = memory_allocate_zero(all.words, sizeof *all.touched);
    all.found = memory_allocate_zero(space->supplier_count + 1, sizeof *all.found);
    state->best = runs_new(concepts, space->supplier_count);
    bool held = all.best && all.touched && all.found && state->best && byte_columns_make(&state->ceilings, concepts, space->supplier_count);
    for (uint32_t c = 0; c < concepts && held; c++) {
        if (state->facets[lexicon_concept(space->lexicon, c)->facet] <= 0) continue; /* no demand's profile has it */
        find_best(space, state, c, &all);
        held = keep_best(state, c, &all);
    }
    held = held && runs_finish(state->best);
    state->breadths = memory_allocate_zero(space->supplier_count, sizeof *state->breadths);
    for (size_t s = 0; state->breadths && s < space->supplier_count; s++) state->breadths[s] = (float)state->breadth[s];
    held = held && state->breadths;
    memory_free(all.best);
    memory_free(all.touched);
    memory_free(all.found);
    return held ? IEUM_OK : problem_set_memory(problem);
}

struct concept_block {
    struct runs_block *runs;
    double whole[LANES], missing[LANES];
    uint8_t lifted[LANES];
    struct runs_question questions[LANES];
    float *raw; /* of the ceiling of lane 0: the suppliers' sums */
    struct runs_asked *more; /* room for any lane's lists */
};

static bool ask(const struct feature_space *space, const struct concept_state *state, const struct understanding *notes, struct arena *arena,
                struct runs_question *question, double *whole) {
    struct weighted_concept *profile = NULL;
    size_t count = 0;
    if (!concept_profile_read(space->lexicon, state, notes, arena, &profile, &count)) return false;
    struct runs_asked *items = arena_allocate(arena, (count + 1) * sizeof *items);
    if (!items) return false;
    *whole = 0;
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct runs_asked){profile[i].concept, profile[i].strength * state->weight[profile[i].concept]};
        *whole += items[i].factor;
    }
    *question = (struct runs_question){items, count};
    return true;
}

static ieum_status block(const struct feature_space *space, const void *pointer, const struct demand_view *views, size_t count,
                         struct arena *arena, struct feature_block *made, struct problem *problem) {
    const struct concept_state *state = pointer;
    struct concept_block *own = arena_allocate_zero(arena, 1, sizeof *own);
    size_t most = 0;
    if (!own) return problem_set_memory(problem);
    for (size_t l = 0; l < LANES; l++) own->whole[l] = 1;
    for (size_t l = 0; l < count; l++) {
        if (!ask(space, state, views[l].notes, arena, &own->questions[l], &own->whole[l])) return problem_set_memory(problem);
        own->lifted[l] = limits_lifted(space, &state->limits, views[l].notes);
        most = own->questions[l].count > most ? own->questions[l].count : most;
        if (own->whole[l] > 0) continue;
        own->whole[l] = 1;
        own->missing[l] = NAN;
    }
    own->runs = runs_block_new(state->best, own->questions, count, arena);
    own->more = arena_allocate(arena, (most + 1) * sizeof *own->more);
    own->raw = arena_allocate_zero(arena, space->supplier_count + TILE_SUPPLIERS, sizeof *own->raw);
    made->own = own;
    return own->runs && own->raw && own->more ? IEUM_OK : problem_set_memory(problem);
}

/* What comes after the sum. */
static void finish(const struct concept_state *state, const struct concept_block *own, size_t s, double cell[LANES]) {
    const double breadth = state->profile_start[s] == state->profile_start[s + 1] ? NAN : state->breadth[s];
    for (size_t l = 0; l < LANES; l++) cell[l] *= breadth;
    for (size_t l = 0; l < LANES && state->limits.held[s]; l++) cell[l] *= limits_factor(&state->limits, s, own->lifted[l]);
}

static void fill(const struct feature_space *space, const void *pointer, struct feature_block *block, size_t first, size_t count,
                 double (*cells)[LANES]) {
    (void)space;
    const struct concept_state *state = pointer;
    struct concept_block *own = block->own;
    runs_fill(state->best, own->runs, first, count, cells);
    lanes_best()->divide(cells, own->whole, own->missing, count);
    for (size_t i = 0; i < count; i++) finish(state, own, first + i, cells[i]);
}

static void pick(const struct feature_space *space, const void *pointer, const struct feature_block *block, const uint32_t *suppliers, size_t count,
                 double (*cells)[LANES]) {
    (void)space;
    const struct concept_state *state = pointer;
    const struct concept_block *own = block->own;
    runs_pick(state->best, own->runs, suppliers, count, cells);
    lanes_best()->divide(cells, own->whole, own->missing, count);
    for (size_t i = 0; i < count; i++) finish(state, own, suppliers[i], cells[i]);
}

/*
 * The sum of a lane: over the base's lists its own is no more than the base's plus what its factors have more, as no weight is negative.
 */
static bool ceiling(const struct feature_space *space, const void *pointer, const struct feature_block *block, size_t lane,
                    const struct feature_block *base, float *most) {
    const struct concept_state *state = pointer;
    const struct concept_block *own = block->own, *below = base ? base->own : NULL;
    const struct runs_question *asked = &own->questions[lane], *was = below ? &below->questions[0] : NULL;
    const size_t suppliers = space->supplier_count;
    size_t b = 0, more = 0;
    for (size_t i = 0; i < asked->count; i++) {
        double factor = asked->items[i].factor;
        while (was && b < was->count && was->items[b].list < asked->items[i].list) b++;
        if (was && b < was->count && was->items[b].list == asked->items[i].list) factor -= was->items[b].factor;
        if (factor > 0) own->more[more++] = (struct runs_asked){asked->items[i].list, factor};
    }
    if (base && !more && own->whole[lane] >= below->whole[0] && own->lifted[lane] == below->lifted[0]) return false;
    if (base) memcpy(most, below->raw, suppliers * sizeof *most);
    float *sums = base ? most : own->raw;
    struct byte_sum sum = {.sums = sums, .suppliers = suppliers};
    for (size_t i = 0; i < more; i++) byte_sum_add_list(&sum, &state->ceilings, own->more[i].list, own->more[i].factor);
    byte_sum_end(&sum);
    lanes_best()->set_share(most, sums, (float)(1 / own->whole[lane]), state->breadths, suppliers);
    limits_lower(&state->limits, own->lifted[lane], most);
    return true;
}

const struct feature_bulk concept_bulk = {prepare, block, fill, NULL, pick, ceiling, NULL};
