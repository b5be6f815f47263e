/* SPDX-License-Identifier: Apache-2.0 */
/* The formulas of BM25 (Robertson & Zaragoza 2009, eq. 3.15) with the idf that is never below 0. Frozen statistics go in, so parts of a collection score alike. */
#ifndef IEUM_TEXT_BM25_H
#define IEUM_TEXT_BM25_H

#include "../base/elementary.h"

/* idf = ln(1 + (N − n + ½) / (n + ½)) of a term that `with_term` of `documents` documents have. */
static inline double bm25_rarity(double documents, double with_term) {
    return exact_ln(1.0 + (documents - with_term + 0.5) / (with_term + 0.5));
}

/* k1 (1 − b + b · length / average); shorter documents count as `least` times the average. */
static inline double bm25_bend(double k1, double b, double least, double length_share) {
    return k1 * (1.0 - b + b * (length_share < least ? least : length_share));
}

/* A term's weight in a document of that bend, without the idf. */
static inline double bm25_weight(double frequency, double k1, double bend) { return frequency * (k1 + 1.0) / (frequency + bend); }

/* What a query's term, its frequency times its idf being the factor, scores against the query itself. */
static inline double bm25_own(double factor, double frequency, double k1) { return factor * frequency * (k1 + 1.0) / (frequency + k1); }

#endif
