/* SPDX-License-Identifier: Apache-2.0 */
#include "read_csv.h"

#include "../adapt/spreadsheet_in.h"
#include "grid.h"

static ieum_status add_row(struct grid *grid, struct collector *collector, size_t row, struct problem *problem) {
    jval *record = NULL;
    const size_t line = grid_place(grid, row);
    ieum_status status = grid_check_example(grid, row, problem);
    if (status == IEUM_OK) status = grid_check_cells(grid, row, 0, problem);
    if (status == IEUM_OK) status = grid_record(grid, row, &record, problem);
    if (status == IEUM_OK) {
        status = collector_add(collector, record, NULL, line, problem);
        if (status != IEUM_OK) problem_set_place(problem, NULL, line, grid_locate(grid, problem->pointer));
    }
    jval_free(record);
    return status;
}

static ieum_status read_text(struct collector *collector, const char *bytes, size_t size, const char *data_folder, const struct file_choices *choices,
                             bool spreadsheet, struct problem *problem) {
    struct grid grid;
    ieum_status status = grid_open(collector->kind, bytes, size, data_folder, choices ? &choices->mapping : NULL, NULL, &grid, NULL, problem);
    grid.numbered = grid.spreadsheet = spreadsheet;
    for (size_t row = 1; row < grid.table.row_count && status == IEUM_OK; row++) status = add_row(&grid, collector, row, problem);
    grid_close(&grid);
    return status;
}

ieum_status csv_records_read(struct collector *collector, const char *bytes, size_t size, const char *data_folder, const struct file_choices *choices,
                             struct problem *problem) {
    return read_text(collector, bytes, size, data_folder, choices, false, problem);
}

ieum_status xlsx_records_read(struct collector *collector, const char *bytes, size_t size, const char *data_folder, const struct file_choices *choices,
                              struct problem *problem) {
    struct buffer csv = BUFFER_EMPTY;
    ieum_status status = spreadsheet_to_csv(bytes, size, choices ? choices->sheet : NULL, &csv, NULL, problem);
    if (status == IEUM_OK) status = read_text(collector, csv.bytes ? csv.bytes : "", csv.size, data_folder, choices, true, problem);
    buffer_free(&csv);
    return status;
}
