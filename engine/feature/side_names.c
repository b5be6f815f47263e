/* SPDX-License-Identifier: Apache-2.0 */
/* The standard coordinates of a side: all that the records could have, encoded once, less what is the same in all of them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/vector.h"
#include "side_parts.h"

enum { NAME_SIZE = 160, MANY_CHILDREN = 5 };

struct name_list {
    struct arena *arena;
    VECTOR(const char *) names;
    bool failed;
};

static void add_name(struct name_list *list, enum side_part part, const char *rest) {
    char name[NAME_SIZE];
    snprintf(name, sizeof name, "%s:%s", side_part_names[part], rest);
    const char *copy = arena_copy_text(list->arena, name);
    list->failed = list->failed || !copy || !vector_push(&list->names, copy);
}

static void add_indicator(struct name_list *list, enum side_part part) { add_name(list, PART_MISSING, side_part_names[part]); }

/* ---- concepts: the upper levels ---- */

/*
 * Roots, and what has many children: with the lexicon's 1,152 concepts these are 124. The next level whole would be 750, more than a few hundred labelled
 * pairs can tell apart; a branch with many children is one that the lexicon's makers found worth telling apart.
 */
static bool add_concepts(struct name_list *list, const struct lexicon *lexicon) {
    const uint32_t count = lexicon_count(lexicon);
    uint32_t *children = memory_allocate_zero(count + (size_t)1, sizeof *children);
    if (!children) return false;
    for (uint32_t c = 0; c < count; c++)
        for (size_t p = 0; p < lexicon_concept(lexicon, c)->parent_count; p++) children[lexicon_concept(lexicon, c)->parents[p]]++;
    for (uint32_t c = 0; c < count; c++)
        if (lexicon_concept(lexicon, c)->parent_count == 0 || children[c] >= MANY_CHILDREN) add_name(list, PART_CONCEPT, lexicon_concept(lexicon, c)->id);
    memory_free(children);
    add_indicator(list, PART_CONCEPT);
    return true;
}

/* ---- what the records have ---- */

static void add_divisions(struct name_list *list, enum side_part part, const struct lexicon *lexicon, const struct side_record *records, size_t count) {
    bool all[DIVISIONS] = {false}, one[DIVISIONS];
    for (size_t r = 0; r < count; r++) {
        side_divisions(part == PART_SERVED, lexicon, &records[r], one);
        for (size_t d = 0; d < DIVISIONS; d++) all[d] = all[d] || one[d];
    }
    for (size_t d = 0; d < DIVISIONS; d++) {
        char text[8];
        snprintf(text, sizeof text, "%02zu", d);
        if (all[d]) add_name(list, part, text);
    }
    add_indicator(list, part);
}

