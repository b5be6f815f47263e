/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of a program's criteria a coordinate of a side's vector (side_vectors.h) speaks to, so that the product term is explained by criteria, each with its
 * exact Shapley value: a coordinate goes with the criterion that scores features of its kind (budget and price with budget_fit, KSIC and industries with
 * industry_match …); where no feature of the program is of that kind, with the first fit criterion, else the first of all.
 */
#ifndef IEUM_FEATURE_SIDE_GROUPS_H
#define IEUM_FEATURE_SIDE_GROUPS_H

#include "../program/program.h"
#include "../text/lexicon.h"

#define GROUP_NONE UINT32_MAX

/* The criterion that gives the feature most points, the first of several; GROUP_NONE when none uses it. */
uint32_t criterion_of_feature(const struct program *program, size_t feature);
/* The same over all features of a kind. */
uint32_t criterion_of_kind(const struct program *program, const char *kind);
/* The criterion of a coordinate, by its name; GROUP_NONE only for a program without criteria. A concept that the lexicon does not have counts as a task. */
uint32_t side_group(const struct program *program, const struct lexicon *lexicon, const char *coordinate);

#endif
