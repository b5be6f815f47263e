/* SPDX-License-Identifier: Apache-2.0 */
/* Business registration numbers: known vectors, every single-digit corruption, the mod-10 trap. */
#include "../../engine/record/registration.h"

#include "../../engine/base/random.h"
#include "test.h"

TEST(reads_known_numbers) {
    static const struct {
        const char *text;
        bool right;
    } cases[] = {{"123-45-67891", true},
                 {"1234567891", true},
                 {"124-81-00998", true},
                 {"1248100998", true},
                 {"123-45-67890", false},
                 {"123-45-6789", false},
                 {"12345-67891", false},
                 {"1234-5-67891", false},
                 {"123 45 67891", false},
                 {"123456789X", false},
                 {"", false},
                 {"-", false},
                 {"12345678911", false},
                 {"１２３4567891", false},
                 {" 1234567891", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char digits[11] = "unchanged";
        bool right = registration_read(cases[i].text, digits);
        if (right != cases[i].right) fprintf(stderr, "%s\n", cases[i].text);
        CHECK(right == cases[i].right);
        if (!right) CHECK_TEXT(digits, "unchanged");
    }
    char digits[11];
    CHECK(registration_read("123-45-67891", digits));
    CHECK_TEXT(digits, "1234567891");
    CHECK(registration_read("1234567891", NULL));
    CHECK(!registration_read(NULL, digits));
}

/*
 * A changed digit must be noticed wherever its weight shares no factor with 10: all but the ninth, whose weight of 5 is
 * mended by the added tens, so that it is noticed there too.
 */
TEST(notices_every_changed_digit) {
    static const char *const numbers[] = {"1234567891", "1248100998"};
    for (size_t n = 0; n < 2; n++)
        for (size_t i = 0; i < 10; i++)
            for (char c = '0'; c <= '9'; c++) {
                char text[11];
                memcpy(text, numbers[n], sizeof text);
                text[i] = c;
                CHECK(registration_read(text, NULL) == (c == numbers[n][i]));
            }
}

/* Exactly one of the ten check digits is right for any nine digits, also where the sum ends in 0. */
TEST(has_one_check_digit) {
    struct random random;
    int zeros = 0;
    random_seed(&random, 7);
    for (int i = 0; i < 2000; i++) {
        char text[11];
        int right = 0;
        snprintf(text, sizeof text, "%09d0", (int)random_below(&random, 1000000000));
        for (char c = '0'; c <= '9'; c++) {
            text[9] = c;
            if (!registration_read(text, NULL)) continue;
            right++;
            zeros += c == '0';
        }
        CHECK_INT(right, 1);
    }
    CHECK(zeros > 100); /* the forgotten mod would find none of these */
}

TEST_MAIN(reads_known_numbers, notices_every_changed_digit, has_one_check_digit)
