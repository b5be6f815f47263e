/* SPDX-License-Identifier: Apache-2.0 */
/* Lean records: a store gives the same suppliers lean and whole, and the engine the same answers from both. */
#include "test.h"

#include "../../engine/ieum.h"
#include "../../engine/program/program.h"
#include "store_samples.h"
#include "supplier_same.h"

static void load_both(struct store *store, struct record_set *whole, struct record_set *lean) {
    struct problem problem = {0};
    must(store_load(store, RECORD_SUPPLIER, NULL, whole, &problem) == IEUM_OK, problem.en);
    must(store_load_lean_suppliers(store, lean, &problem) == IEUM_OK, problem.en);
}

static void check_same_sets(const struct record_set *whole, const struct record_set *lean) {
    const struct record_set *sets[] = {whole}, *lean_sets[] = {lean};
    char hashes[2][DIGEST_TEXT] = {"", ""};
    struct problem problem = {0};
    CHECK_INT(lean->count, whole->count);
    for (size_t i = 0; i < whole->count && i < lean->count; i++)
        CHECK(suppliers_same(&whole->suppliers[i], &lean->suppliers[i]));
    CHECK_INT(records_data_hash(sets, 1, hashes[0], &problem), IEUM_OK);
    CHECK_INT(records_data_hash(lean_sets, 1, hashes[1], &problem), IEUM_OK);
    CHECK_TEXT(hashes[1], hashes[0]);
}

static size_t count_lean(const struct record_set *set) {
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++) count += set->suppliers[i].lean;
    return count;
}

TEST(lean_and_whole_are_the_same_with_any_threads) {
    sample_store(sample_path("s.db"), 300);
    struct store *store = sample_open(sample_path("s.db"), false);
    for (int threads = 1; threads <= 3; threads++) {
        struct record_set whole = {0}, lean = {0};
        store_set_threads(store, threads);
        load_both(store, &whole, &lean);
        CHECK_INT(lean.count, 300);
        CHECK_INT(count_lean(&lean), 300);
        CHECK_INT(count_lean(&whole), 0);
        check_same_sets(&whole, &lean);
        record_set_free(&whole);
        record_set_free(&lean);
    }
    store_close(store);
    sample_folder_clear();
}

TEST(an_empty_store_gives_none) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct record_set lean = {0};
    struct problem problem = {0};
    CHECK_INT(store_load_lean_suppliers(store, &lean, &problem), IEUM_OK);
    CHECK_INT(lean.count, 0);
    record_set_free(&lean);
    store_close(store);
    sample_folder_clear();
}

