/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns that can match nothing, and the list of mistakes: what is put aside, what follows from an earlier mistake, and that a list has an end. */
#include <stdio.h>
#include <string.h>

#include "../../engine/adapt/pattern.h"
#include "../../engine/base/problem_list.h"
#include "../../engine/program/pattern_sense.h"
#include "test.h"

static const struct {
    const char *expression;
    bool never;
} patterns[] = {
    {"a", false},         {"^a", false},        {"a$", false},         {"^$", false},         {"", false},           {"a^", true},         {"$a", true},
    {"a$b", true},        {"(a|b)^c", true},    {"(a|b)?^c", false},   {"(?!)", true},        {"a(?!)", true},       {"(?!x)a", false},    {"(*FAIL)", true},
    {"a*^b", false},      {"a+^b", true},       {"(^a){2}", true},     {"(^a){1}", false},    {"(^a)*", false},      {"a{0}^b", false},    {"a{2,}^b", true},
    {"a$|b", false},      {"a^|b^", true},      {"\\Aa\\z", false},    {"a\\A", true},        {"\\za", true},        {"a$\\n", false},     {"a$[\\s]", false},
    {"a$.", false},       {"(?:a$)b", true},    {"(?<n>a)^", true},    {"[]a]^", true},       {"[^]]$x", true},      {"a{^", true},        {"(?i)a^", false /* options are not followed */},
    {"(a)\\1^", false /* nor are references */}, {"\\p{L}^", false}, {"(주)$[가-힣]+", true}, {"^(가|나)+$", false},
};

TEST(what_can_match_nothing_is_told_and_nothing_else_is) {
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct problem problem = {0};
        struct pattern *pattern = NULL;
        CHECK_INT(pattern_new(patterns[i].expression, "", &pattern, &problem), IEUM_OK);
        pattern_free(pattern);
        if (pattern_never_matches(patterns[i].expression) != patterns[i].never) fprintf(stderr, "%s\n", patterns[i].expression);
        CHECK(pattern_never_matches(patterns[i].expression) == patterns[i].never);
    }
}

/* Whatever is said to match nothing must match none of many texts. */
TEST(no_text_matches_what_is_said_to_match_nothing) {
    static const char *const texts[] = {"", "a", "b", "ab", "aab", "ba", "c", "ac", "a\n", "a\nb", "(주)가", "주가나", "x", "]a", "aa", "a{", "bc"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct problem problem = {0};
        struct pattern *pattern = NULL;
        size_t start, end;
        if (!patterns[i].never || pattern_new(patterns[i].expression, "", &pattern, &problem) != IEUM_OK) continue;
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) CHECK(pattern_find(pattern, texts[t], strlen(texts[t]), 0, &start, &end) == PATTERN_NO);
        pattern_free(pattern);
    }
}

TEST(mistakes_are_put_aside_and_the_reader_goes_on) {
    struct problem_list list = {0};
    struct problem problem = {.aside = &list};
    CHECK_INT(problem_aside(&problem, problem_set(&problem, IEUM_INVALID, "/a", "가", "a")), IEUM_OK);
    CHECK_INT(problem.status, IEUM_OK);
    CHECK(problem.aside == &list);
    CHECK_INT(problem_aside(&problem, problem_set(&problem, IEUM_INVALID, "/a", "나", "b")), IEUM_OK); /* the same place: a consequence */
    CHECK_INT(problem_aside(&problem, problem_set(&problem, IEUM_INVALID, "/b/parameter", "다", "c")), IEUM_OK);
    CHECK_INT(problem_aside(&problem, problem_set(&problem, IEUM_INVALID, "/b", "라", "d")), IEUM_OK); /* has no value, as its parameter is not there */
    CHECK_INT(list.count, 2);
    CHECK_INT(problem_aside_count(&problem), 2);
    CHECK_INT(problem_aside(&problem, problem_set(&problem, IEUM_STORE, "", "마", "e")), IEUM_STORE); /* no mistake of the file */
    problem_clear(&problem);
    for (int i = 0; i < 2 * MISTAKES_MOST; i++) {
        char pointer[32];
        snprintf(pointer, sizeof pointer, "/c/%d", i);
        CHECK_INT(problem_aside(&problem, problem_set(&problem, IEUM_INVALID, pointer, "바", "f")), IEUM_OK);
    }
    CHECK_INT(list.count, MISTAKES_MOST);
    CHECK_INT(list.errors, 2 + 2 * MISTAKES_MOST);
    CHECK_INT(problem_list_warnings(&list), 0);
    problem_list_free(&list);
    struct problem strict = {0};
    CHECK_INT(problem_aside(&strict, problem_set(&strict, IEUM_INVALID, "/a", "사", "g")), IEUM_INVALID);
    CHECK_TEXT(strict.pointer, "/a");
}

TEST_MAIN(what_can_match_nothing_is_told_and_nothing_else_is, no_text_matches_what_is_said_to_match_nothing, mistakes_are_put_aside_and_the_reader_goes_on)
