/* SPDX-License-Identifier: Apache-2.0 */
/* Features and criteria of a program file: which numbers are looked at, and what points they earn. */
#ifndef IEUM_PROGRAM_CRITERION_H
#define IEUM_PROGRAM_CRITERION_H

#include "program.h"

/* Sets features, criteria and points_total of the program. Points sum to 100, the weights of a criterion's features
 * to 1. */
ieum_status criteria_read(const jval *resolved, bool (*known_kind)(const char *kind), struct program *program,
                          struct problem *problem);

#endif
