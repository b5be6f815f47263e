/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patterns (PCRE2, UTF, JIT where there is one, match limit 100,000). A limit that is hit means *undecided*, never *no match*.
 * Compiled patterns may be used by several threads at once.
 */
#ifndef IEUM_ADAPT_PATTERN_H
#define IEUM_ADAPT_PATTERN_H

#include <stddef.h>

#include "../base/problem.h"

struct pattern;
enum pattern_result { PATTERN_NO, PATTERN_YES, PATTERN_UNDECIDED };

/* `pointer`: where the pattern stands, for the problem (which also carries the column of the fault). */
ieum_status pattern_new(const char *expression, const char *pointer, struct pattern **pattern, struct problem *problem);
void pattern_free(struct pattern *pattern);
/* Finds the first match at or after byte `from`; on YES sets the byte offsets. Text must be valid UTF-8. Out of memory: UNDECIDED. */
enum pattern_result pattern_find(const struct pattern *pattern, const char *text, size_t size, size_t from, size_t *start,
                                 size_t *end);

/* The same for a text that is known to be valid UTF-8, `from` at the start of a code point: PCRE2 looks at all of it again otherwise, at every call. */
enum pattern_result pattern_find_valid(const struct pattern *pattern, const char *text, size_t size, size_t from,
                                       size_t *start, size_t *end);

#endif
