/* SPDX-License-Identifier: Apache-2.0 */
/* data/desk/desk.json: what it holds, and that each member that is missing or wrong is refused with its file, its place and a sentence. */
#include "explain/desk.h"

#include "store_samples.h"

static jval *shipped;
static const char *path;

static ieum_status load(const jval *json, struct desk *desk, struct problem *problem) {
    char *text = NULL;
    *problem = (struct problem){0};
    must(jval_write(json, false, &text, problem) == IEUM_OK, "jval_write");
    sample_write(path, text, strlen(text));
    memory_free(text);
    return desk_load(path, desk, problem);
}

static void check_refused(const jval *json, ieum_status expected, const char *pointer) {
    struct desk desk;
    struct problem problem;
    CHECK_INT(load(json, &desk, &problem), expected);
    CHECK_TEXT(problem.pointer, pointer);
    CHECK_TEXT(problem.source, path);
    CHECK(problem.ko[0] && problem.en[0] && strcmp(problem.ko, problem.en) != 0);
    CHECK(desk.arena == NULL); /* nothing is left to be freed */
    desk_free(&desk);
}

TEST(begin) {
    path = sample_path("desk.json");
    shipped = sample_json("data/desk/desk.json");
}

TEST(end) {
    jval_free(shipped);
    remove(path);
    sample_folder_clear();
}

TEST(the_shipped_desk_is_as_written) {
    struct desk desk;
    struct problem problem;
    CHECK_INT(load(shipped, &desk, &problem), IEUM_OK);
    const jval *questions = jval_get(shipped, "questions"), *facets = jval_get(questions, "facets"), *cases = jval_get(shipped, "cases");
    CHECK_INT(desk.suppliers, jval_integer(jval_get(questions, "suppliers")));
    CHECK_INT(desk.answers, jval_integer(jval_get(questions, "answers")));
    CHECK_INT(desk.most, jval_integer(jval_get(questions, "most")));
    CHECK_INT(desk.shows, jval_integer(jval_get(questions, "shows")));
    CHECK(desk.least_bits == jval_number(jval_get(questions, "least_bits")));
    CHECK(desk.case_text == jval_number(jval_get(cases, "text")) && desk.case_meaning == jval_number(jval_get(cases, "meaning")));
    CHECK(desk.case_least == jval_number(jval_get(cases, "least")));
    size_t asked = 0;
    for (size_t i = 0; i < jval_count(facets); i++)
        for (int f = 0; f < FACETS; f++) {
            if (strcmp(facet_names[f], jval_get_text(jval_at(facets, i), "facet")) != 0) continue;
            CHECK(desk.facets[f].asked);
            CHECK_TEXT(desk.facets[f].text.ko, jval_get_text(jval_at(facets, i), "ko"));
            CHECK_TEXT(desk.facets[f].text.en, jval_get_text(jval_at(facets, i), "en"));
            asked++;
        }
    CHECK(asked == jval_count(facets) && asked > 0);
    desk_free(&desk);
    desk_free(&desk); /* a zeroed one is fine */
}

/* The object that holds the last key of a pointer like "questions/facets/0/ko", for tests alone. */
static jval *holder(jval *json, const char *at, const char **key) {
    const jval *value = json;
    const char *slash;
    for (; (slash = strchr(at, '/')); at = slash + 1) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)(slash - at), at);
        value = jval_is(value, JVAL_ARRAY) ? jval_at(value, (size_t)atoi(name)) : jval_get(value, name);
    }
    *key = at;
    return (jval *)value;
}

