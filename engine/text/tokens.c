/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Normalised text → index terms. Hangul is cut into overlapping pairs because Korean joins nouns and particles into one
 * run; the whole run is a term as well, so that an exact word counts more. Han and kana are treated as Hangul. Must not
 * look words up anywhere: the same text always gives the same terms.
 */
#include "tokens.h"

#include <string.h>

#include "../base/utf8.h"

#define SHORTEST_PLURAL 4

static bool is_word_script(uint8_t script) { return script == SCRIPT_LATIN || script == SCRIPT_DIGIT; }

static bool ends_with(const uint32_t *word, size_t count, const char *ending) {
    const size_t length = strlen(ending);
    if (count <= length) return false;
    for (size_t i = 0; i < length; i++)
        if (word[count - length + i] != (unsigned char)ending[i]) return false;
    return true;
}

/* English plural folded away, after the "S stemmer" (Harman 1991), with -ches, -shes, -sses and -xes brought to their
 * stems. */
static size_t fold_plural(uint32_t *word, size_t count) {
    if (count < SHORTEST_PLURAL || word[count - 1] != 's') return count;
    if (ends_with(word, count, "ies") && !ends_with(word, count, "eies") && !ends_with(word, count, "aies")) {
        word[count - 3] = 'y';
        return count - 2;
    }
    if (ends_with(word, count, "ches") || ends_with(word, count, "shes") || ends_with(word, count, "sses") ||
        ends_with(word, count, "xes"))
        return count - 2;
    if (ends_with(word, count, "ss") || ends_with(word, count, "us") || ends_with(word, count, "is")) return count;
    return count - 1;
}

static bool give_word(const uint32_t *points, const uint8_t *script, size_t count, token_points_function function,
                      void *context) {
    uint32_t word[TOKEN_LONGEST];
    bool letters_only = true;
    if (count > TOKEN_LONGEST) count = TOKEN_LONGEST;
    for (size_t i = 0; i < count; i++) {
        word[i] = points[i];
        letters_only = letters_only && script[i] == SCRIPT_LATIN;
    }
    return function(context, word, letters_only ? fold_plural(word, count) : count);
}

static bool give_run(const uint32_t *points, size_t count, token_points_function function, void *context) {
    if (count <= 2) return function(context, points, count);
    for (size_t i = 0; i + 1 < count; i++)
        if (!function(context, points + i, 2)) return false;
    /* A run longer than any word is a text without spaces; its whole says nothing. */
    return count > TOKEN_LONGEST || function(context, points, count);
}

/* Symbols of units that follow a number, with or without a space (SI Brochure, 9th ed., and what workshops use); sorted. */
static const char *const units[] = {"a",  "ah", "bar", "cc", "cm", "db", "fps", "g",  "gb", "ghz", "h",  "ha", "hz",  "in", "k",   "kb",
                                    "kg", "khz", "km", "kn", "kpa", "kv", "kw",  "kwh", "l", "lux", "m", "mb", "mg", "mhz", "min", "ml",
                                    "mm", "mpa", "ms", "mv", "mw", "n",  "nm",  "pa", "ppb", "ppm", "psi", "rpm", "s", "sec", "t",  "tb",
                                    "v",  "w"};

static int compare_unit(const uint32_t *points, size_t count, const char *unit) {
    for (size_t i = 0; i < count; i++) {
        if (unit[i] == '\0') return 1;
        if (points[i] != (unsigned char)unit[i]) return points[i] < (unsigned char)unit[i] ? -1 : 1;
    }
    return unit[count] == '\0' ? 0 : -1;
}

static bool is_unit(const uint32_t *points, size_t count) {
    size_t low = 0, high = sizeof units / sizeof *units;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = compare_unit(points, count, units[middle]);
        if (order == 0) return true;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return false;
}

static size_t run_end(const struct normal_text *text, size_t start, bool (*belongs)(uint8_t script)) {
    size_t end = start;
    while (end < text->count && belongs(text->script[end])) end++;
    return end;
}

static bool is_digit(uint8_t script) { return script == SCRIPT_DIGIT; }
static bool is_letter(uint8_t script) { return script == SCRIPT_LATIN; }

static bool parts_numbers(const struct normal_text *text, size_t at) {
    return at > 0 && at + 1 < text->count && text->points[at] == '.' && is_digit(text->script[at - 1]) && is_digit(text->script[at + 1]);
}

