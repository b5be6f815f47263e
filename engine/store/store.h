/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store: one SQLite file with records, annotations, rounds and the audit log. This is the whole interface of the
 * room; the SQL stays behind it. Every change is one transaction (all or nothing, also when the process is killed),
 * carries who made it, when and why, and leaves an entry in the audit log. Lists come back in the order of their ids,
 * bytewise. A store serves one thread at a time.
 *
 * Every fault of the file itself (not a store, another program's, a newer version, damaged, read-only, busy, disk full)
 * is an IEUM_STORE problem, and the file is left as it was.
 */
#ifndef IEUM_STORE_STORE_H
#define IEUM_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../adapt/digest.h"
#include "../adapt/json.h"
#include "../record/read.h"
#include "../record/record.h"

struct store;

/* ---- opening ---- */

/*
 * Opens the store at `path`. With `create`, a missing or empty file becomes a new store, at once or not at all; an
 * older version is brought up to date in one transaction. A file that may only be read opens for reading
 * (store_writable tells).
 */
ieum_status store_open(const char *path, bool create, struct store **store, struct problem *problem);
void store_close(struct store *store); /* NULL is fine; an open transaction is rolled back */
bool store_writable(const struct store *store);
const char *store_path(const struct store *store);
/* A number that is another one after every change that anybody committed to the file. */
ieum_status store_changes(struct store *store, uint32_t *changes, struct problem *problem);
/* How long to wait for another process that holds the store; 5,000 ms unless told. */
void store_set_patience(struct store *store, int patience_ms);
/* With how many threads records are parsed; 1 unless told. Never changes a result. */
void store_set_threads(struct store *store, int threads);

/*
 * Who made a change, when ("2025-03-14T09:30:00+09:00") and why. `account` and `when` are required. The reason and the
 * details of the change may be personal; they can be erased after `keep_until` ("YYYY-MM-DD", NULL: kept without end).
 */
struct store_act {
    const char *account, *when, *reason, *keep_until;
};

/*
 * Several calls as one. Between store_begin_read and store_end, all reads see one state of the store and nothing may be
 * written. Between store_begin and store_commit, changes become visible together; after any failure in between only
 * store_end (which undoes everything) is left. Keep both short: other processes wait.
 */
ieum_status store_begin_read(struct store *store, struct problem *problem);
ieum_status store_begin(struct store *store, struct problem *problem);
ieum_status store_commit(struct store *store, struct problem *problem);
void store_end(struct store *store); /* ends reading, or undoes what was not committed; fine when nothing is open */

/* ---- records ---- */

/* How many ids an import lists of each class; the counts go on beyond. */
#define STORE_IMPORT_IDS 1000

struct import_class {
    size_t count;
    struct text_list ids; /* the first STORE_IMPORT_IDS, in the order of the file */
};
struct import_counts {
    struct import_class created, changed, unchanged;
    struct arena *arena; /* holds the ids */
};
/*
 * Imports a set, all or nothing. A record whose id is stored replaces the old one; it counts as unchanged when its
 * canonical JSON is the same. An outcome's id is the JSON array [program, round, demand, supplier, stage]. An id that
 * comes twice in the set is INVALID. When nothing changes, nothing is written. `counts` is freed with
 * import_counts_free.
 */
ieum_status store_import(struct store *store, const struct record_set *set, const char *source_name,
                         const struct store_act *act, struct import_counts *counts, struct problem *problem);
void import_counts_free(struct import_counts *counts); /* a zeroed struct is fine */

/* All records of a kind, of one program or of all (NULL; suppliers belong to no program). Free with record_set_free. */
ieum_status store_load(struct store *store, enum record_kind kind, const char *program, struct record_set *set,
                       struct problem *problem);
/* All suppliers, lean (record.h): many times faster, for who needs no more of their JSON than the light members. A record
 * whose image cannot be used is read whole, so a set may hold both. Free with record_set_free. */
ieum_status store_load_lean_suppliers(struct store *store, struct record_set *set, struct problem *problem);
/* One record by id, as a set of one; NOT_FOUND names the id. */
ieum_status store_load_one(struct store *store, enum record_kind kind, const char *id, struct record_set *set,
                           struct problem *problem);
ieum_status store_count(struct store *store, enum record_kind kind, const char *program, size_t *count,
                        struct problem *problem);

/* A digest over the ids and digests of all records of the kinds, in order (demands and outcomes: of one program, or
 * NULL: all). */
ieum_status store_data_hash(struct store *store, const enum record_kind *kinds, size_t kind_count, const char *program,
                            char hash[DIGEST_TEXT], struct problem *problem);
/* The same over a set that came with a request; equal when the same records are stored. */
ieum_status records_data_hash(const struct record_set *const *sets, size_t set_count, char hash[DIGEST_TEXT],
                              struct problem *problem);
/* The same where the records' digests are known already (annotations carry them), so that nothing is written out again. */
struct digested_set {
    const struct record_set *set;
    const char *const *digests; /* record_digest of each, in the order of the set; NULL: computed */
};
/* Adds a set to a digest that becomes a data hash: begun, then suppliers before demands, then ended. */
ieum_status digested_set_add(const struct digested_set *digested, struct digest *digest, struct problem *problem);
/* Digest of one record's canonical JSON, the key of its annotation. */
ieum_status record_digest(const jval *json, char digest[DIGEST_TEXT], struct problem *problem);

/* One party per registration number, or per name and side where there is none; roles follow from the records. */
struct party_role {
    const char *role; /* "supplier" or "demand" */
    const char *kind; /* the supplier's business_kind, "" when not given */
    size_t records;
};
struct party {
    const char *key, *name, *registration_no; /* registration_no: 10 digits or NULL */
    const struct party_role *roles;
    size_t role_count;
};
struct party_list {
    struct arena *arena;
    const struct party *items;
    size_t count;
};
ieum_status store_parties(struct store *store, struct party_list *list, struct problem *problem);
void party_list_free(struct party_list *list);

/* ---- annotations: what the lexicon found in a record, a cache that can be thrown away ---- */

struct stored_annotation {
    const char *id;     /* of the record; not needed for putting */
    const char *digest; /* record_digest */
    const void *bytes;  /* NULL: none stored */
    size_t size;
};
struct annotation_list {
    struct arena *arena;
    const struct stored_annotation *items;
    size_t count;
};
/* One item per record, in the order of store_load for the same kind (suppliers or demands) and program. */
ieum_status store_annotations_load(struct store *store, enum record_kind kind, const char *program,
                                   const char *lexicon_hash, struct annotation_list *list, struct problem *problem);
void annotation_list_free(struct annotation_list *list);
/* Stores many in one transaction; annotations of other lexicons and of records that are gone are dropped. No audit
 * entry. */
ieum_status store_annotations_put(struct store *store, const char *lexicon_hash, const struct stored_annotation *items,
                                  size_t count, struct problem *problem);

/* The image of a lexicon (text/lexicon_image.h) by the stamp of its folder (base/files.h); `*bytes` is copied into the arena, and left as it was when there is none. Only the newest that
 * was put is kept. No audit entry. */
ieum_status store_lexicon_get(struct store *store, const char *stamp, struct arena *arena, const void **bytes, size_t *size,
                              struct problem *problem);
ieum_status store_lexicon_put(struct store *store, const char *stamp, const void *bytes, size_t size, struct problem *problem);

/* ---- rounds ---- */

struct store_round {
    const char *id, *program, *version; /* version: of the program file */
    const char *state;                  /* named by the round's own logic; the store does not judge it */
    int64_t revision;                   /* 1, 2, … one more with every put */
    const char *created, *changed;      /* when */
    jval *payload;                      /* owned by a round that was read; NULL in lists */
    const jval *details;                /* for putting: what the step was about, an object for the audit log; NULL: nothing */
    struct arena *arena;                /* holds the texts of a round that was read */
};
struct store_round_list {
    struct arena *arena;
    const struct store_round *items;
    size_t count;
};
struct store_round_step {
    int64_t number;                      /* the revision it made */
    const char *step;                    /* "new", "propose", "lock", … */
    const char *from, *to;               /* states; from is NULL for the first */
    const char *account, *when, *reason; /* as the audit log has them; reason: NULL when none, or erased */
    const char *payload;                 /* JSON text of the step's audit payload: revision, state, digest and its details; NULL when erased */
    const char *digest;                  /* of the payload after the step */
};
struct store_round_steps {
    struct arena *arena;
    const struct store_round_step *items;
    size_t count;
};
/*
 * Writes id, program, version, state and payload as the next revision and adds a step. `expected` is the revision the
 * caller read, 0 for a new round; when another stands, IEUM_CONFLICT and nothing is written. `*revision` is the new
 * one.
 */
ieum_status store_round_put(struct store *store, const struct store_round *round, int64_t expected, const char *step,
                            const struct store_act *act, int64_t *revision, struct problem *problem);
ieum_status store_round_get(struct store *store, const char *id, struct store_round *round, struct problem *problem);
void store_round_free(struct store_round *round); /* a zeroed round is fine */
ieum_status store_round_list(struct store *store, const char *program, struct store_round_list *list,
                             struct problem *problem);
void store_round_list_free(struct store_round_list *list);
ieum_status store_round_steps(struct store *store, const char *id, struct store_round_steps *steps,
                              struct problem *problem);
void store_round_steps_free(struct store_round_steps *steps);

/* ---- documents: what a step of a round looked at and what came of it, by the digest of its canonical JSON ---- */

/*
 * Keeps a document; `digest` names it from then on. Its text may be erased after `keep_until` ("YYYY-MM-DD", NULL: never).
 * `kind` says what it is to who looks into the file. No audit entry: the step that uses it has one.
 */
ieum_status store_document_put(struct store *store, const char *kind, const jval *json, const char *keep_until,
                               char digest[DIGEST_TEXT], struct problem *problem);
/* NOT_FOUND when there is none, or its text was erased; STORE when its text does not fit its digest. `*json` is the caller's. */
ieum_status store_document_get(struct store *store, const char *digest, jval **json, struct problem *problem);
/* Whether a document of this digest is listed whose text was erased. */
bool store_document_erased(struct store *store, const char *digest);
/* Keeps all records of a kind (demands: of the program) as documents, as they stand; `*digests` is an array in the order of their ids. */
ieum_status store_document_records(struct store *store, enum record_kind kind, const char *program, const char *keep_until,
                                   jval **digests, struct problem *problem);
/* The documents of these digests, as an array in their order. */
ieum_status store_document_list(struct store *store, const jval *digests, jval **records, struct problem *problem);
/* Erases the texts of documents whose keep_until lies before `date`. store_audit_erase logs the erasing of both. */
ieum_status store_documents_erase(struct store *store, const char *date, size_t *erased, struct problem *problem);

/* ---- servings: which suppliers were shown for which demand ---- */

/*
 * Only pairs that were shown have outcomes, and what stood first was looked at more: a model that learns from outcomes corrects for it by the
 * propensity, the probability that the pair was looked at (Joachims, Swaminathan & Schnabel 2017).
 */
struct serving {
    const char *program, *demand, *supplier;
    int64_t rank;               /* from 1 */
    int64_t propensity;         /* (0, 1] in 10⁻⁹ */
    const char *model, *data;   /* hashes; not read back */
};
struct serving_list {
    struct arena *arena;
    const struct serving *items;
    size_t count;
};
/* Notes what was shown at one time, in one transaction. No audit entry: nothing is changed by it. */
ieum_status store_servings_put(struct store *store, const char *when, const struct serving *items, size_t count, struct problem *problem);
/* Of each pair of the program that was ever shown: its best rank and its greatest propensity; by demand, then supplier. */
ieum_status store_servings_load(struct store *store, const char *program, struct serving_list *list, struct problem *problem);
void serving_list_free(struct serving_list *list); /* a zeroed list is fine */

/* ---- audit ---- */

/*
 * Appends an entry: who, when, what ("import", "round.propose"), on what (an id), and a payload with the details (an
 * object, borrowed, NULL: none), which gets the act's reason as "reason" and stands beside the chain. Account, action
 * and subject stay for ever: nothing personal belongs there but the account.
 */
ieum_status store_audit_append(struct store *store, const struct store_act *act, const char *action,
                               const char *subject, const jval *payload, struct problem *problem);

struct audit_entry {
    int64_t number; /* 1, 2, … without gaps */
    const char *when, *account, *action, *subject;
    const char *payload; /* JSON text; NULL: none or erased */
    bool erased;
    const char *previous, *digest;
};
struct audit_list {
    struct arena *arena;
    const struct audit_entry *items;
    size_t count;
};
/* Entries after number `after` (0: from the first), at most `limit`. */
ieum_status store_audit_list(struct store *store, int64_t after, size_t limit, struct audit_list *list,
                             struct problem *problem);
void audit_list_free(struct audit_list *list);

/* The last entry: keep it elsewhere, and a log that was cut off or rewritten shows. */
struct audit_head {
    int64_t number; /* 0: the log is empty */
    char digest[DIGEST_TEXT];
};
struct audit_check {
    struct audit_head head;
    int64_t erased;        /* entries whose payload was erased */
    int64_t broken_at;     /* the first entry that does not fit, 0: none */
    char ko[256], en[256]; /* what does not fit */
};
ieum_status store_audit_head(struct store *store, struct audit_head *head, struct problem *problem);
/* Recomputes the chain. `kept` (NULL: none): a head kept elsewhere, which the log must still contain. A broken chain is
 * a finding in `check`, not a failure. */
ieum_status store_audit_verify(struct store *store, const struct audit_head *kept, struct audit_check *check,
                               struct problem *problem);
/* Erases payloads and documents whose keep_until lies before `date`, and logs that it did. `*erased`: how many of both. */
ieum_status store_audit_erase(struct store *store, const char *date, const struct store_act *act, size_t *erased,
                              struct problem *problem);

/* ---- backup, restore, doctor ---- */

/* Copies the store to a new file, whole or not at all. An existing file is a CONFLICT unless `replace`. */
ieum_status store_backup(struct store *store, const char *path, bool replace, struct problem *problem);
/*
 * Puts a backup in the place of the store at `path` (which need not exist), whole or not at all, after checking that it
 * is a store, of a version this engine reads, and sound. The present store is kept as `path`.bak. Close the store
 * first. Leaves an audit entry.
 */
ieum_status store_restore(const char *path, const char *backup_path, const struct store_act *act,
                          struct problem *problem);

struct doctor_finding {
    const char *ko, *en;
};
struct store_report {
    struct arena *arena;
    bool sound; /* no findings */
    bool writable;
    int version;          /* of the schema */
    const char *database; /* "SQLite 3.40.1" */
    int64_t bytes;        /* of the file */
    size_t records[RECORD_KINDS], parties, annotations, rounds;
    struct audit_check audit;
    const struct doctor_finding *findings; /* at most 20 */
    size_t finding_count;
};
/* Checks everything: the file, foreign keys, each record's digest and image, the audit chain. Findings are no failure. */
ieum_status store_doctor(struct store *store, struct store_report *report, struct problem *problem);
void store_report_free(struct store_report *report);

/* ---- settings ---- */

/* NULL when not set; copied into the arena. */
ieum_status store_setting_get(struct store *store, const char *key, struct arena *arena, const char **value,
                              struct problem *problem);
ieum_status store_setting_put(struct store *store, const char *key, const char *value, const struct store_act *act,
                              struct problem *problem);

#endif
