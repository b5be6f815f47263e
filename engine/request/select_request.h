/* SPDX-License-Identifier: Apache-2.0 */
/* The selection between JSON and the pipeline, for the operation of its own and for rounds. */
#ifndef IEUM_REQUEST_SELECT_REQUEST_H
#define IEUM_REQUEST_SELECT_REQUEST_H

#include "../pipeline_select.h"
#include "request.h"

/*
 * Reads "stage", "suppliers", "demands", "among", "marks" and "awards" of the request into the question, whose program the caller sets. `at` gets the frames of the
 * inline records; texts are the request's, lists the call's.
 */
ieum_status request_read_selection(struct call *call, struct jpath at[2], struct select_question *question, struct problem *problem);

/* The selection as a reply has it: program, stage, rules, applicants by rank, counts, budget, line, suppliers, awards (write_selection.c). */
jval *write_selection(const struct select_answer *answer);
/* Why an applicant stands where it does, in words (write_selection_reason.c). */
jval *write_selection_reason(const struct select_answer *answer, size_t applicant);
/* "83.25" with as many decimals as the terms have. */
void selection_points_text(const struct select_answer *answer, int64_t points, char text[32]);

#endif
