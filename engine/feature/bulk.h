/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage "feature" for many pairs: a block of up to LANES demands against a tile of TILE_SUPPLIERS suppliers. Values stand demand beside demand,
 * cells[supplier of the tile][lane], and are the same to the bit as those of feature_compute. A feature that takes few distinct values over the suppliers gives a
 * table instead: a row of LANES values for each kind of supplier, so that nothing is done a pair.
 */
#ifndef IEUM_FEATURE_BULK_H
#define IEUM_FEATURE_BULK_H

#include "../base/lanes.h"
#include "space.h"

enum { TILE_SUPPLIERS = 256 };

/* One feature, prepared for the demands of a block. */
struct feature_block {
    const double (*table)[LANES]; /* NULL: values are filled in tile by tile */
    const uint32_t *row;          /* of each supplier of the space */
    size_t rows;
    void *own; /* the kind's */
};

/*
 * What pairs still have to reach when a feature comes last: one whose base[supplier of the tile][lane] + slope · value stays below bound[lane] does not matter,
 * and its cell may hold any value from 0 to the true one.
 */
struct feature_hope {
    const double (*base)[LANES];
    const double *bound; /* one a lane */
    double slope;        /* >= 0 */
};

struct feature_bulk {
    /* What the supplier side needs beside what `prepare` of the kind made; called once. NULL: nothing. */
    ieum_status (*prepare)(const struct feature_space *space, void *state, struct problem *problem);
    /* A block of `count` demands, in the arena; the views outlive it. */
    ieum_status (*block)(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count,
                         struct arena *arena, struct feature_block *block, struct problem *problem);
    /* The values of the tile that begins at supplier `first`, a multiple of TILE_SUPPLIERS; a block's tiles come in rising order, each at most once. */
    void (*fill)(const struct feature_space *space, const void *state, struct feature_block *block, size_t first, size_t count,
                 double (*cells)[LANES]);
    /* The same where few pairs matter; NULL: the kind saves nothing by it. */
    void (*fill_above)(const struct feature_space *space, const void *state, struct feature_block *block, size_t first, size_t count,
                       const struct feature_hope *hope, double (*cells)[LANES]);
    /* The values of a few suppliers, in rising order; NULL: by `fill`, one after the other. */
    void (*pick)(const struct feature_space *space, const void *state, const struct feature_block *block, const uint32_t *suppliers, size_t count,
                 double (*cells)[LANES]);
    /* As feature_bulk_ceiling; NULL: nothing is known but that no value passes 1. */
    bool (*ceiling)(const struct feature_space *space, const void *state, const struct feature_block *block, size_t lane,
                    const struct feature_block *base, float *most);
    /* As feature_bulk_same; NULL: no. */
    bool (*same)(const struct feature_block *block, size_t count, const struct feature_block *base);
};

/* Makes the space ready for blocks; call once, before any thread asks for one. */
ieum_status feature_bulk_prepare(const struct feature_space *space, struct problem *problem);
/* Prepares every feature for these demands (at most LANES): `blocks` has room for feature_count; everything lives in the arena, and
 * the views must outlive it. A block belongs to one thread. */
ieum_status feature_bulk_block(const struct feature_space *space, const struct demand_view *views, size_t count, struct arena *arena,
                               struct feature_block *blocks, struct problem *problem);
/* Fills the cells of a feature without a table; a block's tiles come in rising order, each at most once. Lanes past the block's demands hold anything. */
void feature_bulk_fill(const struct feature_space *space, size_t feature, struct feature_block *block, size_t first, size_t count,
                       double (*cells)[LANES]);
/* Whether the feature's kind has a way to fill only what matters, and that way: as feature_bulk_fill. */
bool feature_bulk_hopes(const struct feature_space *space, size_t feature);
void feature_bulk_fill_above(const struct feature_space *space, size_t feature, struct feature_block *block, size_t first, size_t count,
                             const struct feature_hope *hope, double (*cells)[LANES]);
/* The values of a few suppliers, in rising order: cells[i] of suppliers[i]. */
void feature_bulk_pick(const struct feature_space *space, size_t feature, struct feature_block *block, const uint32_t *suppliers, size_t count,
                       double (*cells)[LANES]);
/*
 * Values that no supplier passes, quickly, in short numbers: for the demand of a lane most[s] + CEILING_SLACK is no less than the value of supplier s where it
 * has one. `base`: a block whose first demand is nearly the same, after its own ceiling of lane 0 was asked for (it is changed by that alone); NULL: none. False:
 * `most` is not written: with a base its ceiling is good for this lane too, without one nothing is known. Blocks with a ceiling live in arenas of their own
 * thread.
 */
#define CEILING_SLACK 5e-4
/* Whether each of the first `count` lanes has for every supplier the very value that lane 0 of the base has: what was picked of it need not be picked again. */
bool feature_bulk_repeats(const struct feature_space *space, size_t feature); /* whether that may ever be so */
bool feature_bulk_same(const struct feature_space *space, size_t feature, const struct feature_block *block, size_t count, const struct feature_block *base);
bool feature_bulk_ceiling(const struct feature_space *space, size_t feature, const struct feature_block *block, size_t lane,
                          const struct feature_block *base, float *most);

#endif
