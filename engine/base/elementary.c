/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exp: x = k ln 2 + r with |r| <= ln2/2, ln 2 split in two parts so that k ln 2 is subtracted without loss (Cody & Waite 1980); e^r by its Taylor
 * series to r^13 (the next term is below 2^-60 at |r| = 0.35), summed from the smallest; scaled by 2^k.
 * ln: x = m 2^e with m in [√½, √2), f = m − 1 exact; ln m = 2 atanh(t), t = f/(2 + f), |t| <= 0.1716, by its series to t^21 (next term < 2^-60
 * relative). Its first term 2 t is put as f − t f, so that only small terms carry the rounding of the division.
 */
#include "elementary.h"

#include <math.h>

static const double LN2_HIGH = 0x1.62e42fee00000p-1;
static const double LN2_LOW = 0x1.a39ef35793c76p-33;

double exact_exp(double x) {
    if (x != x) return x;
    if (x > 709.7) return HUGE_VAL;
    if (x < -745.0) return 0.0;
    double k = floor(x * 0x1.71547652b82fep+0 + 0.5);
    double r = (x - k * LN2_HIGH) - k * LN2_LOW;
    double sum = 1.0;
    for (int n = 13; n >= 1; n--) sum = 1.0 + r * sum / n;
    return ldexp(sum, (int)k);
}

double exact_ln(double x) {
    if (!(x > 0)) return x == 0 ? -HUGE_VAL : NAN;
    if (x == HUGE_VAL) return x;
    int e;
    double m = frexp(x, &e);
    if (m < 0x1.6a09e667f3bcdp-1) {
        m *= 2;
        e--;
    }
    double f = m - 1, t = f / (2 + f), square = t * t, sum = 0;
    for (int n = 21; n >= 3; n -= 2) sum = square * (1.0 / n + sum);
    return e * LN2_HIGH - ((t * (f - 2 * sum) - e * LN2_LOW) - f);
}
