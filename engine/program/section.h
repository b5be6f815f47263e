/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plain sections of a program file: everything but parameters, rules, features and criteria. Also the small readers
 * that all sections share. Reads the resolved file, borrows from it, and sets the plain members of struct program.
 */
#ifndef IEUM_PROGRAM_SECTION_H
#define IEUM_PROGRAM_SECTION_H

#include "program.h"

/* An object with no members but the known ones. */
ieum_status object_check(const jval *json, const struct jpath *at, const char *const *known, size_t count,
                         struct problem *problem);
/* {"ko": …, "en": …}, both not blank. Absent leaves *text as it was unless `required`. */
ieum_status text2_read(const jval *object, const struct jpath *at, const char *key, bool required, struct text2 *text,
                       struct problem *problem);
/* The member "id": [a-z0-9_-]+, beginning with a letter. */
ieum_status id_read(const jval *object, const struct jpath *at, const char **id, struct problem *problem);
bool id_same(const char *a, const char *b); /* an id that could not be read (NULL) is like none */
/* Refuses an id that stood before; `at` is the object that has it. */
ieum_status id_refuse_twice(const jval *id, const struct jpath *at, struct problem *problem);

/* Title, sides, owner, operator, partners, quota, budget, calendar, assignment, consent, targets, sources. */
ieum_status sections_read(const jval *resolved, struct program *program, struct problem *problem);

#endif
