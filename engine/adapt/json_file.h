/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON file read whole: bytes → value, with the file named in whatever is wrong. */
#ifndef IEUM_ADAPT_JSON_FILE_H
#define IEUM_ADAPT_JSON_FILE_H

#include "json.h"

/*
 * Reads the file `name` of `folder` (NULL: `folder` is the path itself) of at most `most` bytes; the caller releases *json. NOT_FOUND, LIMIT, MEMORY, or INVALID with line
 * and column; the problem's place is the file. Whoever refuses what stands in the file puts its place there with json_file_place.
 */
ieum_status json_file_read(const char *folder, const char *name, size_t most, jval **json, struct problem *problem);
void json_file_place(const char *folder, const char *name, struct problem *problem);

#endif
