/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text normalised for comparison, with a way back: NFKC, case folded (utf8proc), each code point mapped to where it came from in the
 * stored text. NFC, NFD, full-width and half-width forms of one text give the same result.
 */
#ifndef IEUM_TEXT_NORMALISE_H
#define IEUM_TEXT_NORMALISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"

enum script { SCRIPT_OTHER, SCRIPT_SPACE, SCRIPT_HANGUL, SCRIPT_LATIN, SCRIPT_DIGIT, SCRIPT_HAN };

/* The composed syllables of Hangul. */
#define HANGUL_FIRST 0xAC00u
#define HANGUL_LAST 0xD7A3u
static inline bool is_syllable(uint32_t point) { return point >= HANGUL_FIRST && point <= HANGUL_LAST; }

struct normal_text {
    uint32_t *points;  /* normalised code points; Hangul composed (NFC) */
    uint32_t *start;   /* of each: offset in code points of the stored text where it begins … */
    uint32_t *end;     /* … and ends (exclusive) */
    uint8_t *script;   /* enum script of each */
    size_t count, capacity;
};
#define NORMAL_TEXT_EMPTY ((struct normal_text){0})

/* Normalises UTF-8; the struct's memory is reused between calls and freed with normal_text_free. */
ieum_status normalise(const char *text, size_t size, struct normal_text *out, struct problem *problem);
void normal_text_free(struct normal_text *text);

#endif
