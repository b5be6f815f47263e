/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of an assignment's reply (write_assignment in request.h puts them together). In: question and answer. Out: JSON, owned by the caller. */
#ifndef IEUM_REQUEST_WRITE_ASSIGNMENT_H
#define IEUM_REQUEST_WRITE_ASSIGNMENT_H

#include "request.h"

jval *write_pair(struct assignment_pair pair); /* [demand, supplier] */
jval *write_pair_list(const struct assignment_pair *pairs, uint32_t count);
/* The proof of an optimal answer, by its method (write_certificate.c). */
jval *write_certificate(const struct assignment_question *question, const struct assignment_answer *answer);
/* Why there is none, and the cheapest repair; null: nothing that may be waived helps (write_reason.c). */
jval *write_reason(const struct assignment_question *question, const struct assignment_answer *answer);
jval *write_repair(const struct repair_question *question, const struct repair *repair);
/* What single pairs cost, and whether short lists were long enough (write_explained.c). */
jval *write_explained(const struct pair_costs *costs);
jval *write_truncation(const struct truncation *truncation);

#endif
