/* SPDX-License-Identifier: Apache-2.0 */
/* Values of a record by JSON Pointer (RFC 6901), and whether one is missing: absent, null, blank, or a list of nothing.
 */
#ifndef IEUM_PROGRAM_LOCATE_H
#define IEUM_PROGRAM_LOCATE_H

#include <stdbool.h>

#include "../adapt/json.h"

/* Whether a text is a JSON Pointer to something inside a record ("/firm/region"). */
bool pointer_valid(const char *pointer);
/* The value at the pointer, NULL when there is none. */
const jval *value_at(const jval *record, const char *pointer);
/* The list before the step "*" of a pointer, and in `*rest` the pointer from its elements on. Without such a step the value itself, and "". */
const jval *value_list_at(const jval *record, const char *pointer, const char **rest);
bool value_missing(const jval *value);

/* A value looked at as a list: a list is itself, anything else one element. Elements that are missing still count. */
size_t value_count(const jval *value);
const jval *value_item(const jval *value, size_t index);
/* Every element of a value as text, in the arena. */
ieum_status value_texts(const jval *value, struct arena *arena, struct text_list *texts, struct problem *problem);
/* "a, b, c"; NULL only when memory fails. */
char *texts_join(const struct text_list *texts, struct arena *arena);

#endif
