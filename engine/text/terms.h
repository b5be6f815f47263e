/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of index terms: runs of code points to dense numbers. Exact: a term of up to three points is its own 64-bit
 * key; a longer one is found by hash and compared point by point.
 */
#ifndef IEUM_TEXT_TERMS_H
#define IEUM_TEXT_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/vector.h"

#define TERM_NONE UINT32_MAX
#define TERM_LONG ((uint64_t)1 << 63) /* in the key of a term of more than three points */

struct term {
    uint64_t key;
    uint32_t at, count; /* long terms only: where their points stand in the pool */
};
struct term_slot {
    uint64_t key;
    uint32_t number;
    uint32_t round; /* the table's round, else the slot is free */
};
struct term_table {
    struct term_slot *slots;
    size_t slot_count;
    uint32_t rounds; /* how often it was cleared: a new round frees all slots without touching them */
    VECTOR(struct term) terms;
    VECTOR(uint32_t) pool;
};

/* The number of a term, a new one getting the next; TERM_NONE when memory fails. */
uint32_t term_intern(struct term_table *table, const uint32_t *points, size_t count);
uint32_t term_find(const struct term_table *table, const uint32_t *points, size_t count);
/* The same for a term of another table, by its key; the points count for long terms only. */
uint32_t term_intern_key(struct term_table *table, uint64_t key, const uint32_t *points, size_t count);
uint32_t term_find_key(const struct term_table *table, uint64_t key, const uint32_t *points, size_t count);
void term_table_clear(struct term_table *table); /* empties, keeps the memory */
void term_table_free(struct term_table *table);

#endif
