/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Learning, from records to a model file: judgements → pairs → features and vectors → study (learn/) → measures → card → file. What is learned from:
 *
 *   rows        a file of SVMlight rows with qid; no program, kinds linear and additive
 *   collection  a folder with suppliers.jsonl, demands.jsonl and qrels.txt; of a demand that is judged, suppliers without a judgement count as grade 0
 *   outcomes    the store's outcomes of a program (data/learn/learn.json says what a stage counts as), weighed by the serving log's propensities
 *
 * Every measure that is told comes from held-out scores of nested folds, beside the rubric on the same lists.
 */
#ifndef IEUM_PIPELINE_TRAIN_H
#define IEUM_PIPELINE_TRAIN_H

#include "cohort.h"
#include "learn/reliability.h"
#include "learn/study.h"
#include "measure/ranking.h"
#include "measure/significance.h"
#include "score/rubric.h"

enum { TRAIN_MEASURES_MOST = 8 };

/* data/learn/learn.json */
struct train_rules {
    double stages[OUTCOME_STAGES]; /* grade; NaN: not used */
    double threshold;              /* the least grade of a good match */
    int64_t time_s, memory_mib;
    struct ranking_measure measures[TRAIN_MEASURES_MOST];
    size_t measure_count;
};
ieum_status train_rules_load(const struct workspace *workspace, struct train_rules *rules, struct problem *problem);

struct train_question {
    const char *program; /* NULL: rows of numbers */
    const char *data;    /* file of rows or folder of a collection; NULL: the store's outcomes */
    const char *qrels;   /* NULL: the folder's qrels.txt */
    const char *out;     /* path of the model file */
    const char *id;      /* the model's name; NULL: the file's name without its ending */
    struct text2 about;  /* what it is learned from, for the card; NULLs: a plain sentence with the numbers */
    bool fit_only;       /* features of the fit criteria alone */
    struct text_list monotone; /* features that a better value may not harm; "all" */
    struct study_options study; /* learn.monotone and threshold are set from above and from the rules */
    int64_t time_s, memory_mib; /* 0: the rules' */
};

/* What is learned from. */
struct training {
    struct arena *arena;
    struct dataset data;
    struct program *program; /* NULL: rows */
    struct cohort cohort;
    const double *rubric;    /* of each example, [0,1]; NULL: rows */
    const char *const *demands, *const *suppliers; /* ids, by the dataset's numbers; NULL: rows */
    size_t supplier_count;
    size_t not_found; /* judgements of records that are not there */
    char data_hash[DIGEST_TEXT];
};
ieum_status training_load(struct workspace *workspace, const struct train_question *question, const struct train_rules *rules, struct training *training,
                          struct problem *problem);
void training_free(struct training *training); /* a zeroed struct is fine */

struct train_measure {
    double mean, rubric, difference; /* rubric and difference NaN for rows */
    struct interval interval, rubric_interval, difference_interval;
    struct randomisation test;
};
struct train_answer {
    struct training training;
    struct train_rules rules;
    struct study study;
    struct exposure_note exposure;
    struct reliability reliability; /* count 0: no probabilities */
    struct train_measure measures[TRAIN_MEASURES_MOST];
    uint64_t seed;
    size_t list_count; /* held-out lists that the measures are means of; 0: nothing was held out */
    struct model *model; /* as saved */
};
ieum_status pipeline_train(struct workspace *workspace, const struct train_question *question, struct train_answer *answer, struct problem *problem);
void train_answer_free(struct train_answer *answer); /* a zeroed struct is fine */

#endif
