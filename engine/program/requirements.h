/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a demand's firm must have behind it before a step: "requires", [{"module", "by"?, "before", "reason", "source"}]. AI + manufacturing has an expert's diagnosis before the matching
 * . Without it a demand is not barred: it waits, and the step says for what.
 */
#ifndef IEUM_PROGRAM_REQUIREMENTS_H
#define IEUM_PROGRAM_REQUIREMENTS_H

#include "program.h"

ieum_status requirements_read(const jval *resolved, struct program *program, struct problem *problem);

#endif
