/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a file so that it appears whole or not at all: into a temporary file beside it, which takes its name at the end. */
#ifndef IEUM_CLI_FILE_OUT_H
#define IEUM_CLI_FILE_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct file_out {
    FILE *file;
    char *path, *temporary; /* temporary: NULL where the place is a device, a pipe or standard output ("-") and is written as it is */
};

/* False with errno set. */
bool file_out_open(struct file_out *out, const char *path);
bool file_out_add(struct file_out *out, const void *bytes, size_t size);
/* Puts the file in its place; false with errno set, and then nothing has changed. */
bool file_out_keep(struct file_out *out);
/* Drops what was not kept; fine after file_out_keep, and on a file_out that is all zero. */
void file_out_close(struct file_out *out);

#endif
