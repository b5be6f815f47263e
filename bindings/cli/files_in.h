/* SPDX-License-Identifier: Apache-2.0 */
/* Reading files and standard input, and where the data folder lies. */
#ifndef IEUM_CLI_FILES_IN_H
#define IEUM_CLI_FILES_IN_H

#include <stddef.h>

/* A whole file ("-": standard input), with a NUL after it, owned by the caller (free); NULL with errno set. More than 64 MiB + 1 byte are not read: the engine refuses them. */
char *read_whole(const char *path, size_t *size);

/* The line of the first byte that cannot be part of a UTF-8 text (a NUL is none either), 1-based; 0: there is none. What is finer than that the engine refuses. */
size_t line_of_no_text(const char *bytes, size_t size);

/* The data folder beside the program: of its build tree or of its installation. NULL when neither is there. Owned by the caller (free). */
char *find_data_folder(void);

#endif
