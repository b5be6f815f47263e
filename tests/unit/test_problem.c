/* SPDX-License-Identifier: Apache-2.0 */
/* Problems: the first stands, texts are cut at a code point, details fill in what is empty. */
#include "test.h"

#include "base/problem.h"
#include "base/utf8.h"

TEST(the_first_wins) {
    struct problem problem = {0};
    CHECK_INT(problem_set(&problem, IEUM_INVALID, "/a", "첫째 %d", "first %d", 1), IEUM_INVALID);
    CHECK_INT(problem_set(&problem, IEUM_LIMIT, "/b", "둘째", "second"), IEUM_INVALID);
    CHECK_INT(problem_set_memory(&problem), IEUM_INVALID);
    CHECK_INT(problem.status, IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/a");
    CHECK_TEXT(problem.ko, "첫째 1");
    CHECK_TEXT(problem.en, "first 1");
    problem_clear(&problem);
    CHECK_INT(problem_set_memory(&problem), IEUM_MEMORY);
    CHECK(problem.ko[0] && problem.en[0] && !problem.pointer[0]);
}

TEST(arguments_stand_in_either_order) {
    struct problem problem = {0};
    problem_set(&problem, IEUM_INVALID, NULL, "%2$s의 %1$d번째", "number %1$d of %2$s", 3, "목록");
    CHECK_TEXT(problem.ko, "목록의 3번째");
    CHECK_TEXT(problem.en, "number 3 of 목록");
    CHECK_TEXT(problem.pointer, "");
}

TEST(details_fill_what_is_empty) {
    struct problem problem = {0};
    problem_set(&problem, IEUM_INVALID, "/x", "가", "a");
    problem_set_value(&problem, NULL);
    problem_set_value(&problem, "72");
    problem_set_value(&problem, "73");
    problem_set_expected(&problem, NULL);
    problem_set_expected(&problem, "0..100");
    problem_set_expected(&problem, "later");
    problem_set_place(&problem, NULL, 0, 4);
    problem_set_place(&problem, "suppliers.csv", 7, 9);
    problem_set_place(&problem, "later.csv", 8, 10);
    CHECK_TEXT(problem.value, "72");
    CHECK_TEXT(problem.expected, "0..100");
    CHECK_TEXT(problem.source, "suppliers.csv");
    CHECK_INT(problem.line, 7);
    CHECK_INT(problem.column, 4);
}

static void fill(char *text, size_t ascii, const char *unit, size_t times) {
    memset(text, 'a', ascii);
    text[ascii] = '\0';
    for (size_t i = 0; i < times; i++) strcat(text, unit);
}

/* Whatever the alignment, what is kept is whole code points, as many as fit or one fewer. */
TEST(long_texts_are_cut_at_code_points) {
    static const char *const units[] = {"b", "é", "이", "😀"};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        for (size_t ascii = 0; ascii < 9; ascii++) {
            static char text[4096];
            struct problem problem = {0};
            size_t unit = strlen(units[u]);
            fill(text, ascii, units[u], 700 / unit + 40);
            problem_set(&problem, IEUM_INVALID, text, "%s", "%s", text);
            problem_set_value(&problem, text);
            problem_set_expected(&problem, text);
            problem_set_place(&problem, text, 1, 1);
            const char *const kept[] = {problem.ko, problem.en, problem.pointer, problem.expected, problem.source};
            const size_t room[] = {sizeof problem.ko, sizeof problem.en, sizeof problem.pointer,
                                   sizeof problem.expected, sizeof problem.source};
            for (size_t k = 0; k < 5; k++) {
                size_t size = strlen(kept[k]);
                CHECK(utf8_valid(kept[k], size));
                CHECK(size < room[k] && size + 2 * unit >= room[k]);
                CHECK(memcmp(kept[k], text, size) == 0);
            }
            size_t size = strlen(problem.value);
            CHECK(utf8_valid(problem.value, size) && size < sizeof problem.value);
            CHECK(size > 100 && strcmp(problem.value + size - 3, "…") == 0); /* the reader sees that it goes on */
            CHECK(memcmp(problem.value, text, size - 3) == 0);
        }
    }
}

TEST(a_text_that_just_fits_is_whole) {
    char text[600];
    struct problem problem = {0};
    fill(text, sizeof problem.value - 1, "", 0);
    problem_set(&problem, IEUM_INVALID, "", "x", "x");
    problem_set_value(&problem, text);
    CHECK_TEXT(problem.value, text);
    problem_clear(&problem);
    fill(text, sizeof problem.ko - 1, "", 0);
    problem_set(&problem, IEUM_INVALID, "", "%s", "%s", text);
    CHECK_TEXT(problem.ko, text);
}

TEST(broken_bytes_are_replaced) {
    struct problem problem = {0};
    problem_set(&problem, IEUM_INVALID, "/\xFF", "'%s' 없음", "no '%s'", "a\xEC\x9D.csv");
    problem_set_value(&problem, "\x80이\xC0\xAF");
    problem_set_expected(&problem, "\xED\xA0\x80");
    problem_set_place(&problem, "\xB0\xA1", 1, 1);
    CHECK_TEXT(problem.pointer, "/?");
    CHECK_TEXT(problem.ko, "'a??.csv' 없음");
    CHECK_TEXT(problem.en, "no 'a??.csv'");
    CHECK_TEXT(problem.value, "?이??");
    CHECK_TEXT(problem.expected, "???");
    CHECK_TEXT(problem.source, "??");
    problem_clear(&problem);
    problem_set(&problem, IEUM_INVALID, "", "\xEF\xBF\xBD", "\xEF\xBF\xBD"); /* U+FFFD written out is sound */
    CHECK_TEXT(problem.ko, "\xEF\xBF\xBD");
}

TEST(prefixes) {
    struct problem problem = {0};
    problem_set(&problem, IEUM_INVALID, "/founded", "가", "a");
    problem_prefix_pointer(&problem, "/firm");
    problem_prefix_pointer(&problem, "/demands/0");
    CHECK_TEXT(problem.pointer, "/demands/0/firm/founded");
    char prefix[1000];
    fill(prefix, 0, "/이", 200);
    problem_prefix_pointer(&problem, prefix);
    CHECK(utf8_valid(problem.pointer, strlen(problem.pointer)) && strlen(problem.pointer) < sizeof problem.pointer);
}

TEST(statuses_have_their_numbers) {
    CHECK_TEXT(ieum_status_code(IEUM_OK), "ok");
    CHECK_TEXT(ieum_status_code(IEUM_MEMORY), "memory");
    CHECK_INT(ieum_status_exit(IEUM_CONFLICT), 5);
    CHECK_INT(ieum_status_http(IEUM_NOT_FOUND), 404);
    CHECK_TEXT(ieum_status_code((ieum_status)99), "internal");
    for (int i = 0; i < IEUM_STATUS_COUNT; i++) CHECK((ieum_status_exit((ieum_status)i) == 0) == (i == IEUM_OK));
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", IEUM_VERSION_MAJOR, IEUM_VERSION_MINOR, IEUM_VERSION_PATCH);
    CHECK_TEXT(ieum_version_text(), version);
    CHECK_INT(ieum_version_number(), IEUM_VERSION_NUMBER);
}

TEST_MAIN(the_first_wins, arguments_stand_in_either_order, details_fill_what_is_empty,
          long_texts_are_cut_at_code_points, a_text_that_just_fits_is_whole, broken_bytes_are_replaced, prefixes,
          statuses_have_their_numbers)
