/* SPDX-License-Identifier: Apache-2.0 */
/* The nearest monotone sequence: pool adjacent violators (Ayer et al. 1955; Barlow et al. 1972). */
#ifndef IEUM_LEARN_ISOTONIC_H
#define IEUM_LEARN_ISOTONIC_H

#include <stdbool.h>
#include <stddef.h>

/* Replaces `value[0..count)` by the sequence that never falls (`falling`: never rises) and is nearest in Σ weight·difference², weight > 0. False when memory fails. */
bool isotonic_project(double *value, const double *weight, size_t count, bool falling);

#endif
