/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Columns for one more answer. A demand that means concept c alone has u' = e_c + near · H_c, asks r_m = u'_m + Σ_n H(m,n) u'_n of each concept m, and with x = w +
 * Hᵀ w, w the supplier's weights, r · w = x_c + Σ_n H(c,n) x_n: every concept at once for a supplier. The greatest of a column gives the step of its bytes.
 */
#include <math.h>
#include <string.h>

#include "../base/vector.h"
#include "meaning_match.h"

enum { SIDE = 64, MOST_STEPS = 254 };

void meaning_answers_free(struct answer_columns *answers) {
    memory_free(answers->first);
    memory_free(answers->parts);
    memory_free(answers->bytes);
    memory_free(answers->step);
    *answers = (struct answer_columns){0};
}

/* What every concept alone asks for. `spread`: zeros, over all concepts. */
static bool make_parts(const struct meaning_state *state, uint32_t concepts, double *spread, struct answer_columns *answers) {
    VECTOR(struct answer_part) parts = {0};
    bool held = true;
    for (uint32_t c = 0; c < concepts && held; c++) {
        memset(spread, 0, concepts * sizeof *spread);
        spread[c] = 1;
        for (size_t n = state->first[c]; n < state->first[c + 1]; n++) spread[state->neighbours[n].to] += state->neighbours[n].weight;
        for (uint32_t m = 0; m < concepts && held; m++) {
            const double wanted = spread[m] + meaning_gathered(state, spread, m);
            if (!(wanted > 0)) continue;
            held = vector_push(&parts, ((struct answer_part){m, wanted}));
        }
        answers->first[c + 1] = parts.count;
    }
    answers->parts = parts.items;
    return held;
}

/* x of a supplier. */
static void spread_supplier(const struct meaning_state *state, size_t supplier, uint32_t concepts, double *x) {
    memset(x, 0, concepts * sizeof *x);
    for (size_t i = state->start[supplier]; i < state->start[supplier] + state->count[supplier]; i++) {
        const uint32_t c = state->items[i].concept;
        x[c] += state->items[i].weight;
        for (size_t n = state->first[c]; n < state->first[c + 1]; n++) x[state->neighbours[n].to] += state->items[i].weight * state->neighbours[n].weight;
    }
}

static double worth_of(const struct meaning_state *state, const double *x, uint32_t concept) { return x[concept] + meaning_gathered(state, x, concept); }

static uint8_t steps_of(double worth, float step) {
    const double steps = step > 0 ? ceil(worth / (double)step) : 0;
    return (uint8_t)(steps < UINT8_MAX ? steps : UINT8_MAX);
}

/* The last step is left for what rounding carries over. `most`: room for all concepts. */
static void find_steps(const struct feature_space *space, const struct meaning_state *state, double *x, double *most) {
    const uint32_t concepts = lexicon_count(space->lexicon);
    memset(most, 0, concepts * sizeof *most);
    for (size_t s = 0; s < space->supplier_count; s++) {
        spread_supplier(state, s, concepts, x);
        for (uint32_t c = 0; c < concepts; c++) {
            const double worth = worth_of(state, x, c);
            most[c] = worth > most[c] ? worth : most[c];
        }
    }
    for (uint32_t c = 0; c < concepts; c++) state->answers.step[c] = (float)(most[c] / MOST_STEPS);
}

/* SIDE suppliers side by side, so that columns are written a line at a time. */
static void fill_columns(const struct feature_space *space, const struct meaning_state *state, double *x, uint8_t *side) {
    const uint32_t concepts = lexicon_count(space->lexicon);
    const size_t suppliers = space->supplier_count;
    for (size_t begin = 0; begin < suppliers; begin += SIDE) {
        const size_t count = suppliers - begin < SIDE ? suppliers - begin : SIDE;
        for (size_t k = 0; k < count; k++) {
            spread_supplier(state, begin + k, concepts, x);
            for (uint32_t c = 0; c < concepts; c++) side[c * SIDE + k] = steps_of(worth_of(state, x, c), state->answers.step[c]);
        }
        for (uint32_t c = 0; c < concepts; c++) memcpy(state->answers.bytes + c * suppliers + begin, side + c * SIDE, count);
    }
}

bool meaning_answers_make(const struct feature_space *space, struct meaning_state *state) {
    const uint32_t concepts = lexicon_count(space->lexicon);
    struct answer_columns *answers = &state->answers;
    double *x = memory_allocate_zero(concepts + 1, sizeof *x), *most = memory_allocate_zero(concepts + 1, sizeof *most);
    uint8_t *side = memory_allocate_zero(concepts + 1, SIDE);
    answers->first = memory_allocate_zero(concepts + 1, sizeof *answers->first);
    answers->step = memory_allocate_zero(concepts + 1, sizeof *answers->step);
    answers->bytes = memory_allocate_aligned(concepts + 1, space->supplier_count); /* each is written before it is read */
    const bool held = x && most && side && answers->first && answers->step && answers->bytes && make_parts(state, concepts, x, answers);
    if (held) find_steps(space, state, x, most);
    if (held) fill_columns(space, state, x, side);
    memory_free(side);
    memory_free(most);
    memory_free(x);
    return held;
}
