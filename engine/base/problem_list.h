/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All mistakes of a file at once. A reader stops at the first mistake, as whoever wants to use the file can do nothing with the rest. Whoever wants to mend it
 * hangs a list on the problem (`problem.aside`): then problem_aside puts each mistake into the list and the reader goes on with what can still be read. So the
 * rules stand once, in the reader.
 */
#ifndef IEUM_BASE_PROBLEM_LIST_H
#define IEUM_BASE_PROBLEM_LIST_H

#include "problem.h"

struct mistake {
    struct problem problem;
    const char *kind; /* "points_sum"; "form": the file is not made as the format says. Static text. */
    bool warning;     /* the file can be used all the same */
};
struct problem_list {
    struct mistake *items;
    size_t count, errors; /* `errors`: those that are no warnings */
    size_t capacity;
};

enum { MISTAKES_MOST = 200 }; /* further ones are not kept: nobody reads them, and a hostile file must not fill the memory */

/*
 * What a reader does with the status of a part that others do not rest on: an INVALID or LIMIT problem goes into the list, if there is one, and the result is IEUM_OK with
 * the problem clear again. Else the status comes back as it was.
 */
ieum_status problem_aside(struct problem *problem, ieum_status status);
/* How many mistakes were put aside so far; 0 without a list. A part after which there are more than before is not whole. */
size_t problem_aside_count(const struct problem *problem);
/* Adds a mistake. One at a place that has an error already is its consequence and is left out. */
ieum_status problem_list_add(struct problem_list *list, const struct problem *found, const char *kind, bool warning, struct problem *problem);
size_t problem_list_warnings(const struct problem_list *list);
void problem_list_free(struct problem_list *list); /* its items */

#endif
