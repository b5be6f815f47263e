/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs against judgements: every measure on every topic, means with intervals, and each run compared with a baseline over the topics that both have.
 *
 * Topics count as in trec_eval: those that stand both in the qrels and in the run, a topic without a relevant document with 0. `complete` (trec_eval -c) counts
 * every topic of the qrels, one that the run does not have with 0.
 */
#ifndef IEUM_MEASURE_EVALUATION_H
#define IEUM_MEASURE_EVALUATION_H

#include "ranking.h"
#include "significance.h"
#include "trec_files.h"

struct evaluation_question {
    struct trec_file qrels;
    const struct trec_file *runs;
    size_t run_count; /* >= 1 */
    const struct ranking_measure *measures;
    size_t measure_count; /* >= 1 */
    size_t baseline;      /* one of the runs; without effect when there is one run */
    bool complete;
    uint64_t seed;
};

struct run_evaluation {
    struct trec_name tag;
    const uint32_t *topics; /* those that count, by name */
    size_t topic_count;
    const double *values; /* topic_count × measures */
    const double *means;  /* of each measure */
    const struct interval *intervals;
    const uint32_t *missing; /* topics of the qrels that the run does not have */
    size_t missing_count;
    size_t not_judged; /* topics of the run that the qrels do not have */
};

struct measure_comparison {
    double difference; /* mean of run − baseline over the topics that both count */
    struct interval interval;
    struct randomisation test;
    size_t better, worse, equal; /* topics */
};

struct run_comparison {
    size_t run;
    size_t topic_count;
    const struct measure_comparison *measures;
};

struct evaluation {
    struct arena *arena; /* everything below lives in it */
    struct trec_topics topics;
    size_t judged_topics, judgements, without_relevant; /* of the qrels; topics with no grade of 1 or more */
    const struct run_evaluation *runs;
    const struct run_comparison *comparisons; /* run_count − 1, in the order of the runs */
    size_t comparison_count;
};

/*
 * INVALID as trec_files.h, and for a run none of whose topics are judged or that has no topic in common with the baseline. Names are borrowed from the files,
 * which must stay until evaluation_free.
 */
ieum_status evaluation_compute(const struct evaluation_question *question, struct evaluation *evaluation, struct problem *problem);
void evaluation_free(struct evaluation *evaluation); /* zeroed is fine */

#endif
