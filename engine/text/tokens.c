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

bool tokens_each_points(const struct normal_text *text, token_points_function function, void *context) {
    size_t start = 0;
    while (start < text->count) {
        const uint8_t script = text->script[start];
        size_t end = start + 1;
        bool more = true;
        if (is_word_script(script)) {
            while (end < text->count && is_word_script(text->script[end])) end++;
            more = give_word(text->points + start, text->script + start, end - start, function, context);
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
