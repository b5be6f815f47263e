/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kind "meaning_match": how alike what the demand means and what the supplier means are, in concepts (text/meaning.h).
 *
 *     u_c        = facet weight of c · (weight of c)^power
 *     u'         = u + near · Hᵀ u        H(c,c'): the lexicon's partial credit from c to c', where it is at least `floor`
 *     value(d,s) = u'_d · u'_s / (‖u'_d‖ ‖u'_s‖)
 *
 * the cosine, in [0,1] as nothing is negative. u'_d · u'_s = ((I + near·H) u'_d) · u_s, so the credit is spread once for the demand, and for a supplier
 * only in its norm, which is computed when the space is prepared.
 *
 * Options: facets {"task": 1, …}; power (1); near (0); floor (0.3). Missing where either side means nothing that counts.
 */
#include <math.h>
#include <stdlib.h>

#include "../base/elementary.h"
#include "kinds.h"

struct weighted_concept {
    uint32_t concept;
    double weight;
};

struct meaning_state {
    double facets[FACETS], power, near, floor;
    struct weighted_concept *items; /* of supplier s: [start[s], start[s + 1]), divided by the norm of u'_s */
    size_t *start;
};

static ieum_status check(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"facets", "power", "near", "floor"};
    const jval *facets = NULL;
    double number = 0;
    ieum_status status = field_refuse_unknown(options, at, known, 4, problem);
    if (status == IEUM_OK) status = field_object(options, at, "facets", true, &facets, problem);
    if (status == IEUM_OK)
        status = options_check_numbers(facets, &(struct jpath){at, "facets", 0}, facet_names, FACETS, 100, problem);
    if (status == IEUM_OK) status = field_number(options, at, "power", false, 0.1, 8, &number, problem);
    if (status == IEUM_OK) status = field_number(options, at, "near", false, 0, 1, &number, problem);
    return status == IEUM_OK ? field_number(options, at, "floor", false, 0, 1, &number, problem) : status;
}

static void release(void *pointer) {
    struct meaning_state *state = pointer;
    memory_free(state->items);
    memory_free(state->start);
    memory_free(state);
}

/* u of a meaning; returns how many concepts count. */
static size_t weigh(const struct lexicon *lexicon, const struct meaning_state *state, const struct meaning *meaning,
                    struct weighted_concept *items) {
    size_t count = 0;
    for (size_t i = 0; i < meaning->count; i++) {
        const double facet = state->facets[lexicon_concept(lexicon, meaning->items[i].concept)->facet];
        const double share = meaning->items[i].weight / (double)MEANING_ONE;
        if (facet > 0) items[count++] = (struct weighted_concept){meaning->items[i].concept, facet * exact_exp(state->power * exact_ln(share))};
    }
    return count;
}

/* A vector over all concepts, with the list of those that are not 0. */
struct spread {
    double *of;
    uint32_t *touched;
    size_t count;
};

static void add_to(struct spread *spread, uint32_t concept, double value) {
    if (value <= 0) return; /* too small to be told from 0: the list would name the concept again and again */
    if (spread->of[concept] == 0) spread->touched[spread->count++] = concept;
    spread->of[concept] += value;
}

static void clear(struct spread *spread) {
    for (size_t i = 0; i < spread->count; i++) spread->of[spread->touched[i]] = 0;
    spread->count = 0;
}

/* Adds (I + near·Hᵀ) u; or, turned, what u'ᵀ(I + near·Hᵀ) needs: (I + near·H) u'. The list of near concepts begins with the concept itself. */
static void spread_credit(const struct lexicon *lexicon, const struct meaning_state *state, const struct weighted_concept *items, size_t count,
                          struct spread *spread) {
    for (size_t i = 0; i < count; i++) {
        const struct concept_near near = lexicon_near(lexicon, items[i].concept);
        add_to(spread, items[i].concept, items[i].weight);
        for (size_t n = 1; n < near.count && state->near > 0 && near.items[n].weight >= state->floor; n++)
            add_to(spread, near.items[n].to, items[i].weight * state->near * near.items[n].weight);
    }
}

/* The same the other way: at concept c, what all u' near it are worth there. */
static double gathered(const struct lexicon *lexicon, const struct meaning_state *state, const struct spread *spread, uint32_t concept) {
    const struct concept_near near = lexicon_near(lexicon, concept);
    double sum = spread->of[concept];
    for (size_t n = 1; n < near.count && state->near > 0 && near.items[n].weight >= state->floor; n++)
        sum += state->near * near.items[n].weight * spread->of[near.items[n].to];
    return sum;
}

static double norm(const struct spread *spread) {
    double sum = 0;
    for (size_t i = 0; i < spread->count; i++) sum += spread->of[spread->touched[i]] * spread->of[spread->touched[i]];
    return sqrt(sum);
}

static bool spread_new(const struct lexicon *lexicon, struct arena *arena, struct spread *spread) {
    *spread = (struct spread){arena_allocate_zero(arena, lexicon_count(lexicon), sizeof *spread->of),
                              arena_allocate_zero(arena, lexicon_count(lexicon), sizeof *spread->touched), 0};
    return spread->of && spread->touched;
}

static void read_options(const jval *options, struct meaning_state *state) {
    for (size_t i = 0; i < FACETS; i++) state->facets[i] = jval_number(jval_get(jval_get(options, "facets"), facet_names[i]));
    state->power = option_number(options, "power", 1);
    state->near = option_number(options, "near", 0);
    state->floor = option_number(options, "floor", 0.3);
}

