/* SPDX-License-Identifier: Apache-2.0 */
#include "utf8.h"

#include <string.h>

/* Length of the valid sequence at text (1..4), 0 when it is not one; RFC 3629. */
static size_t sequence(const unsigned char *text, size_t size, uint32_t *code_point) {
    unsigned char first = text[0];
    if (first < 0x80) {
        *code_point = first;
        return 1;
    }
    size_t length = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
    if (length == 0 || length > size) return 0;
    uint32_t value = first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80) return 0;
        value = value << 6 | (text[i] & 0x3Fu);
    }
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return 0;
    *code_point = value;
    return length;
}

uint32_t utf8_next(const char *text, size_t size, size_t *position) {
    uint32_t value = 0xFFFD;
    size_t length = sequence((const unsigned char *)text + *position, size - *position, &value);
    *position += length ? length : 1;
    return length ? value : 0xFFFD;
}

size_t utf8_write(uint32_t c, char bytes[4]) {
    if (c < 0x80) {
        bytes[0] = (char)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--, c >>= 6) bytes[i] = (char)(0x80 | (c & 0x3F));
    bytes[0] = (char)(lead[length] | c);
    return length;
}

/* A sequence of three bytes that is valid: no lead of overlong forms, no surrogate. */
static inline bool is_three(const unsigned char *bytes) {
    return (unsigned)(bytes[0] - 0xE1) < 15 && ((bytes[1] ^ 0x80) | (bytes[2] ^ 0x80)) < 0x40 &&
           (bytes[0] != 0xED || bytes[1] < 0xA0);
}

bool utf8_valid(const char *text, size_t size) {
    const unsigned char *bytes = (const unsigned char *)text;
    uint32_t ignored;
    for (size_t i = 0; i < size;) {
        /* Quickly over ASCII and the three bytes of a syllable, which are most of every text. */
        while (i < size && bytes[i] < 0x80) i++;
        while (size - i >= 3 && is_three(bytes + i)) i += 3;
        if (i == size) break;
        size_t length = sequence(bytes + i, size - i, &ignored);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

size_t utf8_count(const char *text, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < size; count++) utf8_next(text, size, &i);
    return count;
}

/* Every code point has one byte that continues nothing. */
size_t utf8_count_valid(const char *text, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < size; i++) count += (text[i] & 0xC0) != 0x80;
    return count;
}

size_t utf8_offset(const char *text, size_t size, size_t count) {
    size_t i = 0;
    while (count-- > 0 && i < size) utf8_next(text, size, &i);
    return i;
}

/* Ranges that East Asian terminals draw two columns wide (UAX 11, classes W and F, without the rare planes' gaps). */
int utf8_width(uint32_t c) {
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return 0;
    if ((c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF) return 0;
    if (c >= 0x1160 && c <= 0x11FF) return 0; /* conjoining vowels and finals stand on their leading consonant */
    static const struct { uint32_t first, last; } wide[] = {
        {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xA960, 0xA97F},
        {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
        {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (c >= wide[i].first && c <= wide[i].last) return 2;
    return 1;
}

size_t utf8_text_width(const char *text) {
    size_t size = strlen(text), width = 0;
    for (size_t i = 0; i < size;) width += (size_t)utf8_width(utf8_next(text, size, &i));
    return width;
}

size_t utf8_cut(const char *text, size_t size, size_t limit) {
    if (limit >= size) return size;
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80) limit--;
    return limit;
}
