/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the match share: the groups of a program over the records of a round (pipeline_match_groups.c). */
#ifndef IEUM_PIPELINE_MATCH_PARTS_H
#define IEUM_PIPELINE_MATCH_PARTS_H

#include "pipeline_match.h"

/* Fills groups, group_rules, group_values and newcomer of the answer from its program. */
ieum_status match_make_groups(const struct match_question *question, struct match_answer *answer, uint32_t *count, struct problem *problem);

#endif
