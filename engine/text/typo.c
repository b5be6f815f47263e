/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Symbols are the matcher's (matcher_parts.h): the open part of a syllable, its final consonant, or a letter. A string of n symbols has n + 1 signatures: the
 * hash of itself and of itself without each symbol. In: symbols; out: matches, each verified symbol by symbol, so a hash is never trusted.
 */
#include "typo.h"

#include <string.h>

#include "matcher_parts.h"

#define FEWEST_SYLLABLES 5
#define FEWEST_LETTERS 7
#define MOST_SYMBOLS 40
#define BASE 0x9E3779B97F4A7C15u
#define EMPTY UINT32_MAX
#define VOWELS 21u

struct signature {
    uint64_t hash;
    uint32_t term; /* of the matcher */
};
struct typo_index {
    const struct matcher *matcher;
    VECTOR(struct signature) signatures;
    uint32_t *slots; /* index into signatures, by open addressing */
    size_t slot_count;
};

/* Hashes of all prefixes, so that one symbol can be left out in one step. */
struct hashes {
    uint64_t prefix[MOST_SYMBOLS + 1], power[MOST_SYMBOLS + 1];
};

static void hash_symbol(struct hashes *hashes, size_t at, uint32_t symbol) {
    if (at == 0) hashes->prefix[0] = 0, hashes->power[0] = 1;
    hashes->prefix[at + 1] = hashes->prefix[at] * BASE + symbol + 1;
    hashes->power[at + 1] = hashes->power[at] * BASE;
}

/* Of the first `count` symbols without the one at `left_out`; the whole when that is `count`. */
static uint64_t signature_of(const struct hashes *hashes, size_t count, size_t left_out) {
    if (left_out == count) return hashes->prefix[count];
    const size_t behind = count - left_out - 1;
    const uint64_t tail = hashes->prefix[count] - hashes->prefix[left_out + 1] * hashes->power[behind];
    return hashes->prefix[left_out] * hashes->power[behind] + tail;
}

/* ---- building ---- */

static bool is_long(const struct matcher *matcher, const struct matcher_term *term) {
    if (term->length > MOST_SYMBOLS || term->rule == MATCH_ANYWHERE) return false;
    if (term->hangul_only) return term->syllables >= FEWEST_SYLLABLES;
    for (uint32_t i = 0; i < term->length; i++) {
        const uint32_t symbol = matcher->pool.items[term->symbols + i];
        if (symbol < SYMBOL_OTHER + 'a' || symbol > SYMBOL_OTHER + 'z') return false;
    }
    return term->length >= FEWEST_LETTERS;
}

static bool add_signatures(struct typo_index *index, uint32_t number) {
    const struct matcher_term *term = &index->matcher->terms.items[number];
    struct hashes hashes;
    for (uint32_t i = 0; i < term->length; i++) hash_symbol(&hashes, i, index->matcher->pool.items[term->symbols + i]);
    for (size_t left_out = 0; left_out <= term->length; left_out++)
        if (!vector_push(&index->signatures, ((struct signature){signature_of(&hashes, term->length, left_out), number}))) return false;
    return true;
}

static size_t slot_of(const struct typo_index *index, uint64_t hash) { return (size_t)((hash ^ hash >> 31) & (index->slot_count - 1)); }

static bool lay_slots(struct typo_index *index) {
    index->slot_count = 64;
    while (index->slot_count < index->signatures.count * 2) index->slot_count *= 2;
    index->slots = memory_allocate(index->slot_count * sizeof *index->slots);
    if (!index->slots) return false;
    memset(index->slots, 0xFF, index->slot_count * sizeof *index->slots);
    for (size_t i = 0; i < index->signatures.count; i++) {
        size_t at = slot_of(index, index->signatures.items[i].hash);
        while (index->slots[at] != EMPTY) at = (at + 1) & (index->slot_count - 1);
        index->slots[at] = (uint32_t)i;
    }
    return true;
}

ieum_status typo_index_new(const struct matcher *matcher, bool (*wanted)(const void *context, uint32_t value), const void *context,
                           struct typo_index **index, struct problem *problem) {
    struct typo_index *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    made->matcher = matcher;
    bool held = true;
    for (size_t t = 0; held && t < matcher->terms.count && t < UINT32_MAX; t++)
        if (is_long(matcher, &matcher->terms.items[t]) && wanted(context, matcher->terms.items[t].value)) held = add_signatures(made, (uint32_t)t);
    if (held) held = lay_slots(made);
    if (held) *index = made;
    else typo_index_free(made);
    return held ? IEUM_OK : problem_set_memory(problem);
}

void typo_index_free(struct typo_index *index) {
    if (!index) return;
    vector_free(&index->signatures);
    memory_free(index->slots);
    memory_free(index);
}

/* ---- scanning ---- */

