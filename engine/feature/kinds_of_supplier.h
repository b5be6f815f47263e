/* SPDX-License-Identifier: Apache-2.0 */
/* For a feature whose value depends on one small thing a supplier says (its region, a list, a price): suppliers that say the same are judged once a demand. */
#ifndef IEUM_FEATURE_KINDS_OF_SUPPLIER_H
#define IEUM_FEATURE_KINDS_OF_SUPPLIER_H

#include "../base/buffer.h"
#include "bulk.h"

struct kinds_of_supplier {
    uint32_t *of;    /* the kind of each supplier */
    uint32_t *first; /* the first supplier of each kind */
    size_t count;
};

/* Writes what a supplier says as bytes; false when memory fails. */
typedef bool (*supplier_key)(const struct feature_space *space, size_t supplier, struct buffer *key);
/* The value of a demand and a supplier, the same for all suppliers of a kind; of the view it reads the demand alone, not what was understood. */
typedef double (*supplier_value)(const struct feature_space *space, const void *state, const struct demand_view *view, size_t supplier);

ieum_status kinds_of_supplier_make(const struct feature_space *space, supplier_key key, struct kinds_of_supplier *kinds, struct problem *problem);
void kinds_of_supplier_free(struct kinds_of_supplier *kinds); /* a zeroed struct is fine */
/* A table with a row for each kind; with very many kinds (everyone says something else) values are made tile by tile, so that memory stays small. */
ieum_status kinds_of_supplier_block(const struct feature_space *space, const void *state, const struct kinds_of_supplier *kinds,
                                    supplier_value value, const struct demand_view *views, size_t count, struct arena *arena,
                                    struct feature_block *block, struct problem *problem);
void kinds_of_supplier_fill(const struct feature_space *space, const void *state, struct feature_block *block, size_t first, size_t count,
                            double (*cells)[LANES]);

#endif
