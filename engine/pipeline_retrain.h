/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model retrained on a program's outcomes up to the end of a year, beside the model that the year's rounds were computed with: measured on held-out demands, what weighs how
 * much, and how the two rank the year's applications. Nothing is stored unless a path is given; the model in use stays the one the program names.
 *
 * Weights: of a model, what a feature adds between its value 0 and 1 (curves' ends), the share that the rubric's own score passes on to its features included; of the rubric, the points.
 * Each as a share of the sum of absolute values, so that they can stand beside each other.
 */
#ifndef IEUM_PIPELINE_RETRAIN_H
#define IEUM_PIPELINE_RETRAIN_H

#include "pipeline_report.h"
#include "pipeline_train.h"

struct retrain_question {
    const char *program;
    int year;
    const char *used; /* the model of the year's rounds, its id; NULL or "rubric": the rubric */
    const char *out;  /* path of the new model's file; NULL: none is written */
    const struct report_retrain *terms;
};

struct retrain_weight {
    const char *feature; /* of the program */
    struct text2 title;
    double used, retrained; /* shares, NaN: not known (a kernel has none) */
};

struct retrain_answer {
    struct train_answer train; /* zeroed where nothing could be learned */
    bool learned;
    struct problem reason;     /* why nothing could be learned */
    bool used_missing;         /* the model in use is not among the models any more; the rubric stands in its place */
    size_t telling;            /* demands whose outcomes differ in grade */
    bool enough;               /* telling demands >= terms->least_demands */
    struct arena *arena;
    struct retrain_weight *weights;
    size_t weight_count;
    size_t ranked, first_changed; /* eligible applications of the year; those whose first supplier is another */
    double overlap;               /* mean share of the first `top` suppliers that both have; NaN: none ranked */
    char hash[DIGEST_TEXT];       /* of the new model, as its file has or would have it */
};
/* What cannot be learned from is an answer, no failure. Free with retrain_answer_free. */
ieum_status pipeline_retrain(struct workspace *workspace, const struct retrain_question *question, struct retrain_answer *answer, struct problem *problem);
void retrain_answer_free(struct retrain_answer *answer); /* a zeroed struct is fine */

#endif
