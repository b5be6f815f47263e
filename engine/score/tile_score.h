/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage "score" for many pairs: an additive model (or the rubric) over tiles of feature values, to the same whole units of 10⁻⁹ as additive_score. Each term's part
 * is a whole number and is held in a double, which is exact below 2^53; so the order of the terms does not matter and a score is one number a cell. A feature that
 * is a table (bulk.h) has its parts made once a row of the table.
 */
#ifndef IEUM_SCORE_TILE_SCORE_H
#define IEUM_SCORE_TILE_SCORE_H

#include "../feature/bulk.h"
#include "additive.h"

/* Whether every part and every score of the model stays below 2^51 units, for feature values of [0,1]: what cells need to be exact. */
bool tile_score_fits(const struct additive *additive);
/* Whether the model looks at the feature at all. */
bool tile_score_uses(const struct additive *additive, size_t feature);

/*
 * Whether the feature's part can be bounded by a line: at a value z of [0,1] no more than *least + *slope · z, in units of 10⁻⁹, slope >= 0, and where the value
 * is missing no more than *least. Not so where more than one term looks at the feature.
 */
bool tile_score_line(const struct additive *additive, size_t feature, double *least, double *slope);

struct tile_score_block;
/* For the prepared features of a block, in the arena; NULL when memory fails. */
struct tile_score_block *tile_score_block_new(const struct additive *additive, const struct feature_block *blocks, size_t features,
                                              struct arena *arena);

/* One tile: begin, then every feature that is used, once, then end. `rubric` is scratch of the same shape, used where the model has the rubric as a feature. */
struct tile_score {
    const struct additive *additive;
    const struct tile_score_block *block;
    size_t first, count;       /* suppliers */
    const uint32_t *suppliers; /* instead of those from `first` on, at most TILE_SUPPLIERS; NULL */
    double (*sums)[LANES], (*rubric)[LANES];
};
void tile_score_begin(const struct tile_score *tile);
/* `cells`: the feature's values, NULL for a table. */
void tile_score_add(const struct tile_score *tile, size_t feature, const struct feature_block *feature_block, const double (*cells)[LANES]);
/* The parts of a table's rows; NULL where no term looks at it. */
const double (*tile_score_parts(const struct tile_score_block *block, size_t feature))[LANES];
void tile_score_end(const struct tile_score *tile); /* now sums[i][l] is the score of supplier first + i and demand l */

#endif
