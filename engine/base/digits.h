/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decimal digits eight bytes at a time, without a branch a digit: how many of the eight begin a number, and the number they make. For readers of long files of
 * numbers (decimal.h, record/number_line.h).
 */
#ifndef IEUM_BASE_DIGITS_H
#define IEUM_BASE_DIGITS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

/* The digits that at[0 .. 8) begins with: their count, 0 to 8, and their value. */
static inline unsigned digits_of_eight(const char *at, uint64_t *value) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t word;
    memcpy(&word, at, 8);
    word ^= 0x3030303030303030;
    /* The highest bit of a byte is set where it is above 9; a carry can only spoil bytes behind the first such one. */
    const uint64_t others = ((word + 0x7676767676767676) | word) & 0x8080808080808080;
    const unsigned count = others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    word = word << (32 - 4 * count) << (32 - 4 * count); /* the digits at the end, zeros before them */
    /* Neighbours are joined to pairs, pairs to fours, fours to eight. */
    word = word * 10 + (word >> 8);
    *value = ((word & 0x000000FF000000FF) * (100 + (UINT64_C(1000000) << 32)) + (word >> 16 & 0x000000FF000000FF) * (1 + (UINT64_C(10000) << 32))) >> 32;
    return count;
#else
    unsigned count = 0;
    *value = 0;
    for (; count < 8 && is_digit(at[count]); count++) *value = *value * 10 + (uint64_t)(at[count] - '0');
    return count;
#endif
}

#endif
