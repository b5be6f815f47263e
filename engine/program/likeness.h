/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When two short texts of records mean the same value: letter case (ASCII), spaces, hyphens, underscores and middle
 * dots do not count, so "ISO27001" is "ISO 27001". For names of firms, the legal form does not count either. Works on
 * bytes and needs no memory, because it runs for every pair. Text in need or summary is the business of engine/text.
 */
#ifndef IEUM_PROGRAM_LIKENESS_H
#define IEUM_PROGRAM_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>

bool value_alike(const char *a, const char *b);
bool value_begins_alike(const char *text, const char *prefix); /* an empty prefix is no prefix */
bool firm_name_alike(const char *a, const char *b);            /* NULL or empty is like nothing */
/* What the two compare by, for tables: firm_name_alike(a, b) if the cores of a and b are equal and not empty, and likewise values and numbers. Writes at most
 * strlen(text) bytes, no NUL; returns how many; NULL has an empty core. */
size_t firm_name_core(const char *text, char *core);
size_t value_core(const char *text, char *core);
size_t number_core(const char *text, char *core);
bool number_alike(const char *a, const char *b); /* the digits are equal; NULL or no digits is like nothing */

#endif
