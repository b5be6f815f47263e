/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Character sets: the bytes of a text file → UTF-8 (glibc iconv, uchardet). UTF-8 with or without byte order mark is
 * taken as it is; everything else must be CP949, convert without a loss both ways, and look like Korean. Nothing is
 * replaced or dropped.
 */
#ifndef IEUM_ADAPT_CHARSET_H
#define IEUM_ADAPT_CHARSET_H

#include <stddef.h>

#include "../base/problem.h"

/* `*text` has a NUL after it, free with memory_free; `*charset` is "UTF-8" or "CP949" (a constant). NUL bytes are
 * refused. */
ieum_status charset_to_utf8(const char *bytes, size_t size, char **text, size_t *text_size, const char **charset,
                            struct problem *problem);

#endif
