/* SPDX-License-Identifier: Apache-2.0 */
/* The allocator's promises: valid empty blocks, refused overflows, the failure switch and its flag; the arena against a
 * list of blocks. */
#include "test.h"

#include <pthread.h>
#include <stdalign.h>

#include "base/memory.h"
#include "base/random.h"

/* Requests that no machine can meet are asked for here; the sanitizer must answer them as malloc does. */
#define SEEN_BY_THE_SANITIZER __attribute__((visibility("default"), used))
SEEN_BY_THE_SANITIZER const char *__asan_default_options(void);
SEEN_BY_THE_SANITIZER const char *__asan_default_options(void) { return "allocator_may_return_null=1"; }
SEEN_BY_THE_SANITIZER const char *__tsan_default_options(void);
SEEN_BY_THE_SANITIZER const char *__tsan_default_options(void) { return "allocator_may_return_null=1"; }

/* Not known to the compiler, which would warn of them. */
static volatile size_t huge = SIZE_MAX, half = SIZE_MAX / 2;

TEST(blocks_are_valid_at_any_size) {
    memory_clear_failed();
    for (size_t size = 0; size < 300; size++) {
        unsigned char *block = memory_allocate(size), *zero = memory_allocate_zero(size, 3);
        CHECK(block && zero);
        if (!block || !zero) return;
        CHECK((uintptr_t)block % alignof(max_align_t) == 0);
        memset(block, 0xA5, size);
        for (size_t i = 0; i < 3 * size; i++) CHECK(zero[i] == 0);
        block = memory_resize(block, size, 2);
        CHECK(block != NULL);
        for (size_t i = 0; block && i < size; i++) CHECK(block[i] == 0xA5);
        memory_free(block);
        memory_free(zero);
    }
    memory_free(NULL);
    CHECK(!memory_failed());
}

TEST(resize_of_nothing_allocates) {
    char *block = memory_resize(NULL, 4, 4);
    CHECK(block != NULL);
    block = memory_resize(block, 0, 4);
    CHECK(block != NULL);
    memory_free(block);
}

TEST(overflows_are_refused) {
    memory_clear_failed();
    CHECK(memory_allocate_zero(huge, 2) == NULL);
    CHECK(memory_failed());
    memory_clear_failed();
    CHECK(!memory_failed());
    char *block = memory_allocate(4);
    memcpy(block, "abc", 4);
    CHECK(memory_resize(block, half, 3) == NULL);
    CHECK(memory_failed());
    CHECK_TEXT(block, "abc"); /* the old block stays valid */
    memory_free(block);
    memory_clear_failed();
    CHECK(memory_allocate(huge) == NULL);
    CHECK(memory_failed());
    memory_clear_failed();
}

TEST(the_switch_fails_the_nth_and_all_after) {
    for (uint64_t n = 1; n <= 5; n++) {
        void *blocks[8];
        memory_clear_failed();
        memory_fail_at(n);
        for (uint64_t i = 0; i < 8; i++) {
            blocks[i] = i % 3 == 0   ? memory_allocate(8)
                        : i % 3 == 1 ? memory_allocate_zero(2, 4)
                                     : memory_resize(NULL, 8, 1);
            CHECK((blocks[i] != NULL) == (i + 1 < n));
            CHECK(memory_failed() == (i + 1 >= n));
        }
        CHECK_INT(memory_count(), 8);
        memory_fail_at(0);
        void *again = memory_allocate(1);
        CHECK(again != NULL);
        CHECK(memory_failed()); /* stays set until it is cleared */
        memory_free(again);
        for (size_t i = 0; i < 8; i++) memory_free(blocks[i]);
    }
    memory_clear_failed();
    CHECK(!memory_failed());
}

static void *fail_in_thread(void *result) {
    bool *seen = result;
    seen[0] = memory_failed();
    seen[1] = memory_allocate(1) == NULL;
    seen[2] = memory_failed();
    return NULL;
}

TEST(the_switch_is_for_all_threads_the_flag_for_one) {
    bool seen[3] = {true, false, false};
    pthread_t thread;
    memory_clear_failed();
    memory_fail_at(1);
    CHECK_INT(pthread_create(&thread, NULL, fail_in_thread, seen), 0);
    pthread_join(thread, NULL);
    memory_fail_at(0);
    CHECK(!seen[0] && seen[1] && seen[2]);
    CHECK(!memory_failed());
}

/* ---- the arena ---- */

enum { BLOCKS = 4000 };

