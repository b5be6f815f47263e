/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a zip file says of itself: how large its parts are once they are unpacked. In: the bytes. Out: a sum. It unpacks nothing; a reader that unpacks no more of a
 * part than its directory says is bounded by this sum. Source: PKWARE APPNOTE 6.3.10, sections 4.3.12 (central directory), 4.3.16 (its end), 4.5.3 (zip64).
 */
#ifndef IEUM_BASE_ZIP_DIRECTORY_H
#define IEUM_BASE_ZIP_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The sum over the parts whose names end in `ending`; saturates. False: the bytes have no directory that can be followed to its end. */
bool zip_unpacked_size(const void *bytes, size_t size, const char *ending, uint64_t *total);

#endif
