/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds on pairs in a program file: "min" and "max" of a side, and "assignment"/"groups", limits on many together. */
#ifndef IEUM_PROGRAM_GROUP_RULES_H
#define IEUM_PROGRAM_GROUP_RULES_H

#include "program.h"

/* object[key] = {"min"?, "max"?}; no maximum of its own: INT64_MAX. */
ieum_status bounds_read(const jval *object, const struct jpath *up, const char *key, struct bounds *bounds,
                        struct problem *problem);
/* The groups of the section `assignment`, which stands at `at`; absent: none. */
ieum_status group_rules_read(const jval *assignment, const struct jpath *at, struct program *program, struct problem *problem);

#endif
