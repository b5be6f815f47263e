/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kinds "industry_match" and "industry_experience": how near the supplier's industries are to the demand firm's, by the KSIC hierarchy.
 *
 * Codes agree at a level: section, division (2 digits), group (3), class (4), subclass (5); the last two only within one revision. `levels` gives each level's
 * worth (default 0.1, 0.6, 0.8, 0.9, 1).
 *   industry_match:      the best agreement of any demand code with any industry of the supplier: those of its references, the KSIC prefixes of the
 *                        industry concepts its texts name (times `spoken`, 0.9) and its own codes (times `own`, 0.5).
 *   industry_experience: 1 − Π (1 − `each` · agreement) over its references (each: 0.6), at the division or finer.
 * The demand's industries are its codes; where it has none, the prefixes of the industry concepts its texts name.
 * Missing where the demand's industry is not known, or the supplier names none (experience: gives no reference).
 */
#include <math.h>
#include <string.h>

#include "../base/map.h"
#include "bulk.h"
#include "kinds.h"

enum { LEVELS = 5 };
static const char *const level_names[LEVELS] = {"section", "division", "group", "class", "subclass"};
static const double level_standards[LEVELS] = {0.1, 0.6, 0.8, 0.9, 1.0};

struct industry {
    struct ksic code;
    double weight;
};

struct industry_state {
    double levels[LEVELS], own, spoken, each;
    struct industry *industries; /* of supplier s: [start[s], start[s + 1]) */
    size_t *start;
    /* For blocks: the distinct codes, and each supplier's codes as positions among them. */
    struct ksic *codes;
    size_t code_count;
    uint32_t *code_of;
    double *weights; /* of each, on its own */
    size_t *code_start; /* the same turned round: the industries of code c, by supplier */
    struct coded {
        uint32_t supplier;
        float weight;
    } *coded;
};

static ieum_status check(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"levels", "own", "spoken", "each"};
    const jval *levels = NULL;
    double number = 0;
    ieum_status status = field_refuse_unknown(options, at, known, 4, problem);
    if (status == IEUM_OK) status = field_object(options, at, "levels", false, &levels, problem);
    if (status == IEUM_OK && levels)
        status = options_check_numbers(levels, &(struct jpath){at, "levels", 0}, level_names, LEVELS, 1, problem);
    for (size_t i = 1; i < 4 && status == IEUM_OK; i++) status = field_number(options, at, known[i], false, 0, 1, &number, problem);
    return status;
}

static void read_options(const jval *options, struct industry_state *state) {
    for (size_t i = 0; i < LEVELS; i++) state->levels[i] = option_number(jval_get(options, "levels"), level_names[i], level_standards[i]);
    state->own = option_number(options, "own", 0.5);
    state->spoken = option_number(options, "spoken", 0.9);
    state->each = option_number(options, "each", 0.6);
}

static void release(void *pointer) {
    struct industry_state *state = pointer;
    memory_free(state->industries);
    memory_free(state->start);
    memory_free(state->codes);
    memory_free(state->code_of);
    memory_free(state->weights);
    memory_free(state->code_start);
    memory_free(state->coded);
    memory_free(state);
}

typedef VECTOR(struct industry) industry_list;

/* Industries that a record's texts name: KSIC prefixes of its industry concepts, compared at three digits at most (no revision). */
static bool add_spoken(const struct lexicon *lexicon, const struct understanding *notes, double weight, industry_list *list) {
    for (size_t i = 0; i < notes->count; i++) {
        if (!mention_holds(&notes->mentions[i].mention)) continue;
        const struct concept *concept = lexicon_concept(lexicon, notes->mentions[i].mention.concept);
        for (size_t k = 0; k < concept->ksic_count; k++) {
            struct industry industry = {.weight = weight};
            if (ksic_read(concept->ksic[k], 0, &industry.code) && industry.code.digits[0] && !vector_push(list, industry)) return false;
        }
    }
    return true;
}

static bool add_supplier(const struct feature_space *space, size_t s, const struct industry_state *state, bool references_only,
                         industry_list *list) {
    const struct supplier *supplier = &space->suppliers[s];
    for (size_t i = 0; i < supplier->reference_count; i++) {
        struct industry industry = {supplier->references[i].industry, 1};
        if (industry.code.section && !vector_push(list, industry)) return false;
    }
    if (references_only) return true;
    for (size_t i = 0; i < supplier->firm.ksic_count; i++) {
        struct industry industry = {supplier->firm.ksic[i], state->own};
        if (!vector_push(list, industry)) return false;
    }
    return add_spoken(space->lexicon, &space->notes[s], state->spoken, list);
}

