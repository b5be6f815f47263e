/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text → NFKC, case-folded points with the way back. The text is cut where normalisation can never join two sides
 * (before a code point that neither combines nor composes with what stands before it), each segment is normalised
 * alone, and all its points are mapped to the whole segment: what is quoted is then always whole letters of the stored
 * text.
 *
 * Two liberties beyond NFKC_Casefold: U+318D (ㆍ) and U+2024 (․), which Korean texts use as a middle dot but which NFKC
 * turns into a vowel and a full stop, become U+00B7; and a segment ends after LONGEST_SEGMENT code points (UAX #15
 * calls such text not stream-safe). Must not fail on broken UTF-8: a broken byte counts as one code point, U+FFFD.
 */
#include "normalise.h"

#include <stdbool.h>

#include "../adapt/unicode.h"
#include "../base/memory.h"
#include "../base/utf8.h"

#define MOST_BYTES ((size_t)1 << 30)
#define LONGEST_SEGMENT 32
#define MIDDLE_DOT 0xB7u


static bool attaches(uint32_t point) {
    return (point >= 0x300 || point == 0xAD) && !is_syllable(point) && unicode_attaches(point);
}

static bool is_han_or_kana(uint32_t point) {
    return (point >= 0x3005 && point <= 0x3007) || (point >= 0x3041 && point <= 0x30FF && point != 0x30FB) ||
           (point >= 0x31F0 && point <= 0x31FF) || (point >= 0x3400 && point <= 0x9FFF) ||
           (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFF);
}

/* Greek, Cyrillic and Armenian count as Latin: like it they are written in words, and stand inside Latin terms (TNF-α).
 */
static bool is_latin_like(uint32_t point) {
    return point < 0x590 || (point >= 0x1D00 && point <= 0x1FFF) || (point >= 0x2C60 && point <= 0x2C7F) ||
           (point >= 0xA720 && point <= 0xA7FF) || (point >= 0xAB30 && point <= 0xAB6F);
}

static inline uint8_t ascii_script(uint32_t point) {
    if (point - 'a' <= 'z' - 'a') return SCRIPT_LATIN;
    if (point - '0' <= 9) return SCRIPT_DIGIT;
    return point == ' ' || (point >= 0x09 && point <= 0x0D) ? SCRIPT_SPACE : SCRIPT_OTHER;
}

static uint8_t script_of(uint32_t point, uint8_t before) {
    if (is_syllable(point) || (point >= 0x1100 && point <= 0x11FF) || (point >= 0xA960 && point <= 0xA97F) ||
        (point >= 0xD7B0 && point <= 0xD7FF))
        return SCRIPT_HANGUL;
    if (point < 0x80) return ascii_script(point);
    switch (unicode_kind(point)) {
    case UNICODE_MARK: return before;
    case UNICODE_DIGIT: return SCRIPT_DIGIT;
    case UNICODE_SPACE: return SCRIPT_SPACE;
    case UNICODE_LETTER: return is_han_or_kana(point) ? SCRIPT_HAN : is_latin_like(point) ? SCRIPT_LATIN : SCRIPT_OTHER;
    case UNICODE_OTHER: break;
    }
    return SCRIPT_OTHER;
}

static bool grow(struct normal_text *text, size_t needed) {
    size_t capacity = text->capacity < 64 ? 64 : text->capacity;
    while (capacity < needed) capacity *= 2;
    uint32_t *points = memory_resize(text->points, capacity, sizeof *points);
    if (points != NULL) text->points = points;
    uint32_t *start = points == NULL ? NULL : memory_resize(text->start, capacity, sizeof *start);
    if (start != NULL) text->start = start;
    uint32_t *end = start == NULL ? NULL : memory_resize(text->end, capacity, sizeof *end);
    if (end != NULL) text->end = end;
    uint8_t *script = end == NULL ? NULL : memory_resize(text->script, capacity, sizeof *script);
    if (script == NULL) return false;
    text->script = script;
    text->capacity = capacity;
    return true;
}

static inline void put(struct normal_text *out, uint32_t point, uint32_t start, uint32_t end, uint8_t script) {
    const size_t at = out->count++;
    out->points[at] = point;
    out->start[at] = start;
    out->end[at] = end;
    out->script[at] = script;
}

