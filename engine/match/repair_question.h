/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The question of a repair, checked, with its barred pairs in order.
 * In: a checked assignment_problem and a question. Out: `order`, or the reason why the question is malformed.
 */
#ifndef IEUM_MATCH_REPAIR_QUESTION_H
#define IEUM_MATCH_REPAIR_QUESTION_H

#include "assignment_frame.h"
#include "repair.h"

struct repair_place {
    struct assignment_pair pair;
    uint32_t index;
};

/* `order`: barred_count places, written: the barred pairs by demand, then supplier. IEUM_OK or
 * IEUM_INVALID. */
ieum_status repair_question_check(const struct assignment_problem *assignment, const struct repair_question *question,
                                  struct repair_place *order, struct problem *problem);
/* The index of a barred pair, or ASSIGNMENT_NONE. */
uint32_t repair_question_find(const struct repair_question *question, const struct repair_place *order,
                              struct assignment_pair pair);

/* What waiving a requirement costs; 0: it may not be waived. */
static inline int64_t repair_cost_of(const struct repair_question *question, struct assignment_requirement it) {
    const struct repair_price *price = &question->price[it.need];
    return price->each ? price->each[it.index] : price->all;
}

/* By demand, then supplier. */
static inline int repair_compare_pairs(struct assignment_pair one, struct assignment_pair other) {
    if (one.demand != other.demand) return one.demand < other.demand ? -1 : 1;
    return one.supplier < other.supplier ? -1 : one.supplier > other.supplier;
}

#endif
