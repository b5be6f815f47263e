/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds of party in a file to be imported: a record that names one which is not known is put on the list of what is wrong, and left out of the records that are right. */
#include <string.h>

#include "cohort_kinds.h"
#include "pipeline_import_parts.h"

static ieum_status note(struct checked_file *file, size_t index, struct problem *problem) {
    const struct grid *grid = &file->grid;
    const size_t column = grid_locate(grid, problem->pointer);
    const char *header = column && column <= grid->column_count ? grid->columns[column - 1].name : "";
    char pointer[sizeof problem->pointer];
    memcpy(pointer, problem->pointer, sizeof pointer);
    return bad_cells_add(&file->bad, file->rows[index], column, header, pointer, problem);
}

/* Whether the record is right; `status` is what kept it from being told. */
static bool is_right(struct workspace *workspace, struct checked_file *file, size_t index, ieum_status *status, struct problem *problem) {
    const struct record_set *set = &file->set;
    const bool supplier = set->kind == RECORD_SUPPLIER;
    const struct record_set one = {.kind = set->kind, .suppliers = supplier ? &set->suppliers[index] : NULL, .demands = supplier ? NULL : &set->demands[index], .count = 1};
    *status = cohort_check_kinds(workspace, &one, NULL, true, problem);
    if (*status != IEUM_INVALID) return true;
    *status = note(file, index, problem);
    return *status != IEUM_OK;
}

ieum_status import_check_kinds(struct workspace *workspace, struct checked_file *file, struct problem *problem) {
    struct record_set *set = &file->set;
    const bool supplier = set->kind == RECORD_SUPPLIER;
    ieum_status status = IEUM_OK;
    size_t kept = 0;
    if (!supplier && set->kind != RECORD_DEMAND) return IEUM_OK;
    for (size_t i = 0; i < set->count; i++) {
        if (status == IEUM_OK && !is_right(workspace, file, i, &status, problem)) {
            jval_free(supplier ? set->suppliers[i].json : set->demands[i].json);
            continue;
        }
        if (supplier) set->suppliers[kept] = set->suppliers[i];
        else set->demands[kept] = set->demands[i];
        file->rows[kept++] = file->rows[i];
    }
    set->count = kept;
    bad_cells_sort(&file->bad);
    return status;
}
