/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory that runs out while accounts are changed, somebody signs in, a caller asks or the access log is looked at: every allocation made to fail, one after the
 * other. A proper problem or no reply; nothing leaks, the store is as it was, and the access log has whole lines only.
 */
#include "engine_samples.h"

#include <time.h>

enum { MOST = 20000 };

static ieum_engine *open_with_log(void) {
    ieum_options options = small_options(sample_path("accounts.db"));
    options.access_path = sample_path("log");
    ieum_engine *engine = NULL;
    must(ieum_open(&options, &engine, NULL) == IEUM_OK, "ieum_open");
    return engine;
}

static ieum_status call_once(const ieum_caller *caller, const char *request, uint64_t n) {
    ieum_engine *engine = open_with_log();
    char *reply = NULL;
    memory_fail_at(n);
    ieum_status status = caller ? ieum_call_for(engine, caller, NULL, request, strlen(request), &reply) : ieum_call(engine, request, strlen(request), &reply);
    memory_fail_at(0);
    if (status == IEUM_OK) CHECK(reply != NULL);
    else CHECK_INT(status, IEUM_MEMORY);
    if (status != IEUM_OK && reply) {
        jval *json = reply_json(reply);
        check_problem(json, "memory");
        jval_free(json);
    }
    ieum_free(reply);
    ieum_close(engine);
    memory_clear_failed();
    return status;
}

/* Whether each line of the log is one, and the last has its end. */
static void check_log(void) {
    struct dirent *entry;
    DIR *folder = opendir(sample_path("log"));
    while (folder && (entry = readdir(folder))) {
        char path[512];
        size_t size = 0;
        struct problem problem = {0};
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", sample_path("log"), entry->d_name);
        char *bytes = sample_read(path, &size), *line = bytes;
        CHECK(size > 0 && bytes[size - 1] == '\n');
        for (char *end; size && (end = memchr(line, '\n', (size_t)(bytes + size - line))); line = end + 1) {
            jval *json = NULL;
            CHECK_INT(jval_parse(line, (size_t)(end - line), &json, &problem), IEUM_OK);
            jval_free(json);
            if (end + 1 == bytes + size) break;
        }
        memory_free(bytes);
        unlink(path);
    }
    if (folder) closedir(folder);
}

static void run_out(const ieum_caller *caller, const char *request, uint64_t least) {
    ieum_status status = IEUM_MEMORY;
    size_t before_size = 0, after_size = 0;
    char *before = sample_read(sample_path("accounts.db"), &before_size);
    uint64_t n = 1;
    for (; n < MOST && (status = call_once(caller, request, n)) != IEUM_OK; n++) {
        char *after = sample_read(sample_path("accounts.db"), &after_size);
        const bool same = before_size == after_size && memcmp(before, after, before_size) == 0;
        CHECK(same);
        memory_free(after);
        if (!same) break;
    }
    CHECK_INT(status, IEUM_OK);
    CHECK(n > least);
    memory_free(before);
    check_log();
}

static char token[64];

static void prepare(void) {
    small_data_make();
    ieum_engine *engine = open_with_log();
    jval *json = ask(engine, "{\"op\":\"account\",\"action\":\"bootstrap\",\"role\":\"admin\"}", IEUM_OK);
    snprintf(token, sizeof token, "%s", jval_text(jval_get(jval_get(json, "result"), "token")));
    jval_free(json);
    jval_free(ask(engine, IMPORT, IEUM_OK));
    ieum_close(engine);
}

TEST(memory_runs_out_while_accounts_change) {
    run_out(NULL, "{\"op\":\"account\",\"action\":\"create\",\"account\":\"kim\",\"role\":\"desk\",\"by\":\"lee\"}", 50);
    run_out(NULL, "{\"op\":\"account\",\"action\":\"token\",\"account\":\"kim\",\"revoke\":true}", 50);
    run_out(NULL, "{\"op\":\"account\",\"action\":\"role\",\"account\":\"kim\",\"role\":\"viewer\"}", 50);
    run_out(NULL, "{\"op\":\"account\",\"action\":\"revoke\",\"account\":\"kim\"}", 20);
    run_out(NULL, "{\"op\":\"account\",\"action\":\"list\"}", 20);
}

TEST(memory_runs_out_while_somebody_comes) {
    char request[160];
    static const char *const actions[] = {"authenticate", "sign-in"};
    for (size_t i = 0; i < 2; i++) {
        snprintf(request, sizeof request, "{\"op\":\"account\",\"action\":\"%s\",\"token\":\"%s\"}", actions[i], token);
        run_out(NULL, request, 20);
    }
}

TEST(memory_runs_out_while_a_caller_asks) {
    const ieum_caller desk = {.size = sizeof desk, .account = "kim", .role = "desk", .origin = "127.0.0.1"};
    const ieum_caller viewer = {.size = sizeof viewer, .account = "lee", .role = "viewer"};
    run_out(&desk, "{\"op\":\"find\",\"word\":\"외관검사\"}", 200);
    run_out(&viewer, "{\"op\":\"round\",\"step\":\"list\"}", 200);
}

TEST(memory_runs_out_in_a_review) {
    jval *json;
    ieum_engine *engine = open_with_log();
    const ieum_caller desk = {.size = sizeof desk, .account = "kim", .role = "desk"};
    static const char find[] = "{\"op\":\"find\",\"word\":\"도금\"}";
    char *reply = NULL, request[96], now[16];
    CHECK_INT(ieum_call_for(engine, &desk, NULL, find, sizeof find - 1, &reply), IEUM_OK);
    ieum_free(reply);
    ieum_close(engine);
    const time_t seoul = time(NULL) + 9 * 3600;
    strftime(now, sizeof now, "%Y-%m", gmtime(&seoul));
    snprintf(request, sizeof request, "{\"op\":\"access\",\"action\":\"review\",\"month\":\"%s\"}", now);
    engine = open_with_log();
    json = ask(engine, request, IEUM_OK);
    CHECK_INT(jval_integer(jval_get(jval_get(json, "result"), "entry_count")), 1);
    jval_free(json);
    ieum_close(engine);
    run_out(NULL, request, 50);
}

static void clean(void) {
    rmdir(sample_path("log"));
    small_data_remove();
}

TEST_MAIN(prepare, memory_runs_out_while_accounts_change, memory_runs_out_while_somebody_comes, memory_runs_out_while_a_caller_asks, memory_runs_out_in_a_review, clean)
