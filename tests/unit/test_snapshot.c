/* SPDX-License-Identifier: Apache-2.0 */
/* A handle with options.snapshot: its suppliers stay as they were at the first request, demands by id are read as they are, and a new handle sees all. */
#include "store_samples.h"

#include "../../engine/ieum.h"

static ieum_engine *open_demo(const char *store, int snapshot) {
    static char data[1024];
    ieum_options options;
    ieum_engine *engine = NULL;
    snprintf(data, sizeof data, "%s/data", test_source());
    ieum_options_init(&options);
    options.data_path = data;
    options.store_path = store;
    options.now = "2025-06-01";
    options.threads = 2;
    options.snapshot = snapshot;
    must(ieum_open(&options, &engine, NULL) == IEUM_OK, "ieum_open");
    return engine;
}

static char *answer(ieum_engine *engine, const char *request, ieum_status expected) {
    char *reply = NULL;
    CHECK_INT(ieum_call(engine, request, strlen(request), &reply), expected);
    must(reply != NULL, "a reply");
    return reply;
}

static void do_call(ieum_engine *engine, const char *request) { ieum_free(answer(engine, request, IEUM_OK)); }

static void import_demo(ieum_engine *engine, const char *kind) {
    char path[1100], *reply = NULL;
    size_t size = 0;
    snprintf(path, sizeof path, "%s/data/demo/%s.jsonl", test_source(), kind);
    char *bytes = sample_read(path, &size);
    CHECK_INT(ieum_import(engine, kind, path, bytes, size, &reply), IEUM_OK);
    ieum_free(reply);
    memory_free(bytes);
}

#define ASK "{\"op\":\"suggest\",\"program\":\"ai-bio\",\"need\":\"병리 슬라이드 판독을 돕는 것이 필요합니다\",\"k\":5}"
#define ASK_STORED "{\"op\":\"suggest\",\"program\":\"ai-bio\",\"demand\":\"D900\",\"k\":5}"

/* Whether two replies are the same bytes. Frees both. */
static bool same(char *a, char *b) {
    const bool equal = strcmp(a, b) == 0;
    ieum_free(a);
    ieum_free(b);
    return equal;
}

TEST(suppliers_stay_as_they_were) {
    const char *path = sample_path("snapshot.db");
    ieum_engine *writer = open_demo(path, 0);
    import_demo(writer, "suppliers");
    import_demo(writer, "demands");
    ieum_engine *kept = open_demo(path, 1), *plain = open_demo(path, 0);
    CHECK(same(answer(kept, ASK, IEUM_OK), answer(plain, ASK, IEUM_OK)));
    char *before = answer(kept, ASK, IEUM_OK);
    do_call(writer, "{\"op\":\"import\",\"kind\":\"suppliers\",\"records\":[{\"id\":\"S900\",\"name\":\"새로온곳(가상)\",\"summary\":\"병리 슬라이드 판독과 "
                    "의료영상 분석을 합니다.\",\"deployment\":[\"on-premise\",\"cloud\"],\"region\":\"서울특별시\"}]}");
    do_call(writer, "{\"op\":\"import\",\"kind\":\"demands\",\"records\":[{\"id\":\"D900\",\"program\":\"ai-bio\",\"title\":\"병리 판독\",\"need\":\"병리 슬라이드를 "
                    "하나씩 봅니다.\",\"firm\":{\"name\":\"검사소(가상)\",\"region\":\"서울특별시 금천구\"}}]}");
    char *after = answer(kept, ASK, IEUM_OK);
    CHECK(strcmp(before, after) == 0);
    CHECK(!same(after, answer(plain, ASK, IEUM_OK)));
    /* The demand that came later is answered, over the suppliers of before. */
    char *stored = answer(kept, ASK_STORED, IEUM_OK), *stored_now = answer(plain, ASK_STORED, IEUM_OK);
    CHECK(!strstr(stored, "S900"));
    CHECK(strstr(stored_now, "S900") != NULL);
    ieum_free(stored);
    ieum_free(stored_now);
    ieum_engine *renewed = open_demo(path, 1);
    CHECK(same(answer(renewed, ASK, IEUM_OK), answer(plain, ASK, IEUM_OK)));
    CHECK(same(answer(renewed, ASK_STORED, IEUM_OK), answer(plain, ASK_STORED, IEUM_OK)));
    ieum_free(before);
    ieum_close(renewed);
    ieum_close(kept);
    ieum_close(plain);
    ieum_close(writer);
    sample_folder_clear();
}

TEST(a_snapshot_of_no_store) {
    ieum_engine *engine = open_demo(NULL, 1);
    ieum_free(answer(engine, ASK, IEUM_INVALID));
    do_call(engine, "{\"op\":\"suggest\",\"program\":\"ai-bio\",\"need\":\"병리 슬라이드 판독\",\"suppliers\":[{\"id\":\"A\",\"name\":\"가(가상)\",\"summary\":\"판독\"}]}");
    ieum_close(engine);
}

TEST_MAIN(suppliers_stay_as_they_were, a_snapshot_of_no_store)
