/* SPDX-License-Identifier: Apache-2.0 */
/* One rule tested on one record or pair: the verdict, what it rests on, and the sentence that says so. */
#ifndef IEUM_PROGRAM_JUDGE_H
#define IEUM_PROGRAM_JUDGE_H

#include "eligible.h"

/* `supplier` is NULL for an eligibility rule. A finding with VERDICT_PASS has no texts. */
ieum_status rule_judge(const struct rule *rule, const struct demand *demand, const struct supplier *supplier,
                       struct arena *arena, struct finding *finding, struct problem *problem);

#endif