TEST(arena_blocks_keep_what_is_put_in) {
    static struct {
        unsigned char *bytes;
        size_t size;
    } blocks[BLOCKS];
    struct random random;
    struct arena *arena = arena_new();
    random_seed(&random, 5);
    for (size_t i = 0; i < BLOCKS; i++) {
        size_t size = random_below(&random, 40) == 0 ? random_below(&random, 20000) : random_below(&random, 100);
        blocks[i].size = size;
        blocks[i].bytes = i % 2 ? arena_allocate(arena, size) : arena_allocate_zero(arena, size, 1);
        CHECK(blocks[i].bytes != NULL);
        if (!blocks[i].bytes) break;
        CHECK((uintptr_t)blocks[i].bytes % alignof(max_align_t) == 0);
        for (size_t b = 0; b < size && i % 2 == 0; b++)
            if (blocks[i].bytes[b]) CHECK(!"not zeroed");
        memset(blocks[i].bytes, (int)(i & 0xFF), size);
    }
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t b = 0; b < blocks[i].size; b++)
            if (blocks[i].bytes[b] != (i & 0xFF)) CHECK(!"overwritten");
    arena_free(arena);
    arena_free(NULL);
}

TEST(arena_copies_texts) {
    struct arena *arena = arena_new();
    const char bytes[] = {'a', '\0', 'b'};
    CHECK_TEXT(arena_copy_text(arena, "이음"), "이음");
    CHECK_TEXT(arena_copy_text(arena, ""), "");
    CHECK(arena_copy_text(arena, NULL) == NULL);
    char *copy = arena_copy_bytes(arena, bytes, sizeof bytes);
    CHECK(copy && memcmp(copy, bytes, sizeof bytes) == 0 && copy[3] == '\0');
    CHECK_TEXT(arena_copy_bytes(arena, NULL, 0), "");
    arena_free(arena);
}

TEST(an_arena_takes_over_another) {
    struct arena *arena = arena_new(), *empty = arena_new();
    char *first = arena_copy_text(arena, "first");
    for (int round = 0; round < 3; round++) {
        struct arena *other = arena_new();
        char *texts[200];
        for (size_t i = 0; i < 200; i++) texts[i] = arena_copy_text(other, "a text long enough to need several chunks of the arena");
        arena_join(arena, other);
        char *next = arena_copy_text(arena, "next");
        for (size_t i = 0; i < 200; i++) CHECK_TEXT(texts[i], "a text long enough to need several chunks of the arena");
        CHECK_TEXT(first, "first");
        CHECK_TEXT(next, "next");
    }
    arena_join(empty, arena); /* into one without chunks */
    CHECK_TEXT(first, "first");
    arena_join(empty, arena_new());
    arena_join(empty, NULL);
    CHECK_TEXT(arena_copy_text(empty, "last"), "last");
    arena_free(empty);
}

TEST(arena_refuses_what_cannot_be) {
    struct arena *arena = arena_new();
    memory_clear_failed();
    CHECK(arena_allocate(NULL, 8) == NULL && arena_copy_text(NULL, "x") == NULL);
    static const size_t near_the_end[] = {0, 1, 7, 15, 16, 31, 64};
    for (size_t i = 0; i < sizeof near_the_end / sizeof *near_the_end; i++) {
        memory_clear_failed();
        CHECK(arena_allocate(arena, huge - near_the_end[i]) == NULL);
        CHECK(memory_failed());
    }
    memory_clear_failed();
    CHECK(arena_allocate_zero(arena, half, 3) == NULL);
    CHECK(memory_failed());
    memory_clear_failed();
    CHECK(arena_copy_bytes(arena, "", huge) == NULL);
    CHECK(memory_failed());
    memory_clear_failed();
    CHECK_TEXT(arena_copy_text(arena, "still works"), "still works");
    arena_free(arena);
}

TEST(an_arena_that_ran_out_goes_on_later) {
    memory_fail_at(1);
    CHECK(arena_new() == NULL);
    memory_fail_at(0);
    struct arena *arena = arena_new();
    char *first = arena_copy_text(arena, "first");
    memory_fail_at(1);
    CHECK(arena_allocate(arena, 100000) == NULL);
    CHECK(memory_failed());
    memory_fail_at(0);
    memory_clear_failed();
    CHECK(arena_allocate(arena, 100000) != NULL);
    CHECK_TEXT(first, "first");
    arena_free(arena);
}

TEST_MAIN(blocks_are_valid_at_any_size, resize_of_nothing_allocates, overflows_are_refused, the_switch_fails_the_nth_and_all_after,
          the_switch_is_for_all_threads_the_flag_for_one, arena_blocks_keep_what_is_put_in, arena_copies_texts, an_arena_takes_over_another,
          arena_refuses_what_cannot_be, an_arena_that_ran_out_goes_on_later)
