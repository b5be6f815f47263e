/* SPDX-License-Identifier: Apache-2.0 */
/* Backup, restore and doctor: whole or not at all, nothing overwritten unasked, damage found. */
#define _DEFAULT_SOURCE
#include "store_samples.h"

static void hash_of(const char *path, char hash[DIGEST_TEXT]) {
    struct store *store = sample_open(path, false);
    sample_hash(store, hash);
    store_close(store);
}

static ieum_status back_up(const char *path, const char *to, bool replace, struct problem *problem) {
    struct store *store = sample_open(path, false);
    ieum_status status = store_backup(store, to, replace, problem);
    store_close(store);
    return status;
}

static ieum_status restore(const char *path, const char *from, struct problem *problem) {
    struct store_act act = SAMPLE_ACT;
    problem_clear(problem);
    return store_restore(path, from, &act, problem);
}

/* Stores `path` with new records, so that it differs from its backup. */
static void go_on(const char *path) {
    struct store *store = sample_open(path, false);
    struct problem problem = {0};
    must(sample_import(store, sample_suppliers(1, 60, 2), NULL, &problem) == IEUM_OK, problem.en);
    store_close(store);
}

TEST(backs_up_and_restores) {
    const char *path = sample_path("s.db"), *copy = sample_path("copy.db");
    char before[DIGEST_TEXT], after[DIGEST_TEXT], kept[DIGEST_TEXT], changed[DIGEST_TEXT];
    struct problem problem = {0};
    struct stat about;
    sample_store(path, 50);
    chmod(path, 0600);
    hash_of(path, before);
    CHECK_INT(back_up(path, copy, false, &problem), IEUM_OK);
    CHECK(sample_sound(copy));
    CHECK(stat(copy, &about) == 0 && (about.st_mode & 0777) == 0600);
    go_on(path);
    hash_of(path, changed);
    CHECK(strcmp(before, changed) != 0);
    CHECK_INT(restore(path, copy, &problem), IEUM_OK);
    hash_of(path, after);
    hash_of(sample_path("s.db.bak"), kept);
    CHECK_TEXT(after, before);
    CHECK_TEXT(kept, changed);
    CHECK(sample_sound(path) && sample_sound(sample_path("s.db.bak")));
    CHECK_INT(sample_file_count(), 3);
    struct store *store = sample_open(path, false);
    struct audit_list list = {0};
    CHECK_INT(store_audit_list(store, 1, 10, &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 1);
    if (list.count) CHECK_TEXT(list.items[0].action, "restore");
    audit_list_free(&list);
    store_close(store);
    sample_folder_clear();
}

TEST(restores_where_nothing_is) {
    struct problem problem = {0};
    sample_store(sample_path("s.db"), 5);
    CHECK_INT(back_up(sample_path("s.db"), sample_path("copy.db"), false, &problem), IEUM_OK);
    CHECK_INT(restore(sample_path("new.db"), sample_path("copy.db"), &problem), IEUM_OK);
    CHECK(sample_sound(sample_path("new.db")));
    sample_write(sample_path("empty.db"), "", 0);
    CHECK_INT(restore(sample_path("empty.db"), sample_path("copy.db"), &problem), IEUM_OK);
    CHECK(sample_sound(sample_path("empty.db")));
    CHECK_INT(sample_file_count(), 4);
    sample_folder_clear();
}

/* Others who have the store open go on with the restored one. */
TEST(restores_under_an_open_store) {
    struct problem problem = {0};
    char before[DIGEST_TEXT], seen[DIGEST_TEXT];
    sample_store(sample_path("s.db"), 30);
    hash_of(sample_path("s.db"), before);
    CHECK_INT(back_up(sample_path("s.db"), sample_path("copy.db"), false, &problem), IEUM_OK);
    go_on(sample_path("s.db"));
    struct store *other = sample_open(sample_path("s.db"), false);
    sample_hash(other, seen);
    CHECK(strcmp(seen, before) != 0);
    CHECK_INT(restore(sample_path("s.db"), sample_path("copy.db"), &problem), IEUM_OK);
    sample_hash(other, seen);
    CHECK_TEXT(seen, before);
    CHECK_INT(sample_import(other, sample_suppliers(500, 2, 1), NULL, &problem), IEUM_OK);
    store_close(other);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

TEST(overwrites_nothing_unasked) {
    struct problem problem = {0};
    size_t size = 0;
    sample_store(sample_path("s.db"), 5);
    sample_write(sample_path("there"), "precious", 8);
    char *before = sample_read(sample_path("there"), &size);
    CHECK_INT(back_up(sample_path("s.db"), sample_path("there"), false, &problem), IEUM_CONFLICT);
    CHECK(strstr(problem.ko, "이미") != NULL);
    CHECK(sample_unchanged(sample_path("there"), before, size));
    problem_clear(&problem);
    CHECK_INT(back_up(sample_path("s.db"), sample_path("s.db"), true, &problem), IEUM_CONFLICT);
    problem_clear(&problem);
    must(link(sample_path("s.db"), sample_path("other-name")) == 0, "link");
    CHECK_INT(back_up(sample_path("s.db"), sample_path("other-name"), true, &problem), IEUM_CONFLICT);
    unlink(sample_path("other-name"));
    problem_clear(&problem);
    CHECK_INT(back_up(sample_path("s.db"), sample_path("there"), true, &problem), IEUM_OK);
    CHECK(sample_sound(sample_path("there")));
    CHECK_INT(back_up(sample_path("s.db"), sample_path("no/such/there"), false, &problem), IEUM_STORE);
    CHECK(strstr(problem.en, "no/such/there'") != NULL);
    CHECK_INT(sample_file_count(), 2);
    sample_folder_clear();
}

/* Each wrong backup is refused and the store stays as it is. */
TEST(restores_only_what_is_sound) {
    struct problem problem = {0};
    struct stat about;
    size_t size = 0, text_size = 0;
    const char *path = sample_path("s.db");
    sample_store(path, 200);
    char *before = sample_read(path, &size);
    CHECK_INT(restore(path, sample_path("missing"), &problem), IEUM_NOT_FOUND);
    CHECK_INT(restore(path, path, &problem), IEUM_CONFLICT);
    sample_write(sample_path("text"), "no backup at all", 16);
    CHECK_INT(restore(path, sample_path("text"), &problem), IEUM_STORE);
    problem_clear(&problem);
    CHECK_INT(back_up(path, sample_path("cut"), false, &problem), IEUM_OK);
    must(stat(sample_path("cut"), &about) == 0 && truncate(sample_path("cut"), about.st_size / 2) == 0, "truncate");
    CHECK_INT(restore(path, sample_path("cut"), &problem), IEUM_STORE);
    CHECK(strstr(problem.en, "damaged") != NULL);
    sample_store(sample_path("orphan"), 3);
    change_by_hand(sample_path("orphan"), "PRAGMA foreign_keys=OFF; DELETE FROM parties");
    CHECK_INT(restore(path, sample_path("orphan"), &problem), IEUM_STORE);
    sample_store(sample_path("newer"), 3);
    change_by_hand(sample_path("newer"), "PRAGMA user_version=77");
    CHECK_INT(restore(path, sample_path("newer"), &problem), IEUM_STORE);
    CHECK(sample_unchanged(path, before, size));
    /* And nothing is written over another program's file. */
    char *text = sample_read(sample_path("text"), &text_size);
    CHECK_INT(restore(sample_path("text"), path, &problem), IEUM_STORE);
    CHECK(sample_unchanged(sample_path("text"), text, text_size));
    CHECK_INT(sample_file_count(), 5);
    sample_folder_clear();
}

TEST(restores_over_a_damaged_store) {
    struct problem problem = {0};
    struct stat about;
    char before[DIGEST_TEXT], after[DIGEST_TEXT];
    sample_store(sample_path("s.db"), 200);
    hash_of(sample_path("s.db"), before);
    CHECK_INT(back_up(sample_path("s.db"), sample_path("copy.db"), false, &problem), IEUM_OK);
    must(stat(sample_path("s.db"), &about) == 0, "stat");
    must(truncate(sample_path("s.db"), about.st_size / 2) == 0, "truncate");
    CHECK_INT(restore(sample_path("s.db"), sample_path("copy.db"), &problem), IEUM_OK);
    hash_of(sample_path("s.db"), after);
    CHECK_TEXT(after, before);
    struct stat kept;
    CHECK(stat(sample_path("s.db.bak"), &kept) == 0 && kept.st_size == about.st_size / 2);
    CHECK(sample_sound(sample_path("s.db")));
    CHECK_INT(sample_file_count(), 3);
    sample_folder_clear();
}

TEST(restore_waits_for_no_one_for_ever) {
    struct problem problem = {0};
    sample_store(sample_path("s.db"), 5);
    CHECK_INT(back_up(sample_path("s.db"), sample_path("copy.db"), false, &problem), IEUM_OK);
    /* Someone writes between the copy of the old store and the restore: noticed by the count of changes. */
    struct database *source = NULL, *target = NULL;
    struct database_header header;
    must(database_open(sample_path("copy.db"), NULL, DATABASE_READ, 10, &source, &problem) == IEUM_OK, problem.en);
    must(database_open(sample_path("s.db"), NULL, DATABASE_WRITE, 10, &target, &problem) == IEUM_OK, problem.en);
    CHECK_INT(database_header(target, &header, &problem), IEUM_OK);
    go_on(sample_path("s.db"));
    CHECK_INT(database_copy(source, target, &header.changes, &problem), IEUM_STORE);
    CHECK(strstr(problem.en, "another program") != NULL);
    database_close(source);
    database_close(target);
    struct store *store = sample_open(sample_path("s.db"), false);
    size_t count = 0;
    problem_clear(&problem);
    CHECK_INT(store_count(store, RECORD_SUPPLIER, NULL, &count, &problem), IEUM_OK);
    CHECK_INT(count, 60);
    store_close(store);
    sample_folder_clear();
}

/* ---- doctor ---- */

static size_t findings_after(const char *sql, const char *words) {
    sample_store(sample_path("s.db"), 20);
    change_by_hand(sample_path("s.db"), sql);
    struct store *store = sample_open(sample_path("s.db"), false);
    struct store_report report = {0};
    struct problem problem = {0};
    CHECK_INT(store_doctor(store, &report, &problem), IEUM_OK);
    bool found = false;
    for (size_t i = 0; i < report.finding_count; i++) found = found || strstr(report.findings[i].en, words);
    CHECK(found);
    size_t count = report.finding_count;
    CHECK(!report.sound);
    store_report_free(&report);
    store_close(store);
    sample_folder_clear();
    return count;
}

TEST(doctor_finds_what_is_wrong) {
    CHECK_INT(findings_after("UPDATE suppliers SET json = json || ' ' WHERE id = 'S0007'", "'S0007' was changed"), 1);
    CHECK_INT(findings_after("UPDATE suppliers SET json = json || ' '", "was changed"), 20);
    CHECK_INT(findings_after("UPDATE suppliers SET image = (SELECT image FROM suppliers WHERE id = 'S0001')"
                             " WHERE id = 'S0007'",
                             "copy of 'S0007' does not fit"),
              1);
    CHECK_INT(findings_after("PRAGMA foreign_keys=OFF; DELETE FROM parties WHERE key = 'supplier:검사기업3(가상)'",
                             "refers to"),
              1);
    CHECK_INT(findings_after("UPDATE audit SET account = 'x'", "audit entry 1"), 1);
    CHECK_INT(findings_after("PRAGMA writable_schema=ON; DELETE FROM sqlite_schema WHERE name = 'suppliers_party'",
                             "damaged"),
              1);
}

TEST(doctor_counts) {
    sample_store(sample_path("s.db"), 20);
    struct store *store = sample_open(sample_path("s.db"), false);
    struct store_report report = {0};
    struct problem problem = {0};
    CHECK_INT(store_doctor(store, &report, &problem), IEUM_OK);
    CHECK(report.sound && report.writable);
    CHECK_INT(report.version, 4);
    CHECK_INT(report.records[RECORD_SUPPLIER], 20);
    CHECK_INT(report.records[RECORD_DEMAND], 0);
    CHECK_INT(report.parties, 20);
    CHECK_INT(report.audit.head.number, 1);
    CHECK(report.bytes > 20000);
    CHECK(strncmp(report.database, "SQLite 3", 8) == 0);
    store_report_free(&report);
    store_close(store);
    sample_folder_clear();
}

TEST_MAIN(backs_up_and_restores, restores_where_nothing_is, restores_under_an_open_store, overwrites_nothing_unasked,
          restores_only_what_is_sound, restores_over_a_damaged_store, restore_waits_for_no_one_for_ever,
          doctor_finds_what_is_wrong, doctor_counts)
