/* SPDX-License-Identifier: Apache-2.0 */
/* Digests (libsodium; SHA-256 unless said otherwise) as 64 lower-case hex digits. */
#ifndef IEUM_ADAPT_DIGEST_H
#define IEUM_ADAPT_DIGEST_H

#include <stddef.h>

#define DIGEST_TEXT 65 /* with the NUL */

struct digest {
    _Alignas(64) unsigned char state[512]; /* holds the library's state; checked at compile time */
};
void digest_begin(struct digest *digest);
void digest_add(struct digest *digest, const void *bytes, size_t size);
void digest_add_text(struct digest *digest, const char *text); /* with its NUL, so that texts cannot run together */
void digest_end(struct digest *digest, char text[DIGEST_TEXT]);
void digest_of(const void *bytes, size_t size, char text[DIGEST_TEXT]);
/* BLAKE2b of 256 bits (`b2sum -l 256`): as strong as SHA-256 and faster, for files of megabytes that are read before every run. */
void digest_of_file(const void *bytes, size_t size, char text[DIGEST_TEXT]);

#endif
