/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exactness. upper[l][s] + slack >= score(l, s) for every pair that is not barred: a score is the sum of its features' parts; a table's parts are taken as they
 * are, any other part is at most least + slope · ceiling (score/tile_score.h, feature/bulk.h). The sums are added in short numbers, which lose at most
 * CEILING_SLACK of the parts' sizes. First the suppliers of the greatest `upper` are scored exactly; the k-th best of them is a bound that the k-th best of all
 * does not fall below. Then all others with upper + slack >= bound are scored: who is left out scores less than the bound, so less than k others.
 */
#include "pipeline_sieve.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "score/tile_score.h"

enum { CHUNK = 64, WORD = 64 }; /* suppliers scored at once; bits */

struct sieve {
    struct arena *arena;
    const struct bulk_question *question;
    struct feature_block *features;
    struct tile_score_block *score;
    double (*lines)[2];     /* least and slope of a feature that is no table, in ones; slope < 0: no term looks at it */
    float **parts;          /* of a feature that has a ceiling: its part of every supplier, for lane 0 */
    float *upper[LANES];    /* of every supplier; -INFINITY: barred */
    double slack;
    /* scoring */
    struct bulk_answer *answer;
    double bound[LANES];
    uint64_t *chosen, *seen; /* a bit a supplier */
    double (*sums)[LANES], (*rubric)[LANES], (*cells)[LANES], (*others)[LANES];
    bool *repeats;  /* of a feature: all lanes have the values of the base */
    double **known; /* of a feature that a block may ask the same of again: the value of lane 0 of every supplier that is `seen`; else NULL */
    float *scratch;
};

static size_t least_suppliers = 1024;

void sieve_from(size_t suppliers) { least_suppliers = suppliers; }

bool sieve_fits(const struct bulk_question *question) {
    double least, slope;
    const bool alone = question->count == 1 || question->base;
    if (!alone || question->count > LANES || question->scores || question->only || question->space->supplier_count < least_suppliers) return false;
    for (size_t f = 0; f < question->space->program->feature_count; f++)
        if (tile_score_uses(question->additive, f) && !tile_score_line(question->additive, f, &least, &slope)) return false;
    return true;
}

void sieve_free(struct sieve *sieve) {
    if (sieve) arena_free(sieve->arena);
}

/* ---- upper scores ---- */

static bool lay_room(struct sieve *sieve) {
    const struct bulk_question *question = sieve->question;
    struct arena *arena = sieve->arena;
    const size_t features = question->space->program->feature_count, suppliers = question->space->supplier_count, words = suppliers / WORD + 1;
    bool held = (sieve->features = arena_allocate_zero(arena, features + 1, sizeof *sieve->features)) != NULL;
    held = held && (sieve->lines = arena_allocate_zero(arena, features + 1, sizeof *sieve->lines)) != NULL;
    held = held && (sieve->parts = arena_allocate_zero(arena, features + 1, sizeof *sieve->parts)) != NULL;
    held = held && (sieve->chosen = arena_allocate_zero(arena, words, sizeof *sieve->chosen)) != NULL;
    held = held && (sieve->seen = arena_allocate_zero(arena, words, sizeof *sieve->seen)) != NULL;
    held = held && (sieve->scratch = arena_allocate(arena, (suppliers + 1) * sizeof *sieve->scratch)) != NULL;
    held = held && (sieve->sums = lanes_rows(arena, CHUNK)) != NULL;
    held = held && (sieve->rubric = lanes_rows(arena, CHUNK)) != NULL;
    held = held && (sieve->cells = lanes_rows(arena, question->values ? features * CHUNK + 1 : CHUNK)) != NULL;
    held = held && (sieve->others = lanes_rows(arena, CHUNK)) != NULL;
    held = held && (sieve->repeats = arena_allocate_zero(arena, features + 1, sizeof *sieve->repeats)) != NULL;
    held = held && (sieve->known = arena_allocate_zero(arena, features + 1, sizeof *sieve->known)) != NULL;
    for (size_t f = 0; f < features && held && question->keep; f++)
        if (feature_bulk_repeats(question->space, f)) held = (sieve->known[f] = arena_allocate(arena, (suppliers + 1) * sizeof **sieve->known)) != NULL;
    for (size_t l = 0; l < question->count && held; l++) held = (sieve->upper[l] = arena_allocate(arena, (suppliers + 1) * sizeof **sieve->upper)) != NULL;
    return held;
}

