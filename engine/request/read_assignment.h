/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of op assign's request, each read into an assignment_question; everything lies in the call's arena.
 * In: JSON. Out: the question, or a refusal with the pointer of what is wrong. Shapes only: what contradicts itself is found by match/.
 */
#ifndef IEUM_REQUEST_READ_ASSIGNMENT_H
#define IEUM_REQUEST_READ_ASSIGNMENT_H

#include "request.h"

struct assignment_reading {
    struct call *call;
    struct assignment_question *question;
    const uint32_t *edge_place; /* with "edges": per candidate pair, its place in that list; with "scores": NULL */
};

/* "scores" or "edges" with "size"; then "supplier_scores" in the same form (read_candidates.c). */
ieum_status read_candidates(struct assignment_reading *reading, struct problem *problem);
ieum_status read_supplier_scores(struct assignment_reading *reading, struct problem *problem);
/* "demand", "supplier", "locks", "vetoes", "groups" (read_limits.c). */
ieum_status read_limits(struct assignment_reading *reading, struct problem *problem);
/* "waivable" and "barred" (read_waivable.c). */
ieum_status read_waivable(struct assignment_reading *reading, struct problem *problem);

/* ---- shared ---- */

bool read_score(const jval *value, int64_t *score);
ieum_status refuse_score(const struct jpath *at, const jval *found, struct problem *problem);
/* A count or index in [0, below). */
ieum_status read_index(const jval *value, const struct jpath *at, int64_t below, uint32_t *index, struct problem *problem);
/* The first two elements of a value: a pair of the problem. */
ieum_status read_pair(const jval *value, const struct jpath *at, const struct assignment_problem *assignment, struct assignment_pair *pair,
                      struct problem *problem);
/* request[key]: [[demand, supplier], …]. */
ieum_status read_pairs(struct assignment_reading *reading, const char *key, const struct assignment_pair **out, uint32_t *count,
                       struct problem *problem);

#endif
