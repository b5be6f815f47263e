/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every write, sync, cut, rename and allocation of the store made to fail, one at a time: a problem that says why, and
 * a store that is whole and either as before or as after. The system's calls are taken over by name: the program's own
 * definitions come before the C library's, for the database library too.
 */
#include <errno.h>
#include <sys/resource.h>
#include <signal.h>
#include <sys/syscall.h>

#include "store_samples.h"

#define TAKEN_OVER __attribute__((visibility("default"), used))

static long calls_seen, fail_from; /* fail_from 0: never */
static int fail_with;

static bool fails(void) {
    calls_seen++;
    if (!fail_from || calls_seen < fail_from) return false;
    errno = fail_with;
    return true;
}

TAKEN_OVER ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset);
TAKEN_OVER ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset) {
    return fails() ? -1 : syscall(SYS_pwrite64, file, bytes, size, offset);
}
TAKEN_OVER ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset);
TAKEN_OVER ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset) {
    return fails() ? -1 : syscall(SYS_pwrite64, file, bytes, size, offset);
}
TAKEN_OVER int fsync(int file) { return fails() ? -1 : (int)syscall(SYS_fsync, file); }
TAKEN_OVER int fdatasync(int file) { return fails() ? -1 : (int)syscall(SYS_fdatasync, file); }
TAKEN_OVER int ftruncate(int file, off_t size) { return fails() ? -1 : (int)syscall(SYS_ftruncate, file, size); }
TAKEN_OVER int ftruncate64(int file, off64_t size);
TAKEN_OVER int ftruncate64(int file, off64_t size) { return fails() ? -1 : (int)syscall(SYS_ftruncate, file, size); }
TAKEN_OVER int rename(const char *from, const char *to) {
    return fails() ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
TAKEN_OVER int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    return fails() ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

static void fail_at(long n, int error) {
    calls_seen = 0;
    fail_from = n;
    fail_with = error;
}

/* ---- what is made to fail ---- */

enum { RECORDS = 30 };

static ieum_status import_second(const char *path, struct problem *problem) {
    struct record_set set = sample_suppliers(1, RECORDS, 2);
    struct store_act act = SAMPLE_ACT;
    struct import_counts counts = {0};
    struct store *store = NULL;
    ieum_status status = store_open(path, true, &store, problem);
    if (status == IEUM_OK) status = store_import(store, &set, "x", &act, &counts, problem);
    import_counts_free(&counts);
    store_close(store);
    record_set_free(&set);
    return status;
}

static ieum_status restore_second(const char *path, struct problem *problem) {
    struct store_act act = SAMPLE_ACT;
    return store_restore(path, sample_path("second.db"), &act, problem);
}

static ieum_status back_up(const char *path, struct problem *problem) {
    struct store *store = NULL;
    ieum_status status = store_open(path, false, &store, problem);
    if (status == IEUM_OK) status = store_backup(store, sample_path("copy.db"), true, problem);
    store_close(store);
    return status;
}

static void store_hash(const char *path, char hash[DIGEST_TEXT]) {
    struct store *store = sample_open(path, true);
    sample_hash(store, hash);
    store_close(store);
}

typedef ieum_status (*work_function)(const char *path, struct problem *problem);

static struct {
    size_t size;
    char *bytes;
} first;

/* A store with first records, or none when `fresh`. */
static void set_up(const char *path, bool fresh) {
    unlink(sample_path("s.db-journal"));
    if (fresh)
        unlink(path);
    else
        sample_write(path, first.bytes, first.size);
}

/* The store afterwards is whole, with the records of before or after; a success is not taken back. */
static void check_after(const char *path, ieum_status status, const char *before, const char *after) {
    char found[DIGEST_TEXT];
    store_hash(path, found);
    CHECK(strcmp(found, before) == 0 || strcmp(found, after) == 0);
    if (status == IEUM_OK) CHECK_TEXT(found, after);
    CHECK(sample_sound(path));
}

static void fail_every_call(work_function work, bool fresh, int error, const char *words) {
    const char *path = sample_path("s.db");
    char before[DIGEST_TEXT], after[DIGEST_TEXT];
    struct problem problem = {0};
    set_up(path, fresh);
    store_hash(path, before);
    set_up(path, fresh);
    fail_at(0, 0);
    must(work(path, &problem) == IEUM_OK, problem.en);
    long calls = calls_seen;
    store_hash(path, after);
    CHECK(calls > 4); /* else nothing was taken over, and this test tests nothing */
    long said = 0;
    for (long n = 1; n <= calls; n++) {
        set_up(path, fresh);
        problem_clear(&problem);
        fail_at(n, error);
        ieum_status status = work(path, &problem);
        fail_at(0, 0);
        CHECK(status == IEUM_OK || (status == IEUM_STORE && problem.ko[0] && problem.source[0]));
        said += status == IEUM_STORE && strstr(problem.en, words) != NULL;
        check_after(path, status, before, after);
    }
    printf("%ld calls failed, %ld said '%s'\n", calls, said, words);
    CHECK(said >= calls / 2);
}

static void make_first(void) {
    sample_store(sample_path("first.db"), RECORDS);
    first.bytes = sample_read(sample_path("first.db"), &first.size);
}

TEST(every_write_of_an_import_can_fail) {
    make_first();
    fail_every_call(import_second, false, ENOSPC, "disk is full");
    fail_every_call(import_second, true, ENOSPC, "disk is full");
    fail_every_call(import_second, false, EIO, "disk error");
    memory_free(first.bytes);
    sample_folder_clear();
}

TEST(every_write_of_a_restore_can_fail) {
    struct problem problem = {0};
    make_first();
    sample_write(sample_path("second.db"), first.bytes, first.size);
    must(import_second(sample_path("second.db"), &problem) == IEUM_OK, problem.en);
    fail_every_call(restore_second, false, ENOSPC, "disk is full");
    fail_every_call(restore_second, true, ENOSPC, "disk is full");
    memory_free(first.bytes);
    sample_folder_clear();
}

TEST(every_write_of_a_backup_can_fail) {
    make_first();
    fail_every_call(back_up, false, ENOSPC, "disk is full");
    CHECK(sample_sound(sample_path("copy.db")));
    memory_free(first.bytes);
    sample_folder_clear();
}

/* ---- a limit of the system instead of a taken-over call ---- */

static bool import_with_small_files(const char *path) {
    struct rlimit limit = {60000, 60000};
    struct problem problem = {0};
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return false;
    struct store *store = NULL;
    if (store_open(path, false, &store, &problem) != IEUM_OK) return false;
    ieum_status status = sample_import(store, sample_suppliers(1000, 400, 1), NULL, &problem);
    store_close(store);
    if (status == IEUM_STORE && strstr(problem.en, "disk is full")) return true;
    fprintf(stderr, "small files: %s\n", problem.en);
    return false;
}

TEST(a_limit_on_file_size_is_a_full_disk) {
    size_t size = 0;
    sample_store(sample_path("s.db"), 3);
    chmod(sample_path("s.db"), 0666);
    char *before = sample_read(sample_path("s.db"), &size);
    CHECK(sample_as_nobody(import_with_small_files, sample_path("s.db")));
    CHECK(sample_sound(sample_path("s.db")));
    CHECK(sample_unchanged(sample_path("s.db"), before, size));
    sample_folder_clear();
}

/* ---- memory ---- */

static ieum_status load_all(const char *path, struct problem *problem) {
    struct store *store = NULL;
    struct record_set set = {0};
    struct party_list parties = {0};
    struct annotation_list annotations = {0};
    struct store_report report = {0};
    struct audit_list entries = {0};
    struct store_round_steps steps = {0};
    struct store_round round = {0};
    ieum_status status = store_open(path, false, &store, problem);
    if (status == IEUM_OK) status = store_load(store, RECORD_SUPPLIER, NULL, &set, problem);
    if (status == IEUM_OK) status = store_parties(store, &parties, problem);
    if (status == IEUM_OK) status = store_annotations_load(store, RECORD_SUPPLIER, NULL, "lex", &annotations, problem);
    if (status == IEUM_OK) status = store_round_get(store, "R1", &round, problem);
    if (status == IEUM_OK) status = store_round_steps(store, "R1", &steps, problem);
    if (status == IEUM_OK) status = store_audit_list(store, 0, 10, &entries, problem);
    if (status == IEUM_OK) status = store_doctor(store, &report, problem);
    if (status == IEUM_OK) CHECK(set.count == RECORDS && report.sound && parties.count == RECORDS && steps.count == 1);
    record_set_free(&set);
    party_list_free(&parties);
    annotation_list_free(&annotations);
    store_round_free(&round);
    store_round_steps_free(&steps);
    audit_list_free(&entries);
    store_report_free(&report);
    store_close(store);
    return status;
}

static ieum_status step_round(const char *path, struct problem *problem) {
    struct store *store = NULL;
    struct store_act act = {"kim", "2025-03-14", "이유", NULL};
    struct store_round round = {.id = "R2", .program = "p", .version = "1", .state = "s"};
    int64_t revision = 0;
    ieum_status status = store_open(path, false, &store, problem);
    round.payload = jval_new_object();
    if (status == IEUM_OK && !round.payload) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = store_round_put(store, &round, 0, "new", &act, &revision, problem);
    jval_free(round.payload);
    store_close(store);
    return status;
}

/* Until the work gets through; a step of 1 would make the test slow where there are thousands. */
static void fail_every_allocation(work_function work, uint64_t stride) {
    const char *path = sample_path("s.db");
    struct problem problem = {0};
    uint64_t n = 1;
    ieum_status status = IEUM_MEMORY;
    for (; status == IEUM_MEMORY && n < 200000; n += n < 300 ? 1 : stride) {
        set_up(path, false);
        problem_clear(&problem);
        memory_clear_failed();
        memory_fail_at(n);
        status = work(path, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        if (status != IEUM_MEMORY && status != IEUM_OK) fprintf(stderr, "allocation %d: %s\n", (int)n, problem.en);
    }
    CHECK_INT(status, IEUM_OK);
    CHECK(n > 5);
    CHECK(sample_sound(path));
}

static ieum_status import_prepared(const char *path, struct problem *problem) {
    static struct record_set set;
    struct store_act act = SAMPLE_ACT;
    struct import_counts counts = {0};
    struct store *store = NULL;
    if (!set.count) {
        memory_fail_at(0);
        set = sample_suppliers(1, RECORDS, 2);
        memory_fail_at(1);
    }
    ieum_status status = store_open(path, true, &store, problem);
    if (status == IEUM_OK) status = store_import(store, &set, "x", &act, &counts, problem);
    if (status == IEUM_OK) record_set_free(&set);
    import_counts_free(&counts);
    store_close(store);
    return status;
}

TEST(every_allocation_can_fail) {
    struct problem problem = {0};
    sample_store(sample_path("first.db"), RECORDS);
    struct store *store = sample_open(sample_path("first.db"), false);
    struct store_act act = SAMPLE_ACT;
    struct store_round round = {.id = "R1", .program = "p", .version = "1", .state = "s", .payload = jval_new_object()};
    int64_t revision = 0;
    must(store_round_put(store, &round, 0, "new", &act, &revision, &problem) == IEUM_OK, problem.en);
    jval_free(round.payload);
    store_close(store);
    first.bytes = sample_read(sample_path("first.db"), &first.size);
    fail_every_allocation(step_round, 1);
    fail_every_allocation(import_prepared, 7);
    fail_every_allocation(load_all, 53);
    fail_every_allocation(back_up, 1);
    sample_write(sample_path("second.db"), first.bytes, first.size);
    fail_every_allocation(restore_second, 1);
    memory_free(first.bytes);
    sample_folder_clear();
}

TEST_MAIN(every_write_of_an_import_can_fail, every_write_of_a_restore_can_fail, every_write_of_a_backup_can_fail,
          a_limit_on_file_size_is_a_full_disk, every_allocation_can_fail)
