/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model for rows of numbers, from the bytes of its file, and what it makes of rows: values from flat arrays, or text from text as svm-predict of libsvm writes
 * it. Rows are spread over threads in blocks; the result is the same at any number of them.
 */
#ifndef IEUM_SCORE_ROW_SCORER_H
#define IEUM_SCORE_ROW_SCORER_H

#include "../base/buffer.h"
#include "../base/problem.h"

struct row_scorer;
struct model;

/* A libsvm text model, or a model file of our own (row_model.h). The bytes are not needed afterwards. INVALID, LIMIT or MEMORY. */
ieum_status row_scorer_open(const char *bytes, size_t size, struct row_scorer **scorer, struct problem *problem);
/* A model of the engine's own, over columns (row_model.h); on success the scorer owns it. INVALID or MEMORY. */
ieum_status row_scorer_of_model(struct model *model, struct row_scorer **scorer, struct problem *problem);
void row_scorer_free(struct row_scorer *scorer);
/* How many values a row gets (libsvm's decision values; one of curves); and the columns that a row needs to have for none of the model's to be left out. */
size_t row_scorer_values(const struct row_scorer *scorer);
size_t row_scorer_columns(const struct row_scorer *scorer);

/* rows: count × columns by rows, finite. values: count × row_scorer_values. */
ieum_status row_scorer_score(const struct row_scorer *scorer, int threads, const double *rows, size_t count, size_t columns, double *values,
                             struct problem *problem);

/* ---- text ---- */

/* What has been scored so far: of the file's lines, and for the summary. Begins as zeros. */
struct row_tally {
    size_t lines, rows, correct; /* correct: the label was met exactly */
    double error;                /* Σ (predicted − label)² */
    double p, t, pp, tt, pt;     /* sums of predicted, label, and their products, in the order of the rows */
};

/* INVALID when probabilities are asked of a model that has none. */
ieum_status row_scorer_check_probabilities(const struct row_scorer *scorer, bool probabilities, struct problem *problem);
/*
 * Scores the rows of a text (record/svmlight.h): the file, or whole lines of it, one piece after the other. Adds a line for each row to `text`: its label or
 * number, with probabilities its label and those, after a first line that names the labels. On failure `text` and `tally` are as they were before the piece.
 */
ieum_status row_scorer_text(const struct row_scorer *scorer, int threads, bool probabilities, const char *bytes, size_t size, struct row_tally *tally,
                            struct buffer *text, struct problem *problem);
/* What svm-predict says before it begins, and at its end. */
void row_scorer_say_before(const struct row_scorer *scorer, bool probabilities, struct buffer *text);
void row_scorer_say_after(const struct row_scorer *scorer, const struct row_tally *tally, struct buffer *text);

#endif
