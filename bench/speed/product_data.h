/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Synthetic data for the benches of product kernels: sides of 64 numbers each with a 16-dimensional latent structure plus noise, labels by a bilinear
 * rule plus noise, an RBF C-SVC that libsvm trains on them (gamma = 0.5/128). Seeded; no real record is in it. Coordinates have four decimals, so
 * that libsvm's text files hold them exactly.
 */
#ifndef IEUM_BENCH_PRODUCT_DATA_H
#define IEUM_BENCH_PRODUCT_DATA_H

#include <stddef.h>
#include <stdint.h>

enum { SIDE = 64, LATENT = 16 };
static const double GAMMA = 0.5 / (2 * SIDE);

/* count × SIDE numbers; the caller frees them. */
double *make_side(size_t count, uint64_t seed);
/* Trains until the model has at least `support` support vectors and at most a fiftieth more; saves it as libsvm does. Returns how many. */
size_t make_model(size_t support, const char *path);
/* `count` pairs of the two sides, drawn with a seed, as an SVMlight file of 2 · SIDE columns. */
void make_pairs(const double *demands, size_t demand_count, const double *suppliers, size_t supplier_count, size_t count, const char *path);

#endif
