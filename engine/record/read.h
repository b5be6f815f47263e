/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of records → parsed records, all or nothing. JSON (an array or one object), JSON Lines, CSV with Korean or
 * English headers in UTF-8, UTF-8 with BOM or CP949 (guessed, and checked), or the first sheet of an XLSX file with such. Every refusal names file, line, pointer or
 * column, the value and what is expected. Limits: 64 MiB a file, 1 MiB a record.
 */
#ifndef IEUM_RECORD_READ_H
#define IEUM_RECORD_READ_H

#include "headers.h"
#include "record.h"

struct record_set {
    enum record_kind kind;
    struct arena *arena;
    struct supplier *suppliers; /* the array of the kind is filled, `count` long */
    struct demand *demands;
    struct outcome *outcomes;
    struct decision *decisions;
    size_t count;
};

/*
 * `file_name` says the format by its ending and is quoted in problems; "-" (a pipe) is told by its first character.
 * `data_folder` is read for CSV and XLSX only (taxonomy/csv_headers.json). JSON: an array, one record, or {"suppliers": […]}
 * with the kind's name. `set` is written on success only and borrows nothing from `bytes`.
 */
ieum_status record_set_read(enum record_kind kind, const char *file_name, const char *bytes, size_t size,
                            const char *data_folder, struct record_set *set, struct problem *problem);
/* What a person said of a file of rows and columns; of other files nothing is asked for. */
struct file_choices {
    struct header_choices mapping;
    const char *sheet; /* of an XLSX file; NULL: the first */
};
/* The same with choices, NULL: none. What the file does not have is refused with a pointer below /mapping, or /sheet. */
ieum_status record_set_read_chosen(enum record_kind kind, const char *file_name, const char *bytes, size_t size, const char *data_folder,
                                   const struct file_choices *choices, struct record_set *set, struct problem *problem);
/* The same from a JSON array already parsed; pointers start at `at`. */
ieum_status record_set_from_json(enum record_kind kind, const jval *array, const struct jpath *at,
                                 struct record_set *set, struct problem *problem);
void record_set_free(struct record_set *set); /* a zeroed set is fine */

#endif