/* Members, and values that they must not have. */
static const struct {
    const char *at;
    const char *wrong[6]; /* as JSON */
} members[] = {
    {"desk", {"1", "\"\"", "[]"}},
    {"version", {"1", "\"\"", "{}"}},
    {"effective", {"2026", "\"\"", "true"}},
    {"questions", {"1", "[]", "\"x\""}},
    {"cases", {"1", "[]", "\"x\""}},
    {"questions/suppliers", {"1", "1001", "2.5", "\"20\"", "-3", "true"}},
    {"questions/answers", {"1", "17", "2.5", "\"4\"", "0", "[]"}},
    {"questions/most", {"0", "17", "1.5", "\"3\"", "-1", "{}"}},
    {"questions/shows", {"0", "1001", "1.5", "\"5\"", "-1", "false"}},
    {"questions/least_bits", {"-0.1", "17", "\"0\"", "[]"}},
    {"questions/facets", {"{}", "1", "\"task\""}},
    {"questions/facets/0/facet", {"\"taste\"", "1", "\"\""}},
    {"questions/facets/2/ko", {"1", "\"\"", "[]"}},
    {"questions/facets/4/en", {"1", "\"\"", "{}"}},
    {"cases/text", {"-0.1", "1.1", "\"0.4\"", "[]"}},
    {"cases/meaning", {"-0.1", "1.1", "\"0.6\"", "true"}},
    {"cases/least", {"-0.1", "1.1", "\"0.1\"", "{}"}},
    {"understood", {"1", "[]", "\"x\""}},
    {"understood/least", {"-0.1", "1.1", "\"0.4\"", "[]", "null"}},
    {"understood/cues", {"1", "[]", "\"x\""}},
    {"understood/facets", {"0", "[]", "\"x\""}},
};

/* Without the member, and with each of the wrong values. */
static void check_member(const char *at, const char *const wrong[6]) {
    char pointer[128];
    const char *key = NULL;
    snprintf(pointer, sizeof pointer, "/%s", at);
    jval *json = jval_copy(shipped);
    jval *without = holder(json, at, &key);
    jval_remove(without, key);
    check_refused(json, IEUM_INVALID, pointer);
    jval_free(json);
    for (size_t w = 0; w < 6 && wrong[w]; w++) {
        const int before = test_failures;
        struct problem problem = {0};
        jval *value = NULL;
        char wrapped[64];
        snprintf(wrapped, sizeof wrapped, "[%s]", wrong[w]);
        must(jval_parse(wrapped, strlen(wrapped), &value, &problem) == IEUM_OK, wrapped);
        json = jval_copy(shipped);
        jval *parent = holder(json, at, &key);
        jval_set(parent, key, jval_copy(jval_at(value, 0)));
        check_refused(json, IEUM_INVALID, pointer);
        if (test_failures != before) fprintf(stderr, "  … for %s as %s\n", pointer, wrong[w]);
        jval_free(json);
        jval_free(value);
    }
}

TEST(members_that_are_missing_or_wrong) {
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) check_member(members[i].at, members[i].wrong);
}

/* Each cue and each facet has a number, none goes without. */
static const char *const cues[UNDERSTOOD_CUES] = {"bias", "name", "says", "title", "business", "business_industry", "data", "data_data", "weight", "root", "rank"};

TEST(every_cue_and_facet_is_a_number) {
    static const char *const wrong[6] = {"\"1\"", "-100.5", "101", "[1]", "null", "true"};
    char at[64];
    for (size_t i = 0; i < UNDERSTOOD_CUES; i++) {
        snprintf(at, sizeof at, "understood/cues/%s", cues[i]);
        check_member(at, wrong);
    }
    for (size_t i = 0; i < FACETS; i++) {
        snprintf(at, sizeof at, "understood/facets/%s", facet_names[i]);
        check_member(at, wrong);
    }
}

/* Each at its own place in the struct, up to the greatest that may be. */
TEST(cues_and_facets_are_not_mixed_up) {
    jval *json = jval_copy(shipped), *understood = (jval *)jval_get(json, "understood"), *list = jval_new_object(), *facets = jval_new_object();
    struct desk desk;
    struct problem problem;
    for (size_t i = UNDERSTOOD_CUES; i-- > 0;) jval_set_number(list, cues[i], i == 0 ? -100 : i == 1 ? 100 : (double)i + 0.5);
    for (size_t i = FACETS; i-- > 0;) jval_set_number(facets, facet_names[i], 50 + (double)i);
    jval_set(understood, "cues", list);
    jval_set(understood, "facets", facets);
    jval_set_number(understood, "least", 1);
    CHECK_INT(load(json, &desk, &problem), IEUM_OK);
    for (size_t i = 0; i < UNDERSTOOD_CUES; i++) CHECK(desk.understood[i] == (i == 0 ? -100 : i == 1 ? 100 : (double)i + 0.5));
    for (size_t i = 0; i < FACETS; i++) CHECK(desk.understood_facets[i] == 50 + (double)i);
    CHECK(desk.understood_least == 1);
    desk_free(&desk);
    jval_free(json);
}

