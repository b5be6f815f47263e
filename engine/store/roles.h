/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may do what over the net: data/server/roles.json, by operation, and by step, action or kind. In: the file. Out: answers for one request. What the table does not name
 * is not allowed. A file with a fault is refused whole.
 */
#ifndef IEUM_STORE_ROLES_H
#define IEUM_STORE_ROLES_H

#include "../adapt/json.h"

struct roles;

ieum_status roles_load(const char *path, struct roles **roles, struct problem *problem);
void roles_free(struct roles *roles); /* NULL is fine */

/* The file as it is, borrowed. */
const jval *roles_table(const struct roles *roles);
/* {"ko", "en", "for"} of a role, NULL when there is none of that name. */
const jval *roles_role(const struct roles *roles, const char *role);

/* The lines of an operation by step, action or kind; which member of a request names one, and what the table is called. NULL: the operation has one line. */
const jval *roles_steps(const jval *operation, const char **member, const char **table);

/* What the table says of a request. */
struct permission {
    const char *step;  /* the step, action or kind asked for, NULL: the operation has none */
    bool allowed;      /* the role may */
    bool personal;     /* it reads or writes what belongs to firms: goes into the access log */
    const char *named; /* a member of the request that names a file of this machine; NULL: none */
    const jval *withheld; /* members of the result that the role gets empty (withhold.h); NULL: none */
};
/* INVALID: the request's step or action is missing or is none of the table's. An operation that the table does not have is allowed to nobody. */
ieum_status roles_ask(const struct roles *roles, const char *role, const char *op, const jval *request, struct permission *permission, struct problem *problem);

#endif