static void draw_lines(struct sieve *sieve) {
    const struct bulk_question *question = sieve->question;
    double whole = fabs((double)question->additive->bias) / (double)SCORE_ONE;
    for (size_t f = 0; f < question->space->program->feature_count; f++) {
        double least = 0, slope = 0;
        sieve->lines[f][1] = -1;
        if (!tile_score_uses(question->additive, f)) continue;
        tile_score_line(question->additive, f, &least, &slope);
        sieve->lines[f][0] = least / (double)SCORE_ONE;
        sieve->lines[f][1] = slope / (double)SCORE_ONE;
        whole += fabs(least) / (double)SCORE_ONE + slope / (double)SCORE_ONE;
        const double(*parts)[LANES] = tile_score_parts(sieve->score, f);
        double most = 0;
        for (size_t r = 0; parts && r < sieve->features[f].rows; r++)
            for (size_t l = 0; l < question->count; l++) most = fabs(parts[r][l]) > most ? fabs(parts[r][l]) : most;
        whole += most / (double)SCORE_ONE;
    }
    sieve->slack = CEILING_SLACK * (whole + 1e-3);
}

/*
 * Adds to the upper scores of a lane what a table's rows have, beside those of the base. Where all rows have the same (the demand does not say what the feature
 * asks for), that is added to *all instead.
 */
static void add_table(struct sieve *sieve, size_t f, size_t lane, const struct sieve *base, float *all) {
    const struct feature_block *block = &sieve->features[f];
    const double(*parts)[LANES] = tile_score_parts(sieve->score, f), (*below)[LANES] = base ? tile_score_parts(base->score, f) : NULL;
    bool differs = false;
    for (size_t r = 0; r < block->rows; r++) {
        sieve->scratch[r] = (float)((parts[r][lane] - (below ? below[r][0] : 0)) / (double)SCORE_ONE);
        differs = differs || sieve->scratch[r] != sieve->scratch[0];
    }
    if (differs) lanes_best()->add_picked(sieve->upper[lane], sieve->scratch, block->row, sieve->question->space->supplier_count);
    else if (block->rows) *all += sieve->scratch[0];
}

static bool add_ceiling(struct sieve *sieve, size_t f, size_t lane, const struct sieve *base) {
    const struct feature_space *space = sieve->question->space;
    const size_t suppliers = space->supplier_count;
    const float least = (float)sieve->lines[f][0], slope = (float)sieve->lines[f][1], *was = base ? base->parts[f] : NULL;
    float *upper = sieve->upper[lane], *most = sieve->scratch;
    if (base && !was) return true; /* nothing is known, and that was added */
    if (!feature_bulk_ceiling(space, f, &sieve->features[f], lane, base ? &base->features[f] : NULL, most)) {
        if (!base) lanes_best()->set_line(upper, upper, 1, least + slope, suppliers);
        return true;
    }
    lanes_best()->add_line(upper, most, was, least, slope, suppliers);
    if (base) return true;
    sieve->parts[f] = most;
    sieve->scratch = arena_allocate(sieve->arena, (suppliers + 1) * sizeof *sieve->scratch);
    return sieve->scratch != NULL;
}

static bool add_all(struct sieve *sieve, size_t lane, const struct sieve *base) {
    const struct bulk_question *question = sieve->question;
    const size_t suppliers = question->space->supplier_count;
    float all = 0;
    bool held = true;
    if (base) memcpy(sieve->upper[lane], base->upper[0], suppliers * sizeof **sieve->upper);
    for (size_t s = 0; s < suppliers && !base; s++) sieve->upper[lane][s] = (float)((double)question->additive->bias / (double)SCORE_ONE);
    for (size_t f = 0; f < question->space->program->feature_count && held; f++) {
        if (sieve->lines[f][1] < 0) continue;
        if (sieve->features[f].table) add_table(sieve, f, lane, base, &all);
        else held = add_ceiling(sieve, f, lane, base);
    }
    if (all != 0) lanes_best()->set_line(sieve->upper[lane], sieve->upper[lane], 1, all, suppliers);
    return held;
}

/* Stage eligible, of the one demand. */
static ieum_status bar(struct sieve *sieve, struct problem *problem) {
    const struct bulk_question *question = sieve->question;
    const size_t suppliers = question->space->supplier_count;
    struct bulk_ranked *ranked = sieve->answer->ranked;
    const uint32_t demand = 0;
    uint16_t barred[TILE_SUPPLIERS];
    struct pair_block *rules;
    if (!question->rules) return IEUM_OK;
    ieum_status status = pair_block_make(question->rules, &demand, 1, sieve->arena, &rules, problem);
    for (size_t first = 0; first < suppliers && status == IEUM_OK; first += TILE_SUPPLIERS) {
        const size_t count = suppliers - first < TILE_SUPPLIERS ? suppliers - first : TILE_SUPPLIERS;
        status = pair_block_judge(rules, first, count, barred, problem);
        for (size_t i = 0; i < count && status == IEUM_OK; i++) {
            if (!(barred[i] & 1)) continue;
            ranked->barred_count++;
            if (question->barred) ((uint64_t *)(uintptr_t)ranked->barred)[(first + i) / WORD] |= UINT64_C(1) << (first + i) % WORD;
            sieve->upper[0][first + i] = -INFINITY;
        }
    }
    return status;
}

