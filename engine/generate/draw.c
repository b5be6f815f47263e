/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

#include <math.h>

#include "../base/elementary.h"

enum { HALVINGS = 80 };

struct random draw_stream(uint64_t seed, uint64_t first, uint64_t second) {
    struct random random;
    random_seed(&random, seed);
    random_seed(&random, random_next(&random) ^ first);
    random_seed(&random, random_next(&random) ^ second);
    return random;
}

void draw_shuffle(struct random *random, size_t *items, size_t count) {
    for (size_t i = count; i > 1; i--) {
        const size_t k = (size_t)random_below(random, i), kept = items[i - 1];
        items[i - 1] = items[k];
        items[k] = kept;
    }
}

double draw_bell(struct random *random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += random_unit(random);
    return sum;
}

/* least · (most/least)^share */
static double between(int64_t least, int64_t most, double share) { return (double)least * exact_exp(share * exact_ln((double)most / (double)least)); }

static int64_t within(double value, int64_t least, int64_t most) {
    const double down = floor(value);
    return down < (double)least ? least : down > (double)most ? most : (int64_t)down;
}

int64_t draw_log_between(struct random *random, int64_t least, int64_t most) {
    return within(between(least, most + 1, random_unit(random)), least, most);
}

void draw_allocate(const double *weights, size_t kinds, size_t n, size_t *counts) {
    double sum = 0;
    size_t given = 0;
    for (size_t k = 0; k < kinds; k++) sum += weights[k];
    for (size_t k = 0; k < kinds; k++) {
        counts[k] = (size_t)floor((double)n * weights[k] / sum);
        given += counts[k];
    }
    /* those left over go to the greatest remainders; a kind gets at most one of them */
    for (double last = 2; given < n;) {
        double greatest = -1;
        for (size_t k = 0; k < kinds; k++) {
            const double quota = (double)n * weights[k] / sum, left = quota - floor(quota);
            if (left < last && left > greatest) greatest = left;
        }
        if (greatest < 0) break;
        for (size_t k = 0; k < kinds && given < n; k++) {
            const double quota = (double)n * weights[k] / sum, left = quota - floor(quota);
            if (left == greatest) {
                counts[k]++;
                given++;
            }
        }
        last = greatest;
    }
}

/* What is missing after rounding down goes, a unit each, to the first that have room. */
static void add_missing(const int64_t *most, int64_t common_most, size_t count, int64_t missing, int64_t *values) {
    while (missing > 0) {
        bool added = false;
        for (size_t i = 0; i < count && missing > 0; i++) {
            if (values[i] >= (most ? most[i] : common_most)) continue;
            values[i]++;
            missing--;
            added = true;
        }
        if (!added) return;
    }
}

static int64_t raise_all(const int64_t *least, const int64_t *most, const double *u, size_t count, double power, int64_t *values) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        values[i] = within(between(least[i], most[i], exact_exp(power * exact_ln(u[i]))), least[i], most[i]);
        sum += values[i];
    }
    return sum;
}

bool draw_total(const int64_t *least, const int64_t *most, const double *u, size_t count, int64_t total, int64_t *values) {
    int64_t low = 0, high = 0;
    for (size_t i = 0; i < count; i++) {
        low += least[i];
        high += most[i];
    }
    if (total < low || total > high) return false;
    double small = -12, large = 12; /* ln of the power: the greater it is, the lower the values lie */
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = (small + large) / 2;
        if (raise_all(least, most, u, count, exact_exp(middle), values) > total)
            small = middle;
        else
            large = middle;
    }
    const int64_t sum = raise_all(least, most, u, count, exact_exp(large), values);
    if (sum > total) { /* the lowest there is, and still rounded too high: begin from the bounds */
        for (size_t i = 0; i < count; i++) values[i] = least[i];
        add_missing(most, 0, count, total - low, values);
    } else {
        add_missing(most, 0, count, total - sum, values);
    }
    return true;
}

static int64_t shift_all(const double *shape, size_t count, int64_t least, int64_t most, double shift, int64_t *values) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        values[i] = within(shape[i] + shift, least, most);
        sum += values[i];
    }
    return sum;
}

bool draw_shifted(const double *shape, size_t count, int64_t least, int64_t most, int64_t total, int64_t *values) {
    const int64_t all = (int64_t)count;
    double low = 0, high = 0;
    if (count && (total < all * least || total > all * most)) return false;
    if (!count) return total == 0;
    for (size_t i = 0; i < count; i++) {
        if (shape[i] < low) low = shape[i];
        if (shape[i] > high) high = shape[i];
    }
    double small = (double)least - high - 1, large = (double)most - low + 1;
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = (small + large) / 2;
        if (shift_all(shape, count, least, most, middle, values) > total)
            large = middle;
        else
            small = middle;
    }
    add_missing(NULL, most, count, total - shift_all(shape, count, least, most, small, values), values);
    return true;
}
