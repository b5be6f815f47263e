/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the yearly report share. */
#ifndef IEUM_REQUEST_REPORT_YEAR_H
#define IEUM_REQUEST_REPORT_YEAR_H

#include "../pipeline_year.h"
#include "report_request.h"

/* Whether a share rose or fell, or that it cannot be said. */
void cell_reading(jval *row, const struct year_share *share);
/* Three cells: the share of the year before, of the year, and the difference; nulls where a number must not be told. */
void cells_share_pair(jval *row, const struct year_share *share, bool told);
/* The rule's sentence with what it asks for, and "…" for what each firm has; in the answer's arena. */
ieum_status report_rule_sentence(struct report_answer *answer, const struct rule *rule, const char *expected, struct text2 *sentence, struct problem *problem);

ieum_status report_change_sections(struct call *call, struct report_answer *answer, jval *sections, struct problem *problem); /* report_year_changes.c */
/* The models of the year's rounds and, where the request asks for it, one retrained on the outcomes up to the year's end (report_year_model.c). */
ieum_status report_model_sections(struct call *call, struct report_answer *answer, jval *sections, struct problem *problem);
ieum_status report_pair_sections(struct call *call, struct report_answer *answer, jval *sections, struct problem *problem); /* report_year_pairs.c */

#endif
