/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decimal numbers of text files, whatever the locale of the process: "-12.5e3" → the nearest double, as strtod gives it in the C locale, and back as printf
 * writes "%.Ng" there. Must not accept what is no plain decimal: no "nan", no "inf", no hexadecimal, no thousands.
 */
#ifndef IEUM_BASE_DECIMAL_H
#define IEUM_BASE_DECIMAL_H

#include "buffer.h"

/* A number is refused when it takes more bytes than this. */
#define DECIMAL_MOST_BYTES 1000

/*
 * Reads the number that begins at `at` and ends before `end`: [+-] digits [. digits] [e [+-] digits], with a digit before or after the point. Returns the place
 * behind it, NULL where none begins. Correctly rounded (ties to even); too large: ±infinity, too small: ±0 or a subnormal.
 */
const char *decimal_read(const char *at, const char *end, double *value);

/* Adds the number with at most `digits` (1 to 17) significant digits, as "%.Ng" does in the C locale; no number: "nan", "inf", "-inf". */
void decimal_add(struct buffer *buffer, double value, int digits);

#endif
