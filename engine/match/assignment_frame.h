/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An assignment problem, checked and indexed: what every method of this room stands on.
 * In: an assignment_problem as the caller wrote it. Out: a frame, or the reason why the problem is malformed. It must
 * not judge whether an assignment exists.
 */
#ifndef IEUM_MATCH_ASSIGNMENT_FRAME_H
#define IEUM_MATCH_ASSIGNMENT_FRAME_H

#include "laminar.h"

/*
 * A limit is a min..max on a number of pairs. Limits are numbered: the demands, then the suppliers, then the groups. A
 * pair counts for its demand, its supplier, and every group around either.
 */
struct assignment_frame {
    const struct assignment_problem *assignment;
    uint32_t edge_count, limit_count, first_supplier, first_group;
    int64_t unit, most; /* what a pair counts as in limits and locks, and what one that is not locked may carry: 1 and
                           1, but with method random Q and p */
    struct laminar laminar; /* the parent of every limit */
    int64_t *limit_min, *limit_max;
    uint32_t *edge_demand; /* per candidate pair */
    uint8_t *edge_rule;    /* per candidate pair, ASSIGNMENT_EDGE_… bits */
    uint32_t *lock_edge;   /* per lock: its candidate pair, or ASSIGNMENT_NONE */
    uint32_t *veto_edge;   /* per veto */
};

/* Free with assignment_frame_free, also after a failure. The frame borrows `assignment`. */
ieum_status assignment_frame_build(const struct assignment_problem *assignment, struct assignment_frame *frame,
                                   struct problem *problem);
void assignment_frame_free(struct assignment_frame *frame);

/* Adds to load[group] what the demands and suppliers carry: load has limit_count places, those of groups are
 * overwritten. */
void assignment_frame_sum_groups(const struct assignment_frame *frame, int64_t *load);

/* The limit of the supplier of a candidate pair. */
static inline uint32_t assignment_frame_supplier(const struct assignment_frame *frame, uint32_t edge) {
    return frame->first_supplier + frame->assignment->edge_supplier[edge];
}

/* Whether pairs flow from around the limit into it: demands and groups of demands. */
static inline bool assignment_frame_is_demand_side(const struct assignment_frame *frame, uint32_t limit) {
    if (limit < frame->first_group) return limit < frame->first_supplier;
    return frame->assignment->groups[limit - frame->first_group].side == ASSIGNMENT_DEMAND;
}

/* The minimum of a limit, or its maximum, as a requirement. */
static inline struct assignment_requirement assignment_frame_requirement(const struct assignment_frame *frame,
                                                                         uint32_t limit, bool maximum) {
    bool demand = limit < frame->first_supplier, supplier = !demand && limit < frame->first_group;
    enum assignment_need min = demand     ? ASSIGNMENT_DEMAND_MIN
                               : supplier ? ASSIGNMENT_SUPPLIER_MIN
                                          : ASSIGNMENT_GROUP_MIN;
    uint32_t first = demand ? 0 : supplier ? frame->first_supplier : frame->first_group;
    return (struct assignment_requirement){(enum assignment_need)(min + maximum), limit - first};
}

/* The candidate pair of two valid indices, or ASSIGNMENT_NONE. */
uint32_t assignment_find_edge(const struct assignment_problem *assignment, struct assignment_pair pair);

#endif
