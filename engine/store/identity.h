/* SPDX-License-Identifier: Apache-2.0 */
/* What identifies records and parties: ids (an outcome has none of its own), party keys, and digests over sets. */
#ifndef IEUM_STORE_IDENTITY_H
#define IEUM_STORE_IDENTITY_H

#include "../record/read.h"

/* The parts of a record that are columns of its table. Texts are borrowed from the set, or stand in the arena. */
struct record_row {
    const char *id; /* of an outcome: the JSON array [program, round, demand, supplier, stage] */
    const jval *json;
    const char *digest;            /* of a lean record, whose json is not the whole; else NULL */
    const char *program;           /* NULL for suppliers */
    const char *kind;              /* business_kind of a supplier, "" when not given */
    const char *demand, *supplier; /* of an outcome */
    const char *party;             /* NULL for outcomes; "no:" and ten digits, or side and name, see identity.c */
    const char *party_name, *registration_no;
};
ieum_status record_row_of(const struct record_set *set, size_t index, struct arena *arena, struct record_row *row,
                          struct problem *problem);

#endif
