/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A block of demands of a product kernel: their exact rows A, and the f32 rows of the screen, packed in tiles of the height that the screen's version
 * wants.
 */
#ifndef IEUM_SCORE_PRODUCT_BLOCK_H
#define IEUM_SCORE_PRODUCT_BLOCK_H

#include "product_bounds.h"
#include "product_scorer.h"

struct product_block {
    size_t count, tiles;
    double *rows;   /* count × padded: A[i] = α_i · K_D[i] */
    float *packed;  /* per stretch of SCREEN_DEPTH support pairs (depth of the scorer): [tiles][stretch][height]; NULL: not asked for */
    struct demand_bounds bounds;
    const struct product_screen *screen; /* the version it was packed for */
};

/* `vectors`: count × demand_dims, finite. `screened`: with packed rows and bounds. */
ieum_status product_block_make(const struct product_scorer *scorer, const double *vectors, size_t count, bool screened, int threads,
                               struct product_block *block, struct problem *problem);
void product_block_free(struct product_block *block);

#endif
