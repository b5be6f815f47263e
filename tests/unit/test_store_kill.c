/* SPDX-License-Identifier: Apache-2.0 */
/* A process killed at a random moment of an import, a round's step or a restore: what it did is there whole or not at
 * all. */
#define _DEFAULT_SOURCE
#include <signal.h>
#include <time.h>

#include "../../engine/base/random.h"
#include "store_samples.h"

enum { KILLS = 100, RECORDS = 120 };

static void sleep_ns(uint64_t ns) {
    struct timespec pause = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
    nanosleep(&pause, NULL);
}

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The child tells when it begins, so that the moment of the kill falls into its work and not into its start. */
static pid_t begin_child(bool (*work)(const char *path, int version), const char *path, int version) {
    int ready[2];
    char byte = 0;
    must(pipe(ready) == 0, "pipe");
    fflush(NULL);
    pid_t child = fork();
    must(child >= 0, "fork");
    if (child == 0) {
        close(ready[0]);
        if (write(ready[1], "x", 1) != 1) _exit(2);
        _exit(work(path, version) ? 0 : 1);
    }
    close(ready[1]);
    must(read(ready[0], &byte, 1) == 1, "read");
    close(ready[0]);
    return child;
}

/* How long the work takes when nobody disturbs it. */
static uint64_t measure(bool (*work)(const char *path, int version), const char *path, int version) {
    int ended = 0;
    uint64_t begin = now_ns();
    pid_t child = begin_child(work, path, version);
    must(waitpid(child, &ended, 0) == child && WIFEXITED(ended) && WEXITSTATUS(ended) == 0, "undisturbed work");
    return now_ns() - begin;
}

/* True when the child was killed before it ended. */
static bool kill_child(bool (*work)(const char *path, int version), const char *path, int version, uint64_t after_ns) {
    int ended = 0;
    pid_t child = begin_child(work, path, version);
    sleep_ns(after_ns);
    kill(child, SIGKILL);
    must(waitpid(child, &ended, 0) == child, "waitpid");
    return WIFSIGNALED(ended);
}

static bool import_version(const char *path, int version) {
    struct store *store = NULL;
    struct problem problem = {0};
    bool fine = store_open(path, true, &store, &problem) == IEUM_OK &&
                sample_import(store, sample_suppliers(1, RECORDS, version), NULL, &problem) == IEUM_OK;
    store_close(store);
    return fine;
}

/* The one version all records have; -1 when they are mixed, 0 when there are none. */
static int stored_version(const char *path) {
    struct store *store = sample_open(path, true);
    struct record_set set = {0};
    struct problem problem = {0};
    must(store_load(store, RECORD_SUPPLIER, NULL, &set, &problem) == IEUM_OK, problem.en);
    int version = 0;
    for (size_t i = 0; i < set.count; i++) {
        const char *mark = strstr(set.suppliers[i].summary, "판 ");
        int found = mark ? atoi(mark + strlen("판 ")) : -1;
        version = i == 0 || version == found ? found : -1;
    }
    if (set.count != 0 && set.count != RECORDS) version = -1;
    record_set_free(&set);
    store_close(store);
    return version;
}

TEST(an_import_is_whole_or_absent) {
    const char *path = sample_path("s.db");
    struct random random;
    random_seed(&random, 20250314);
    must(import_version(path, 1), "first import");
    uint64_t whole_ns = measure(import_version, path, 2);
    int before = 2, killed = 0, absent = 0;
    for (int i = 0; i < KILLS; i++) {
        bool was_killed = kill_child(import_version, path, 3 + i, random_below(&random, whole_ns + whole_ns / 4));
        int found = stored_version(path);
        CHECK(found == before || found == 3 + i);
        if (!was_killed) CHECK_INT(found, 3 + i); /* acknowledged: nothing may be lost */
        killed += was_killed;
        absent += found == before;
        before = found;
    }
    CHECK(sample_sound(path));
    printf("import: %d killed, %d undone of %d\n", killed, absent, KILLS);
    CHECK(killed > KILLS / 10);
    sample_folder_clear();
}

TEST(a_first_import_is_whole_or_absent) {
    struct random random;
    random_seed(&random, 7);
    uint64_t whole_ns = measure(import_version, sample_path("s.db"), 1);
    for (int i = 0; i < KILLS / 4; i++) {
        sample_folder_clear();
        const char *path = sample_path("s.db");
        kill_child(import_version, path, 1, random_below(&random, whole_ns + whole_ns / 4));
        if (access(path, F_OK) == 0) CHECK(sample_sound(path));
        int found = stored_version(path);
        CHECK(found == 0 || found == 1);
    }
    sample_folder_clear();
}

static bool step_round(const char *path, int version) {
    struct store *store = sample_open(path, false);
    struct problem problem = {0};
    struct store_act act = SAMPLE_ACT;
    int64_t revision = 0;
    struct store_round round = {
        .id = "R1", .program = "ai-bio", .version = "1", .state = "open", .payload = jval_new_object()};
    jval_set_integer(round.payload, "version", version);
    bool fine = store_round_put(store, &round, version - 1, "go", &act, &revision, &problem) == IEUM_OK;
    jval_free(round.payload);
    store_close(store);
    return fine;
}

TEST(a_step_is_taken_or_not) {
    const char *path = sample_path("s.db");
    struct random random;
    random_seed(&random, 11);
    store_close(sample_open(path, true));
    uint64_t whole_ns = measure(step_round, path, 1);
    for (int i = 0, revision = 1; i < KILLS / 2; i++) {
        bool was_killed = kill_child(step_round, path, revision + 1, random_below(&random, whole_ns + whole_ns / 4));
        struct store *store = sample_open(path, false);
        struct store_round round = {0};
        struct store_round_steps steps = {0};
        struct problem problem = {0};
        CHECK_INT(store_round_get(store, "R1", &round, &problem), IEUM_OK);
        CHECK_INT(store_round_steps(store, "R1", &steps, &problem), IEUM_OK);
        CHECK_INT(steps.count, round.revision);
        CHECK_INT(jval_integer(jval_get(round.payload, "version")), round.revision);
        CHECK(round.revision == revision || round.revision == revision + 1);
        if (!was_killed) CHECK_INT(round.revision, revision + 1);
        revision = (int)round.revision;
        store_round_free(&round);
        store_round_steps_free(&steps);
        store_close(store);
    }
    CHECK(sample_sound(path));
    sample_folder_clear();
}

static bool restore_copy(const char *path, int version) {
    char copy[160];
    struct problem problem = {0};
    struct store_act act = SAMPLE_ACT;
    snprintf(copy, sizeof copy, "%s.copy%d", path, version % 2);
    return store_restore(path, copy, &act, &problem) == IEUM_OK;
}

TEST(a_restore_is_whole_or_absent) {
    const char *path = sample_path("s.db");
    struct random random;
    random_seed(&random, 13);
    for (int version = 0; version < 2; version++) {
        char copy[160];
        snprintf(copy, sizeof copy, "%s.copy%d", path, version);
        must(import_version(copy, 10 + version), "copy");
    }
    must(import_version(path, 10), "store");
    uint64_t whole_ns = measure(restore_copy, path, 1);
    for (int i = 0; i < KILLS / 4; i++) {
        kill_child(restore_copy, path, i, random_below(&random, whole_ns + whole_ns / 4));
        int found = stored_version(path);
        CHECK(found == 10 || found == 11);
        CHECK(sample_sound(path));
    }
    sample_folder_clear();
}

TEST_MAIN(an_import_is_whole_or_absent, a_first_import_is_whole_or_absent, a_step_is_taken_or_not,
          a_restore_is_whole_or_absent)
