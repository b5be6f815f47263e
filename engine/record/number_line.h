/* SPDX-License-Identifier: Apache-2.0 */
/* One line of numbers and "index:value" pairs, read from left to right: what rows (svmlight.h) and the support vectors of libsvm models have in common. */
#ifndef IEUM_RECORD_NUMBER_LINE_H
#define IEUM_RECORD_NUMBER_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"

#define NUMBER_LINE_MOST_INDEX INT32_MAX

struct number_line {
    const char *start, *at, *end; /* of the line; the place that is read next; behind its last byte (no LF, no CR LF) */
    size_t number;                /* of the line, from 1 */
};

/* The next line of the text that begins at `at` (at < end): the place where the following one begins. */
const char *number_line_next(struct number_line *line, const char *at, const char *end);

static inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
static inline void number_line_skip_blanks(struct number_line *line) {
    while (line->at < line->end && is_blank(*line->at)) line->at++;
}
/* Whether a word ends here. */
static inline bool number_line_word_ends(const struct number_line *line) { return line->at == line->end || is_blank(*line->at); }

/* A finite number up to the next blank. */
ieum_status number_line_number(struct number_line *line, double *value, struct problem *problem);
/* "index:value" up to the next blank; `above` is the column before it in the row, −1 for the first. The column is index − 1. */
ieum_status number_line_pair(struct number_line *line, int64_t above, uint32_t *column, double *value, struct problem *problem);

/* A refusal that shows the place, the word that stands there and what was expected; the sentences hold no '%'. */
ieum_status number_line_refuse(const struct number_line *line, const char *expected, const char *ko, const char *en, struct problem *problem);

#endif