/* Where a number ends: digits, groups of three after commas, and decimals. With more than one point it is no number but a date or a version (2025.06.20). */
static size_t number_end(const struct normal_text *text, size_t start) {
    size_t end = run_end(text, start, is_digit);
    while (end + 3 < text->count && text->points[end] == ',' && run_end(text, end + 1, is_digit) == end + 4) end += 4;
    if (!parts_numbers(text, end) || (start > 0 && parts_numbers(text, start - 1))) return end;
    const size_t decimals = run_end(text, end + 1, is_digit);
    return parts_numbers(text, decimals) ? end : decimals;
}

/* Where the unit behind a number ends, 0 when none stands there. */
static size_t unit_end(const struct normal_text *text, size_t number) {
    const size_t start = number < text->count && text->points[number] == ' ' ? number + 1 : number, end = run_end(text, start, is_word_script);
    return end > start && is_unit(text->points + start, end - start) ? end : 0;
}

/* A number as one word without commas and spaces but with its point, its unit with it. Returns where it ends, 0 when it is not to be told apart from any other word. */
static size_t number_word(const struct normal_text *text, size_t start, uint32_t *word, uint8_t *script, size_t *count) {
    const size_t digits = number_end(text, start), unit = unit_end(text, digits), end = unit ? unit : digits;
    if (text->script[start] != SCRIPT_DIGIT || end - start > TOKEN_LONGEST) return 0;
    if (!unit && digits < text->count && is_word_script(text->script[digits])) return 0; /* 3d, 5g: a word */
    *count = 0;
    for (size_t i = start; i < end; i++)
        if (is_word_script(text->script[i]) || text->points[i] == '.') {
            word[*count] = text->points[i];
            script[(*count)++] = text->script[i];
        }
    return end;
}

/* "pre-processing" beside its parts. */
static bool give_joined(const struct normal_text *text, size_t start, size_t end, token_points_function function, void *context) {
    uint32_t word[TOKEN_LONGEST];
    uint8_t script[TOKEN_LONGEST];
    const size_t next = end + 1, stop = next < text->count && text->points[end] == '-' ? run_end(text, next, is_letter) : next;
    if (stop == next || run_end(text, start, is_letter) != end || stop - start > TOKEN_LONGEST) return true;
    if (stop < text->count && is_word_script(text->script[stop])) return true;
    size_t count = 0;
    for (size_t i = start; i < stop; i++)
        if (i != end) {
            word[count] = text->points[i];
            script[count++] = SCRIPT_LATIN;
        }
    return give_word(word, script, count, function, context);
}

/* The word that begins at `start`; *end is where it ends. */
static bool give_latin(const struct normal_text *text, size_t start, size_t *end, token_points_function function, void *context) {
    uint32_t word[TOKEN_LONGEST];
    uint8_t script[TOKEN_LONGEST];
    size_t count = 0;
    const size_t number = number_word(text, start, word, script, &count);
    *end = number ? number : run_end(text, start, is_word_script);
    if (number) return function(context, word, count);
    return give_word(text->points + start, text->script + start, *end - start, function, context) && give_joined(text, start, *end, function, context);
}

bool tokens_each_points(const struct normal_text *text, token_points_function function, void *context) {
    size_t start = 0;
    while (start < text->count) {
        const uint8_t script = text->script[start];
        size_t end = start + 1;
        bool more = true;
        if (is_word_script(script)) {
            more = give_latin(text, start, &end, function, context);
        } else if (script == SCRIPT_HANGUL || script == SCRIPT_HAN) {
            while (end < text->count && text->script[end] == script) end++;
            more = give_run(text->points + start, end - start, function, context);
        }
        if (!more) return false;
        start = end;
    }
    return true;
}

struct byte_taker {
    token_function function;
    void *context;
};

static bool give_bytes(void *context, const uint32_t *points, size_t count) {
    const struct byte_taker *taker = context;
    char bytes[TOKEN_LONGEST * 4];
    size_t size = 0;
    for (size_t i = 0; i < count; i++) size += utf8_write(points[i], bytes + size);
    return taker->function(taker->context, bytes, size);
}

bool tokens_each(const struct normal_text *text, token_function function, void *context) {
    struct byte_taker taker = {function, context};
    return tokens_each_points(text, give_bytes, &taker);
}
