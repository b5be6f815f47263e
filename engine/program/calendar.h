/* SPDX-License-Identifier: Apache-2.0 */
/* The dates of a program file: its effective period and the stages of its calendar, to the day or only to the month, as
 * sources give them. */
#ifndef IEUM_PROGRAM_CALENDAR_H
#define IEUM_PROGRAM_CALENDAR_H

#include "program.h"

/* Members "from" and "to" of an object: each "YYYY-MM-DD" or "YYYY-MM", both optional, from <= to. */
ieum_status period_check(const jval *object, const struct jpath *at, struct problem *problem);
/* "effective" (required) and "calendar". Stages begin in the order in which they are listed. */
ieum_status calendar_read(const jval *resolved, struct program *program, struct problem *problem);

#endif
