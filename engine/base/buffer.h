/* SPDX-License-Identifier: Apache-2.0 */
/* A growable run of bytes for building text. After a failed allocation it stays as it was and `failed` is set. */
#ifndef IEUM_BASE_BUFFER_H
#define IEUM_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
    char *bytes; /* NUL-terminated whenever not NULL */
    size_t size, capacity;
    bool failed;
};

#define BUFFER_EMPTY ((struct buffer){0})

void buffer_add(struct buffer *buffer, const void *bytes, size_t size);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_byte(struct buffer *buffer, char byte);
/* A 32-bit number as four bytes, the lowest first, on every machine; and back. */
void buffer_add_word(struct buffer *buffer, uint32_t word);
uint32_t buffer_word_at(const unsigned char *bytes);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_clear(struct buffer *buffer); /* empties, keeps the memory */
void buffer_free(struct buffer *buffer);
/* Hands the bytes over (free with memory_free), never NULL unless memory failed; the buffer is empty after. */
char *buffer_take(struct buffer *buffer);

#endif
