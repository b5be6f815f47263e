/* SPDX-License-Identifier: Apache-2.0 */
/* In which format a file of records is: told by the ending of its name, or of what comes from a pipe ("-") by its first character. */
#ifndef IEUM_RECORD_FILE_FORMAT_H
#define IEUM_RECORD_FILE_FORMAT_H

#include "../base/problem.h"

enum file_format { FORMAT_JSON, FORMAT_LINES, FORMAT_CSV, FORMAT_XLSX, FORMAT_UNKNOWN };

enum file_format file_format_of(const char *file_name, const char *bytes, size_t size);
ieum_status file_format_refuse(const char *file_name, struct problem *problem);

#define FILE_BYTES_MOST ((size_t)64 << 20)
ieum_status file_size_check(size_t size, struct problem *problem);

#endif
