/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A cohort: the records a question is about, with what they are understood as. Records come from the store by id or program, or inline in the request; the
 * cohort does not tell afterwards. Suppliers and demands stand in the bytewise order of their ids, so a lower index is a lower id.
 */
#ifndef IEUM_COHORT_H
#define IEUM_COHORT_H

#include "feature/understanding.h"
#include "workspace.h"

/*
 * Where records come from: `inlined` (an array, or one object) when not NULL, else the file at `path` or, where `bytes` came with the request, the file of that name, else the store: the record `id`, or all when `id` is NULL.
 */
struct record_choice {
    const char *id;
    const char *path;
    const void *bytes;
    size_t size;
    const struct file_choices *choices; /* a person's, of the file; NULL: none */
    const char *choices_at;             /* their pointer in the request */
    const jval *inlined;
    const struct jpath *at; /* of `inlined` in the request */
    bool lean;              /* all suppliers of the store: lean ones will do (record.h) */
    bool latent;            /* all demands of the store: latent ones too */
    const struct text_list *kinds; /* suppliers: a program's pool (program/program.h). Those of other kinds are left out; NULL: none is */
    bool stored; /* `inlined` are copies of the store's records: one without a kind counts as such a record does, not as what is asked for */
};

struct cohort {
    struct arena *arena;
    struct arena **worker_arenas; /* what the threads put down while annotating */
    int worker_count;
    struct record_set suppliers, demands; /* empty unless loaded */
    struct understanding *supplier_notes, *demand_notes;
    const char *const *supplier_digests; /* record_digest of each; NULL: not known */
    bool borrows_suppliers;              /* of another cohort (cohort_load_beside; cohort_kinds.h) */
    struct digest hashed_suppliers;      /* the data hash begun with the suppliers, for what is put beside them */
    char data_hash[DIGEST_TEXT]; /* over the records loaded */
};

/* Reads inline records or a file as they stand. INVALID and others as record_set_read_chosen. */
ieum_status record_choice_read(struct workspace *workspace, enum record_kind kind, const struct record_choice *choice, struct record_set *set, struct problem *problem);

/* `program`: demands of that program only (with an id or inline, of any program; NULL: of all). Either choice may be NULL: not needed. Free with cohort_free. */
ieum_status cohort_load(struct workspace *workspace, const char *program, const struct record_choice *suppliers,
                        const struct record_choice *demands, struct cohort *cohort, struct problem *problem);
/* Demands beside the suppliers of a cohort that is there already and must outlive this one; the data hash is over both. */
ieum_status cohort_load_beside(struct workspace *workspace, const char *program, const struct cohort *suppliers, const struct record_choice *demands,
                               struct cohort *cohort, struct problem *problem);
void cohort_free(struct cohort *cohort); /* a zeroed struct is fine */

/* Annotates the stored records that have no annotation yet, so that no later request has to. */
ieum_status cohort_annotate_store(struct workspace *workspace, enum record_kind kind, struct problem *problem);

#endif
