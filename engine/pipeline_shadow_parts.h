/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the shadow round (pipeline_shadow.c and what begins like it) call of each other; nobody else includes it. */
#ifndef IEUM_PIPELINE_SHADOW_PARTS_H
#define IEUM_PIPELINE_SHADOW_PARTS_H

#include "pipeline_parts.h"
#include "pipeline_shadow.h"

/* Reads decisions and demands; *own: those demands that applied to the program, as an array owned by the caller. */
ieum_status shadow_read(struct workspace *workspace, const struct shadow_question *question, struct shadow_answer *answer, jval **own, struct problem *problem);
/* Finds the records that each decision is about: the items with demand and supplier, and what cannot be judged. */
ieum_status shadow_find(struct shadow_answer *answer, struct problem *problem);
/* What was decided and what each method makes of the same demands, side by side. */
ieum_status shadow_compare(const struct shadow_question *question, struct shadow_answer *answer, struct problem *problem);
/* How many demands a supplier may have under the program. */
int64_t shadow_capacity(const struct program *program, const struct supplier *supplier);

#endif
