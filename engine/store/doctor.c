/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The doctor: is the file whole, does each record still have the digest it was imported with and the image
 * that its JSON gives, does the audit chain hold? In: an open store. Out: findings and counts. Changes nothing.
 */
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../record/image.h"
#include "inside.h"
#include "schema.h"

enum { MOST_FINDINGS = 20 };

/* `ko` and `en` take the same two texts. Beyond the most, findings are dropped: the first ones tell enough. */
static ieum_status add_finding(struct arena *arena, finding_list *findings, const char *ko, const char *en,
                               const char *first, const char *second, struct problem *problem) {
    if (findings->count >= MOST_FINDINGS) return IEUM_OK;
    struct problem text = {0};
    problem_set(&text, IEUM_STORE, "", ko, en, first, second);
    struct doctor_finding finding = {arena_copy_text(arena, text.ko), arena_copy_text(arena, text.en)};
    if (!finding.ko || !finding.en || !vector_push(findings, finding)) return problem_set_memory(problem);
    return IEUM_OK;
}

/* A damaged file can make the check itself fail: that is a finding too, unless it is memory that is missing. */
static ieum_status fault_as_finding(struct arena *arena, finding_list *findings, ieum_status status,
                                    struct problem *fault, struct problem *problem) {
    if (status == IEUM_OK) return IEUM_OK;
    if (status == IEUM_MEMORY) return problem_set_memory(problem);
    if (findings->count >= MOST_FINDINGS) return IEUM_OK;
    struct doctor_finding finding = {arena_copy_text(arena, fault->ko), arena_copy_text(arena, fault->en)};
    if (!finding.ko || !finding.en || !vector_push(findings, finding)) return problem_set_memory(problem);
    return IEUM_OK;
}

static ieum_status run_check(struct database *database, const char *sql, const char *ko, const char *en,
                             struct arena *arena, finding_list *findings, struct problem *problem) {
    struct statement *statement = NULL;
    struct problem fault = {0};
    bool row = false;
    ieum_status status = statement_new(database, sql, &statement, &fault), kept = IEUM_OK;
    if (status == IEUM_OK) status = statement_step(statement, &row, &fault);
    while (status == IEUM_OK && row && kept == IEUM_OK) {
        const char *first = statement_text(statement, 0), *second = statement_text(statement, 1);
        if (strcmp(first ? first : "", "ok") != 0)
            kept = add_finding(arena, findings, ko, en, first ? first : "", second ? second : "", problem);
        if (kept == IEUM_OK) status = statement_step(statement, &row, &fault);
    }
    statement_free(statement);
    return kept != IEUM_OK ? kept : fault_as_finding(arena, findings, status, &fault, problem);
}

ieum_status check_file(struct database *database, struct arena *arena, finding_list *findings,
                       struct problem *problem) {
    ieum_status status = run_check(database, "PRAGMA integrity_check(20)", "파일이 손상되었습니다: %s",
                                   "the file is damaged: %s", arena, findings, problem);
    if (status == IEUM_OK)
        status = run_check(database, "PRAGMA foreign_key_check", "'%s' 표의 %s번 줄이 없는 것을 가리킵니다.",
                           "table '%s', row %s refers to something that is not there", arena, findings, problem);
    return status;
}

/* Whether the image is the one that the JSON gives. One of another version is never read, and so never wrong. */
static ieum_status compare_image(struct statement *row, bool *fits, struct problem *problem) {
    const void *stored = statement_bytes(row, 3);
    const size_t size = statement_size(row, 3);
    struct problem fault = {0};
    struct buffer image = BUFFER_EMPTY;
    struct supplier supplier = {.json = NULL};
    struct arena *arena = arena_new();
    jval *json = NULL;
    ieum_status status = IEUM_MEMORY;
    if (arena) status = jval_parse(statement_text(row, 1), statement_size(row, 1), &json, &fault);
    if (status == IEUM_OK) status = supplier_read(json, NULL, arena, &supplier, &fault);
    if (status == IEUM_OK && !supplier_image_write(&supplier, statement_text(row, 2), &image)) status = IEUM_MEMORY;
    *fits = status == IEUM_OK && (!supplier_image_current(stored, size) ||
                                  (image.size == size && memcmp(image.bytes, stored, size) == 0));
    buffer_free(&image);
    jval_free(supplier.json);
    jval_free(json);
    arena_free(arena);
    return status == IEUM_MEMORY ? problem_set_memory(problem) : IEUM_OK;
}

static ieum_status check_record(enum record_kind kind, struct statement *row, struct arena *arena,
                                finding_list *findings, struct problem *problem) {
    const char *json = statement_text(row, 1), *stored = statement_text(row, 2);
    char digest[DIGEST_TEXT];
    bool fits = true;
    digest_of(json ? json : "", statement_size(row, 1), digest);
    if (!stored || strcmp(stored, digest) != 0)
        return add_finding(arena, findings, "%s '%s'이(가) 가져온 뒤에 이 프로그램 밖에서 바뀌었습니다.",
                           "%s: '%s' was changed outside this program after its import", table_of(kind),
                           statement_text(row, 0), problem);
    ieum_status status = kind == RECORD_SUPPLIER ? compare_image(row, &fits, problem) : IEUM_OK;
    if (status != IEUM_OK || fits) return status;
    return add_finding(arena, findings, "%s '%s'의 빠른 사본이 기록과 다릅니다.",
                       "%s: the quick copy of '%s' does not fit the record", table_of(kind), statement_text(row, 0),
                       problem);
}

