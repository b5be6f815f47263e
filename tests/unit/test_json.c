/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON adapter: what is refused and where, what comes out as it went in, the canonical form, pointers, and the
 * readers of members. */
#include "test.h"

#include <math.h>

#include "adapt/json.h"
#include "base/random.h"
#include "base/utf8.h"

static jval *parse(const char *text) {
    struct problem problem = {0};
    jval *value = NULL;
    CHECK_INT(jval_parse(text, strlen(text), &value, &problem), IEUM_OK);
    if (!value) fprintf(stderr, "  … for %s: %s\n", text, problem.en);
    return value;
}

static void check_written(const char *text, bool sorted, const char *expected) {
    struct problem problem = {0};
    char *written = NULL;
    jval *value = parse(text);
    CHECK_INT(jval_write(value, sorted, &written, &problem), IEUM_OK);
    CHECK_TEXT(written, expected);
    memory_free(written);
    jval_free(value);
}

/* ---- what is refused ---- */

struct refused {
    const char *text;
    size_t size; /* 0: strlen */
    const char *word, *pointer;
};

static const struct refused refused[] = {
    {"", 0, "ends too early", ""},
    {" \n ", 0, "ends too early", ""},
    {"{", 0, "ends too early", ""},
    {"[1, 2", 0, "ends too early", ""},
    {"\"open", 0, "", ""},
    {"{\"a\":1,\"a\":2}", 0, "twice", ""},
    {"{\"a\":{\"b\":1,\"b\":1}}", 0, "twice", ""},
    {"{} {}", 0, "after the end", ""},
    {"1 x", 0, "after the end", ""},
    {"[1]\0", 4, "after the end", ""},
    {"NaN", 0, "not JSON", ""},
    {"[Infinity]", 0, "not JSON", ""},
    {"[-Infinity]", 0, "not JSON", ""},
    {"[1,]", 0, "not JSON", ""},
    {"{\"a\":1,}", 0, "not JSON", ""},
    {"{a:1}", 0, "not JSON", ""},
    {"{'a':1}", 0, "not JSON", ""},
    {"[01]", 0, "not JSON", ""},
    {"[.5]", 0, "not JSON", ""},
    {"[1.]", 0, "not JSON", ""},
    {"[+1]", 0, "not JSON", ""},
    {"[0x10]", 0, "not JSON", ""},
    {"// note\n1", 0, "not JSON", ""},
    {"[\"\\x\"]", 0, "not JSON", ""},
    {"[\"tab\there\"]", 0, "not JSON", ""},
    {"[TRUE]", 0, "not JSON", ""},
    {"[\"\\ud800\"]", 0, "not JSON", ""},
    {"[\"\\udc00\\ud800\"]", 0, "not JSON", ""},
    {"[\"\\u0000\"]", 0, "NUL", ""},
    {"{\"a\\u0000\":1}", 0, "NUL", ""},
    {"[\"\xED\xA0\x80\"]", 0, "UTF-8", ""},
    {"[\"\xC0\xAF\"]", 0, "UTF-8", ""},
    {"[\"\xB0\xA1\"]", 0, "UTF-8", ""}, /* CP949 */
    {"[1e400]", 0, "too large", ""},
    {"[99999999999999999999]", 0, "too large", ""},
    {"{\"x\":[0,9007199254740992]}", 0, "too large", "/x/1"},
    {"[-9007199254740992]", 0, "too large", "/0"},
    {"{\"a/b~c\":[9223372036854775807]}", 0, "too large", "/a~1b~0c/0"},
};

TEST(wrong_json_is_refused) {
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct problem problem = {0};
        jval *value = NULL;
        const int before = test_failures;
        CHECK_INT(
            jval_parse(refused[i].text, refused[i].size ? refused[i].size : strlen(refused[i].text), &value, &problem),
            IEUM_INVALID);
        CHECK(value == NULL);
        CHECK(strstr(problem.en, refused[i].word) != NULL);
        CHECK_TEXT(problem.pointer, refused[i].pointer);
        CHECK(utf8_valid(problem.value, strlen(problem.value)) && utf8_valid(problem.ko, strlen(problem.ko)));
        if (!*refused[i].pointer) CHECK(problem.line > 0); /* a place in the text, or a pointer */
        if (test_failures != before) fprintf(stderr, "  … for %s: %s\n", refused[i].text, problem.en);
        jval_free(value);
    }
}

