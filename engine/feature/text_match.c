/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kind "text_match": BM25 of the demand's words in the supplier's texts, each text counted by its role's weight, divided by what the demand would
 * score against itself. Options: roles; k1 (1.2), b (0.75). Missing where the demand has no text or the supplier none.
 *
 * No factor and no weight is negative, so that a sum of weights rounded up is a ceiling: of a word that many suppliers use by a column of bytes, of others by
 * its postings.
 */
#include <math.h>
#include <string.h>

#include "../text/index.h"
#include "byte_columns.h"
#include "kinds.h"
#include "runs.h"

enum { FEW_QUESTIONS = 4 }; /* up to as many, only their words are indexed */

struct text_state {
    struct text_index *index;
    double weights[TEXT_ROLES];
    bool *empty; /* supplier has no text that counts */
    struct runs *runs; /* the index by tiles, for blocks */
    struct byte_columns common; /* of each word that many suppliers use; of others nothing */
};

static ieum_status check(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"roles", "k1", "b"};
    double number = 0;
    ieum_status status = field_refuse_unknown(options, at, known, 3, problem);
    if (status == IEUM_OK) status = role_weights_check(options, at, problem);
    if (status == IEUM_OK) status = field_number(options, at, "k1", false, 0, 10, &number, problem);
    return status == IEUM_OK ? field_number(options, at, "b", false, 0, 1, &number, problem) : status;
}

/* The texts that count, in the arena. */
static bool weigh(const struct understanding *notes, const double *weights, struct arena *arena, struct weighted_document *document) {
    struct weighted_text *texts = arena_allocate(arena, notes->texts.count * sizeof *texts);
    if (!texts) return false;
    size_t count = 0;
    for (size_t i = 0; i < notes->texts.count; i++) {
        double weight = weights[notes->texts.items[i].role];
        if (weight > 0) texts[count++] = (struct weighted_text){notes->texts.items[i].text, weight};
    }
    *document = (struct weighted_document){texts, count};
    return true;
}

static void release(void *pointer) {
    struct text_state *state = pointer;
    text_index_free(state->index);
    runs_free(state->runs);
    byte_columns_free(&state->common);
    memory_free(state->empty);
    memory_free(state);
}

static ieum_status prepare(const struct feature_space *space, const jval *options, void **out,
                           struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct arena *arena = arena_new();
    struct text_state *state = memory_allocate_zero(1, sizeof *state);
    struct weighted_document *documents = arena_allocate_zero(arena, space->supplier_count, sizeof *documents);
    size_t asked = space->question_count <= FEW_QUESTIONS ? space->question_count : 0;
    struct weighted_document queries[FEW_QUESTIONS];
    if (state) state->empty = memory_allocate_zero(space->supplier_count, sizeof *state->empty);
    if (!state || !documents || !state->empty) {
        status = problem_set_memory(problem);
        goto done;
    }
    role_weights_read(options, state->weights);
    for (size_t s = 0; s < space->supplier_count; s++) {
        if (!weigh(&space->notes[s], state->weights, arena, &documents[s])) {
            status = problem_set_memory(problem);
            goto done;
        }
        state->empty[s] = documents[s].count == 0;
    }
    for (size_t q = 0; q < asked; q++) {
        if (!weigh(&space->questions[q], state->weights, arena, &queries[q])) {
            status = problem_set_memory(problem);
            goto done;
        }
    }
    status = text_index_new_for(documents, space->supplier_count, queries, asked, option_number(options, "k1", 1.2),
                            option_number(options, "b", 0.75), space->threads, &state->index, problem);
    if (status == IEUM_OK) {
        *out = state;
        state = NULL;
    }
done:
    if (state) release(state);
    arena_free(arena);
    return status;
}

static ieum_status compute(const struct feature_space *space, const void *pointer, const struct demand_view *view, double *column,
                           struct problem *problem) {
    const struct text_state *state = pointer;
    struct arena *arena = arena_new();
    struct weighted_document query;
    ieum_status status = weigh(view->notes, state->weights, arena, &query) ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK && query.count) status = text_index_query(state->index, &query, column, problem);
    for (size_t s = 0; s < space->supplier_count && status == IEUM_OK; s++)
        if (query.count == 0 || state->empty[s]) column[s] = NAN;
    arena_free(arena);
    return status;
}

/* ---- blocks ---- */

static bool lay_common(const struct feature_space *space, struct text_state *state) {
    const uint32_t terms = (uint32_t)text_index_terms(state->index);
    struct byte_posting *weights = memory_allocate(space->supplier_count * sizeof *weights);
    bool held = weights && byte_columns_make(&state->common, terms, space->supplier_count);
    for (uint32_t t = 0; t < terms && held; t++) {
        const struct index_postings postings = text_index_postings(state->index, t);
        if (!byte_columns_common(&state->common, postings.count)) continue;
        for (size_t p = 0; p < postings.count; p++) weights[p] = (struct byte_posting){postings.items[p].document, (float)postings.items[p].weight};
        held = byte_columns_lay(&state->common, t, weights, postings.count);
    }
    memory_free(weights);
    return held;
}

static ieum_status prepare_bulk(const struct feature_space *space, void *pointer, struct problem *problem) {
    struct text_state *state = pointer;
    const uint32_t terms = (uint32_t)text_index_terms(state->index);
    bool held = (state->runs = runs_new(terms, space->supplier_count)) != NULL;
    for (uint32_t t = 0; t < terms && held; t++) {
        const struct index_postings postings = text_index_postings(state->index, t);
        for (size_t p = 0; p < postings.count && held; p++)
            held = runs_add(state->runs, t, postings.items[p].document, postings.items[p].weight);
    }
    held = held && runs_finish(state->runs) && lay_common(space, state);
    return held ? IEUM_OK : problem_set_memory(problem);
}

