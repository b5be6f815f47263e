/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a pair goes through after the result is published, as the program says: "fulfilment", the stages in order (agreement 협약, use 이용, verification 기술 검증, result report
 * 결과보고, settlement 정산), and what has to be given with each; and "module", which of the four modules of R-013 the program is.
 *
 * The first stage, and no other, is the agreement; a settlement can only be the last; between them lies at least one stage of work. A program that says nothing has three: agreement,
 * report, settlement, with nothing to be given.
 */
#ifndef IEUM_PROGRAM_FULFILMENT_H
#define IEUM_PROGRAM_FULFILMENT_H

#include "program.h"

/* Reads "fulfilment" and "module" of the resolved file into the program; the stages borrow from it. */
ieum_status fulfilment_read(const jval *resolved, struct program *program, struct problem *problem);

#endif
