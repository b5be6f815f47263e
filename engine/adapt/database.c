/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite behind database.h. In: paths, SQL and values from the store. Out: rows, and problems that a program manager
 * understands. Must not know any table, and must not open a database file by any other way than SQLite's own (see
 * database_header).
 */
#include "database.h"

#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <string.h>

#include "../base/memory.h"

struct database {
    sqlite3 *handle;
    char *name;
    bool damaged; /* the last fault was of this kind */
};

struct statement {
    struct database *database;
    sqlite3_stmt *handle;
    int bound; /* the first fault while binding */
};

/* ---- faults ---- */

struct fault {
    int code; /* of SQLite; an extended code stands before its primary code */
    const char *ko, *en;
};

/* %1$s: the path, %2$s: SQLite's own message. */
static const struct fault faults[] = {
    {SQLITE_READONLY_ROLLBACK,
     "저장소 '%1$s'에 중단된 쓰기 작업이 남아 있어 먼저 되돌려야 하는데, 쓰기 권한이 없습니다. 쓰기 권한을 준 뒤 다시 "
     "여십시오. (%2$s)",
     "the store '%1$s' holds an interrupted write that must be undone first, and it may not be written; allow writing "
     "and "
     "open it again (%2$s)"},
    {SQLITE_READONLY, "저장소 '%1$s'에 쓸 수 없습니다. 파일이나 폴더가 읽기 전용입니다. (%2$s)",
     "the store '%1$s' cannot be written: the file or its folder is read-only (%2$s)"},
    {SQLITE_CANTOPEN, "저장소 '%1$s'을(를) 열 수 없습니다. 파일과 폴더의 권한을 확인하십시오. (%2$s)",
     "the store '%1$s' cannot be opened; check the permissions of the file and its folder (%2$s)"},
    {SQLITE_PERM, "저장소 '%1$s'에 접근할 권한이 없습니다. (%2$s)", "no permission to use the store '%1$s' (%2$s)"},
    {SQLITE_BUSY, "다른 프로그램이 저장소 '%1$s'을(를) 쓰고 있습니다. 잠시 뒤 다시 시도하십시오. (%2$s)",
     "another program is using the store '%1$s'; try again in a moment (%2$s)"},
    {SQLITE_LOCKED, "저장소 '%1$s'이(가) 사용 중입니다. 잠시 뒤 다시 시도하십시오. (%2$s)",
     "the store '%1$s' is in use; try again in a moment (%2$s)"},
    {SQLITE_FULL, "디스크가 가득 차서 저장소 '%1$s'에 쓸 수 없습니다. 바뀐 것은 없습니다. (%2$s)",
     "the disk is full: the store '%1$s' was not changed (%2$s)"},
    {SQLITE_CORRUPT, "저장소 '%1$s'이(가) 손상되었습니다. 백업에서 복원하십시오. (%2$s)",
     "the store '%1$s' is damaged; restore it from a backup (%2$s)"},
    {SQLITE_NOTADB, "'%1$s'은(는) 저장소 파일이 아니거나 손상되었습니다. (%2$s)",
     "'%1$s' is not a store, or it is damaged (%2$s)"},
    {SQLITE_IOERR, "저장소 '%1$s'을(를) 읽거나 쓰는 중 디스크 오류가 났습니다. (%2$s)",
     "a disk error occurred while the store '%1$s' was read or written (%2$s)"},
};
static const struct fault other_fault = {0, "저장소 '%1$s'에서 오류가 났습니다. (%2$s)",
                                         "the store '%1$s' reported an error (%2$s)"};

static const struct fault *fault_of(int code) {
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].code == code || faults[i].code == (code & 0xff)) return &faults[i];
    return &other_fault;
}

/*
 * The library tells a full disk only from some calls; the system's own number covers the rest (quota, limit on file
 * sizes). By the time the fault is reported, the rollback may have overwritten it, so the file's and the journal's own
 * records are asked too.
 */
static bool system_is_full(sqlite3 *handle) {
    static const int pointers[] = {SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER};
    int numbers[3] = {sqlite3_system_errno(handle), 0, 0};
    for (size_t i = 0; i < sizeof pointers / sizeof *pointers; i++) {
        sqlite3_file *file = NULL;
        if (sqlite3_file_control(handle, "main", pointers[i], &file) == SQLITE_OK && file && file->pMethods)
            file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &numbers[i + 1]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i] == ENOSPC || numbers[i] == EDQUOT || numbers[i] == EFBIG) return true;
    return false;
}

static bool is_damage(int code) { return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB; }

static ieum_status refuse(struct database *database, int code, struct problem *problem) {
    int primary = code & 0xff;
    database->damaged = is_damage(code);
    if (primary == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) return problem_set_memory(problem);
    if (primary == SQLITE_IOERR && system_is_full(database->handle)) code = SQLITE_FULL;
    const struct fault *fault = fault_of(code);
    /* A copy reports faults by code alone; the handle's message belongs to it only when the codes agree. */
    bool same = database->handle && (sqlite3_errcode(database->handle) & 0xff) == primary;
    const char *message = same ? sqlite3_errmsg(database->handle) : sqlite3_errstr(code);
    ieum_status status = primary == SQLITE_TOOBIG ? IEUM_LIMIT : IEUM_STORE;
    status = problem_set(problem, status, "", fault->ko, fault->en, database->name, message);
    problem_set_place(problem, database->name, 0, 0);
    return status;
}

