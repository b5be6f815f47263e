/* SPDX-License-Identifier: Apache-2.0 */
/* The dates of a program file: its effective period and the stages of its calendar, to the day or only to the month, as
 * sources give them. */
#ifndef IEUM_PROGRAM_CALENDAR_H
#define IEUM_PROGRAM_CALENDAR_H

#include "program.h"

/* What a stage of the calendar is for, in the order in which programs go: optional, "step". */
enum calendar_step { STEP_RECRUIT, STEP_SELECT, STEP_MATCH, STEP_AGREE, STEP_PERFORM, STEP_CLOSE, CALENDAR_STEPS };
extern const char *const calendar_step_names[CALENDAR_STEPS]; /* "recruit", "select", "match", "agree", "perform", "close" */

/* "2025-06-30", or "2025-06" for its first day or, at the `end` of a period, for a day that no other of the month is after. False: no date. */
bool calendar_day(const char *text, bool end, struct date *date);
/* Members "from" and "to" of an object: each "YYYY-MM-DD" or "YYYY-MM", both optional, from <= to. */
ieum_status period_check(const jval *object, const struct jpath *at, struct problem *problem);
/* "effective" (required) and "calendar". Stages begin in the order in which they are listed. */
ieum_status calendar_read(const jval *resolved, struct program *program, struct problem *problem);

#endif
