/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A block of demands of a product kernel: their exact rows A, and the rows of the screen, packed in tiles as the screen's version wants
 * them (product_screen.h).
 */
#ifndef IEUM_SCORE_PRODUCT_BLOCK_H
#define IEUM_SCORE_PRODUCT_BLOCK_H

#include "product_bounds.h"
#include "product_scorer.h"

struct product_block {
    size_t count, tiles;
    double *rows;   /* count × padded: A[i] = α_i · K_D[i] */
    unsigned char *packed; /* per stretch of SCREEN_DEPTH support pairs (depth of the scorer) all tiles; NULL: not asked for */
    float *steps;          /* per stretch, tiles × height, with the packed rows */
    struct demand_bounds bounds;
    const struct product_screen *screen; /* the version it was packed for */
};

/* `vectors`: count × demand_dims, finite. `screen`: with packed rows and bounds for this version (that of the suppliers' panels), or NULL. */
ieum_status product_block_make(const struct product_scorer *scorer, const double *vectors, size_t count, const struct product_screen *screen, int threads,
                               struct product_block *block, struct problem *problem);
void product_block_free(struct product_block *block);

#endif