/* ---- exact scores ---- */

static double (*cells_of(const struct sieve *sieve, size_t feature))[LANES] { return sieve->cells + (sieve->question->values ? feature * CHUNK : 0); }

/* Values of whom the base scored are taken over where they are the same; the others are picked. */
static void pick_others(const struct sieve *sieve, size_t f, const uint32_t *suppliers, size_t count, double (*cells)[LANES]) {
    const struct bulk_question *question = sieve->question;
    const struct sieve *base = question->base;
    uint32_t others[CHUNK];
    size_t at[CHUNK], left = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t s = suppliers[i];
        const bool known = base->seen[s / WORD] >> s % WORD & 1;
        for (size_t l = 0; l < LANES && known; l++) cells[i][l] = base->known[f][s];
        if (known) continue;
        others[left] = s;
        at[left++] = i;
    }
    if (left) feature_bulk_pick(question->space, f, &sieve->features[f], others, left, sieve->others);
    for (size_t i = 0; i < left; i++) memcpy(cells[at[i]], sieve->others[i], sizeof cells[0]);
}

static void pick_values(const struct sieve *sieve, size_t f, const uint32_t *suppliers, size_t count, double (*cells)[LANES]) {
    const struct bulk_question *question = sieve->question;
    if (sieve->repeats[f]) {
        pick_others(sieve, f, suppliers, count, cells);
        return;
    }
    feature_bulk_pick(question->space, f, &sieve->features[f], suppliers, count, cells);
    for (size_t i = 0; i < count && sieve->known[f]; i++) sieve->known[f][suppliers[i]] = cells[i][0];
}

static void score_chunk(struct sieve *sieve, const uint32_t *suppliers, size_t count) {
    const struct bulk_question *question = sieve->question;
    const struct tile_score tile = {question->additive, sieve->score, 0, count, suppliers, sieve->sums, sieve->rubric};
    tile_score_begin(&tile);
    for (size_t f = 0; f < question->space->program->feature_count; f++) {
        const bool used = sieve->lines[f][1] >= 0, table = sieve->features[f].table;
        if (!used && (table || !question->values)) continue;
        if (!table) pick_values(sieve, f, suppliers, count, cells_of(sieve, f));
        if (used) tile_score_add(&tile, f, &sieve->features[f], table ? NULL : (const double(*)[LANES])cells_of(sieve, f));
    }
    tile_score_end(&tile);
}

static void keep_values(const struct sieve *sieve, size_t i, uint32_t supplier, size_t lane, double *values) {
    for (size_t f = 0; f < sieve->question->space->program->feature_count; f++) {
        const struct feature_block *feature = &sieve->features[f];
        values[f] = feature->table ? feature->table[feature->row[supplier]][lane] : cells_of(sieve, f)[i][lane];
    }
}

static void rank_chunk(struct sieve *sieve, const uint32_t *suppliers, size_t count) {
    const struct bulk_question *question = sieve->question;
    for (size_t i = 0; i < count; i++)
        for (size_t l = 0; l < question->count; l++) {
            struct bulk_ranked *ranked = &sieve->answer->ranked[l];
            uint32_t place;
            if (!(sieve->sums[i][l] >= sieve->bound[l])) continue;
            if (!top_k_offer(ranked->best, &ranked->count, question->k, (int64_t)sieve->sums[i][l], suppliers[i], &place)) continue;
            if (ranked->count == question->k) sieve->bound[l] = (double)ranked->best[0].score;
            if (question->values) keep_values(sieve, i, suppliers[i], l, ranked->values + place * question->space->program->feature_count);
        }
}

/* Scores who is chosen and was not scored yet. */
static void score_chosen(struct sieve *sieve) {
    uint32_t suppliers[CHUNK];
    size_t count = 0;
    for (size_t w = 0; w <= sieve->question->space->supplier_count / WORD; w++) {
        for (uint64_t bits = sieve->chosen[w] & ~sieve->seen[w]; bits; bits &= bits - 1) {
            suppliers[count++] = (uint32_t)(w * WORD) + (uint32_t)__builtin_ctzll(bits);
            if (count < CHUNK) continue;
            score_chunk(sieve, suppliers, count);
            rank_chunk(sieve, suppliers, count);
            count = 0;
        }
        sieve->seen[w] |= sieve->chosen[w];
    }
    if (!count) return;
    score_chunk(sieve, suppliers, count);
    rank_chunk(sieve, suppliers, count);
}

/* ---- who is looked at ---- */

