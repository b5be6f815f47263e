/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of engine/store share behind store.h. Nothing outside this folder includes it. */
#ifndef IEUM_STORE_INSIDE_H
#define IEUM_STORE_INSIDE_H

#include "../adapt/database.h"
#include "../base/vector.h"
#include "store.h"

/* How long to wait for another process that holds a file, unless told. */
enum { PATIENCE_MS = 5000 };

enum store_phase { STORE_IDLE, STORE_READING, STORE_CHANGING };

struct store {
    struct database *database;
    enum store_phase phase;
    int threads;
    bool broken; /* a change failed: what the transaction holds must not be committed */
};

/*
 * A change: joins the caller's transaction or opens its own; leave_change commits what enter_change opened, or undoes
 * it when `status` is not OK. Returns the status that stands.
 */
ieum_status enter_change(struct store *store, bool *own, struct problem *problem);
ieum_status leave_change(struct store *store, bool own, ieum_status status, struct problem *problem);
/* Likewise for several reads that must see one state. */
ieum_status enter_read(struct store *store, bool *own, struct problem *problem);
void leave_read(struct store *store, bool own);

/* IEUM_INVALID unless account and time are given. */
ieum_status act_check(const struct store_act *act, struct problem *problem);
/* Canonical JSON (free with memory_free) and its digest. */
ieum_status canonical_text(const jval *json, char **text, char digest[DIGEST_TEXT], struct problem *problem);
/* "suppliers", "demands", "outcomes": the name of the kind is the name of its table. */
const char *table_of(enum record_kind kind);
/* A statement made of `format` with the kind's table as its only argument. */
ieum_status table_statement(struct store *store, enum record_kind kind, const char *format,
                            struct statement **statement, struct problem *problem);
/*
 * "SELECT <columns> FROM <table> [WHERE program = ?1] ORDER BY id", bound. `columns` may be NULL for a count.
 */
ieum_status records_statement(struct store *store, enum record_kind kind, const char *columns, const char *program,
                              struct statement **statement, struct problem *problem);
/* Copies a column into the arena; NULL stays NULL. */
ieum_status column_copy(struct statement *statement, int column, struct arena *arena, const char **text,
                        struct problem *problem);
/* Opens a file that must be a store this engine can read, without migrating it. */
ieum_status open_checked(const char *path, enum database_mode mode, struct database **database,
                         struct problem *problem);
/* integrity_check and foreign_key_check: adds findings, at most `limit`. */
typedef VECTOR(struct doctor_finding) finding_list;
ieum_status check_file(struct database *database, struct arena *arena, finding_list *findings, struct problem *problem);

#endif
