/* SPDX-License-Identifier: Apache-2.0 */
#include "digest.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(((struct digest *)0)->state), "the digest's state must fit");

static crypto_hash_sha256_state *state_of(struct digest *digest) { return (crypto_hash_sha256_state *)(void *)digest->state; }

void digest_begin(struct digest *digest) { crypto_hash_sha256_init(state_of(digest)); }

void digest_add(struct digest *digest, const void *bytes, size_t size) {
    crypto_hash_sha256_update(state_of(digest), bytes, size);
}

void digest_add_text(struct digest *digest, const char *text) { digest_add(digest, text, strlen(text) + 1); }

void digest_end(struct digest *digest, char text[DIGEST_TEXT]) {
    unsigned char raw[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state_of(digest), raw);
    sodium_bin2hex(text, DIGEST_TEXT, raw, sizeof raw);
}

void digest_of(const void *bytes, size_t size, char text[DIGEST_TEXT]) {
    struct digest digest;
    digest_begin(&digest);
    digest_add(&digest, bytes, size);
    digest_end(&digest, text);
}

void digest_of_file(const void *bytes, size_t size, char text[DIGEST_TEXT]) {
    unsigned char raw[32];
    crypto_generichash(raw, sizeof raw, bytes, size, NULL, 0);
    sodium_bin2hex(text, DIGEST_TEXT, raw, sizeof raw);
}

bool digest_same(const char a[DIGEST_TEXT], const char b[DIGEST_TEXT]) { return sodium_memcmp(a, b, DIGEST_TEXT) == 0; }

_Static_assert(SECRET_TEXT == sodium_base64_ENCODED_LEN(SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING), "a secret's text must fit");

void secret_write(const unsigned char bytes[SECRET_BYTES], char text[SECRET_TEXT]) {
    sodium_bin2base64(text, SECRET_TEXT, bytes, SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void secret_wipe(void *bytes, size_t size) { sodium_memzero(bytes, size); }
