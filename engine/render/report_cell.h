/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of a report's sections as people read them; tables and pictures write them the same way. */
#ifndef IEUM_RENDER_REPORT_CELL_H
#define IEUM_RENDER_REPORT_CELL_H

#include "../adapt/json.h"

enum { REPORT_CELL = 400 };

/* "1,234", "12.5%", "6.70", a text in the language; "-" where the cell is null. Cut at a character when it is longer than the room. */
void report_cell_write(const jval *cell, const char *unit, bool korean, char text[REPORT_CELL]);
/* The unit of a cell: that of its column, or of its row. */
const char *report_cell_unit(const jval *section, const jval *row, size_t column);
/* Number of the column with this id; the count of columns when there is none. */
size_t report_column(const jval *section, const char *id);

#endif
