/* SPDX-License-Identifier: Apache-2.0 */
#include "tile_score.h"

#include <math.h>
#include <string.h>

static const double EXACT = 2251799813685248.0; /* 2^51 */

struct tile_score_block {
    /* Of each feature that is a table: the parts of its rows, NULL where no term looks at it. */
    const double (**parts)[LANES], (**rubric_parts)[LANES];
};

/* The greatest part that a curve gives on [−1, 2], which holds every feature and the rubric's score; linear between its points, so the ends tell. */
static double greatest_part(const struct curve *curve) {
    double most = fabs(curve->missing);
    const double ends[2] = {fabs(curve_value(curve, -1)), fabs(curve_value(curve, 2))};
    for (size_t i = 0; i < 2; i++) most = ends[i] > most || isnan(ends[i]) ? ends[i] : most;
    for (size_t i = 0; i < curve->count && !isnan(most); i++) most = fabs(curve->value[i]) > most || isnan(curve->value[i]) ? fabs(curve->value[i]) : most;
    return most * (double)SCORE_ONE + 1;
}

bool tile_score_fits(const struct additive *additive) {
    double whole = fabs((double)additive->bias), rubric = 0;
    for (size_t t = 0; t < additive->count; t++) whole += greatest_part(&additive->terms[t].curve);
    for (size_t t = 0; additive->rubric && t < additive->rubric->count; t++)
        rubric += fabs(additive->rubric->terms[t].share) * (1 + fabs(additive->rubric->terms[t].missing));
    return whole < EXACT && rubric < 2; /* not so for NaN */
}

bool tile_score_uses(const struct additive *additive, size_t feature) {
    bool rubric = false;
    for (size_t t = 0; t < additive->count; t++) {
        if (additive->terms[t].feature == feature) return true;
        rubric = rubric || additive->terms[t].feature == ADDITIVE_RUBRIC;
    }
    for (size_t t = 0; rubric && t < additive->rubric->count; t++)
        if (additive->rubric->terms[t].feature == feature) return true;
    return false;
}

bool tile_score_line(const struct additive *additive, size_t feature, double *least, double *slope) {
    const struct curve *curve = NULL;
    for (size_t t = 0; t < additive->count; t++) {
        if (additive->terms[t].feature == ADDITIVE_RUBRIC || (additive->terms[t].feature == feature && curve)) return false;
        if (additive->terms[t].feature == feature) curve = &additive->terms[t].curve;
    }
    if (!curve) return false;
    const double begin = curve_value(curve, 0), end = curve_value(curve, 1), rise = end > begin ? end - begin : 0;
    double most = begin > end - rise ? begin : end - rise;
    for (size_t i = 0; i < curve->count; i++) {
        const double above = curve->value[i] - rise * curve->at[i];
        if (curve->at[i] > 0 && curve->at[i] < 1 && above > most) most = above;
    }
    if (!(most >= curve->missing)) most = curve->missing;
    *least = most * (double)SCORE_ONE + 1; /* parts are rounded */
    *slope = rise * (double)SCORE_ONE;
    return true;
}

static bool has_rubric(const struct additive *additive) {
    for (size_t t = 0; t < additive->count; t++)
        if (additive->terms[t].feature == ADDITIVE_RUBRIC) return true;
    return false;
}

/* Adds the parts of all terms of a feature. */
static void add_terms(const struct additive *additive, uint32_t feature, const double *values, size_t count, double *sums) {
    for (size_t t = 0; t < additive->count; t++) {
        const struct curve *curve = &additive->terms[t].curve;
        if (additive->terms[t].feature != feature) continue;
        lanes_best()->add_curve(sums, &(struct lane_curve){curve->at, curve->value, curve->slope, curve->count, curve->missing}, values, count);
    }
}

/* The same of the rubric's terms, which are straight lines through 0. */
static void add_rubric_terms(const struct rubric *rubric, uint32_t feature, const double *values, size_t count, double *sums) {
    static const double ends[2] = {0, 1};
    for (size_t t = 0; t < rubric->count; t++) {
        const struct rubric_term *term = &rubric->terms[t];
        if (term->feature != feature) continue;
        const double points[2] = {0, term->share};
        lanes_best()->add_curve(sums, &(struct lane_curve){ends, points, &term->share, 2, term->share * term->missing}, values, count);
    }
}

struct tile_score_block *tile_score_block_new(const struct additive *additive, const struct feature_block *blocks, size_t features,
                                              struct arena *arena) {
    struct tile_score_block *block = arena_allocate_zero(arena, 1, sizeof *block);
    if (block) block->parts = arena_allocate_zero(arena, features + 1, sizeof *block->parts);
    if (block) block->rubric_parts = arena_allocate_zero(arena, features + 1, sizeof *block->rubric_parts);
    if (!block || !block->parts || !block->rubric_parts) return NULL;
    for (size_t f = 0; f < features; f++) {
        if (!blocks[f].table || !tile_score_uses(additive, f)) continue;
        double(*parts)[LANES] = lanes_rows(arena, blocks[f].rows + 1);
        if (!parts) return NULL;
        add_terms(additive, (uint32_t)f, &blocks[f].table[0][0], blocks[f].rows * LANES, &parts[0][0]);
        block->parts[f] = (const double(*)[LANES])parts;
        if (!has_rubric(additive)) continue;
        parts = lanes_rows(arena, blocks[f].rows + 1);
        if (!parts) return NULL;
        add_rubric_terms(additive->rubric, (uint32_t)f, &blocks[f].table[0][0], blocks[f].rows * LANES, &parts[0][0]);
        block->rubric_parts[f] = (const double(*)[LANES])parts;
    }
    return block;
}

void tile_score_begin(const struct tile_score *tile) {
    for (size_t i = 0; i < tile->count; i++)
        for (size_t l = 0; l < LANES; l++) tile->sums[i][l] = (double)tile->additive->bias;
    if (has_rubric(tile->additive)) memset(tile->rubric, 0, tile->count * sizeof *tile->rubric);
}

void tile_score_add(const struct tile_score *tile, size_t feature, const struct feature_block *feature_block, const double (*cells)[LANES]) {
    const struct additive *additive = tile->additive;
    if (!cells) {
        uint32_t picked[TILE_SUPPLIERS];
        const uint32_t *row = tile->suppliers ? picked : feature_block->row + tile->first;
        for (size_t i = 0; tile->suppliers && i < tile->count; i++) picked[i] = feature_block->row[tile->suppliers[i]];
        if (tile->block->parts[feature]) lanes_best()->add_rows(tile->sums, tile->block->parts[feature], row, tile->count);
        if (tile->block->rubric_parts[feature]) lanes_best()->add_rows(tile->rubric, tile->block->rubric_parts[feature], row, tile->count);
        return;
    }
    add_terms(additive, (uint32_t)feature, &cells[0][0], tile->count * LANES, &tile->sums[0][0]);
    if (has_rubric(additive)) add_rubric_terms(additive->rubric, (uint32_t)feature, &cells[0][0], tile->count * LANES, &tile->rubric[0][0]);
}

const double (*tile_score_parts(const struct tile_score_block *block, size_t feature))[LANES] { return block->parts[feature]; }

void tile_score_end(const struct tile_score *tile) {
    if (!has_rubric(tile->additive)) return;
    double *score = &tile->rubric[0][0];
    for (size_t i = 0; i < tile->count * LANES; i++) score[i] /= (double)SCORE_ONE;
    add_terms(tile->additive, ADDITIVE_RUBRIC, score, tile->count * LANES, &tile->sums[0][0]);
}
