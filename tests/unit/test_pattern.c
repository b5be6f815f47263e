/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns: where they match, what a fault looks like, and that a limit is no "no". */
#include "test.h"

#include "adapt/pattern.h"
#include "base/memory.h"

static enum pattern_result find(const char *expression, const char *text, size_t from, size_t *start, size_t *end) {
    struct pattern *pattern = NULL;
    struct problem problem = {0};
    CHECK_INT(pattern_new(expression, "/x", &pattern, &problem), IEUM_OK);
    enum pattern_result result =
        pattern == NULL ? PATTERN_NO : pattern_find(pattern, text, strlen(text), from, start, end);
    pattern_free(pattern);
    return result;
}

TEST(matches_stand_where_they_are) {
    size_t start = 0, end = 0;
    CHECK_INT(find("눈으로.{0,4}보", "맨눈으로 다 보고", 0, &start, &end), PATTERN_YES);
    CHECK_INT(start, strlen("맨"));
    CHECK_INT(end, strlen("맨눈으로 다 보"));
    CHECK_INT(find("눈", "눈과 눈", 1, &start, &end),
              PATTERN_UNDECIDED); /* inside a letter: not a question that has an answer */
    CHECK_INT(find("눈", "눈과 눈", 3, &start, &end), PATTERN_YES);
    CHECK_INT(start, strlen("눈과 "));
    CHECK_INT(find("눈", "코", 0, &start, &end), PATTERN_NO);
    CHECK_INT(find("눈", "눈", 4, &start, &end), PATTERN_NO);
    CHECK_INT(find("^\\p{Hangul}+$", "한글", 0, &start, &end), PATTERN_YES);
    CHECK_INT(find("^[0-9]{3}-[0-9]{2}$", "123-45", 0, &start, &end), PATTERN_YES);
}

TEST(faults_are_shown) {
    struct pattern *pattern = NULL;
    struct problem problem = {0};
    CHECK_INT(pattern_new("가나(다", "/rules/0/pattern", &pattern, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/rules/0/pattern");
    CHECK_TEXT(problem.value, "가나(다");
    CHECK(strstr(problem.en, "character 5") != NULL);
    CHECK(pattern == NULL);
    problem_clear(&problem);
    CHECK_INT(pattern_new("\\C", "", &pattern, &problem), IEUM_INVALID); /* would split a letter */
    problem_clear(&problem);
    static char huge[5000];
    memset(huge, 'a', sizeof huge - 1);
    CHECK_INT(pattern_new(huge, "", &pattern, &problem), IEUM_LIMIT);
    pattern_free(NULL);
}

TEST(a_limit_is_undecided) {
    char text[64];
    size_t start = 0, end = 0;
    memset(text, 'a', sizeof text);
    text[sizeof text - 2] = 'b';
    text[sizeof text - 1] = '\0';
    CHECK_INT(find("^(a+)+$", text, 0, &start, &end), PATTERN_UNDECIDED);
    CHECK_INT(find("a", "\xFF", 0, &start, &end), PATTERN_UNDECIDED);
}

TEST(lack_of_memory_is_a_status) {
    for (uint64_t n = 1; n <= 5; n++) {
        struct pattern *pattern = NULL;
        struct problem problem = {0};
        memory_fail_at(n);
        ieum_status status = pattern_new("가+", "", &pattern, &problem);
        memory_fail_at(0);
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        CHECK(n > 3 || status == IEUM_MEMORY);
        pattern_free(pattern);
    }
    struct pattern *pattern = NULL;
    struct problem problem = {0};
    size_t start, end;
    CHECK_INT(pattern_new("가", "", &pattern, &problem), IEUM_OK);
    memory_fail_at(1);
    CHECK_INT(pattern_find(pattern, "나", strlen("나"), 0, &start, &end), PATTERN_UNDECIDED);
    memory_fail_at(0);
    pattern_free(pattern);
    memory_clear_failed();
}

TEST_MAIN(matches_stand_where_they_are, faults_are_shown, a_limit_is_undecided, lack_of_memory_is_a_status)
