/* SPDX-License-Identifier: Apache-2.0 */
/* The files of the page: read once at the start into a fixed list, so that no path of a request ever reaches the file system. */
#ifndef IEUM_HTTP_STATIC_FILES_H
#define IEUM_HTTP_STATIC_FILES_H

#include "exchange.h"

struct static_files;

/* The regular files of a folder whose names the page uses (letters, digits, '_', '-', '.') and whose ending is known. A folder that is missing gives
   an empty list. NULL: no memory. */
struct static_files *static_files_read(const char *folder);
void static_files_free(struct static_files *files); /* NULL is fine */
/* Answers a GET or HEAD with the file of that name; false: there is none. */
bool static_files_answer(const struct static_files *files, struct exchange *exchange, const char *name);

#endif
