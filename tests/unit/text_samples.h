/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of texts: lexicons of the repository, one text in other spellings, what a record's texts are understood as. */
#ifndef IEUM_TEST_TEXT_SAMPLES_H
#define IEUM_TEST_TEXT_SAMPLES_H

#include "../../engine/base/buffer.h"
#include "../../engine/base/memory.h"
#include "../../engine/base/utf8.h"
#include "../../engine/text/lexicon.h"
#include "../../engine/text/normalise.h"
#include "test.h"

#define TINY_LEXICON "tests/unit/data/lexicon-meaning"
#define SMALL_LEXICON "tests/unit/data/lexicon-small"
#define WHOLE_LEXICON "data/lexicon"

static inline struct lexicon *load_lexicon(const char *folder) {
    char path[1024];
    struct problem problem = {0};
    struct lexicon *lexicon = NULL;
    snprintf(path, sizeof path, "%s/%s", test_source(), folder);
    if (lexicon_load(path, 1, &lexicon, &problem) != IEUM_OK) {
        fprintf(stderr, "%s %s: %s\n", problem.source, problem.pointer, problem.en);
        exit(2);
    }
    return lexicon;
}

static inline void add_point(struct buffer *out, uint32_t point) {
    char bytes[4];
    buffer_add(out, bytes, utf8_write(point, bytes));
}

/* The code points of a text that fits. */
static inline size_t points_of(const char *text, uint32_t *points, size_t most) {
    const size_t size = strlen(text);
    size_t count = 0;
    for (size_t at = 0; at < size && count < most;) {
        const unsigned char head = (unsigned char)text[at];
        const size_t more = head < 0x80 ? 0 : head < 0xE0 ? 1 : head < 0xF0 ? 2 : 3;
        uint32_t point = more == 0 ? head : head & (0x3Fu >> more);
        for (size_t i = 1; i <= more; i++) point = point << 6 | ((unsigned char)text[at + i] & 0x3F);
        points[count++] = point;
        at += more + 1;
    }
    return count;
}

static inline char *text_of(const uint32_t *points, size_t count) {
    struct buffer out = BUFFER_EMPTY;
    buffer_add_text(&out, "");
    for (size_t i = 0; i < count; i++) add_point(&out, points[i]);
    return buffer_take(&out);
}

/* Syllables taken apart (NFD), by the arithmetic of The Unicode Standard, 3.12; all else as it is. */
static inline char *take_apart(const char *text) {
    const size_t size = strlen(text);
    uint32_t *points = memory_allocate((size + 1) * sizeof *points);
    struct buffer out = BUFFER_EMPTY;
    buffer_add_text(&out, "");
    const size_t count = points_of(text, points, size);
    for (size_t i = 0; i < count; i++) {
        const uint32_t number = points[i] - HANGUL_FIRST;
        if (!is_syllable(points[i])) {
            add_point(&out, points[i]);
            continue;
        }
        add_point(&out, 0x1100 + number / 588);
        add_point(&out, 0x1161 + number % 588 / 28);
        if (number % 28) add_point(&out, 0x11A7 + number % 28);
    }
    memory_free(points);
    return buffer_take(&out);
}

/* Letters, digits and signs of ASCII in their full width; the blank stays. */
static inline char *widen(const char *text) {
    const size_t size = strlen(text);
    uint32_t *points = memory_allocate((size + 1) * sizeof *points);
    const size_t count = points_of(text, points, size);
    for (size_t i = 0; i < count; i++)
        if (points[i] > ' ' && points[i] < 0x7F) points[i] += 0xFEE0;
    char *wide = text_of(points, count);
    memory_free(points);
    return wide;
}

/* The code points [start, end) of a text. */
static inline char *cut_out(const char *text, size_t start, size_t end) {
    const size_t size = strlen(text), from = utf8_offset(text, size, start), to = utf8_offset(text, size, end);
    char *out = memory_allocate(to - from + 1);
    memcpy(out, text + from, to - from);
    out[to - from] = '\0';
    return out;
}

static inline bool leave_mention(void *context, size_t text, const struct mention *mention) {
    (void)text;
    (void)mention;
    if (context) ++*(size_t *)context;
    return true;
}

/* What the texts mean together; mentions are counted. */
static inline struct meaning read_meaning(const struct lexicon *lexicon, const struct lexicon_text *texts, size_t count, struct arena *arena,
                                          size_t *mentions) {
    struct meaning meaning = {0};
    struct problem problem = {0};
    CHECK_INT(lexicon_read_texts(lexicon, texts, count, arena, (struct lexicon_reader){leave_mention, mentions}, &meaning, &problem), IEUM_OK);
    return meaning;
}

static inline bool same_items(const struct meaning *a, const struct meaning *b) {
    if (a->count != b->count || a->strength != b->strength) return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].concept != b->items[i].concept || a->items[i].weight != b->items[i].weight) return false;
    return true;
}

#endif
