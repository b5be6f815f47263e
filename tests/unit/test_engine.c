/* SPDX-License-Identifier: Apache-2.0 */
/* The engine through ieum.h alone: opening, calls with and without a store, language, problems, odd bytes, rendering.
 */
#include "engine_samples.h"

TEST(opening) {
    ieum_options options;
    ieum_engine *engine = NULL;
    char *reply = NULL;
    ieum_options_init(&options);
    CHECK_INT(options.size, sizeof options);
    CHECK_INT(ieum_open(NULL, &engine, NULL), IEUM_OK); /* all standard; nothing is read yet */
    ieum_close(engine);
    ieum_close(NULL);
    ieum_free(NULL);
    static const struct {
        const char *language, *now;
        int threads;
    } wrong[] = {{"fr", NULL, 0},        {"KO", NULL, 0},  {"", NULL, 0},    {NULL, "2025-02-30", 0},
                 {NULL, "yesterday", 0}, {NULL, NULL, -1}, {NULL, NULL, 257}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ieum_options_init(&options);
        options.language = wrong[i].language;
        options.now = wrong[i].now;
        options.threads = wrong[i].threads;
        engine = (ieum_engine *)&options;
        CHECK_INT(ieum_open(&options, &engine, &reply), IEUM_USAGE);
        CHECK(engine == NULL);
        jval *json = reply_json(reply);
        check_problem(json, "usage");
        jval_free(json);
        ieum_free(reply);
        CHECK_INT(ieum_open(&options, &engine, NULL), IEUM_USAGE); /* the problem is not wanted */
    }
    /* Callers built before a member was added give a smaller struct. */
    ieum_options_init(&options);
    options.language = "fr";
    options.size = offsetof(ieum_options, language);
    CHECK_INT(ieum_open(&options, &engine, &reply), IEUM_OK);
    CHECK(reply == NULL);
    ieum_close(engine);
}

TEST(a_data_folder_that_is_not_there) {
    ieum_options options = small_options(NULL);
    ieum_engine *engine = NULL;
    options.data_path = "nowhere";
    CHECK_INT(ieum_open(&options, &engine, NULL), IEUM_OK);
    jval *json = ask(engine, EXPLAIN, IEUM_NOT_FOUND);
    check_problem(json, "not_found");
    jval_free(json);
    ieum_close(engine);
}

/* ---- requests ---- */