struct text_block {
    struct runs_block *runs;
    struct runs_question questions[LANES];
    double self[LANES], missing[LANES];
};

/* The words of a lane; its texts are weighed. */
static ieum_status ask(const struct text_state *state, const struct weighted_document *query, struct arena *arena, struct runs_question *question,
                       double *self, double *missing, struct problem *problem) {
    struct index_question asked;
    *missing = query->count == 0 ? NAN : 0;
    if (query->count == 0) return IEUM_OK;
    ieum_status status = text_index_ask(state->index, query, arena, &asked, problem);
    if (status != IEUM_OK) return status;
    struct runs_asked *items = arena_allocate(arena, (asked.count + 1) * sizeof *items);
    if (!items) return problem_set_memory(problem);
    for (size_t i = 0; i < asked.count; i++) items[i] = (struct runs_asked){asked.terms[i].term, asked.terms[i].factor};
    *question = (struct runs_question){items, asked.count};
    if (asked.self > 0) *self = asked.self;
    return IEUM_OK;
}

/* Whether two lanes weigh the very same texts: one demand with ever other answers, where answers are no texts that count. */
static bool same_texts(const struct weighted_document *a, const struct weighted_document *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) same = a->texts[i].text == b->texts[i].text && a->texts[i].weight == b->texts[i].weight;
    return same;
}

static ieum_status block(const struct feature_space *space, const void *pointer, const struct demand_view *views, size_t count,
                         struct arena *arena, struct feature_block *made, struct problem *problem) {
    (void)space;
    const struct text_state *state = pointer;
    struct weighted_document queries[2]; /* of this lane and of the one before */
    ieum_status status = IEUM_OK;
    struct text_block *own = arena_allocate_zero(arena, 1, sizeof *own);
    if (!own) return problem_set_memory(problem);
    for (size_t l = 0; l < LANES; l++) own->self[l] = 1;
    for (size_t l = 0; l < count && status == IEUM_OK; l++) {
        if (!weigh(views[l].notes, state->weights, arena, &queries[l % 2])) status = problem_set_memory(problem);
        else if (l > 0 && same_texts(&queries[0], &queries[1])) {
            own->questions[l] = own->questions[l - 1];
            own->self[l] = own->self[l - 1];
            own->missing[l] = own->missing[l - 1];
        } else status = ask(state, &queries[l % 2], arena, &own->questions[l], &own->self[l], &own->missing[l], problem);
    }
    if (status != IEUM_OK) return status;
    own->runs = runs_block_new(state->runs, own->questions, count, arena);
    made->own = own;
    return own->runs ? IEUM_OK : problem_set_memory(problem);
}

static void fill(const struct feature_space *space, const void *pointer, struct feature_block *block, size_t first, size_t count,
                 double (*cells)[LANES]) {
    (void)space;
    const struct text_state *state = pointer;
    struct text_block *own = block->own;
    runs_fill(state->runs, own->runs, first, count, cells);
    lanes_best()->divide(cells, own->self, own->missing, count);
    for (size_t s = 0; s < count; s++)
        for (size_t l = 0; l < LANES && state->empty[first + s]; l++) cells[s][l] = NAN;
}

static void pick(const struct feature_space *space, const void *pointer, const struct feature_block *block, const uint32_t *suppliers, size_t count,
                 double (*cells)[LANES]) {
    (void)space;
    const struct text_state *state = pointer;
    const struct text_block *own = block->own;
    runs_pick(state->runs, own->runs, suppliers, count, cells);
    lanes_best()->divide(cells, own->self, own->missing, count);
    for (size_t i = 0; i < count; i++)
        for (size_t l = 0; l < LANES && state->empty[suppliers[i]]; l++) cells[i][l] = NAN;
}

static bool asks_the_same(const struct text_block *own, size_t lane, const struct text_block *base) {
    const struct runs_question *asked = &own->questions[lane], *was = &base->questions[0];
    bool same = asked->count == was->count && own->self[lane] == base->self[0] && isnan(own->missing[lane]) == isnan(base->missing[0]);
    for (size_t i = 0; i < asked->count && same; i++) same = asked->items[i].list == was->items[i].list && asked->items[i].factor == was->items[i].factor;
    return same;
}

static bool ceiling(const struct feature_space *space, const void *pointer, const struct feature_block *block, size_t lane,
                    const struct feature_block *base, float *most) {
    const struct text_state *state = pointer;
    const struct text_block *own = block->own;
    const struct runs_question *asked = &own->questions[lane];
    if (base && asks_the_same(own, lane, base->own)) return false;
    struct byte_sum sum = {.sums = most, .suppliers = space->supplier_count};
    memset(most, 0, space->supplier_count * sizeof *most);
    for (size_t i = 0; i < asked->count; i++) {
        const uint32_t term = asked->items[i].list;
        const double factor = asked->items[i].factor / own->self[lane];
        const struct index_postings postings = text_index_postings(state->index, term);
        if (byte_columns_common(&state->common, postings.count)) byte_sum_add_list(&sum, &state->common, term, factor);
        else
            for (size_t p = 0; p < postings.count; p++) most[postings.items[p].document] += (float)(factor * postings.items[p].weight);
    }
    byte_sum_end(&sum);
    return true;
}

static bool same(const struct feature_block *made, size_t count, const struct feature_block *base) {
    bool all = true;
    for (size_t l = 0; l < count && all; l++) all = asks_the_same(made->own, l, base->own);
    return all;
}

static const struct feature_bulk bulk = {prepare_bulk, block, fill, NULL, pick, ceiling, same};

const struct feature_kind text_match_kind = {"text_match", check, prepare, compute, release, NULL, &bulk};
