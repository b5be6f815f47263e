/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents by the digest of their canonical JSON: what a step of a round looked at and what came of it. A document may
 * hold personal data; at the end of its retention its text goes and its digest stays, so that what was bound to it (a
 * round, the audit log) still fits. Records are copied as they stand, without being read.
 */
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "inside.h"

/* The same document again keeps the longer of its two terms; one that was erased comes back. */
#define PUT_TAIL                                                                                                       \
    " ON CONFLICT(digest) DO UPDATE SET json = coalesce(documents.json, excluded.json),"                               \
    " keep_until = CASE WHEN documents.keep_until IS NULL OR excluded.keep_until IS NULL THEN NULL"                    \
    " ELSE max(documents.keep_until, excluded.keep_until) END"

static ieum_status put_document(struct store *store, const char *kind, const char *digest, const char *json,
                                const char *keep_until, struct problem *problem) {
    struct statement *insert = NULL;
    ieum_status status = statement_new(
        store->database, "INSERT INTO documents(digest, kind, json, keep_until) VALUES(?1, ?2, ?3, ?4)" PUT_TAIL,
        &insert, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(insert, 1, digest);
    statement_bind_text(insert, 2, kind);
    statement_bind_text(insert, 3, json);
    statement_bind_text(insert, 4, keep_until);
    status = statement_run(insert, problem);
    statement_free(insert);
    return status;
}

ieum_status store_document_put(struct store *store, const char *kind, const jval *json, const char *keep_until,
                               char digest[DIGEST_TEXT], struct problem *problem) {
    bool own = false;
    char *text = NULL;
    ieum_status status = canonical_text(json, &text, digest, problem);
    if (status == IEUM_OK) status = enter_change(store, &own, problem);
    if (status == IEUM_OK)
        status = leave_change(store, own, put_document(store, kind, digest, text, keep_until, problem), problem);
    memory_free(text);
    return status;
}

static ieum_status refuse_document(const char *digest, bool erased, struct problem *problem) {
    ieum_status status =
        erased ? problem_set(problem, IEUM_NOT_FOUND, "",
                             "이 문서의 내용은 보존 기간이 끝나 지워졌고, 내용의 해시값만 남아 있습니다.",
                             "The text of this document was erased at the end of its retention; only its digest is left.")
               : problem_set(problem, IEUM_NOT_FOUND, "", "저장소에 이 해시값의 문서가 없습니다.",
                             "The store has no document of this digest.");
    problem_set_value(problem, digest);
    return status;
}

static ieum_status refuse_changed(const char *digest, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_STORE, "", "저장소의 문서가 나중에 바뀌었습니다. 해시값이 맞지 않습니다.",
                                     "A document of the store was changed afterwards: its digest does not fit.");
    problem_set_value(problem, digest);
    return status;
}

ieum_status store_document_get(struct store *store, const char *digest, jval **json, struct problem *problem) {
    struct statement *select = NULL;
    char found[DIGEST_TEXT];
    bool row = false;
    ieum_status status = statement_new(store->database, "SELECT json FROM documents WHERE digest = ?1", &select, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(select, 1, digest);
    status = statement_step(select, &row, problem);
    if (status == IEUM_OK && (!row || !statement_text(select, 0))) status = refuse_document(digest, row, problem);
    if (status == IEUM_OK) {
        digest_of(statement_text(select, 0), statement_size(select, 0), found);
        status = strcmp(found, digest) == 0 ? jval_parse(statement_text(select, 0), statement_size(select, 0), json, problem)
                                            : refuse_changed(digest, problem);
    }
    statement_free(select);
    return status;
}

bool store_document_erased(struct store *store, const char *digest) {
    struct problem ignored = {0};
    struct statement *select = NULL;
    bool row = false;
    if (statement_new(store->database, "SELECT 1 FROM documents WHERE digest = ?1 AND json IS NULL", &select, &ignored) != IEUM_OK) return false;
    statement_bind_text(select, 1, digest);
    const bool erased = statement_step(select, &row, &ignored) == IEUM_OK && row;
    statement_free(select);
    return erased;
}

ieum_status store_document_records(struct store *store, enum record_kind kind, const char *program, const char *keep_until,
                                   jval **digests, struct problem *problem) {
    struct statement *copy = NULL, *list = NULL;
    jval *array = jval_new_array();
    bool own = false, row = false;
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO documents(digest, kind, json, keep_until) SELECT digest, '%s', json, ?2 FROM %s"
             " WHERE ?1 IS NULL OR program = ?1" PUT_TAIL,
             table_of(kind), table_of(kind));
    if (kind == RECORD_SUPPLIER) /* suppliers belong to no program */
        snprintf(sql, sizeof sql,
                 "INSERT INTO documents(digest, kind, json, keep_until) SELECT digest, 'suppliers', json, ?2"
                 " FROM suppliers WHERE ?1 IS NULL" PUT_TAIL);
    ieum_status status = enter_change(store, &own, problem);
    if (status == IEUM_OK) {
        status = statement_new(store->database, sql, &copy, problem);
        if (status == IEUM_OK) {
            statement_bind_text(copy, 1, kind == RECORD_SUPPLIER ? NULL : program);
            statement_bind_text(copy, 2, keep_until);
            status = statement_run(copy, problem);
        }
        statement_free(copy);
        if (status == IEUM_OK)
            status = records_statement(store, kind, "digest", kind == RECORD_SUPPLIER ? NULL : program, &list, problem);
        if (status == IEUM_OK) status = statement_step(list, &row, problem);
        while (status == IEUM_OK && row) {
            jval_append_text(array, statement_text(list, 0));
            status = statement_step(list, &row, problem);
        }
        statement_free(list);
        status = leave_change(store, own, status, problem);
    }
    if (status == IEUM_OK)
        *digests = array;
    else
        jval_free(array);
    return status;
}

ieum_status store_document_list(struct store *store, const jval *digests, jval **records, struct problem *problem) {
    jval *array = jval_new_array();
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < jval_count(digests) && status == IEUM_OK; i++) {
        jval *record = NULL;
        status = store_document_get(store, jval_text(jval_at(digests, i)), &record, problem);
        if (status == IEUM_OK) jval_append(array, record);
    }
    if (status == IEUM_OK)
        *records = array;
    else
        jval_free(array);
    return status;
}

ieum_status store_documents_erase(struct store *store, const char *date, size_t *erased, struct problem *problem) {
    struct statement *update = NULL;
    int64_t changes = 0;
    bool own = false;
    ieum_status status = enter_change(store, &own, problem);
    if (status != IEUM_OK) return status;
    status = statement_new(store->database, "UPDATE documents SET json = NULL WHERE keep_until < ?1 AND json IS NOT NULL",
                           &update, problem);
    if (status == IEUM_OK) {
        statement_bind_text(update, 1, date);
        status = statement_run(update, problem);
    }
    statement_free(update);
    if (status == IEUM_OK) status = database_integer(store->database, "SELECT changes()", &changes, problem);
    status = leave_change(store, own, status, problem);
    if (status == IEUM_OK) *erased = (size_t)changes;
    return status;
}