static const struct {
    const char *request;
    ieum_status status;
    const char *pointer;
} refused[] = {
    {"", IEUM_INVALID, ""},
    {"{", IEUM_INVALID, ""},
    {"[]", IEUM_INVALID, ""},
    {"\"suggest\"", IEUM_INVALID, ""},
    {"{}", IEUM_INVALID, "/op"},
    {"{\"op\":5}", IEUM_INVALID, "/op"},
    {"{\"op\":\"\"}", IEUM_INVALID, "/op"},
    {"{\"op\":\"match\"}", IEUM_INVALID, "/op"},
    {"{\"op\":\"Suggest\"}", IEUM_INVALID, "/op"},
    {"{\"op\":\"doctor\",\"op\":\"check\"}", IEUM_INVALID, ""},
    {"{\"op\":\"explain-text\",\"text\":\"a\\u0000b\"}", IEUM_INVALID, ""},
    {"{\"op\":\"explain-text\"}", IEUM_INVALID, "/text"},
    {"{\"op\":\"explain-text\",\"text\":\"\"}", IEUM_INVALID, "/text"},
    {"{\"op\":\"explain-text\",\"text\":\"x\",\"lang\":\"fr\"}", IEUM_INVALID, "/lang"},
    {"{\"op\":\"explain-text\",\"text\":\"x\",\"txet\":\"y\"}", IEUM_INVALID, "/txet"},
    {"{\"op\":\"check\",\"demand\":{}}", IEUM_INVALID, "/program"},
    {"{\"op\":\"check\",\"program\":\"small\"}", IEUM_INVALID, "/demand"},
    {"{\"op\":\"check\",\"program\":\"small\",\"demand\":[]}", IEUM_INVALID, "/demand"},
    {"{\"op\":\"check\",\"program\":\"absent\",\"demand\":" SMALL_DEMAND "}", IEUM_NOT_FOUND, NULL},
    {"{\"op\":\"check\",\"program\":\"../small\",\"demand\":" SMALL_DEMAND "}", IEUM_INVALID, NULL},
    {"{\"op\":\"check\",\"program\":\"small\",\"demand\":{\"id\":\"D1\",\"program\":\"small\",\"firm\":{\"name\":\"x\"}"
     ",\"need\":\"x\",\"budget_krw\":-1}}",
     IEUM_INVALID, "/demand/budget_krw"},
    {"{\"op\":\"suggest\",\"program\":\"small\",\"demand\":" SMALL_DEMAND ",\"suppliers\":[{\"id\":\"S\"}]}",
     IEUM_INVALID, "/suppliers/0/name"},
    {"{\"op\":\"suggest\",\"program\":\"small\",\"demand\":" SMALL_DEMAND ",\"suppliers\":" SMALL_SUPPLIERS ",\"k\":0}",
     IEUM_INVALID, "/k"},
    {"{\"op\":\"suggest\",\"program\":\"small\",\"demand\":" SMALL_DEMAND ",\"suppliers\":" SMALL_SUPPLIERS
     ",\"model\":\"magic\"}",
     IEUM_NOT_FOUND, "/model"},
    {"{\"op\":\"suggest\",\"program\":\"small\",\"need\":\"\",\"suppliers\":" SMALL_SUPPLIERS "}", IEUM_INVALID,
     "/need"},
    {"{\"op\":\"suggest\",\"program\":\"small\",\"demand\":\"D1\",\"suppliers\":" SMALL_SUPPLIERS "}", IEUM_INVALID,
     ""}, /* no store */
    {"{\"op\":\"suggest\",\"program\":\"small\",\"all\":true}", IEUM_INVALID, ""},
    {IMPORT, IEUM_INVALID, ""},
    {"{\"op\":\"round\",\"step\":\"list\"}", IEUM_INVALID, ""},
    {"{\"op\":\"backup\",\"path\":\"x.db\"}", IEUM_INVALID, ""},
    {"{\"op\":\"restore\",\"path\":\"x.db\"}", IEUM_INVALID, ""},
    {"{\"op\":\"import\",\"kind\":\"people\",\"records\":[]}", IEUM_INVALID, "/kind"},
    {"{\"op\":\"assign\",\"scores\":[[1,2],[3]]}", IEUM_INVALID, "/scores/1"},
    {"{\"op\":\"assign\",\"scores\":[[1e9]]}", IEUM_INVALID, "/scores/0/0"},
    {"{\"op\":\"assign\",\"edges\":[[0,1,0.5]],\"size\":[1,1]}", IEUM_INVALID, "/edges/0/1"},
    {"{\"op\":\"assign\",\"scores\":[[1]],\"locks\":[[0]]}", IEUM_INVALID, "/locks/0"},
};

TEST(wrong_requests_are_refused_at_their_place) {
    ieum_engine *engine = open_small(NULL);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const int before = test_failures;
        jval *json = ask(engine, refused[i].request, refused[i].status);
        check_problem(json, ieum_status_code(refused[i].status));
        if (refused[i].pointer) CHECK_TEXT(jval_get_text(jval_get(json, "problem"), "pointer"), refused[i].pointer);
        CHECK_INT(jval_integer(jval_get(jval_get(json, "problem"), "status")), ieum_status_http(refused[i].status));
        if (test_failures != before)
            fprintf(stderr, "  … for %s: %s\n", refused[i].request,
                    jval_text(jval_get(jval_get(json, "problem"), "detail")));
        jval_free(json);
    }
    ieum_close(engine);
}

TEST(odd_bytes) {
    static const struct {
        const char *bytes;
        size_t size;
    } odd[] = {{"\0", 1},
               {"{\"op\":\"doctor\"}\0", 16},
               {"{\"op\":\"doc\0tor\"}", 16},
               {"\xEF\xBB\xBF", 3},
               {"\xFF\xFE{\0}\0", 6},
               {"{\"op\":\"\xC5\xEB\"}", 10},
               {NULL, 0}};
    ieum_engine *engine = open_small(NULL);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char *reply = NULL;
        CHECK_INT(ieum_call(engine, odd[i].bytes, odd[i].size, &reply), IEUM_INVALID);
        jval *json = reply_json(reply);
        check_problem(json, "invalid");
        jval_free(json);
        ieum_free(reply);
    }
    ieum_close(engine);
}

