/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an assignment is like, whatever method made it: the same measures for all, side by side.
 *
 * In: candidate pairs with scores (fixed point), which were chosen and which are barred, and the maxima. Out: numbers.
 * It must not know how the pairs were found, nor judge them.
 */
#ifndef IEUM_MEASURE_ASSIGNMENT_MEASURES_H
#define IEUM_MEASURE_ASSIGNMENT_MEASURES_H

#include "../base/problem.h"

struct assignment_measure_input {
    uint32_t demand_count, supplier_count;
    const uint32_t *edge_start;    /* demand_count + 1: the candidate pairs of each demand */
    const uint32_t *edge_supplier; /* per candidate pair */
    const int64_t *edge_score;     /* fixed point */
    const uint8_t *edge_chosen;    /* 0 or 1 */
    const uint8_t *edge_barred;    /* not 0: vetoed, cannot block; NULL: none is */
    const int64_t *demand_max, *supplier_max;
    const uint8_t *supplier_newcomer; /* not 0: a newcomer to the program; NULL: not known */
};

struct assignment_measures {
    uint64_t pair_count;
    int64_t total;        /* fixed point: the sum of the chosen scores */
    int64_t worst_pair;   /* fixed point: the least chosen score; 0 without pairs */
    int64_t worst_demand; /* fixed point: the least total of a demand, unmatched ones count 0; 0 without demands */
    uint64_t unmatched_demands; /* demands without a pair */
    uint64_t idle_suppliers;    /* suppliers without a pair */
    /*
     * Candidate pairs, neither chosen nor barred, that both sides would rather have by this score: each has a free
     * place and the score is above 0, or has a chosen pair of a lower score. Minimums, locks and groups are not looked
     * at.
     */
    uint64_t blocking_pairs;
    /*
     * Demands that envy: demand d envies another when a supplier of the other is a candidate of d, neither chosen for d
     * nor barred, that d would rather have: d has a free place and the score is above 0, or has a chosen pair of a lower
     * score. Each such demand counts once. This is envy in the sense of Foley (1967), of another's lot by one's own
     * score; whether the supplier would agree is what makes it "justified" (Abdulkadiroglu & Sonmez 2003), and those
     * are among the blocking pairs.
     */
    uint64_t envy;
    uint64_t greatest_exposure; /* the most pairs of one supplier */
    bool newcomers_known;                        /* supplier_newcomer was given */
    uint64_t newcomers, newcomer_pairs;          /* newcomers that have a pair, and the pairs they have */
    double
        exposure_gini; /* of the suppliers' pair counts: 0 all alike, towards 1 all pairs with one; 0 without pairs */
};

/* `exposure`, when not NULL, receives the number of pairs of each supplier. IEUM_OK, IEUM_MEMORY or IEUM_LIMIT (a sum).
 */
ieum_status assignment_measures_compute(const struct assignment_measure_input *input,
                                        struct assignment_measures *measures, uint32_t *exposure,
                                        struct problem *problem);

#endif
