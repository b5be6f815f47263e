/* SPDX-License-Identifier: Apache-2.0 */
/* A file is written whole or not at all: into a new file beside it, synced, then renamed into place; the folder is synced too. */
#ifndef IEUM_BASE_FILE_WRITE_H
#define IEUM_BASE_FILE_WRITE_H

#include <stddef.h>

#include "problem.h"

/*
 * What has the name already is replaced and lends its permissions; else they are those of any new file. STORE when it cannot be written (no room, no right,
 * no folder, or something that is no plain file has the name): then what had the name is untouched and nothing is left beside it.
 */
ieum_status file_write(const char *path, const void *bytes, size_t size, struct problem *problem);

#endif
