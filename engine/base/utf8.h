/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 by hand, where a table is not needed: stepping, counting, display width, cutting. */
#ifndef IEUM_BASE_UTF8_H
#define IEUM_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the code point at *position (< size) and steps past it. An invalid byte gives U+FFFD and steps one byte. */
uint32_t utf8_next(const char *text, size_t size, size_t *position);
/* Writes 1..4 bytes, returns how many. */
size_t utf8_write(uint32_t code_point, char bytes[4]);
bool utf8_valid(const char *text, size_t size); /* no overlong forms, surrogates or values past U+10FFFF */
size_t utf8_count(const char *text, size_t size);                /* code points */
size_t utf8_count_valid(const char *text, size_t size);          /* the same, quicker, of a text known to be valid */
size_t utf8_offset(const char *text, size_t size, size_t count); /* byte offset of code point `count`, size at the end */
int utf8_width(uint32_t code_point);                             /* terminal columns: 0, 1 or 2 (Hangul, Han, wide forms) */
size_t utf8_text_width(const char *text);
/* The greatest n <= limit so that text[0..n) ends at a code point. */
size_t utf8_cut(const char *text, size_t size, size_t limit);

#endif
