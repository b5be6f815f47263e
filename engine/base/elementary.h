/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exp and ln of our own. The C library's differ in the last bit between processors; scores must not. Both are built
 * of IEEE additions, multiplications and divisions in a fixed order (compiled with -ffp-contract=off), so they give the
 * same bits everywhere. Error below 2 ulp for exp over [-700, 700], below 2 ulp for ln over (0, max].
 */
#ifndef IEUM_BASE_ELEMENTARY_H
#define IEUM_BASE_ELEMENTARY_H

double exact_exp(double x);
double exact_ln(double x); /* x > 0 */

#endif
