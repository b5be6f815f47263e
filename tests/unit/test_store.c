/* SPDX-License-Identifier: Apache-2.0 */
/* The store: what it opens and refuses, imports, loads, hashes, and keeps apart between processes. */
#define _DEFAULT_SOURCE
#include "store_samples.h"

/* ---- opening ---- */

/* Opens, expects IEUM_STORE with these words in the English sentence, and the file as it was. */
static void check_refused(const char *path, bool create, const char *words) {
    struct store *store = NULL;
    struct problem problem = {0};
    struct stat about;
    size_t size = 0;
    bool is_file = stat(path, &about) == 0 && S_ISREG(about.st_mode);
    char *before = is_file ? sample_read(path, &size) : NULL;
    CHECK_INT(store_open(path, create, &store, &problem), IEUM_STORE);
    CHECK(store == NULL);
    CHECK(strstr(problem.en, words) != NULL);
    if (!strstr(problem.en, words)) fprintf(stderr, "  said: %s\n", problem.en);
    CHECK(problem.ko[0] != '\0');
    CHECK_TEXT(problem.source, path);
    if (is_file) CHECK(sample_unchanged(path, before, size));
}

TEST(makes_and_opens_again) {
    const char *path = sample_path("s.db");
    struct store *store = sample_open(path, true);
    CHECK(store_writable(store));
    CHECK_TEXT(store_path(store), path);
    store_close(store);
    CHECK_INT(sample_file_count(), 1);
    store = sample_open(path, false);
    store_close(store);
    store_close(NULL);
    sample_folder_clear();
}

TEST(refuses_what_is_no_store) {
    static const char text[] = "이것은 저장소가 아닙니다. This is a text file that is longer than one hundred bytes, "
                               "so that a header could be read.";
    sample_write(sample_path("text.db"), text, sizeof text);
    check_refused(sample_path("text.db"), true, "is not a store");
    sample_write(sample_path("short.db"), "SQLite format 3", 16);
    check_refused(sample_path("short.db"), true, "is not a store");
    check_refused(sample_path("missing.db"), false, "There is no store");
    check_refused(sample_path("no/such/folder.db"), true, "cannot be opened");
    must(mkdir(sample_path("folder.db"), 0755) == 0, "mkdir");
    check_refused(sample_path("folder.db"), true, "is a folder");
    must(mkfifo(sample_path("pipe.db"), 0644) == 0, "mkfifo");
    check_refused(sample_path("pipe.db"), true, "not a plain file");
    sample_folder_clear();
}

/* Offsets of the two numbers in a database file's header: application id 68, user version 60. */
static void set_header_number(const char *path, long offset, unsigned number) {
    unsigned char bytes[4] = {(unsigned char)(number >> 24), (unsigned char)(number >> 16),
                              (unsigned char)(number >> 8), (unsigned char)number};
    FILE *file = fopen(path, "r+b");
    must(file && fseek(file, offset, SEEK_SET) == 0 && fwrite(bytes, 1, 4, file) == 4 && fclose(file) == 0, path);
}

TEST(refuses_foreign_and_newer) {
    sample_store(sample_path("s.db"), 3);
    set_header_number(sample_path("s.db"), 68, 0);
    check_refused(sample_path("s.db"), true, "made by another program");
    set_header_number(sample_path("s.db"), 68, 0x12345678);
    check_refused(sample_path("s.db"), false, "made by another program");
    set_header_number(sample_path("s.db"), 68, 0x4945554D);
    set_header_number(sample_path("s.db"), 60, 99);
    check_refused(sample_path("s.db"), true, "version 99");
    sample_folder_clear();
}

TEST(refuses_damaged) {
    sample_store(sample_path("s.db"), 200);
    struct stat about;
    must(stat(sample_path("s.db"), &about) == 0, "stat");
    must(truncate(sample_path("s.db"), about.st_size / 2) == 0, "truncate");
    check_refused(sample_path("s.db"), false, "is damaged");
    sample_folder_clear();
}

