/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of the store: a folder of their own, invented records, bytes of files. Each helper ends the test program
 * when it cannot work. */
#ifndef IEUM_TEST_STORE_SAMPLES_H
#define IEUM_TEST_STORE_SAMPLES_H

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../engine/adapt/database.h"
#include "../../engine/base/buffer.h"
#include "../../engine/base/files.h"
#include "../../engine/store/store.h"
#include "test.h"

static char sample_folder[64];

#define SAMPLE_ACT ((struct store_act){"tester", "2025-03-14T09:30:00+09:00", NULL, NULL})

static inline void must(bool fine, const char *what) {
    if (fine) return;
    perror(what);
    exit(2);
}

static struct { char name[32], path[128]; } sample_paths[32];

/* Removes the folder; the next sample_path makes a new one. */
static inline void sample_folder_clear(void) {
    if (!sample_folder[0]) return;
    DIR *folder = opendir(sample_folder);
    if (folder) {
        for (struct dirent *entry; (entry = readdir(folder));) {
            char path[512];
            snprintf(path, sizeof path, "%s/%s", sample_folder, entry->d_name);
            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && remove(path) != 0) rmdir(path);
        }
        closedir(folder);
    }
    rmdir(sample_folder);
    sample_folder[0] = '\0';
    memset(sample_paths, 0, sizeof sample_paths);
}

/* The path of `name` in the test's folder; stays valid until the folder is cleared. */
static inline const char *sample_path(const char *name) {
    size_t i = 0;
    if (!sample_folder[0]) {
        const char *base = getenv("TMPDIR");
        snprintf(sample_folder, sizeof sample_folder, "%s/ieum-test-XXXXXX",
                 base && strlen(base) <= 40 ? base : "/tmp");
        must(mkdtemp(sample_folder) != NULL, "mkdtemp");
        chmod(sample_folder, 0777);
    }
    while (sample_paths[i].name[0] && strcmp(sample_paths[i].name, name) != 0) i++;
    must(i + 1 < sizeof sample_paths / sizeof *sample_paths && strlen(name) < sizeof sample_paths[i].name, name);
    snprintf(sample_paths[i].name, sizeof sample_paths[i].name, "%s", name);
    snprintf(sample_paths[i].path, sizeof sample_paths[i].path, "%s/%s", sample_folder, name);
    return sample_paths[i].path;
}

static inline size_t sample_file_count(void) {
    size_t count = 0;
    DIR *folder = opendir(sample_folder);
    for (struct dirent *entry; folder && (entry = readdir(folder));) count += entry->d_name[0] != '.';
    if (folder) closedir(folder);
    return count;
}

static inline void sample_write(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    must(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0, path);
}

static inline char *sample_read(const char *path, size_t *size) {
    struct problem problem = {0};
    char *bytes = NULL;
    must(file_read(path, 1 << 28, &bytes, size, &problem) == IEUM_OK, path);
    return bytes;
}

/* A JSON file of the repository. */
static inline jval *sample_json(const char *name) {
    char path[1024];
    size_t size = 0;
    struct problem problem = {0};
    jval *json = NULL;
    snprintf(path, sizeof path, "%s/%s", test_source(), name);
    char *bytes = sample_read(path, &size);
    must(jval_parse(bytes, size, &json, &problem) == IEUM_OK, path);
    memory_free(bytes);
    return json;
}

/* Whether the file holds these bytes; frees them. */
static inline bool sample_unchanged(const char *path, char *before, size_t before_size) {
    size_t size = 0;
    char *bytes = sample_read(path, &size);
    bool same = size == before_size && memcmp(bytes, before, size) == 0;
    memory_free(bytes);
    memory_free(before);
    return same;
}

static inline void add_supplier(struct buffer *text, int number, int version) {
    buffer_format(
        text,
        "{\"id\":\"S%04d\",\"name\":\"검사기업%d(가상)\",\"region\":\"서울특별시 강서구\",\"founded\":\"2019-08-19\","
        "\"size\":\"중소기업\",\"business_kind\":\"%s\",\"ksic\":[\"J58222\"],\"employees\":%d,"
        "\"summary\":\"제조 현장의 영상과 센서 자료로 불량을 찾고 설비 고장을 미리 알립니다. 판 %d.\","
        "\"products\":[\"눈맞춤\"],\"capabilities\":[\"비전 검사\",\"이상 "
        "탐지\",\"예지보전\"],\"domains\":[\"자동차부품\"],"
        "\"data_types\":[\"이미지\",\"센서\"],\"references\":[{\"industry_ksic\":\"C30\",\"title\":\"브라켓 표면 "
        "검사\","
        "\"year\":2023}],\"certifications\":[\"ISMS\"],\"deployment\":[\"on-premise\",\"cloud\"],"
        "\"price_krw\":[5000000,60000000],\"capacity\":3,\"note\":{\"b\":1,\"a\":[1.5,2]}}\n",
        number, number, number % 2 ? "인공지능개발사업자" : "인공지능이용사업자", 10 + number % 90, version);
}

