/* SPDX-License-Identifier: Apache-2.0 */
#include "buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"

/* Room for `size` more bytes and the NUL. */
static bool make_room(struct buffer *buffer, size_t size) {
    if (buffer->failed) return false;
    if (size < SIZE_MAX - 1 - buffer->size) {
        size_t needed = buffer->size + size + 1;
        if (needed <= buffer->capacity) return true;
        size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity;
        while (capacity < needed) capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
        char *bytes = memory_resize(buffer->bytes, capacity, 1);
        if (bytes) {
            buffer->bytes = bytes;
            buffer->capacity = capacity;
            return true;
        }
    }
    buffer->failed = true;
    return false;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t size) {
    if (!make_room(buffer, size)) return;
    if (size) memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    buffer->bytes[buffer->size] = '\0';
}

void buffer_add_text(struct buffer *buffer, const char *text) { buffer_add(buffer, text, strlen(text)); }
void buffer_add_byte(struct buffer *buffer, char byte) { buffer_add(buffer, &byte, 1); }

void buffer_add_word(struct buffer *buffer, uint32_t word) {
    const unsigned char bytes[4] = {word & 0xFF, word >> 8 & 0xFF, word >> 16 & 0xFF, (unsigned char)(word >> 24)};
    buffer_add(buffer, bytes, sizeof bytes);
}

uint32_t buffer_word_at(const unsigned char *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

void buffer_format(struct buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size >= 0 && make_room(buffer, (size_t)size)) {
        vsnprintf(buffer->bytes + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

void buffer_clear(struct buffer *buffer) {
    buffer->size = 0;
    if (buffer->bytes) buffer->bytes[0] = '\0';
}

void buffer_free(struct buffer *buffer) {
    memory_free(buffer->bytes);
    *buffer = BUFFER_EMPTY;
}

char *buffer_take(struct buffer *buffer) {
    buffer_add(buffer, "", 0);
    char *bytes = buffer->bytes;
    bool failed = buffer->failed;
    *buffer = BUFFER_EMPTY;
    if (!failed) return bytes;
    memory_free(bytes);
    return NULL;
}
