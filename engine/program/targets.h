/* SPDX-License-Identifier: Apache-2.0 */
/* What a program is to reach: its targets, and plans by year ({"2025": 20, "2026": 60, …}) of a target or of the budget. */
#ifndef IEUM_PROGRAM_TARGETS_H
#define IEUM_PROGRAM_TARGETS_H

#include "program.h"

/*
 * "targets" of a program file. `years` of a target lie within its period (from and to are then required). Of a target that counts applications the years add up to no more than its
 * value, and to exactly that where every year of the period has a plan.
 */
ieum_status targets_read(const jval *resolved, struct problem *problem);
/* "years" of the budget: whole KRW; those in the effective period add up to no more than `total_krw` (AMOUNT_MISSING: no total is given). */
ieum_status budget_years_read(const jval *budget, const struct program *program, int64_t total_krw, struct problem *problem);
/* The plan of a year; NaN: none. `owner` is the target or the budget. */
double year_plan(const jval *owner, int year);

#endif
