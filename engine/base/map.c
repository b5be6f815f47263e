/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open addressing with linear probing, at most 3/4 full, no removal. Keys lie in one run of bytes. The hash is FNV-1a with a final mix: keys
 * come from files the operator chose, and the size limits of the readers bound what a hostile file could cost.
 */
#include "map.h"

#include <string.h>

#include "memory.h"
#include "vector.h"

struct slot {
    uint64_t hash;
    size_t offset, size;
    uint32_t value;
    bool used;
};

struct map {
    struct slot *slots;
    size_t slot_count; /* a power of two */
    uint32_t count;
    VECTOR(char) keys;
};

static uint64_t hash_of(const char *key, size_t size) {
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)key[i]) * 1099511628211u;
    hash ^= hash >> 32;
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
}

struct map *map_new(void) {
    struct map *map = memory_allocate_zero(1, sizeof *map);
    if (!map) return NULL;
    map->slot_count = 64;
    map->slots = memory_allocate_zero(map->slot_count, sizeof *map->slots);
    if (map->slots) return map;
    memory_free(map);
    return NULL;
}

void map_free(struct map *map) {
    if (!map) return;
    memory_free(map->slots);
    vector_free(&map->keys);
    memory_free(map);
}

uint32_t map_count(const struct map *map) { return map->count; }

/* The slot that holds the key, or the free slot where it would go. */
static struct slot *find(const struct map *map, const char *key, size_t size, uint64_t hash) {
    size_t at = hash & (map->slot_count - 1);
    for (;; at = (at + 1) & (map->slot_count - 1)) {
        struct slot *slot = &map->slots[at];
        if (!slot->used) return slot;
        if (slot->hash == hash && slot->size == size && memcmp(map->keys.items + slot->offset, key, size) == 0) return slot;
    }
}

uint32_t map_get(const struct map *map, const char *key, size_t size) {
    const struct slot *slot = find(map, key, size, hash_of(key, size));
    return slot->used ? slot->value : MAP_NONE;
}

uint32_t map_get_text(const struct map *map, const char *key) { return map_get(map, key, strlen(key)); }

static bool double_slots(struct map *map) {
    struct slot *old = map->slots;
    size_t old_count = map->slot_count;
    struct slot *slots = memory_allocate_zero(old_count * 2, sizeof *slots);
    if (!slots) return false;
    map->slots = slots;
    map->slot_count = old_count * 2;
    for (size_t i = 0; i < old_count; i++) {
        if (!old[i].used) continue;
        size_t at = old[i].hash & (map->slot_count - 1);
        while (slots[at].used) at = (at + 1) & (map->slot_count - 1);
        slots[at] = old[i];
    }
    memory_free(old);
    return true;
}

static bool insert(struct map *map, const char *key, size_t size, uint64_t hash, uint32_t value) {
    if ((size_t)map->count + 1 > map->slot_count / 4 * 3 && !double_slots(map)) return false;
    size_t offset = map->keys.count;
    if (!vector_reserve(&map->keys, offset + size + 1)) return false; /* + 1: an empty key still has an address */
    memcpy(map->keys.items + offset, key, size);
    map->keys.count = offset + size;
    *find(map, key, size, hash) = (struct slot){hash, offset, size, value, true};
    map->count++;
    return true;
}

bool map_put(struct map *map, const char *key, size_t size, uint32_t value) {
    uint64_t hash = hash_of(key, size);
    struct slot *slot = find(map, key, size, hash);
    if (!slot->used) return insert(map, key, size, hash, value);
    slot->value = value;
    return true;
}

uint32_t map_intern(struct map *map, const char *key, size_t size) {
    uint64_t hash = hash_of(key, size);
    const struct slot *slot = find(map, key, size, hash);
    if (slot->used) return slot->value;
    uint32_t value = map->count;
    return insert(map, key, size, hash, value) ? value : MAP_NONE;
}
