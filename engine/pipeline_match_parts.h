/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the match share: the groups of a program over the records of a round (pipeline_match_groups.c), and variety (pipeline_match_variety.c). */
#ifndef IEUM_PIPELINE_MATCH_PARTS_H
#define IEUM_PIPELINE_MATCH_PARTS_H

#include "pipeline_match.h"

/* Fills groups, group_rules, group_values and newcomer of the answer from its program. */
ieum_status match_make_groups(const struct match_question *question, struct match_answer *answer, uint32_t *count, struct problem *problem);

/* What suppliers have at the field that the program's variety is about. */
ieum_status match_find_values(struct match_answer *answer, struct problem *problem);
/* How many suppliers a demand (a row before the split) can have at once, as far as candidates and variety go. */
ieum_status match_count_reach(const struct match_answer *answer, uint32_t row, int64_t *reach, struct problem *problem);
/* Splits the demands into rows: edges, bounds and rows are replaced. Call it once bounds are final. */
ieum_status match_split_rows(struct match_answer *answer, struct problem *problem);
/* The groups of rows that are one demand, after those of the program. */
ieum_status match_add_wholes(struct match_answer *answer, uint32_t *groups, struct problem *problem);
/* The rule that such a group is said to come from. */
extern const struct group_rule match_whole_rule;

#endif
