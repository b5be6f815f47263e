/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether what a well-made program file says can be meant. The readers (program.h) see that each member is what the format says; here the members are held against
 * each other: quotas that contradict, rules that nobody can meet, dates out of order. A mistake is an error and refuses the file before anything runs; what is merely
 * odd is a warning, and is said only where a list of mistakes is wanted (base/problem_list.h). Must not look at records or at the clock.
 */
#ifndef IEUM_PROGRAM_EXAMINE_H
#define IEUM_PROGRAM_EXAMINE_H

#include "program.h"

/* The program may have been read with gaps (program_gather): what is not there is not examined. The first error is the status, unless there is a list. */
ieum_status program_examine(const struct program *program, struct problem *problem);

#endif
