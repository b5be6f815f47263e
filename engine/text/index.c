/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BM25 (Robertson & Zaragoza 2009, eq. 3.15) over frozen documents. Built in two steps: each document becomes a bag of
 * its distinct terms (spread over threads), then, in order of documents, terms get numbers and postings are laid out by
 * term; so the index is the same at any thread count. A posting holds the finished term weight, without the idf. Must
 * not change after it is built.
 */
#include "index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/parallel.h"
#include "bm25.h"
#include "normalise.h"
#include "terms.h"
#include "tokens.h"

struct text_index {
    struct term_table terms;
    size_t document_count;
    double k1;
    uint64_t *first; /* of each term, and one more: where its postings begin */
    struct index_posting *postings;
    double *rarity; /* of each term: its idf */
};

/* One text's terms with their weighted frequencies. */
struct bag {
    struct term_table terms;
    VECTOR(double) frequency;
    double weight, length;
    const struct term_table *wanted; /* only these terms are kept, the others only make the document longer; NULL: all */
};

static bool add_term(void *context, const uint32_t *points, size_t count) {
    struct bag *bag = context;
    if (bag->wanted != NULL && term_find(bag->wanted, points, count) == TERM_NONE) {
        bag->length += bag->weight;
        return true;
    }
    const uint32_t term = term_intern(&bag->terms, points, count);
    if (term == TERM_NONE) return false;
    if (term == bag->frequency.count && !vector_push(&bag->frequency, 0.0)) return false;
    bag->frequency.items[term] += bag->weight;
    bag->length += bag->weight;
    return true;
}

