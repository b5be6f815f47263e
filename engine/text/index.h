/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BM25 over a fixed set of documents (Robertson & Zaragoza 2009), each a bag of weighted texts; idf = ln(1 + (N − n + ½)/(n + ½)),
 * k1 = 1.2 and b = 0.75 unless told otherwise. A query's score is divided by what the query would score against itself (every query
 * term present with its own frequency in a document of average length), so it lies in [0,1].
 */
#ifndef IEUM_TEXT_INDEX_H
#define IEUM_TEXT_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"
#include "../base/problem.h"

struct weighted_text {
    const char *text;
    double weight; /* how many times a word of this text counts, > 0 */
};
struct weighted_document {
    const struct weighted_text *texts;
    size_t count;
};
struct text_index;

ieum_status text_index_new(const struct weighted_document *documents, size_t count, double k1, double b, int threads,
                           struct text_index **index, struct problem *problem);
/* The same, good for the terms of these queries alone: the scores of exactly these come out as from the whole index, at a fraction of the work when they are
 * few. No queries: the whole index. */
ieum_status text_index_new_for(const struct weighted_document *documents, size_t count, const struct weighted_document *queries,
                               size_t query_count, double k1, double b, int threads, struct text_index **index,
                               struct problem *problem);
/* The same over all terms, a document shorter than `least_length` times the average counting as that long: where short means "little has been written yet"
 * and not "to the point". */
ieum_status text_index_new_levelled(const struct weighted_document *documents, size_t count, double k1, double b, double least_length,
                                    int threads, struct text_index **index, struct problem *problem);
void text_index_free(struct text_index *index);
/* scores[0..count) of all documents for one query; safe to call from several threads at once. */
ieum_status text_index_query(const struct text_index *index, const struct weighted_document *query, double *scores,
                             struct problem *problem);

/*
 * What a query asks of the index: its terms by rising number (those that no document has are left out), each with its frequency times its idf, and what the
 * query would score against itself. A document's score is the sum of factor · weight over its postings, in this order, over `self`, at most 1.
 */
struct index_asked {
    uint32_t term;
    double factor;
};
struct index_question {
    struct index_asked *terms; /* in the arena */
    size_t count;
    double self;
};
ieum_status text_index_ask(const struct text_index *index, const struct weighted_document *query, struct arena *arena,
                           struct index_question *question, struct problem *problem);

/* ---- the postings themselves, for who adds them up in another way (meaning.c) ---- */

struct index_posting {
    double weight; /* tf (k1 + 1) / (tf + k1 (1 − b + b · length / average)), without the idf */
    uint32_t document;
};
struct index_postings {
    const struct index_posting *items; /* by document */
    size_t count;
    double idf;
};
/* The number of a term (1..TOKEN_LONGEST code points, as tokens_each_points gives it), TERM_NONE (terms.h) when no document has it. */
size_t text_index_terms(const struct text_index *index); /* how many */
uint32_t text_index_term(const struct text_index *index, const uint32_t *points, size_t count);
struct index_postings text_index_postings(const struct text_index *index, uint32_t term);

#endif
