/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The suppliers of a product kernel, compiled: their vectors (a copy, 8 · dims bytes each) and, where the budget allows, their centred kernel
 * rows in panels of 32 as the screen wants them (4 or 2 · padded bytes each). Without room for the rows each panel is made when it is wanted, so memory stays linear in the number
 * of suppliers. The scorer must outlive the side. Reading is safe from many threads at once; an update must be alone.
 */
#ifndef IEUM_SCORE_PRODUCT_SIDE_H
#define IEUM_SCORE_PRODUCT_SIDE_H

#include "product_bounds.h"
#include "product_scorer.h"

struct panel_facts {
    float own[SCREEN_PANEL]; /* the suppliers' own sums */
    struct panel_bounds bounds;
};

struct product_side {
    const struct product_scorer *scorer;
    size_t count, panels;
    double *vectors;           /* count × supplier_dims */
    float *means;              /* padded: m of product_bounds.c, of this side's own suppliers (a sample) */
    const struct product_screen *screen; /* the version that its panels are made by and for */
    size_t stretches;          /* of padded */
    unsigned char *rows;       /* panels × padded × 32 cells, or NULL: not kept */
    float *steps;              /* panels × stretches, with the rows */
    struct panel_facts *facts; /* panels, with the rows */
    float *update;             /* supplier_dims × 32: an update's points, with the rows */
};

/* `vectors`: count × supplier_dims, finite (else IEUM_INVALID). Kernel rows are kept when they take at most `room` bytes. */
ieum_status product_side_new(const struct product_scorer *scorer, const double *vectors, size_t count, size_t room, int threads, struct product_side **side,
                             struct problem *problem);
void product_side_free(struct product_side *side);

/* Gives supplier `index` another vector: its own row changes, nothing else. */
ieum_status product_side_update(struct product_side *side, size_t index, const double *vector, struct problem *problem);

/* Bytes of a panel's rows. */
static inline size_t product_side_panel_bytes(const struct product_side *side) { return side->scorer->padded * SCREEN_PANEL * side->screen->cell; }
/* Makes one panel. `points` has room for supplier_dims × 32 floats, `rows` for a panel's bytes, `steps` for a float of each stretch. */
void product_side_panel(const struct product_side *side, size_t panel, float *points, void *rows, float *steps, struct panel_facts *facts);

#endif
