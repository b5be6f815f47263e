/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "assignment": {"variety": {"supplier_field", "max", "source"}} of a program file. In: the resolved section, with the program's method and bounds already read. Out:
 * program->variety. INVALID names the place: a field that is no pointer, a most below 1, a method that cannot keep it.
 */
#ifndef IEUM_PROGRAM_VARIETY_RULE_H
#define IEUM_PROGRAM_VARIETY_RULE_H

#include "program.h"

ieum_status variety_rule_read(const jval *assignment, const struct jpath *at, struct program *program, struct problem *problem);

#endif
