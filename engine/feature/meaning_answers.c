/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Columns for one more answer. A demand that means concept c alone has u' = e_c + near · H_c, asks r_m = u'_m + Σ_n H(m,n) u'_n of each concept m, and with x = w +
 * Hᵀ w, w the supplier's weights, r · w = x_c + Σ_n H(c,n) x_n: every concept at once for a supplier. r · w <= ‖r‖ ‖w‖ gives the step of a column's bytes.
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

/* What every concept alone asks for, and the steps. `spread`: zeros, over all concepts. */
static bool make_parts(const struct meaning_state *state, uint32_t concepts, double *spread, struct answer_columns *answers) {
    VECTOR(struct answer_part) parts = {0};
    bool held = true;
    for (uint32_t c = 0; c < concepts && held; c++) {
        double square = 0;
        memset(spread, 0, concepts * sizeof *spread);
        spread[c] = 1;
        for (size_t n = state->first[c]; n < state->first[c + 1]; n++) spread[state->neighbours[n].to] += state->neighbours[n].weight;
        for (uint32_t m = 0; m < concepts && held; m++) {
            const double wanted = spread[m] + meaning_gathered(state, spread, m);
            if (!(wanted > 0)) continue;
            square += wanted * wanted;
            held = vector_push(&parts, ((struct answer_part){m, wanted}));
        }
        answers->first[c + 1] = parts.count;
        answers->step[c] = (float)(sqrt(square) * state->longest / MOST_STEPS);
    }
    answers->parts = parts.items;
    return held;
}

static uint8_t steps_of(double worth, float step) {
    const double steps = step > 0 ? ceil(worth / (double)step) : 0;
    return (uint8_t)(steps < UINT8_MAX ? steps : UINT8_MAX);
}

/* SIDE suppliers side by side, so that columns are written a line at a time. */
static void fill_columns(const struct feature_space *space, const struct meaning_state *state, double *x, uint8_t *side) {
    const uint32_t concepts = lexicon_count(space->lexicon);
    const size_t suppliers = space->supplier_count;
    for (size_t begin = 0; begin < suppliers; begin += SIDE) {
        const size_t count = suppliers - begin < SIDE ? suppliers - begin : SIDE;
        for (size_t k = 0; k < count; k++) {
            const size_t s = begin + k;
            memset(x, 0, concepts * sizeof *x);
            for (size_t i = state->start[s]; i < state->start[s] + state->count[s]; i++) {
                const uint32_t c = state->items[i].concept;
                x[c] += state->items[i].weight;
                for (size_t n = state->first[c]; n < state->first[c + 1]; n++) x[state->neighbours[n].to] += state->items[i].weight * state->neighbours[n].weight;
            }
            for (uint32_t c = 0; c < concepts; c++) side[c * SIDE + k] = steps_of(x[c] + meaning_gathered(state, x, c), state->answers.step[c]);
        }
        for (uint32_t c = 0; c < concepts; c++) memcpy(state->answers.bytes + c * suppliers + begin, side + c * SIDE, count);
    }
}

bool meaning_answers_make(const struct feature_space *space, struct meaning_state *state) {
    const uint32_t concepts = lexicon_count(space->lexicon);
    struct answer_columns *answers = &state->answers;
    double *x = memory_allocate_zero(concepts + 1, sizeof *x);
    uint8_t *side = memory_allocate_zero(concepts + 1, SIDE);
    answers->first = memory_allocate_zero(concepts + 1, sizeof *answers->first);
    answers->step = memory_allocate_zero(concepts + 1, sizeof *answers->step);
    answers->bytes = memory_allocate_zero(concepts + 1, space->supplier_count);
    const bool held = x && side && answers->first && answers->step && answers->bytes && make_parts(state, concepts, x, answers);
    if (held) fill_columns(space, state, x, side);
    memory_free(side);
    memory_free(x);
    return held;
}
