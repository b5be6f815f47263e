/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A problem: why something was refused, for people (Korean and English) and for programs (code, JSON
 * Pointer or file, line and column, the value found and what was expected). RFC 9457, RFC 6901.
 *
 * Every function that can fail returns an ieum_status and takes a `struct problem *` (never NULL). The
 * first problem wins: setting a second one changes nothing.
 */
#ifndef IEUM_BASE_PROBLEM_H
#define IEUM_BASE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "../ieum.h"

struct problem_list;

struct problem {
    ieum_status status;  /* IEUM_OK: no problem */
    char pointer[256];   /* JSON Pointer into the request or record; "" = whole */
    char source[256];    /* file name, when the input is a file */
    size_t line, column; /* 1-based; 0 = not known. Column counts code points, or CSV columns. */
    char value[128];     /* what was found, shortened; "" = nothing to show */
    char expected[256];  /* what is expected, language-neutral: "YYYY-MM-DD", "0..100", a list of values */
    char ko[512];        /* a sentence for a program manager */
    char en[512];
    struct problem_list *aside; /* NULL: the first problem ends the reading (problem_list.h) */
};

void problem_clear(struct problem *problem); /* `aside` stays */

/*
 * Sets the problem unless one is set, and returns the status of the one that stands. Both formats take the
 * same arguments in the same order (write %1$s … where the order of words differs).
 */
ieum_status problem_set(struct problem *problem, ieum_status status, const char *pointer, const char *ko_format,
                        const char *en_format, ...);

/* Details, kept only when empty so far; text is cut at a code point, bytes that are not UTF-8 become '?'. They may follow problem_set directly. */
void problem_set_value(struct problem *problem, const char *value);
void problem_set_expected(struct problem *problem, const char *expected);
void problem_set_place(struct problem *problem, const char *source, size_t line, size_t column);

/* Puts `prefix` (a JSON Pointer) before the pointer of a problem that was set by a callee. */
void problem_prefix_pointer(struct problem *problem, const char *prefix);

/* Sets IEUM_MEMORY with the standard sentence. */
ieum_status problem_set_memory(struct problem *problem);

#endif
