/* SPDX-License-Identifier: Apache-2.0 */
/* Files and folders: read whole, list, write at once or not at all. */
#ifndef IEUM_BASE_FILES_H
#define IEUM_BASE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"
#include "problem.h"

/* Reads a file of at most `limit` bytes; `*bytes` has a NUL after it, free with memory_free. NOT_FOUND, LIMIT or INVALID. */
ieum_status file_read(const char *path, size_t limit, char **bytes, size_t *size, struct problem *problem);
bool file_exists(const char *path);
/* Names (no path) of the entries of a folder that end with `ending`, sorted by bytes. The list is one block, free with memory_free. */
ieum_status folder_list(const char *path, const char *ending, char ***names, size_t *count, struct problem *problem);
/*
 * A text that changes when a file of the folder with that ending changes: names, sizes, inodes and times of each. False when a file cannot be looked at, or was
 * changed within the last two seconds: a second change in the same tick of the file system's clock would not show.
 */
bool folder_stamp(const char *path, const char *ending, struct buffer *stamp);
/* The same of one file of the folder. */
bool file_stamp(const char *folder, const char *name, struct buffer *stamp);
/* "a/b"; free with memory_free. NULL when memory fails. */
char *path_join(const char *folder, const char *name);

#endif
