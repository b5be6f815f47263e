/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory: one allocator that every part uses, so that running out can be noticed and tested.
 *
 * Any allocation that fails sets a flag of the calling thread that stays set until it is cleared. Builders
 * (buffers, JSON values) may therefore go on after a failure and be asked once, at the end, by
 * memory_failed(). Tests make the n-th allocation fail with memory_fail_at.
 */
#ifndef IEUM_BASE_MEMORY_H
#define IEUM_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As malloc, calloc, realloc and free; sizes are checked for overflow. NULL on failure. size 0 gives a valid block. */
void *memory_allocate(size_t size);
void *memory_allocate_zero(size_t count, size_t size);
void *memory_resize(void *block, size_t count, size_t size); /* the old block stays valid on failure */
void memory_free(void *block);
/* count · size bytes on a boundary of 64 bytes, not zeroed; large blocks ask for large pages. Freed by memory_free. */
void *memory_allocate_aligned(size_t count, size_t size);

/* Whether an allocation of this thread has failed since the flag was last cleared. */
bool memory_failed(void);
void memory_clear_failed(void);

/* Test hook: the n-th allocation from now on (1 = the next) and all after it fail, in every thread; 0 turns it off. */
void memory_fail_at(uint64_t n);
/* Allocations since the last memory_fail_at call. */
uint64_t memory_count(void);

/* An arena: many small allocations, freed together. Blocks are aligned for any type. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena);
void *arena_allocate(struct arena *arena, size_t size); /* not zeroed; NULL on failure or when arena is NULL */
void *arena_allocate_zero(struct arena *arena, size_t count, size_t size);
char *arena_copy_text(struct arena *arena, const char *text); /* NULL stays NULL */
char *arena_copy_bytes(struct arena *arena, const void *bytes, size_t size); /* adds a NUL */
void arena_join(struct arena *arena, struct arena *other); /* takes over all that `other` (NULL is fine) holds, and frees it */

#endif
