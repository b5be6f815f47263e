/* SPDX-License-Identifier: Apache-2.0 */
/* What an applicant's points and money come to, each on its own: for selection.c. All whole numbers, rounded half up; nothing here is negative. */
#ifndef IEUM_MATCH_SELECTION_POINTS_H
#define IEUM_MATCH_SELECTION_POINTS_H

#include "selection.h"

/* The unit of `decimals` in 10⁻⁹ point. */
int64_t selection_unit(int decimals);
/* Points rounded half up to whole units. */
int64_t selection_round(int64_t points, int64_t unit);
/*
 * Mean of the marks that count without the `drop_lowest` least and the `drop_highest` greatest of them, rounded half up to whole units from the exact fraction.
 * `counted` is more than drops; `room` has place for all marks. *counted and *recused are set first, so that the caller may refuse before the mean is asked for.
 */
void selection_count(const struct selection_applicant *applicant, uint32_t *counted, uint32_t *recused);
int64_t selection_committee(const struct selection_terms *terms, const struct selection_applicant *applicant, int64_t unit, int64_t *room);
/* The place's total from its rubric, committee and bonus. */
int64_t selection_total(const struct selection_terms *terms, const struct selection_place *place, int64_t unit);
/* Sets the place's cost_krw, asked_krw and own_least_krw. */
void selection_money(const struct selection_terms *terms, const struct selection_applicant *applicant, struct selection_place *place);

#endif
