/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Training of linear support vector machines with squared hinge loss and no bias, through liblinear (Fan et al. 2008, dual coordinate descent):
 *
 *     min_w ½‖w‖² + Σ_i cost_i · max(0, 1 − sign_i · wᵀx_i)²
 *
 * liblinear knows one cost for all examples. Its dual adds 1/(2·cost) to the diagonal of the kernel matrix; so a coordinate of its own for each
 * example, √(1/(2·cost_i) − 1/(2·greatest cost)), gives every example its own cost exactly (Shawe-Taylor & Cristianini 2004, ch. 7).
 *
 * liblinear draws from rand(), which is global: linear_train is for a child process (base/child.h) or a test, and seeds it.
 */
#ifndef IEUM_ADAPT_LINEAR_H
#define IEUM_ADAPT_LINEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"

struct linear_examples;
/* Empty; coordinates have the numbers 0 … dimensions − 1. NULL when memory fails. */
struct linear_examples *linear_examples_new(size_t dimensions);
void linear_examples_free(struct linear_examples *examples);

/* Adds one example: sign ±1, cost > 0, `count` coordinates that differ from 0, numbers ascending. False when memory fails. */
bool linear_examples_add(struct linear_examples *examples, double sign, double cost, const uint32_t *number, const double *value, size_t count);
size_t linear_examples_bytes(const struct linear_examples *examples); /* what the coordinates take */

/* Writes the `dimensions` weights. INVALID when liblinear refuses the parameters, or there are no examples; LIMIT when its 32-bit numbers do not suffice. */
ieum_status linear_train(struct linear_examples *examples, double tolerance, unsigned seed, double *weights, struct problem *problem);

#endif