static ieum_status prepare(const struct feature_space *space, const jval *options, void **out, bool references_only,
                           struct problem *problem) {
    bool enough = true;
    industry_list list = {0};
    struct industry_state *state = memory_allocate_zero(1, sizeof *state);
    if (!state) return problem_set_memory(problem);
    read_options(options, state);
    state->start = memory_allocate_zero(space->supplier_count + 1, sizeof *state->start);
    for (size_t s = 0; state->start && s < space->supplier_count && enough; s++) {
        enough = add_supplier(space, s, state, references_only, &list);
        state->start[s + 1] = list.count;
    }
    state->industries = list.items;
    if (!state->start || !enough) {
        release(state);
        return problem_set_memory(problem);
    }
    *out = state;
    return IEUM_OK;
}

static ieum_status prepare_match(const struct feature_space *space, const jval *options, void **out,
                                 struct problem *problem) {
    return prepare(space, options, out, false, problem);
}

static ieum_status prepare_experience(const struct feature_space *space, const jval *options, void **out,
                                      struct problem *problem) {
    return prepare(space, options, out, true, problem);
}

/* The demand's industries: its codes, else what its texts name. */
static bool demand_industries(const struct feature_space *space, const struct demand_view *view, industry_list *list) {
    for (size_t i = 0; i < view->demand->firm.ksic_count; i++) {
        struct industry industry = {view->demand->firm.ksic[i], 1};
        if (!vector_push(list, industry)) return false;
    }
    return list->count || add_spoken(space->lexicon, view->notes, 1, list);
}

/* Worth of the best agreement of the supplier's industry with any of the demand's. */
static double agreement(const struct industry_state *state, const industry_list *wanted, const struct ksic *code) {
    double best = 0;
    for (size_t i = 0; i < wanted->count; i++) {
        int common = ksic_common(&wanted->items[i].code, code);
        if (common < 0) continue;
        double worth = state->levels[common < 2 ? 0 : common - 1];
        if (worth > best) best = worth;
    }
    return best;
}

static double best_match(const struct industry_state *state, const industry_list *wanted, size_t s) {
    double best = 0;
    for (size_t i = state->start[s]; i < state->start[s + 1]; i++) {
        double worth = state->industries[i].weight * agreement(state, wanted, &state->industries[i].code);
        if (worth > best) best = worth;
    }
    return best;
}

static double experience(const struct industry_state *state, const industry_list *wanted, size_t s) {
    double rest = 1;
    for (size_t i = state->start[s]; i < state->start[s + 1]; i++) {
        double worth = agreement(state, wanted, &state->industries[i].code);
        if (worth >= state->levels[1]) rest *= 1 - state->each * worth;
    }
    return 1 - rest;
}

static ieum_status compute(const struct feature_space *space, const void *pointer, const struct demand_view *view, double *column,
                           double (*value)(const struct industry_state *, const industry_list *, size_t), struct problem *problem) {
    const struct industry_state *state = pointer;
    industry_list wanted = {0};
    ieum_status status = demand_industries(space, view, &wanted) ? IEUM_OK : problem_set_memory(problem);
    for (size_t s = 0; s < space->supplier_count && status == IEUM_OK; s++)
        column[s] = wanted.count == 0 || state->start[s] == state->start[s + 1] ? NAN : value(state, &wanted, s);
    vector_free(&wanted);
    return status;
}

static ieum_status compute_match(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                 struct problem *problem) {
    return compute(space, state, view, column, best_match, problem);
}

static ieum_status compute_experience(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                      struct problem *problem) {
    return compute(space, state, view, column, experience, problem);
}

/* ---- blocks: agreement is found once a code that any supplier has ---- */

/* A counting sort. */
static bool turn_round(const struct feature_space *space, struct industry_state *state) {
    const size_t entries = state->start[space->supplier_count];
    size_t *start = state->code_start = memory_allocate_zero(state->code_count + 2, sizeof *start);
    state->coded = memory_allocate_zero(entries + 1, sizeof *state->coded);
    if (!start || !state->coded) return false;
    for (size_t i = 0; i < entries; i++) start[state->code_of[i] + 2]++;
    for (size_t c = 1; c < state->code_count; c++) start[c + 1] += start[c];
    for (size_t s = 0; s < space->supplier_count; s++)
        for (size_t i = state->start[s]; i < state->start[s + 1]; i++)
            state->coded[start[state->code_of[i] + 1]++] = (struct coded){(uint32_t)s, (float)state->weights[i]};
    return true;
}

