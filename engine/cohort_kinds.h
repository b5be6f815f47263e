/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is a candidate at all: of what kind a supplier is, and whether a program's pool takes it. Here and nowhere else; every ranking, assignment, selection and report is over
 * what comes out of here.
 */
#ifndef IEUM_COHORT_KINDS_H
#define IEUM_COHORT_KINDS_H

#include "cohort.h"

/*
 * Whether a supplier is of a pool (program/program.h). Of the store's records one without a kind counts as the taxonomy says; one that came with the question
 * (`stored` false) is taken for what is asked for.
 */
bool cohort_is_candidate(const struct taxonomy *taxonomy, const struct text_list *pool, bool stored, const struct supplier *supplier);
/*
 * CONFLICT unless a supplier of the store is of one of `kinds`: a program's pool, or who may stand in a third party's place, whose title is then given (NULL: the pool).
 * `pointer`: of its id in the request.
 */
ieum_status cohort_check_stands(struct workspace *workspace, const struct supplier *supplier, const struct text_list *kinds, const struct text2 *place, const char *pointer,
                                struct problem *problem);
/* Refuses suppliers and demands that name a kind which is not known. `at`: where they stand in the request, NULL: in a file; `single`: the one record stands there itself. */
ieum_status cohort_check_kinds(struct workspace *workspace, const struct record_set *set, const struct jpath *at, bool single, struct problem *problem);
/* The suppliers of `whole` that are of a pool (NULL: all), without demands; `whole` must outlive it, and its records are the store's. Free with cohort_free also on failure. */
ieum_status cohort_narrow(struct workspace *workspace, const struct cohort *whole, const struct text_list *pool, struct cohort *cohort, struct problem *problem);

#endif
