/* SPDX-License-Identifier: Apache-2.0 */
#include "bad_cells.h"

#include <stdlib.h>
#include <string.h>

ieum_status bad_cells_add(struct bad_cells *bad, size_t row, size_t column, const char *header, const char *field, struct problem *problem) {
    if (problem->status != IEUM_INVALID && problem->status != IEUM_LIMIT) return problem->status;
    if (bad->count++ < BAD_CELLS_SHOWN) {
        const struct bad_cell cell = {row,
                                      column,
                                      arena_copy_text(bad->arena, header ? header : ""),
                                      arena_copy_text(bad->arena, field ? field : ""),
                                      arena_copy_text(bad->arena, problem->value),
                                      arena_copy_text(bad->arena, problem->expected),
                                      arena_copy_text(bad->arena, problem->ko),
                                      arena_copy_text(bad->arena, problem->en)};
        if (!cell.header || !cell.field || !cell.value || !cell.expected || !cell.ko || !cell.en || !vector_push(&bad->items, cell)) {
            problem_clear(problem);
            return problem_set_memory(problem);
        }
    }
    problem_clear(problem);
    return IEUM_OK;
}

static int compare_cells(const void *a, const void *b) {
    const struct bad_cell *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    if (x->column != y->column) return x->column < y->column ? -1 : 1;
    const int fields = strcmp(x->field, y->field);
    return fields ? fields : strcmp(x->en, y->en);
}

void bad_cells_sort(struct bad_cells *bad) {
    if (bad->items.count > 1) qsort(bad->items.items, bad->items.count, sizeof *bad->items.items, compare_cells);
}

void bad_cells_free(struct bad_cells *bad) { vector_free(&bad->items); }