TEST(an_image_that_cannot_be_used_costs_no_record) {
    sample_store(sample_path("s.db"), 90);
    change_by_hand(sample_path("s.db"),
                   "UPDATE suppliers SET image = x'' WHERE id = 'S0003';"
                   "UPDATE suppliers SET image = (SELECT image FROM suppliers WHERE id = 'S0001') WHERE id = 'S0004';"
                   "UPDATE suppliers SET image = substr(image, 1, length(image) - 1) WHERE id = 'S0090'");
    struct store *store = sample_open(sample_path("s.db"), false);
    struct record_set whole = {0}, lean = {0};
    store_set_threads(store, 2);
    load_both(store, &whole, &lean);
    CHECK_INT(count_lean(&lean), 87);
    CHECK(!lean.suppliers[2].lean && !lean.suppliers[3].lean && !lean.suppliers[89].lean);
    check_same_sets(&whole, &lean);
    record_set_free(&whole);
    record_set_free(&lean);
    store_close(store);
    CHECK(!sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

/* With no image and no JSON to fall back on, the record is named as a load of the JSON names it. */
TEST(a_record_that_fails_is_named) {
    sample_store(sample_path("s.db"), 9);
    change_by_hand(sample_path("s.db"), "UPDATE suppliers SET image = x'', json = replace(json, '2019-08-19', '2019-02-30')"
                                        " WHERE id IN ('S0004', 'S0007')");
    struct store *store = sample_open(sample_path("s.db"), false);
    struct record_set set = {0};
    struct problem problem = {0};
    CHECK_INT(store_load_lean_suppliers(store, &set, &problem), IEUM_STORE);
    CHECK(strstr(problem.source, "suppliers S0004") != NULL);
    CHECK_TEXT(problem.pointer, "/founded");
    CHECK(set.suppliers == NULL);
    store_close(store);
    sample_folder_clear();
}

TEST(lean_records_are_never_imported) {
    sample_store(sample_path("s.db"), 3);
    struct store *store = sample_open(sample_path("s.db"), false);
    struct record_set lean = {0};
    struct problem problem = {0};
    CHECK_INT(store_load_lean_suppliers(store, &lean, &problem), IEUM_OK);
    CHECK_INT(sample_import(store, lean, NULL, &problem), IEUM_INTERNAL);
    store_close(store);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

TEST(an_import_writes_the_image_with_the_record) {
    sample_store(sample_path("s.db"), 5);
    struct store *store = sample_open(sample_path("s.db"), false);
    struct record_set whole = {0}, lean = {0};
    struct problem problem = {0};
    CHECK_INT(sample_import(store, sample_suppliers(2, 3, 2), NULL, &problem), IEUM_OK);
    load_both(store, &whole, &lean);
    CHECK_INT(count_lean(&lean), 5);
    CHECK(strstr(lean.suppliers[2].summary, "판 2") != NULL);
    check_same_sets(&whole, &lean);
    record_set_free(&whole);
    record_set_free(&lean);
    store_close(store);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

TEST(memory_may_fail_anywhere) {
    sample_store(sample_path("s.db"), 3);
    struct store *store = sample_open(sample_path("s.db"), false);
    for (uint64_t n = 1; n < 5000; n++) {
        struct record_set set = {0};
        struct problem problem = {0};
        memory_clear_failed();
        memory_fail_at(n);
        ieum_status status = store_load_lean_suppliers(store, &set, &problem);
        const bool all = memory_count() < n;
        memory_fail_at(0);
        CHECK_INT(status, all ? IEUM_OK : IEUM_MEMORY);
        record_set_free(&set);
        if (all) break;
    }
    memory_clear_failed();
    store_close(store);
    sample_folder_clear();
}

/* ---- the same answers ---- */

static char *answer(const char *store, const char *request, int threads) {
    ieum_options options;
    ieum_engine *engine = NULL;
    char data[512], *reply = NULL;
    snprintf(data, sizeof data, "%s/data", test_source());
    ieum_options_init(&options);
    options.store_path = store;
    options.data_path = data;
    options.now = "2025-03-14";
    options.threads = threads;
    must(ieum_open(&options, &engine, NULL) == IEUM_OK, "ieum_open");
    CHECK_INT(ieum_call(engine, request, strlen(request), &reply), IEUM_OK);
    ieum_close(engine);
    return reply;
}

static void import_demo(const char *store, enum record_kind kind) {
    struct problem problem = {0};
    struct record_set set = {0};
    struct store *opened = sample_open(store, true);
    char path[512];
    size_t size = 0;
    snprintf(path, sizeof path, "%s/data/demo/%s.jsonl", test_source(), record_kind_names[kind]);
    char *bytes = sample_read(path, &size);
    must(record_set_read(kind, path, bytes, size, ".", &set, &problem) == IEUM_OK, problem.en);
    must(sample_import(opened, set, NULL, &problem) == IEUM_OK, problem.en);
    memory_free(bytes);
    store_close(opened);
}

/* Without usable images every supplier is read whole: the answers must be the same to the last byte. */
TEST(answers_are_the_same_from_lean_and_whole) {
    static const char *const programs[] = {"ai-manufacturing", "ai-bio"}, *const ops[] = {"\"op\":\"suggest\",\"all\":true",
                                                                               "\"op\":\"round\",\"step\":\"propose\""};
    import_demo(sample_path("s.db"), RECORD_SUPPLIER);
    import_demo(sample_path("s.db"), RECORD_DEMAND);
    char *replies[2][2][2];
    for (int whole = 0; whole < 2; whole++) {
        if (whole) change_by_hand(sample_path("s.db"), "UPDATE suppliers SET image = x''");
        struct store *store = sample_open(sample_path("s.db"), false);
        struct record_set set = {0};
        struct problem problem = {0};
        must(store_load_lean_suppliers(store, &set, &problem) == IEUM_OK, problem.en);
        CHECK_INT(count_lean(&set), whole ? 0 : set.count);
        record_set_free(&set);
        store_close(store);
        for (int p = 0; p < 2; p++)
            for (int o = 0; o < 2; o++) {
                char request[128];
                snprintf(request, sizeof request, "{%s,\"program\":\"%s\"}", ops[o], programs[p]);
                replies[whole][p][o] = answer(sample_path("s.db"), request, 1 + whole);
            }
    }
    for (int p = 0; p < 2; p++)
        for (int o = 0; o < 2; o++) {
            CHECK(strlen(replies[0][p][o]) > 10000);
            CHECK(strcmp(replies[0][p][o], replies[1][p][o]) == 0);
            ieum_free(replies[0][p][o]);
            ieum_free(replies[1][p][o]);
        }
    sample_folder_clear();
}

/* ---- who may use them ---- */

TEST(only_programs_that_look_at_light_members_alone_may) {
    static const struct {
        const char *field;
        bool ksic, light;
    } cases[] = {{"/deployment", false, true},  {"/region", false, true},   {"/ksic", true, true},     {"/ksic/0", true, true},
                 {"/deployment/0", false, true}, {"/price_krw/1", false, true}, {"/region", true, false}, {"/summary", false, false},
                 {"/domains/0", false, false},   {"/references/0/title", false, false}, {"/note/a", false, false},
                 {"/deploymen", false, false},   {"/deployments", false, false}, {"/region_rev", false, false}, {"/", false, false},
                 {"/a~1b", false, false},        {NULL, false, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rule rules[2] = {{.supplier_field = "/deployment"}, {.supplier_field = cases[i].field, .ksic = cases[i].ksic}};
        struct program program = {.pair_rules = rules, .pair_rule_count = 2};
        CHECK(program_reads_only(&program, supplier_light_members, SUPPLIER_LIGHT_MEMBERS) == cases[i].light);
        if (program_reads_only(&program, supplier_light_members, SUPPLIER_LIGHT_MEMBERS) != cases[i].light)
            fprintf(stderr, "  … for %s\n", cases[i].field);
    }
}

TEST(shipped_programs_may) {
    static const char *const ids[] = {"ai-manufacturing", "ai-bio", "ai-business-innovation-2021", "dx-consulting-2021"};
    for (size_t i = 0; i < 4; i++) {
        char folder[512];
        struct program *program = NULL;
        struct problem problem = {0};
        snprintf(folder, sizeof folder, "%s/data/programs", test_source());
        CHECK_INT(program_load(folder, ids[i], NULL, &program, &problem), IEUM_OK);
        if (program) CHECK(program_reads_only(program, supplier_light_members, SUPPLIER_LIGHT_MEMBERS));
        program_free(program);
    }
}

TEST_MAIN(lean_and_whole_are_the_same_with_any_threads, an_empty_store_gives_none, an_image_that_cannot_be_used_costs_no_record,
          a_record_that_fails_is_named, lean_records_are_never_imported, an_import_writes_the_image_with_the_record,
          memory_may_fail_anywhere, answers_are_the_same_from_lean_and_whole, only_programs_that_look_at_light_members_alone_may,
          shipped_programs_may)
