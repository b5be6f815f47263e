/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a text means, as weights over the concepts of the lexicon: explicit semantic analysis (Gabrilovich & Markovitch, IJCAI 2007). Each concept is a
 * document made of its names, its sayings and the example passages that speak of it; a text weighs a concept by the index terms that the two share:
 *
 *     v_c = Σ_t q(f_t) · idf(t)^p · w(t,c)      w: BM25's term weight in the concept's document (index.h)
 *     q(f) = f (k3 + 1) / (f + k3)              Okapi's query side (Robertson et al., TREC-3), f: how often t stands in the texts, each counted by its weight
 *
 * Left out of the texts are runs of three syllables and more (with its ending a run is so rare that it would outweigh all else, and it says no more than its
 * bigrams do), what says nothing (meaning.json, "ignore": English "the" and "we" are rare among Korean documents, so that nothing else would hold them down;
 * endings, as "아요" of "많아요"), and what ends in an object particle ("particles": "사를" of "검사를" tells how a sentence runs, not what it speaks of). p = 2 holds function words down harder than BM25 does: concepts' documents are few, and common syllables stand in half of them.
 *
 * So a need that no name, saying or pattern foresaw is still understood, by the words that go with a concept. Words in a negated clause are left out.
 *
 * The strongest `keep` concepts are kept, less what the next one weighs (every text touches every concept a little: that much says nothing).
 */
#ifndef IEUM_TEXT_MEANING_H
#define IEUM_TEXT_MEANING_H

#include "index.h"
#include "terms.h"

/* A concept of a text; weights are whole numbers, so that what is stored and what was computed are the same. */
struct meaning_item {
    uint32_t concept;
    uint16_t weight; /* MEANING_ONE for the strongest */
};
#define MEANING_ONE 65535u
/* The words that speak most of a concept: code points of the stored text, end exclusive. */
struct meaning_span {
    uint32_t concept, text, start, end;
};
struct meaning {
    const struct meaning_item *items; /* by falling weight, then by concept */
    size_t count;
    const struct meaning_span *spans; /* of the first items, in their order; one that no words stand out for has none */
    size_t span_count;
    /* How much of what the texts say goes with the strongest concept, in thousandths: v_c over what the texts would score against themselves. */
    uint32_t strength;
};

/* What the analysis follows; data/lexicon/meaning.json. */
struct meaning_options {
    double k1, b, k3, idf_power;
    double least_length; /* of a concept's document, as a share of the average (index.h) */
    size_t keep, spans;
    const struct term_table *ignore; /* terms that do not count; NULL: none */
    const struct term_table *particles; /* syllables; a term that ends in one does not count ("사를" of "검사를"); NULL: none */
};

#endif
