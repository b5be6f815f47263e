/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory that runs out while a cohort is made or statistics are counted: allocations made to fail, at growing distances, through ieum.h. A problem
 * that says "memory" or no reply; nothing leaks; no folder is left in part; and when memory is there again the answer is as before.
 */
#include "engine_samples.h"

#include <sys/stat.h>
#include <unistd.h>

static ieum_engine *open_real(void) {
    char data[512];
    ieum_options options;
    ieum_engine *engine = NULL;
    snprintf(data, sizeof data, "%s/data", test_source());
    ieum_options_init(&options);
    options.data_path = data;
    options.store_path = sample_path("cohort.db");
    options.now = "2025-06-01";
    options.threads = 1;
    must(ieum_open(&options, &engine, NULL) == IEUM_OK, "ieum_open");
    return engine;
}

static bool is_there(const char *path) {
    struct stat found;
    return lstat(path, &found) == 0;
}

static void remove_cohort(const char *folder) {
    static const char *const names[] = {"demands.jsonl", "suppliers.jsonl", "marks.json"};
    for (size_t i = 0; i < 3; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

/* One try with the n-th allocation failing and all after it; the reply when it succeeded. */
static char *try_once(ieum_engine *engine, const char *request, uint64_t n) {
    char *reply = NULL;
    memory_clear_failed();
    memory_fail_at(n);
    const ieum_status status = ieum_call(engine, request, strlen(request), &reply);
    memory_fail_at(0);
    memory_clear_failed();
    if (status == IEUM_OK) {
        CHECK(reply != NULL);
        return reply;
    }
    CHECK_INT(status, IEUM_MEMORY);
    if (reply) {
        jval *json = reply_json(reply);
        check_problem(json, "memory");
        jval_free(json);
    }
    ieum_free(reply);
    return NULL;
}

/* Nothing is left; where memory ran out only when the reply was written out, the whole folder. */
static void check_left(const char *folder) {
    char demands[512], suppliers[512], marks[512];
    if (!is_there(folder)) return;
    snprintf(demands, sizeof demands, "%s/demands.jsonl", folder);
    snprintf(suppliers, sizeof suppliers, "%s/suppliers.jsonl", folder);
    snprintf(marks, sizeof marks, "%s/marks.json", folder);
    CHECK(is_there(demands) && is_there(suppliers) && is_there(marks));
    remove_cohort(folder);
}

/* Tries on, a little further each time, until it succeeds. `left`: what must not be there after a failure. */
static void try_all(ieum_engine *engine, const char *request, const char *left, int percent) {
    char *first = try_once(engine, request, 0);
    int tries = 0;
    CHECK(first != NULL);
    if (left) remove_cohort(left);
    for (uint64_t n = 1; tries < 2000; n += 1 + n * (uint64_t)percent / 100, tries++) {
        char *reply = try_once(engine, request, n);
        if (reply) {
            CHECK_TEXT(reply, first ? first : "");
            ieum_free(reply);
            break;
        }
        if (left) check_left(left);
    }
    CHECK(tries > 5 && tries < 2000);
    if (left) remove_cohort(left);
    ieum_free(first);
}

TEST(a_cohort) {
    ieum_engine *engine = open_real();
    char request[512];
    snprintf(request, sizeof request, "{\"op\":\"generate\",\"profile\":\"funnel\",\"demands\":3,\"suppliers\":3,\"out\":\"%s\"}",
             sample_path("cohort"));
    try_all(engine, request, sample_path("cohort"), 300);
    ieum_close(engine);
}

TEST(statistics) {
    ieum_engine *engine = open_real();
    static const char import[] = "{\"op\":\"import\",\"kind\":\"demands\",\"records\":[{\"id\":\"A\",\"program\":\"ai-bio\",\"need\":\"x\",\"firm\":{"
                                 "\"name\":\"a\",\"size\":\"소기업\",\"ksic\":[\"C10711\"]}},"
                                 "{\"id\":\"B\",\"program\":\"ai-bio\",\"need\":\"x\",\"firm\":{\"name\":\"b\",\"size\":\"중기업\"}}]}";
    jval_free(ask(engine, import, IEUM_OK));
    try_all(engine, "{\"op\":\"report\",\"kind\":\"statistics\"}", NULL, 12);
    ieum_close(engine);
}

TEST_MAIN(a_cohort, statistics)
