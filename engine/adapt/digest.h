/* SPDX-License-Identifier: Apache-2.0 */
/* Digests (libsodium; SHA-256 unless said otherwise) as 64 lower-case hex digits. */
#ifndef IEUM_ADAPT_DIGEST_H
#define IEUM_ADAPT_DIGEST_H

#include <stdbool.h>
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
/* Whether two digests are the same, in a time that does not tell where they differ. Both are DIGEST_TEXT long. */
bool digest_same(const char a[DIGEST_TEXT], const char b[DIGEST_TEXT]);

/* ---- secrets ---- */

enum { SECRET_BYTES = 32, SECRET_TEXT = 44 }; /* 256 bits; base64url without padding and a NUL */
void secret_write(const unsigned char bytes[SECRET_BYTES], char text[SECRET_TEXT]);
/* Overwrites memory that held a secret, in a way that is not optimised away. */
void secret_wipe(void *bytes, size_t size);

#endif
