/* SPDX-License-Identifier: Apache-2.0 */
/* The diagnosis as JSON: the questionnaire to fill in, and what came of it. */
#ifndef IEUM_REQUEST_WRITE_DIAGNOSIS_H
#define IEUM_REQUEST_WRITE_DIAGNOSIS_H

#include "../pipeline_diagnose.h"
#include "request.h"

jval *write_questionnaire(const struct diagnosis_data *data, const struct taxonomy *taxonomy); /* write_questionnaire.c */
jval *write_diagnosis(const struct diagnose_answer *answer);   /* write_diagnosis.c */
jval *write_diagnosis_steps(const struct diagnose_answer *answer); /* write_diagnosis_steps.c: what to do next, in order */
jval *write_diagnosed_needs(const struct diagnose_answer *answer);    /* {"from", "types"}; NULL: not known */
jval *write_diagnosed_programs(const struct diagnose_answer *answer); /* those that fit first */
/* "programs": those in force that fit or may; "other_programs": the ids of the rest, whose reasons the diagnosis tells. */
void write_routed_programs(const struct diagnose_answer *answer, jval *object);
jval *write_reference(const struct readiness *readiness);
jval *write_stage(const struct readiness *readiness, size_t stage); /* null for SIZE_MAX */

#endif
