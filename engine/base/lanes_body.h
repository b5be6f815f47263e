/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loops of lanes.h, for a file that says by LANES_NAME what its table is called. They are written in the compiler's own vectors, as wide as the instruction set
 * has them, so that sums stay in registers.
 */
#include "lanes.h"

#include <math.h>
#include <stdbool.h>

#if defined(__AVX512F__)
enum { WIDE = 8 };
#elif defined(__AVX2__)
enum { WIDE = 4 };
#else
enum { WIDE = 2 };
#endif
enum { PARTS = LANES / WIDE };
/* A register as a table of eight numbers; clang has no such name for it and does without. */
#if defined(__AVX512F__) && !defined(__clang__)
#define LANES_LOOK_UP 1
#else
#define LANES_LOOK_UP 0
#endif

enum { SHORT_WIDE = 2 * WIDE, SHORT_PARTS = LANES / SHORT_WIDE };
typedef float shorts __attribute__((vector_size(SHORT_WIDE * sizeof(float)), aligned(4), may_alias));
typedef uint32_t short_bits __attribute__((vector_size(SHORT_WIDE * sizeof(uint32_t))));
typedef double wide __attribute__((vector_size(WIDE * sizeof(double)), aligned(8), may_alias));
typedef int64_t mask __attribute__((vector_size(WIDE * sizeof(int64_t))));

/* Where `yes` is all ones a, else b. */
#define CHOOSE(yes, a, b) ((wide)(((yes) & (mask)(a)) | (~(yes) & (mask)(b))))

static void scatter(double (*sums)[LANES], const double *row, const uint8_t *place, const double *weight, size_t count) {
    wide held[PARTS];
    for (size_t p = 0; p < PARTS; p++) held[p] = *(const wide *)(row + p * WIDE);
    for (size_t i = 0; i < count; i++) {
        wide *sum = (wide *)sums[place[i]];
        for (size_t p = 0; p < PARTS; p++) sum[p] += held[p] * weight[i];
    }
}

static void gather(double *sum, const double (*rows)[LANES], const uint32_t *at, const double *weight, size_t count) {
    wide held[PARTS] = {{0}};
    for (size_t i = 0; i < count; i++) {
        const wide *row = (const wide *)rows[at[i]];
        for (size_t p = 0; p < PARTS; p++) held[p] += row[p] * weight[i];
    }
    for (size_t p = 0; p < PARTS; p++) *(wide *)(sum + p * WIDE) = held[p];
}

/* Four sums side by side, so that no addition waits for the one before. */
static bool hopes(const float (*rows)[LANES], const uint32_t *items, size_t count, const struct lane_hope *hope) {
    enum { SIDE = 4 };
    shorts held[SIDE][SHORT_PARTS] = {{{0}}};
    for (size_t i = 0; i < count; i += SIDE)
        for (size_t k = 0; k < SIDE && i + k < count; k++) {
            const shorts *row = (const shorts *)rows[items[i + k] & 0xffff];
            const shorts weight = (shorts)(((short_bits){0} + items[i + k]) & 0xffff0000);
            for (size_t p = 0; p < SHORT_PARTS; p++) held[k][p] += row[p] * weight;
        }
    for (size_t p = 0; p < SHORT_PARTS; p++) held[0][p] = (held[0][p] + held[1][p]) + (held[2][p] + held[3][p]);
    int64_t some = 0;
    for (size_t l = 0; l < LANES; l++) some |= hope->base[l] + hope->slope * (double)((const float *)held[0])[l] >= hope->bound[l];
    return some != 0;
}

static void greatest(double *best, const double (*rows)[LANES], const uint32_t *at, const double *weight, size_t count) {
    wide held[PARTS] = {{0}};
    for (size_t i = 0; i < count; i++) {
        const wide *row = (const wide *)rows[at[i]];
        for (size_t p = 0; p < PARTS; p++) {
            const wide worth = row[p] * weight[i];
            held[p] = CHOOSE(worth > held[p], worth, held[p]);
        }
    }
    for (size_t p = 0; p < PARTS; p++) *(wide *)(best + p * WIDE) = held[p];
}