TEST(places_count_lines_and_code_points) {
    struct problem problem = {0};
    jval *value = NULL;
    const char *text = "{\n \"이름\": \"가나다\" x}";
    CHECK_INT(jval_parse(text, strlen(text), &value, &problem), IEUM_INVALID);
    CHECK_INT(problem.line, 2);
    CHECK_INT(problem.column, 14);
}

static void nested(char *text, size_t depth, const char *inside) {
    memset(text, '[', depth);
    strcpy(text + depth, inside);
    memset(text + depth + strlen(inside), ']', depth);
    text[2 * depth + strlen(inside)] = '\0';
}

TEST(nesting_ends_at_64) {
    char text[20000];
    struct problem problem = {0};
    jval *value = NULL;
    nested(text, 64, "1");
    jval_free(parse(text));
    nested(text, 66, "");
    CHECK_INT(jval_parse(text, strlen(text), &value, &problem), IEUM_INVALID);
    problem_clear(&problem);
    nested(text, 65, "1");
    CHECK_INT(jval_parse(text, strlen(text), &value, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.expected, "<= 64");
    problem_clear(&problem);
    nested(text, 5000, "1");
    CHECK_INT(jval_parse(text, strlen(text), &value, &problem), IEUM_INVALID);
    CHECK(strstr(problem.en, "deep") != NULL);
    CHECK(value == NULL);
}

/* ---- out as it went in ---- */

TEST(values_come_out_as_they_went_in) {
    static const char *const same[] = {
        "{\"b\":1,\"a\":[true,false,null],\"\":{}}",
        "[0,-1,9007199254740991,-9007199254740991]",
        "[0.1,0.2,0.3,1.5,-2.25,3.14159265358979,0.000123,123456789.012345,1e-10,1e+100]",
        "\"이음 · \\\"따옴표\\\" \\\\ \\n\\t / 😀\"",
        "3",
        "\"\"",
        "null",
        "[]",
        "{}"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const char *expected = same[i];
        struct problem problem = {0};
        char *written = NULL;
        jval *value = parse(same[i]);
        CHECK_INT(jval_write(value, false, &written, &problem), IEUM_OK);
        if (!strstr(same[i], "1e")) {
            CHECK_TEXT(written, expected);
        } else { /* the spelling of an exponent may differ, the number may not */
            jval *again = written ? parse(written) : NULL;
            CHECK(jval_equal(value, again));
            jval_free(again);
        }
        memory_free(written);
        jval_free(value);
    }
    check_written("\xEF\xBB\xBF[ 1 , \"\\uAC00\\u0041\" ]\r\n", false, "[1,\"가A\"]");
    check_written("[1.0, 100000.0, 1e2]", false, "[1.0,100000.0,100.0]"); /* a real stays one */
}

TEST(each_escape_and_each_real_has_one_spelling) {
    check_written("[\"\\u0001\\u001f\\u007f\\b\\f\\n\\r\\t\\\"\\\\\\/\", \"seven..\\\"\", \"eight...\\\\and more\", \"열여섯 바이트가 넘는 글\"]", false,
                  "[\"\\u0001\\u001F\x7F\\b\\f\\n\\r\\t\\\"\\\\/\",\"seven..\\\"\",\"eight...\\\\and more\",\"열여섯 바이트가 넘는 글\"]");
    check_written("[0.0, -0.0, 0.0001, 0.00001, 1e15, 1e14, 1e-300, -2.5e-7, 1e20, 999999999999999.9, 0.1, 0.30000000000000004]", false,
                  "[0.0,-0.0,0.0001,1e-5,1e15,100000000000000.0,1e-300,-2.5e-7,1e20,1e15,0.1,0.3]");
}

/* Any number of at most 15 significant digits survives reading and writing. */
TEST(fifteen_digits_survive) {
    struct random random;
    random_seed(&random, 12);
    for (int i = 0; i < 20000; i++) {
        char text[64];
        struct problem problem = {0};
        uint64_t digits = random_below(&random, UINT64_C(1000000000000000));
        snprintf(text, sizeof text, "%s%llue%d", random_below(&random, 2) ? "-" : "", (unsigned long long)digits,
                 (int)random_below(&random, 500) - 250);
        char *written = NULL;
        jval *value = parse(text);
        CHECK_INT(jval_write(value, false, &written, &problem), IEUM_OK);
        CHECK(written && strtod(written, NULL) == strtod(text, NULL));
        memory_free(written);
        jval_free(value);
    }
}

TEST(the_canonical_form_sorts_by_code_points) {
    check_written("{\"나\":1,\"b\":2,\"가\":3,\"B\":4,\"ab\":5,\"a\":6,\"\":7,\"😀\":8,\"ﬀ\":9}", true,
                  "{\"\":7,\"B\":4,\"a\":6,\"ab\":5,\"b\":2,\"가\":3,\"나\":1,\"ﬀ\":9,\"😀\":8}");
    check_written("[{\"b\":{\"d\":1,\"c\":2},\"a\":[2,1]}]", true, "[{\"a\":[2,1],\"b\":{\"c\":2,\"d\":1}}]");
    check_written("{\"b\":1,\"a\":2}", false, "{\"b\":1,\"a\":2}");
}

/* ---- building ---- */

TEST(builders_make_what_they_are_told) {
    struct problem problem = {0};
    char *text = NULL;
    jval *object = jval_new_object(), *array = jval_new_array(), *copy;
    jval_set_text(object, "text", "이음");
    jval_set_text(object, "none", NULL);
    jval_set_text(object, "broken", "\xFF");
    jval_set_integer(object, "integer", INT64_MIN);
    jval_set_number(object, "number", 0.25);
    jval_set_number(object, "nan", NAN);
    jval_set_number(object, "infinite", -HUGE_VAL);
    jval_set_bool(object, "truth", true);
    jval_append_text(array, "a");
    jval_append(array, NULL);
    jval_append(array, jval_new_text_size("xyz", 2));
    jval_set(object, "list", array);
    jval_set(object, "gone", jval_new_bool(false));
    jval_remove(object, "gone");
    jval_remove(object, "never");
    jval_set(object, "nothing", NULL);
    copy = jval_copy(object);
    CHECK(jval_equal(copy, object));
    jval_set_text(copy, "text", "other");
    CHECK(!jval_equal(copy, object));
    CHECK_INT(jval_write(object, false, &text, &problem), IEUM_OK);
    CHECK_TEXT(text, "{\"text\":\"이음\",\"none\":null,\"broken\":null,\"integer\":-9223372036854775808,\"number\":0."
                     "25,\"nan\":null,"
                     "\"infinite\":null,\"truth\":true,\"list\":[\"a\",null,\"xy\"],\"nothing\":null}");
    memory_free(text);
    jval *kept = jval_keep(object);
    jval_free(object);
    CHECK_TEXT(jval_get_text(kept, "text"), "이음");
    jval_free(kept);
    jval_free(copy);
    jval_free(NULL);
}

TEST(reading_the_wrong_kind_is_harmless) {
    jval *value = parse("{\"t\":\"x\",\"i\":7,\"r\":1.5,\"l\":[1],\"o\":{},\"n\":null,\"b\":true}");
    CHECK_TEXT(jval_text(jval_get(value, "i")), "");
    CHECK_TEXT(jval_text(NULL), "");
    CHECK(jval_get_text(value, "i") == NULL && jval_get_text(value, "absent") == NULL &&
          jval_get_text(NULL, "t") == NULL);
    CHECK(jval_number(jval_get(value, "i")) == 7 && jval_number(jval_get(value, "r")) == 1.5 &&
          jval_number(jval_get(value, "t")) == 0);
    CHECK_INT(jval_integer(jval_get(value, "r")), 0);
    CHECK(jval_true(jval_get(value, "b")) && !jval_true(jval_get(value, "i")) && !jval_true(NULL));
    CHECK_INT(jval_count(value), 7);
    CHECK_INT(jval_count(jval_get(value, "l")), 1);
    CHECK_INT(jval_count(jval_get(value, "t")), 0);
    CHECK_INT(jval_count(NULL), 0);
    CHECK(jval_get(jval_get(value, "l"), "x") == NULL && jval_at(value, 0) == NULL &&
          jval_at(jval_get(value, "l"), 1) == NULL);
    CHECK(jval_is(NULL, JVAL_NULL) && jval_is(jval_get(value, "n"), JVAL_NULL) &&
          jval_is(jval_get(value, "r"), JVAL_REAL));
    CHECK_TEXT(jval_kind_name(jval_get(value, "o")), "object");
    CHECK(jval_first(NULL) == NULL && jval_first(jval_get(value, "l")) == NULL &&
          jval_first(jval_get(value, "o")) == NULL);
    char order[16] = "";
    for (void *i = jval_first(value); i; i = jval_next(value, i)) strcat(order, jval_key(i));
    CHECK_TEXT(order, "tirlonb");
    jval_free(value);
}

/* Builders go on without memory; the writer tells. Nothing leaks. */
TEST(memory_that_runs_out_is_told_by_the_writer) {
    uint64_t n = 0;
    ieum_status status = IEUM_MEMORY;
    while (status == IEUM_MEMORY && n < 500) {
        struct problem problem = {0};
        char *text = NULL;
        jval *parsed = NULL;
        static const char source[] = "{\"a\":[1,2.5,\"셋\",{\"b\":null}]}";
        memory_clear_failed();
        memory_fail_at(++n);
        status = jval_parse(source, strlen(source), &parsed, &problem);
        jval *object = jval_new_object(), *array = jval_new_array();
        for (int i = 0; i < 20; i++) jval_append_text(array, "word");
        jval_set(object, "list", array);
        jval_set(object, "copy", jval_copy(parsed));
        if (status == IEUM_OK) status = jval_write(object, true, &text, &problem);
        memory_fail_at(0);
        CHECK(status == IEUM_OK || (status == IEUM_MEMORY && problem.status == IEUM_MEMORY && !text));
        memory_free(text);
        jval_free(object);
        jval_free(parsed);
    }
    CHECK_INT(status, IEUM_OK);
    CHECK(n > 20);
    memory_clear_failed();
}

/* The reader must not go on with a hole in a token: after one failure nothing is read until the flag is cleared. */
TEST(after_a_failure_nothing_is_read) {
    struct problem problem = {0};
    jval *value = NULL;
    memory_fail_at(1);
    CHECK(memory_allocate(1) == NULL);
    memory_fail_at(0);
    CHECK_INT(jval_parse("[1]", 3, &value, &problem), IEUM_MEMORY);
    CHECK(value == NULL && jval_new_object() == NULL);
    memory_clear_failed();
    problem_clear(&problem);
    CHECK_INT(jval_parse("[1]", 3, &value, &problem), IEUM_OK);
    jval_free(value);
}

/* ---- pointers ---- */

TEST(pointers_are_escaped_and_cut) {
    const struct jpath root = {NULL, NULL, 0}, a = {&root, "a/b", 0}, b = {&a, NULL, 12}, c = {&b, "~이", 0},
                       d = {&c, "", 0};
    char pointer[64], small[12];
    jpath_write(&root, pointer, sizeof pointer);
    CHECK_TEXT(pointer, "");
    jpath_write(NULL, pointer, sizeof pointer);
    CHECK_TEXT(pointer, "");
    jpath_write(&d, pointer, sizeof pointer);
    CHECK_TEXT(pointer, "/a~1b/12/~0이/");
    for (size_t size = 1; size <= sizeof small; size++) {
        jpath_write(&d, small, size);
        CHECK(strlen(small) < size && utf8_valid(small, strlen(small)) &&
              strncmp(small, "/a~1b/12/~0이/", strlen(small)) == 0);
    }
}

TEST(refusals_show_what_was_found) {
    static const struct {
        const char *json, *shown;
    } cases[] = {{"[1]", "array"}, {"{}", "object"}, {"\"글\"", "글"}, {"1.5", "1.5"},
                 {"-7", "-7"},     {"true", "true"}, {"null", "null"}, {"1e300", NULL}};
    const struct jpath root = {NULL, NULL, 0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct problem problem = {0};
        jval *value = parse(cases[i].json);
        CHECK_INT(jval_refuse(&problem, &root, value, "something", "가 %s", "a %s"), IEUM_INVALID);
        CHECK_TEXT(problem.ko, "가 %s"); /* the sentences are texts, not formats */
        CHECK_TEXT(problem.en, "a %s");
        CHECK_TEXT(problem.expected, "something");
        if (cases[i].shown)
            CHECK_TEXT(problem.value, cases[i].shown);
        else
            CHECK(strtod(problem.value, NULL) == 1e300);
        jval_free(value);
    }
}

/* ---- members ---- */

static const struct jpath record_root = {NULL, NULL, 0}, record_at = {&record_root, "record", 0};

#define REFUSED(call, where, what)                                                                                     \
    do {                                                                                                               \
        problem_clear(&problem);                                                                                       \
        CHECK_INT(call, IEUM_INVALID);                                                                                 \
        CHECK_TEXT(problem.pointer, where);                                                                            \
        CHECK_TEXT(problem.value, what);                                                                               \
    } while (0)

TEST(text_members) {
    struct problem problem = {0};
    const char *text = "as it was";
    jval *object = parse("{\"t\":\"글\",\"e\":\"\",\"n\":null,\"i\":5}");
    CHECK_INT(field_text(object, NULL, "absent", false, &text, &problem), IEUM_OK);
    CHECK_INT(field_text(object, NULL, "n", false, &text, &problem), IEUM_OK);
    CHECK_TEXT(text, "as it was");
    CHECK_INT(field_text(object, NULL, "t", true, &text, &problem), IEUM_OK);
    CHECK_TEXT(text, "글");
    CHECK_INT(field_text(object, NULL, "e", false, &text, &problem), IEUM_OK);
    CHECK_TEXT(text, "");
    REFUSED(field_text(object, &record_at, "e", true, &text, &problem), "/record/e", "");
    REFUSED(field_text(object, &record_at, "absent", true, &text, &problem), "/record/absent", "");
    REFUSED(field_text(object, NULL, "n", true, &text, &problem), "/n", "");
    REFUSED(field_text(object, NULL, "i", false, &text, &problem), "/i", "5");
    jval_free(object);
}

TEST(number_members) {
    struct problem problem = {0};
    int64_t integer = -1;
    double number = -1;
    bool truth = false;
    jval *object = parse("{\"i\":5,\"r\":5.5,\"whole\":5.0,\"t\":\"5\",\"b\":true,\"big\":9007199254740991}");
    CHECK_INT(field_integer(object, NULL, "absent", false, 0, 9, &integer, &problem), IEUM_OK);
    CHECK_INT(integer, -1);
    CHECK_INT(field_integer(object, NULL, "i", true, 5, 5, &integer, &problem), IEUM_OK);
    CHECK_INT(integer, 5);
    CHECK_INT(field_integer(object, NULL, "big", true, INT64_MIN, INT64_MAX, &integer, &problem), IEUM_OK);
    CHECK_INT(integer, INT64_C(9007199254740991));
    REFUSED(field_integer(object, &record_at, "i", true, 6, 9, &integer, &problem), "/record/i", "5");
    CHECK_TEXT(problem.expected, "6..9");
    REFUSED(field_integer(object, NULL, "i", true, 0, 4, &integer, &problem), "/i", "5");
    REFUSED(field_integer(object, NULL, "r", true, 0, 9, &integer, &problem), "/r", "5.5");
    REFUSED(field_integer(object, NULL, "whole", true, 0, 9, &integer, &problem), "/whole", "5.0");
    REFUSED(field_integer(object, NULL, "t", true, 0, 9, &integer, &problem), "/t", "5");
    problem_clear(&problem);
    CHECK_INT(field_number(object, NULL, "i", true, 0, 5, &number, &problem), IEUM_OK);
    CHECK(number == 5);
    CHECK_INT(field_number(object, NULL, "r", true, 0, 5.5, &number, &problem), IEUM_OK);
    CHECK(number == 5.5);
    REFUSED(field_number(object, NULL, "r", true, 0, 5, &number, &problem), "/r", "5.5");
    REFUSED(field_number(object, NULL, "t", true, 0, 5, &number, &problem), "/t", "5");
    REFUSED(field_number(object, NULL, "absent", true, 0, 5, &number, &problem), "/absent", "");
    CHECK(number == 5.5);
    problem_clear(&problem);
    CHECK_INT(field_bool(object, NULL, "b", true, &truth, &problem), IEUM_OK);
    CHECK(truth);
    REFUSED(field_bool(object, NULL, "i", true, &truth, &problem), "/i", "5");
    jval_free(object);
}

TEST(list_and_object_members) {
    struct problem problem = {0};
    struct arena *arena = arena_new();
    struct text_list list = {NULL, 0};
    const jval *found = NULL;
    jval *object =
        parse("{\"l\":[\"가\",\"나\"],\"none\":[],\"mixed\":[\"a\",1],\"blank\":[\"a\",\"\"],\"o\":{},\"t\":\"x\"}");
    CHECK_INT(field_text_list(object, &record_at, "l", true, arena, &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 2);
    CHECK_TEXT(list.items[1], "나");
    REFUSED(field_text_list(object, &record_at, "mixed", true, arena, &list, &problem), "/record/mixed/1", "1");
    REFUSED(field_text_list(object, &record_at, "blank", true, arena, &list, &problem), "/record/blank/1", "");
    REFUSED(field_text_list(object, &record_at, "t", true, arena, &list, &problem), "/record/t", "x");
    CHECK_INT(list.count, 2); /* written on success only */
    problem_clear(&problem);
    CHECK_INT(field_text_list(object, &record_at, "absent", false, arena, &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 2);
    CHECK_INT(field_text_list(object, &record_at, "none", true, arena, &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 0);
    CHECK_INT(field_object(object, NULL, "o", true, &found, &problem), IEUM_OK);
    CHECK(found == jval_get(object, "o"));
    CHECK_INT(field_array(object, NULL, "l", true, &found, &problem), IEUM_OK);
    REFUSED(field_object(object, NULL, "l", true, &found, &problem), "/l", "array");
    REFUSED(field_array(object, NULL, "o", true, &found, &problem), "/o", "object");
    jval_free(object);
    arena_free(arena);
}

TEST(choices_and_unknown_members) {
    static const char *const names[] = {"all", "fit"}, *const known[] = {"c", "d"};
    struct problem problem = {0};
    size_t choice = 9;
    jval *object = parse("{\"c\":\"fit\",\"d\":\"Fit\"}"), *more = parse("{\"c\":1,\"이/름\":2}");
    CHECK_INT(field_choice(object, NULL, "c", true, names, 2, &choice, &problem), IEUM_OK);
    CHECK_INT(choice, 1);
    REFUSED(field_choice(object, NULL, "d", true, names, 2, &choice, &problem), "/d", "Fit");
    CHECK_TEXT(problem.expected, "all, fit");
    CHECK_INT(choice, 1);
    problem_clear(&problem);
    CHECK_INT(field_refuse_unknown(object, &record_at, known, 2, &problem), IEUM_OK);
    REFUSED(field_refuse_unknown(more, &record_at, known, 2, &problem), "/record/이~1름", "");
    problem_clear(&problem);
    CHECK_INT(field_refuse_unknown(object, &record_at, NULL, 0, &problem), IEUM_INVALID);
    jval_free(object);
    jval_free(more);
}

TEST_MAIN(wrong_json_is_refused, places_count_lines_and_code_points, nesting_ends_at_64,
          values_come_out_as_they_went_in, each_escape_and_each_real_has_one_spelling, fifteen_digits_survive, the_canonical_form_sorts_by_code_points,
          builders_make_what_they_are_told, reading_the_wrong_kind_is_harmless,
          memory_that_runs_out_is_told_by_the_writer, after_a_failure_nothing_is_read, pointers_are_escaped_and_cut,
          refusals_show_what_was_found, text_members, number_members, list_and_object_members,
          choices_and_unknown_members)
