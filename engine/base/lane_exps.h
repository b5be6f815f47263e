/* SPDX-License-Identifier: Apache-2.0 */
/* exp of a whole array in place, by the widest version of lane_exp.h that the processor has; the same bytes by all of them. */
#ifndef IEUM_BASE_LANE_EXPS_H
#define IEUM_BASE_LANE_EXPS_H

#include <stddef.h>

void lane_exps(double *values, size_t count);

/* The versions; the last count mod 4 or 8 numbers go one by one. */
void lane_exps_avx2(double *values, size_t count);
void lane_exps_avx512(double *values, size_t count);

#endif
