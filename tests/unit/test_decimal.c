/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal numbers against the C library's own strtod and printf (the tests run in the C locale, but for the one that changes it). */
#include <locale.h>
#include <math.h>

#include "base/decimal.h"
#include "base/random.h"
#include "test.h"

static bool same(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

/* Whether the text is read to its end and to strtod's bits. */
static bool as_strtod(const char *text) {
    double value = 0;
    char *end;
    const char *stop = decimal_read(text, text + strlen(text), &value);
    const double expected = strtod(text, &end);
    if (stop == end && same(value, expected)) return true;
    fprintf(stderr, "%s: %a, expected %a\n", text, value, expected);
    return false;
}

TEST(reads_what_strtod_reads) {
    static const char *const texts[] = {
        "0", "-0", "+0", "0.0", "-0.000e5", "1", "+1", "-1", ".5", "5.", "-.5e1", "1e0", "1E5", "1e-5", "1e22", "1e23", "9007199254740993", "9007199254740992.5",
        "9007199254740993.0000000000000000000000000000001", "18446744073709551615", "18446744073709551616", "0.1", "0.30000000000000004", "2.2250738585072014e-308",
        "2.2250738585072011e-308", "4.9e-324", "2e-324", "1e-400", "1.7976931348623157e308", "1.7976931348623159e308", "1e400", "-1e400", "1e99999999999",
        "1e-99999999999", "00000000000000000000000000001", "0.00000000000000000000000000000000000001234", "123456789012345678901234567890", "8.5e-40", "3e40", "3e41",
        "1.00000000000000011102230246251565404236316680908203125", "1.00000000000000011102230246251565404236316680908203124", "6.8256e-17", "12345678", "1234567812345678",
        "0.12345678", "1e+", "1e", "1e-x", "7x", "1.5:", "4503599627370496.5", "4503599627370497.5", "1.e3", "9.5367431640625e-7", "2251799813685248.25"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) CHECK(as_strtod(texts[i]));
}

TEST(refuses_what_is_no_plain_decimal) {
    static const char *const texts[] = {"", "-", "+", ".", "-.", "e5", ".e5", "nan", "inf", "-inf", "infinity", "x1", " 1", "+-1", "--1", ":"};
    double value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) CHECK(!decimal_read(texts[i], texts[i] + strlen(texts[i]), &value));
    const char *hexadecimal = "0x10";
    CHECK(decimal_read(hexadecimal, hexadecimal + 4, &value) == hexadecimal + 1 && value == 0);
    char longest[DECIMAL_MOST_BYTES + 2];
    memset(longest, '7', sizeof longest);
    CHECK(decimal_read(longest, longest + DECIMAL_MOST_BYTES, &value) == longest + DECIMAL_MOST_BYTES && isinf(value));
    CHECK(!decimal_read(longest, longest + DECIMAL_MOST_BYTES + 1, &value));
}

TEST(stops_before_the_end) {
    double value;
    const char *text = "12345678";
    for (int size = 1; size <= 8; size++) {
        CHECK(decimal_read(text, text + size, &value) == text + size);
        char part[9] = {0};
        memcpy(part, text, (size_t)size);
        CHECK(value == atof(part));
    }
    const char *exponent = "1e5";
    CHECK(decimal_read(exponent, exponent + 2, &value) == exponent + 1 && value == 1);
}

