/* SPDX-License-Identifier: Apache-2.0 */
/* What a project asks for, cost item by cost item: `cost_items` of a demand, [{"item", "krw"}]. Which items there are is said by the program (program/cost_items.h). */
#ifndef IEUM_RECORD_COST_LINES_H
#define IEUM_RECORD_COST_LINES_H

#include "record.h"

struct cost_line {
    const char *item; /* stands in the record */
    int64_t krw;
};

/*
 * The lines in the order of the record, in the arena; none where it states none. Refused: a line that is no object, lacks its item or its amount, an amount that is no whole number of
 * KRW, an item that stands twice.
 */
ieum_status cost_lines_read(const jval *demand, const struct jpath *at, struct arena *arena, struct cost_line **lines, size_t *count, struct problem *problem);

#endif