static ieum_status prepare_bulk(const struct feature_space *space, void *pointer, struct problem *problem) {
    struct industry_state *state = pointer;
    const size_t entries = state->start[space->supplier_count];
    struct map *map = map_new();
    VECTOR(struct ksic) codes = {0};
    state->code_of = memory_allocate_zero(entries, sizeof *state->code_of);
    state->weights = memory_allocate_zero(entries, sizeof *state->weights);
    bool held = map && state->code_of && state->weights;
    for (size_t i = 0; i < entries && held; i++) {
        const struct ksic *code = &state->industries[i].code;
        char key[sizeof code->digits + 2] = {code->section, (char)code->revision};
        memcpy(key + 2, code->digits, strlen(code->digits));
        state->code_of[i] = map_intern(map, key, sizeof key);
        state->weights[i] = state->industries[i].weight;
        held = state->code_of[i] != MAP_NONE && (state->code_of[i] < codes.count || vector_push(&codes, *code));
    }
    map_free(map);
    state->codes = codes.items;
    state->code_count = codes.count;
    held = held && turn_round(space, state);
    return held ? IEUM_OK : problem_set_memory(problem);
}

struct industry_block {
    double (*rows)[LANES]; /* of each code: its worth (match), or what it leaves to be wished (experience) */
    double missing[LANES];
    float *raw; /* of the ceiling of lane 0: the best so far (match), or what is left to be wished (experience) */
};

static bool same_industries(const industry_list *a, const industry_list *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) {
        const struct ksic *x = &a->items[i].code, *y = &b->items[i].code;
        same = x->section == y->section && x->revision == y->revision && strcmp(x->digits, y->digits) == 0;
    }
    return same;
}

/* A lane's column of the rows. */
static void lay_column(const struct industry_state *state, const industry_list *wanted, size_t lane, bool leaves, struct industry_block *own) {
    for (size_t c = 0; c < state->code_count; c++) {
        const double worth = agreement(state, wanted, &state->codes[c]);
        own->rows[c][lane] = !leaves ? worth : worth >= state->levels[1] ? 1 - state->each * worth : 1;
    }
}

