/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of files appears whole or not at all: made under another name beside its place, then renamed into it. */
#ifndef IEUM_BASE_FOLDER_WRITE_H
#define IEUM_BASE_FOLDER_WRITE_H

#include <stddef.h>

#include "problem.h"

struct folder_file {
    const char *name; /* of the file, without a folder */
    const void *bytes;
    size_t size;
};
/*
 * CONFLICT when something of that name is there and is no empty folder: nothing is ever replaced. STORE when it cannot be written; nothing is left
 * then. The folder above must be there.
 */
ieum_status folder_write(const char *path, const struct folder_file *files, size_t count, struct problem *problem);

#endif
