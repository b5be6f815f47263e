/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The image: a version byte, the hash, the number of concepts, then each concept (id, ko, en, facet, parents, related, unlike, KSIC prefixes, near), texts
 * with their NUL, numbers as little-endian 32-bit words, weights as the 64 bits of the double. Every number is checked against what is left: the bytes
 * come from a store, and a store can be damaged.
 */
#include "lexicon_image.h"

#include <string.h>

#include "lexicon_parts.h"

enum { FORMAT = 1 };

/* ---- writing ---- */

static void put_text(struct buffer *out, const char *text) { buffer_add(out, text, strlen(text) + 1); }

static void put_links(struct buffer *out, const struct concept_link *links, size_t count) {
    buffer_add_word(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &links[i].weight, sizeof bits);
        buffer_add_word(out, links[i].to);
        buffer_add_word(out, (uint32_t)bits);
        buffer_add_word(out, (uint32_t)(bits >> 32));
    }
}

static void put_indices(struct buffer *out, const uint32_t *indices, size_t count) {
    buffer_add_word(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) buffer_add_word(out, indices[i]);
}

void lexicon_image_write(const struct lexicon *lexicon, struct buffer *bytes) {
    buffer_add_byte(bytes, FORMAT);
    put_text(bytes, lexicon->hash);
    buffer_add_word(bytes, lexicon_count(lexicon));
    for (uint32_t c = 0; c < lexicon_count(lexicon); c++) {
        const struct concept *concept = lexicon_concept(lexicon, c);
        const struct concept_near near = lexicon_near(lexicon, c);
        put_text(bytes, concept->id);
        put_text(bytes, concept->ko);
        put_text(bytes, concept->en);
        buffer_add_word(bytes, (uint32_t)concept->facet);
        put_indices(bytes, concept->parents, concept->parent_count);
        put_links(bytes, concept->related, concept->related_count);
        put_indices(bytes, concept->unlike, concept->unlike_count);
        buffer_add_word(bytes, (uint32_t)concept->ksic_count);
        for (size_t k = 0; k < concept->ksic_count; k++) put_text(bytes, concept->ksic[k]);
        put_links(bytes, near.items, near.count);
    }
}

/* ---- reading ---- */

struct source {
    struct lexicon *lexicon;
    const unsigned char *at, *end;
    uint32_t concepts;
    bool broken;
};

static uint32_t get_word(struct source *source) {
    if (source->broken || source->end - source->at < 4) {
        source->broken = true;
        return 0;
    }
    source->at += 4;
    return buffer_word_at(source->at - 4);
}

static const char *get_text(struct source *source) {
    const unsigned char *end = source->broken ? NULL : memchr(source->at, '\0', (size_t)(source->end - source->at));
    if (end == NULL) {
        source->broken = true;
        return "";
    }
    const char *text = arena_copy_bytes(source->lexicon->arena, source->at, (size_t)(end - source->at));
    source->at = end + 1;
    source->broken = text == NULL;
    return text ? text : "";
}

/* A list of `count` items of `item` bytes in memory that take at least `least` bytes each in the image. */
static void *get_list(struct source *source, size_t *count, size_t item, size_t least) {
    *count = get_word(source);
    if (source->broken || *count > (size_t)(source->end - source->at) / least) {
        source->broken = true;
        *count = 0;
        return NULL;
    }
    void *list = arena_allocate_zero(source->lexicon->arena, *count, item);
    source->broken = list == NULL;
    return list;
}

static uint32_t get_index(struct source *source) {
    const uint32_t index = get_word(source);
    if (index >= source->concepts) source->broken = true;
    return index;
}

static const uint32_t *get_indices(struct source *source, size_t *count) {
    uint32_t *list = get_list(source, count, sizeof *list, 4);
    for (size_t i = 0; i < *count && !source->broken; i++) list[i] = get_index(source);
    return list;
}

static const struct concept_link *get_links(struct source *source, size_t *count) {
    struct concept_link *list = get_list(source, count, sizeof *list, 12);
    for (size_t i = 0; i < *count && !source->broken; i++) {
        list[i].to = get_index(source);
        const uint64_t low = get_word(source), bits = low | (uint64_t)get_word(source) << 32;
        memcpy(&list[i].weight, &bits, sizeof bits);
        if (!(list[i].weight >= 0 && list[i].weight <= 1)) source->broken = true;
    }
    return list;
}

static void get_near(struct source *source) {
    struct lexicon *lexicon = source->lexicon;
    size_t count = 0;
    const struct concept_link *links = get_links(source, &count);
    for (size_t i = 0; i < count && !source->broken; i++)
        if (!vector_push(&lexicon->near, links[i])) source->broken = true;
    lexicon->near_first[lexicon->concepts.count] = lexicon->near.count;
}

static void get_concept(struct source *source) {
    struct lexicon *lexicon = source->lexicon;
    struct concept concept = {.id = get_text(source), .ko = get_text(source), .en = get_text(source)};
    const uint32_t facet = get_word(source);
    if (facet >= FACETS) source->broken = true;
    concept.facet = facet < FACETS ? (enum facet)facet : FACET_TASK;
    concept.parents = get_indices(source, &concept.parent_count);
    concept.related = get_links(source, &concept.related_count);
    concept.unlike = get_indices(source, &concept.unlike_count);
    const char **ksic = get_list(source, &concept.ksic_count, sizeof *ksic, 1);
    for (size_t k = 0; k < concept.ksic_count && !source->broken; k++) ksic[k] = get_text(source);
    concept.ksic = ksic;
    if (!source->broken && (map_intern(lexicon->ids, concept.id, strlen(concept.id)) != lexicon->concepts.count ||
                            !vector_push(&lexicon->concepts, concept)))
        source->broken = true;
    if (!source->broken) get_near(source);
}

bool lexicon_image_hash(const void *bytes, size_t size, char hash[DIGEST_TEXT]) {
    const char *text = bytes;
    if (size < 1 + DIGEST_TEXT || text[0] != FORMAT || text[DIGEST_TEXT] != '\0') return false;
    memcpy(hash, text + 1, DIGEST_TEXT);
    return strlen(hash) == DIGEST_TEXT - 1;
}

bool lexicon_from_image(const char *folder, const char *hash, int threads, const void *bytes, size_t size, struct lexicon **lexicon) {
    struct problem ignored = {0};
    struct lexicon *self = NULL;
    if (size < 1 || *(const unsigned char *)bytes != FORMAT || lexicon_new(&self, &ignored) != IEUM_OK) return false;
    struct source source = {self, (const unsigned char *)bytes + 1, (const unsigned char *)bytes + size, 0, false};
    const char *written = get_text(&source);
    source.concepts = get_word(&source);
    self->folder = arena_copy_text(self->arena, folder);
    self->threads = threads;
    if (source.broken || strcmp(written, hash) != 0 || source.concepts == 0 || source.concepts > size || self->folder == NULL) source.broken = true;
    else self->near_first = memory_allocate_zero((size_t)source.concepts + 1, sizeof *self->near_first);
    if (self->near_first == NULL) source.broken = true;
    while (!source.broken && self->concepts.count < source.concepts) get_concept(&source);
    if (source.broken || source.at != source.end) {
        lexicon_free(self);
        return false;
    }
    memcpy(self->hash, hash, sizeof self->hash);
    *lexicon = self;
    return true;
}
