/* SPDX-License-Identifier: Apache-2.0 */
/*
 * KSIC, the Korean Standard Industrial Classification: "C", "C30", "C303", "C3039", "C30399", the letter optional when
 * digits are given. A five-digit code means different things in revisions 10 and 11, so codes compare in full only
 * within one revision; without a common revision they compare at two and three digits (domain/vocabulary.md 1).
 */
#ifndef IEUM_RECORD_KSIC_H
#define IEUM_RECORD_KSIC_H

#include <stdbool.h>
#include <stddef.h>

struct ksic {
    char section;   /* 'A'..'U' */
    char digits[6]; /* "" .. "30399", NUL-terminated */
    int revision;   /* 10, 11, or 0 when not said */
};

/* Reads a code; false when it is not one: the letter must be the section of the two digits (C is 10–34). */
bool ksic_read(const char *text, int revision, struct ksic *ksic);
/* Whether the code lies under a prefix such as "C", "C20", "C271": prefixes longer than three digits are compared only
 * when both revisions are known and equal (or `revision` of the prefix is 0). */
bool ksic_under(const struct ksic *ksic, const char *prefix, int revision);
/* Digits the two codes share from the left: 2..5, or 0 = only the section; 4 and 5 only within one known revision. -1:
 * other sections. */
int ksic_common(const struct ksic *a, const struct ksic *b);
/* The section letter of a two-digit division, 0 when there is none. */
char ksic_section(int division);

#endif
