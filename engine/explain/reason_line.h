/* SPDX-License-Identifier: Apache-2.0 */
/* One line of reason for a suggestion, in both languages: the words that met, then the points by criterion. */
#ifndef IEUM_EXPLAIN_REASON_LINE_H
#define IEUM_EXPLAIN_REASON_LINE_H

#include "../score/rubric.h"
#include "evidence.h"

struct reason_line {
    char *ko, *en; /* in the arena */
};

/* `contributions`: of the rubric's terms; `values`: of the features, NaN where missing. What is only assumed for want of a value is no reason and is not named. */
ieum_status explain_reason(const struct program *program, const struct lexicon *lexicon, const struct rubric *rubric,
                           const int64_t *contributions, const double *values, const struct evidence_list *evidence, struct arena *arena,
                           struct reason_line *reason, struct problem *problem);

#endif
