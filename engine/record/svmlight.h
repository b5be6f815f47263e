/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of numbers as libsvm and SVMlight write them: text → labels and a sparse matrix by rows.
 *
 *     label [qid:N] index:value index:value … [# comment]
 *
 * Indices are whole numbers from 1 (columns here count from 0) and ascend within a row; every number is finite; either all rows have a qid or none has. Lines
 * that are empty or hold only a comment are skipped; lines may end in CR LF. What is refused has line, column and value. Training, scoring and measuring read
 * through here. The locale of the process does not matter (base/decimal.h).
 */
#ifndef IEUM_RECORD_SVMLIGHT_H
#define IEUM_RECORD_SVMLIGHT_H

#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"

struct svmlight_rows {
    size_t count;    /* rows */
    size_t columns;  /* the highest index of the file; 0: no row has a value */
    double *labels;  /* count */
    int64_t *qids;   /* count; NULL: no row has one */
    size_t *lines;   /* count: the line that each row stands on */
    size_t *start;   /* count + 1: row r holds start[r] … start[r + 1] − 1 */
    uint32_t *index; /* columns, from 0, ascending within a row */
    double *value;   /* as given: zeros stay */

    size_t row_room, value_room; /* of the reader */
    int64_t *qid_memory;
};

#define SVMLIGHT_EMPTY ((struct svmlight_rows){0})

/*
 * Reads `size` bytes whose first line is number `first_line` (1 for a whole file). `rows` is SVMLIGHT_EMPTY or what an earlier call filled, whose memory is
 * used again. INVALID or MEMORY; then `rows` has count 0 and is still to be freed.
 */
ieum_status svmlight_read(const char *bytes, size_t size, size_t first_line, struct svmlight_rows *rows, struct problem *problem);
void svmlight_free(struct svmlight_rows *rows);

#endif
