/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The database (SQLite). The only place that knows SQLite. Opens files with safe settings (rollback journal,
 * synchronous=EXTRA, foreign keys, no trust in the schema), runs prepared statements, and turns every fault into a
 * problem that names the file. It knows no tables.
 */
#ifndef IEUM_ADAPT_DATABASE_H
#define IEUM_ADAPT_DATABASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"

struct database;
struct statement;

/* WRITE falls back to reading when the file may not be written; CREATE makes the file when it is missing. */
enum database_mode { DATABASE_READ, DATABASE_WRITE, DATABASE_CREATE };

/*
 * Opens without reading or locking anything: database_header may be asked before the file is touched. Problems call the
 * file `name` (NULL: its path), which matters for a file under a passing name.
 */
ieum_status database_open(const char *path, const char *name, enum database_mode mode, int patience_ms,
                          struct database **database, struct problem *problem);
/* Applies the settings; from here on the file is locked and read as needed. */
ieum_status database_prepare(struct database *database, struct problem *problem);
void database_close(struct database *database); /* NULL is fine; statements must be freed first */
void database_set_patience(struct database *database, int patience_ms);
bool database_writable(const struct database *database);
const char *database_name(const struct database *database);
const char *database_library(void); /* "SQLite 3.40.1" */

/*
 * What the file's first 100 bytes say, read without a lock. (Opening the file a second time beside the library would
 * drop the process's locks on it when closed; POSIX.)
 */
struct database_header {
    int64_t bytes;    /* size of the file */
    bool is_database; /* begins as a SQLite file does */
    uint32_t application_id;
    uint32_t user_version;
    uint32_t changes; /* goes up with every transaction that was committed */
};
ieum_status database_header(struct database *database, struct database_header *header, struct problem *problem);

/* ---- transactions ---- */

ieum_status database_begin(struct database *database, struct problem *problem);      /* takes the write lock at once */
ieum_status database_begin_read(struct database *database, struct problem *problem); /* takes the read lock at once */
ieum_status database_commit(struct database *database, struct problem *problem);     /* rolls back when it fails */
void database_rollback(struct database *database);                                   /* fine when none is open */
bool database_in_transaction(const struct database *database);

/* ---- statements ---- */

/* Runs SQL without results, several statements if need be. */
ieum_status database_run(struct database *database, const char *sql, struct problem *problem);
/* The first column of the first row as an integer; 0 when there is no row. */
ieum_status database_integer(struct database *database, const char *sql, int64_t *value, struct problem *problem);

ieum_status statement_new(struct database *database, const char *sql, struct statement **statement,
                          struct problem *problem);
void statement_free(struct statement *statement); /* NULL is fine */
/* Binders borrow the bytes until the statement is reset or freed. They do not fail: the next step reports. Indices
 * from 1. */
void statement_bind_text(struct statement *statement, int index, const char *text); /* NULL gives null */
void statement_bind_integer(struct statement *statement, int index, int64_t number);
void statement_bind_bytes(struct statement *statement, int index, const void *bytes, size_t size);
/* `*row`: whether there is a row to read. */
ieum_status statement_step(struct statement *statement, bool *row, struct problem *problem);
/* Runs to the end without looking at rows, and resets. */
ieum_status statement_run(struct statement *statement, struct problem *problem);
void statement_reset(struct statement *statement); /* ready to bind and step again */
/* Columns of the present row, from 0; borrowed until the next step. */
const char *statement_text(struct statement *statement, int column);  /* NULL for null */
size_t statement_size(struct statement *statement, int column);       /* bytes of a text or blob */
const void *statement_bytes(struct statement *statement, int column); /* NULL for null only */
int64_t statement_integer(struct statement *statement, int column);

/* ---- copies ---- */

/*
 * Makes `target` a page-for-page copy of `source`, in one transaction of the target. With `changes` (NULL: no matter),
 * the target must still have that count of changes when its lock is taken: what another process wrote since is not
 * overwritten.
 */
ieum_status database_copy(struct database *source, struct database *target, const uint32_t *changes,
                          struct problem *problem);
/* Whether the last fault of this connection was that the file is damaged. */
bool database_damaged(const struct database *database);

#endif