static int compare_words(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static bool add_words(struct name_list *list, enum side_part part, const char *(*word_of)(const struct taxonomy *, const struct side_record *),
                      const struct taxonomy *taxonomy, const struct side_record *records, size_t count) {
    const char **words = memory_allocate_zero(count + 1, sizeof *words);
    size_t known = 0;
    if (!words) return false;
    for (size_t r = 0; r < count; r++)
        if ((words[known] = word_of(taxonomy, &records[r]))) known++;
    qsort(words, known, sizeof *words, compare_words);
    for (size_t w = 0; w < known; w++)
        if (w == 0 || strcmp(words[w], words[w - 1]) != 0) add_name(list, part, words[w]);
    memory_free(words);
    add_indicator(list, part);
    return true;
}

static void add_numbers(struct name_list *list, enum side side) {
    for (size_t n = 0; n < SIDE_NUMBERS; n++) {
        if (!(side == SIDE_DEMAND ? side_number_names[n].demand : side_number_names[n].supplier)) continue;
        add_name(list, PART_NUMBER, side_number_names[n].name);
        add_name(list, PART_MISSING, side_number_names[n].name);
    }
}

static ieum_status add_vector(struct name_list *list, const struct side_record *records, size_t count, struct problem *problem) {
    size_t length = 0, first = 0;
    for (size_t r = 0; r < count; r++) {
        const jval *vector = records[r].supplier && records[r].supplier->lean ? NULL : side_vector(&records[r]);
        if (!vector) continue;
        if (length == 0) {
            length = jval_count(vector);
            first = r;
        } else if (jval_count(vector) != length) {
            const struct side_record *a = &records[first], *b = &records[r];
            return problem_set(problem, IEUM_INVALID, "/vector", "벡터의 길이가 서로 다릅니다: '%1$s' %2$zu, '%3$s' %4$zu.",
                               "The vectors differ in length: '%1$s' has %2$zu numbers, '%3$s' has %4$zu.", a->demand ? a->demand->id : a->supplier->id, length,
                               b->demand ? b->demand->id : b->supplier->id, jval_count(vector));
        }
    }
    for (size_t k = 0; k < length; k++) {
        char text[24];
        snprintf(text, sizeof text, "%zu", k);
        add_name(list, PART_VECTOR, text);
    }
    if (length > 0) add_indicator(list, PART_VECTOR);
    return IEUM_OK;
}

static ieum_status list_candidates(enum side side, const struct lexicon *lexicon, const struct taxonomy *taxonomy, const struct side_record *records,
                                   size_t count, struct name_list *list, struct problem *problem) {
    bool held = add_concepts(list, lexicon);
    add_divisions(list, PART_KSIC, lexicon, records, count);
    if (side == SIDE_SUPPLIER) add_divisions(list, PART_SERVED, lexicon, records, count);
    held = held && add_words(list, PART_REGION, side_region, taxonomy, records, count);
    held = held && add_words(list, PART_SIZE, side_size, taxonomy, records, count);
    add_numbers(list, side);
    ieum_status status = add_vector(list, records, count, problem);
    return status == IEUM_OK && (!held || list->failed) ? problem_set_memory(problem) : status;
}

/* ---- what tells records apart ---- */

/* Whether the values that are known are not all the same: what is missing counts as their mean, so it tells nothing either. */
static bool varies(const double *raw, size_t rows, size_t columns, size_t column) {
    double first = NAN;
    for (size_t r = 0; r < rows; r++) {
        const double value = raw[r * columns + column];
        if (isnan(value)) continue;
        if (isnan(first)) first = value;
        else if (value != first) return true;
    }
    return false;
}

/* A vector stays whole when any of its places varies, so that its length is known from the names. */
static size_t keep_varying(const char **names, size_t count, const double *raw, size_t rows) {
    bool vector = false;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) vector = vector || (strncmp(names[i], "vector:", 7) == 0 && varies(raw, rows, count, i));
    for (size_t i = 0; i < count; i++)
        if (strncmp(names[i], "vector:", 7) == 0 ? vector : varies(raw, rows, count, i)) names[kept++] = names[i];
    return kept;
}

static ieum_status drop_constant(enum side side, const struct lexicon *lexicon, const struct taxonomy *taxonomy, const struct side_record *records,
                                 size_t count, struct name_list *list, struct problem *problem) {
    struct side_encoder *encoder = NULL;
    double *raw = NULL;
    ieum_status status = side_encoder_new(side, list->names.items, list->names.count, lexicon, taxonomy, &encoder, problem);
    if (status == IEUM_OK && !(raw = memory_allocate_zero(count, list->names.count * sizeof *raw))) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = side_encode_all(encoder, records, count, 1, raw, problem);
    if (status == IEUM_OK) list->names.count = keep_varying(list->names.items, list->names.count, raw, count);
    if (status == IEUM_OK && list->names.count == 0)
        status = problem_set(problem, IEUM_INVALID, "", "학습 자료의 %1$s이 모두 같아 서로 가릴 수 없습니다.%2$.0s", "The %1$.0s%2$s of the training data do not differ in anything.",
                             side == SIDE_DEMAND ? "수요과제들" : "공급기업들", side == SIDE_DEMAND ? "demands" : "suppliers");
    side_encoder_free(encoder);
    memory_free(raw);
    return status;
}

ieum_status side_names_list(enum side side, const struct lexicon *lexicon, const struct taxonomy *taxonomy, const struct side_record *records,
                            size_t count, struct arena *arena, struct text_list *names, struct problem *problem) {
    struct name_list list = {.arena = arena};
    if (count == 0)
        return problem_set(problem, IEUM_INVALID, "", "학습할 기록이 없습니다.", "There is no record to learn from.");
    ieum_status status = list_candidates(side, lexicon, taxonomy, records, count, &list, problem);
    if (status == IEUM_OK) status = drop_constant(side, lexicon, taxonomy, records, count, &list, problem);
    if (status == IEUM_OK) {
        names->items = arena_allocate(arena, (list.names.count + 1) * sizeof *names->items);
        names->count = names->items ? list.names.count : 0;
        if (names->items) memcpy(names->items, list.names.items, list.names.count * sizeof *names->items);
        else status = problem_set_memory(problem);
    }
    vector_free(&list.names);
    return status;
}
