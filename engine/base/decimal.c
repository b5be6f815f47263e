/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading: up to 19 digits are gathered as a whole number w, so that the value is w · 10^q = w · 5^q · 2^q. The product of w with the leading 128 bits of 5^q
 * decides the 53 bits of the result, but for rare cases that show themselves (Lemire, "Number parsing at a gigabyte per second", 2021; proof of the bounds:
 * Mushtak & Lemire 2023). Those, more digits (leading zeros count), and powers outside the table go to the C library's strtod in the C locale.
 *
 * Writing: what printf would write without an exponent is scaled to a whole number in 128 bits, where nothing is lost, and rounded once; the rest goes to printf.
 */
#include "decimal.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digits.h"

enum { LOWEST_POWER = -40, HIGHEST_POWER = 40, MOST_DIGITS = 19 };

struct power {
    uint64_t high, low;
};
/* 5^q for q = −40 … 40, scaled into [2^127, 2^128): cut, but rounded up for q = −27 … −1. */
static const struct power powers_of_five[] = {
    {0x8b61313bbabce2c6, 0x2323ac4b3b3da015}, {0xae397d8aa96c1b77, 0xabec975e0a0d081a},
    {0xd9c7dced53c72255, 0x96e7bd358c904a21}, {0x881cea14545c7575, 0x7e50d64177da2e54},
    {0xaa242499697392d2, 0xdde50bd1d5d0b9e9}, {0xd4ad2dbfc3d07787, 0x955e4ec64b44e864},
    {0x84ec3c97da624ab4, 0xbd5af13bef0b113e}, {0xa6274bbdd0fadd61, 0xecb1ad8aeacdd58e},
    {0xcfb11ead453994ba, 0x67de18eda5814af2}, {0x81ceb32c4b43fcf4, 0x80eacf948770ced7},
    {0xa2425ff75e14fc31, 0xa1258379a94d028d}, {0xcad2f7f5359a3b3e, 0x096ee45813a04330},
    {0xfd87b5f28300ca0d, 0x8bca9d6e188853fc}, {0x9e74d1b791e07e48, 0x775ea264cf55347e},
    {0xc612062576589dda, 0x95364afe032a819e}, {0xf79687aed3eec551, 0x3a83ddbd83f52205},
    {0x9abe14cd44753b52, 0xc4926a9672793543}, {0xc16d9a0095928a27, 0x75b7053c0f178294},
    {0xf1c90080baf72cb1, 0x5324c68b12dd6339}, {0x971da05074da7bee, 0xd3f6fc16ebca5e04},
    {0xbce5086492111aea, 0x88f4bb1ca6bcf585}, {0xec1e4a7db69561a5, 0x2b31e9e3d06c32e6},
    {0x9392ee8e921d5d07, 0x3aff322e62439fd0}, {0xb877aa3236a4b449, 0x09befeb9fad487c3},
    {0xe69594bec44de15b, 0x4c2ebe687989a9b4}, {0x901d7cf73ab0acd9, 0x0f9d37014bf60a11},
    {0xb424dc35095cd80f, 0x538484c19ef38c95}, {0xe12e13424bb40e13, 0x2865a5f206b06fba},
    {0x8cbccc096f5088cb, 0xf93f87b7442e45d4}, {0xafebff0bcb24aafe, 0xf78f69a51539d749},
    {0xdbe6fecebdedd5be, 0xb573440e5a884d1c}, {0x89705f4136b4a597, 0x31680a88f8953031},
    {0xabcc77118461cefc, 0xfdc20d2b36ba7c3e}, {0xd6bf94d5e57a42bc, 0x3d32907604691b4d},
    {0x8637bd05af6c69b5, 0xa63f9a49c2c1b110}, {0xa7c5ac471b478423, 0x0fcf80dc33721d54},
    {0xd1b71758e219652b, 0xd3c36113404ea4a9}, {0x83126e978d4fdf3b, 0x645a1cac083126ea},
    {0xa3d70a3d70a3d70a, 0x3d70a3d70a3d70a4}, {0xcccccccccccccccc, 0xcccccccccccccccd},
    {0x8000000000000000, 0x0000000000000000}, {0xa000000000000000, 0x0000000000000000},
    {0xc800000000000000, 0x0000000000000000}, {0xfa00000000000000, 0x0000000000000000},
    {0x9c40000000000000, 0x0000000000000000}, {0xc350000000000000, 0x0000000000000000},
    {0xf424000000000000, 0x0000000000000000}, {0x9896800000000000, 0x0000000000000000},
    {0xbebc200000000000, 0x0000000000000000}, {0xee6b280000000000, 0x0000000000000000},
    {0x9502f90000000000, 0x0000000000000000}, {0xba43b74000000000, 0x0000000000000000},
    {0xe8d4a51000000000, 0x0000000000000000}, {0x9184e72a00000000, 0x0000000000000000},
    {0xb5e620f480000000, 0x0000000000000000}, {0xe35fa931a0000000, 0x0000000000000000},
    {0x8e1bc9bf04000000, 0x0000000000000000}, {0xb1a2bc2ec5000000, 0x0000000000000000},
    {0xde0b6b3a76400000, 0x0000000000000000}, {0x8ac7230489e80000, 0x0000000000000000},
    {0xad78ebc5ac620000, 0x0000000000000000}, {0xd8d726b7177a8000, 0x0000000000000000},
    {0x878678326eac9000, 0x0000000000000000}, {0xa968163f0a57b400, 0x0000000000000000},
    {0xd3c21bcecceda100, 0x0000000000000000}, {0x84595161401484a0, 0x0000000000000000},
    {0xa56fa5b99019a5c8, 0x0000000000000000}, {0xcecb8f27f4200f3a, 0x0000000000000000},
    {0x813f3978f8940984, 0x4000000000000000}, {0xa18f07d736b90be5, 0x5000000000000000},
    {0xc9f2c9cd04674ede, 0xa400000000000000}, {0xfc6f7c4045812296, 0x4d00000000000000},
    {0x9dc5ada82b70b59d, 0xf020000000000000}, {0xc5371912364ce305, 0x6c28000000000000},
    {0xf684df56c3e01bc6, 0xc732000000000000}, {0x9a130b963a6c115c, 0x3c7f400000000000},
    {0xc097ce7bc90715b3, 0x4b9f100000000000}, {0xf0bdc21abb48db20, 0x1e86d40000000000},
    {0x96769950b50d88f4, 0x1314448000000000}, {0xbc143fa4e250eb31, 0x17d955a000000000},
    {0xeb194f8e1ae525fd, 0x5dcfab0800000000},
};

