/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Measures of one ranking against the judgements of its topic, as trec_eval 10 defines them (its rules: documents by score from the top, equal scores by
 * document downwards, the rank column is not read; see trec_files.h), under the names of ir_measures:
 *
 *     nDCG, nDCG@k               Σ g_r / log2(r + 1) over the first k ranks, divided by the same sum of the best order of all judged documents; g is the grade
 *     nDCG(dcg='exp-log2')@k     the same with g = 2^grade − 1 (Burges et al. 2005)
 *     AP, AP@k                   Σ precision at each relevant document (of the first k), divided by the number of relevant documents
 *     P@k, R@k                   relevant documents among the first k, divided by k; divided by the number of relevant documents
 *     RR, RR@k                   1 / rank of the first relevant document (of the first k), 0 without one
 *     Bpref                      preferences of judged relevant over judged not relevant documents that are kept (Buckley & Voorhees 2004)
 *     Success@k                  1 when a relevant document is among the first k, else 0
 *     Judged@k                   documents that stand in the qrels among the first k, divided by how many of them there are (as ir_measures; the others are trec_eval's)
 *
 * Relevant is a grade of at least 1, or of `rel` where it is said: P(rel=2)@5. A document that is not judged, or with a grade below 0, is not relevant, gains
 * nothing and does not count for Bpref. A topic without a relevant document measures 0, whatever the measure (but Judged). All values lie in [0,1] and have the
 * same bits on every machine.
 */
#ifndef IEUM_MEASURE_RANKING_H
#define IEUM_MEASURE_RANKING_H

#include <stdint.h>

#include "../base/problem.h"

#define RANKING_NOT_JUDGED INT32_MIN

struct judged_ranking {
    const int32_t *grades; /* of the ranked documents, best first; RANKING_NOT_JUDGED where the qrels do not have the document */
    size_t count;
    const int32_t *pool; /* the grades of all documents of the topic's qrels, greatest first */
    size_t pool_count;
};

enum ranking_kind { RANKING_NDCG, RANKING_AP, RANKING_P, RANKING_R, RANKING_RR, RANKING_BPREF, RANKING_SUCCESS, RANKING_JUDGED };

#define RANKING_MOST_CUTOFF 1000000

struct ranking_measure {
    enum ranking_kind kind;
    uint32_t cutoff; /* 0: the whole ranking */
    int32_t rel;     /* the least relevant grade, >= 1 */
    bool exponential;
    char name[48]; /* as above */
};

/*
 * The measure of a name (ranking_names.c). Upper and lower case are the same, and trec_eval's names are understood: map, ndcg, ndcg_cut_10, P_5, recall_100,
 * recip_rank, success_1, map_cut_10. INVALID with the names that there are.
 */
ieum_status ranking_measure_read(const char *text, const char *pointer, struct ranking_measure *measure, struct problem *problem);

double ranking_measure_value(const struct ranking_measure *measure, const struct judged_ranking *ranking);

#endif