/* Random bit patterns, and random digits with random points, in the ways that programs write them. */
TEST(agrees_on_random_numbers) {
    struct random random;
    random_seed(&random, 20260101);
    long wrong = 0;
    for (int i = 0; i < 300000; i++) {
        char text[64];
        uint64_t bits = random_next(&random);
        double value;
        switch (i % 6) {
        case 0: memcpy(&value, &bits, sizeof value); snprintf(text, sizeof text, "%.17g", isfinite(value) ? value : 1.0); break;
        case 1: snprintf(text, sizeof text, "%.17g", ldexp(random_unit(&random) - 0.5, (int)random_below(&random, 60) - 40)); break;
        case 2: snprintf(text, sizeof text, "%.*f", (int)random_below(&random, 18), 100 * random_unit(&random) - 50); break;
        case 3: snprintf(text, sizeof text, "%" PRIu64 "e%d", bits >> random_below(&random, 64), (int)random_below(&random, 90) - 45); break;
        case 4: { /* halfway between two neighbours, exactly and nearly */
            double below = ldexp((double)((bits >> 11) | (UINT64_C(1) << 52)), -50 + (int)random_below(&random, 100));
            snprintf(text, sizeof text, "%.20e", below + (nextafter(below, INFINITY) - below) / 2);
            break;
        }
        default: snprintf(text, sizeof text, "%" PRIu64 ".%" PRIu64, (bits >> 54), random_below(&random, 100000000)); break;
        }
        if (!as_strtod(text)) wrong++;
    }
    /* Whole numbers between two doubles: the tie that must go to the even one. */
    for (int i = 0; i < 100000; i++) {
        char text[64];
        snprintf(text, sizeof text, "%" PRIu64, ((random_next(&random) >> 11) | (UINT64_C(1) << 53)) + (uint64_t)(i & 1));
        if (!as_strtod(text)) wrong++;
    }
    CHECK_INT(wrong, 0);
}

TEST(writes_as_printf_in_any_locale) {
    struct random random;
    random_seed(&random, 7);
    struct buffer buffer = BUFFER_EMPTY;
    static const char *const locales[] = {"C", "de_DE.UTF-8", "fr_FR.UTF-8", "C"};
    for (size_t l = 0; l < 4; l++) {
        for (int i = 0; i < 2000; i++) {
            char expected[64];
            double value = ldexp(random_unit(&random) - 0.5, (int)random_below(&random, 200) - 100), back = 0;
            setlocale(LC_ALL, "C");
            snprintf(expected, sizeof expected, "%.*g", 1 + i % 17, value);
            setlocale(LC_ALL, locales[l]); /* where it is not installed, C stays */
            buffer_clear(&buffer);
            decimal_add(&buffer, value, 1 + i % 17);
            CHECK_TEXT(buffer.bytes, expected);
            if (i % 17 == 16) CHECK(decimal_read(buffer.bytes, buffer.bytes + buffer.size, &back) && same(back, value));
        }
        double slow = 0;
        const char *digits = "1.2345678901234567890123";
        CHECK(decimal_read(digits, digits + strlen(digits), &slow) && slow == 1.2345678901234567890123);
    }
    setlocale(LC_ALL, "C");
    buffer_clear(&buffer);
    decimal_add(&buffer, -INFINITY, 17);
    decimal_add(&buffer, INFINITY, 6);
    decimal_add(&buffer, NAN, 6);
    CHECK_TEXT(buffer.bytes, "-infinfnan");
    buffer_free(&buffer);
}

/* What is written without an exponent does not go through printf: nines that round up, ties, whole numbers, the ends of the range. */
TEST(writes_what_needs_no_exponent_as_printf) {
    struct random random;
    random_seed(&random, 20261126);
    struct buffer buffer = BUFFER_EMPTY;
    long wrong = 0;
    for (int i = 0; i < 200000; i++) {
        char expected[64];
        const int digits = 1 + (int)random_below(&random, 17);
        double value = ldexp(random_unit(&random) - 0.5, (int)random_below(&random, 76) - 15);
        switch (i % 5) {
        case 0: value = (double)random_below(&random, 1 << 20) / (double)(1 << random_below(&random, 20)); break; /* ties */
        case 1: value = pow(10, (int)random_below(&random, 22) - 4); value = i % 2 ? nextafter(value, 0) : value; break;
        case 2: value = (double)random_below(&random, 2000000000) / 1e9; break;
        case 3: value = -round(value); break;
        default: break;
        }
        snprintf(expected, sizeof expected, "%.*g", digits, value);
        buffer_clear(&buffer);
        decimal_add(&buffer, value, digits);
        if (strcmp(buffer.bytes, expected) != 0 && wrong++ < 5) fprintf(stderr, "  %s for %s\n", buffer.bytes, expected);
    }
    CHECK_INT(wrong, 0);
    buffer_free(&buffer);
}

TEST_MAIN(reads_what_strtod_reads, refuses_what_is_no_plain_decimal, stops_before_the_end, agrees_on_random_numbers, writes_as_printf_in_any_locale,
          writes_what_needs_no_exponent_as_printf)