static ieum_status fill_bag(struct bag *bag, struct normal_text *scratch, const struct weighted_document *document,
                            struct problem *problem) {
    term_table_clear(&bag->terms);
    bag->frequency.count = 0;
    bag->length = 0;
    for (size_t i = 0; i < document->count; i++) {
        const struct weighted_text *text = &document->texts[i];
        if (!(text->weight > 0) || !isfinite(text->weight))
            return problem_set(problem, IEUM_INVALID, "", "글의 가중치는 0보다 커야 합니다.",
                               "A text's weight must be above 0.");
        if (text->text == NULL) continue;
        bag->weight = text->weight;
        ieum_status status = normalise(text->text, strlen(text->text), scratch, problem);
        if (status != IEUM_OK) return status;
        if (!tokens_each_points(scratch, add_term, bag)) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

static void free_bag(struct bag *bag) {
    term_table_free(&bag->terms);
    vector_free(&bag->frequency);
}

/* A bag packed for waiting: only what the second step reads, in one block. */
struct packed_bag {
    uint64_t *terms; /* keys, later the numbers of the index */
    double *frequency;
    uint32_t *longs; /* of each long term, in order: how many points, and the points */
    size_t count;
    double length;
};

static bool pack_bag(const struct bag *bag, struct packed_bag *packed) {
    const struct term_table *table = &bag->terms;
    const size_t count = table->terms.count, longs = table->pool.count + count;
    char *block = memory_allocate(count * (sizeof(uint64_t) + sizeof(double)) + longs * sizeof(uint32_t));
    if (block == NULL) return false;
    packed->terms = (uint64_t *)(void *)block;
    packed->frequency = (double *)(void *)(packed->terms + count);
    packed->longs = (uint32_t *)(void *)(packed->frequency + count);
    packed->count = count;
    packed->length = bag->length;
    uint32_t *next = packed->longs;
    for (size_t i = 0; i < count; i++) {
        const struct term *term = &table->terms.items[i];
        packed->terms[i] = term->key;
        packed->frequency[i] = bag->frequency.items[i];
        if ((term->key & TERM_LONG) != 0) {
            *next++ = term->count;
            memcpy(next, table->pool.items + term->at, term->count * sizeof *next);
            next += term->count;
        }
    }
    return true;
}

/* ---- first step: documents to bags, a run of documents at a time ---- */

#define RUN_LENGTH 64

struct bagging {
    const struct weighted_document *documents;
    size_t count;
    struct packed_bag *bags;
    struct problem *problems; /* of each run */
    const struct term_table *wanted;
};

static void bag_run(void *context, size_t run, int worker) {
    struct bagging *job = context;
    struct problem *problem = &job->problems[run];
    struct bag bag = {.wanted = job->wanted};
    struct normal_text scratch = NORMAL_TEXT_EMPTY;
    const size_t end = (run + 1) * RUN_LENGTH < job->count ? (run + 1) * RUN_LENGTH : job->count;
    (void)worker;
    for (size_t i = run * RUN_LENGTH; i < end; i++) {
        if (fill_bag(&bag, &scratch, &job->documents[i], problem) != IEUM_OK) break;
        if (!pack_bag(&bag, &job->bags[i])) {
            problem_set_memory(problem);
            break;
        }
    }
    normal_text_free(&scratch);
    free_bag(&bag);
}

static ieum_status bag_all(struct bagging *job, int threads, struct problem *problem) {
    const size_t runs = (job->count + RUN_LENGTH - 1) / RUN_LENGTH;
    ieum_status status = IEUM_OK;
    job->problems = memory_allocate_zero(runs, sizeof *job->problems);
    if (job->problems == NULL) return problem_set_memory(problem);
    parallel_for(threads, runs, bag_run, job);
    for (size_t i = 0; i < runs && status == IEUM_OK; i++)
        if (job->problems[i].status != IEUM_OK) {
            *problem = job->problems[i];
            status = problem->status;
        }
    memory_free(job->problems);
    return status;
}

/* ---- second step: numbers and postings ---- */

static ieum_status number_terms(struct text_index *index, struct packed_bag *bags, uint64_t *postings,
                                struct problem *problem) {
    *postings = 0;
    for (size_t i = 0; i < index->document_count; i++) {
        struct packed_bag *bag = &bags[i];
        const uint32_t *longs = bag->longs;
        for (size_t j = 0; j < bag->count; j++) {
            const bool is_long = (bag->terms[j] & TERM_LONG) != 0;
            const uint32_t points = is_long ? *longs++ : 0;
            bag->terms[j] = term_intern_key(&index->terms, bag->terms[j], longs, points);
            longs += points;
            if (bag->terms[j] == TERM_NONE) return problem_set_memory(problem);
        }
        *postings += bag->count;
    }
    return IEUM_OK;
}

static double inverse_frequency(const struct text_index *index, uint64_t documents_with) {
    return bm25_rarity((double)index->document_count, (double)documents_with);
}

static ieum_status lay_postings(struct text_index *index, const struct packed_bag *bags, uint64_t postings, double b,
                                double least_length, struct problem *problem) {
    const size_t terms = index->terms.terms.count;
    double length = 0;
    index->first = memory_allocate_zero(terms + 2, sizeof *index->first);
    index->postings = memory_allocate(postings * sizeof *index->postings);
    index->rarity = memory_allocate(terms * sizeof *index->rarity);
    if (index->first == NULL || index->postings == NULL || index->rarity == NULL) return problem_set_memory(problem);
    /* Counted two places up and filled one place up, the starts slide into place without a second array. */
    uint64_t *cursor = index->first + 1;
    for (size_t i = 0; i < index->document_count; i++) {
        length += bags[i].length;
        for (size_t j = 0; j < bags[i].count; j++) cursor[bags[i].terms[j] + 1]++;
    }
    for (size_t i = 0; i < terms; i++) cursor[i + 1] += cursor[i];
    const double average = length > 0 ? length / (double)index->document_count : 1.0;
    for (size_t i = 0; i < index->document_count; i++) {
        const double bend = bm25_bend(index->k1, b, least_length, bags[i].length / average);
        for (size_t j = 0; j < bags[i].count; j++) {
            const double weight = bm25_weight(bags[i].frequency[j], index->k1, bend);
            index->postings[cursor[bags[i].terms[j]]++] = (struct index_posting){weight, (uint32_t)i};
        }
    }
    for (size_t t = 0; t < terms; t++) index->rarity[t] = inverse_frequency(index, index->first[t + 1] - index->first[t]);
    return IEUM_OK;
}

/* The terms of all queries in one table. */
static ieum_status gather_wanted(const struct weighted_document *queries, size_t count, struct term_table *wanted, struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct bag bag = {0};
    struct normal_text scratch = NORMAL_TEXT_EMPTY;
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        status = fill_bag(&bag, &scratch, &queries[i], problem);
        for (size_t t = 0; t < bag.terms.terms.count && status == IEUM_OK; t++) {
            const struct term *term = &bag.terms.terms.items[t];
            const uint32_t *points = (term->key & TERM_LONG) != 0 ? bag.terms.pool.items + term->at : NULL;
            if (term_intern_key(wanted, term->key, points, term->count) == TERM_NONE) status = problem_set_memory(problem);
        }
    }
    normal_text_free(&scratch);
    free_bag(&bag);
    return status;
}

struct index_shape {
    double k1, b, least_length;
};

static ieum_status build(const struct weighted_document *documents, size_t count, const struct weighted_document *queries, size_t query_count,
                         struct index_shape shape, int threads, struct text_index **index, struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct text_index *self = NULL;
    struct term_table wanted = {0};
    struct bagging job = {.documents = documents, .count = count, .wanted = query_count ? &wanted : NULL};
    uint64_t postings = 0;
    if (!(shape.k1 >= 0) || !isfinite(shape.k1) || !(shape.b >= 0 && shape.b <= 1) || count >= UINT32_MAX)
        return problem_set(problem, IEUM_INVALID, "", "BM25의 k1은 0 이상, b는 0~1이어야 합니다.",
                           "BM25 needs k1 of at least 0 and b within 0..1.");
    self = memory_allocate_zero(1, sizeof *self);
    job.bags = memory_allocate_zero(count, sizeof *job.bags);
    if (self == NULL || job.bags == NULL) {
        status = problem_set_memory(problem);
        goto done;
    }
    self->document_count = count;
    self->k1 = shape.k1;
    status = gather_wanted(queries, query_count, &wanted, problem);
    if (status == IEUM_OK) status = bag_all(&job, threads, problem);
    if (status == IEUM_OK) status = number_terms(self, job.bags, &postings, problem);
    if (status == IEUM_OK) status = lay_postings(self, job.bags, postings, shape.b, shape.least_length, problem);
    if (status != IEUM_OK) goto done;
    *index = self;
    self = NULL;
done:
    for (size_t i = 0; job.bags != NULL && i < count; i++) memory_free(job.bags[i].terms);
    memory_free(job.bags);
    term_table_free(&wanted);
    text_index_free(self);
    return status;
}

ieum_status text_index_new(const struct weighted_document *documents, size_t count, double k1, double b, int threads,
                           struct text_index **index, struct problem *problem) {
    return build(documents, count, NULL, 0, (struct index_shape){k1, b, 0}, threads, index, problem);
}

ieum_status text_index_new_for(const struct weighted_document *documents, size_t count, const struct weighted_document *queries,
                               size_t query_count, double k1, double b, int threads, struct text_index **index, struct problem *problem) {
    return build(documents, count, queries, query_count, (struct index_shape){k1, b, 0}, threads, index, problem);
}

ieum_status text_index_new_levelled(const struct weighted_document *documents, size_t count, double k1, double b, double least_length,
                                    int threads, struct text_index **index, struct problem *problem) {
    return build(documents, count, NULL, 0, (struct index_shape){k1, b, least_length}, threads, index, problem);
}

void text_index_free(struct text_index *index) {
    if (index == NULL) return;
    term_table_free(&index->terms);
    memory_free(index->first);
    memory_free(index->postings);
    memory_free(index->rarity);
    memory_free(index);
}

/* ---- query ---- */

static int compare_asked(const void *a, const void *b) {
    const struct index_asked *x = a, *y = b;
    return x->term < y->term ? -1 : x->term > y->term;
}

static double own_worth(const struct text_index *index, double factor, double frequency) {
    return bm25_own(factor, frequency, index->k1);
}

/* The bag's terms as numbers of the index; those that no document has add to `self` alone. */
static size_t find_terms(const struct text_index *index, const struct bag *bag, struct index_asked *asked, double *self) {
    size_t count = 0;
    for (size_t i = 0; i < bag->terms.terms.count; i++) {
        const struct term *sought = &bag->terms.terms.items[i];
        const uint32_t *points = sought->count == 0 ? NULL : bag->terms.pool.items + sought->at;
        const uint32_t term = term_find_key(&index->terms, sought->key, points, sought->count);
        const double frequency = bag->frequency.items[i];
        if (term == TERM_NONE) *self += own_worth(index, frequency * inverse_frequency(index, 0), frequency);
        else asked[count++] = (struct index_asked){term, frequency};
    }
    return count;
}

ieum_status text_index_ask(const struct text_index *index, const struct weighted_document *query, struct arena *arena,
                           struct index_question *question, struct problem *problem) {
    struct bag bag = {0};
    struct normal_text scratch = NORMAL_TEXT_EMPTY;
    *question = (struct index_question){0};
    ieum_status status = fill_bag(&bag, &scratch, query, problem);
    struct index_asked *asked = status == IEUM_OK ? arena_allocate(arena, (bag.terms.terms.count + 1) * sizeof *asked) : NULL;
    if (status == IEUM_OK && asked == NULL) status = problem_set_memory(problem);
    if (status != IEUM_OK) goto done;
    question->terms = asked;
    question->count = find_terms(index, &bag, asked, &question->self);
    if (question->count) qsort(asked, question->count, sizeof *asked, compare_asked);
    for (size_t i = 0; i < question->count; i++) {
        const double frequency = asked[i].factor;
        asked[i].factor = frequency * index->rarity[asked[i].term];
        question->self += own_worth(index, asked[i].factor, frequency);
    }
done:
    normal_text_free(&scratch);
    free_bag(&bag);
    return status;
}

ieum_status text_index_query(const struct text_index *index, const struct weighted_document *query, double *scores,
                             struct problem *problem) {
    struct arena *arena = arena_new();
    struct index_question question;
    ieum_status status = text_index_ask(index, query, arena, &question, problem);
    if (status != IEUM_OK) goto done;
    for (size_t i = 0; i < index->document_count; i++) scores[i] = 0;
    for (size_t i = 0; i < question.count; i++) {
        const struct index_asked *asked = &question.terms[i];
        for (uint64_t at = index->first[asked->term]; at < index->first[asked->term + 1]; at++)
            scores[index->postings[at].document] += asked->factor * index->postings[at].weight;
    }
    /* A document that repeats a word more often than the query does can pass the query's own score. */
    for (size_t i = 0; i < index->document_count && question.self > 0; i++)
        scores[i] = scores[i] < question.self ? scores[i] / question.self : 1.0;
done:
    arena_free(arena);
    return status;
}

/* ---- postings ---- */

size_t text_index_terms(const struct text_index *index) { return index->terms.terms.count; }

uint32_t text_index_term(const struct text_index *index, const uint32_t *points, size_t count) {
    return term_find(&index->terms, points, count);
}

struct index_postings text_index_postings(const struct text_index *index, uint32_t term) {
    const uint64_t begin = index->first[term], end = index->first[term + 1];
    return (struct index_postings){index->postings + begin, (size_t)(end - begin), index->rarity[term]};
}
