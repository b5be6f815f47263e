/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cost items of a project: "cost_items" of a program file says what may be asked for and how much of the whole each item may be at most. A demand asks for them line by line
 * (record/cost_lines.h). That the lines are of these items, keep the percents and add up to the amount of the application is a rule of eligibility, added here, so that every check,
 * list of points to confirm and sheet has it. What is granted falls to the lines in proportion to what they ask.
 */
#ifndef IEUM_PROGRAM_COST_ITEMS_H
#define IEUM_PROGRAM_COST_ITEMS_H

#include "eligible.h"

struct cost_item {
    const char *id;
    struct text2 title;
    int64_t most_percent; /* of what the project asks for in all; 100: no limit */
    const char *source;
};
struct cost_items {
    const struct cost_item *items;
    size_t count;
    const char *amount_field; /* where an application says the amount: that of the selection */
};

/* Sets program->cost_items and the rule; eligibility and selection must have been read. */
ieum_status cost_items_read(const jval *resolved, struct program *program, struct problem *problem);
/* The lines of a demand that states some: passes, or fails with the detail of the first that does not hold; without an amount to compare with it asks. */
ieum_status cost_items_judge(const struct cost_items *costs, const struct demand *demand, struct arena *arena, struct finding *finding, bool *ask, struct problem *problem);
/* NULL: the program has no such item. */
const struct cost_item *cost_item_find(const struct cost_items *costs, const char *id);
/*
 * parts[i] of `granted` KRW to line i, by what the lines ask: rounded down, what is left goes one KRW each to those with the largest remainders, the first of equal ones. The parts add up
 * to `granted`; all are 0 where nothing is asked.
 */
void cost_items_split(const int64_t *asked, size_t count, int64_t granted, int64_t *parts);

#endif
