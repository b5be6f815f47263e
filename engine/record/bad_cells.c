/* SPDX-License-Identifier: Apache-2.0 */
#include "bad_cells.h"

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

void bad_cells_free(struct bad_cells *bad) { vector_free(&bad->items); }
