/* SPDX-License-Identifier: Apache-2.0 */
#include "suggest_inputs.h"
ieum_status suggest_inputs_write(const char *folder, const struct feature_space *space, const struct program *program,
                                 const struct feature_catalogue *catalogue, const struct additive *model, const struct demand_view *views,
                                 size_t count, const struct pair_rules *rules, const struct bulk_answer *answer, struct problem *problem) { (void)folder;(void)space;(void)program;(void)catalogue;(void)model;(void)views;(void)count;(void)rules;(void)answer;(void)problem; return IEUM_OK; }