static void divide(double (*cells)[LANES], const double *by, const double *missing, size_t count) {
    const wide none = {0}, one = none + 1;
    for (size_t s = 0; s < count; s++)
        for (size_t p = 0; p < PARTS; p++) {
            wide *cell = (wide *)(cells[s] + p * WIDE);
            const wide whole = *(const wide *)(by + p * WIDE), share = *cell / whole;
            *cell = CHOOSE(*cell < whole, share, one) + *(const wide *)(missing + p * WIDE);
        }
}

static void add_rows(double (*sums)[LANES], const double (*rows)[LANES], const uint32_t *at, size_t count) {
    for (size_t s = 0; s < count; s++)
        for (size_t p = 0; p < PARTS; p++) *(wide *)(sums[s] + p * WIDE) += *(const wide *)(rows[at[s]] + p * WIDE);
}

/*
 * Adds to some sums, in whole numbers, what stands on the piece that was chosen for each z. The nearest whole number to x for |x| < 2^51: adding and taking off
 * 1.5 · 2^52 rounds to the nearest, halves to even; a half that went towards zero is then put right.
 */
static inline void add_on(double *sums, const wide *z, const wide *at, const wide *value, const wide *slope, double missing) {
    const double magic = 6755399441055744.0;
    const wide none = {0}, one = none + 1, on = *value + (*z - *at) * *slope;
    const wide x = CHOOSE(*z == *z, on, none + missing) * 1e9;
    const wide even = (x + magic) - magic, rest = x - even;
    const wide up = CHOOSE((rest == 0.5) & (x > 0), one, none), down = CHOOSE((rest == -0.5) & (x < 0), one, none);
    *(wide *)sums += even + up - down;
}

static void add_line(double *sums, const struct lane_curve *curve, const double *z, size_t count) {
    const wide none = {0}, at = none + curve->at[0], value = none + curve->value[0], slope = none + curve->slope[0];
    for (size_t i = 0; i < count; i += WIDE) add_on(sums + i, (const wide *)(z + i), &at, &value, &slope, curve->missing);
}

/* Any curve: each piece takes the place of the one before where z has reached it. */
static void add_pieces(double *sums, const struct lane_curve *curve, const double *z, size_t count) {
    for (size_t i = 0; i < count; i += WIDE) {
        const wide here = *(const wide *)(z + i), none = {0};
        wide at = none + curve->at[0], value = none + curve->value[0], slope = none + curve->slope[0];
        for (size_t piece = 1; piece + 1 < curve->count; piece++) {
            const mask reached = here >= curve->at[piece];
            at = CHOOSE(reached, none + curve->at[piece], at);
            value = CHOOSE(reached, none + curve->value[piece], value);
            slope = CHOOSE(reached, none + curve->slope[piece], slope);
        }
        add_on(sums + i, &here, &at, &value, &slope, curve->missing);
    }
}

#if LANES_LOOK_UP
/* Up to eight pieces: they are counted, and looked up in three registers. */
static void add_eight_pieces(double *sums, const struct lane_curve *curve, const double *z, size_t count) {
    double ats[WIDE] = {0}, values[WIDE] = {0}, slopes[WIDE] = {0}, from[WIDE];
    for (size_t piece = 0; piece < WIDE; piece++) {
        const bool held = piece + 1 < curve->count;
        ats[piece] = held ? curve->at[piece] : 0;
        values[piece] = held ? curve->value[piece] : 0;
        slopes[piece] = held ? curve->slope[piece] : 0;
        from[piece] = held ? curve->at[piece] : INFINITY;
    }
    const wide at = *(const wide *)ats, value = *(const wide *)values, slope = *(const wide *)slopes;
    for (size_t i = 0; i < count; i += WIDE) {
        const wide here = *(const wide *)(z + i);
        mask piece = {0};
        for (size_t p = 1; p < WIDE; p++) piece -= here >= from[p];
        const wide on_at = __builtin_shuffle(at, piece), on_value = __builtin_shuffle(value, piece), on_slope = __builtin_shuffle(slope, piece);
        add_on(sums + i, &here, &on_at, &on_value, &on_slope, curve->missing);
    }
}
#endif

static void add_curve(double *sums, const struct lane_curve *curve, const double *z, size_t count) {
    if (curve->count == 2) add_line(sums, curve, z, count);
#if LANES_LOOK_UP
    else if (curve->count <= WIDE + 1) add_eight_pieces(sums, curve, z, count);
#endif
    else add_pieces(sums, curve, z, count);
}

