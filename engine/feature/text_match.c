/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kind "text_match": BM25 of the demand's words in the supplier's texts, each text counted by its role's weight, divided by what the demand would
 * score against itself. Options: roles; k1 (1.2), b (0.75). Missing where the demand has no text or the supplier none.
 */
#include <math.h>

#include "../text/index.h"
#include "kinds.h"

enum { FEW_QUESTIONS = 4 }; /* up to as many, only their words are indexed */

struct text_state {
    struct text_index *index;
    double weights[TEXT_ROLES];
    bool *empty; /* supplier has no text that counts */
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

const struct feature_kind text_match_kind = {"text_match", check, prepare, compute, release, NULL};
