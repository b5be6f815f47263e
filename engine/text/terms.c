/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open addressing with linear probing over term numbers, at most half full. In: code points (none of them 0); out:
 * dense numbers in order of arrival. Must not trust a hash: equal keys of long terms are compared.
 */
#include "terms.h"

#include <string.h>

#define POINT_BITS 21
#define FEWEST_SLOTS 256
#define GOLDEN 0x9E3779B97F4A7C15u /* 2^64 / golden ratio, odd: multiplicative hashing (Knuth, TAOCP 6.4) */

static uint64_t key_of(const uint32_t *points, size_t count) {
    if (count == 2) return points[0] | (uint64_t)points[1] << POINT_BITS; /* most terms are pairs of syllables */
    if (count <= 3) {
        uint64_t key = 0;
        for (size_t i = 0; i < count; i++) key |= (uint64_t)points[i] << (POINT_BITS * i);
        return key;
    }
    uint64_t hash = count;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ points[i]) * GOLDEN;
        hash ^= hash >> 29;
    }
    return hash | TERM_LONG;
}

static size_t slot_of(const struct term_table *table, uint64_t key) {
    const uint64_t mixed = key * GOLDEN;
    return (size_t)((mixed ^ (mixed >> 32)) & (table->slot_count - 1));
}

/* The slot that holds the term, or the free one where it would go. */
static inline struct term_slot *probe(const struct term_table *table, uint64_t key, const uint32_t *points,
                                      size_t count) {
    const uint32_t round = table->rounds + 1;
    for (size_t at = slot_of(table, key);; at = (at + 1) & (table->slot_count - 1)) {
        struct term_slot *slot = &table->slots[at];
        if (slot->round != round) return slot;
        if (slot->key != key) continue;
        if ((key & TERM_LONG) == 0) return slot;
        const struct term *term = &table->terms.items[slot->number];
        if (term->count == count && memcmp(table->pool.items + term->at, points, count * sizeof *points) == 0)
            return slot;
    }
}

static bool grow(struct term_table *table) {
    const size_t count = table->slot_count == 0 ? FEWEST_SLOTS : table->slot_count * 2;
    struct term_slot *slots = memory_allocate_zero(count, sizeof *slots);
    if (slots == NULL) return false;
    memory_free(table->slots);
    table->slots = slots;
    table->slot_count = count;
    for (size_t i = 0; i < table->terms.count; i++) {
        size_t slot = slot_of(table, table->terms.items[i].key);
        while (slots[slot].round != 0) slot = (slot + 1) & (count - 1);
        slots[slot] = (struct term_slot){table->terms.items[i].key, (uint32_t)i, table->rounds + 1};
    }
    return true;
}

uint32_t term_intern_key(struct term_table *table, uint64_t key, const uint32_t *points, size_t count) {
    if ((table->terms.count + 1) * 2 > table->slot_count && !grow(table)) return TERM_NONE;
    struct term_slot *slot = probe(table, key, points, count);
    if (slot->round == table->rounds + 1) return slot->number;
    struct term term = {.key = key};
    if (table->terms.count >= TERM_NONE - 1) return TERM_NONE;
    if ((key & TERM_LONG) != 0) {
        if (table->pool.count + count > UINT32_MAX || !vector_reserve(&table->pool, table->pool.count + count))
            return TERM_NONE;
        term.at = (uint32_t)table->pool.count;
        term.count = (uint32_t)count;
        memcpy(table->pool.items + term.at, points, count * sizeof *points);
    }
    if (!vector_push(&table->terms, term)) return TERM_NONE;
    table->pool.count += term.count;
    *slot = (struct term_slot){key, (uint32_t)table->terms.count - 1, table->rounds + 1};
    return slot->number;
}

uint32_t term_find_key(const struct term_table *table, uint64_t key, const uint32_t *points, size_t count) {
    if (table->slot_count == 0) return TERM_NONE;
    const struct term_slot *slot = probe(table, key, points, count);
    return slot->round == table->rounds + 1 ? slot->number : TERM_NONE;
}

uint32_t term_intern(struct term_table *table, const uint32_t *points, size_t count) {
    return term_intern_key(table, key_of(points, count), points, count);
}

uint32_t term_find(const struct term_table *table, const uint32_t *points, size_t count) {
    return term_find_key(table, key_of(points, count), points, count);
}

void term_table_clear(struct term_table *table) {
    if (++table->rounds == UINT32_MAX) { /* before a round comes twice */
        if (table->slots != NULL) memset(table->slots, 0, table->slot_count * sizeof *table->slots);
        table->rounds = 0;
    }
    table->terms.count = table->pool.count = 0;
}

void term_table_free(struct term_table *table) {
    memory_free(table->slots);
    vector_free(&table->terms);
    vector_free(&table->pool);
    *table = (struct term_table){0};
}