TEST(members_that_nobody_knows) {
    static const char *const places[][2] = {{"desks", "/desks"},
                                            {"questions/supplier", "/questions/supplier"},
                                            {"questions/facets/1/de", "/questions/facets/1/de"},
                                            {"cases/meanings", "/cases/meanings"},
                                            {"understood/most", "/understood/most"},
                                            {"understood/cues/names", "/understood/cues/names"},
                                            {"understood/facets/taste", "/understood/facets/taste"}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        jval *json = jval_copy(shipped);
        const char *key = NULL;
        jval *parent = holder(json, places[i][0], &key);
        jval_set_integer(parent, key, 1);
        check_refused(json, IEUM_INVALID, places[i][1]);
        jval_free(json);
    }
}

/* What likeness is made of adds up to 1, else a case could be more than alike. */
TEST(parts_of_likeness_make_one) {
    static const double parts[][2] = {{1, 1}, {0.5, 0.6}, {0.4, 0.5}, {0, 0}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        jval *json = jval_copy(shipped);
        jval_set_number((jval *)jval_get(json, "cases"), "text", parts[i][0]);
        jval_set_number((jval *)jval_get(json, "cases"), "meaning", parts[i][1]);
        check_refused(json, IEUM_INVALID, "/cases/meaning");
        jval_free(json);
    }
    static const double fine[][2] = {{0, 1}, {1, 0}, {0.3, 0.7}, {0.1, 0.9}};
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        struct desk desk;
        struct problem problem;
        jval *json = jval_copy(shipped);
        jval_set_number((jval *)jval_get(json, "cases"), "text", fine[i][0]);
        jval_set_number((jval *)jval_get(json, "cases"), "meaning", fine[i][1]);
        CHECK_INT(load(json, &desk, &problem), IEUM_OK);
        desk_free(&desk);
        jval_free(json);
    }
}

TEST(a_facet_is_asked_once) {
    jval *json = jval_copy(shipped);
    jval_append((jval *)jval_get(jval_get(json, "questions"), "facets"), jval_copy(jval_at(jval_get(jval_get(json, "questions"), "facets"), 0)));
    check_refused(json, IEUM_INVALID, "/questions/facets/5/facet");
    jval_free(json);
}

TEST(files_that_are_no_desk) {
    static const char *const texts[] = {"", "{", "nonsense", "{\"desk\":\"a\",\"desk\":\"b\"}"};
    struct desk desk;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct problem problem = {0};
        sample_write(path, texts[i], strlen(texts[i]));
        CHECK_INT(desk_load(path, &desk, &problem), IEUM_INVALID);
        CHECK_TEXT(problem.source, path);
        CHECK(problem.ko[0] && problem.en[0] && !desk.arena);
    }
    jval *list = jval_new_array();
    check_refused(list, IEUM_INVALID, "/desk");
    jval_free(list);
    struct problem problem = {0};
    const char *nowhere = sample_path("nowhere.json");
    CHECK_INT(desk_load(nowhere, &desk, &problem), IEUM_NOT_FOUND);
    CHECK_TEXT(problem.source, nowhere);
}

TEST(lack_of_memory_is_a_status) {
    struct desk desk;
    struct problem problem;
    ieum_status status = load(shipped, &desk, &problem);
    CHECK_INT(status, IEUM_OK);
    desk_free(&desk);
    uint64_t n = 0;
    status = IEUM_MEMORY;
    for (n = 1; status == IEUM_MEMORY && n < 10000; n++) {
        problem = (struct problem){0};
        memory_fail_at(n);
        status = desk_load(path, &desk, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        if (status != IEUM_OK) CHECK(!desk.arena);
    }
    CHECK(status == IEUM_OK && n > 20);
    desk_free(&desk);
}

TEST_MAIN(begin, the_shipped_desk_is_as_written, members_that_are_missing_or_wrong, every_cue_and_facet_is_a_number,
          cues_and_facets_are_not_mixed_up, members_that_nobody_knows, parts_of_likeness_make_one, a_facet_is_asked_once,
          files_that_are_no_desk, lack_of_memory_is_a_status, end)
