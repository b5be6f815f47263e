/* SPDX-License-Identifier: Apache-2.0 */
#include "occurrence.h"

#include "matcher_parts.h"

/* The next point that counts, from `at` on; the end when there is none. */
static size_t skip(const struct normal_text *text, size_t at) {
    while (at < text->count && matcher_is_separator(text->points[at], text->script[at])) at++;
    return at;
}

/* The end of the word where it begins at `start`, 0 when it does not. */
static size_t matched_end(const struct normal_text *text, const struct normal_text *word, size_t start) {
    size_t at = start, end = 0;
    for (size_t i = skip(word, 0); i < word->count; i = skip(word, i + 1)) {
        at = skip(text, at);
        if (at >= text->count || text->points[at] != word->points[i]) return 0;
        end = ++at;
    }
    return end;
}

bool occurrence_find(const struct normal_text *text, const struct normal_text *word, size_t from, size_t *start, size_t *end) {
    for (size_t at = skip(text, from); at < text->count; at = skip(text, at + 1)) {
        const size_t stop = matched_end(text, word, at);
        if (stop == 0) continue;
        *start = at;
        *end = stop;
        return true;
    }
    return false;
}
