/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loops of lanes.h, for a file that says by LANES_NAME what its table is called. Vectors are the compiler's own (eight doubles, which it cuts to what the
 * instruction set has), so that sums stay in registers; the rest are plain loops that it turns into vectors by itself.
 */
#include "lanes.h"

#include <string.h>

typedef double eight __attribute__((vector_size(64), aligned(8), may_alias));
typedef int64_t mask __attribute__((vector_size(64)));

/* Where `yes` is all ones a, else b. */
#define CHOOSE(yes, a, b) ((eight)(((yes) & (mask)(a)) | (~(yes) & (mask)(b))))

static void scatter(double (*sums)[LANES], const double *row, const uint8_t *place, const double *weight, size_t count) {
    const eight low = *(const eight *)row, high = *(const eight *)(row + 8);
    for (size_t i = 0; i < count; i++) {
        eight *sum = (eight *)sums[place[i]];
        sum[0] += low * weight[i];
        sum[1] += high * weight[i];
    }
}

static void gather(double *sum, const double (*rows)[LANES], const uint32_t *at, const double *weight, size_t count) {
    eight low = {0}, high = {0};
    for (size_t i = 0; i < count; i++) {
        const eight *row = (const eight *)rows[at[i]];
        low += row[0] * weight[i];
        high += row[1] * weight[i];
    }
    *(eight *)sum = low;
    *(eight *)(sum + 8) = high;
}

static void greatest(double *best, const double (*rows)[LANES], const uint32_t *at, const double *weight, size_t count) {
    eight low = {0}, high = {0};
    for (size_t i = 0; i < count; i++) {
        const eight *row = (const eight *)rows[at[i]];
        const eight low_worth = row[0] * weight[i], high_worth = row[1] * weight[i];
        low = CHOOSE(low_worth > low, low_worth, low);
        high = CHOOSE(high_worth > high, high_worth, high);
    }
    *(eight *)best = low;
    *(eight *)(best + 8) = high;
}

static void divide(double (*cells)[LANES], const double *by, const double *missing, size_t count) {
    const eight one = {1, 1, 1, 1, 1, 1, 1, 1};
    for (size_t s = 0; s < count; s++)
        for (size_t half = 0; half < LANES; half += 8) {
            eight *cell = (eight *)(cells[s] + half);
            const eight whole = *(const eight *)(by + half), share = *cell / whole;
            *cell = CHOOSE(*cell < whole, share, one) + *(const eight *)(missing + half);
        }
}

static void add_rows(double (*sums)[LANES], const double (*rows)[LANES], const uint32_t *at, size_t count) {
    for (size_t s = 0; s < count; s++) {
        eight *sum = (eight *)sums[s];
        const eight *row = (const eight *)rows[at[s]];
        sum[0] += row[0];
        sum[1] += row[1];
    }
}

/*
 * The nearest whole number to x for |x| < 2^51: adding and taking off 1.5 · 2^52 rounds to the nearest, halves to even; a half that went towards zero is then
 * put right.
 */
static inline double nearest(double x) {
    const double magic = 6755399441055744.0;
    const double even = (x + magic) - magic, rest = x - even;
    double up = rest == 0.5 ? 1 : 0, down = rest == -0.5 ? 1 : 0;
    up = x > 0 ? up : 0;
    down = x < 0 ? down : 0;
    return even + up - down;
}

static void add_line(double *sums, const struct lane_curve *curve, const double *z, size_t count) {
    const double at = curve->at[0], value = curve->value[0], slope = curve->slope[0], missing = curve->missing;
    for (size_t i = 0; i < count; i++) {
        const double on = value + (z[i] - at) * slope;
        sums[i] += nearest((z[i] == z[i] ? on : missing) * 1e9);
    }
}

enum { PART = 64 }; /* numbers a turn, so that what is chosen for them stays in the first cache */

static void add_bent(double *sums, const struct lane_curve *curve, const double *z, size_t count) {
    double at[PART], value[PART], slope[PART];
    for (size_t i = 0; i < count; i++) {
        at[i] = curve->at[0];
        value[i] = curve->value[0];
        slope[i] = curve->slope[0];
    }
    for (size_t piece = 1; piece + 1 < curve->count; piece++) {
        const double from = curve->at[piece], start = curve->value[piece], rise = curve->slope[piece];
        for (size_t i = 0; i < count; i++) {
            at[i] = z[i] >= from ? from : at[i];
            value[i] = z[i] >= from ? start : value[i];
            slope[i] = z[i] >= from ? rise : slope[i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        const double on = value[i] + (z[i] - at[i]) * slope[i];
        sums[i] += nearest((z[i] == z[i] ? on : curve->missing) * 1e9);
    }
}

static void add_curve(double *sums, const struct lane_curve *curve, const double *z, size_t count) {
    if (curve->count == 2) {
        add_line(sums, curve, z, count);
        return;
    }
    size_t done = 0;
    for (; done + PART <= count; done += PART) add_bent(sums + done, curve, z + done, PART);
    if (done < count) add_bent(sums + done, curve, z + done, count - done);
}

static void above(uint8_t *flags, const double (*scores)[LANES], const double *bound, size_t count) {
    const eight low = *(const eight *)bound, high = *(const eight *)(bound + 8);
    for (size_t s = 0; s < count; s++) {
        const eight *score = (const eight *)scores[s];
        const mask any = (score[0] > low) | (score[1] > high);
        flags[s] = ((any[0] | any[1]) | (any[2] | any[3]) | (any[4] | any[5]) | (any[6] | any[7])) != 0;
    }
}

const struct lanes LANES_NAME = {scatter, gather, greatest, divide, add_rows, add_curve, above};
