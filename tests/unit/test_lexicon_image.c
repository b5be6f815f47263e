/* SPDX-License-Identifier: Apache-2.0 */
/* The image of a lexicon says what the lexicon says, and damaged bytes are refused. */
#include "text/lexicon_image.h"

#include "base/map.h"
#include "base/random.h"
#include "test.h"

static char folder[4096];
static char hash[DIGEST_TEXT];
static struct lexicon *loaded;
static struct buffer image;

TEST(prepare) {
    struct problem problem = {0};
    snprintf(folder, sizeof folder, "%s/data/lexicon", test_source());
    CHECK_INT(lexicon_load(folder, 2, &loaded, &problem), IEUM_OK);
    CHECK_INT(lexicon_hash_folder(folder, hash, &problem), IEUM_OK);
    CHECK_TEXT(lexicon_hash(loaded), hash);
    lexicon_image_write(loaded, &image);
    CHECK(!image.failed && image.size > 1000);
}

static void check_links(const struct concept_link *a, const struct concept_link *b, size_t count) {
    for (size_t i = 0; i < count; i++) CHECK(a[i].to == b[i].to && a[i].weight == b[i].weight);
}

static void check_same(const struct lexicon *other) {
    CHECK_INT(lexicon_count(other), lexicon_count(loaded));
    CHECK_TEXT(lexicon_hash(other), lexicon_hash(loaded));
    for (uint32_t c = 0; c < lexicon_count(loaded); c++) {
        const struct concept *a = lexicon_concept(loaded, c), *b = lexicon_concept(other, c);
        const struct concept_near near_a = lexicon_near(loaded, c), near_b = lexicon_near(other, c);
        CHECK_TEXT(b->id, a->id);
        CHECK_TEXT(b->ko, a->ko);
        CHECK_TEXT(b->en, a->en);
        CHECK_INT(b->facet, a->facet);
        CHECK_INT(lexicon_find(other, a->id), c);
        CHECK(a->parent_count == b->parent_count && a->unlike_count == b->unlike_count && a->related_count == b->related_count);
        CHECK(memcmp(a->parents, b->parents, a->parent_count * sizeof *a->parents) == 0 || a->parent_count == 0);
        CHECK(a->ksic_count == b->ksic_count);
        for (size_t k = 0; k < a->ksic_count; k++) CHECK_TEXT(b->ksic[k], a->ksic[k]);
        check_links(a->related, b->related, a->related_count);
        CHECK_INT(near_b.count, near_a.count);
        check_links(near_a.items, near_b.items, near_a.count);
    }
}

TEST(an_image_says_the_same) {
    struct lexicon *read = NULL;
    CHECK(lexicon_from_image(folder, hash, 1, image.bytes, image.size, &read));
    if (read) check_same(read);
    lexicon_free(read);
}

TEST(annotating_brings_in_the_words) {
    static const char text[] = "육안 전수검사를 AOI로 바꾸고 재고를 엑셀에 옮겨 적습니다.";
    struct lexicon *read = NULL;
    struct problem problem = {0};
    mention_list a = {0}, b = {0};
    CHECK(lexicon_from_image(folder, hash, 1, image.bytes, image.size, &read));
    CHECK_INT(lexicon_annotate(loaded, text, sizeof text - 1, &a, &problem), IEUM_OK);
    CHECK_INT(lexicon_annotate(read, text, sizeof text - 1, &b, &problem), IEUM_OK);
    CHECK(a.count > 0);
    CHECK_INT(b.count, a.count);
    for (size_t i = 0; i < a.count && i < b.count; i++)
        CHECK(a.items[i].concept == b.items[i].concept && a.items[i].start == b.items[i].start && a.items[i].end == b.items[i].end);
    vector_free(&a);
    vector_free(&b);
    lexicon_free(read);
}

TEST(another_state_of_the_folder_is_refused) {
    struct lexicon *read = NULL;
    char other[DIGEST_TEXT];
    memset(other, '0', sizeof other - 1);
    other[sizeof other - 1] = '\0';
    CHECK(!lexicon_from_image(folder, other, 1, image.bytes, image.size, &read));
    CHECK(read == NULL);
}

TEST(damage_is_refused_or_harmless) {
    struct random random;
    char *copy = memory_allocate(image.size);
    random_seed(&random, 7);
    for (int i = 0; i < 300; i++) { /* a shorter image is never whole */
        struct lexicon *read = NULL;
        CHECK(!lexicon_from_image(folder, hash, 1, image.bytes, (size_t)random_below(&random, image.size), &read));
    }
    for (int i = 0; i < 300; i++) { /* a changed byte may be a changed letter, but nothing out of bounds is read */
        struct lexicon *read = NULL;
        memcpy(copy, image.bytes, image.size);
        copy[random_below(&random, image.size)] ^= (char)(1 + random_below(&random, 255));
        if (lexicon_from_image(folder, hash, 1, copy, image.size, &read)) {
            CHECK_INT(lexicon_count(read), lexicon_count(loaded));
            for (uint32_t c = 0; c < lexicon_count(read); c++) {
                struct concept_near near = lexicon_near(read, c);
                for (size_t n = 0; n < near.count; n++) CHECK(near.items[n].to < lexicon_count(read));
            }
        }
        lexicon_free(read);
    }
    memory_free(copy);
}

TEST(finish) {
    buffer_free(&image);
    lexicon_free(loaded);
}

TEST_MAIN(prepare, an_image_says_the_same, annotating_brings_in_the_words, another_state_of_the_folder_is_refused,
          damage_is_refused_or_harmless, finish)
