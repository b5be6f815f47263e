/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The price of a limit is the difference of potentials between its node and what is around it. Two things the network
 * does not know:
 *
 * A limit to which locked pairs bring more than its minimum, and through which nothing else flows, may have a negative
 * difference; a reader would refuse that price. With 0 instead, every other pair under the limit (none is chosen) is
 * worth less than before, so less than 0: the proof stays true and fixes them all. The limit is then `shut`: nothing
 * free is left under it, and neither it nor what it holds needs a price ever after.
 *
 * A pair that was left out of the network lies under a limit that locks or its maximum leave no room. The first stage
 * gives that limit a price at which the pair is worth less than nothing, which fixes the pair.
 */
#include "staged_prices.h"

enum { LOT_FREE, LOT_FIXED, LOT_SHUTTING, LOT_SHUT };

static bool is_demand_side(const struct assignment_frame *frame, uint32_t limit) {
    if (limit < frame->first_group) return limit < frame->first_supplier;
    return frame->assignment->groups[limit - frame->first_group].side == ASSIGNMENT_DEMAND;
}

static void price_limit(struct staged *staged, uint32_t limit) {
    const struct assignment_network *network = &staged->network;
    const int64_t *potential = staged->solution.potential;
    uint32_t node = network->limit_node[limit], parent = staged->frame.laminar.parent[limit];
    staged->price[limit] = 0;
    if (node == ASSIGNMENT_NONE || staged->lot[limit] == LOT_SHUT) return;
    int64_t price = potential[node] - potential[parent == ASSIGNMENT_NONE ? 0 : network->limit_node[parent]];
    if (!is_demand_side(&staged->frame, limit)) price = -price;
    if (price < 0 && staged->lot[limit] == LOT_FREE && !(network->limit_state[limit] & LIMIT_ASKS) &&
        staged->locked[limit] > staged->frame.limit_min[limit]) {
        staged->lot[limit] = LOT_SHUTTING;
        return;
    }
    staged->price[limit] = price;
    if (price != 0) staged->lot[limit] = LOT_FIXED;
}

/* The sum of the prices from a limit up; `full` becomes a full limit on the way, if there is one. */
static int64_t price_up(const struct staged *staged, uint32_t limit, uint32_t *full) {
    int64_t sum = 0;
    for (; limit != ASSIGNMENT_NONE; limit = staged->frame.laminar.parent[limit]) {
        sum += staged->price[limit];
        if (staged->network.limit_state[limit] & LIMIT_FULL) *full = limit;
    }
    return sum;
}

static void price_full_limits(struct staged *staged, const struct staged_goal *goal) {
    const struct assignment_frame *frame = &staged->frame;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        uint32_t full = ASSIGNMENT_NONE;
        if (frame->edge_rule[edge] != 0) continue;
        int64_t worth = staged_gain(goal, frame->assignment->edge_score[edge], edge) -
                        price_up(staged, frame->edge_demand[edge], &full) -
                        price_up(staged, assignment_frame_supplier(frame, edge), &full);
        if (full != ASSIGNMENT_NONE && worth >= 0) staged->price[full] += worth + 1;
    }
}

/* What lies under a limit that has been shut is shut too: parents come first. */
static void spread_shut(struct staged *staged) {
    const struct assignment_frame *frame = &staged->frame;
    for (uint32_t i = 0; i < frame->limit_count; i++) {
        uint32_t groups = frame->assignment->group_count;
        uint32_t limit = i < groups ? frame->first_group + frame->laminar.order[i] : i - groups;
        uint32_t parent = frame->laminar.parent[limit];
        bool inside = parent != ASSIGNMENT_NONE && staged->lot[parent] == LOT_SHUT;
        if (inside || staged->lot[limit] == LOT_SHUTTING) staged->lot[limit] = LOT_SHUT;
    }
}

ieum_status staged_prices_write(struct staged *staged, const struct staged_goal *goal, struct staged_proof *proof,
                                struct problem *problem) {
    const struct assignment_frame *frame = &staged->frame;
    ieum_status status = IEUM_OK;
    bool shutting = false;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        price_limit(staged, limit);
        shutting = shutting || staged->lot[limit] == LOT_SHUTTING;
    }
    if (proof->stage_count == 1) price_full_limits(staged, goal);
    if (shutting) spread_shut(staged);
    for (uint32_t limit = 0; limit < frame->limit_count && status == IEUM_OK; limit++) {
        if (staged->price[limit] != 0) status = staged_proof_add_price(proof, limit, staged->price[limit], problem);
    }
    return status;
}
