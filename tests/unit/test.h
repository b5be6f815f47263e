/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest test frame: TEST(name) { CHECK(…); } … TEST_MAIN(name, …). A failed check prints where and what, the rest goes on. */
#ifndef IEUM_TEST_H
#define IEUM_TEST_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int test_failures;
static long test_checks;

#define TEST(name) static void name(void)

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        test_checks++;                                                                                                 \
        if (!(condition)) {                                                                                            \
            test_failures++;                                                                                           \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                                    \
        }                                                                                                              \
    } while (0)

#define CHECK_INT(found, expected)                                                                                     \
    do {                                                                                                               \
        long long found_ = (long long)(found), expected_ = (long long)(expected);                                      \
        test_checks++;                                                                                                 \
        if (found_ != expected_) {                                                                                     \
            test_failures++;                                                                                           \
            fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", __FILE__, __LINE__, #found, found_, expected_);      \
        }                                                                                                              \
    } while (0)

#define CHECK_TEXT(found, expected)                                                                                    \
    do {                                                                                                               \
        const char *found_ = (found), *expected_ = (expected);                                                         \
        test_checks++;                                                                                                 \
        if (!found_ || strcmp(found_, expected_) != 0) {                                                               \
            test_failures++;                                                                                           \
            fprintf(stderr, "%s:%d: %s is \"%s\", expected \"%s\"\n", __FILE__, __LINE__, #found,                      \
                    found_ ? found_ : "(null)", expected_);                                                            \
        }                                                                                                              \
    } while (0)

/* The repository's root, for data files; tests are run with it in the environment. */
static inline const char *test_source(void) {
    const char *path = getenv("IEUM_SOURCE");
    return path ? path : ".";
}

#define TEST_MAIN(...)                                                                                                 \
    int main(void) {                                                                                                   \
        void (*tests[])(void) = {__VA_ARGS__};                                                                         \
        for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) tests[i]();                                          \
        (void)test_source;                                                                                             \
        printf("%zu tests, %ld checks, %d failed\n", sizeof tests / sizeof *tests, test_checks, test_failures);        \
        return test_failures != 0 || test_checks == 0;                                                                 \
    }

#endif