TEST(fills_an_empty_file) {
    sample_write(sample_path("s.db"), "", 0);
    check_refused(sample_path("s.db"), false, "There is no store");
    store_close(sample_open(sample_path("s.db"), true));
    CHECK(sample_sound(sample_path("s.db")));
    /* A journal whose store was deleted must not be played into a new one. */
    sample_write(sample_path("t.db-journal"),
                 "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 nothing that could be played back ...........", 50);
    store_close(sample_open(sample_path("t.db"), true));
    CHECK(sample_sound(sample_path("t.db")));
    sample_folder_clear();
}

/* Names that the library would take for something else. */
TEST(takes_names_as_names) {
    char before[512];
    must(getcwd(before, sizeof before) != NULL, "getcwd");
    sample_path("x");
    must(chdir(sample_folder) == 0, "chdir");
    static const char *const names[] = {":memory:", "file:a.db?mode=memory", "저장소 '1'.db", "-x.db"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        store_close(sample_open(names[i], true));
        CHECK(access(names[i], F_OK) == 0);
        store_close(sample_open(names[i], false));
    }
    must(chdir(before) == 0, "chdir");
    sample_folder_clear();
}

static bool reads_but_does_not_write(const char *path) {
    struct store *store = NULL;
    struct record_set set = {0};
    struct problem problem = {0};
    if (store_open(path, true, &store, &problem) != IEUM_OK) return false;
    bool fine =
        !store_writable(store) && store_load(store, RECORD_SUPPLIER, NULL, &set, &problem) == IEUM_OK && set.count == 5;
    record_set_free(&set);
    ieum_status status = sample_import(store, sample_suppliers(3, 9, 2), NULL, &problem);
    fine = fine && status == IEUM_STORE && (strstr(problem.en, "read-only") || strstr(problem.en, "permissions"));
    if (!fine) fprintf(stderr, "read-only: %s\n", problem.en);
    store_close(store);
    return fine;
}

static bool cannot_create(const char *path) {
    struct store *store = NULL;
    struct problem problem = {0};
    return store_open(path, true, &store, &problem) == IEUM_STORE && problem.en[0];
}

TEST(reads_what_it_may_only_read) {
    sample_store(sample_path("s.db"), 5);
    size_t size = 0;
    char *before = sample_read(sample_path("s.db"), &size);
    chmod(sample_path("s.db"), 0444);
    CHECK(sample_as_nobody(reads_but_does_not_write, sample_path("s.db")));
    chmod(sample_path("s.db"), 0666);
    chmod(sample_folder, 0555);
    CHECK(sample_as_nobody(reads_but_does_not_write, sample_path("s.db")));
    CHECK(sample_as_nobody(cannot_create, sample_path("new.db")));
    chmod(sample_folder, 0777);
    chmod(sample_path("s.db"), 0000);
    CHECK(sample_as_nobody(cannot_create, sample_path("s.db")));
    chmod(sample_path("s.db"), 0644);
    CHECK(sample_unchanged(sample_path("s.db"), before, size));
    CHECK_INT(sample_file_count(), 1);
    sample_folder_clear();
}

