/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The allocator and the arena. The failure switch is atomic because worker threads allocate too; it is off (0) outside tests
 * and then costs one relaxed load an allocation.
 */
#include "memory.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static atomic_uint_fast64_t fail_at; /* 0: off */
static atomic_uint_fast64_t counted;
static _Thread_local bool failed;

static bool may_allocate(void) {
    uint64_t limit = atomic_load_explicit(&fail_at, memory_order_relaxed);
    if (limit == 0) return true;
    return atomic_fetch_add_explicit(&counted, 1, memory_order_relaxed) + 1 < limit;
}

static void *noted(void *block) {
    if (!block) failed = true;
    return block;
}

void *memory_allocate(size_t size) { return noted(may_allocate() ? malloc(size ? size : 1) : NULL); }

void *memory_allocate_zero(size_t count, size_t size) {
    if (count == 0 || size == 0) count = size = 1;
    return noted(may_allocate() ? calloc(count, size) : NULL);
}

void *memory_resize(void *block, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) return noted(NULL);
    return noted(may_allocate() ? realloc(block, bytes ? bytes : 1) : NULL);
}

void memory_free(void *block) { free(block); }

void *memory_allocate_aligned(size_t count, size_t size) {
    enum { LINE = 64, LARGE_PAGE = 2 << 20 };
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - LARGE_PAGE) return noted(NULL);
    const size_t boundary = bytes >= 2 * LARGE_PAGE ? LARGE_PAGE : LINE;
    bytes = bytes ? (bytes + boundary - 1) & ~(boundary - 1) : boundary;
    void *block = may_allocate() ? aligned_alloc(boundary, bytes) : NULL;
#if defined(MADV_HUGEPAGE)
    if (block && boundary == LARGE_PAGE) madvise(block, bytes, MADV_HUGEPAGE); /* a wish: nothing depends on its being granted */
#endif
    return noted(block);
}

bool memory_failed(void) { return failed; }
void memory_clear_failed(void) { failed = false; }

void memory_fail_at(uint64_t n) {
    atomic_store(&counted, 0);
    atomic_store(&fail_at, n);
}

uint64_t memory_count(void) { return atomic_load(&counted); }

/* ---- arena ---- */

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

struct chunk {
    struct chunk *next;
    size_t used, capacity;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct chunk *chunks; /* the newest first; only it has room */
};

struct arena *arena_new(void) { return memory_allocate_zero(1, sizeof(struct arena)); }

void arena_free(struct arena *arena) {
    if (!arena) return;
    for (struct chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        memory_free(chunk);
    }
    memory_free(arena);
}

static struct chunk *add_chunk(struct arena *arena, size_t needed) {
    size_t capacity = arena->chunks ? arena->chunks->capacity * 2 : FIRST_CHUNK;
    if (capacity > LARGEST_CHUNK) capacity = LARGEST_CHUNK;
    if (capacity < needed) capacity = needed;
    if (capacity > SIZE_MAX - sizeof(struct chunk)) return noted(NULL);
    struct chunk *chunk = memory_allocate(sizeof *chunk + capacity);
    if (!chunk) return NULL;
    chunk->next = arena->chunks;
    chunk->used = 0;
    chunk->capacity = capacity;
    return arena->chunks = chunk;
}

void *arena_allocate(struct arena *arena, size_t size) {
    if (!arena) return NULL;
    const size_t mask = _Alignof(max_align_t) - 1;
    if (size > SIZE_MAX - mask) return noted(NULL);
    size = (size + mask) & ~mask;
    struct chunk *chunk = arena->chunks;
    if (!chunk || chunk->capacity - chunk->used < size) {
        chunk = add_chunk(arena, size);
        if (!chunk) return NULL;
    }
    void *block = chunk->bytes + chunk->used;
    chunk->used += size;
    return block;
}

void *arena_allocate_zero(struct arena *arena, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) return noted(NULL);
    void *block = arena_allocate(arena, bytes);
    if (block) memset(block, 0, bytes);
    return block;
}

char *arena_copy_bytes(struct arena *arena, const void *bytes, size_t size) {
    if (size == SIZE_MAX) return noted(NULL);
    char *copy = arena_allocate(arena, size + 1);
    if (!copy) return NULL;
    if (size) memcpy(copy, bytes, size);
    copy[size] = '\0';
    return copy;
}

char *arena_copy_text(struct arena *arena, const char *text) {
    return text ? arena_copy_bytes(arena, text, strlen(text)) : NULL;
}

/* The chunks go behind the newest one, which stays the one with room. */
void arena_join(struct arena *arena, struct arena *other) {
    if (!other) return;
    struct chunk **end = arena->chunks ? &arena->chunks->next : &arena->chunks;
    struct chunk *rest = *end;
    *end = other->chunks;
    while (*end) end = &(*end)->next;
    *end = rest;
    memory_free(other);
}
