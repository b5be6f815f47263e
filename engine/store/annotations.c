/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Annotations: bytes per record, keyed by what they were made of, the lexicon's hash and the record's digest, so a
 * stale one can never be taken for a fresh one. In and out: bytes; what they mean is not known here.
 */
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "inside.h"

static ieum_status load_statement(struct store *store, enum record_kind kind, const char *program,
                                  const char *lexicon_hash, struct statement **statement, struct problem *problem) {
    bool narrow = program && kind == RECORD_DEMAND;
    ieum_status status = table_statement(store, kind,
                                         narrow ? "SELECT r.id, r.digest, a.bytes FROM %s r LEFT JOIN annotations a ON "
                                                  "a.lexicon = ?1 AND a.record = r.digest"
                                                  " WHERE r.program = ?2 ORDER BY r.id"
                                                : "SELECT r.id, r.digest, a.bytes FROM %s r LEFT JOIN annotations a ON "
                                                  "a.lexicon = ?1 AND a.record = r.digest"
                                                  " ORDER BY r.id",
                                         statement, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(*statement, 1, lexicon_hash);
    if (narrow) statement_bind_text(*statement, 2, program);
    return IEUM_OK;
}

static ieum_status copy_item(struct statement *row, struct arena *arena, struct stored_annotation *item,
                             struct problem *problem) {
    const void *bytes = statement_bytes(row, 2);
    *item = (struct stored_annotation){.size = statement_size(row, 2)};
    ieum_status status = column_copy(row, 0, arena, &item->id, problem);
    if (status == IEUM_OK) status = column_copy(row, 1, arena, &item->digest, problem);
    if (status == IEUM_OK && bytes && !(item->bytes = arena_copy_bytes(arena, bytes, item->size)))
        status = problem_set_memory(problem);
    return status;
}

ieum_status store_annotations_load(struct store *store, enum record_kind kind, const char *program,
                                   const char *lexicon_hash, struct annotation_list *list, struct problem *problem) {
    VECTOR(struct stored_annotation) items = {0};
    struct statement *select = NULL;
    struct arena *arena = arena_new();
    bool row = false;
    ieum_status status =
        arena ? load_statement(store, kind, program, lexicon_hash, &select, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = statement_step(select, &row, problem);
    while (status == IEUM_OK && row) {
        struct stored_annotation item;
        status = copy_item(select, arena, &item, problem);
        if (status == IEUM_OK && !vector_push(&items, item)) status = problem_set_memory(problem);
        if (status == IEUM_OK) status = statement_step(select, &row, problem);
    }
    statement_free(select);
    if (status == IEUM_OK)
        *list = (struct annotation_list){arena, items.items, items.count};
    else {
        vector_free(&items);
        arena_free(arena);
    }
    return status;
}

void annotation_list_free(struct annotation_list *list) {
    memory_free((void *)list->items);
    arena_free(list->arena);
    *list = (struct annotation_list){0};
}

static ieum_status drop_stale(struct store *store, const char *lexicon_hash, struct problem *problem) {
    struct statement *remove = NULL;
    ieum_status status = statement_new(store->database,
                                       "DELETE FROM annotations WHERE lexicon <> ?1 OR record NOT IN"
                                       " (SELECT digest FROM suppliers UNION ALL SELECT digest FROM demands)",
                                       &remove, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(remove, 1, lexicon_hash);
    status = statement_run(remove, problem);
    statement_free(remove);
    return status;
}

static ieum_status put_all(struct store *store, const char *lexicon_hash, const struct stored_annotation *items,
                           size_t count, struct problem *problem) {
    struct statement *insert = NULL;
    ieum_status status = statement_new(store->database,
                                       "INSERT INTO annotations(lexicon, record, bytes) VALUES(?1, ?2, ?3)"
                                       " ON CONFLICT(lexicon, record) DO UPDATE SET bytes = excluded.bytes",
                                       &insert, problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        statement_bind_text(insert, 1, lexicon_hash);
        statement_bind_text(insert, 2, items[i].digest);
        statement_bind_bytes(insert, 3, items[i].bytes ? items[i].bytes : "", items[i].size);
        status = statement_run(insert, problem);
    }
    statement_free(insert);
    if (status == IEUM_OK) status = drop_stale(store, lexicon_hash, problem);
    return status;
}

ieum_status store_annotations_put(struct store *store, const char *lexicon_hash, const struct stored_annotation *items,
                                  size_t count, struct problem *problem) {
    bool own = false;
    ieum_status status = enter_change(store, &own, problem);
    if (status != IEUM_OK) return status;
    return leave_change(store, own, put_all(store, lexicon_hash, items, count, problem), problem);
}
