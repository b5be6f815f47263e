/* SPDX-License-Identifier: Apache-2.0 */
/* The map against a list that is searched from the front. */
#include "test.h"

#include "base/map.h"
#include "base/memory.h"
#include "base/random.h"

enum { MOST_KEYS = 600, LONGEST = 12 };

struct naive {
    char keys[MOST_KEYS][LONGEST];
    size_t sizes[MOST_KEYS];
    uint32_t values[MOST_KEYS];
    uint32_t count;
};

static uint32_t naive_find(const struct naive *naive, const char *key, size_t size) {
    for (uint32_t i = 0; i < naive->count; i++)
        if (naive->sizes[i] == size && memcmp(naive->keys[i], key, size) == 0) return i;
    return MAP_NONE;
}

static uint32_t naive_add(struct naive *naive, const char *key, size_t size, uint32_t value) {
    memcpy(naive->keys[naive->count], key, size);
    naive->sizes[naive->count] = size;
    naive->values[naive->count] = value;
    return naive->count++;
}

/* Keys from few letters, NUL among them, so that many are equal and many are each other's beginning. */
static size_t random_key(struct random *random, char *key) {
    static const char letters[] = {'a', 'b', '\0', '\xEA', '\xFF'};
    size_t size = random_below(random, 5) ? random_below(random, 5) : random_below(random, LONGEST + 1);
    for (size_t i = 0; i < size; i++) key[i] = letters[random_below(random, sizeof letters)];
    return size;
}

TEST(the_same_as_a_list) {
    static struct naive naive;
    struct random random;
    random_seed(&random, 9);
    for (int round = 0; round < 6; round++) {
        struct map *map = map_new();
        naive.count = 0;
        for (int step = 0; step < 6000; step++) {
            char key[LONGEST];
            size_t size = random_key(&random, key);
            uint32_t at = naive_find(&naive, key, size), value = (uint32_t)random_below(&random, 1000);
            CHECK_INT(map_get(map, key, size), at == MAP_NONE ? MAP_NONE : naive.values[at]);
            if (at == MAP_NONE && naive.count == MOST_KEYS) continue;
            if (random_below(&random, 2)) {
                CHECK(map_put(map, key, size, value));
                if (at == MAP_NONE)
                    naive_add(&naive, key, size, value);
                else
                    naive.values[at] = value;
            } else {
                uint32_t expected = at == MAP_NONE ? naive.count : naive.values[at];
                CHECK_INT(map_intern(map, key, size), expected);
                if (at == MAP_NONE) naive_add(&naive, key, size, expected);
            }
            CHECK_INT(map_count(map), naive.count);
        }
        CHECK(naive.count > 300);
        for (uint32_t i = 0; i < naive.count; i++)
            CHECK_INT(map_get(map, naive.keys[i], naive.sizes[i]), naive.values[i]);
        map_free(map);
    }
}

TEST(interned_words_are_numbered_in_order) {
    struct map *map = map_new();
    enum { WORDS = 50000 };
    char word[16];
    for (uint32_t i = 0; i < WORDS; i++) {
        int size = snprintf(word, sizeof word, "w%u", i * 2654435761u);
        CHECK_INT(map_intern(map, word, (size_t)size), i);
    }
    for (uint32_t i = 0; i < WORDS; i++) {
        snprintf(word, sizeof word, "w%u", i * 2654435761u);
        CHECK_INT(map_get_text(map, word), i);
    }
    CHECK_INT(map_count(map), WORDS);
    CHECK_INT(map_get_text(map, "absent"), MAP_NONE);
    map_free(map);
    map_free(NULL);
}

TEST(keys_are_copied) {
    struct map *map = map_new();
    char key[] = "one";
    CHECK(map_put(map, key, 3, 1));
    key[0] = 'x';
    CHECK_INT(map_get_text(map, "one"), 1);
    CHECK_INT(map_get_text(map, key), MAP_NONE);
    CHECK_INT(map_get(map, "", 0), MAP_NONE);
    CHECK_INT(map_intern(map, "", 0), 1);
    CHECK_INT(map_get(map, "", 0), 1);
    map_free(map);
}

/* Whichever allocation fails, what was stored is still there and nothing else is. */
TEST(a_failed_put_changes_nothing) {
    uint64_t n = 0;
    int refused = 0;
    for (bool whole = false; !whole && n < 100;) {
        memory_fail_at(++n);
        struct map *map = map_new();
        uint32_t kept = 0;
        whole = map != NULL;
        while (whole && kept < 200) {
            char key[8];
            int size = snprintf(key, sizeof key, "%u", kept);
            if (kept % 2)
                whole = map_put(map, key, (size_t)size, kept);
            else
                whole = map_intern(map, key, (size_t)size) == kept;
            kept += whole;
        }
        memory_fail_at(0);
        refused += !whole;
        if (!map) continue;
        CHECK_INT(map_count(map), kept);
        for (uint32_t i = 0; i < 200; i++) {
            char key[8];
            snprintf(key, sizeof key, "%u", i);
            CHECK_INT(map_get_text(map, key), i < kept ? i : MAP_NONE);
        }
        map_free(map);
    }
    CHECK(refused > 4 && n < 100);
    memory_clear_failed();
}

TEST_MAIN(the_same_as_a_list, interned_words_are_numbered_in_order, keys_are_copied, a_failed_put_changes_nothing)
