/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two sides' vectors as a kernel sees them: (raw − mean) · scale, missing as the mean (a coordinate that says "missing" is the caller's to list beside it,
 * feature/side_vectors.h). Means and scales are those of score/side_fold.h (each block of coordinates weighs the same) over the different demands or suppliers among
 * the training rows; coordinates that are the same everywhere are left out.
 *
 * Then the whole side is scaled so that exp(−‖a − b‖²) is the RBF kernel with γ = width / (mean squared distance of two of the vectors), which is width · 0.5/blocks.
 */
#ifndef IEUM_LEARN_SIDES_H
#define IEUM_LEARN_SIDES_H

#include "options.h"

struct learned_side {
    struct side_encoding encoding;
    uint32_t *column; /* of each coordinate, in the table */
};

/* Learns one side from the table rows `number(example)` of the examples; lives in the arena. INVALID when no coordinate varies. */
ieum_status side_learn(const struct side_table *table, const uint32_t *number, struct rows rows, double width, bool demand, struct arena *arena,
                       struct learned_side *side, struct problem *problem);
/* One row of the table in folded coordinates. */
void side_encode_row(const struct learned_side *side, const struct side_table *table, uint32_t row, double *coordinates);

#endif