/* ---- opening ---- */

/* SQLite takes ":memory:" and "file:…" as something else than file names; "./" in front keeps them names. */
static char *plain_path(const char *path) {
    size_t size = strlen(path);
    const char *front = path[0] == '/' ? "" : "./";
    size_t front_size = strlen(front);
    char *plain = memory_allocate(front_size + size + 1);
    if (!plain) return NULL;
    memcpy(plain, front, front_size);
    memcpy(plain + front_size, path, size + 1);
    return plain;
}

ieum_status database_open(const char *path, const char *name, enum database_mode mode, int patience_ms,
                          struct database **database, struct problem *problem) {
    static const int mode_flags[] = {SQLITE_OPEN_READONLY, SQLITE_OPEN_READWRITE,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
    ieum_status status = IEUM_OK;
    char *plain = plain_path(path);
    size_t name_size = strlen(name ? name : path) + 1;
    struct database *made = memory_allocate_zero(1, sizeof *made);
    if (!plain || !made || !(made->name = memory_allocate(name_size))) {
        status = problem_set_memory(problem);
        goto done;
    }
    memcpy(made->name, name ? name : path, name_size);
    int code =
        sqlite3_open_v2(plain, &made->handle, mode_flags[mode] | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code != SQLITE_OK) {
        status = refuse(made, made->handle ? sqlite3_extended_errcode(made->handle) : code, problem);
        goto done;
    }
    sqlite3_extended_result_codes(made->handle, 1);
    sqlite3_busy_timeout(made->handle, patience_ms);
    *database = made;
    made = NULL;
done:
    database_close(made);
    memory_free(plain);
    return status;
}

/* The connection's own settings first: none of them touches the file. */
ieum_status database_prepare(struct database *database, struct problem *problem) {
    static const struct {
        int option, value;
    } options[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                   {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
                   {SQLITE_DBCONFIG_DQS_DDL, 0},
                   {SQLITE_DBCONFIG_DQS_DML, 0},
                   {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                   {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        int code = sqlite3_db_config(database->handle, options[i].option, options[i].value, NULL);
        if (code != SQLITE_OK) return refuse(database, code, problem);
    }
    /* Pages of 16 KiB hold several records each: a store that is opened cold is read in fewer, longer steps. Changes that outgrow the cache stay in memory until
       they are committed: spilling them would lock all readers out until then. */
    return database_run(database,
                        "PRAGMA page_size=16384; PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON;"
                        "PRAGMA synchronous=EXTRA; PRAGMA journal_mode=DELETE; PRAGMA cache_size=-16384; PRAGMA cache_spill=OFF;",
                        problem);
}

void database_close(struct database *database) {
    if (!database) return;
    sqlite3_close_v2(database->handle);
    memory_free(database->name);
    memory_free(database);
}

void database_set_patience(struct database *database, int patience_ms) {
    sqlite3_busy_timeout(database->handle, patience_ms);
}

bool database_writable(const struct database *database) { return sqlite3_db_readonly(database->handle, "main") == 0; }

const char *database_name(const struct database *database) { return database->name; }

const char *database_library(void) { return "SQLite " SQLITE_VERSION; }

static uint32_t big_endian(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Offsets: sqlite.org/fileformat2.html, "The Database Header". */
ieum_status database_header(struct database *database, struct database_header *header, struct problem *problem) {
    enum { HEADER_BYTES = 100, CHANGES_AT = 24, USER_VERSION_AT = 60, APPLICATION_ID_AT = 68 };
    static const char magic[16] = "SQLite format 3";
    unsigned char bytes[HEADER_BYTES] = {0};
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    int code = sqlite3_file_control(database->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK && (!file || !file->pMethods)) code = SQLITE_CANTOPEN;
    if (code == SQLITE_OK) code = file->pMethods->xFileSize(file, &size);
    if (code == SQLITE_OK) code = file->pMethods->xRead(file, bytes, HEADER_BYTES, 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return refuse(database, code, problem);
    header->bytes = size;
    header->is_database = size >= HEADER_BYTES && memcmp(bytes, magic, sizeof magic) == 0;
    header->application_id = big_endian(bytes + APPLICATION_ID_AT);
    header->changes = big_endian(bytes + CHANGES_AT);
    header->user_version = big_endian(bytes + USER_VERSION_AT);
    return IEUM_OK;
}

/* ---- transactions ---- */

ieum_status database_begin(struct database *database, struct problem *problem) {
    return database_run(database, "BEGIN IMMEDIATE", problem);
}

/* A deferred transaction holds nothing before its first read. */
ieum_status database_begin_read(struct database *database, struct problem *problem) {
    ieum_status status = database_run(database, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1", problem);
    if (status != IEUM_OK) database_rollback(database);
    return status;
}

ieum_status database_commit(struct database *database, struct problem *problem) {
    ieum_status status = database_run(database, "COMMIT", problem);
    if (status != IEUM_OK) database_rollback(database);
    return status;
}

void database_rollback(struct database *database) {
    if (database_in_transaction(database)) sqlite3_exec(database->handle, "ROLLBACK", NULL, NULL, NULL);
}

bool database_in_transaction(const struct database *database) { return sqlite3_get_autocommit(database->handle) == 0; }

/* ---- statements ---- */

ieum_status database_run(struct database *database, const char *sql, struct problem *problem) {
    int code = sqlite3_exec(database->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? IEUM_OK : refuse(database, code, problem);
}

ieum_status database_integer(struct database *database, const char *sql, int64_t *value, struct problem *problem) {
    struct statement *statement = NULL;
    bool row = false;
    ieum_status status = statement_new(database, sql, &statement, problem);
    if (status == IEUM_OK) status = statement_step(statement, &row, problem);
    if (status == IEUM_OK) *value = row ? statement_integer(statement, 0) : 0;
    statement_free(statement);
    return status;
}

ieum_status statement_new(struct database *database, const char *sql, struct statement **statement,
                          struct problem *problem) {
    struct statement *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    made->database = database;
    int code = sqlite3_prepare_v2(database->handle, sql, -1, &made->handle, NULL);
    if (code != SQLITE_OK) {
        memory_free(made);
        return refuse(database, code, problem);
    }
    *statement = made;
    return IEUM_OK;
}

void statement_free(struct statement *statement) {
    if (!statement) return;
    sqlite3_finalize(statement->handle);
    memory_free(statement);
}

static void note_bound(struct statement *statement, int code) {
    if (statement->bound == SQLITE_OK) statement->bound = code;
}

void statement_bind_text(struct statement *statement, int index, const char *text) {
    note_bound(statement,
               text ? sqlite3_bind_text64(statement->handle, index, text, strlen(text), SQLITE_STATIC, SQLITE_UTF8)
                    : sqlite3_bind_null(statement->handle, index));
}

void statement_bind_integer(struct statement *statement, int index, int64_t number) {
    note_bound(statement, sqlite3_bind_int64(statement->handle, index, number));
}

void statement_bind_bytes(struct statement *statement, int index, const void *bytes, size_t size) {
    note_bound(statement, sqlite3_bind_blob64(statement->handle, index, bytes, size, SQLITE_STATIC));
}

ieum_status statement_step(struct statement *statement, bool *row, struct problem *problem) {
    int code = statement->bound;
    if (code == SQLITE_OK) code = sqlite3_step(statement->handle);
    if (code != SQLITE_ROW && code != SQLITE_DONE) return refuse(statement->database, code, problem);
    *row = code == SQLITE_ROW;
    return IEUM_OK;
}

ieum_status statement_run(struct statement *statement, struct problem *problem) {
    bool row = true;
    ieum_status status = IEUM_OK;
    while (status == IEUM_OK && row) status = statement_step(statement, &row, problem);
    statement_reset(statement);
    return status;
}

void statement_reset(struct statement *statement) {
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
    statement->bound = SQLITE_OK;
}

const char *statement_text(struct statement *statement, int column) {
    return (const char *)sqlite3_column_text(statement->handle, column);
}

size_t statement_size(struct statement *statement, int column) {
    return (size_t)sqlite3_column_bytes(statement->handle, column);
}

const void *statement_bytes(struct statement *statement, int column) {
    /* The library gives no pointer for a blob of no bytes either. */
    const void *bytes = sqlite3_column_blob(statement->handle, column);
    return bytes || sqlite3_column_type(statement->handle, column) == SQLITE_NULL ? bytes : "";
}

int64_t statement_integer(struct statement *statement, int column) {
    return sqlite3_column_int64(statement->handle, column);
}

/* ---- copies ---- */

/* Zero pages: takes the target's lock and copies nothing yet. */
static int lock_target(sqlite3_backup *backup, struct database *target, const uint32_t *changes) {
    struct database_header header;
    struct problem ignored = {0};
    int code = sqlite3_backup_step(backup, 0);
    if (code != SQLITE_OK || !changes) return code;
    if (database_header(target, &header, &ignored) != IEUM_OK) return SQLITE_IOERR;
    return header.changes == *changes ? SQLITE_OK : SQLITE_BUSY;
}

ieum_status database_copy(struct database *source, struct database *target, const uint32_t *changes,
                          struct problem *problem) {
    sqlite3_backup *backup = sqlite3_backup_init(target->handle, "main", source->handle, "main");
    if (!backup) return refuse(target, sqlite3_extended_errcode(target->handle), problem);
    int code = lock_target(backup, target, changes);
    if (code == SQLITE_OK) code = sqlite3_backup_step(backup, -1);
    int finished = sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE && finished == SQLITE_OK) return IEUM_OK;
    if (code == SQLITE_DONE || code == SQLITE_OK) code = finished != SQLITE_OK ? finished : SQLITE_ERROR;
    return refuse(target, code, problem);
}

bool database_damaged(const struct database *database) { return database->damaged; }
