/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The fast half of the product kernel: f32 kernel rows, the matrix product and the scan of its results, in four versions. What they compute may
 * differ from version to version; product_bounds.h says by how much at most it is off, and nothing of it leaves the engine.
 *
 * A *panel* is 32 suppliers side by side and holds their centred kernel rows; a *tile*, as many demands as the version takes at once. A *strip* is a
 * block of demands by one panel. In three versions panels are [padded][32] floats and tiles [depth][height] floats. In the fourth, for processors that
 * multiply whole numbers of 16 bits twice as fast, panels are [padded / 2][32][2] and tiles [depth / 2][height][2] such numbers (support pairs 2i and 2i + 1
 * together), each to be multiplied by the *step* of its stretch of SCREEN_DEPTH support pairs: every demand has its own, a panel one for all its
 * suppliers. Steps are so large that a stretch's sum fits in 32 bits: it is exact.
 */
#ifndef IEUM_SCORE_PRODUCT_SCREEN_H
#define IEUM_SCORE_PRODUCT_SCREEN_H

#include <stddef.h>
#include <stdint.h>

enum {
    SCREEN_PANEL = 32,    /* suppliers of a panel */
    SCREEN_GROUP = 8,     /* support vectors that stand side by side */
    SCREEN_DEPTH = 256,   /* support pairs that are summed up before the sum goes to the strip */
    SCREEN_TALLEST = 14,  /* the greatest height of a tile */
    SCREEN_WHOLE = 32767  /* the greatest of the whole numbers */
};
/* By Cauchy and Schwarz a stretch's sum is no greater than the product of the norms of the two rows of whole numbers: these two times 2^-31 are below 1. */
#define SCREEN_PANEL_NORM 32600.0f /* before rounding, which can add 8 */
#define SCREEN_TILE_NORM 65000.0
#define SCREEN_LEAST_STEP 0x1p-60f /* no step is smaller: nothing underflows */

/* The supplier side's support vectors for f32 rows. */
struct screen_vectors {
    const float *vectors;  /* [padded / 8][dims][8] */
    const float *means;    /* padded: subtracted from the kernel values */
    const double *weights; /* padded: of the kernel values in the suppliers' own sums */
    size_t dims, padded;
};

/* What a panel's suppliers bring beside their rows. */
struct screen_sums {
    double own[SCREEN_PANEL];   /* Σ weights[i] · k[i], k the centred row as it stands in the panel */
    float square[SCREEN_PANEL]; /* Σ k[i]² */
    float lost;                 /* no supplier's row is further than this from what stands in the panel: 0 for floats */
};

/* What packing a demand's row found. */
struct screen_packed {
    double square; /* Σ a² of the f32 row */
    double lost;   /* Σ of what rounding it to steps takes from it, squared: 0 for floats */
    double spread; /* scale · Σ |A| */
};

struct product_screen {
    size_t height; /* demands of a tile */
    size_t cell;   /* bytes of a number in panels and tiles: 4, or 2 for whole numbers */
    size_t grouped; /* products of the own sums that are added up in f32 before they go on in f64; 0: none */
    /* The panel of 32 points ([dims][32]): exp(−‖point − vector‖²) − mean. `steps`: of each stretch, left alone by floats. */
    void (*rows)(const struct screen_vectors *side, const float *points, void *panel, float *steps, struct screen_sums *sums);
    /*
     * strip[tile · height + r][32] (+)= Σ_i a[tile][i][r] · panel[i][32], i below `depth`, for each of `tiles` tiles of a; the first stretch of support
     * pairs sets the strip, the others add to it. Of whole numbers the sum times a_steps[tile · height + r] times panel_step; `depth` is even.
     */
    void (*multiply)(const void *a, const float *a_steps, size_t tiles, const void *panel, float panel_step, size_t depth, int first, float *strip);
    /*
     * A stretch of a demand's row, a[i] = f32(scale · exact[i] − weights[i]), to place `r` of a tile, and its step; adds to the sums. Both go on, with
     * zeros, to a multiple of 16 numbers.
     */
    void (*pack)(const double *exact, const double *weights, double scale, size_t depth, size_t r, void *tile, float *step, struct screen_packed *sums);
    /*
     * Adds own[32] to each of `count` rows of the strip and writes the numbers of those rows that have a value of at least least[row] to `rows`, and
     * which (a bit each) to `hits`; returns how many rows these are. A least of NaN: none. Rows without such a value are not written back.
     */
    size_t (*scan)(float *strip, size_t count, const float *own, const float *least, uint32_t *rows, uint32_t *hits);
};

const struct product_screen *product_screen(void);
extern const struct product_screen product_screen_avx2, product_screen_avx512, product_screen_avx512vnni;

/* The pack of the versions in floats. */
void screen_pack_floats(const double *exact, const double *weights, double scale, size_t depth, size_t height, float *place, struct screen_packed *sums);

static inline size_t screen_stretches(size_t depth) { return (depth + SCREEN_DEPTH - 1) / SCREEN_DEPTH; }

/*
 * exp of an f32 for x <= 0, by polynomial; below -87 as at -87. Off by at most 5 · 2^-24 relative (product_bounds.c); the versions follow it step by
 * step.
 */
#define SCREEN_EXP_LEAST (-87.0f)
#define SCREEN_EXP_LOG2E 0x1.715476p+0f
#define SCREEN_EXP_ROUNDER 0x1.8p+23f
#define SCREEN_EXP_LN2_HIGH 0x1.63p-1f
#define SCREEN_EXP_LN2_LOW (-0x1.bd0106p-13f)
/* of (e^r − 1 − r)/r², from r^4 down to r^0 */
#define SCREEN_EXP_COEFFICIENTS(X) X(0x1.6d10fep-10f) X(0x1.120b64p-7f) X(0x1.55551ap-5f) X(0x1.5554dep-3f) X(0x1.0p-1f)
float screen_exp(float x);

#endif
