/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a pattern can match at all, as far as that can be decided by its anchors: "a^", "$a" and "(?!)" match nothing. The pattern is followed over all that a text can
 * look like at a place: nothing read yet or something, the end demanded or not. Whatever is not understood counts as possible, so that only what surely never matches is
 * said to; whether a PCRE2 pattern matches anything cannot be decided in general.
 */
#ifndef IEUM_PROGRAM_PATTERN_SENSE_H
#define IEUM_PROGRAM_PATTERN_SENSE_H

#include <stdbool.h>

/* `expression` must compile (adapt/pattern.h), without options that change what ^ and $ mean. */
bool pattern_never_matches(const char *expression);

#endif