/* ---- the C library, for what is rare ---- */

static locale_t plain_locale; /* made once, kept for the life of the process */
static void make_plain_locale(void) { plain_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0); }

static double read_slowly(const char *at, size_t size) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char text[DECIMAL_MOST_BYTES + 1];
    pthread_once(&once, make_plain_locale);
    memcpy(text, at, size);
    text[size] = '\0';
    return strtod_l(text, NULL, plain_locale);
}

/* ---- the product ---- */

__extension__ typedef unsigned __int128 wide;

/* w · 10^q as the bits of a positive double; false: this way cannot tell. w > 0. */
static bool multiply(uint64_t w, int q, uint64_t *bits) {
    if (q < LOWEST_POWER || q > HIGHEST_POWER) return false;
    const struct power power = powers_of_five[q - LOWEST_POWER];
    const int shift = __builtin_clzll(w);
    w <<= shift;
    const wide first = (wide)w * power.high;
    uint64_t high = (uint64_t)(first >> 64), low = (uint64_t)first;
    /* Where the bits below the result are all ones, the part of the product that was left out may carry into it. */
    if ((high & 0x1FF) == 0x1FF) {
        const uint64_t rest = (uint64_t)((wide)w * power.low >> 64);
        low += rest;
        high += low < rest;
        if (low == UINT64_MAX) return false;
    }
    const int top = (int)(high >> 63), drop = top + 9; /* leaves 54 bits: 53 and one to round by */
    uint64_t mantissa = high >> drop;
    /* floor(q · log2 10) = (217706 · q) >> 16 for the powers of the table */
    int exponent = ((217706 * q) >> 16) + 63 + top - shift + 1023;
    if (exponent <= 0 || exponent >= 0x7FE) return false;
    /* Exactly between two doubles, which only these powers can be: to the even one. */
    if (low <= 1 && q >= -4 && q <= 23 && (mantissa & 3) == 1 && mantissa << drop == high) mantissa &= ~(uint64_t)1;
    mantissa = (mantissa + (mantissa & 1)) >> 1;
    if (mantissa >> 53) {
        mantissa >>= 1;
        exponent++;
    }
    *bits = (mantissa & (((uint64_t)1 << 52) - 1)) | (uint64_t)exponent << 52;
    return true;
}