static inline void add_demand(struct buffer *text, const char *id, const char *program, const char *name,
                              const char *registration_no) {
    buffer_format(
        text,
        "{\"id\":\"%s\",\"program\":\"%s\",\"applied\":\"2025-03-14\",\"firm\":{\"name\":\"%s\",\"region\":"
        "\"서울특별시 "
        "금천구\",\"founded\":\"2006-05-02\",\"size\":\"중소기업\",\"ksic\":[\"C30399\"],\"employees\":48,\"business\":"
        "\"부품 "
        "가공\"%s%s%s},\"title\":\"표면 불량 검사\",\"need\":\"육안 검사를 자동으로 바꾸고 "
        "싶습니다.\",\"data_held\":[\"이미지 "
        "300장\"],\"budget_krw\":120000000,\"readiness_score\":72,\"must\":{\"deployment\":\"on-premise\"}}\n",
        id, program, name, registration_no ? ",\"registration_no\":\"" : "", registration_no ? registration_no : "",
        registration_no ? "\"" : "");
}

static inline void add_outcome(struct buffer *text, const char *demand, const char *supplier, const char *stage) {
    buffer_format(
        text,
        "{\"demand\":\"%s\",\"supplier\":\"%s\",\"program\":\"ai-manufacturing\",\"round\":\"R1\",\"stage\":\"%s\","
        "\"date\":\"2025-06-30\"}\n",
        demand, supplier, stage);
}

/* Parses JSON Lines and frees them; prints the problem when the record room refuses. */
static inline struct record_set sample_set(enum record_kind kind, struct buffer *text) {
    struct record_set set = {0};
    struct problem problem = {0};
    if (record_set_read(kind, "sample.jsonl", text->bytes ? text->bytes : "", text->size, ".", &set, &problem) !=
        IEUM_OK) {
        fprintf(stderr, "sample refused: %s (%s)\n", problem.en, problem.pointer);
        exit(2);
    }
    buffer_free(text);
    return set;
}

static inline struct record_set sample_suppliers(int first, int count, int version) {
    struct buffer text = BUFFER_EMPTY;
    for (int i = 0; i < count; i++) add_supplier(&text, first + i, version);
    return sample_set(RECORD_SUPPLIER, &text);
}

static inline ieum_status sample_import(struct store *store, struct record_set set, struct import_counts *counts,
                                        struct problem *problem) {
    struct import_counts made = {0};
    struct store_act act = SAMPLE_ACT;
    ieum_status status = store_import(store, &set, "sample.jsonl", &act, &made, problem);
    if (counts)
        *counts = made;
    else
        import_counts_free(&made);
    record_set_free(&set);
    return status;
}

static inline struct store *sample_open(const char *path, bool create) {
    struct store *store = NULL;
    struct problem problem = {0};
    if (store_open(path, create, &store, &problem) != IEUM_OK) {
        fprintf(stderr, "%s: %s\n", path, problem.en);
        exit(2);
    }
    return store;
}

/* A closed store with `count` suppliers. */
static inline void sample_store(const char *path, int count) {
    struct problem problem = {0};
    struct store *store = sample_open(path, true);
    must(sample_import(store, sample_suppliers(1, count, 1), NULL, &problem) == IEUM_OK, problem.en);
    store_close(store);
}

static inline void sample_hash(struct store *store, char hash[DIGEST_TEXT]) {
    static const enum record_kind kinds[] = {RECORD_SUPPLIER, RECORD_DEMAND, RECORD_OUTCOME};
    struct problem problem = {0};
    must(store_data_hash(store, kinds, RECORD_KINDS, NULL, hash, &problem) == IEUM_OK, problem.en);
}

/* Whether everything in the store at `path` is sound. */
static inline bool sample_sound(const char *path) {
    struct store *store = sample_open(path, false);
    struct store_report report = {0};
    struct problem problem = {0};
    bool sound = store_doctor(store, &report, &problem) == IEUM_OK && report.sound;
    for (size_t i = 0; i < report.finding_count; i++) fprintf(stderr, "finding: %s\n", report.findings[i].en);
    store_report_free(&report);
    store_close(store);
    return sound;
}

/* Runs SQL on the file behind the store's back. */
static inline void change_by_hand(const char *path, const char *sql) {
    struct database *database = NULL;
    struct problem problem = {0};
    must(database_open(path, NULL, DATABASE_WRITE, 1000, &database, &problem) == IEUM_OK, problem.en);
    must(database_run(database, sql, &problem) == IEUM_OK, problem.en);
    database_close(database);
}

/* Runs `function` in a child without root's right to write everywhere; true when it returned true. */
static inline bool sample_as_nobody(bool (*function)(const char *path), const char *path) {
    fflush(NULL);
    pid_t child = fork();
    must(child >= 0, "fork");
    if (child == 0) {
        if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(2);
        _exit(function(path) ? 0 : 1);
    }
    int ended = 0;
    must(waitpid(child, &ended, 0) == child, "waitpid");
    return WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
}

#endif
