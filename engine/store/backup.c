/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Backup and restore. In: a store, paths. Out: whole files or none.
 *
 * A restore writes into the present file through the database, under its lock and journal, because other processes may
 * have it open: were the file exchanged, they would go on with the old one and their changes would be lost. Only a file
 * too damaged for that is exchanged.
 */
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "inside.h"
#include "place.h"
#include "schema.h"

/*
 * Copies a database into a new file with the permissions of `model`; problems call it `name`, as it will be. On failure
 * nothing is left.
 */
static ieum_status copy_to_file(struct database *source, const char *path, const char *name, const char *model,
                                struct problem *problem) {
    struct database *copy = NULL;
    ieum_status status = database_open(path, name, DATABASE_CREATE, 0, &copy, problem);
    if (status != IEUM_OK) return status;
    status = place_like(path, model, problem);
    if (status == IEUM_OK) status = database_prepare(copy, problem);
    if (status == IEUM_OK) status = database_copy(source, copy, NULL, problem);
    database_close(copy);
    if (status != IEUM_OK) unlink(path);
    return status;
}

static ieum_status check_sound(const char *path, struct problem *problem) {
    struct database *database = NULL;
    finding_list findings = {0};
    struct arena *arena = arena_new();
    ieum_status status = arena ? open_checked(path, DATABASE_READ, &database, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = check_file(database, arena, &findings, problem);
    if (status == IEUM_OK && findings.count > 0) {
        status = problem_set(problem, IEUM_STORE, "", "'%1$s'은(는) 손상되어 쓸 수 없습니다: %2$s%3$.0s",
                             "'%1$s' is damaged and cannot be used: %2$.0s%3$s", path, findings.items[0].ko,
                             findings.items[0].en);
        problem_set_place(problem, path, 0, 0);
    }
    database_close(database);
    vector_free(&findings);
    arena_free(arena);
    return status;
}

/* ---- backup ---- */

static ieum_status check_target(const char *store, const char *path, bool replace, struct problem *problem) {
    enum place_kind kind;
    ieum_status status = place_look(path, &kind, problem);
    if (status != IEUM_OK) return status;
    if (place_same(store, path))
        status = problem_set(problem, IEUM_CONFLICT, "", "백업 '%s'이(가) 저장소와 같은 파일입니다.",
                             "The backup '%s' is the store itself.", path);
    else if (kind != PLACE_NOTHING && !replace)
        status = problem_set(problem, IEUM_CONFLICT, "", "'%s'이(가) 이미 있어 덮어쓰지 않았습니다.",
                             "'%s' already exists and was not overwritten.", path);
    else if (place_has_journal(path))
        status = problem_set(problem, IEUM_CONFLICT, "",
                             "'%s' 옆에 중단된 쓰기의 저널 파일이 있습니다. 다른 이름을 쓰십시오.",
                             "A journal of an interrupted write lies beside '%s'; use another name.", path);
    if (status != IEUM_OK) problem_set_place(problem, path, 0, 0);
    return status;
}

static ieum_status refuse_taken(const char *path, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_CONFLICT, "", "'%s'이(가) 그사이 생겨 덮어쓰지 않았습니다.",
                                     "'%s' has appeared in the meantime and was not overwritten.", path);
    problem_set_place(problem, path, 0, 0);
    return status;
}

ieum_status store_backup(struct store *store, const char *path, bool replace, struct problem *problem) {
    bool taken = false;
    if (store->phase == STORE_CHANGING)
        return problem_set(problem, IEUM_INTERNAL, "", "변경 중에는 백업할 수 없습니다.", "No backup inside a change.");
    ieum_status status = check_target(store_path(store), path, replace, problem);
    if (status != IEUM_OK) return status;
    char *beside = place_beside(path);
    if (!beside) return problem_set_memory(problem);
    status = copy_to_file(store->database, beside, path, store_path(store), problem);
    if (status == IEUM_OK) {
        status = check_sound(beside, problem);
        if (status == IEUM_OK) status = place_put(beside, path, replace, &taken, problem);
        if (status == IEUM_OK && taken) status = refuse_taken(path, problem);
        if (status != IEUM_OK) unlink(beside);
    }
    memory_free(beside);
    return status;
}

/* ---- restore ---- */

static ieum_status check_backup(const char *path, const char *backup_path, struct problem *problem) {
    enum place_kind kind;
    ieum_status status = place_look(backup_path, &kind, problem);
    if (status != IEUM_OK) return status;
    if (kind == PLACE_NOTHING)
        status = problem_set(problem, IEUM_NOT_FOUND, "", "백업 파일 '%s'이(가) 없습니다.",
                             "There is no backup file '%s'.", backup_path);
    else if (place_same(path, backup_path))
        status = problem_set(problem, IEUM_CONFLICT, "", "백업 '%s'이(가) 저장소와 같은 파일입니다.",
                             "The backup '%s' is the store itself.", backup_path);
    if (status != IEUM_OK) problem_set_place(problem, backup_path, 0, 0);
    return status == IEUM_OK ? check_sound(backup_path, problem) : status;
}

static ieum_status log_restore(const char *prepared, const char *backup_path, const struct store_act *act,
                               struct problem *problem) {
    struct store *store = NULL;
    const char *slash = strrchr(backup_path, '/');
    jval *payload = jval_new_object();
    jval_set_text(payload, "backup", slash ? slash + 1 : backup_path);
    ieum_status status = store_open(prepared, false, &store, problem);
    if (status == IEUM_OK) status = store_audit_append(store, act, "restore", "", payload, problem);
    store_close(store);
    jval_free(payload);
    return status;
}