TEST(says_that_it_is_busy) {
    sample_store(sample_path("s.db"), 5);
    struct store *first = sample_open(sample_path("s.db"), false), *second = sample_open(sample_path("s.db"), false);
    struct problem problem = {0};
    size_t count = 0;
    store_set_patience(second, 20);
    CHECK_INT(store_begin(first, &problem), IEUM_OK);
    CHECK_INT(sample_import(second, sample_suppliers(10, 2, 1), NULL, &problem), IEUM_STORE);
    CHECK(strstr(problem.en, "another program is using") != NULL);
    problem_clear(&problem);
    CHECK_INT(store_count(second, RECORD_SUPPLIER, NULL, &count, &problem), IEUM_OK); /* readers go on */
    CHECK_INT(count, 5);
    store_end(first);
    CHECK_INT(sample_import(second, sample_suppliers(10, 2, 1), NULL, &problem), IEUM_OK);
    store_close(first);
    store_close(second);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

/* What is changed stays in memory until it is committed, be it more than the cache holds: nothing is locked for readers before. */
TEST(lets_readers_go_on_while_much_is_changed) {
    enum { TEXT = 1 << 20, TEXTS = 40 };
    struct store *first = sample_open(sample_path("s.db"), true), *second = sample_open(sample_path("s.db"), false);
    struct store_act act = SAMPLE_ACT;
    struct problem problem = {0};
    struct arena *arena = arena_new();
    const char *value = "";
    char key[16], *text = malloc(TEXT + 1);
    must(text != NULL, "malloc");
    memset(text, 'x', TEXT);
    text[TEXT] = '\0';
    store_set_patience(second, 20);
    CHECK_INT(store_begin(first, &problem), IEUM_OK);
    for (int i = 0; i < TEXTS; i++) {
        snprintf(key, sizeof key, "k%d", i);
        CHECK_INT(store_setting_put(first, key, text, &act, &problem), IEUM_OK);
        CHECK_INT(store_setting_get(second, key, arena, &value, &problem), IEUM_OK);
        CHECK(value == NULL);
    }
    CHECK_INT(store_commit(first, &problem), IEUM_OK);
    CHECK_INT(store_setting_get(second, key, arena, &value, &problem), IEUM_OK);
    CHECK(value && strlen(value) == TEXT);
    free(text);
    arena_free(arena);
    store_close(first);
    store_close(second);
    sample_folder_clear();
}

TEST(is_created_once_by_many) {
    const char *path = sample_path("s.db");
    fflush(NULL);
    for (int i = 0; i < 6; i++) {
        pid_t child = fork();
        must(child >= 0, "fork");
        if (child == 0) {
            struct problem problem = {0};
            struct store *store = NULL;
            bool fine = store_open(path, true, &store, &problem) == IEUM_OK &&
                        sample_import(store, sample_suppliers(100 * i, 10, 1), NULL, &problem) == IEUM_OK;
            store_close(store);
            if (!fine) fprintf(stderr, "child: %s\n", problem.en);
            _exit(fine ? 0 : 1);
        }
    }
    for (int i = 0, ended = 0; i < 6; i++) {
        must(wait(&ended) > 0, "wait");
        CHECK(WIFEXITED(ended) && WEXITSTATUS(ended) == 0);
    }
    struct store *store = sample_open(path, false);
    struct problem problem = {0};
    size_t count = 0;
    CHECK_INT(store_count(store, RECORD_SUPPLIER, NULL, &count, &problem), IEUM_OK);
    CHECK_INT(count, 60);
    store_close(store);
    CHECK_INT(sample_file_count(), 1);
    CHECK(sample_sound(path));
    sample_folder_clear();
}

/* ---- importing and loading ---- */

TEST(counts_new_changed_and_unchanged) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct import_counts counts;
    struct audit_head head;
    CHECK_INT(sample_import(store, sample_suppliers(1, 5, 1), &counts, &problem), IEUM_OK);
    CHECK_INT(counts.created.count, 5);
    CHECK_INT(counts.changed.count + counts.unchanged.count, 0);
    CHECK_INT(counts.created.ids.count, 5);
    CHECK_TEXT(counts.created.ids.items[4], "S0005");
    import_counts_free(&counts);

    size_t size = 0;
    char *before = sample_read(sample_path("s.db"), &size);
    CHECK_INT(sample_import(store, sample_suppliers(1, 5, 1), &counts, &problem), IEUM_OK);
    CHECK_INT(counts.unchanged.count, 5);
    CHECK_INT(counts.created.count + counts.changed.count, 0);
    import_counts_free(&counts);
    CHECK(sample_unchanged(sample_path("s.db"), before, size));

    struct buffer text = BUFFER_EMPTY;
    add_supplier(&text, 4, 1);
    add_supplier(&text, 5, 2);
    add_supplier(&text, 6, 1);
    CHECK_INT(sample_import(store, sample_set(RECORD_SUPPLIER, &text), &counts, &problem), IEUM_OK);
    CHECK_TEXT(counts.unchanged.ids.items[0], "S0004");
    CHECK_TEXT(counts.changed.ids.items[0], "S0005");
    CHECK_TEXT(counts.created.ids.items[0], "S0006");
    import_counts_free(&counts);
    CHECK_INT(store_audit_head(store, &head, &problem), IEUM_OK);
    CHECK_INT(head.number, 2); /* the import without a change left no entry */
    store_close(store);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

TEST(loads_in_order_of_ids_what_was_given) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct buffer text = BUFFER_EMPTY;
    struct problem problem = {0};
    struct record_set set = {0};
    static const int numbers[] = {7, 2, 9, 1};
    for (size_t i = 0; i < 4; i++) add_supplier(&text, numbers[i], 1);
    struct record_set given = sample_set(RECORD_SUPPLIER, &text);
    struct store_act act = SAMPLE_ACT;
    struct import_counts counts;
    CHECK_INT(store_import(store, &given, "x", &act, &counts, &problem), IEUM_OK);
    import_counts_free(&counts);
    CHECK_INT(store_load(store, RECORD_SUPPLIER, NULL, &set, &problem), IEUM_OK);
    CHECK_INT(set.count, 4);
    static const size_t order[] = {3, 1, 0, 2};
    for (size_t i = 0; i < 4 && i < set.count; i++) {
        CHECK_TEXT(set.suppliers[i].id, given.suppliers[order[i]].id);
        CHECK(jval_equal(set.suppliers[i].json, given.suppliers[order[i]].json));
        CHECK_INT(set.suppliers[i].price_most_krw, 60000000);
    }
    char stored[DIGEST_TEXT], inline_hash[DIGEST_TEXT];
    const enum record_kind kinds[] = {RECORD_SUPPLIER};
    const struct record_set *sets[] = {&given};
    CHECK_INT(store_data_hash(store, kinds, 1, NULL, stored, &problem), IEUM_OK);
    CHECK_INT(records_data_hash(sets, 1, inline_hash, &problem), IEUM_OK);
    CHECK_TEXT(stored, inline_hash);
    record_set_free(&set);
    record_set_free(&given);
    CHECK_INT(sample_import(store, sample_suppliers(2, 1, 2), NULL, &problem), IEUM_OK);
    CHECK_INT(store_data_hash(store, kinds, 1, NULL, inline_hash, &problem), IEUM_OK);
    CHECK(strcmp(stored, inline_hash) != 0);
    store_close(store);
    sample_folder_clear();
}