TEST(ids_and_operations_are_told_back) {
    ieum_engine *engine = open_small(NULL);
    jval *json = ask(engine, "{\"id\":{\"n\":[7,\"일곱\"]},\"op\":\"explain-text\",\"text\":\"도금\"}", IEUM_OK);
    CHECK_INT(jval_integer(jval_at(jval_get(jval_get(json, "id"), "n"), 0)), 7);
    CHECK_TEXT(jval_get_text(json, "op"), "explain-text");
    CHECK(jval_get(json, "result") && !jval_get(json, "problem"));
    jval_free(json);
    json = ask(engine, "{\"id\":null,\"op\":\"nothing\"}", IEUM_INVALID);
    CHECK(jval_get(json, "id") != NULL && jval_is(jval_get(json, "id"), JVAL_NULL));
    CHECK(jval_get(json, "op") == NULL);
    jval_free(json);
    ieum_close(engine);
}

TEST(the_language_is_the_engines_or_the_requests) {
    static const char *const wrong[] = {"{\"op\":\"explain-text\"}", "{\"op\":\"explain-text\",\"lang\":\"en\"}",
                                        "{\"op\":\"explain-text\",\"lang\":\"ko\"}"};
    for (int english = 0; english < 2; english++) {
        ieum_options options = small_options(NULL);
        ieum_engine *engine = NULL;
        options.language = english ? "en" : NULL;
        CHECK_INT(ieum_open(&options, &engine, NULL), IEUM_OK);
        for (size_t i = 0; i < 3; i++) {
            jval *json = ask(engine, wrong[i], IEUM_INVALID);
            const jval *problem = jval_get(json, "problem"), *text = jval_get(problem, "text");
            bool in_english = i == 0 ? english : i == 1;
            CHECK_TEXT(jval_get_text(problem, "detail"), jval_text(jval_get(text, in_english ? "en" : "ko")));
            CHECK_TEXT(jval_get_text(problem, "title"), in_english ? "invalid input" : "입력이 올바르지 않습니다");
            jval_free(json);
        }
        ieum_close(engine);
    }
}

/* ---- answers ---- */

TEST(records_may_come_in_the_request) {
    ieum_engine *engine = open_small(NULL);
    jval *json = ask(engine, CHECK_DEMAND, IEUM_OK);
    const jval *verdict = jval_at(jval_get(jval_get(json, "result"), "demands"), 0);
    CHECK_TEXT(jval_get_text(verdict, "id"), "D1");
    CHECK(jval_true(jval_get(verdict, "eligible")));
    jval_free(json);
    json = ask(engine, SUGGEST, IEUM_OK);
    const jval *result = jval_get(json, "result"), *list = jval_get(result, "suggestions");
    CHECK_INT(jval_count(list), 2);
    CHECK_TEXT(jval_get_text(jval_at(list, 0), "supplier"), "S1");
    CHECK_INT(jval_count(jval_get(result, "barred")), 1);
    CHECK_TEXT(jval_get_text(jval_at(jval_get(result, "barred"), 0), "supplier"), "S3");
    for (size_t i = 0; i < jval_count(list); i++) { /* the contributions are the score */
        const jval *parts = jval_get(jval_at(list, i), "contributions");
        double sum = 0;
        for (size_t p = 0; p < jval_count(parts); p++) sum += jval_number(jval_get(jval_at(parts, p), "contribution"));
        double off = sum - jval_number(jval_get(jval_at(list, i), "score"));
        CHECK(off < 1e-12 && off > -1e-12);
    }
    jval_free(json);
    json = ask(engine, ASSIGN, IEUM_OK);
    CHECK_TEXT(jval_get_text(jval_get(json, "result"), "status"), "optimal");
    CHECK(jval_number(jval_get(jval_get(json, "result"), "total")) == 0.9 + 0.5);
    jval_free(json);
    json = ask(engine, INFEASIBLE, IEUM_OK);
    CHECK_TEXT(jval_get_text(jval_get(json, "result"), "status"), "infeasible");
    jval_free(json);
    ieum_close(engine);
}

