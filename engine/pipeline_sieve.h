/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pipeline for one demand, and for the same demand with one more answer each way: scores that no supplier passes are found first, quickly and in short
 * numbers (feature/bulk.h, "ceiling"), and only who may yet be among the best is looked at. Same order, same scores as pipeline_bulk.
 */
#ifndef IEUM_PIPELINE_SIEVE_H
#define IEUM_PIPELINE_SIEVE_H

#include "pipeline_bulk.h"

struct sieve;

/* Whether the question is one for a sieve and the model one whose parts have ceilings. */
bool sieve_fits(const struct bulk_question *question);
/* Fills the answer, which has its room; with question->keep keeps the sieve. */
ieum_status sieve_rank(const struct bulk_question *question, struct bulk_answer *answer, struct problem *problem);
void sieve_free(struct sieve *sieve); /* NULL is fine */

/* For tests: from how many suppliers on it is used. */
void sieve_from(size_t suppliers);

#endif
