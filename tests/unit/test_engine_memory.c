/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every allocation of a request made to fail, one after the other, through ieum.h: a proper reply, a problem that says
 * "memory", or no reply; nothing leaks, and a store is as it was.
 */
#include "engine_samples.h"

#include "../../engine/adapt/digest.h"

/* What the store holds, as the engine itself counts it. */
static char *state_of(const char *store) {
    ieum_engine *engine = open_small(store);
    jval *json = ask(engine, "{\"op\":\"doctor\"}", IEUM_OK);
    const jval *found = jval_get(jval_get(json, "result"), "store");
    struct buffer state = BUFFER_EMPTY;
    buffer_format(&state, "%d suppliers, %d demands, %d entries, head %s, sound %d",
                  (int)jval_integer(jval_get(found, "suppliers")), (int)jval_integer(jval_get(found, "demands")),
                  (int)jval_integer(jval_get(found, "audit_entries")), jval_text(jval_get(found, "audit_head")),
                  jval_true(jval_get(found, "sound")));
    jval_free(json);
    ieum_close(engine);
    return buffer_take(&state);
}

struct tries {
    uint64_t needed; /* the first n at which it succeeded */
    int replies, silent, changed, other;
};

/* One try with the n-th allocation failing and all after it. */
static ieum_status try_once(const char *request, const char *store, uint64_t n, const char *expected,
                            struct tries *tries) {
    ieum_options options = small_options(store);
    ieum_engine *engine = NULL;
    char *reply = NULL;
    memory_clear_failed();
    memory_fail_at(n);
    ieum_status status = ieum_open(&options, &engine, &reply);
    bool opened = status == IEUM_OK;
    if (opened) status = ieum_call(engine, request, strlen(request), &reply);
    memory_fail_at(0);
    if (!opened) CHECK(engine == NULL);
    ieum_close(engine);
    if (status == IEUM_OK) {
        CHECK(reply != NULL); /* a status of success comes with its reply, and with a whole one */
        if (expected) CHECK_TEXT(reply, expected);
    } else if (reply) {
        jval *json = reply_json(reply);
        tries->replies++;
        if (status != IEUM_MEMORY) tries->other++;
        check_problem(json, "memory");
        jval_free(json);
    } else {
        tries->silent++;
        tries->other += status != IEUM_MEMORY;
    }
    ieum_free(reply);
    memory_clear_failed();
    return status;
}

/* The bytes of the store's file and its journal: where they are the same, nothing can have changed. */
static void digest_store(const char *path, char text[DIGEST_TEXT]) {
    static const char *const endings[] = {"", "-wal"};
    struct digest digest;
    digest_begin(&digest);
    for (size_t i = 0; i < 2; i++) {
        char file[512];
        size_t size = 0;
        snprintf(file, sizeof file, "%s%s", path, endings[i]);
        char *bytes = file_exists(file) ? sample_read(file, &size) : NULL;
        digest_add(&digest, bytes, size);
        memory_free(bytes);
    }
    digest_end(&digest, text);
}

/* Whether the store holds something else than `before`; then its first bytes are put back, so that each try starts from
 * the same. */
static bool put_back(const char *store, const char *before, const char *bytes, size_t size) {
    static const char *const endings[] = {"-wal", "-shm"};
    char *after = state_of(store), file[512];
    bool changed = strcmp(before, after) != 0;
    memory_free(after);
    for (size_t i = 0; i < 2 && changed; i++) {
        snprintf(file, sizeof file, "%s%s", store, endings[i]);
        remove(file);
    }
    if (changed) sample_write(store, bytes, size);
    return changed;
}

static struct tries run_out(const char *request, const char *store, const char *expected) {
    struct tries tries = {0};
    size_t size = 0;
    char *before = store ? state_of(store) : NULL, *bytes = store ? sample_read(store, &size) : NULL,
         digest[DIGEST_TEXT] = "", now[DIGEST_TEXT] = "";
    ieum_status status = IEUM_MEMORY;
    if (store) digest_store(store, digest);
    for (uint64_t n = 1; status != IEUM_OK && n < 100000; n++) {
        status = try_once(request, store, n, expected, &tries);
        tries.needed = n;
        if (store) digest_store(store, now);
        if (!store || status == IEUM_OK || strcmp(digest, now) == 0) continue;
        if (put_back(store, before, bytes, size) && tries.changed++ == 0)
            fprintf(stderr, "  the store changed though allocation %llu failed\n", (unsigned long long)n);
        digest_store(store, digest);
    }
    memory_free(before);
    memory_free(bytes);
    CHECK_INT(status, IEUM_OK);
    CHECK_INT(tries.other, 0);   /* nothing but lack of memory is ever the reason */
    CHECK_INT(tries.changed, 0); /* what failed has changed nothing */
    return tries;
}

static void run_out_without_store(const char *request, uint64_t least) {
    ieum_engine *engine = open_small(NULL);
    char *expected = NULL;
    CHECK_INT(ieum_call(engine, request, strlen(request), &expected), IEUM_OK);
    struct tries tries = run_out(request, NULL, expected);
    CHECK(tries.needed > least);
    ieum_free(expected);
    ieum_close(engine);
}

TEST(memory_runs_out_in_assign) {
    run_out_without_store(ASSIGN, 40);
    run_out_without_store(INFEASIBLE, 40);
}

TEST(memory_runs_out_in_explain_text) { run_out_without_store(EXPLAIN, 100); }
TEST(memory_runs_out_in_check) { run_out_without_store(CHECK_DEMAND, 100); }
TEST(memory_runs_out_in_suggest) { run_out_without_store(SUGGEST, 500); }

TEST(memory_runs_out_in_import) {
    const char *path = sample_path("import.db");
    sample_store(path, 2); /* other suppliers, S0001 and S0002 */
    struct tries tries = run_out(IMPORT, path, NULL);
    CHECK(tries.needed > 100);
}

TEST(begin) { small_data_make(); }
TEST(end) { small_data_remove(); }

TEST_MAIN(begin, memory_runs_out_in_assign, memory_runs_out_in_explain_text, memory_runs_out_in_check,
          memory_runs_out_in_suggest, memory_runs_out_in_import, end)
