/* SPDX-License-Identifier: Apache-2.0 */
/* For the peer of suggest_all: the numbers that the features are computed from, as raw arrays in a folder, with a JSON file that says their names and types. */
#ifndef IEUM_BENCH_SUGGEST_INPUTS_H
#define IEUM_BENCH_SUGGEST_INPUTS_H

#include "pipeline_bulk.h"

ieum_status suggest_inputs_write(const char *folder, const struct feature_space *space, const struct program *program,
                                 const struct feature_catalogue *catalogue, const struct additive *model, const struct demand_view *views,
                                 size_t count, size_t k, const struct pair_rules *rules, const struct bulk_answer *answer,
                                 struct problem *problem);

#endif