static void weigh_supplier(const struct feature_space *space, struct meaning_state *state, size_t s, struct spread *spread) {
    struct weighted_concept *items = state->items + state->start[s];
    const size_t count = weigh(space->lexicon, state, &space->notes[s].meaning, items);
    spread_credit(space->lexicon, state, items, count, spread);
    const double length = norm(spread);
    for (size_t i = 0; i < count && length > 0; i++) items[i].weight /= length;
    clear(spread);
    state->start[s + 1] = state->start[s] + (length > 0 ? count : 0);
}

static ieum_status prepare(const struct feature_space *space, const jval *options, void **out, struct problem *problem) {
    struct arena *arena = arena_new();
    struct spread spread = {0};
    struct meaning_state *state = memory_allocate_zero(1, sizeof *state);
    size_t most = 0;
    for (size_t s = 0; s < space->supplier_count; s++) most += space->notes[s].meaning.count;
    if (state) {
        read_options(options, state);
        state->start = memory_allocate_zero(space->supplier_count + 1, sizeof *state->start);
        state->items = memory_allocate_zero(most, sizeof *state->items);
    }
    const bool held = state && state->start && state->items && spread_new(space->lexicon, arena, &spread);
    for (size_t s = 0; held && s < space->supplier_count; s++) weigh_supplier(space, state, s, &spread);
    arena_free(arena);
    if (held) *out = state;
    else if (state) release(state);
    return held ? IEUM_OK : problem_set_memory(problem);
}

/* The demand's side: u'_d, and its norm. */
static bool spread_demand(const struct feature_space *space, const struct meaning_state *state, const struct meaning *meaning,
                          struct arena *arena, struct spread *spread) {
    struct weighted_concept *items = arena_allocate(arena, (meaning->count + 1) * sizeof *items);
    if (!items || !spread_new(space->lexicon, arena, spread)) return false;
    spread_credit(space->lexicon, state, items, weigh(space->lexicon, state, meaning, items), spread);
    return true;
}

static ieum_status compute(const struct feature_space *space, const void *pointer, const struct demand_view *view, double *column,
                           struct problem *problem) {
    const struct meaning_state *state = pointer;
    struct arena *arena = arena_new();
    struct spread spread = {0};
    const uint32_t concepts = lexicon_count(space->lexicon);
    double *wanted = arena_allocate(arena, concepts * sizeof *wanted);
    ieum_status status = IEUM_OK;
    if (!wanted || !spread_demand(space, state, &view->notes->meaning, arena, &spread)) {
        status = problem_set_memory(problem);
        goto done;
    }
    const double length = norm(&spread);
    for (uint32_t c = 0; c < concepts; c++) wanted[c] = length > 0 ? gathered(space->lexicon, state, &spread, c) / length : 0;
    for (size_t s = 0; s < space->supplier_count; s++) {
        double sum = 0;
        for (size_t i = state->start[s]; i < state->start[s + 1]; i++) sum += wanted[state->items[i].concept] * state->items[i].weight;
        column[s] = length <= 0 || state->start[s] == state->start[s + 1] ? NAN : sum < 1 ? sum : 1;
    }
done:
    arena_free(arena);
    return status;
}

/* ---- joints ---- */

/* Of a record, the concepts that words were found for, with u_c over the strongest. */
static size_t spoken(const struct lexicon *lexicon, const struct meaning_state *state, const struct meaning *meaning, struct weighted_concept *items,
                     size_t most) {
    size_t count = 0, at = 0;
    for (size_t i = 0; i < meaning->span_count && count < most; i++) {
        while (at < meaning->count && meaning->items[at].concept != meaning->spans[i].concept) at++;
        if (at == meaning->count) break;
        const double facet = state->facets[lexicon_concept(lexicon, meaning->items[at].concept)->facet];
        if (facet > 0) items[count++] = (struct weighted_concept){meaning->items[at].concept, facet * meaning->items[at].weight / (double)MEANING_ONE};
    }
    return count;
}

enum { MOST_SPOKEN = 64 };

static size_t joints_of(const struct feature_space *space, const void *pointer, const struct demand_view *view, size_t supplier,
                        struct concept_joint *joints, size_t most) {
    const struct meaning_state *state = pointer;
    struct weighted_concept asked[MOST_SPOKEN], offered[MOST_SPOKEN];
    struct concept_joint all[MOST_SPOKEN];
    const size_t asks = spoken(space->lexicon, state, &view->notes->meaning, asked, MOST_SPOKEN);
    const size_t offers = spoken(space->lexicon, state, &space->notes[supplier].meaning, offered, MOST_SPOKEN);
    size_t count = 0;
    for (size_t i = 0; i < asks; i++) {
        struct concept_joint best = {.demand_concept = asked[i].concept};
        const struct concept_near near = lexicon_near(space->lexicon, asked[i].concept);
        for (size_t n = 0; n < near.count; n++)
            for (size_t k = 0; k < offers; k++) {
                const double share = asked[i].weight * near.items[n].weight * offered[k].weight;
                if (offered[k].concept != near.items[n].to || share <= best.share) continue;
                best.supplier_concept = offered[k].concept;
                best.near = near.items[n].weight;
                best.share = share;
            }
        if (best.share > 0) all[count++] = best;
    }
    double whole = 0;
    for (size_t i = 0; i < asks; i++) whole += asked[i].weight;
    for (size_t i = 0; i < count; i++) all[i].share /= whole;
    return feature_joints_strongest(all, count, joints, most);
}

const struct feature_kind meaning_match_kind = {"meaning_match", check, prepare, compute, release, joints_of};
