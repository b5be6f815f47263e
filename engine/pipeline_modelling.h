/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Models as files that people handle: which there are, what one says of itself, and the ways to and from other programs: libsvm's text in and out, and the judged
 * pairs as rows of numbers that svm-train or XGBoost can learn from.
 */
#ifndef IEUM_PIPELINE_MODELLING_H
#define IEUM_PIPELINE_MODELLING_H

#include "workspace.h"

/* What stands before the name of a feature where a column says whether the feature is missing (1, 0) and not its value. */
#define MISSING_COLUMN "missing:"

/* ---- list ---- */

struct listed_model {
    const char *id, *path;
    struct model *model; /* NULL: the file is broken, and `problem` says how */
    struct problem *problem;
};
struct model_list {
    struct arena *arena;
    struct listed_model *items; /* by id */
    size_t count;
};
ieum_status pipeline_model_list(struct workspace *workspace, struct model_list *list, struct problem *problem);
void model_list_free(struct model_list *list); /* a zeroed struct is fine */

/* ---- show, export ---- */

struct model_answer {
    struct arena *arena;
    struct model *model;
    const char *path;
    struct program *program;  /* NULL: the model has none, or the data folder does not */
    bool other_version;       /* of the program */
    struct text_list columns; /* of an export and an import: what each column of the libsvm model is */
};
ieum_status pipeline_model_show(struct workspace *workspace, const char *name, struct model_answer *answer, struct problem *problem);
/* Writes the model as libsvm's text (score/model_export.h) to `out`. INVALID where libsvm knows no such model. */
ieum_status pipeline_model_export(struct workspace *workspace, const char *name, const char *out, struct model_answer *answer, struct problem *problem);
void model_answer_free(struct model_answer *answer); /* a zeroed struct is fine */

/* ---- import ---- */

struct import_question {
    const char *from;          /* path of a libsvm text model */
    const char *program, *out;
    const char *id;            /* NULL: the file's name without its ending */
    struct text_list features; /* what each column is: a feature of the program, "rubric", or either after MISSING_COLUMN */
    const double *means;       /* of each column: what a missing feature counts as */
    struct text2 about;        /* what it was trained on, for the card */
    bool fit_only;             /* the rubric is that of the fit criteria */
};
/*
 * A libsvm model as one of our own, which scores by its decision value, the higher the better: of two classes, the value speaks for the one with the greater
 * label (libsvm's speaks for the label it met first), and the file's probabilities, if it has any, come along. INVALID for more classes, for columns beyond
 * the list, and for names that the program does not have.
 */
ieum_status pipeline_model_import(struct workspace *workspace, const struct import_question *question, struct model_answer *answer, struct problem *problem);

/* ---- rows ---- */

struct rows_question {
    const char *program, *data, *qrels, *out; /* as train_question */
    bool fit_only;
    bool plain; /* without qid and comments, which svm-train does not read */
};
struct rows_answer {
    struct arena *arena;
    struct text_list columns; /* features in order, then MISSING_COLUMN of those that some pair lacks */
    size_t rows, demands, not_found;
};
/*
 * All judged pairs as SVMlight rows: the grade, the number of the demand as qid, each value that is known (17 digits), 1 in the column that says a value is
 * missing, and the two ids as a comment. Written whole or not at all.
 */
ieum_status pipeline_model_rows(struct workspace *workspace, const struct rows_question *question, struct rows_answer *answer, struct problem *problem);
void rows_answer_free(struct rows_answer *answer); /* a zeroed struct is fine */

#endif
