/* SPDX-License-Identifier: Apache-2.0 */
#include "read_csv.h"

#include "grid.h"

static ieum_status add_row(struct grid *grid, struct collector *collector, size_t row, struct problem *problem) {
    jval *record = NULL;
    size_t line = grid->table.rows[row].line;
    ieum_status status = grid_check_width(grid, row, 0, problem);
    if (status == IEUM_OK) status = grid_record(grid, row, &record, problem);
    if (status == IEUM_OK) {
        status = collector_add(collector, record, NULL, line, problem);
        if (status != IEUM_OK) problem_set_place(problem, NULL, line, grid_locate(grid, problem->pointer));
    }
    jval_free(record);
    return status;
}

ieum_status csv_records_read(struct collector *collector, const char *bytes, size_t size, const char *data_folder,
                             struct problem *problem) {
    struct grid grid;
    ieum_status status = grid_open(collector->kind, bytes, size, data_folder, NULL, NULL, &grid, NULL, problem);
    for (size_t row = 1; row < grid.table.row_count && status == IEUM_OK; row++) status = add_row(&grid, collector, row, problem);
    grid_close(&grid);
    return status;
}
