/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kinds "concept_overlap" and "data_match" (the same with other standard options): how much of what the demand speaks of the supplier serves.
 *
 *     value(d,s) = breadth(s) · Σ_c w_c · max_c' near(c,c') · strength_s(c')  /  Σ_c w_c
 *     w_c        = strength_d(c) · facet weight of c · idf(c)
 *
 * over the concepts c of the demand. strength(c) = 1 − Π (1 − role weight · kind weight) over the mentions of c that are not negated, so that
 * saying a thing in more than one place counts more, and never past 1. near is the lexicon's partial credit. idf(c) = ln(1 + (N − n + ½)/(n + ½)) over
 * the suppliers, raised to `rarity`. breadth(s) = 1 / (1 + breadth · max(0, ln(t / t̄))), t the task concepts of s and t̄ their mean: who lists everything does
 * not win by listing.
 *
 * Options: roles; facets {"task": 1, …}; kinds {"name": 1, "says": 1, "pattern": 1}; rarity (1); breadth (0); limits (limits.h); only (false: true leaves near to the concept
 * itself and its neighbours of the same facet). Missing where either side has no concept that counts.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/elementary.h"
#include "concept_overlap.h"

static const char *const kind_names[3] = {"name", "says", "pattern"}; /* in the order of enum mention_kind */

static ieum_status check(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"roles", "facets", "kinds", "rarity", "breadth", "only", "limits"};
    const jval *facets = NULL, *kinds = NULL;
    bool only = false;
    double number = 0;
    ieum_status status = field_refuse_unknown(options, at, known, 7, problem);
    if (status == IEUM_OK) status = role_weights_check(options, at, problem);
    if (status == IEUM_OK) status = field_object(options, at, "facets", true, &facets, problem);
    if (status == IEUM_OK)
        status = options_check_numbers(facets, &(struct jpath){at, "facets", 0}, facet_names, FACETS, 100, problem);
    if (status == IEUM_OK) status = field_object(options, at, "kinds", false, &kinds, problem);
    if (status == IEUM_OK && kinds)
        status = options_check_numbers(kinds, &(struct jpath){at, "kinds", 0}, kind_names, 3, 1, problem);
    if (status == IEUM_OK) status = field_number(options, at, "rarity", false, 0, 4, &number, problem);
    if (status == IEUM_OK) status = field_number(options, at, "breadth", false, 0, 10, &number, problem);
    if (status == IEUM_OK) status = field_bool(options, at, "only", false, &only, problem);
    return status == IEUM_OK ? limits_check(options, at, problem) : status;
}

static int compare_concepts(const void *a, const void *b) {
    const struct weighted_concept *x = a, *y = b;
    return x->concept < y->concept ? -1 : x->concept > y->concept;
}

/* By concept, then by rising strength: the order of equal concepts must not depend on the order of the texts. */
static int compare_strengths(const void *a, const void *b) {
    const struct weighted_concept *x = a, *y = b;
    int by_concept = compare_concepts(a, b);
    return by_concept ? by_concept : x->strength < y->strength ? -1 : x->strength > y->strength;
}

bool concept_profile_read(const struct lexicon *lexicon, const struct concept_state *state, const struct understanding *notes,
                          struct arena *arena, struct weighted_concept **profile, size_t *count) {
    struct weighted_concept *list = arena_allocate(arena, notes->count * sizeof *list);
    if (!list) return false;
    size_t used = 0;
    for (size_t i = 0; i < notes->count; i++) {
        const struct mention *mention = &notes->mentions[i].mention;
        double weight = state->roles[notes->texts.items[notes->mentions[i].text].role] * state->kinds[mention->kind];
        if (!mention_holds(mention) || weight <= 0) continue;
        if (state->facets[lexicon_concept(lexicon, mention->concept)->facet] <= 0) continue;
        list[used++] = (struct weighted_concept){mention->concept, weight};
    }
    qsort(list, used, sizeof *list, compare_strengths);
    size_t kept = 0;
    for (size_t i = 0; i < used;) {
        double rest = 1;
        uint32_t concept = list[i].concept;
        for (; i < used && list[i].concept == concept; i++) rest *= 1 - list[i].strength;
        list[kept++] = (struct weighted_concept){concept, 1 - rest};
    }
    *profile = list;
    *count = kept;
    return true;
}

static void release(void *pointer) {
    struct concept_state *state = pointer;
    memory_free(state->weight);
    memory_free(state->profiles);
    memory_free(state->profile_start);
    memory_free(state->postings);
    memory_free(state->posting_start);
    memory_free(state->breadth);
    memory_free(state->breadths);
    limits_free(&state->limits);
    runs_free(state->best);
    byte_columns_free(&state->ceilings);
    memory_free(state);
}