TEST(loads_one_or_says_which_is_missing) {
    sample_store(sample_path("s.db"), 3);
    struct store *store = sample_open(sample_path("s.db"), false);
    struct problem problem = {0};
    struct record_set set = {0};
    CHECK_INT(store_load_one(store, RECORD_SUPPLIER, "S0002", &set, &problem), IEUM_OK);
    CHECK_INT(set.count, 1);
    CHECK_TEXT(set.suppliers[0].id, "S0002");
    record_set_free(&set);
    CHECK_INT(store_load_one(store, RECORD_SUPPLIER, "S9999", &set, &problem), IEUM_NOT_FOUND);
    CHECK(strstr(problem.en, "S9999") && strstr(problem.ko, "S9999"));
    CHECK(set.suppliers == NULL);
    problem_clear(&problem);
    CHECK_INT(store_load_one(store, RECORD_DEMAND, "S0002", &set, &problem), IEUM_NOT_FOUND);
    CHECK(strstr(problem.en, "no demand") != NULL);
    problem_clear(&problem);
    CHECK_INT(store_load(store, RECORD_OUTCOME, NULL, &set, &problem), IEUM_OK);
    CHECK_INT(set.count, 0);
    record_set_free(&set);
    store_close(store);
    sample_folder_clear();
}

