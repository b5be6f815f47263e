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
    const char *out;     /* path of the model file; NULL: none is written, and the model is called `id` */
    struct date until;   /* outcomes of later days do not count; year 0: all do */
    bool quiet;          /* that no propensities are known is told by who asks, not by a warning */
    const char *baseline; /* the learned model that the new one is held against, its id or path; NULL: the rubric */
    const char *id;      /* the model's name; NULL: the file's name without its ending */
    struct text2 about;  /* what it is learned from, for the card; NULLs: a plain sentence with the numbers */
    bool fit_only;       /* features of the fit criteria alone */
    struct text_list monotone; /* features that a better value may not harm; "all" */
    struct study_options study; /* learn.monotone and threshold are set from above and from the rules */
    int64_t time_s, memory_mib; /* 0: the rules' */
};

/* A round whose outcomes were learned from. */
struct learned_round {
    const char *name;
    size_t judgements;
};

/* What is learned from. */
struct training {
    struct arena *arena;
    struct dataset data;
    struct program *program; /* NULL: rows */
    struct cohort cohort;
    const double *rubric;    /* of each example what the new model is held against: the rubric's score, [0,1], or the baseline's; NULL: rows */
    const char *const *demands, *const *suppliers; /* ids, by the dataset's numbers; NULL: rows */
    size_t supplier_count;
    size_t not_found; /* judgements of records that are not there */
    struct learned_round *rounds; /* where the store's outcomes come from, by name; those of no round come first, as "" */
    size_t round_count;
    struct date first, last;      /* of the store's outcomes that count */
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
/* How far the new model could be held against a learned one. */
struct train_baseline {
    bool measured;    /* the differences are against the baseline, not the rubric */
    bool unknown;     /* its card does not say until when it learned: it may have seen what it is measured on */
    size_t seen;      /* examples left out because it learned until then */
};
struct train_answer {
    struct train_baseline baseline;
    struct training training;
    struct train_rules rules;
    struct study study;
    struct exposure_note exposure;
    struct reliability reliability; /* count 0: no probabilities */
    struct train_measure measures[TRAIN_MEASURES_MOST];
    uint64_t seed;
    size_t list_count; /* held-out lists that the measures are means of; 0: nothing was held out */
    struct model *model; /* as saved; its hash is "" where no file was written */
};
ieum_status pipeline_train(struct workspace *workspace, const struct train_question *question, struct train_answer *answer, struct problem *problem);
void train_answer_free(struct train_answer *answer); /* a zeroed struct is fine */

#endif
