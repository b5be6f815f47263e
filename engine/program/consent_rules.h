/* SPDX-License-Identifier: Apache-2.0 */
/* Who has to agree to a pair, and how long personal data of a round is kept: "consent" and "retention" of a program file. */
#ifndef IEUM_PROGRAM_CONSENT_RULES_H
#define IEUM_PROGRAM_CONSENT_RULES_H

#include "program.h"

/* Without the section nobody is asked. */
ieum_status consent_rules_read(const jval *resolved, struct program *program, struct problem *problem);
ieum_status retention_read(const jval *resolved, struct program *program, struct problem *problem);

#endif
