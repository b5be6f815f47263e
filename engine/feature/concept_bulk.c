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

static bool keep_best(struct runs *runs, uint32_t concept, struct best_of_all *all) {
    for (size_t w = 0; w < all->words; w++) {
        for (uint64_t bits = all->touched[w]; bits; bits &= bits - 1) {
            const uint32_t supplier = (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(bits);
            if (!runs_add(runs, concept, supplier, all->best[supplier])) return false;
            all->best[supplier] = 0;
        }
        all->touched[w] = 0;
    }
    return true;
}

static ieum_status prepare(const struct feature_space *space, void *pointer, struct problem *problem) {
    struct concept_state *state = pointer;
    const uint32_t concepts = lexicon_count(space->lexicon);
    struct best_of_all all = {.words = (space->supplier_count + 63) / 64};
    all.best = memory_allocate_zero(space->supplier_count, sizeof *all.best);
    all.touched = memory_allocate_zero(all.words, sizeof *all.touched);
    state->best = runs_new(concepts, space->supplier_count);
    bool held = all.best && all.touched && state->best;
    for (uint32_t c = 0; c < concepts && held; c++) {
        if (state->facets[lexicon_concept(space->lexicon, c)->facet] <= 0) continue; /* no demand's profile has it */
        find_best(space, state, c, &all);
        held = keep_best(state->best, c, &all);
    }
    if (held) runs_finish(state->best);
    memory_free(all.best);
    memory_free(all.touched);
    return held ? IEUM_OK : problem_set_memory(problem);
}

struct concept_block {
    struct runs_block *runs;
    double whole[LANES], missing[LANES];
    uint8_t lifted[LANES];
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
    struct runs_question questions[LANES];
    struct concept_block *own = arena_allocate_zero(arena, 1, sizeof *own);
    if (!own) return problem_set_memory(problem);
    for (size_t l = 0; l < LANES; l++) own->whole[l] = 1;
    for (size_t l = 0; l < count; l++) {
        if (!ask(space, state, views[l].notes, arena, &questions[l], &own->whole[l])) return problem_set_memory(problem);
        own->lifted[l] = limits_lifted(space, &state->limits, views[l].notes);
        if (own->whole[l] > 0) continue;
        own->whole[l] = 1;
        own->missing[l] = NAN;
    }
    own->runs = runs_block_new(state->best, questions, count, arena);
    made->own = own;
    return own->runs ? IEUM_OK : problem_set_memory(problem);
}

static void fill(const struct feature_space *space, const void *pointer, struct feature_block *block, size_t first, size_t count,
                 double (*cells)[LANES]) {
    (void)space;
    const struct concept_state *state = pointer;
    struct concept_block *own = block->own;
    runs_fill(state->best, own->runs, first, count, cells);
    lanes_best()->divide(cells, own->whole, own->missing, count);
    for (size_t i = 0; i < count; i++) {
        const size_t s = first + i;
        const double breadth = state->profile_start[s] == state->profile_start[s + 1] ? NAN : state->breadth[s];
        for (size_t l = 0; l < LANES; l++) cells[i][l] *= breadth;
        for (size_t l = 0; l < LANES && state->limits.held[s]; l++) cells[i][l] *= limits_factor(&state->limits, s, own->lifted[l]);
    }
}

const struct feature_bulk concept_bulk = {prepare, block, fill, NULL};
