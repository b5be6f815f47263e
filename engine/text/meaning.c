/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Interpreting texts by the concepts' documents. In: texts with weights, and the index over the documents of the concepts; out: a meaning in an arena.
 * Sums run in the order of the terms' arrival, so the same texts give the same meaning to the bit. Must not know where the documents come from.
 *
 * Words. A text is taken word by word (what stands between spaces), because a word is what a person can be shown and what a negation covers; the terms of a
 * word are those of tokens.h. The span of a concept is the run of words in one sentence that gathers most for it, each word paying a fifth of what the best
 * one brings (Kadane's largest sum), so that a run ends where its words stop speaking of the concept.
 */
#include "meaning_make.h"

#include <stdlib.h>
#include <string.h>

#include "../base/elementary.h"
#include "../base/memory.h"
#include "../base/vector.h"
#include "normalise.h"
#include "terms.h"
#include "tokens.h"

struct word {
    uint32_t text, start, end; /* code points of the stored text */
    uint32_t first, count;     /* its terms in `uses` */
    bool sentence;             /* the first of its sentence */
};

struct meaning_maker {
    const struct text_index *documents;
    const struct meaning_options *options;
    size_t concepts;
    const struct normal_text *text; /* the one being added */
    VECTOR(struct word) words;
    VECTOR(uint32_t) uses;    /* terms of all words, as positions in `terms` */
    VECTOR(uint32_t) terms;   /* distinct terms in order of arrival */
    VECTOR(double) frequency; /* of each */
    VECTOR(double) factor;    /* of each: q(f) · idf^p */
    struct term_table seen;
    double text_weight;
    double *weight; /* of each concept */
};

/* ---- words and their terms ---- */

static bool says_nothing(const struct meaning_options *options, const uint32_t *points, size_t count) {
    if (count > 2 && is_syllable(points[0])) return true;
    if (options->ignore && term_find(options->ignore, points, count) != TERM_NONE) return true;
    return options->particles && count > 1 && term_find(options->particles, points + count - 1, 1) != TERM_NONE;
}

static bool take_term(void *context, const uint32_t *points, size_t count) {
    struct meaning_maker *maker = context;
    if (says_nothing(maker->options, points, count)) return true;
    const uint32_t number = term_intern(&maker->seen, points, count);
    if (number == TERM_NONE) return false;
    if (number == maker->terms.count &&
        (!vector_push(&maker->terms, text_index_term(maker->documents, points, count)) || !vector_push(&maker->frequency, 0.0)))
        return false;
    maker->frequency.items[number] += maker->text_weight;
    return vector_push(&maker->uses, number);
}

static bool ends_sentence(const struct normal_text *text, size_t at) {
    const uint32_t point = text->points[at];
    if (point == '!' || point == '?' || point == '\n' || point == ';') return true;
    return point == '.' && (at + 1 == text->count || text->script[at + 1] == SCRIPT_SPACE);
}

/* The word [start, end) of the text. */
static bool take_word(struct meaning_maker *maker, uint32_t text, size_t start, size_t end, bool sentence) {
    const struct normal_text *all = maker->text;
    const struct normal_text part = {all->points + start, all->start + start, all->end + start, all->script + start, end - start, 0};
    struct word word = {text, all->start[start], all->end[end - 1], (uint32_t)maker->uses.count, 0, sentence};
    if (!tokens_each_points(&part, take_term, maker)) return false;
    word.count = (uint32_t)maker->uses.count - word.first;
    return vector_push(&maker->words, word);
}

/* Trims signs off a word, so that a span begins and ends with what is said. */
static bool is_sign(const struct normal_text *text, size_t at) { return text->script[at] == SCRIPT_OTHER || text->script[at] == SCRIPT_SPACE; }

/* Where a word ends: at a space, but not between a number and what may be its unit ("10 kg"), which the index takes as one term. */
static size_t word_end(const struct normal_text *text, size_t at) {
    while (at < text->count && (text->script[at] != SCRIPT_SPACE || (at > 0 && at + 1 < text->count && text->script[at - 1] == SCRIPT_DIGIT &&
                                                                     text->points[at] == ' ' && text->script[at + 1] == SCRIPT_LATIN)))
        at++;
    return at;
}

static bool take_words(struct meaning_maker *maker, uint32_t text, const struct meaning_mask *mask) {
    const struct normal_text *all = maker->text;
    bool sentence = true;
    for (size_t at = 0; at < all->count;) {
        while (at < all->count && all->script[at] == SCRIPT_SPACE) sentence = ends_sentence(all, at++) || sentence;
        const size_t end = word_end(all, at);
        size_t first = at, last = end;
        while (first < last && is_sign(all, first)) first++;
        while (last > first && is_sign(all, last - 1)) last--;
        if (first < last && !(mask && mask->covers(mask->context, all, (uint32_t)first, (uint32_t)last))) {
            if (!take_word(maker, text, first, last, sentence)) return false;
            sentence = false;
        }
        for (; at < end; at++) sentence = ends_sentence(all, at) || sentence;
    }
    return true;
}

/* ---- weights ---- */

static double saturated(double frequency, double k3) { return frequency * (k3 + 1) / (frequency + k3); }

/* The square, which is what is shipped, without the way through the logarithm. */
static double power_of(double idf, double power) { return power == 2 ? idf * idf : exact_exp(power * exact_ln(idf)); }

static bool add_up(struct meaning_maker *maker, double *whole) {
    *whole = 0;
    for (size_t t = 0; t < maker->terms.count; t++) {
        const uint32_t term = maker->terms.items[t];
        const double said = saturated(maker->frequency.items[t], maker->options->k3);
        double factor = 0;
        if (term != TERM_NONE) {
            const struct index_postings postings = text_index_postings(maker->documents, term);
            factor = said * power_of(postings.idf, maker->options->idf_power);
            for (size_t p = 0; p < postings.count; p++) maker->weight[postings.items[p].document] += factor * postings.items[p].weight;
            *whole += factor;
        }
        if (!vector_push(&maker->factor, factor)) return false;
    }
    return true;
}

struct ranked {
    double weight;
    uint32_t concept;
};

static int compare_ranked(const void *left, const void *right) {
    const struct ranked *a = left, *b = right;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return a->concept < b->concept ? -1 : a->concept > b->concept;
}

/*
 * Puts the `most` strongest first, in no order (Hoare's quickselect; the pivot is the middle one, so the same list is always cut the same way). Sorting all of a
 * thousand concepts for each record would cost more than finding them.
 */
static void select_strongest(struct ranked *ranked, size_t count, size_t most) {
    size_t low = 0, high = count;
    while (high - low > 1 && low < most && most < high) {
        const struct ranked pivot = ranked[low + (high - low - 1) / 2]; /* never the last: both parts get something */
        size_t left = low, right = high - 1;
        for (;;) {
            while (compare_ranked(&ranked[left], &pivot) < 0) left++;
            while (compare_ranked(&pivot, &ranked[right]) < 0) right--;
            if (left >= right) break;
            const struct ranked moved = ranked[left];
            ranked[left++] = ranked[right];
            ranked[right--] = moved;
        }
        if (most <= right) high = right + 1;
        else low = right + 1;
    }
}

/* The strongest concepts, less what the next one weighs, in whole numbers. */
static bool keep_strongest(const struct meaning_maker *maker, struct arena *arena, struct meaning *meaning) {
    size_t count = 0;
    struct ranked *ranked = memory_allocate(maker->concepts * sizeof *ranked);
    if (!ranked) return false;
    for (uint32_t c = 0; c < maker->concepts; c++)
        if (maker->weight[c] > 0) ranked[count++] = (struct ranked){maker->weight[c], c};
    const size_t most = count < maker->options->keep ? count : maker->options->keep, sorted = most < count ? most + 1 : most;
    select_strongest(ranked, count, sorted);
    if (sorted) qsort(ranked, sorted, sizeof *ranked, compare_ranked);
    const double floor = count > most ? ranked[most].weight : 0, top = count ? ranked[0].weight - floor : 0;
    struct meaning_item *items = arena_allocate(arena, (most + 1) * sizeof *items);
    if (items) {
        meaning->items = items;
        for (size_t i = 0; i < most && top > 0; i++) {
            const double share = (ranked[i].weight - floor) / top * MEANING_ONE;
            const uint16_t weight = (uint16_t)(share + 0.5);
            if (weight > 0) items[meaning->count++] = (struct meaning_item){ranked[i].concept, weight};
        }
    }
    memory_free(ranked);
    return items != NULL;
}

/* ---- spans ---- */

/*
 * What each term brings to each of the concepts that spans are looked for, a use of it in one word: brings[concept's place · terms + term]. A term's postings are
 * walked once for all of them; `places` is of each concept, 0: none, else one more than its place.
 */
static void weigh_terms(const struct meaning_maker *maker, const uint32_t *places, double *brings) {
    const size_t terms = maker->terms.count;
    for (size_t t = 0; t < terms; t++) {
        if (maker->terms.items[t] == TERM_NONE || maker->factor.items[t] <= 0) continue;
        const struct index_postings postings = text_index_postings(maker->documents, maker->terms.items[t]);
        for (size_t p = 0; p < postings.count; p++) {
            const uint32_t place = places[postings.items[p].document];
            if (place) brings[(place - 1) * terms + t] = maker->factor.items[t] * postings.items[p].weight;
        }
    }
}

static double weigh_words(const struct meaning_maker *maker, const double *brings, double *said) {
    double best = 0;
    for (size_t w = 0; w < maker->words.count; w++) {
        const struct word *word = &maker->words.items[w];
        said[w] = 0;
        for (uint32_t u = 0; u < word->count; u++) said[w] += brings[maker->uses.items[word->first + u]];
        best = said[w] > best ? said[w] : best;
    }
    return best;
}

static bool find_span(const struct meaning_maker *maker, uint32_t concept, const double *brings, double *said, struct meaning_span *span) {
    const double price = weigh_words(maker, brings, said) / 5;
    double best = 0, sum = 0;
    size_t from = 0;
    for (size_t w = 0; w < maker->words.count; w++) {
        const struct word *word = &maker->words.items[w];
        if (sum <= 0 || word->sentence || word->text != maker->words.items[from].text) {
            sum = 0;
            from = w;
        }
        sum += said[w] - price;
        if (sum <= best) continue;
        best = sum;
        *span = (struct meaning_span){concept, word->text, maker->words.items[from].start, word->end};
    }
    return best > 0;
}

static bool find_spans(const struct meaning_maker *maker, struct arena *arena, struct meaning *meaning) {
    const size_t most = meaning->count < maker->options->spans ? meaning->count : maker->options->spans;
    struct meaning_span *spans = arena_allocate(arena, (most + 1) * sizeof *spans);
    double *brings = memory_allocate_zero(most + 1, (maker->terms.count + 1) * sizeof *brings);
    double *said = memory_allocate((maker->words.count + 1) * sizeof *said);
    uint32_t *places = memory_allocate_zero(maker->concepts, sizeof *places);
    const bool held = spans && brings && said && places;
    for (size_t i = 0; held && i < most; i++) places[meaning->items[i].concept] = (uint32_t)i + 1;
    if (held) weigh_terms(maker, places, brings);
    for (size_t i = 0; held && i < most; i++)
        meaning->span_count +=
            find_span(maker, meaning->items[i].concept, brings + i * maker->terms.count, said, &spans[meaning->span_count]);
    if (held) meaning->spans = spans;
    memory_free(places);
    memory_free(said);
    memory_free(brings);
    return held;
}

/* ---- the whole ---- */

ieum_status meaning_begin(const struct text_index *documents, size_t concepts, const struct meaning_options *options,
                          struct meaning_maker **maker, struct problem *problem) {
    struct meaning_maker *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    *made = (struct meaning_maker){.documents = documents, .options = options, .concepts = concepts};
    made->weight = memory_allocate_zero(concepts, sizeof *made->weight);
    if (!made->weight) {
        meaning_end(made);
        return problem_set_memory(problem);
    }
    *maker = made;
    return IEUM_OK;
}

ieum_status meaning_add(struct meaning_maker *maker, uint32_t number, const struct normal_text *text, double weight,
                        const struct meaning_mask *mask, struct problem *problem) {
    maker->text = text;
    maker->text_weight = weight;
    return weight <= 0 || take_words(maker, number, mask) ? IEUM_OK : problem_set_memory(problem);
}

ieum_status meaning_settle(struct meaning_maker *maker, struct arena *arena, struct meaning *meaning, struct problem *problem) {
    double whole = 0, top = 0;
    *meaning = (struct meaning){0};
    if (!add_up(maker, &whole)) return problem_set_memory(problem);
    for (size_t c = 0; c < maker->concepts; c++) top = maker->weight[c] > top ? maker->weight[c] : top;
    if (whole > 0) meaning->strength = (uint32_t)(top / whole * 1000 + 0.5);
    if (!keep_strongest(maker, arena, meaning) || !find_spans(maker, arena, meaning)) return problem_set_memory(problem);
    return IEUM_OK;
}

void meaning_end(struct meaning_maker *maker) {
    if (!maker) return;
    vector_free(&maker->words);
    vector_free(&maker->uses);
    vector_free(&maker->terms);
    vector_free(&maker->frequency);
    vector_free(&maker->factor);
    term_table_free(&maker->seen);
    memory_free(maker->weight);
    memory_free(maker);
}
