/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building the matcher: terms → symbols → sorted → trie. A trie walked from every place where a term may begin, instead
 * of an Aho–Corasick automaton: starts are limited by script and separators anyway, the longest term bounds the walk,
 * and without failure links thousands of terms are ready in a millisecond or two. Must not change after matcher_finish.
 * Scanning is in matcher_scan.c.
 */
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "matcher_parts.h"

#define LONGEST_TERM 200 /* symbols */
#define LETTERS_FOR_PLURAL 3
#define LETTERS_TO_CROSS 5
#define SYLLABLES_TO_CROSS 4

ieum_status matcher_new(struct matcher **matcher, struct problem *problem) {
    struct matcher *self = memory_allocate_zero(1, sizeof *self);
    if (self == NULL) return problem_set_memory(problem);
    *matcher = self;
    return IEUM_OK;
}

static void free_trie(struct matcher *matcher) {
    memory_free(matcher->symbol);
    memory_free(matcher->child);
    memory_free(matcher->first_term);
    memory_free(matcher->term_count);
    matcher->symbol = matcher->child = matcher->first_term = matcher->term_count = NULL;
}

void matcher_free(struct matcher *matcher) {
    if (matcher == NULL) return;
    vector_free(&matcher->pool);
    vector_free(&matcher->terms);
    vector_free(&matcher->particles);
    normal_text_free(&matcher->scratch);
    free_trie(matcher);
    memory_free(matcher);
}

/* ---- terms to symbols ---- */

struct shape {
    size_t letters, last_letters, syllables;
    uint8_t first, last; /* script of the first and last point that counts */
    bool separated, has_word, has_other;
};

static ieum_status encode(struct matcher *self, const struct normal_text *text, struct matcher_term *term,
                          struct shape *shape, struct problem *problem) {
    if (self->pool.count + text->count * 2 > UINT32_MAX ||
        !vector_reserve(&self->pool, self->pool.count + text->count * 2))
        return problem_set_memory(problem);
    uint32_t *symbols = self->pool.items + self->pool.count;
    for (size_t i = 0; i < text->count; i++) {
        const uint32_t point = text->points[i];
        const uint8_t script = text->script[i];
        if (matcher_is_separator(point, script)) {
            shape->separated = shape->separated || term->length > 0;
            shape->last_letters = 0;
            continue;
        }
        if (term->length == 0) shape->first = script;
        shape->last = script;
        shape->last_letters = script == SCRIPT_LATIN ? shape->last_letters + 1 : 0;
        shape->letters += script == SCRIPT_LATIN;
        shape->has_word = shape->has_word || script == SCRIPT_LATIN || script == SCRIPT_DIGIT;
        if (is_syllable(point)) {
            const uint32_t final = (point - HANGUL_FIRST) % FINALS;
            symbols[term->length++] = (point - HANGUL_FIRST) / FINALS + 1;
            if (final != 0) symbols[term->length++] = SYMBOL_FINAL + final;
            shape->syllables++;
        } else {
            symbols[term->length++] = SYMBOL_OTHER + point;
            shape->has_other = true;
        }
    }
    return IEUM_OK;
}

static bool is_word(uint8_t script) { return script == SCRIPT_LATIN || script == SCRIPT_DIGIT; }

static void describe(struct matcher_term *term, const struct shape *shape) {
    term->syllables = shape->syllables > UINT8_MAX ? UINT8_MAX : (uint8_t)shape->syllables;
    term->starts_latin = is_word(shape->first);
    term->ends_latin = is_word(shape->last);
    term->hangul_only = shape->syllables > 0 && !shape->has_other;
    term->plural = shape->last_letters >= LETTERS_FOR_PLURAL;
    term->crosses = shape->separated || shape->syllables >= SYLLABLES_TO_CROSS || shape->letters >= LETTERS_TO_CROSS ||
                    (shape->syllables > 0 && shape->has_word);
}

/* Other vowels that the open last syllable of a verb stem takes before -어/-아; vowels are numbered as in Unicode 3.12.
 */
