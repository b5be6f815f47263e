/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the selection (pipeline_select*.c) call of each other; nobody else includes it. All of them fill a zeroed answer whose records are loaded. */
#ifndef IEUM_PIPELINE_SELECT_PARTS_H
#define IEUM_PIPELINE_SELECT_PARTS_H

#include "pipeline_select.h"

static inline const struct demand *select_demand(const struct select_answer *answer, size_t applicant) {
    return &answer->suggested.cohort.demands.demands[answer->applicants[applicant].demand];
}

/* Which suppliers the selection's rules knock out: out[s]; and the lists of the answer. */
ieum_status select_suppliers(struct select_answer *answer, bool *out, struct problem *problem);
/* Rubric points and bonus. `rows[i]`: the row of applicant i in the matrix of scores. */
ieum_status select_points(struct select_answer *answer, const bool *out, const size_t *rows, struct problem *problem);
/* The committee's marks; `*members`: their names by number. */
ieum_status select_marks(const struct select_question *question, struct select_answer *answer, const char *const **members, struct problem *problem);
/* Amounts and own shares. */
ieum_status select_money(struct select_answer *answer, struct problem *problem);
/* Who is the same firm, who has an award elsewhere, in which order the applications came in. */
ieum_status select_firms(const struct select_question *question, struct select_answer *answer, struct problem *problem);
/* Equal values that a person should look at. */
ieum_status select_alikes(struct select_answer *answer, struct problem *problem);

#endif