/* The number of threads changes neither records nor which fault is told. */
TEST(loads_alike_with_any_threads) {
    sample_store(sample_path("s.db"), 300);
    struct store *store = sample_open(sample_path("s.db"), false);
    char hashes[3][DIGEST_TEXT];
    struct problem problem = {0};
    for (int threads = 1; threads <= 3; threads++) {
        struct record_set set = {0};
        const struct record_set *sets[] = {&set};
        store_set_threads(store, threads);
        CHECK_INT(store_load(store, RECORD_SUPPLIER, NULL, &set, &problem), IEUM_OK);
        CHECK_INT(set.count, 300);
        CHECK_INT(records_data_hash(sets, 1, hashes[threads - 1], &problem), IEUM_OK);
        record_set_free(&set);
    }
    CHECK_TEXT(hashes[1], hashes[0]);
    CHECK_TEXT(hashes[2], hashes[0]);
    change_by_hand(sample_path("s.db"),
                   "UPDATE suppliers SET json = '{\"id\":' || id WHERE id IN ('S0250', 'S0120', 'S0299')");
    char told[3][1024];
    for (int threads = 1; threads <= 3; threads++) {
        struct record_set set = {0};
        problem_clear(&problem);
        store_set_threads(store, threads);
        CHECK_INT(store_load(store, RECORD_SUPPLIER, NULL, &set, &problem), IEUM_STORE);
        snprintf(told[threads - 1], sizeof told[0], "%s|%s|%zu|%s", problem.en, problem.value, problem.column,
                 problem.source);
        record_set_free(&set);
    }
    CHECK_TEXT(told[1], told[0]);
    CHECK_TEXT(told[2], told[0]);
    CHECK(strstr(told[0], "S0120") != NULL);
    if (!strstr(told[0], "S0120")) fprintf(stderr, "  said: %s\n", told[0]);
    store_close(store);
    sample_folder_clear();
}

/* A record that no longer passes the rules is named. */
TEST(names_the_record_that_fails) {
    sample_store(sample_path("s.db"), 9);
    change_by_hand(sample_path("s.db"),
                   "UPDATE suppliers SET json = replace(json, '2019-08-19', '2019-02-30') WHERE id = 'S0004'");
    struct store *store = sample_open(sample_path("s.db"), false);
    struct record_set set = {0};
    struct problem problem = {0};
    CHECK_INT(store_load(store, RECORD_SUPPLIER, NULL, &set, &problem), IEUM_STORE);
    CHECK(strstr(problem.source, "suppliers S0004") != NULL);
    CHECK_TEXT(problem.pointer, "/founded");
    store_close(store);
    sample_folder_clear();
}

TEST(keeps_programs_and_outcomes_apart) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct buffer text = BUFFER_EMPTY;
    struct record_set set = {0};
    struct import_counts counts;
    size_t count = 0;
    add_demand(&text, "D3", "ai-bio", "다(가상)", NULL);
    add_demand(&text, "D10", "ai-manufacturing", "나(가상)", NULL);
    add_demand(&text, "D1", "ai-manufacturing", "가(가상)", NULL);
    CHECK_INT(sample_import(store, sample_set(RECORD_DEMAND, &text), NULL, &problem), IEUM_OK);
    CHECK_INT(store_load(store, RECORD_DEMAND, "ai-manufacturing", &set, &problem), IEUM_OK);
    CHECK_INT(set.count, 2);
    CHECK_TEXT(set.demands[0].id, "D1");
    CHECK_TEXT(set.demands[1].id, "D10");
    record_set_free(&set);
    CHECK_INT(store_count(store, RECORD_DEMAND, "ai-bio", &count, &problem), IEUM_OK);
    CHECK_INT(count, 1);
    CHECK_INT(store_count(store, RECORD_DEMAND, "no-such", &count, &problem), IEUM_OK);
    CHECK_INT(count, 0);

    add_outcome(&text, "D1", "S0001", "agreed");
    add_outcome(&text, "D1", "S0001", "completed");
    CHECK_INT(sample_import(store, sample_set(RECORD_OUTCOME, &text), &counts, &problem), IEUM_OK);
    CHECK_INT(counts.created.count, 2);
    CHECK_TEXT(counts.created.ids.items[0], "[\"ai-manufacturing\",\"R1\",\"D1\",\"S0001\",\"agreed\"]");
    import_counts_free(&counts);
    add_outcome(&text, "D1", "S0001", "agreed");
    CHECK_INT(sample_import(store, sample_set(RECORD_OUTCOME, &text), &counts, &problem), IEUM_OK);
    CHECK_INT(counts.unchanged.count, 1);
    import_counts_free(&counts);
    CHECK_INT(store_load(store, RECORD_OUTCOME, "ai-manufacturing", &set, &problem), IEUM_OK);
    CHECK_INT(set.count, 2);
    record_set_free(&set);
    store_close(store);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

