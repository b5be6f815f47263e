/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Index terms of a text: a Hangul run gives its overlapping bigrams and the whole run; a Latin run (with digits inside) and a digit run
 * one word each, plural -s folded; mixed runs are split where the script changes. A single Hangul syllable is a term of its own.
 * One thing written in two ways gives the same terms: "3,000" is 3000; "10 kg" is 10kg; "0.5 mm" is 0.5mm; "pre-processing" is pre, processing and preprocessing.
 */
#ifndef IEUM_TEXT_TOKENS_H
#define IEUM_TEXT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#include "normalise.h"

/* Called for each term (UTF-8 bytes, valid during the call). Return false to stop (memory). */
typedef bool (*token_function)(void *context, const char *term, size_t size);
bool tokens_each(const struct normal_text *text, token_function function, void *context);

/* The same terms as code points, 1..TOKEN_LONGEST of them: what the index uses, without the way through UTF-8. */
#define TOKEN_LONGEST 64
typedef bool (*token_points_function)(void *context, const uint32_t *points, size_t count);
bool tokens_each_points(const struct normal_text *text, token_points_function function, void *context);

#endif