static uint32_t unify_dot(uint32_t point) {
    return point == 0x318D || point == 0x119E || point == 0x2024 ? MIDDLE_DOT : point;
}

/* One segment that is not a plain ASCII character or syllable: `point` is its first code point, *position stands behind
 * it. */
static bool put_segment(struct normal_text *out, uint32_t point, const char *text, size_t size, size_t *position,
                        uint32_t *stored) {
    uint32_t folded[LONGEST_SEGMENT * UNICODE_FOLD_MOST];
    const uint32_t start = *stored;
    size_t count = unicode_fold(unify_dot(point), folded), length = 1;
    while (length < LONGEST_SEGMENT && *position < size) {
        size_t after = *position;
        const uint32_t next = utf8_next(text, size, &after);
        if (!attaches(next) || next == 0x119E) break;
        count += unicode_fold(unify_dot(next), folded + count);
        *position = after;
        length++;
    }
    *stored += (uint32_t)length;
    if (count > 1) count = unicode_compose(folded, count);
    if (out->count + count > out->capacity && !grow(out, out->count + count)) return false;
    for (size_t i = 0; i < count; i++)
        put(out, folded[i], start, *stored,
            script_of(folded[i], out->count == 0 ? SCRIPT_OTHER : out->script[out->count - 1]));
    return true;
}

/* A syllable or an ASCII character is most of every text, so it is read here; anything else gives 0. */
static inline uint32_t plain_point(const unsigned char *bytes, size_t left) {
    if (bytes[0] < 0x80) return bytes[0];
    if (left < 3 || bytes[0] < 0xEA || bytes[0] > 0xED || (bytes[1] & 0xC0) != 0x80 || (bytes[2] & 0xC0) != 0x80)
        return 0;
    const uint32_t point = (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    return is_syllable(point) ? point : 0;
}

/* Whether what stands at `position`, and is no plain point, begins a new segment; the lead byte alone tells for Latin-1
 * (U+00AD apart). */
static bool segment_begins(const char *text, size_t size, size_t position) {
    return position >= size || (unsigned char)text[position] < 0xC2 || !attaches(utf8_next(text, size, &position));
}

/*
 * Puts plain points from *position on, up to one that may attach to what follows it, or is not plain. Each byte is
 * looked at once: the point that ends one segment is the next one.
 */
static bool put_plain(struct normal_text *out, const char *text, size_t size, size_t *position, uint32_t *stored) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = *position;
    uint32_t point = at < size ? plain_point(bytes + at, size - at) : 0, offset = *stored;
    while (point != 0) {
        const size_t after = at + (point < 0x80 ? 1 : 3);
        const uint32_t next = after < size ? plain_point(bytes + after, size - after) : 0;
        if (next == 0 && !segment_begins(text, size, after)) break;
        if (out->count == out->capacity && !grow(out, out->count + 1)) return false;
        if (point - 'A' <= 'Z' - 'A') point += 'a' - 'A';
        put(out, point, offset, offset + 1, point < 0x80 ? ascii_script(point) : SCRIPT_HANGUL);
        offset++;
        at = after;
        point = next;
    }
    *position = at;
    *stored = offset;
    return true;
}

ieum_status normalise(const char *text, size_t size, struct normal_text *out, struct problem *problem) {
    uint32_t stored = 0;
    out->count = 0;
    if (size > MOST_BYTES) return problem_set(problem, IEUM_LIMIT, "", "글이 너무 깁니다.", "The text is too long.");
    if (size / 2 > out->capacity && !grow(out, size / 2)) return problem_set_memory(problem);
    for (size_t position = 0; position < size;) {
        if (!put_plain(out, text, size, &position, &stored)) return problem_set_memory(problem);
        if (position == size) break;
        const uint32_t point = utf8_next(text, size, &position);
        if (!put_segment(out, point, text, size, &position, &stored)) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

void normal_text_free(struct normal_text *text) {
    memory_free(text->points);
    memory_free(text->start);
    memory_free(text->end);
    memory_free(text->script);
    *text = NORMAL_TEXT_EMPTY;
}
