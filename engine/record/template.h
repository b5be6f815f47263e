/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file to fill in and import: column names that the import knows, which of them are needed and in which form cells are written (in brackets, which the import does
 * not read as part of the name), and one invented row that the import refuses until it is taken out. As XLSX also a sheet that lists every column there can be.
 */
#ifndef IEUM_RECORD_TEMPLATE_H
#define IEUM_RECORD_TEMPLATE_H

#include "headers.h"

enum template_format { TEMPLATE_CSV, TEMPLATE_XLSX, TEMPLATE_FORMATS };
extern const char *const template_format_names[TEMPLATE_FORMATS]; /* "csv" (UTF-8 with a byte order mark), "xlsx" */

ieum_status template_write(enum record_kind kind, enum template_format format, bool korean, const char *data_folder, struct buffer *out, struct problem *problem);

#endif
