/* SPDX-License-Identifier: Apache-2.0 */
/* The tests of rules that look at a demand and a supplier together: covers, lies_in, listed, within, not_listed, unrelated. */
#ifndef IEUM_PROGRAM_KINSHIP_H
#define IEUM_PROGRAM_KINSHIP_H

#include "eligible.h"

bool rule_test_is_pair(enum rule_test test);
/*
 * Sets the finding's verdict, value and expected; `*lacking` is what was asked for and is not there, `*ask` says that
 * the verdict stands because something is missing.
 */
ieum_status pair_judge(const struct rule *rule, const struct demand *demand, const struct supplier *supplier,
                       struct arena *arena, struct finding *finding, const char **lacking, bool *ask,
                       struct problem *problem);

#endif
