/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The image of a supplier: one run of bytes that is read many times faster than the JSON it was made of, because only
 * the light members become JSON again and the long texts stay where they lie. A cache beside the JSON, never instead of
 * it: what cannot be read as an image is read from the JSON.
 *
 * An image carries its version, the digest of the record's canonical JSON and a checksum over everything, so a stale or
 * damaged one is refused. Numbers are little-endian: a store may be carried to another machine.
 */
#ifndef IEUM_RECORD_IMAGE_H
#define IEUM_RECORD_IMAGE_H

#include "record.h"

/* The members that `json` of a lean supplier has; all others stay out, whatever their names. */
#define SUPPLIER_LIGHT_MEMBERS 19
extern const char *const supplier_light_members[SUPPLIER_LIGHT_MEMBERS];

/* Adds the image of a supplier that is not lean to the buffer. `digest`: of its canonical JSON, 64 hex digits. False
 * when memory fails. */
bool supplier_image_write(const struct supplier *supplier, const char *digest, struct buffer *image);

/*
 * Reads a lean supplier out of an image; the light members pass supplier_read like any record. `digest` is what the
 * image's own must be. The supplier points into `image`, which must outlive it; lists are put into the arena. False when
 * the bytes are of another version or record, or damaged, or when memory fails: then read the JSON. Release with
 * jval_free(supplier->json).
 */
bool supplier_image_read(const void *image, size_t size, const char *digest, struct arena *arena,
                         struct supplier *supplier);
/* Whether the bytes begin as an image of the version that supplier_image_write makes. */
bool supplier_image_current(const void *image, size_t size);

#endif