static void read_options(const jval *options, struct concept_state *state) {
    role_weights_read(options, state->roles);
    for (size_t i = 0; i < FACETS; i++) state->facets[i] = jval_number(jval_get(jval_get(options, "facets"), facet_names[i]));
    for (size_t i = 0; i < 3; i++) state->kinds[i] = option_number(jval_get(options, "kinds"), kind_names[i], 1);
    state->only = jval_true(jval_get(options, "only"));
}

/* Fills profiles (all suppliers, one after the other). */
static ieum_status read_profiles(const struct feature_space *space, struct concept_state *state, struct problem *problem) {
    ieum_status status = IEUM_OK;
    VECTOR(struct weighted_concept) all = {0};
    for (size_t s = 0; s < space->supplier_count && status == IEUM_OK; s++) {
        struct arena *arena = arena_new();
        struct weighted_concept *profile = NULL;
        size_t count = 0;
        state->profile_start[s] = all.count;
        if (!arena || !concept_profile_read(space->lexicon, state, &space->notes[s], arena, &profile, &count)) status = problem_set_memory(problem);
        for (size_t i = 0; i < count && status == IEUM_OK; i++)
            if (!vector_push(&all, profile[i])) status = problem_set_memory(problem);
        arena_free(arena);
    }
    state->profile_start[space->supplier_count] = all.count;
    state->profiles = all.items;
    return status;
}

/* The same turned round: suppliers of a concept, by supplier. A counting sort. */
static ieum_status turn_round(const struct feature_space *space, struct concept_state *state, struct problem *problem) {
    size_t total = state->profile_start[space->supplier_count], concepts = lexicon_count(space->lexicon);
    size_t *start = state->posting_start;
    state->postings = memory_allocate_zero(total, sizeof *state->postings);
    if (!state->postings) return problem_set_memory(problem);
    for (size_t i = 0; i < total; i++) start[state->profiles[i].concept + 1]++;
    for (size_t c = 0; c < concepts; c++) start[c + 1] += start[c];
    for (size_t s = 0; s < space->supplier_count; s++)
        for (size_t i = state->profile_start[s]; i < state->profile_start[s + 1]; i++)
            state->postings[start[state->profiles[i].concept]++] = (struct concept_posting){(uint32_t)s, state->profiles[i].strength};
    memmove(start + 1, start, concepts * sizeof *start);
    start[0] = 0;
    return IEUM_OK;
}

static void weigh_concepts(const struct feature_space *space, struct concept_state *state, double rarity) {
    double suppliers = (double)space->supplier_count;
    for (uint32_t c = 0; c < lexicon_count(space->lexicon); c++) {
        double n = (double)(state->posting_start[c + 1] - state->posting_start[c]);
        double idf = exact_ln(1 + (suppliers - n + 0.5) / (n + 0.5));
        double weight = state->facets[lexicon_concept(space->lexicon, c)->facet];
        state->weight[c] = rarity > 0 && weight > 0 ? weight * exact_exp(rarity * exact_ln(idf)) : weight;
    }
}

static void weigh_breadth(const struct feature_space *space, struct concept_state *state, double breadth) {
    double total = 0;
    for (size_t s = 0; s < space->supplier_count; s++) {
        size_t tasks = 0;
        for (size_t i = state->profile_start[s]; i < state->profile_start[s + 1]; i++)
            tasks += lexicon_concept(space->lexicon, state->profiles[i].concept)->facet == FACET_TASK;
        state->breadth[s] = (double)tasks;
        total += (double)tasks;
    }
    for (size_t s = 0; s < space->supplier_count; s++) {
        double ratio = total > 0 ? state->breadth[s] * (double)space->supplier_count / total : 1;
        state->breadth[s] = ratio > 1 ? 1 / (1 + breadth * exact_ln(ratio)) : 1;
    }
}

static ieum_status prepare(const struct feature_space *space, const jval *options, void **out,
                           struct problem *problem) {
    size_t concepts = lexicon_count(space->lexicon);
    struct concept_state *state = memory_allocate_zero(1, sizeof *state);
    if (!state) return problem_set_memory(problem);
    read_options(options, state);
    state->weight = memory_allocate_zero(concepts, sizeof *state->weight);
    state->profile_start = memory_allocate_zero(space->supplier_count + 1, sizeof *state->profile_start);
    state->posting_start = memory_allocate_zero(concepts + 1, sizeof *state->posting_start);
    state->breadth = memory_allocate_zero(space->supplier_count, sizeof *state->breadth);
    ieum_status status = state->weight && state->profile_start && state->posting_start && state->breadth && limits_prepare(space, options, &state->limits)
                             ? read_profiles(space, state, problem)
                             : problem_set_memory(problem);
    if (status == IEUM_OK) status = turn_round(space, state, problem);
    if (status != IEUM_OK) {
        release(state);
        return status;
    }
    weigh_concepts(space, state, option_number(options, "rarity", 1));
    weigh_breadth(space, state, option_number(options, "breadth", 0));
    *out = state;
    return IEUM_OK;
}

