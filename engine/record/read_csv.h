/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CSV file of records → the same JSON shape as everywhere, added to a collector. The first row names the columns, by
 * data/taxonomy/csv_headers.json. Problems of a record are told by line and column of the file.
 */
#ifndef IEUM_RECORD_READ_CSV_H
#define IEUM_RECORD_READ_CSV_H

#include "collect.h"

ieum_status csv_records_read(struct collector *collector, const char *bytes, size_t size, const char *data_folder, const struct file_choices *choices,
                             struct problem *problem);
/* The same of a sheet of an XLSX file; places are rows as the spreadsheet program numbers them. */
ieum_status xlsx_records_read(struct collector *collector, const char *bytes, size_t size, const char *data_folder, const struct file_choices *choices,
                              struct problem *problem);

#endif
