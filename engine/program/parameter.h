/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parameters of a program file: the visible choices. Anywhere else in the file {"parameter": "id"} stands for the value
 * of that parameter, so that a choice is made in one place and every use follows it.
 */
#ifndef IEUM_PROGRAM_PARAMETER_H
#define IEUM_PROGRAM_PARAMETER_H

#include "program.h"

/* Reads the member "parameters" of `json`; texts and values are borrowed from it. */
ieum_status parameters_read(const jval *json, struct arena *arena, struct parameter **parameters, size_t *count,
                            struct problem *problem);
/* The same of the list `key` of the object that stands at `at`. */
ieum_status parameters_read_in(const jval *json, const struct jpath *at, const char *key, struct arena *arena, struct parameter **parameters, size_t *count,
                               struct problem *problem);
/*
 * A copy of the program file with every reference replaced, those to its jurisdiction too (NULL: it names none); "parameters" itself is left as it is. A rule's
 * "union" that the jurisdiction does not define is refused. Free with jval_free.
 */
ieum_status parameters_resolve(const jval *json, const struct parameter *parameters, size_t count, const struct jurisdiction *jurisdiction, jval **resolved,
                               struct problem *problem);
/* NULL when the program has no such parameter. */
const struct parameter *parameter_find(const struct parameter *parameters, size_t count, const char *id);

#endif
