/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kind "meaning_match": how alike what the demand means and what the supplier means are, in concepts (text/meaning.h).
 *
 *     u_c        = facet weight of c · (weight of c)^power
 *     u'         = u + near · Hᵀ ũ        H(c,c'): the lexicon's partial credit from c to c' where one is the parent of the other or a related link joins
 *                                         them, if it is at least `floor` (longer ways say too little of a whole text); ũ: u without what is below a
 *                                         twentieth of the strongest, whose credit would be lost in the noise
 *     value(d,s) = u'_d · u'_s / (‖u'_d‖ ‖u'_s‖)
 *
 * the cosine, in [0,1] as nothing is negative. u'_d · u'_s = u'_d · u_s + near · (H u'_d) · ũ_s, so the credit is spread once for the demand, and for a
 * supplier only in its norm, which is computed when the space is prepared, on several threads.
 *
 * Options: facets {"task": 1, …}; power (1); near (0); floor (0.3); limits (limits.h). Missing where either side means nothing that counts.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/elementary.h"
#include "../base/parallel.h"
#include "../base/vector.h"
#include "meaning_match.h"

#define WORTH_SPREADING 0.05

static ieum_status check(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"facets", "power", "near", "floor", "limits"};
    const jval *facets = NULL;
    double number = 0;
    ieum_status status = field_refuse_unknown(options, at, known, 5, problem);
    if (status == IEUM_OK) status = field_object(options, at, "facets", true, &facets, problem);
    if (status == IEUM_OK)
        status = options_check_numbers(facets, &(struct jpath){at, "facets", 0}, facet_names, FACETS, 100, problem);
    if (status == IEUM_OK) status = field_number(options, at, "power", false, 0.1, 8, &number, problem);
    if (status == IEUM_OK) status = field_number(options, at, "near", false, 0, 1, &number, problem);
    if (status == IEUM_OK) status = field_number(options, at, "floor", false, 0, 1, &number, problem);
    return status == IEUM_OK ? limits_check(options, at, problem) : status;
}

static void release(void *pointer) {
    struct meaning_state *state = pointer;
    memory_free(state->items);
    memory_free(state->start);
    memory_free(state->count);
    memory_free(state->neighbours);
    memory_free(state->first);
    memory_free(state->near_to);
    memory_free(state->near_weight);
    memory_free(state->rows);
    memory_free(state->weights);
    memory_free(state->shorts);
    byte_columns_free(&state->columns);
    meaning_answers_free(&state->answers);
    limits_free(&state->limits);
    memory_free(state);
}

/* x^power; a power of quarters by roots, which are exact everywhere and cheaper: this runs for every concept of every supplier. */
static double raised(double x, double power) {
    const double quarters = power * 4;
    if (quarters != (double)(int)quarters) return exact_exp(power * exact_ln(x));
    const double root = sqrt(sqrt(x));
    double value = 1;
    for (int i = 0; i < (int)quarters % 4; i++) value *= root;
    for (int i = 0; i < (int)quarters / 4; i++) value *= x;
    return value;
}

size_t meaning_weigh(const struct lexicon *lexicon, const struct meaning_state *state, const struct meaning *meaning, struct meant_concept *items) {
    size_t count = 0;
    double most = 0;
    for (size_t i = 0; i < meaning->count; i++) {
        const double facet = state->facets[lexicon_concept(lexicon, meaning->items[i].concept)->facet];
        const double share = meaning->items[i].weight / (double)MEANING_ONE;
        if (facet <= 0) continue;
        items[count] = (struct meant_concept){meaning->items[i].concept, false, facet * raised(share, state->power)};
        most = items[count].weight > most ? items[count].weight : most;
        count++;
    }
    for (size_t i = 0; i < count; i++) items[i].spreads = items[i].weight >= WORTH_SPREADING * most;
    return count;
}

static bool names_parent(const struct concept *concept, uint32_t parent) {
    for (size_t i = 0; i < concept->parent_count; i++)
        if (concept->parents[i] == parent) return true;
    return false;
}

static bool names_related(const struct concept *concept, uint32_t other) {
    for (size_t i = 0; i < concept->related_count; i++)
        if (concept->related[i].to == other) return true;
    return false;
}

static bool are_neighbours(const struct lexicon *lexicon, uint32_t a, uint32_t b) {
    const struct concept *x = lexicon_concept(lexicon, a), *y = lexicon_concept(lexicon, b);
    return names_parent(x, b) || names_parent(y, a) || names_related(x, b) || names_related(y, a);
}

/* near · H, by rows. The list of near concepts begins with the concept itself. */
static bool find_neighbours(const struct lexicon *lexicon, struct meaning_state *state) {
    VECTOR(struct concept_link) links = {0};
    bool held = true;
    state->first = memory_allocate_zero(lexicon_count(lexicon) + 1, sizeof *state->first);
    for (uint32_t c = 0; state->first && held && c < lexicon_count(lexicon); c++) {
        const struct concept_near near = lexicon_near(lexicon, c);
        for (size_t n = 1; n < near.count && held && state->near > 0 && near.items[n].weight >= state->floor; n++)
            if (are_neighbours(lexicon, c, near.items[n].to)) held = vector_push(&links, ((struct concept_link){near.items[n].to, state->near * near.items[n].weight}));
        state->first[c + 1] = links.count;
    }
    state->neighbours = links.items;
    return state->first && held;
}

