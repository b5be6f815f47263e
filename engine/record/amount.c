/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Korean number words: small units (십, 백, 천) add up within a section, a large one (만, 억, 조) multiplies the
 * section, so 2천5백만 is 25,000,000. Numbers are kept as integer and count of decimals, so that 1.2억 is exact.
 */
#include "amount.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#define MANTISSA_MOST INT64_C(99999999999999999)

struct decimal {
    int64_t mantissa;
    int decimals;
};

static const char *skip_spaces(const char *text) {
    while (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r') text++;
    return text;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool add_digit(struct decimal *number, char digit) {
    if (number->mantissa > (MANTISSA_MOST - 9) / 10) return false;
    number->mantissa = number->mantissa * 10 + (digit - '0');
    return true;
}

/* Digits, commas between groups of three, a point with digits. NULL when there is no such number. */
static const char *read_decimal(const char *text, struct decimal *number) {
    *number = (struct decimal){0, 0};
    if (!is_digit(*text)) return NULL;
    for (;; text++) {
        if (*text == ',' && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]) && !is_digit(text[4])) continue;
        if (!is_digit(*text)) break;
        if (!add_digit(number, *text)) return NULL;
    }
    if (*text != '.' || !is_digit(text[1])) return text;
    for (text++; is_digit(*text); text++, number->decimals++)
        if (!add_digit(number, *text)) return NULL;
    return text;
}

/* number × scale, when that is a whole number within range. */
static bool multiply(struct decimal number, int64_t scale, int64_t *product) {
    for (; number.decimals > 0; number.decimals--) {
        if (number.mantissa % 10 == 0)
            number.mantissa /= 10;
        else if (scale % 10 == 0)
            scale /= 10;
        else
            return false;
    }
    return !__builtin_mul_overflow(number.mantissa, scale, product);
}

struct unit {
    const char *name;
    int64_t scale;
};

static const struct unit small_units[] = {{"십", 10}, {"백", 100}, {"천", 1000}};
static const struct unit large_units[] = {{"만", 10000}, {"억", 100000000}, {"조", INT64_C(1000000000000)}};

static int64_t take_unit(const char **text, const struct unit units[3]) {
    for (size_t i = 0; i < 3; i++) {
        size_t size = strlen(units[i].name);
        if (strncmp(*text, units[i].name, size) == 0) {
            *text += size;
            return units[i].scale;
        }
    }
    return 0;
}

/* "원", "KRW", "won" and nothing after it. */
static bool is_won(const char *text) {
    static const char *const names[] = {"원", "krw", "won"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size = strlen(names[i]);
        if (strncasecmp(text, names[i], size) == 0 && !*skip_spaces(text + size)) return true;
    }
    return false;
}

struct sum {
    int64_t total, section;
    struct decimal pending; /* a number that waits for its unit */
    bool has_pending, has_section, has_unit;
};

static bool add_term(int64_t *sum, struct decimal number, int64_t scale) {
    int64_t product;
    return multiply(number, scale, &product) && !__builtin_add_overflow(*sum, product, sum);
}

static bool apply_small(struct sum *sum, int64_t scale) {
    if (!sum->has_pending) sum->pending = (struct decimal){1, 0};
    if (!add_term(&sum->section, sum->pending, scale)) return false;
    sum->has_pending = false;
    sum->has_section = sum->has_unit = true;
    return true;
}

static bool apply_large(struct sum *sum, int64_t scale) {
    if (!sum->has_pending && !sum->has_section) sum->pending = (struct decimal){1, 0}, sum->has_pending = true;
    if (sum->has_pending && !add_term(&sum->total, sum->pending, scale)) return false;
    if (!add_term(&sum->total, (struct decimal){sum->section, 0}, scale)) return false;
    sum->section = 0;
    sum->has_pending = sum->has_section = false;
    sum->has_unit = true;
    return true;
}

/* What is left when the text ends: a plain number takes the column's unit; after units it needs a 원 to be clear ("1억
 * 2000" is not). */
static bool apply_end(struct sum *sum, bool won, int64_t scale) {
    if (won && !sum->has_pending && !sum->has_unit) sum->pending = (struct decimal){1, 0}, sum->has_pending = true;
    if (sum->has_pending) {
        if (sum->has_unit && !won) return false;
        if (!add_term(&sum->total, sum->pending, won ? 1 : scale)) return false;
    } else if (!sum->has_unit) {
        return false;
    }
    sum->has_unit = sum->has_unit || won;
    return !__builtin_add_overflow(sum->total, sum->section, &sum->total);
}

bool amount_read(const char *text, int64_t scale, int64_t *krw, bool *has_unit) {
    struct sum sum = {0};
    int64_t unit;
    bool negative = false;
    text = skip_spaces(text);
    if (strncmp(text, "₩", strlen("₩")) == 0)
        text = skip_spaces(text + strlen("₩"));
    else if (strncasecmp(text, "krw ", 4) == 0)
        text = skip_spaces(text + 4);
    if (*text == '-') negative = true, text++;
    for (text = skip_spaces(text); *text && !is_won(text); text = skip_spaces(text)) {
        if (is_digit(*text)) {
            if (sum.has_pending || !(text = read_decimal(text, &sum.pending))) return false;
            sum.has_pending = true;
        } else if ((unit = take_unit(&text, small_units))) {
            if (!apply_small(&sum, unit)) return false;
        } else if ((unit = take_unit(&text, large_units))) {
            if (!apply_large(&sum, unit)) return false;
        } else {
            return false;
        }
    }
    if (!apply_end(&sum, *text != '\0', scale)) return false;
    *krw = negative ? -sum.total : sum.total;
    if (has_unit) *has_unit = sum.has_unit;
    return true;
}

static const char *read_signed(const char *text, struct decimal *number) {
    text = skip_spaces(text);
    bool negative = *text == '-';
    text = read_decimal(text + negative, number);
    if (negative) number->mantissa = -number->mantissa;
    return text ? skip_spaces(text) : NULL;
}

bool whole_number_read(const char *text, int64_t *number, const char **rest) {
    struct decimal read;
    const char *end = read_signed(text, &read);
    if (!end || !multiply(read, 1, number)) return false;
    *rest = end;
    return true;
}

bool decimal_number_read(const char *text, double *number, const char **rest) {
    struct decimal read;
    const char *end = read_signed(text, &read);
    /* Both sides of the division are exact doubles, so the quotient is the nearest one to what was written. */
    if (!end || read.decimals > 15 || read.mantissa > (INT64_C(1) << 53) || read.mantissa < -(INT64_C(1) << 53))
        return false;
    double divisor = 1;
    for (int i = 0; i < read.decimals; i++) divisor *= 10;
    *number = (double)read.mantissa / divisor;
    *rest = end;
    return true;
}
