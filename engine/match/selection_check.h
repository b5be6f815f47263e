/* SPDX-License-Identifier: Apache-2.0 */
/* What a selection refuses before it begins: for selection.c. */
#ifndef IEUM_MATCH_SELECTION_CHECK_H
#define IEUM_MATCH_SELECTION_CHECK_H

#include "selection.h"

/* Terms that contradict themselves; points, money, marks out of bounds; a member twice. Pointers lead into "/marks" by demand and place. */
ieum_status selection_check(const struct selection_terms *terms, const struct selection_applicant *applicants, size_t count, const char *const *member_names,
                            struct problem *problem);
/* Fewer marks that count than the committee needs: names the applicant and how many are missing. */
ieum_status selection_refuse_few(const struct selection_terms *terms, const struct selection_applicant *applicant, uint32_t counted, uint32_t recused,
                                 struct problem *problem);

#endif
