/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the import call of each other; nobody else includes it. */
#ifndef IEUM_PIPELINE_IMPORT_PARTS_H
#define IEUM_PIPELINE_IMPORT_PARTS_H

#include "pipeline_import.h"
#include "store/identity.h"

/* Fills the answer's duplicates (pipeline_import_duplicates.c). `rows`: of the answer's records, `stored_rows`: of the stored ones, in their order. */
ieum_status import_find_duplicates(struct workspace *workspace, struct import_answer *answer, const struct record_row *rows, const struct record_row *stored_rows,
                                   struct problem *problem);
/* Puts records that name an unknown kind of party on the file's list of what is wrong (pipeline_import_kinds.c). */
ieum_status import_check_kinds(struct workspace *workspace, struct checked_file *file, struct problem *problem);
/* The firm of a record; NULL for kinds that have none. */
const struct firm *import_firm(const struct record_set *set, size_t index);

#endif