bool concept_counts(const struct feature_space *space, const struct concept_state *state, uint32_t from, uint32_t to) {
    return !state->only || lexicon_concept(space->lexicon, from)->facet == lexicon_concept(space->lexicon, to)->facet;
}

/* Adds weight × the best of each supplier for one demand concept to the column. `best` is all 0 before and after. */
static void add_concept(const struct feature_space *space, const struct concept_state *state, uint32_t concept, double weight,
                        double *best, uint32_t *touched, double *column) {
    struct concept_near near = lexicon_near(space->lexicon, concept);
    size_t count = 0;
    for (size_t n = 0; n < near.count; n++) {
        uint32_t to = near.items[n].to;
        if (!concept_counts(space, state, concept, to)) continue;
        for (size_t p = state->posting_start[to]; p < state->posting_start[to + 1]; p++) {
            const struct concept_posting *posting = &state->postings[p];
            double value = near.items[n].weight * posting->strength;
            if (best[posting->supplier] == 0) touched[count++] = posting->supplier;
            if (value > best[posting->supplier]) best[posting->supplier] = value;
        }
    }
    for (size_t i = 0; i < count; i++) {
        column[touched[i]] += weight * best[touched[i]];
        best[touched[i]] = 0;
    }
}

static ieum_status compute(const struct feature_space *space, const void *pointer, const struct demand_view *view, double *column,
                           struct problem *problem) {
    const struct concept_state *state = pointer;
    ieum_status status = IEUM_OK;
    struct arena *arena = arena_new();
    size_t suppliers = space->supplier_count, count = 0;
    struct weighted_concept *profile = NULL;
    double *best = arena_allocate_zero(arena, suppliers, sizeof *best);
    uint32_t *touched = arena_allocate_zero(arena, suppliers, sizeof *touched);
    if (!best || !touched || !concept_profile_read(space->lexicon, state, view->notes, arena, &profile, &count)) {
        status = problem_set_memory(problem);
        goto done;
    }
    double whole = 0;
    const uint8_t lifted = limits_lifted(space, &state->limits, view->notes);
    for (size_t s = 0; s < suppliers; s++) column[s] = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = profile[i].strength * state->weight[profile[i].concept];
        whole += weight;
        add_concept(space, state, profile[i].concept, weight, best, touched, column);
    }
    for (size_t s = 0; s < suppliers; s++) {
        bool none = whole <= 0 || state->profile_start[s] == state->profile_start[s + 1];
        const double share = column[s] < whole ? column[s] / whole : 1; /* not past 1 by a last bit */
        column[s] = none ? NAN : share * state->breadth[s] * limits_factor(&state->limits, s, lifted);
    }
done:
    arena_free(arena);
    return status;
}

/* ---- joints ---- */

/* The supplier's concept that serves best, how near it is, and its worth. */
static double best_of(const struct feature_space *space, const struct concept_state *state, uint32_t concept, size_t supplier,
                      uint32_t *served, double *nearness) {
    struct concept_near near = lexicon_near(space->lexicon, concept);
    size_t first = state->profile_start[supplier], held = state->profile_start[supplier + 1] - first;
    double best = 0;
    for (size_t n = 0; n < near.count && held; n++) {
        if (!concept_counts(space, state, concept, near.items[n].to)) continue;
        const struct weighted_concept *found =
            bsearch(&(struct weighted_concept){near.items[n].to, 0}, state->profiles + first, held, sizeof *found, compare_concepts);
        if (found && near.items[n].weight * found->strength > best) {
            best = near.items[n].weight * found->strength;
            *served = found->concept;
            *nearness = near.items[n].weight;
        }
    }
    return best;
}

static size_t joints_of(const struct feature_space *space, const void *pointer, const struct demand_view *view, size_t supplier,
                        struct concept_joint *joints, size_t most) {
    const struct concept_state *state = pointer;
    struct arena *arena = arena_new();
    struct weighted_concept *profile = NULL;
    size_t count = 0, found = 0;
    struct concept_joint *all = NULL;
    if (!arena || !concept_profile_read(space->lexicon, state, view->notes, arena, &profile, &count)) goto done;
    all = arena_allocate(arena, count * sizeof *all);
    if (!all) goto done;
    double whole = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = profile[i].strength * state->weight[profile[i].concept];
        uint32_t served = 0;
        double nearness = 0, best = best_of(space, state, profile[i].concept, supplier, &served, &nearness);
        whole += weight;
        if (best > 0) all[found++] = (struct concept_joint){profile[i].concept, served, nearness, weight * best};
    }
    for (size_t i = 0; i < found; i++) all[i].share /= whole;
    found = feature_joints_strongest(all, found, joints, most);
done:
    arena_free(arena);
    return found;
}

const struct feature_kind concept_overlap_kind = {"concept_overlap", check, prepare, compute, release, joints_of, &concept_bulk};
const struct feature_kind data_match_kind = {"data_match", check, prepare, compute, release, joints_of, &concept_bulk};
