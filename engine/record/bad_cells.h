/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All that is wrong with the cells of a file, so that a person can mend it in one go instead of meeting one refusal after the other. In: the problems that the
 * readers of records set, and where the cell stands. Out: a list up to a cap, and how many there are in all.
 */
#ifndef IEUM_RECORD_BAD_CELLS_H
#define IEUM_RECORD_BAD_CELLS_H

#include "../base/memory.h"
#include "../base/problem.h"
#include "../base/vector.h"

#define BAD_CELLS_SHOWN 500 /* what is beyond is counted only: nobody reads a longer list */

struct bad_cell {
    size_t row, column;          /* 1-based; column 0: no one column is meant */
    const char *header, *field;  /* of the column; "" where there is none */
    const char *value, *expected;
    const char *ko, *en;
};
struct bad_cells {
    struct arena *arena; /* holds the texts; the caller's */
    VECTOR(struct bad_cell) items;
    size_t count;
};

/* Adds what the problem says and clears it. A problem that is none of the file's (no memory, a fault of the engine) is not taken: its status is returned. */
ieum_status bad_cells_add(struct bad_cells *bad, size_t row, size_t column, const char *header, const char *field, struct problem *problem);
void bad_cells_sort(struct bad_cells *bad); /* as the file has them: by row, then by column */
void bad_cells_free(struct bad_cells *bad); /* not the arena */

#endif
