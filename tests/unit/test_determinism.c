/* SPDX-License-Identifier: Apache-2.0 */
/* The same bytes at any number of threads, and again: shortlists and the proposal of a round over the demo collection.
 */
#include "store_samples.h"

#include "../../engine/ieum.h"

static ieum_engine *open_demo(const char *store, int threads) {
    static char data[1024];
    ieum_options options;
    ieum_engine *engine = NULL;
    snprintf(data, sizeof data, "%s/data", test_source());
    ieum_options_init(&options);
    options.data_path = data;
    options.store_path = store;
    options.now = "2025-06-01";
    options.threads = threads;
    must(ieum_open(&options, &engine, NULL) == IEUM_OK, "ieum_open");
    return engine;
}

static void import_demo(ieum_engine *engine, const char *kind) {
    char path[1100], *reply = NULL;
    size_t size = 0;
    snprintf(path, sizeof path, "%s/data/demo/%s.jsonl", test_source(), kind);
    char *bytes = sample_read(path, &size);
    CHECK_INT(ieum_import(engine, kind, path, bytes, size, &reply), IEUM_OK);
    if (test_failures) fprintf(stderr, "  %s\n", reply);
    ieum_free(reply);
    memory_free(bytes);
}

static const char *const requests[] = {
    "{\"op\":\"suggest\",\"program\":\"ai-manufacturing\",\"all\":true}",
    "{\"op\":\"suggest\",\"program\":\"ai-bio\",\"all\":true,\"rules\":false,\"criteria\":\"fit\",\"k\":60}",
    "{\"op\":\"suggest\",\"program\":\"ai-manufacturing\",\"all\":true,\"k\":60,\"detail\":\"scores\"}",
    "{\"op\":\"round\",\"step\":\"propose\",\"program\":\"ai-manufacturing\"}",
    "{\"op\":\"round\",\"step\":\"propose\",\"program\":\"ai-bio\"}",
};
enum { REQUESTS = sizeof requests / sizeof *requests };

static char *answers[REQUESTS];

/* `keep`: these are the answers that the others are held against. */
static void answer_all(const char *store, int threads, bool keep) {
    ieum_engine *engine = open_demo(store, threads);
    for (size_t i = 0; i < REQUESTS; i++) {
        char *reply = NULL;
        CHECK_INT(ieum_call(engine, requests[i], strlen(requests[i]), &reply), IEUM_OK);
        if (keep) {
            answers[i] = reply;
            CHECK(reply && strlen(reply) > 10000);
            continue;
        }
        bool same = reply && answers[i] && strcmp(reply, answers[i]) == 0;
        CHECK(same);
        if (!same) fprintf(stderr, "  … with %d threads for %s\n", threads, requests[i]);
        ieum_free(reply);
    }
    ieum_close(engine);
}

TEST(import_with_one_and_with_many_threads) {
    ieum_engine *one = open_demo(sample_path("one.db"), 1), *many = open_demo(sample_path("many.db"), 4);
    import_demo(one, "suppliers");
    import_demo(one, "demands");
    import_demo(many, "suppliers");
    import_demo(many, "demands");
    ieum_close(one);
    ieum_close(many);
}

TEST(one_thread) {
    answer_all(sample_path("one.db"), 1, true);
    answer_all(sample_path("one.db"), 1, false); /* the same question again */
}
TEST(two_threads) { answer_all(sample_path("one.db"), 2, false); }
TEST(four_threads) { answer_all(sample_path("one.db"), 4, false); }
TEST(a_store_that_was_filled_by_many_threads) { answer_all(sample_path("many.db"), 3, false); }

TEST(end) {
    for (size_t i = 0; i < REQUESTS; i++) ieum_free(answers[i]);
    sample_folder_clear();
}

TEST_MAIN(import_with_one_and_with_many_threads, one_thread, two_threads, four_threads,
          a_store_that_was_filled_by_many_threads, end)
