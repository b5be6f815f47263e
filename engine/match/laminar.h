/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The groups of both sides as trees: which group holds a demand, a supplier or another group most closely.
 * In: the checked groups of an assignment_problem. Out: parent indices; of two equal groups the later is inside. Groups
 * of one side that cross (neither nested nor disjoint) are refused: with them an assignment is NP-hard to find, and the
 * certificate of a flow no longer exists.
 */
#ifndef IEUM_MATCH_LAMINAR_H
#define IEUM_MATCH_LAMINAR_H

#include "assignment.h"

/* A limit is a min..max on a number of pairs. They are numbered: the demands, then the suppliers, then the groups. */
struct laminar {
    uint32_t *parent; /* per limit: the limit of the innermost group around it, or ASSIGNMENT_NONE */
    uint32_t *order;  /* the groups' indices, a parent always before what it holds */
};

/* Members are valid and distinct within a group. Free with laminar_free, also after a failure. */
ieum_status laminar_build(const struct assignment_problem *assignment, struct laminar *laminar,
                          struct problem *problem);
void laminar_free(struct laminar *laminar);

#endif
