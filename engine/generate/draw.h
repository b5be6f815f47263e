/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Draws that meet a table: counts to the record, sums to the unit. In: weights, bounds, what must come out. Out: numbers that add up to it exactly,
 * in an order that a seed decides. No input or output, no memory of its own; the same numbers on every machine (random.h, elementary.h).
 */
#ifndef IEUM_GENERATE_DRAW_H
#define IEUM_GENERATE_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/random.h"

/* A stream of its own for each use of a seed: what one use draws does not move another's numbers. */
struct random draw_stream(uint64_t seed, uint64_t first, uint64_t second);
void draw_shuffle(struct random *random, size_t *items, size_t count);
/* Roughly standard normal: the sum of twelve uniforms, less six. */
double draw_bell(struct random *random);
/* In [least, most], even in the logarithm; 1 <= least. */
int64_t draw_log_between(struct random *random, int64_t least, int64_t most);

/* Largest remainder (Hamilton): `n` shared out by weight, every share within one of its quota, ties to the first. The weights' sum is above 0. */
void draw_allocate(const double *weights, size_t kinds, size_t n, size_t *counts);

/*
 * Whole numbers within [least[i], most[i]] whose sum is `total`, most of them near the low end or the high end as the total asks: least ·
 * (most/least)^(u^g) with one g for all. `u[i]` in (0,1) says how high i lies among equals. 1 <= least. False when the bounds cannot add up to the
 * total; then `values` is not written.
 */
bool draw_total(const int64_t *least, const int64_t *most, const double *u, size_t count, int64_t total, int64_t *values);
/*
 * The same by one shift for all: values[i] = shape[i] + s, whole, within [least, most].
 */
bool draw_shifted(const double *shape, size_t count, int64_t least, int64_t most, int64_t total, int64_t *values);

#endif
