/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Unicode tables by utf8proc. In: code points; out: code points and classes. Must not allocate (the library's
 * allocating functions bypass our allocator) and must not look at more than the points it is given.
 */
#include "unicode.h"

#include <utf8proc.h>

/* utf8proc marks a code point that can be the second of a composing pair by an index in this range. */
#define SECOND_OF_PAIR 0x8000u
#define NO_PAIR UINT16_MAX

size_t unicode_fold(uint32_t point, uint32_t out[UNICODE_FOLD_MOST]) {
    utf8proc_int32_t folded[UNICODE_FOLD_MOST];
    int boundary = UTF8PROC_BOUNDCLASS_START;
    const utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)point, folded, UNICODE_FOLD_MOST, options, &boundary);
    if (count < 0 || count > UNICODE_FOLD_MOST) { /* cannot happen with the tables of today: keep the point as it is */
        out[0] = point;
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++) out[i] = (uint32_t)folded[i];
    return (size_t)count;
}

static unsigned combining_class(uint32_t point) {
    return (unsigned)utf8proc_get_property((utf8proc_int32_t)point)->combining_class;
}

size_t unicode_compose(uint32_t *points, size_t count) {
    /* Canonical ordering: a stable insertion sort of each run of non-starters (Unicode 3.11, D109). */
    for (size_t i = 1; i < count; i++) {
        const uint32_t moving = points[i];
        const unsigned class = combining_class(moving);
        size_t at = i;
        if (class == 0) continue;
        while (at > 0 && combining_class(points[at - 1]) > class) {
            points[at] = points[at - 1];
            at--;
        }
        points[at] = moving;
    }
    utf8proc_ssize_t composed = utf8proc_normalize_utf32((utf8proc_int32_t *)points, (utf8proc_ssize_t)count,
                                                         UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    return composed < 0 ? count : (size_t)composed;
}

bool unicode_attaches(uint32_t point) {
    uint32_t folded[UNICODE_FOLD_MOST];
    if (point < 0x300 && point != 0xAD) return false;
    if (unicode_fold(point, folded) == 0) /* an ignorable must not part what it stands between */
        return true;
    const uint32_t first = folded[0];
    if ((first >= 0x1161 && first <= 0x1175) || (first >= 0x11A8 && first <= 0x11C2)) /* Hangul vowels and finals */
        return true;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)first);
    return property->combining_class != 0 ||
           (property->comb_index != NO_PAIR && property->comb_index >= SECOND_OF_PAIR);
}

enum unicode_kind unicode_kind(uint32_t point) {
    if ((point >= 0x09 && point <= 0x0D) || point == 0x85) return UNICODE_SPACE;
    switch (utf8proc_category((utf8proc_int32_t)point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return UNICODE_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return UNICODE_MARK;
    case UTF8PROC_CATEGORY_ND: return UNICODE_DIGIT;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return UNICODE_SPACE;
    default: return UNICODE_OTHER;
    }
}
