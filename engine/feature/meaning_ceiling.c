/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the likeness of meanings cannot pass, for all suppliers at once. With r the demand's wanted + near of each concept (meaning_bulk.c) and w_s the supplier's
 * weights, the value is at most r · w_s: an item that is too weak to gather what is near counts wanted alone, which is no more. Few concepts make most of it, so
 * the others are not looked at:
 *
 *     r · w_s <= Σ over the concepts kept of r_c w_sc  +  ‖r over those dropped‖ · ‖w_s‖          (Cauchy and Schwarz)
 *
 * as nothing is negative. What the demand means itself, before it is spread, is told by columns made ready for each concept (meaning_answers.c), Σ_c u_c / ‖u'‖ of
 * them; only what they leave of r goes by rows. For a demand that is nearly another one, base, with r' = ρ r + (r' − ρ r) for any ρ >= 0, the ceiling of the base
 * times ρ is the first part, and what is not above 0 in the rest is left out for nothing. ρ = ‖u'‖ / ‖u''‖ leaves the fewest: what one more answer adds, and what is
 * near to it.
 */
#include <math.h>
#include <string.h>

#include "meaning_match.h"

static const double DROPPED = 0.02; /* the norm of what is not looked at, at most */

/* A counting sort, row by row. */
bool meaning_turn_round(const struct feature_space *space, struct meaning_state *state) {
    const size_t rows = lexicon_count(space->lexicon);
    size_t *start = memory_allocate_zero(rows + 2, sizeof *start);
    struct byte_posting *postings = memory_allocate_zero(state->start[space->supplier_count] + 1, sizeof *postings);
    bool held = start && postings && byte_columns_make(&state->columns, rows, space->supplier_count);
    for (size_t s = 0; held && s < space->supplier_count; s++) {
        double square = 0;
        for (size_t i = state->start[s]; i < state->start[s] + state->count[s]; i++) {
            start[state->items[i].concept + 2]++;
            square += state->weights[i] * state->weights[i];
        }
        state->longest = square > state->longest * state->longest ? sqrt(square) : state->longest;
    }
    for (size_t r = 1; held && r < rows; r++) start[r + 1] += start[r];
    for (size_t s = 0; held && s < space->supplier_count; s++)
        for (size_t i = state->start[s]; i < state->start[s] + state->count[s]; i++)
            postings[start[state->items[i].concept + 1]++] = (struct byte_posting){(uint32_t)s, (float)state->weights[i]};
    for (size_t r = 0; r < rows && held; r++) held = byte_columns_lay(&state->columns, r, postings + start[r], start[r + 1] - start[r]);
    memory_free(postings);
    memory_free(start);
    return held && meaning_answers_make(space, state);
}

enum { CLASSES = 256 };
static const double FAINT = 1e-7; /* rows that ask for less are dropped unseen */

/* How much a row tells for what it costs, as the power of two. */
static unsigned class_of(const struct meaning_state *state, double wanted, uint32_t row) {
    const float worth = (float)(wanted * wanted) / (float)(byte_columns_cost(&state->columns, row) + 1);
    uint32_t bits;
    memcpy(&bits, &worth, sizeof bits);
    return bits >> 23; /* the exponent; the sign is 0 */
}

/* The rows that tell most, into own->kept; *rest: the norm of those that are left out. */
static size_t choose_rows(const struct meaning_state *state, const struct meaning_block *own, size_t rows, double *rest) {
    const double *wanted = own->scratch;
    double squares[CLASSES] = {0}, dropped = FAINT * FAINT * (double)rows;
    unsigned least = 0;
    size_t asked = 0, count = 0;
    for (uint32_t r = 0; r < rows; r++) {
        own->kept[asked] = r;
        asked += wanted[r] > FAINT;
    }
    for (size_t i = 0; i < asked; i++) squares[class_of(state, wanted[own->kept[i]], own->kept[i])] += wanted[own->kept[i]] * wanted[own->kept[i]];
    while (least < CLASSES && dropped + squares[least] <= DROPPED * DROPPED) dropped += squares[least++];
    for (size_t i = 0; i < asked; i++)
        if (class_of(state, wanted[own->kept[i]], own->kept[i]) >= least) own->kept[count++] = own->kept[i];
    *rest = sqrt(dropped) * state->longest;
    return count;
}