/* Lanes that want the same as the one before (one demand with ever other answers, few of them industries) take over its column. */
static ieum_status block(const struct feature_space *space, const void *pointer, const struct demand_view *views, size_t count,
                         struct arena *arena, struct feature_block *made, bool leaves, struct problem *problem) {
    const struct industry_state *state = pointer;
    struct industry_block *own = arena_allocate_zero(arena, 1, sizeof *own);
    if (own) own->rows = lanes_rows(arena, state->code_count + 1);
    if (own) own->raw = arena_allocate(arena, (space->supplier_count + 1) * sizeof *own->raw);
    if (!own || !own->rows || !own->raw) return problem_set_memory(problem);
    industry_list wanted[2] = {{0}, {0}}; /* of this lane and of the one before */
    bool held = true;
    for (size_t l = 0; l < count && held; l++) {
        industry_list *now = &wanted[l % 2];
        now->count = 0;
        held = demand_industries(space, &views[l], now);
        own->missing[l] = now->count == 0 ? NAN : 0;
        if (l == 0 || !same_industries(&wanted[0], &wanted[1])) lay_column(state, now, l, leaves, own);
        else
            for (size_t c = 0; c < state->code_count; c++) own->rows[c][l] = own->rows[c][l - 1];
    }
    vector_free(&wanted[0]);
    vector_free(&wanted[1]);
    made->own = own;
    return held ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status block_match(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count,
                               struct arena *arena, struct feature_block *made, struct problem *problem) {
    return block(space, state, views, count, arena, made, false, problem);
}

static ieum_status block_experience(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count,
                                    struct arena *arena, struct feature_block *made, struct problem *problem) {
    return block(space, state, views, count, arena, made, true, problem);
}

static void fill_match(const struct feature_space *space, const void *pointer, struct feature_block *made, size_t first, size_t count,
                       double (*cells)[LANES]) {
    (void)space;
    const struct industry_state *state = pointer;
    const struct industry_block *own = made->own;
    const struct lanes *lanes = lanes_best();
    for (size_t s = 0; s < count; s++) {
        const size_t from = state->start[first + s], held = state->start[first + s + 1] - from;
        lanes->greatest(cells[s], (const double(*)[LANES])own->rows, state->code_of + from, state->weights + from, held);
        const double missing = held ? 0 : NAN;
        for (size_t l = 0; l < LANES; l++) cells[s][l] += own->missing[l] + missing;
    }
}

static void fill_experience(const struct feature_space *space, const void *pointer, struct feature_block *made, size_t first, size_t count,
                            double (*cells)[LANES]) {
    (void)space;
    const struct industry_state *state = pointer;
    const struct industry_block *own = made->own;
    for (size_t s = 0; s < count; s++) {
        const size_t from = state->start[first + s], held = state->start[first + s + 1] - from;
        double rest[LANES];
        for (size_t l = 0; l < LANES; l++) rest[l] = 1;
        for (size_t i = 0; i < held; i++)
            for (size_t l = 0; l < LANES; l++) rest[l] *= own->rows[state->code_of[from + i]][l];
        for (size_t l = 0; l < LANES; l++) cells[s][l] = held ? 1 - rest[l] + own->missing[l] : NAN;
    }
}

/* ---- ceilings: only codes that are worth more than they were are looked at ---- */

/*
 * What every supplier is granted at once, in a match: a section in common is worth so little, and most suppliers have one with most demands. As no weight is above
 * 1, a supplier's match is at most the greater of this and of what its codes of more worth give; so only those are looked at.
 */
static const double GRANTED = 0.1;

/* Whether any code serves a lane better than the base, in a match; or leaves less to be wished, in experience. */
static bool any_better(const struct industry_state *state, const struct industry_block *own, const struct industry_block *below, size_t lane) {
    bool any = false;
    for (size_t c = 0; c < state->code_count; c++) any |= own->rows[c][lane] > GRANTED && own->rows[c][lane] > below->rows[c][0];
    return any;
}

static bool any_less(const struct industry_state *state, const struct industry_block *own, const struct industry_block *below, size_t lane) {
    bool any = false;
    for (size_t c = 0; c < state->code_count; c++) any |= own->rows[c][lane] < below->rows[c][0];
    return any;
}

static bool ceiling_match(const struct feature_space *space, const void *pointer, const struct feature_block *made, size_t lane,
                          const struct feature_block *base, float *most) {
    const struct industry_state *state = pointer;
    const struct industry_block *own = made->own, *below = base ? base->own : NULL;
    if (below && !any_better(state, own, below, lane)) return false;
    if (below) memcpy(most, below->raw, space->supplier_count * sizeof *most);
    for (size_t s = 0; s < space->supplier_count && !below; s++) most[s] = (float)GRANTED;
    for (size_t c = 0; c < state->code_count; c++) {
        const float worth = (float)own->rows[c][lane];
        if (own->rows[c][lane] <= GRANTED || (below && own->rows[c][lane] <= below->rows[c][0])) continue;
        for (size_t i = state->code_start[c]; i < state->code_start[c + 1]; i++) {
            float *best = &most[state->coded[i].supplier];
            const float value = worth * state->coded[i].weight;
            *best = value > *best ? value : *best;
        }
    }
    if (!base) memcpy(own->raw, most, space->supplier_count * sizeof *most);
    return true;
}

static bool ceiling_experience(const struct feature_space *space, const void *pointer, const struct feature_block *made, size_t lane,
                               const struct feature_block *base, float *most) {
    const struct industry_state *state = pointer;
    const struct industry_block *own = made->own, *below = base ? base->own : NULL;
    if (below && !any_less(state, own, below, lane)) return false;
    for (size_t s = 0; s < space->supplier_count; s++) most[s] = below ? below->raw[s] : 1;
    for (size_t c = 0; c < state->code_count; c++) {
        const double was = below ? below->rows[c][0] : 1;
        if (own->rows[c][lane] >= was) continue;
        const float left = (float)(own->rows[c][lane] / was);
        for (size_t i = state->code_start[c]; i < state->code_start[c + 1]; i++) most[state->coded[i].supplier] *= left;
    }
    if (!base) memcpy(own->raw, most, space->supplier_count * sizeof *most);
    for (size_t s = 0; s < space->supplier_count; s++) most[s] = 1 - most[s];
    return true;
}

static const struct feature_bulk match_bulk = {prepare_bulk, block_match, fill_match, NULL, NULL, ceiling_match, NULL};
static const struct feature_bulk experience_bulk = {prepare_bulk, block_experience, fill_experience, NULL, NULL, ceiling_experience, NULL};

const struct feature_kind industry_match_kind = {"industry_match", check, prepare_match, compute_match, release, NULL, &match_bulk};
const struct feature_kind industry_experience_kind = {"industry_experience", check, prepare_experience, compute_experience, release, NULL,
                                                      &experience_bulk};
