/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Unicode tables (utf8proc): folding of single code points, composition, coarse classes. Knows nothing of texts or
 * offsets; the walk over a text is normalise.c.
 */
#ifndef IEUM_ADAPT_UNICODE_H
#define IEUM_ADAPT_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNICODE_FOLD_MOST 32 /* no code point unfolds to more (U+FDFA: 18) */

enum unicode_kind { UNICODE_OTHER, UNICODE_LETTER, UNICODE_MARK, UNICODE_DIGIT, UNICODE_SPACE };

/* Full compatibility decomposition with full case folding; default-ignorable code points give nothing. Returns how
 * many. */
size_t unicode_fold(uint32_t point, uint32_t out[UNICODE_FOLD_MOST]);
/* Puts folded points into canonical order and composes them in place; returns the new count. Quadratic: for short runs.
 */
size_t unicode_compose(uint32_t *points, size_t count);
/* Whether normalisation may join or reorder this code point with what stands before it. */
bool unicode_attaches(uint32_t point);
enum unicode_kind unicode_kind(uint32_t point);

#endif
