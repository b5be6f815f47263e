/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Raw coordinates (feature/side_vectors.h) → folded ones (model.h): (raw − mean) · scale, what is missing counting as the mean, that is 0. Fitting finds mean
 * and scale on training rows:
 *
 *     mean     of the values that are known
 *     scale    √(γ / V), V the sum of the variances of the coordinate's block, missing ones counting as the mean: all "concept:…" coordinates are one
 *              block, likewise "ksic:", "served:", "region:", "size:", "vector:" and "missing:"; each "number:…" is one of its own, as is any other name
 *
 * so each block has variance 1 as a whole, and ‖x − x'‖² is 2·blocks on average before γ: a firm's one division weighs as much as its size, and a concept or
 * code that few records have is not blown up, as it would be by its own deviation. γ = 0.5 / blocks is the usual start.
 */
#ifndef IEUM_SCORE_SIDE_FOLD_H
#define IEUM_SCORE_SIDE_FOLD_H

#include "model.h"

/* raw[rows × count] by rows, NaN: missing. Names are borrowed; coordinates lie in the arena. `*blocks` (NULL is fine): how many blocks vary. INVALID: no row, or
 * infinite values. */
ieum_status side_encoding_fit(const char *const *names, size_t count, const double *raw, size_t rows, double gamma, struct arena *arena,
                              struct side_encoding *encoding, size_t *blocks, struct problem *problem);
/* raw[rows × encoding.count] → folded, by rows; the two may be the same. */
void side_fold(const struct side_encoding *encoding, const double *raw, size_t rows, double *folded);

#endif