/*
 * u' = u + near · Hᵀ ũ, as a vector over all concepts. The vector is dense: a supplier touches most of a thousand concepts, so that clearing and summing it whole
 * costs less than keeping a list of what was touched, and adding needs no branch.
 */
static void spread_credit(const struct meaning_state *state, const struct meant_concept *items, size_t count, double *spread, size_t concepts) {
    memset(spread, 0, concepts * sizeof *spread);
    for (size_t i = 0; i < count; i++) {
        spread[items[i].concept] += items[i].weight;
        if (!items[i].spreads) continue;
        for (size_t n = state->first[items[i].concept]; n < state->first[items[i].concept + 1]; n++)
            spread[state->neighbours[n].to] += items[i].weight * state->neighbours[n].weight;
    }
}

/* The same the other way: what a supplier's concept c is worth by all u' beside it. */
double meaning_gathered(const struct meaning_state *state, const double *spread, uint32_t concept) {
    double sum = 0;
    for (size_t n = state->first[concept]; n < state->first[concept + 1]; n++) sum += state->neighbours[n].weight * spread[state->neighbours[n].to];
    return sum;
}

/* Four sums side by side, so that no addition waits for the one before; always in this order, so that the result is always the same. */
static double norm(const double *spread, size_t concepts) {
    double sums[4] = {0};
    for (size_t c = 0; c < concepts; c++) sums[c % 4] += spread[c] * spread[c];
    return sqrt((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

static void read_options(const jval *options, struct meaning_state *state) {
    for (size_t i = 0; i < FACETS; i++) state->facets[i] = jval_number(jval_get(jval_get(options, "facets"), facet_names[i]));
    state->power = option_number(options, "power", 1);
    state->near = option_number(options, "near", 0);
    state->floor = option_number(options, "floor", 0.3);
}

/* Suppliers a run at a time; each worker has a spread of its own. */
enum { RUN_LENGTH = 64 };

struct weighing {
    const struct feature_space *space;
    struct meaning_state *state;
    double *spreads; /* one a worker, over all concepts */
};

static void weigh_run(void *context, size_t run, int worker) {
    const struct weighing *weighing = context;
    const struct feature_space *space = weighing->space;
    struct meaning_state *state = weighing->state;
    const size_t concepts = lexicon_count(space->lexicon);
    double *spread = weighing->spreads + (size_t)worker * concepts;
    const size_t end = (run + 1) * RUN_LENGTH < space->supplier_count ? (run + 1) * RUN_LENGTH : space->supplier_count;
    for (size_t s = run * RUN_LENGTH; s < end; s++) {
        struct meant_concept *items = state->items + state->start[s];
        state->count[s] = meaning_weigh(space->lexicon, state, &space->notes[s].meaning, items);
        spread_credit(state, items, state->count[s], spread, concepts);
        const double length = norm(spread, concepts);
        if (length <= 0) state->count[s] = 0;
        for (size_t i = 0; i < state->count[s]; i++) items[i].weight /= length;
    }
}

/* Room for every supplier's items, whether they count or not. */
static bool make_room(const struct feature_space *space, struct meaning_state *state) {
    state->start = memory_allocate_zero(space->supplier_count + 1, sizeof *state->start);
    state->count = memory_allocate_zero(space->supplier_count + 1, sizeof *state->count);
    for (size_t s = 0; state->start && s < space->supplier_count; s++) state->start[s + 1] = state->start[s] + space->notes[s].meaning.count;
    state->items = state->start ? memory_allocate_zero(state->start[space->supplier_count], sizeof *state->items) : NULL;
    return state->start && state->count && state->items;
}

static ieum_status prepare(const struct feature_space *space, const jval *options, void **out, struct problem *problem) {
    const int threads = space->threads < 1 ? 1 : space->threads;
    struct meaning_state *state = memory_allocate_zero(1, sizeof *state);
    struct weighing weighing = {space, state, memory_allocate_zero((size_t)threads * lexicon_count(space->lexicon), sizeof *weighing.spreads)};
    bool held = state && weighing.spreads && make_room(space, state) && limits_prepare(space, options, &state->limits);
    if (held) {
        read_options(options, state);
        held = find_neighbours(space->lexicon, state);
    }
    if (held) parallel_for(threads, (space->supplier_count + RUN_LENGTH - 1) / RUN_LENGTH, weigh_run, &weighing);
    memory_free(weighing.spreads);
    if (held) *out = state;
    else if (state) release(state);
    return held ? IEUM_OK : problem_set_memory(problem);
}

bool meaning_spread(const struct feature_space *space, const struct meaning_state *state, const struct understanding *notes, double *spread, double *length) {
    const uint32_t concepts = lexicon_count(space->lexicon);
    struct meant_concept *asked = memory_allocate((notes->meaning.count + 1) * sizeof *asked);
    if (!asked) return false;
    spread_credit(state, asked, meaning_weigh(space->lexicon, state, &notes->meaning, asked), spread, concepts);
    *length = norm(spread, concepts);
    memory_free(asked);
    return true;
}

/*
 * What a demand makes of every concept: `wanted` = u'_d / ‖u'_d‖, `near` = what that gathers from what is near; both over all concepts, 0 where the demand means
 * nothing.
 */
static void ask(const struct feature_space *space, const struct meaning_state *state, const double *spread, double length, double *wanted, double *near) {
    for (uint32_t c = 0; c < lexicon_count(space->lexicon); c++) {
        wanted[c] = length > 0 ? spread[c] / length : 0;
        near[c] = length > 0 ? meaning_gathered(state, spread, c) / length : 0;
    }
}

static ieum_status compute(const struct feature_space *space, const void *pointer, const struct demand_view *view, double *column,
                           struct problem *problem) {
    const struct meaning_state *state = pointer;
    struct arena *arena = arena_new();
    const uint32_t concepts = lexicon_count(space->lexicon);
    double *wanted = arena_allocate(arena, concepts * sizeof *wanted), *near = arena_allocate(arena, concepts * sizeof *near);
    double *spread = arena_allocate(arena, concepts * sizeof *spread), length = 0;
    const bool held = wanted && near && spread && meaning_spread(space, state, view->notes, spread, &length);
    if (held) ask(space, state, spread, length, wanted, near);
    const uint8_t lifted = limits_lifted(space, &state->limits, view->notes);
    for (size_t s = 0; s < space->supplier_count && held; s++) {
        const struct meant_concept *items = state->items + state->start[s];
        double sum = 0;
        for (size_t i = 0; i < state->count[s]; i++)
            sum += (wanted[items[i].concept] + (items[i].spreads ? near[items[i].concept] : 0)) * items[i].weight;
        column[s] = length <= 0 || state->count[s] == 0 ? NAN : (sum < 1 ? sum : 1) * limits_factor(&state->limits, s, lifted);
    }
    arena_free(arena);
    return held ? IEUM_OK : problem_set_memory(problem);
}

/* ---- joints ---- */

/* Of a record, the concepts that words were found for, with u_c over the strongest. */
static size_t spoken(const struct lexicon *lexicon, const struct meaning_state *state, const struct meaning *meaning, double least,
                     struct meant_concept *items, size_t most) {
    size_t count = 0, at = 0;
    for (size_t i = 0; i < meaning->span_count && count < most; i++) {
        while (at < meaning->count && meaning->items[at].concept != meaning->spans[i].concept) at++;
        if (at == meaning->count || meaning->items[at].weight < least * MEANING_ONE) break; /* items come by falling weight */
        const double facet = state->facets[lexicon_concept(lexicon, meaning->items[at].concept)->facet];
        if (facet > 0) items[count++] = (struct meant_concept){meaning->items[at].concept, true, facet * meaning->items[at].weight / (double)MEANING_ONE};
    }
    return count;
}

enum { MOST_SPOKEN = 64 };

/* A joint is told only where both sides mean it clearly enough: the words behind a faint meaning say little to a reader. */
static const double LEAST_ASKED = 0.1, LEAST_OFFERED = 0.1;

static size_t joints_of(const struct feature_space *space, const void *pointer, const struct demand_view *view, size_t supplier,
                        struct concept_joint *joints, size_t most) {
    const struct meaning_state *state = pointer;
    struct meant_concept asked[MOST_SPOKEN], offered[MOST_SPOKEN];
    struct concept_joint all[MOST_SPOKEN];
    const size_t asks = spoken(space->lexicon, state, &view->notes->meaning, LEAST_ASKED, asked, MOST_SPOKEN);
    const size_t offers = spoken(space->lexicon, state, &space->notes[supplier].meaning, LEAST_OFFERED, offered, MOST_SPOKEN);
    size_t count = 0;
    double strongest = 0;
    for (size_t k = 0; k < offers; k++) strongest = offered[k].weight > strongest ? offered[k].weight : strongest;
    for (size_t i = 0; i < asks; i++) {
        struct concept_joint best = {.demand_concept = asked[i].concept};
        const struct concept_near near = lexicon_near(space->lexicon, asked[i].concept);
        for (size_t n = 0; n < near.count; n++) {
            const double credit = asked[i].weight * near.items[n].weight * near.items[n].weight;
            if (credit * strongest <= best.share) break; /* what is near comes by falling weight */
            for (size_t k = 0; k < offers; k++) {
                const double share = credit * offered[k].weight; /* the same before what is near */
                if (offered[k].concept != near.items[n].to || share <= best.share) continue;
                best.supplier_concept = offered[k].concept;
                best.near = near.items[n].weight;
                best.share = share;
            }
        }
        if (best.share > 0) all[count++] = best;
    }
    double whole = 0;
    for (size_t i = 0; i < asks; i++) whole += asked[i].weight;
    for (size_t i = 0; i < count; i++) all[i].share /= whole;
    return feature_joints_strongest(all, count, joints, most);
}

const struct feature_kind meaning_match_kind = {"meaning_match", check, prepare, compute, release, joints_of, &meaning_bulk};
