/* SPDX-License-Identifier: Apache-2.0 */
/* A hash map from byte strings to 32-bit numbers: identifiers to dense indices, words to ids. Keys are copied. */
#ifndef IEUM_BASE_MAP_H
#define IEUM_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAP_NONE UINT32_MAX

struct map;
struct map *map_new(void);
void map_free(struct map *map);
uint32_t map_count(const struct map *map);

/* The number stored for the key, or MAP_NONE. */
uint32_t map_get(const struct map *map, const char *key, size_t size);
uint32_t map_get_text(const struct map *map, const char *key);
/* Stores or replaces. False when memory fails. */
bool map_put(struct map *map, const char *key, size_t size, uint32_t value);
/* The number of the key, giving a new key the next number (0, 1, 2 … in order of arrival). MAP_NONE when memory fails. */
uint32_t map_intern(struct map *map, const char *key, size_t size);

#endif