/* ---- digits ---- */

struct digits {
    uint64_t value;
    size_t count;
};

/*
 * Takes digits from `at`, the leading zeros too; the value is theirs while there are no more than 19. One by one where there are mostly few, since the processor
 * foresees that; else by eights, since it cannot foresee how many a fraction has.
 */
static const char *take_few(const char *at, const char *end, struct digits *digits) {
    const char *start = at;
    for (; at < end && is_digit(*at); at++) digits->value = digits->value * 10 + (uint64_t)(*at - '0');
    digits->count = (size_t)(at - start);
    return at;
}

static const char *take_many(const char *at, const char *end, struct digits *digits) {
    static const uint64_t powers_of_ten[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    const char *start = at;
    unsigned second = 8;
    while (second == 8 && end - at >= 16) {
        uint64_t high, low;
        const unsigned first = digits_of_eight(at, &high), full = first == 8; /* both at once, and no branch on where the first ends */
        second = digits_of_eight(at + 8, &low) * full;
        digits->value = (digits->value * powers_of_ten[first] + high) * powers_of_ten[second] + low * full;
        at += first + second;
    }
    if (second == 8)
        for (; at < end && is_digit(*at); at++) digits->value = digits->value * 10 + (uint64_t)(*at - '0');
    digits->count += (size_t)(at - start);
    return at;
}

/* Reads "e+12" if it stands there; else nothing is taken. */
static const char *take_exponent(const char *at, const char *end, int *exponent) {
    if (at == end || (*at | 0x20) != 'e') return at;
    const char *next = at + 1;
    const bool negative = next < end && *next == '-';
    if (next < end && (*next == '+' || *next == '-')) next++;
    if (next == end || !is_digit(*next)) return at;
    int value = 0;
    for (; next < end && is_digit(*next); next++)
        if (value < 100000) value = value * 10 + (*next - '0');
    *exponent = negative ? -value : value;
    return next;
}

const char *decimal_read(const char *at, const char *end, double *value) {
    const char *start = at;
    if (at == end) return NULL;
    const bool negative = *at == '-';
    at += negative | (*at == '+');
    const char *first = at;
    struct digits digits = {0, 0};
    int exponent = 0;
    at = take_few(at, end, &digits);
    bool any = at > first;
    ptrdiff_t behind = 0;
    if (at < end && *at == '.') {
        const char *fraction = at + 1;
        at = take_many(fraction, end, &digits);
        behind = at - fraction;
        any = any || behind > 0;
    }
    if (!any) return NULL;
    at = take_exponent(at, end, &exponent);
    if (at - start > DECIMAL_MOST_BYTES) return NULL;
    uint64_t bits = 0;
    if (digits.count > MOST_DIGITS || (digits.value > 0 && !multiply(digits.value, exponent - (int)behind, &bits))) {
        *value = read_slowly(start, (size_t)(at - start));
        return at;
    }
    bits |= (uint64_t)negative << 63;
    memcpy(value, &bits, sizeof bits);
    return at;
}

/* ---- writing ---- */

enum { MOST_WRITTEN = 17 };

/* 5^p as it is, for p = 0 … 27: odd, so that the zeros below it in the table are the scale. */
static uint64_t five_to(int p) {
    const uint64_t scaled = powers_of_five[p - LOWEST_POWER].high;
    return scaled >> __builtin_ctzll(scaled);
}

/* m · 5^p · 2^shift to the nearest whole number, ties to even; m < 2^53, p <= 21, and the result fits. */
static uint64_t scale(uint64_t m, int p, int shift) {
    const wide product = (wide)m * five_to(p);
    if (shift >= 0) return (uint64_t)(product << shift);
    const wide whole = product >> -shift, rest = product - (whole << -shift), half = (wide)1 << (-shift - 1);
    return (uint64_t)whole + (rest > half || (rest == half && (whole & 1)));
}

/*
 * The leading `digits` digits of a value in [1e-4, 1e17) as a whole number, and the power of ten of the first of them, rounded as printf rounds: by the value
 * itself. 0 where that power is not in -4 … digits - 1, since printf then writes an exponent.
 */
static uint64_t leading_digits(double value, int digits, int *power) {
    int exponent;
    const uint64_t m = (uint64_t)ldexp(frexp(value, &exponent), 53), end = five_to(digits) << digits;
    *power = ((exponent - 1) * 1233) >> 12; /* floor(log10 2^(exponent - 1)): never above the true power, at times one below */
    for (; *power < digits; ++*power) {
        const int p = digits - 1 - *power;
        const uint64_t number = scale(m, p, p + exponent - 53);
        if (number < end) return *power >= -4 ? number : 0;
    }
    return 0;
}

/* The digits with the point where `power` puts it, without zeros behind the last that counts. Returns the end; 24 bytes are enough. */
static char *write_digits(char *at, uint64_t number, int digits, int power) {
    char text[MOST_WRITTEN];
    while (digits > 1 && number % 10 == 0) number /= 10, digits--;
    for (int i = digits; i-- > 0; number /= 10) text[i] = (char)('0' + number % 10);
    int taken = 0;
    if (power < 0) *at++ = '0';
    for (; power >= 0; power--) *at++ = taken < digits ? text[taken++] : '0';
    if (taken == digits) return at;
    *at++ = '.';
    for (power++; power < 0; power++) *at++ = '0';
    memcpy(at, text + taken, (size_t)(digits - taken));
    return at + (digits - taken);
}

static bool add_plain(struct buffer *buffer, double value, int digits) {
    const double size = fabs(value);
    int power = 0;
    const uint64_t number = size >= 1e-4 && size < 1e17 ? leading_digits(size, digits, &power) : 0;
    if (number == 0 && size > 0) return false;
    char text[32], *at = text;
    if (signbit(value)) *at++ = '-';
    if (number == 0) *at++ = '0';
    else at = write_digits(at, number, digits, power);
    buffer_add(buffer, text, (size_t)(at - text));
    return true;
}

void decimal_add(struct buffer *buffer, double value, int digits) {
    char text[64];
    if (!isfinite(value)) {
        buffer_add_text(buffer, isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
        return;
    }
    if (digits >= 1 && digits <= MOST_WRITTEN && add_plain(buffer, value, digits)) return;
    const int size = snprintf(text, sizeof text, "%.*g", digits, value);
    /* The point of the process's locale, which may take several bytes, is the only thing that is no digit, sign or 'e'. */
    bool point = false;
    for (int i = 0; i < size; i++) {
        if (is_digit(text[i]) || text[i] == '-' || text[i] == '+' || text[i] == 'e') {
            buffer_add_byte(buffer, text[i]);
        } else if (!point) {
            buffer_add_byte(buffer, '.');
            point = true;
        }
    }
}
