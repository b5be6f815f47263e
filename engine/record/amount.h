/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts of money and plain numbers as people write them in cells: "50,000,000", "5천만원", "1억 2천만 원", "1.2억",
 * "35명". */
#ifndef IEUM_RECORD_AMOUNT_H
#define IEUM_RECORD_AMOUNT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Reads an amount in KRW. A plain number is multiplied by `scale` (the unit of its column); one with a unit of its own
 * is not, and
 * `*has_unit` (may be NULL) says so. False for anything else, for fractions of a won, and beyond int64: nothing is
 * rounded. A unit alone counts as one of it ("백만원" is 1,000,000).
 */
bool amount_read(const char *text, int64_t scale, int64_t *krw, bool *has_unit);

/* Reads a whole number, with commas between digits, and the rest of the text after it. */
bool whole_number_read(const char *text, int64_t *number, const char **rest);
/* The same with decimals. */
bool decimal_number_read(const char *text, double *number, const char **rest);

#endif