static ieum_status check_records(struct store *store, enum record_kind kind, struct arena *arena,
                                 finding_list *findings, struct problem *problem) {
    struct statement *select = NULL;
    struct problem fault = {0};
    bool row = false;
    const char *columns = kind == RECORD_SUPPLIER ? "id, json, digest, image" : "id, json, digest";
    ieum_status kept = IEUM_OK, status = records_statement(store, kind, columns, NULL, &select, &fault);
    if (status == IEUM_OK) status = statement_step(select, &row, &fault);
    while (status == IEUM_OK && row && kept == IEUM_OK) {
        kept = check_record(kind, select, arena, findings, problem);
        if (kept == IEUM_OK) status = statement_step(select, &row, &fault);
    }
    statement_free(select);
    return kept != IEUM_OK ? kept : fault_as_finding(arena, findings, status, &fault, problem);
}

/* A document is named by the digest of its text; one that was erased has none. */
static ieum_status check_documents(struct store *store, struct arena *arena, finding_list *findings, struct problem *problem) {
    struct statement *select = NULL;
    struct problem fault = {0};
    char digest[DIGEST_TEXT];
    bool row = false;
    ieum_status kept = IEUM_OK;
    ieum_status status = statement_new(store->database, "SELECT digest, kind, json FROM documents WHERE json IS NOT NULL ORDER BY digest", &select, &fault);
    if (status == IEUM_OK) status = statement_step(select, &row, &fault);
    while (status == IEUM_OK && row && kept == IEUM_OK) {
        digest_of(statement_text(select, 2), statement_size(select, 2), digest);
        if (strcmp(digest, statement_text(select, 0)) != 0)
            kept = add_finding(arena, findings, "회차의 문서(%s) '%s'이(가) 나중에 바뀌었습니다.", "a document of a round (%s), '%s', was changed afterwards",
                               statement_text(select, 1), statement_text(select, 0), problem);
        if (kept == IEUM_OK) status = statement_step(select, &row, &fault);
    }
    statement_free(select);
    return kept != IEUM_OK ? kept : fault_as_finding(arena, findings, status, &fault, problem);
}

static ieum_status check_rounds(struct store *store, struct arena *arena, finding_list *findings,
                                struct problem *problem) {
    return run_check(store->database,
                     "SELECT r.id, r.revision FROM rounds r LEFT JOIN round_steps s ON s.round = r.id"
                     " AND s.number = r.revision WHERE s.digest IS NULL OR s.digest <> r.digest ORDER BY r.id",
                     "회차 '%s'이(가) 마지막 단계(%s)와 맞지 않습니다.",
                     "the round '%s' does not agree with its last step (%s)", arena, findings, problem);
}

static ieum_status check_log(struct store *store, struct store_report *report, finding_list *findings,
                             struct problem *problem) {
    struct problem fault = {0};
    ieum_status status = store_audit_verify(store, NULL, &report->audit, &fault);
    if (status != IEUM_OK) return fault_as_finding(report->arena, findings, status, &fault, problem);
    if (!report->audit.broken_at) return IEUM_OK;
    snprintf(fault.ko, sizeof fault.ko, "%s", report->audit.ko);
    snprintf(fault.en, sizeof fault.en, "%s", report->audit.en);
    return fault_as_finding(report->arena, findings, IEUM_STORE, &fault, problem);
}

/* Counts of a damaged file stay 0; the findings say why. */
static ieum_status count_all(struct store *store, struct store_report *report) {
    static const char *const sql[] = {"SELECT count(*) FROM parties", "SELECT count(*) FROM annotations",
                                      "SELECT count(*) FROM rounds"};
    size_t *const counts[] = {&report->parties, &report->annotations, &report->rounds};
    struct problem fault = {0};
    struct database_header header = {.bytes = 0};
    ieum_status status = database_header(store->database, &header, &fault);
    for (int kind = 0; kind < RECORD_KINDS && status == IEUM_OK; kind++)
        status = store_count(store, (enum record_kind)kind, NULL, &report->records[kind], &fault);
    for (size_t i = 0; i < sizeof sql / sizeof *sql && status == IEUM_OK; i++) {
        int64_t value = 0;
        status = database_integer(store->database, sql[i], &value, &fault);
        *counts[i] = (size_t)value;
    }
    report->bytes = header.bytes;
    report->version = (int)header.user_version;
    report->database = database_library();
    report->writable = store_writable(store);
    return status;
}

static ieum_status examine(struct store *store, struct store_report *report, finding_list *findings,
                           struct problem *problem) {
    ieum_status status = check_file(store->database, report->arena, findings, problem);
    for (int kind = 0; kind < RECORD_KINDS && status == IEUM_OK; kind++)
        status = check_records(store, (enum record_kind)kind, report->arena, findings, problem);
    if (status == IEUM_OK) status = check_rounds(store, report->arena, findings, problem);
    if (status == IEUM_OK) status = check_documents(store, report->arena, findings, problem);
    if (status == IEUM_OK) status = check_log(store, report, findings, problem);
    if (status == IEUM_OK && count_all(store, report) == IEUM_MEMORY) status = problem_set_memory(problem);
    return status;
}

ieum_status store_doctor(struct store *store, struct store_report *report, struct problem *problem) {
    struct store_report made = {.arena = arena_new()};
    finding_list findings = {0};
    bool own = false;
    ieum_status status = made.arena ? enter_read(store, &own, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) {
        status = examine(store, &made, &findings, problem);
        leave_read(store, own);
    }
    if (status == IEUM_OK) {
        made.findings = findings.items;
        made.finding_count = findings.count;
        made.sound = findings.count == 0;
        *report = made;
    } else {
        vector_free(&findings);
        arena_free(made.arena);
    }
    return status;
}

void store_report_free(struct store_report *report) {
    memory_free((void *)report->findings);
    arena_free(report->arena);
    *report = (struct store_report){0};
}
