/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening the store, and its transactions. In: a path. Out: a handle whose file is known to be a store of this version.
 * A file that is something else is refused before anything is locked or written.
 */
#include "store.h"

#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "inside.h"
#include "place.h"
#include "schema.h"

/* ---- opening ---- */

static ieum_status refuse_missing(const char *path, struct problem *problem) {
    ieum_status status =
        problem_set(problem, IEUM_STORE, "", "저장소 '%s'이(가) 없습니다. 먼저 자료를 가져오면(import) 만들어집니다.",
                    "There is no store '%s'. Importing records makes it.", path);
    problem_set_place(problem, path, 0, 0);
    return status;
}

/*
 * A new store is built under another name and renamed when it is whole, so that nobody ever opens half a store. Should
 * another process be first, theirs stands.
 */
static ieum_status create_store(const char *path, struct problem *problem) {
    struct database *database = NULL;
    bool taken = false;
    char *beside = place_beside(path);
    if (!beside) return problem_set_memory(problem);
    ieum_status status = database_open(beside, path, DATABASE_CREATE, PATIENCE_MS, &database, problem);
    if (status == IEUM_OK) status = database_prepare(database, problem);
    if (status == IEUM_OK) status = schema_migrate(database, problem);
    database_close(database);
    if (status == IEUM_OK) status = place_put(beside, path, false, &taken, problem);
    if (status != IEUM_OK || taken) unlink(beside);
    memory_free(beside);
    return status;
}

/*
 * An empty file was made for the store by someone (mktemp): its owner and mode are kept. And where a journal lies
 * without its store, the library knows how to discard it.
 */
static ieum_status create_in_place(const char *path, struct problem *problem) {
    struct database *database = NULL;
    ieum_status status = database_open(path, NULL, DATABASE_CREATE, PATIENCE_MS, &database, problem);
    if (status == IEUM_OK) status = database_prepare(database, problem);
    if (status == IEUM_OK) status = schema_migrate(database, problem);
    database_close(database);
    return status;
}

ieum_status open_checked(const char *path, enum database_mode mode, struct database **database,
                         struct problem *problem) {
    struct database *opened = NULL;
    struct database_header header;
    ieum_status status = database_open(path, NULL, mode, PATIENCE_MS, &opened, problem);
    if (status == IEUM_OK) status = database_header(opened, &header, problem);
    if (status == IEUM_OK) status = schema_check(&header, path, problem);
    if (status == IEUM_OK) status = database_prepare(opened, problem);
    if (status == IEUM_OK)
        *database = opened;
    else
        database_close(opened);
    return status;
}

/* The header was read without a lock; within one, another process may have brought the store up to date, or beyond. */
static ieum_status bring_up_to_date(struct database *database, struct problem *problem) {
    int64_t version = 0;
    ieum_status status = database_integer(database, "PRAGMA user_version", &version, problem);
    if (status != IEUM_OK || version == schema_version()) return status;
    struct database_header header = {
        .is_database = true, .application_id = STORE_APPLICATION_ID, .user_version = (uint32_t)version};
    status = schema_check(&header, database_name(database), problem);
    if (status == IEUM_OK) status = schema_migrate(database, problem);
    return status;
}

ieum_status store_open(const char *path, bool create, struct store **store, struct problem *problem) {
    enum place_kind kind = PLACE_NOTHING;
    struct store *opened = memory_allocate_zero(1, sizeof *opened);
    ieum_status status = opened ? place_look(path, &kind, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && kind != PLACE_FILE) {
        if (!create)
            status = refuse_missing(path, problem);
        else if (kind == PLACE_EMPTY || place_has_journal(path))
            status = create_in_place(path, problem);
        else
            status = create_store(path, problem);
    }
    if (status == IEUM_OK) status = open_checked(path, DATABASE_WRITE, &opened->database, problem);
    if (status == IEUM_OK) status = bring_up_to_date(opened->database, problem);
    if (status == IEUM_OK)
        *store = opened;
    else
        store_close(opened);
    return status;
}

void store_close(struct store *store) {
    if (!store) return;
    if (store->database) database_rollback(store->database);
    database_close(store->database);
    memory_free(store);
}

ieum_status store_changes(struct store *store, uint32_t *changes, struct problem *problem) {
    struct database_header header;
    ieum_status status = database_header(store->database, &header, problem);
    if (status == IEUM_OK) *changes = header.changes;
    return status;
}

bool store_writable(const struct store *store) {
    return database_writable(store->database) && place_writable(database_name(store->database));
}

const char *store_path(const struct store *store) { return database_name(store->database); }

void store_set_patience(struct store *store, int patience_ms) { database_set_patience(store->database, patience_ms); }

void store_set_threads(struct store *store, int threads) { store->threads = threads; }

/* ---- transactions ---- */

static ieum_status refuse_phase(struct problem *problem) {
    return problem_set(problem, IEUM_INTERNAL, "", "저장소 작업의 순서가 맞지 않습니다.",
                       "The store was used out of order: a change inside reading, or one after a failed change.");
}

ieum_status store_begin_read(struct store *store, struct problem *problem) {
    if (store->phase != STORE_IDLE) return refuse_phase(problem);
    ieum_status status = database_begin_read(store->database, problem);
    if (status == IEUM_OK) store->phase = STORE_READING;
    return status;
}

ieum_status store_begin(struct store *store, struct problem *problem) {
    if (store->phase != STORE_IDLE) return refuse_phase(problem);
    ieum_status status = database_begin(store->database, problem);
    if (status != IEUM_OK) return status;
    store->phase = STORE_CHANGING;
    store->broken = false;
    return IEUM_OK;
}

ieum_status store_commit(struct store *store, struct problem *problem) {
    ieum_status status = store->phase != STORE_CHANGING || store->broken ? refuse_phase(problem)
                                                                         : database_commit(store->database, problem);
    store_end(store);
    return status;
}

void store_end(struct store *store) {
    database_rollback(store->database);
    store->phase = STORE_IDLE;
    store->broken = false;
}

ieum_status enter_change(struct store *store, bool *own, struct problem *problem) {
    *own = store->phase == STORE_IDLE;
    if (*own) return store_begin(store, problem);
    return store->phase == STORE_READING || store->broken ? refuse_phase(problem) : IEUM_OK;
}

ieum_status leave_change(struct store *store, bool own, ieum_status status, struct problem *problem) {
    if (!own) {
        if (status != IEUM_OK) store->broken = true;
        return status;
    }
    if (status == IEUM_OK) return store_commit(store, problem);
    store_end(store);
    return status;
}

ieum_status enter_read(struct store *store, bool *own, struct problem *problem) {
    *own = store->phase == STORE_IDLE;
    return *own ? store_begin_read(store, problem) : IEUM_OK;
}

void leave_read(struct store *store, bool own) {
    if (own) store_end(store);
}
