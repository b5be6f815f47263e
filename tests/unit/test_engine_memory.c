/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every allocation of a request made to fail, one after the other, through ieum.h: a proper reply, a problem that says
 * "memory", or no reply; nothing leaks, and a store is as it was.
 */
#include "engine_samples.h"

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
struct stored {
    char *bytes[2];
    size_t sizes[2];
};

static void read_stored(const char *path, struct stored *stored) {
    static const char *const endings[] = {"", "-wal"};
    *stored = (struct stored){0};
    for (size_t i = 0; path && i < 2; i++) {
        char file[512];
        snprintf(file, sizeof file, "%s%s", path, endings[i]);
        if (file_exists(file)) stored->bytes[i] = sample_read(file, &stored->sizes[i]);
    }
}

static void free_stored(struct stored *stored) {
    for (size_t i = 0; i < 2; i++) memory_free(stored->bytes[i]);
}

static bool same_stored(const struct stored *a, const struct stored *b) {
    for (size_t i = 0; i < 2; i++)
        if (a->sizes[i] != b->sizes[i] || (a->sizes[i] && memcmp(a->bytes[i], b->bytes[i], a->sizes[i]) != 0)) return false;
    return true;
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

/* Beyond so many allocations only every SPARSE-th is tried; 0: all are. */
enum { SPARSE = 151 };
static uint64_t sparse_after;

static struct tries run_out(const char *request, const char *store, const char *expected) {
    struct tries tries = {0};
    struct stored was, is;
    size_t size = 0;
    char *before = store ? state_of(store) : NULL, *bytes = store ? sample_read(store, &size) : NULL;
    ieum_status status = IEUM_MEMORY;
    read_stored(store, &was);
    for (uint64_t n = 1; status != IEUM_OK && n < 100000; n += sparse_after && n > sparse_after ? SPARSE : 1) {
        status = try_once(request, store, n, expected, &tries);
        tries.needed = n;
        read_stored(store, &is);
        if (status != IEUM_OK && !same_stored(&was, &is)) {
            if (put_back(store, before, bytes, size) && tries.changed++ == 0)
                fprintf(stderr, "  the store changed though allocation %llu failed\n", (unsigned long long)n);
            free_stored(&was);
            read_stored(store, &was);
        }
        free_stored(&is);
    }
    free_stored(&was);
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

/* Every method, and all that may be asked on top. */
TEST(memory_runs_out_in_assign_by_any_method) {
    run_out_without_store("{\"op\":\"assign\",\"scores\":[[0.9,0.5,null],[0.8,0.7,0.2]],\"supplier\":{\"max\":1},\"vetoes\":[[1,1]],\"explain\":[[0,0],[1,0]],\"cutoff\":[0.1,null],"
                          "\"compare\":true,\"q\":0.5}", 200);
    run_out_without_store("{\"op\":\"assign\",\"method\":\"leximin\",\"scores\":[[0.9,0.1]],\"demand\":{\"min\":2},\"supplier\":{\"max\":[1,0]},\"locks\":[[0,1]],"
                          "\"waivable\":{\"lock\":[2],\"demand_min\":1},\"barred\":[]}", 60);
    run_out_without_store("{\"op\":\"assign\",\"method\":\"stable\",\"edges\":[[1,0,0.9],[0,0,0.1]],\"size\":[2,1],\"supplier_scores\":[0.1,0.2]}", 40);
    run_out_without_store("{\"op\":\"assign\",\"method\":\"random\",\"scores\":[[0.9,0.1],[0.8,0.3]],\"q\":0.3}", 40);
    run_out_without_store("{\"op\":\"assign\",\"scores\":[[0.9,0.1],[0.8,0.3]],\"previous\":[[0,1]]}", 40);
}

TEST(memory_runs_out_in_explain_text) { run_out_without_store(EXPLAIN, 100); }
TEST(memory_runs_out_in_check) { run_out_without_store(CHECK_DEMAND, 100); }
TEST(memory_runs_out_in_suggest) { run_out_without_store(SUGGEST, 500); }

TEST(memory_runs_out_in_suggest_with_questions) {
    ieum_engine *engine = open_small(NULL);
    jval *json = ask(engine, ASKING, IEUM_OK);
    CHECK(jval_count(jval_get(jval_get(json, "result"), "questions")) > 0); /* else it would try nothing */
    jval_free(json);
    ieum_close(engine);
    run_out_without_store(ASKING, 500);
}

/* Two runs, one without a topic, so that a comparison and a warning are made too. */
TEST(memory_runs_out_in_evaluate) {
    run_out_without_store("{\"op\":\"evaluate\",\"qrels\":\"t 0 A 1\\nt 0 B 0\\nu 0 A 2\\n\",\"per_topic\":true,\"measures\":[\"AP\"],\"runs\":[{\"name\":\"a\",\"run\":\"t Q0 B 1 2 x\\nt "
                          "Q0 A 1 1 x\\nu Q0 A 1 1 x\\n\"},{\"name\":\"b\",\"run\":\"t Q0 A 1 2 x\\n\"}]}",
                          100);
}

TEST(memory_runs_out_in_shadow) {
    ieum_engine *engine = open_small(NULL);
    jval *json = ask(engine, SHADOW, IEUM_OK);
    const jval *result = jval_get(json, "result"), *decisions = jval_get(result, "decisions");
    CHECK_INT(jval_count(decisions), 2); /* else it would try less */
    CHECK(jval_true(jval_get(jval_at(decisions, 0), "barred")));
    CHECK(jval_count(jval_get(jval_at(decisions, 1), "behind")) > 0);
    CHECK_INT(jval_count(jval_get(result, "not_seen")), 3);
    CHECK_INT(jval_count(jval_get(result, "comparison")), 5);
    jval_free(json);
    ieum_close(engine);
    run_out_without_store(SHADOW, 500);
}

/* An applicant that is ranked, and one each that an award, a rule and a first task of the firm leave out. */
TEST(memory_runs_out_in_select) {
    ieum_engine *engine = open_small(NULL);
    jval *json = ask(engine, SELECT, IEUM_OK);
    const char *const codes[] = {"taken", "award", "rule", "second_task"};
    for (size_t i = 0; i < 4; i++) CHECK_TEXT(jval_get_text(jval_at(jval_get(jval_get(json, "result"), "applicants"), i), "reason_code"), codes[i]);
    jval_free(json);
    ieum_close(engine);
    run_out_without_store(SELECT, 500);
}

TEST(memory_runs_out_in_find) { run_out_without_store(FIND, 100); }

/* What needs a store: the suggestion turned round, with a latent demand, and past cases with an outcome. */
TEST(memory_runs_out_at_the_desk) {
    static const char *const records[] = {
        IMPORT,
        "{\"op\":\"import\",\"kind\":\"demands\",\"records\":[" SMALL_DEMAND ",{\"id\":\"L1\",\"program\":\"small\",\"latent\":true,\"firm\":{\"name\":"
        "\"숨은수요(가상)\",\"region\":\"서울특별시\"},\"title\":\"외관검사\"}]}",
        "{\"op\":\"import\",\"kind\":\"outcomes\",\"records\":[{\"demand\":\"D1\",\"supplier\":\"S1\",\"program\":\"small\",\"stage\":\"completed\",\"date\":\"2025-05-01\"}]}"};
    static const char *const requests[] = {"{\"op\":\"suggest\",\"program\":\"small\",\"supplier\":\"S1\"}",
                                           "{\"op\":\"cases\",\"need\":\"표면 불량을 눈으로 하나씩 외관검사\"}"};
    const char *path = sample_path("desk.db");
    ieum_engine *engine = open_small(path);
    for (size_t i = 0; i < 3; i++) jval_free(ask(engine, records[i], IEUM_OK));
    for (size_t i = 0; i < 2; i++) {
        char *expected = NULL;
        CHECK_INT(ieum_call(engine, requests[i], strlen(requests[i]), &expected), IEUM_OK);
        CHECK(expected && strstr(expected, i ? "\"completed\"" : "\"L1\"") != NULL);
        ieum_close(engine); /* so that the store's journal is laid down */
        struct tries tries = run_out(requests[i], path, expected);
        CHECK(tries.needed > 100);
        ieum_free(expected);
        engine = open_small(path);
    }
    ieum_close(engine);
}

TEST(memory_runs_out_in_import) {
    const char *path = sample_path("import.db");
    sample_store(path, 2); /* other suppliers, S0001 and S0002 */
    struct tries tries = run_out(IMPORT, path, NULL);
    CHECK(tries.needed > 100);
}

/* Steps of a round, one after the other: each is tried with every allocation failing, and then taken. What only looks at the round is compared to the byte. */
TEST(memory_runs_out_in_rounds) {
    static const struct {
        const char *request;
        bool looks;
    } steps[] = {
        {"{\"op\":\"round\",\"step\":\"new\",\"program\":\"small\",\"round\":\"r\",\"by\":\"kim\",\"reason\":\"x\"}", false},
        {"{\"op\":\"round\",\"step\":\"select\",\"round\":\"r\",\"by\":\"kim\"}", false},
        {"{\"op\":\"round\",\"step\":\"lock\",\"round\":\"r\",\"by\":\"kim\",\"reason\":\"x\",\"demand\":\"D1\",\"supplier\":\"S1\"}", false},
        {"{\"op\":\"round\",\"step\":\"propose\",\"round\":\"r\",\"by\":\"kim\"}", false},
        {"{\"op\":\"round\",\"step\":\"show\",\"round\":\"r\"}", true},
        {"{\"op\":\"round\",\"step\":\"replay\",\"round\":\"r\"}", true},
        {"{\"op\":\"round\",\"step\":\"verify\",\"round\":\"r\"}", true},
        {"{\"op\":\"round\",\"step\":\"what-if\",\"round\":\"r\",\"changes\":{\"lift\":[[\"D1\",\"S1\"]]}}", true},
        {"{\"op\":\"round\",\"step\":\"why\",\"round\":\"r\",\"demand\":\"D1\",\"supplier\":\"S1\"}", true},
        {"{\"op\":\"round\",\"step\":\"compare\",\"round\":\"r\"}", true},
        {"{\"op\":\"round\",\"step\":\"audit\",\"round\":\"r\"}", true},
        {"{\"op\":\"report\",\"kind\":\"result\",\"round\":\"r\"}", true},
        {"{\"op\":\"report\",\"kind\":\"suppliers\"}", true},
        {"{\"op\":\"report\",\"kind\":\"council\"}", true},
        {"{\"op\":\"round\",\"step\":\"confirm\",\"round\":\"r\",\"by\":\"kim\"}", false},
        {"{\"op\":\"round\",\"step\":\"publish\",\"round\":\"r\",\"by\":\"kim\"}", false},
        {"{\"op\":\"round\",\"step\":\"fulfil\",\"round\":\"r\",\"by\":\"kim\",\"demand\":\"D1\",\"supplier\":\"S1\",\"stage\":\"agreement\",\"note\":\"x\",\"evidence\":[\"y\"]}", false},
        {"{\"op\":\"round\",\"step\":\"show\",\"round\":\"r\"}", true},
        {"{\"op\":\"report\",\"kind\":\"modules\"}", true},
    };
    const char *path = sample_path("rounds.db");
    ieum_engine *engine = open_small(path);
    jval_free(ask(engine, IMPORT, IEUM_OK));
    jval_free(ask(engine, "{\"op\":\"import\",\"kind\":\"demands\",\"records\":[" SMALL_DEMAND ",{\"id\":\"D2\",\"program\":\"small\",\"applied\":\"2025-05-02\",\"firm\":{\"name\":\"둘째(가상)\","
                          "\"region\":\"서울특별시 금천구\",\"ksic\":[\"C25\"],\"founded\":\"2019-03-02\",\"size\":\"중소기업\"},\"readiness_score\":50,\"need\":\"표면 불량을 외관검사\"}]}", IEUM_OK));
    ieum_close(engine);
    sparse_after = 120;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char *expected = NULL;
        if (steps[i].looks) {
            engine = open_small(path);
            CHECK_INT(ieum_call(engine, steps[i].request, strlen(steps[i].request), &expected), IEUM_OK);
            ieum_close(engine);
        }
        struct tries tries = run_out(steps[i].request, path, expected);
        CHECK(tries.needed > 50);
        ieum_free(expected);
    }
    sparse_after = 0;
}

TEST(begin) { small_data_make(); }
TEST(end) { small_data_remove(); }

TEST_MAIN(begin, memory_runs_out_in_assign, memory_runs_out_in_assign_by_any_method, memory_runs_out_in_explain_text, memory_runs_out_in_check,
          memory_runs_out_in_suggest, memory_runs_out_in_suggest_with_questions, memory_runs_out_in_select, memory_runs_out_in_shadow, memory_runs_out_in_find, memory_runs_out_in_evaluate, memory_runs_out_at_the_desk,
          memory_runs_out_in_import, memory_runs_out_in_rounds, end)