struct spelling {
    uint32_t symbols[MOST_SYMBOLS];
    size_t count, syllables;
    struct hashes hashes;
};

static bool spell(struct spelling *spelling, uint32_t symbol) {
    if (spelling->count == MOST_SYMBOLS) return false;
    hash_symbol(&spelling->hashes, spelling->count, symbol);
    spelling->symbols[spelling->count++] = symbol;
    return true;
}

/* Whether two open parts differ in one jamo only: the same consonant or the same vowel. */
static bool one_jamo(uint32_t a, uint32_t b) {
    if (a >= SYMBOL_FINAL || b >= SYMBOL_FINAL) return (a >= SYMBOL_FINAL) == (b >= SYMBOL_FINAL);
    return (a - 1) / VOWELS == (b - 1) / VOWELS || (a - 1) % VOWELS == (b - 1) % VOWELS;
}

/* Whether the two strings are exactly one slip apart. */
static bool one_slip(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count) {
    size_t head = 0, tail = 0;
    while (head < a_count && head < b_count && a[head] == b[head]) head++;
    while (tail < a_count - head && tail < b_count - head && a[a_count - 1 - tail] == b[b_count - 1 - tail]) tail++;
    const size_t a_left = a_count - head - tail, b_left = b_count - head - tail;
    if (a_left == 1 && b_left == 1) return one_jamo(a[head], b[head]);
    return a_left + b_left == 1 && (a_left ? a[head] : b[head]) >= SYMBOL_FINAL; /* a final consonant or a letter more or less */
}

static bool is_given(const match_list *matches, size_t from, uint32_t value) {
    for (size_t i = from; i < matches->count; i++)
        if (matches->items[i].value == value) return true;
    return false;
}

/* The terms one slip away from what is spelt, which ends at `end`. False when memory fails. */
static bool look_up(const struct typo_index *index, const struct spelling *spelling, size_t start, size_t end, match_list *matches) {
    const size_t before = matches->count;
    for (size_t left_out = 0; left_out <= spelling->count; left_out++) {
        const uint64_t hash = signature_of(&spelling->hashes, spelling->count, left_out);
        for (size_t at = slot_of(index, hash); index->slots[at] != EMPTY; at = (at + 1) & (index->slot_count - 1)) {
            const struct signature *signature = &index->signatures.items[index->slots[at]];
            if (signature->hash != hash) continue;
            const struct matcher_term *term = &index->matcher->terms.items[signature->term];
            const struct match match = {term->value, (uint32_t)start, (uint32_t)end};
            if (!one_slip(spelling->symbols, spelling->count, index->matcher->pool.items + term->symbols, term->length)) continue;
            if (!is_given(matches, before, term->value) && !vector_push(matches, match)) return false;
        }
    }
    return true;
}

static bool scan_hangul(const struct typo_index *index, const struct normal_text *text, size_t start, size_t end, match_list *matches) {
    struct spelling spelling = {.count = 0};
    for (size_t at = start; at < end; at++) {
        const uint32_t point = text->points[at] - HANGUL_FIRST, final = point % FINALS;
        if (!is_syllable(text->points[at]) || !spell(&spelling, point / FINALS + 1) || (final && !spell(&spelling, SYMBOL_FINAL + final))) return true;
        if (++spelling.syllables + 1 >= FEWEST_SYLLABLES && !look_up(index, &spelling, start, at + 1, matches)) return false;
    }
    return true;
}

/* Words of a name stand apart: looked up is what ends where a word ends, over single separators. */
static bool scan_latin(const struct typo_index *index, const struct normal_text *text, size_t start, match_list *matches) {
    struct spelling spelling = {.count = 0};
    for (size_t at = start; at < text->count; at++) {
        if (text->script[at] == SCRIPT_LATIN) {
            if (!spell(&spelling, SYMBOL_OTHER + text->points[at])) return true;
            continue;
        }
        if (spelling.count + 1 >= FEWEST_LETTERS && !look_up(index, &spelling, start, at, matches)) return false;
        if (!matcher_is_separator(text->points[at], text->script[at]) || at + 1 == text->count || text->script[at + 1] != SCRIPT_LATIN) return true;
    }
    return spelling.count + 1 < FEWEST_LETTERS || look_up(index, &spelling, start, text->count, matches);
}

ieum_status typo_scan(const struct typo_index *index, const struct normal_text *text, match_list *matches, struct problem *problem) {
    for (size_t start = 0, end; start < text->count; start = end) {
        const uint8_t script = text->script[start];
        for (end = start + 1; end < text->count && text->script[end] == script;) end++;
        const bool held = script == SCRIPT_HANGUL  ? scan_hangul(index, text, start, end, matches)
                          : script == SCRIPT_LATIN ? scan_latin(index, text, start, matches)
                                                   : true;
        if (!held) return problem_set_memory(problem);
    }
    return IEUM_OK;
}
