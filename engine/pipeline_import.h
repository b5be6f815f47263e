/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of records on its way into the store, with a person beside it: what its columns were taken for, everything that is wrong with it, which records are there
 * already (by id, by registration number, or by name and region), and what a person chose for each of these. In: the bytes and the choices. Out: what would come of
 * it (preview), or the set that is to be stored.
 *
 * What counts as there already, in this order:
 *   same_id          the id is stored with another content: a change. A choice is asked for only where the stored record is of another firm.
 *   registration_no  another id has the business registration number.
 *   name_region      another id has the firm's name (without legal form, spaces, letter case) in the same region, and the numbers do not tell the two apart.
 * Demands are held against demands of the same program and year only: a firm may apply again. What stands in the file more than once is told the same way.
 */
#ifndef IEUM_PIPELINE_IMPORT_H
#define IEUM_PIPELINE_IMPORT_H

#include "record/read_checked.h"
#include "workspace.h"

enum duplicate_reason { DUPLICATE_SAME_ID, DUPLICATE_REGISTRATION_NO, DUPLICATE_NAME_REGION, DUPLICATE_REASONS };
extern const char *const duplicate_reason_names[DUPLICATE_REASONS]; /* "same_id", "registration_no", "name_region" */

enum merge_choice {
    MERGE_NONE,      /* nobody chose */
    MERGE_KEEP_BOTH, /* the row becomes a record of its own */
    MERGE_REPLACE,   /* what is there keeps its id and takes the row's content */
    MERGE_SKIP,      /* the row is left out */
    MERGE_CHOICES
};
extern const char *const merge_choice_names[MERGE_CHOICES]; /* "", "keep_both", "replace", "skip" */

struct row_choice {
    size_t row; /* as the preview tells it */
    enum merge_choice choice;
};

struct import_question {
    enum record_kind kind;
    const char *name;
    const void *bytes;
    size_t size;
    struct file_choices choices;
    const struct row_choice *rows; /* in ascending order */
    size_t row_count;
    enum merge_choice reasons[DUPLICATE_REASONS]; /* for all rows of the reason that have no choice of their own */
};

struct import_duplicate {
    size_t index;              /* of the set */
    enum duplicate_reason reason;
    size_t other;              /* the earlier record of the set; SIZE_MAX: it is a stored one */
    const char *id, *name, *region; /* of what is there; name and region may be NULL */
    bool asks;                 /* nothing is stored before a person chose */
    enum merge_choice choice;  /* MERGE_NONE where nobody chose, also where nobody has to */
};

struct import_answer {
    struct checked_file file;
    char table[DIGEST_TEXT]; /* digest of the bytes */
    struct arena *arena;
    struct import_duplicate *duplicates; /* in the order of the file */
    size_t duplicate_count;
    size_t undecided;        /* duplicates that ask and have no choice */
    size_t skipped;
    struct record_set set;   /* what is to be stored; empty while something is undecided or wrong */
    size_t created, changed, unchanged; /* what storing the decided records would do */
    struct record_set stored; /* what was looked at */
};

/* `store`: NULL where there is none yet. Free with import_answer_free in any case. INVALID for choices that do not fit the file, CONFLICT where two rows would become one record. */
ieum_status pipeline_import(struct workspace *workspace, struct store *store, const struct import_question *question, struct import_answer *answer,
                            struct problem *problem);
void import_answer_free(struct import_answer *answer); /* a zeroed one is fine */

/* Refuses what is not ready to be stored: cells that are wrong, fields without a column, duplicates nobody chose for. */
ieum_status import_ready(const struct import_question *question, const struct import_answer *answer, struct problem *problem);

#endif