static size_t contracted(uint32_t open, uint32_t out[2]) {
    const uint32_t vowels = 21, lead_h = 18;
    const uint32_t lead = (open - 1) / vowels, vowel = (open - 1) % vowels;
    const uint32_t base = lead * vowels + 1;
    switch (vowel) {
    case 0: /* 하 → 해, and no other ㅏ */ out[0] = base + 1; return lead == lead_h ? 1 : 0;
    case 8: /* ㅗ → ㅘ */ out[0] = base + 9; return 1;
    case 11: /* ㅚ → ㅙ */ out[0] = base + 10; return 1;
    case 13: /* ㅜ → ㅝ */ out[0] = base + 14; return 1;
    case 18: /* ㅡ → ㅓ, ㅏ */
        out[0] = base + 4;
        out[1] = base + 0;
        return 2;
    case 20: /* ㅣ → ㅕ */ out[0] = base + 6; return 1;
    default: return 0;
    }
}

static ieum_status add_contracted(struct matcher *self, const struct matcher_term *stem, struct problem *problem) {
    uint32_t open[2];
    const uint32_t last = self->pool.items[stem->symbols + stem->length - 1];
    const size_t count = last < SYMBOL_FINAL ? contracted(last, open) : 0;
    for (size_t i = 0; i < count; i++) {
        struct matcher_term variant = *stem;
        variant.symbols = (uint32_t)self->pool.count;
        if (self->pool.count + stem->length > UINT32_MAX ||
            !vector_reserve(&self->pool, self->pool.count + stem->length))
            return problem_set_memory(problem);
        memcpy(self->pool.items + variant.symbols, self->pool.items + stem->symbols, stem->length * sizeof(uint32_t));
        self->pool.count += stem->length;
        self->pool.items[self->pool.count - 1] = open[i];
        if (!vector_push(&self->terms, variant)) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

ieum_status matcher_add(struct matcher *matcher, const char *term, enum match_rule rule, uint32_t value,
                        struct problem *problem) {
    struct normal_text *text = &matcher->scratch;
    struct matcher_term added = {.symbols = (uint32_t)matcher->pool.count, .value = value, .rule = (uint8_t)rule};
    struct shape shape = {0};
    ieum_status status = normalise(term, strlen(term), text, problem);
    if (status == IEUM_OK) status = encode(matcher, text, &added, &shape, problem);
    if (status != IEUM_OK) return status;
    if (added.length == 0 || added.length > LONGEST_TERM) {
        status = problem_set(problem, IEUM_INVALID, "", "찾을 수 있는 말이 아닙니다(비었거나 너무 깁니다).",
                             "This is no term that can be found (empty or too long).");
        problem_set_value(problem, term);
        return status;
    }
    describe(&added, &shape);
    matcher->pool.count += added.length;
    if (!vector_push(&matcher->terms, added))
        status = problem_set_memory(problem);
    else if (rule == MATCH_STEM)
        status = add_contracted(matcher, &added, problem);
    return status;
}

ieum_status matcher_add_particle(struct matcher *matcher, const char *particle, struct problem *problem) {
    const struct normal_text *text = &matcher->scratch;
    ieum_status status = normalise(particle, strlen(particle), &matcher->scratch, problem);
    if (status != IEUM_OK || text->count == 0) return status;
    if (!vector_reserve(&matcher->particles, matcher->particles.count + text->count + 1))
        return problem_set_memory(problem);
    uint32_t *place = matcher->particles.items + matcher->particles.count;
    *place = (uint32_t)text->count;
    memcpy(place + 1, text->points, text->count * sizeof *place);
    matcher->particles.count += text->count + 1;
    return IEUM_OK;
}

/* ---- symbols to trie ---- */

struct sorted_term {
    uint64_t head; /* the first two symbols: settles most comparisons without a look into the pool */
    const uint32_t *symbols;
    uint32_t length, number;
};

static int compare_terms(const void *left, const void *right) {
    const struct sorted_term *a = left, *b = right;
    const uint32_t common = a->length < b->length ? a->length : b->length;
    if (a->head != b->head) return a->head < b->head ? -1 : 1;
    for (uint32_t i = 0; i < common; i++)
        if (a->symbols[i] != b->symbols[i]) return a->symbols[i] < b->symbols[i] ? -1 : 1;
    if (a->length != b->length) return a->length < b->length ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static ieum_status sort_terms(struct matcher *self, struct problem *problem) {
    const size_t count = self->terms.count;
    struct sorted_term *sorted = memory_allocate(count * sizeof *sorted);
    struct matcher_term *ordered = memory_allocate(count * sizeof *ordered);
    ieum_status status = IEUM_OK;
    if (sorted == NULL || ordered == NULL) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        const struct matcher_term *term = &self->terms.items[i];
        const uint32_t *symbols = self->pool.items + term->symbols;
        const uint64_t head = (uint64_t)symbols[0] << 32 | (term->length > 1 ? symbols[1] : 0);
        sorted[i] = (struct sorted_term){head, symbols, term->length, (uint32_t)i};
    }
    qsort(sorted, count, sizeof *sorted, compare_terms);
    for (size_t i = 0; i < count; i++) ordered[i] = self->terms.items[sorted[i].number];
    memcpy(self->terms.items, ordered, count * sizeof *ordered);
done:
    memory_free(sorted);
    memory_free(ordered);
    return status;
}

/* The sorted terms that share a node's path, `depth` symbols long. */
struct range {
    uint32_t from, to, depth;
};

static const uint32_t *symbols_of(const struct matcher *self, uint32_t term) {
    return self->pool.items + self->terms.items[term].symbols;
}

static size_t most_nodes(const struct matcher *self) {
    size_t nodes = 1;
    for (size_t i = 0; i < self->terms.count; i++) nodes += self->terms.items[i].length;
    return nodes;
}

static void lay_children(struct matcher *self, struct range *ranges, uint32_t node) {
    const struct range range = ranges[node];
    uint32_t term = range.from;
    self->first_term[node] = term;
    self->child[node] = self->node_count;
    if (range.to - range.from == 1 && self->terms.items[term].length > range.depth && node != 0) {
        self->term_count[node] = MATCHER_TAIL;
        return;
    }
    while (term < range.to && self->terms.items[term].length == range.depth) term++;
    self->term_count[node] = term - range.from;
    while (term < range.to) {
        const uint32_t symbol = symbols_of(self, term)[range.depth], from = term, child = self->node_count++;
        while (term < range.to && symbols_of(self, term)[range.depth] == symbol) term++;
        ranges[child] = (struct range){from, term, range.depth + 1};
        self->symbol[child] = symbol;
        if (node == 0 && symbol < FIRST_SYMBOLS) self->first_level[symbol] = child;
    }
}

ieum_status matcher_finish(struct matcher *matcher, struct problem *problem) {
    const size_t most = most_nodes(matcher);
    struct range *ranges = NULL;
    ieum_status status = IEUM_OK;
    if (matcher->finished) return IEUM_OK;
    if (most >= UINT32_MAX)
        return problem_set(problem, IEUM_LIMIT, "", "용어가 너무 많습니다.", "There are too many terms.");
    if (matcher->terms.count > 0) status = sort_terms(matcher, problem);
    if (status != IEUM_OK) return status;
    ranges = memory_allocate(most * sizeof *ranges);
    matcher->symbol = memory_allocate_zero(most, sizeof *matcher->symbol);
    matcher->child = memory_allocate_zero(most + 1, sizeof *matcher->child);
    matcher->first_term = memory_allocate_zero(most, sizeof *matcher->first_term);
    matcher->term_count = memory_allocate_zero(most, sizeof *matcher->term_count);
    if (ranges == NULL || matcher->symbol == NULL || matcher->child == NULL || matcher->first_term == NULL ||
        matcher->term_count == NULL) {
        status = problem_set_memory(problem);
        goto done;
    }
    ranges[0] = (struct range){0, (uint32_t)matcher->terms.count, 0};
    matcher->node_count = 1;
    for (uint32_t node = 0; node < matcher->node_count; node++) lay_children(matcher, ranges, node);
    matcher->child[matcher->node_count] = matcher->node_count;
    matcher->finished = true;
done:
    memory_free(ranges);
    if (status != IEUM_OK) free_trie(matcher); /* so that a second try starts clean */
    return status;
}