/* ---- short numbers ---- */

/* Plain loops: the compiler makes more of them than of its own vectors where bytes become numbers. */
static inline void add_a_column(float *restrict sums, const uint8_t *restrict bytes, float factor, size_t count) {
    for (size_t i = 0; i < count; i++) sums[i] += factor * (float)(int)bytes[i];
}

static inline void add_four_columns(float *restrict sums, const uint8_t *restrict a, const uint8_t *restrict b, const uint8_t *restrict c,
                                    const uint8_t *restrict d, const struct lane_column *of, size_t count) {
    const float of_a = of[0].factor, of_b = of[1].factor, of_c = of[2].factor, of_d = of[3].factor;
    for (size_t i = 0; i < count; i++)
        sums[i] = (((sums[i] + of_a * (float)(int)a[i]) + of_b * (float)(int)b[i]) + of_c * (float)(int)c[i]) + of_d * (float)(int)d[i];
}

/* Columns lie far apart, so that each is called for ahead. */
static void add_columns(float *sums, const struct lane_column *columns, size_t columns_count, size_t count) {
    enum { LINE = 64, LINES_AHEAD = 8, FOUR = 4 };
    for (size_t i = 0; i < count; i += LINE) {
        const size_t some = count - i < LINE ? count - i : LINE;
        size_t k = 0;
        for (; k < columns_count; k++) __builtin_prefetch(columns[k].bytes + i + LINES_AHEAD * LINE);
        for (k = 0; k + FOUR <= columns_count; k += FOUR) {
            const uint8_t *a = columns[k].bytes + i, *b = columns[k + 1].bytes + i, *c = columns[k + 2].bytes + i, *d = columns[k + 3].bytes + i;
            if (some == LINE) add_four_columns(sums + i, a, b, c, d, columns + k, LINE);
            else add_four_columns(sums + i, a, b, c, d, columns + k, some);
        }
        for (; k < columns_count; k++) {
            if (some == LINE) add_a_column(sums + i, columns[k].bytes + i, columns[k].factor, LINE);
            else add_a_column(sums + i, columns[k].bytes + i, columns[k].factor, some);
        }
    }
}

static void add_short_line(float *restrict sums, float *restrict parts, const float *restrict was, float least, float slope, size_t count) {
    for (size_t i = 0; i < count; i++) parts[i] = least + slope * (parts[i] < 1 ? parts[i] : 1);
    for (size_t i = 0; i < count && !was; i++) sums[i] += parts[i];
    for (size_t i = 0; i < count && was; i++) sums[i] += parts[i] - was[i];
}

static void set_line(float *to, const float *from, float factor, float more, size_t count) {
    for (size_t i = 0; i < count; i++) to[i] = factor * from[i] + more;
}

static void set_share(float *to, const float *from, float factor, const float *restrict by, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const float share = factor * from[i];
        to[i] = (share < 1 ? share : 1) * by[i];
    }
}

static void add_picked(float *restrict sums, const float *restrict values, const uint32_t *restrict at, size_t count) {
    for (size_t i = 0; i < count; i++) sums[i] += values[at[i]];
}

static uint64_t reach(const float *values, float limit, size_t count) {
    enum { WORD = 64 };
    uint64_t bits = 0;
    int any = 0;
    for (size_t i = 0; count == WORD && i < WORD; i++) any |= values[i] >= limit; /* so many that are known are a few steps */
    for (size_t i = 0; count != WORD && i < count; i++) any |= values[i] >= limit;
    for (size_t i = 0; any && i < count; i++) bits |= (uint64_t)(values[i] >= limit) << i;
    return bits;
}

static void above(uint8_t *flags, const double (*scores)[LANES], const double *bound, size_t count) {
    for (size_t s = 0; s < count; s++) {
        mask any = {0};
        for (size_t p = 0; p < PARTS; p++) any |= *(const wide *)(scores[s] + p * WIDE) > *(const wide *)(bound + p * WIDE);
        int64_t some = 0;
        for (size_t i = 0; i < WIDE; i++) some |= any[i];
        flags[s] = some != 0;
    }
}

const struct lanes LANES_NAME = {scatter, gather, hopes, greatest, divide, add_rows, add_curve, add_columns, add_short_line, set_line, set_share, add_picked, reach, above};