/* Whoever of a lane has at least `limit`. */
static void choose_above(struct sieve *sieve, size_t lane, float limit) {
    const float *upper = sieve->upper[lane];
    const size_t suppliers = sieve->question->space->supplier_count;
    for (size_t first = 0; first < suppliers; first += WORD) {
        const size_t count = suppliers - first < WORD ? suppliers - first : WORD;
        sieve->chosen[first / WORD] |= lanes_best()->reach(upper + first, limit, count);
    }
}

/* What at least `most` suppliers of a lane have: the least of the greatest that the base scored, who are near the top here, too. */
static float least_of_scored(const struct sieve *sieve, const struct sieve *base, size_t lane, struct top_k *heap, size_t most) {
    const float *upper = sieve->upper[lane];
    size_t held = 0;
    uint32_t place;
    for (size_t w = 0; w <= sieve->question->space->supplier_count / WORD; w++)
        for (uint64_t bits = base->seen[w]; bits; bits &= bits - 1) {
            const size_t s = w * WORD + (size_t)__builtin_ctzll(bits);
            top_k_offer(heap, &held, most, (int64_t)((double)upper[s] * (double)SCORE_ONE), (uint32_t)s, &place);
        }
    return held == most ? upper[heap[0].index] : -FLT_MAX;
}

/* The greatest `most` of a lane. */
static void choose_greatest(struct sieve *sieve, size_t lane, struct top_k *heap, size_t most) {
    const struct sieve *base = sieve->question->base;
    const float *upper = sieve->upper[lane];
    const size_t suppliers = sieve->question->space->supplier_count;
    float least = base ? least_of_scored(sieve, base, lane, heap, most) : -FLT_MAX;
    size_t held = 0;
    uint32_t place;
    for (size_t first = 0; first < suppliers; first += WORD) {
        const size_t count = suppliers - first < WORD ? suppliers - first : WORD;
        for (uint64_t bits = lanes_best()->reach(upper + first, least, count); bits; bits &= bits - 1) {
            const size_t s = first + (size_t)__builtin_ctzll(bits);
            top_k_offer(heap, &held, most, (int64_t)((double)upper[s] * (double)SCORE_ONE), (uint32_t)s, &place);
            if (held == most) least = upper[heap[0].index];
        }
    }
    for (size_t i = 0; i < held; i++) sieve->chosen[heap[i].index / WORD] |= UINT64_C(1) << heap[i].index % WORD;
}

enum { MORE = 4 }; /* who is looked at first beside the k whose ceilings are greatest */

static ieum_status rank_lanes(struct sieve *sieve, struct problem *problem) {
    const struct bulk_question *question = sieve->question;
    const size_t most = question->k + question->k / 2 + MORE;
    struct top_k *heap = arena_allocate(sieve->arena, most * sizeof *heap);
    if (!heap) return problem_set_memory(problem);
    for (size_t l = 0; l < question->count; l++) {
        sieve->bound[l] = -INFINITY;
        choose_greatest(sieve, l, heap, most);
    }
    score_chosen(sieve);
    for (size_t l = 0; l < question->count; l++) {
        const double limit = sieve->bound[l] / (double)SCORE_ONE - sieve->slack;
        choose_above(sieve, l, limit > -FLT_MAX ? (float)limit : -FLT_MAX);
    }
    score_chosen(sieve);
    for (size_t l = 0; l < question->count; l++) top_k_settle(sieve->answer->ranked[l].best, sieve->answer->ranked[l].count, question->k);
    return IEUM_OK;
}

ieum_status sieve_rank(const struct bulk_question *question, struct bulk_answer *answer, struct problem *problem) {
    struct arena *arena = arena_new();
    struct sieve *sieve = arena ? arena_allocate_zero(arena, 1, sizeof *sieve) : NULL;
    ieum_status status = sieve ? IEUM_OK : problem_set_memory(problem);
    if (status != IEUM_OK) goto done;
    *sieve = (struct sieve){.arena = arena, .question = question, .answer = answer};
    if (!lay_room(sieve)) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = feature_bulk_block(question->space, question->views, question->count, arena, sieve->features, problem);
    if (status != IEUM_OK) goto done;
    sieve->score = tile_score_block_new(question->additive, sieve->features, question->space->program->feature_count, arena);
    if (!sieve->score) status = problem_set_memory(problem);
    if (status != IEUM_OK) goto done;
    draw_lines(sieve);
    for (size_t f = 0; f < question->space->program->feature_count && question->base; f++)
        sieve->repeats[f] = question->base->known[f] && feature_bulk_same(question->space, f, &sieve->features[f], question->count, &question->base->features[f]);
    for (size_t l = 0; l < question->count && status == IEUM_OK; l++)
        if (!add_all(sieve, l, question->base)) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = bar(sieve, problem);
    if (status == IEUM_OK && question->k) status = rank_lanes(sieve, problem);
    if (status == IEUM_OK && question->keep) {
        *question->keep = sieve;
        sieve->question = NULL;
        arena = NULL;
    }
done:
    arena_free(arena);
    return status;
}