/* The store as it will be: the backup, brought up to date, with its audit entry. */
static ieum_status prepare_restored(const char *prepared, const char *path, const char *backup_path,
                                    const struct store_act *act, struct problem *problem) {
    struct database *backup = NULL;
    ieum_status status = open_checked(backup_path, DATABASE_READ, &backup, problem);
    if (status == IEUM_OK) status = copy_to_file(backup, prepared, path, backup_path, problem);
    database_close(backup);
    if (status == IEUM_OK) status = log_restore(prepared, backup_path, act, problem);
    return status;
}

/* Keeps the present store as `old`; `*changes` is its count of changes at that moment. */
static ieum_status keep_old(struct database *present, const char *path, const char *old, uint32_t *changes,
                            struct problem *problem) {
    struct database_header header;
    bool taken = false;
    char *beside = place_beside(old);
    if (!beside) return problem_set_memory(problem);
    ieum_status status = database_begin_read(present, problem);
    if (status == IEUM_OK) status = database_header(present, &header, problem);
    if (status == IEUM_OK) status = copy_to_file(present, beside, old, path, problem);
    database_rollback(present);
    if (status == IEUM_OK) {
        *changes = header.changes;
        status = place_put(beside, old, true, &taken, problem);
        if (status != IEUM_OK) unlink(beside);
    }
    memory_free(beside);
    return status;
}

static ieum_status open_present(const char *path, struct database **present, struct problem *problem) {
    struct database_header header;
    ieum_status status = database_open(path, NULL, DATABASE_WRITE, PATIENCE_MS, present, problem);
    if (status == IEUM_OK) status = database_header(*present, &header, problem);
    if (status == IEUM_OK) status = schema_check(&header, path, problem);
    if (status == IEUM_OK) status = database_prepare(*present, problem);
    return status;
}

/* Over a store that is there. `*damaged`: the file is ours and cannot be read or written as a database. */
static ieum_status write_over(struct database *prepared, const char *path, const char *old, bool *damaged,
                              struct problem *problem) {
    struct database *present = NULL;
    uint32_t changes = 0;
    ieum_status status = open_present(path, &present, problem);
    if (status == IEUM_OK) status = keep_old(present, path, old, &changes, problem);
    if (status == IEUM_OK) status = database_copy(prepared, present, &changes, problem);
    *damaged = status != IEUM_OK && present && database_damaged(present);
    database_close(present);
    return status;
}

/* Into a file that is empty, or into a name where a journal lies: the library discards the journal before it writes. */
static ieum_status write_into(struct database *prepared, const char *path, struct problem *problem) {
    struct database *present = NULL;
    ieum_status status = database_open(path, NULL, DATABASE_CREATE, PATIENCE_MS, &present, problem);
    if (status == IEUM_OK) status = database_prepare(present, problem);
    if (status == IEUM_OK) status = database_copy(prepared, present, NULL, problem);
    database_close(present);
    return status;
}

static ieum_status put_in_place(const char *prepared_path, const char *path, enum place_kind kind, const char *old,
                                struct problem *problem) {
    struct database *prepared = NULL;
    bool taken = false, damaged = false;
    ieum_status status = IEUM_OK;
    if (kind == PLACE_NOTHING && !place_has_journal(path)) {
        status = place_put(prepared_path, path, false, &taken, problem);
        return status == IEUM_OK && taken ? refuse_taken(path, problem) : status;
    }
    status = open_checked(prepared_path, DATABASE_READ, &prepared, problem);
    if (status == IEUM_OK)
        status = kind == PLACE_FILE ? write_over(prepared, path, old, &damaged, problem)
                                    : write_into(prepared, path, problem);
    database_close(prepared);
    if (!damaged) return status;
    problem_clear(problem);
    return place_swap(prepared_path, path, old, problem);
}

/* What can be known before any work is done; another program's file is refused here. */
static ieum_status check_place(const char *path, const char *old, enum place_kind *kind, struct problem *problem) {
    struct database *present = NULL;
    struct database_header header;
    ieum_status status = place_look(path, kind, problem);
    if (status == IEUM_OK && *kind == PLACE_FILE) {
        status = database_open(path, NULL, DATABASE_READ, PATIENCE_MS, &present, problem);
        if (status == IEUM_OK) status = database_header(present, &header, problem);
        if (status == IEUM_OK) status = schema_check(&header, path, problem);
        database_close(present);
        if (status == IEUM_OK && place_has_journal(old)) status = check_target(path, old, true, problem);
    }
    return status;
}

ieum_status store_restore(const char *path, const char *backup_path, const struct store_act *act,
                          struct problem *problem) {
    enum place_kind kind = PLACE_NOTHING;
    char *prepared = place_beside(path), *old = place_name(path, ".bak");
    ieum_status status = prepared && old ? act_check(act, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = check_place(path, old, &kind, problem);
    if (status == IEUM_OK) status = check_backup(path, backup_path, problem);
    if (status == IEUM_OK) {
        status = prepare_restored(prepared, path, backup_path, act, problem);
        if (status == IEUM_OK) status = put_in_place(prepared, path, kind, old, problem);
        unlink(prepared);
    }
    memory_free(prepared);
    memory_free(old);
    return status;
}