TEST(the_store_is_opened_when_it_is_needed) {
    const char *path = sample_path("engine.db");
    ieum_engine *engine = open_small(path);
    CHECK(!file_exists(path));
    jval_free(ask(engine, EXPLAIN, IEUM_OK));
    CHECK(!file_exists(path));
    jval_free(ask(engine, "{\"op\":\"suggest\",\"program\":\"small\",\"all\":true}", IEUM_STORE));
    CHECK(!file_exists(path)); /* asking makes no store */
    jval *json = ask(engine, IMPORT, IEUM_OK);
    CHECK_INT(jval_integer(jval_get(jval_get(jval_get(json, "result"), "created"), "count")), 3);
    CHECK(file_exists(path));
    jval_free(json);
    char *reply = NULL;
    static const char csv[] = "not,known\n1,2\n", lines[] = SMALL_DEMAND "\n";
    CHECK_INT(ieum_import(engine, "demands", "d.csv", csv, strlen(csv), &reply), IEUM_INVALID);
    check_problem(json = reply_json(reply), "invalid");
    jval_free(json);
    ieum_free(reply);
    CHECK_INT(ieum_import(engine, "people", "d.csv", csv, strlen(csv), &reply), IEUM_INVALID);
    ieum_free(reply);
    CHECK_INT(ieum_import(engine, "demands", "d.jsonl", lines, strlen(lines), &reply), IEUM_OK);
    ieum_free(reply);
    json = ask(engine, "{\"op\":\"suggest\",\"program\":\"small\",\"demand\":\"D1\",\"k\":1}", IEUM_OK);
    CHECK_INT(jval_count(jval_get(jval_get(json, "result"), "suggestions")), 1);
    CHECK_TEXT(jval_get_text(jval_at(jval_get(jval_get(json, "result"), "suggestions"), 0), "supplier"), "S1");
    jval_free(json);
    jval_free(ask(engine, "{\"op\":\"suggest\",\"program\":\"small\",\"demand\":\"D9\"}", IEUM_NOT_FOUND));
    ieum_close(engine);
}

/* The same records give the same shortlist, from the store or from the request. */
TEST(the_store_and_the_request_agree) {
    ieum_engine *engine = open_small(sample_path("engine.db"));
    jval *stored = ask(engine, "{\"op\":\"suggest\",\"program\":\"small\",\"demand\":\"D1\"}", IEUM_OK),
         *inlined = ask(engine, SUGGEST, IEUM_OK);
    CHECK(jval_equal(jval_get(stored, "result"), jval_get(inlined, "result")));
    jval_free(stored);
    jval_free(inlined);
    ieum_close(engine);
}

TEST(replies_are_rendered) {
    static const char *const formats[] = {"json", "table", "trec", "ids"};
    static const char *const replies[] = {
        "{}", "[]", "5", "{\"result\":{}}", "{\"op\":\"suggest\",\"result\":5}", "{\"op\":\"round\",\"result\":null}"};
    ieum_engine *engine = open_small(NULL);
    char *reply = NULL, *text = NULL;
    CHECK_INT(ieum_call(engine, SUGGEST, strlen(SUGGEST), &reply), IEUM_OK);
    for (size_t f = 0; f < 4; f++) {
        CHECK_INT(ieum_render(engine, reply, strlen(reply), formats[f], 100, &text), IEUM_OK);
        CHECK(text && strstr(text, "S1"));
        ieum_free(text);
    }
    CHECK_INT(ieum_render(engine, reply, strlen(reply), "pdf", 100, &text), IEUM_USAGE);
    CHECK(text == NULL);
    CHECK_INT(ieum_render(engine, "{", 1, "table", 100, &text), IEUM_INVALID);
    CHECK(text == NULL);
    /* Anything else that is JSON is rendered or refused; there is memory enough. */
    for (size_t r = 0; r < sizeof replies / sizeof *replies; r++)
        for (size_t f = 0; f < 4; f++) {
            ieum_status status = ieum_render(engine, replies[r], strlen(replies[r]), formats[f], 100, &text);
            CHECK(status == IEUM_OK || status == IEUM_INVALID || status == IEUM_USAGE);
            if (status == IEUM_MEMORY) fprintf(stderr, "  … for %s as %s\n", replies[r], formats[f]);
            ieum_free(text);
        }
    ieum_free(reply);
    CHECK_INT(ieum_call(engine, "{}", 2, &reply), IEUM_INVALID);
    CHECK_INT(ieum_render(engine, reply, strlen(reply), "table", 100, &text), IEUM_OK);
    CHECK(text && strstr(text, "/op"));
    ieum_free(text);
    ieum_free(reply);
    ieum_close(engine);
}

TEST(begin) { small_data_make(); }
TEST(end) { small_data_remove(); }

TEST_MAIN(begin, opening, a_data_folder_that_is_not_there, wrong_requests_are_refused_at_their_place, odd_bytes,
          ids_and_operations_are_told_back, the_language_is_the_engines_or_the_requests,
          records_may_come_in_the_request, the_store_is_opened_when_it_is_needed, the_store_and_the_request_agree,
          replies_are_rendered, end)