/*
 * A column ready made (meaning_answers.c), `share` times: it is taken off what is asked for, and its ceiling added. Where that leaves less than nothing, too much was
 * added, which a ceiling may.
 */
static void add_column(const struct feature_space *space, const struct meaning_state *state, const struct meaning_block *own, uint32_t concept, double share,
                       struct byte_sum *sum) {
    const struct answer_columns *answers = &state->answers;
    const uint8_t *bytes = answers->bytes + (size_t)concept * space->supplier_count;
    for (size_t i = answers->first[concept]; i < answers->first[concept + 1]; i++) own->scratch[answers->parts[i].concept] -= share * answers->parts[i].wanted;
    byte_sum_add(sum, bytes, (float)(share * (double)answers->step[concept]));
}

/* What the demand means clearly enough to ask for what is near to it, too: it asks for little else. */
static void add_meant(const struct feature_space *space, const struct meaning_state *state, const struct meaning_block *own, struct byte_sum *sum) {
    for (size_t i = 0; i < own->meant_count; i++)
        if (own->meant[i].spreads) add_column(space, state, own, own->meant[i].concept, own->meant[i].weight / own->length[0], sum);
}

/* What the lane has more than the base, where that is mostly one concept with what is near to it. */
static void add_answer(const struct feature_space *space, const struct meaning_state *state, const struct meaning_block *own,
                       const struct meaning_block *below, size_t lane, struct byte_sum *sum) {
    const uint32_t concepts = lexicon_count(space->lexicon);
    const double scale = below->length[0] / own->length[lane], *flat = own->flat[lane], *was = below->flat[0];
    uint32_t concept = 0;
    double share = 0;
    for (uint32_t c = 0; c < concepts; c++) {
        const double more = flat[c] - was[c] * scale;
        if (!(more > share)) continue;
        share = more;
        concept = c;
    }
    if (share > FAINT) add_column(space, state, own, concept, share, sum);
}

bool meaning_ceiling(const struct feature_space *space, const void *pointer, const struct feature_block *block, size_t lane,
                     const struct feature_block *base, float *most) {
    const struct meaning_state *state = pointer;
    const struct meaning_block *own = block->own, *below = base ? base->own : NULL;
    const size_t rows = lexicon_count(space->lexicon), suppliers = space->supplier_count;
    const double scale = below && below->length[0] > 0 && own->length[lane] > 0 ? below->length[0] / own->length[lane] : 0;
    struct byte_sum sum = {.sums = most, .suppliers = suppliers};
    double rest;
    const double *asked = own->flat[lane] + rows, *was = below ? below->flat[0] + rows : NULL;
    double *wanted = own->scratch;
    for (size_t r = 0; r < rows; r++) wanted[r] = asked[r] - (scale > 0 ? scale * was[r] : 0);
    if (scale > 0) lanes_best()->set_line(most, below->raw, (float)scale, 0, suppliers);
    else memset(most, 0, suppliers * sizeof *most);
    if (scale > 0) add_answer(space, state, own, below, lane, &sum);
    if (!base && own->length[lane] > 0) add_meant(space, state, own, &sum);
    const size_t kept = choose_rows(state, own, rows, &rest);
    lanes_best()->set_line(most, most, 1, (float)rest, suppliers);
    for (size_t i = 0; i < kept; i++) byte_sum_add_list(&sum, &state->columns, own->kept[i], own->scratch[own->kept[i]]);
    byte_sum_end(&sum);
    if (!base) memcpy(own->raw, most, suppliers * sizeof *most);
    limits_lower(&state->limits, own->lifted[lane], most);
    return true;
}
