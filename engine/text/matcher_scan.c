/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scanning a normalised text with a finished matcher, by the rules in matcher.h. In: points with their scripts; out:
 * matches as ranges of points. Must not write to the matcher.
 */
#include <string.h>

#include "matcher_parts.h"

struct walk {
    const struct matcher *matcher;
    const struct normal_text *text;
    match_list *matches;
    size_t start;
    uint32_t node, depth; /* how far, and how many symbols */
    bool crossed;         /* a separator was stepped over */
};

static bool is_word(uint8_t script) { return script == SCRIPT_LATIN || script == SCRIPT_DIGIT; }

static bool is_particle(const struct matcher *matcher, const uint32_t *points, size_t count) {
    for (size_t at = 0; at < matcher->particles.count; at += matcher->particles.items[at] + 1)
        if (matcher->particles.items[at] == count &&
            memcmp(matcher->particles.items + at + 1, points, count * sizeof *points) == 0)
            return true;
    return false;
}

static bool begins_run(const struct normal_text *text, size_t start) {
    return start == 0 || text->script[start - 1] != SCRIPT_HANGUL;
}

static bool ends_run(const struct matcher *matcher, const struct normal_text *text, size_t end) {
    size_t stop = end;
    while (stop < text->count && text->script[stop] == SCRIPT_HANGUL) stop++;
    return stop == end || is_particle(matcher, text->points + end, stop - end);
}

/* Whether a term of Hangul alone and few syllables stands as a word or as the head or tail of a compound. */
static bool short_fits(const struct walk *walk, const struct matcher_term *term, size_t end, bool inside) {
    const bool begins = begins_run(walk->text, walk->start);
    if (term->syllables == 1)
        return begins && (inside ? term->rule == MATCH_STEM : ends_run(walk->matcher, walk->text, end));
    return begins || (!inside && ends_run(walk->matcher, walk->text, end));
}

/* The end of the match with a plural -s taken in, or 0 when the term's boundaries do not hold. */
static size_t accepted_end(const struct walk *walk, const struct matcher_term *term, size_t end, bool inside) {
    const struct normal_text *text = walk->text;
    if (term->rule == MATCH_ANYWHERE) return inside ? 0 : end;
    if ((inside && term->rule != MATCH_STEM) || (walk->crossed && !term->crosses)) return 0;
    if (term->starts_latin && walk->start > 0 && is_word(text->script[walk->start - 1])) return 0;
    if (term->hangul_only && term->syllables <= 2 && !short_fits(walk, term, end, inside)) return 0;
    if (!term->ends_latin || end >= text->count || !is_word(text->script[end])) return end;
    const bool plural =
        term->plural && text->points[end] == 's' && (end + 1 >= text->count || !is_word(text->script[end + 1]));
    return plural ? end + 1 : 0;
}

static bool give_term(const struct walk *walk, const struct matcher_term *term, size_t end, bool inside) {
    const size_t stop = accepted_end(walk, term, end, inside);
    const struct match match = {term->value, (uint32_t)walk->start, (uint32_t)stop};
    return stop == 0 || vector_push(walk->matches, match);
}

/* The terms that end where the walk stands. False when memory fails. */
static inline bool give(const struct walk *walk, size_t end, bool inside) {
    const struct matcher *matcher = walk->matcher;
    const uint32_t count = matcher->term_count[walk->node];
    const struct matcher_term *term = &matcher->terms.items[matcher->first_term[walk->node]];
    if (count == 0) return true;
    if (count == MATCHER_TAIL) return term->length != walk->depth || give_term(walk, term, end, inside);
    for (uint32_t i = 0; i < count; i++)
        if (!give_term(walk, term + i, end, inside)) return false;
    return true;
}

/* Halving without branches to mispredict: this is the innermost step of annotation. */
static inline uint32_t find_child(const struct matcher *matcher, uint32_t node, uint32_t symbol) {
    uint32_t child = matcher->child[node], left = matcher->child[node + 1] - child;
    if (left == 0) return 0;
    while (left > 1) {
        const uint32_t half = left / 2;
        child += matcher->symbol[child + half] <= symbol ? half : 0;
        left -= half;
    }
    return matcher->symbol[child] == symbol ? child : 0;
}

/* Takes the walk one symbol further; false when no term goes on with it. */
static inline bool follow(struct walk *walk, uint32_t symbol) {
    const struct matcher *matcher = walk->matcher;
    if (walk->node == 0 && symbol < FIRST_SYMBOLS) {
        walk->node = matcher->first_level[symbol];
    } else if (matcher->term_count[walk->node] == MATCHER_TAIL) {
        const struct matcher_term *term = &matcher->terms.items[matcher->first_term[walk->node]];
        if (walk->depth == term->length || matcher->pool.items[term->symbols + walk->depth] != symbol) return false;
    } else {
        walk->node = find_child(matcher, walk->node, symbol);
    }
    walk->depth++;
    return walk->node != 0;
}

/* Steps over a run of separators; the text's end when it is one that no match may cross (blank line, list bullet). */
static size_t step_over(const struct normal_text *text, size_t at) {
    size_t lines = 0, signs = 0;
    for (; at < text->count && matcher_is_separator(text->points[at], text->script[at]); at++) {
        lines += text->points[at] == '\n';
        signs += text->script[at] != SCRIPT_SPACE;
    }
    return lines > 1 || signs > 1 || (lines > 0 && signs > 0) ? text->count : at;
}

/* All terms that begin at walk->start. False when memory fails. */
static bool walk_from(struct walk *walk) {
    const struct normal_text *text = walk->text;
    size_t at = walk->start;
    while (at < text->count) {
        const uint32_t point = text->points[at];
        if (matcher_is_separator(point, text->script[at])) {
            walk->crossed = true;
            at = step_over(text, at);
            continue;
        }
        const bool syllable = is_syllable(point);
        const uint32_t final = syllable ? (point - HANGUL_FIRST) % FINALS : 0;
        if (!follow(walk, syllable ? (point - HANGUL_FIRST) / FINALS + 1 : SYMBOL_OTHER + point)) return true;
        at++;
        if (!give(walk, at, final != 0)) return false;
        if (final == 0) continue;
        if (!follow(walk, SYMBOL_FINAL + final)) return true;
        if (!give(walk, at, false)) return false;
    }
    return true;
}

ieum_status matcher_scan(const struct matcher *matcher, const struct normal_text *text, match_list *matches,
                         struct problem *problem) {
    if (!matcher->finished)
        return problem_set(problem, IEUM_INTERNAL, "", "용어 대조기가 준비되지 않았습니다.",
                           "The matcher is not finished.");
    for (size_t start = 0; start < text->count; start++) {
        struct walk walk = {matcher, text, matches, start, 0, 0, false};
        if (matcher_is_separator(text->points[start], text->script[start])) continue;
        if (!walk_from(&walk)) return problem_set_memory(problem);
    }
    return IEUM_OK;
}