TEST(knows_a_party_by_its_number) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct buffer text = BUFFER_EMPTY;
    struct party_list list = {0};
    add_demand(&text, "D1", "ai-bio", "가나(가상)", "123-45-67891");
    add_demand(&text, "D2", "ai-bio", "가나 주식회사(가상)", "1234567891");
    add_demand(&text, "D3", "ai-bio", "검사기업1(가상)", NULL);
    add_demand(&text, "D4", "ai-bio", "검사기업1(가상)", NULL);
    CHECK_INT(sample_import(store, sample_set(RECORD_DEMAND, &text), NULL, &problem), IEUM_OK);
    CHECK_INT(sample_import(store, sample_suppliers(1, 1, 1), NULL, &problem), IEUM_OK);
    CHECK_INT(store_parties(store, &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 3);
    CHECK_TEXT(list.items[0].key, "demand:검사기업1(가상)");
    CHECK_INT(list.items[0].roles[0].records, 2);
    CHECK_TEXT(list.items[1].registration_no, "1234567891");
    CHECK_TEXT(list.items[1].name, "가나 주식회사(가상)");
    CHECK_INT(list.items[1].roles[0].records, 2);
    CHECK_TEXT(list.items[2].roles[0].role, "supplier");
    CHECK_TEXT(list.items[2].roles[0].kind, "인공지능개발사업자");
    party_list_free(&list);
    /* A record that changes its party leaves none behind. */
    add_demand(&text, "D3", "ai-bio", "검사기업1(가상)", "1234567891");
    add_demand(&text, "D4", "ai-bio", "다라(가상)", "1234567891");
    CHECK_INT(sample_import(store, sample_set(RECORD_DEMAND, &text), NULL, &problem), IEUM_OK);
    CHECK_INT(store_parties(store, &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 2);
    CHECK_INT(list.items[0].roles[0].records, 4);
    party_list_free(&list);
    store_close(store);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

TEST(refuses_an_act_without_a_name) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct import_counts counts;
    struct record_set set = sample_suppliers(1, 1, 1);
    struct store_act act = {"", "2025-01-01", NULL, NULL};
    CHECK_INT(store_import(store, &set, "x", &act, &counts, &problem), IEUM_INVALID);
    record_set_free(&set);
    store_close(store);
    sample_folder_clear();
}

/* ---- transactions ---- */

TEST(joins_calls_or_undoes_them) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    size_t count = 9;
    CHECK_INT(store_begin(store, &problem), IEUM_OK);
    CHECK_INT(sample_import(store, sample_suppliers(1, 3, 1), NULL, &problem), IEUM_OK);
    store_end(store);
    CHECK_INT(store_count(store, RECORD_SUPPLIER, NULL, &count, &problem), IEUM_OK);
    CHECK_INT(count, 0);
    CHECK_INT(store_begin(store, &problem), IEUM_OK);
    CHECK_INT(sample_import(store, sample_suppliers(1, 3, 1), NULL, &problem), IEUM_OK);
    CHECK_INT(sample_import(store, sample_suppliers(4, 3, 1), NULL, &problem), IEUM_OK);
    CHECK_INT(store_commit(store, &problem), IEUM_OK);
    CHECK_INT(store_count(store, RECORD_SUPPLIER, NULL, &count, &problem), IEUM_OK);
    CHECK_INT(count, 6);

    CHECK_INT(store_begin_read(store, &problem), IEUM_OK);
    CHECK_INT(sample_import(store, sample_suppliers(1, 3, 2), NULL, &problem), IEUM_INTERNAL);
    problem_clear(&problem);
    store_end(store);
    /* After a failed change the rest cannot be committed. */
    struct store_act nobody = {"", "", NULL, NULL};
    CHECK_INT(store_begin(store, &problem), IEUM_OK);
    CHECK_INT(sample_import(store, sample_suppliers(7, 1, 1), NULL, &problem), IEUM_OK);
    CHECK_INT(store_setting_put(store, "k", "v", &nobody, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(store_commit(store, &problem), IEUM_INTERNAL);
    problem_clear(&problem);
    CHECK_INT(store_count(store, RECORD_SUPPLIER, NULL, &count, &problem), IEUM_OK);
    CHECK_INT(count, 6);
    store_close(store);
    sample_folder_clear();
}

/* ---- annotations and settings ---- */

TEST(keeps_annotations_beside_records) {
    sample_store(sample_path("s.db"), 4);
    struct store *store = sample_open(sample_path("s.db"), false);
    struct problem problem = {0};
    struct annotation_list list = {0};
    CHECK_INT(store_annotations_load(store, RECORD_SUPPLIER, NULL, "lex-1", &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 4);
    struct stored_annotation items[2] = {{NULL, list.items[1].digest, "ab\0c", 4}, {NULL, list.items[3].digest, "", 0}};
    CHECK(list.items[1].bytes == NULL);
    CHECK_INT(store_annotations_put(store, "lex-1", items, 2, &problem), IEUM_OK);
    annotation_list_free(&list);
    CHECK_INT(store_annotations_load(store, RECORD_SUPPLIER, NULL, "lex-1", &list, &problem), IEUM_OK);
    CHECK_TEXT(list.items[1].id, "S0002");
    CHECK_INT(list.items[1].size, 4);
    CHECK(list.items[1].bytes && memcmp(list.items[1].bytes, "ab\0c", 4) == 0);
    CHECK(list.items[0].bytes == NULL);
    CHECK_INT(list.items[3].size, 0);
    CHECK(list.items[3].bytes != NULL);
    char digest[DIGEST_TEXT];
    snprintf(digest, sizeof digest, "%s", list.items[1].digest);
    annotation_list_free(&list);
    /* A changed record has none, and the old one is dropped with the next put. */
    CHECK_INT(sample_import(store, sample_suppliers(2, 1, 2), NULL, &problem), IEUM_OK);
    CHECK_INT(store_annotations_load(store, RECORD_SUPPLIER, NULL, "lex-1", &list, &problem), IEUM_OK);
    CHECK(strcmp(list.items[1].digest, digest) != 0);
    CHECK(list.items[1].bytes == NULL);
    CHECK(list.items[3].bytes != NULL);
    struct stored_annotation other = {NULL, list.items[0].digest, "x", 1};
    CHECK_INT(store_annotations_put(store, "lex-2", &other, 1, &problem), IEUM_OK);
    annotation_list_free(&list);
    struct store_report report = {0};
    CHECK_INT(store_doctor(store, &report, &problem), IEUM_OK);
    CHECK_INT(report.annotations, 1);
    store_report_free(&report);
    store_close(store);
    sample_folder_clear();
}

TEST(keeps_settings) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct store_act act = SAMPLE_ACT;
    struct arena *arena = arena_new();
    const char *value = "";
    CHECK_INT(store_setting_get(store, "language", arena, &value, &problem), IEUM_OK);
    CHECK(value == NULL);
    CHECK_INT(store_setting_put(store, "language", "en", &act, &problem), IEUM_OK);
    CHECK_INT(store_setting_put(store, "language", "ko", &act, &problem), IEUM_OK);
    CHECK_INT(store_setting_get(store, "language", arena, &value, &problem), IEUM_OK);
    CHECK_TEXT(value, "ko");
    arena_free(arena);
    store_close(store);
    sample_folder_clear();
}

TEST_MAIN(makes_and_opens_again, refuses_what_is_no_store, refuses_foreign_and_newer, refuses_damaged,
          fills_an_empty_file, takes_names_as_names, reads_what_it_may_only_read, says_that_it_is_busy,
          lets_readers_go_on_while_much_is_changed, is_created_once_by_many, counts_new_changed_and_unchanged, loads_in_order_of_ids_what_was_given,
          loads_one_or_says_which_is_missing, loads_alike_with_any_threads, names_the_record_that_fails,
          keeps_programs_and_outcomes_apart, knows_a_party_by_its_number, refuses_an_act_without_a_name,
          joins_calls_or_undoes_them, keeps_annotations_beside_records, keeps_settings)
