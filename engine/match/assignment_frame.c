/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of sizes, scores, bounds, locks, vetoes and groups; every refusal points into op assign's request. */
#include "assignment_frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"

/* ---- refusals ---- */

static ieum_status refuse(struct problem *problem, const char *pointer, int64_t value, const char *expected,
                          const char *ko, const char *en) {
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, value);
    problem_set(problem, IEUM_INVALID, pointer, ko, en);
    problem_set_value(problem, text);
    problem_set_expected(problem, expected);
    return problem->status;
}

static ieum_status refuse_size(struct problem *problem, const char *pointer, const char *ko, const char *en) {
    problem_set(problem, IEUM_LIMIT, pointer, ko, en);
    return problem->status;
}

/* ---- checks ---- */

static ieum_status check_sizes(const struct assignment_problem *assignment, struct problem *problem) {
    if (assignment->demand_count >= ASSIGNMENT_EDGE_LIMIT || assignment->supplier_count >= ASSIGNMENT_EDGE_LIMIT ||
        assignment->group_count >= ASSIGNMENT_EDGE_LIMIT) {
        return refuse_size(problem, "/size", "수요, 공급 또는 그룹의 수가 너무 많습니다.",
                           "There are too many demands, suppliers or groups.");
    }
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        if (assignment->edge_start[d + 1] < assignment->edge_start[d] ||
            assignment->edge_start[d + 1] >= ASSIGNMENT_EDGE_LIMIT) {
            return refuse_size(problem, "/edges", "후보 쌍의 수가 너무 많습니다.",
                               "There are too many candidate pairs.");
        }
    }
    return IEUM_OK;
}

static ieum_status check_edges(const struct assignment_problem *assignment, struct problem *problem) {
    char pointer[64];
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            uint32_t supplier = assignment->edge_supplier[e];
            int64_t score = assignment->edge_score[e];
            bool ordered = e == assignment->edge_start[d] || assignment->edge_supplier[e - 1] < supplier;
            if (supplier < assignment->supplier_count && ordered && score <= ASSIGNMENT_SCORE_LIMIT &&
                score >= -ASSIGNMENT_SCORE_LIMIT) {
                continue;
            }
            snprintf(pointer, sizeof pointer, "/edges/%" PRIu32, e);
            if (supplier >= assignment->supplier_count) {
                return refuse(problem, pointer, supplier, "0..suppliers - 1", "후보 쌍이 없는 공급을 가리킵니다.",
                              "A candidate pair names a supplier that does not exist.");
            }
            if (!ordered) {
                return refuse(problem, pointer, supplier, "each pair once", "같은 후보 쌍이 두 번 있습니다.",
                              "A candidate pair is given twice.");
            }
            return refuse(problem, pointer, score, "-1000..1000", "점수가 다룰 수 있는 범위를 넘습니다.",
                          "A score is beyond what can be summed exactly.");
        }
    }
    return IEUM_OK;
}

static ieum_status check_bound(int64_t min, int64_t max, const char *place, struct problem *problem, uint32_t index) {
    char pointer[64];
    if (min >= 0 && max >= min) return IEUM_OK;
    if (min < 0 || max < 0) {
        snprintf(pointer, sizeof pointer, place, min < 0 ? "min" : "max", index);
        return refuse(problem, pointer, min < 0 ? min : max, ">= 0", "배정 수의 하한과 상한은 0 이상이어야 합니다.",
                      "A minimum or maximum number of pairs must be 0 or more.");
    }
    snprintf(pointer, sizeof pointer, place, "min", index);
    return refuse(problem, pointer, min, "at most the maximum", "하한이 상한보다 큽니다.",
                  "A minimum is greater than its maximum.");
}

static ieum_status check_bounds(const struct assignment_problem *assignment, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (uint32_t d = 0; d < assignment->demand_count && status == IEUM_OK; d++) {
        status = check_bound(assignment->demand_min[d], assignment->demand_max[d], "/demand/%s/%" PRIu32, problem, d);
    }
    for (uint32_t s = 0; s < assignment->supplier_count && status == IEUM_OK; s++) {
        status =
            check_bound(assignment->supplier_min[s], assignment->supplier_max[s], "/supplier/%s/%" PRIu32, problem, s);
    }
    return status;
}

static ieum_status check_group(const struct assignment_problem *assignment, uint32_t group, uint32_t *seen,
                               struct problem *problem) {
    const struct assignment_group *it = &assignment->groups[group];
    bool demands = it->side == ASSIGNMENT_DEMAND;
    uint32_t count = demands ? assignment->demand_count : assignment->supplier_count;
    uint32_t *mark = demands ? seen : seen + assignment->demand_count;
    char pointer[64];
    if (it->member_count == 0) {
        snprintf(pointer, sizeof pointer, "/groups/%" PRIu32 "/members", group);
        return refuse(problem, pointer, 0, "at least one member", "그룹에 구성원이 없습니다.",
                      "A group has no members.");
    }
    for (uint32_t i = 0; i < it->member_count; i++) {
        uint32_t member = it->members[i];
        if (member < count && mark[member] != group) {
            mark[member] = group;
            continue;
        }
        snprintf(pointer, sizeof pointer, "/groups/%" PRIu32 "/members/%" PRIu32, group, i);
        if (member >= count) {
            return refuse(problem, pointer, member, "an index of the group's side", "그룹이 없는 구성원을 가리킵니다.",
                          "A group names a member that does not exist.");
        }
        return refuse(problem, pointer, member, "each member once", "그룹에 같은 구성원이 두 번 있습니다.",
                      "A group names a member twice.");
    }
    snprintf(pointer, sizeof pointer, "/groups/%" PRIu32, group);
    if (it->min >= 0 && it->min <= it->max) return IEUM_OK;
    strcat(pointer, it->min < 0 || it->max >= 0 ? "/min" : "/max");
    if (it->min < 0 || it->max < 0) {
        return refuse(problem, pointer, it->min < 0 ? it->min : it->max, ">= 0",
                      "그룹의 하한과 상한은 0 이상이어야 합니다.", "A group's minimum and maximum must be 0 or more.");
    }
    return refuse(problem, pointer, it->min, "at most the maximum", "그룹의 하한이 상한보다 큽니다.",
                  "A group's minimum is greater than its maximum.");
}

static ieum_status check_groups(const struct assignment_problem *assignment, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (assignment->group_count == 0) return IEUM_OK;
    size_t count = (size_t)assignment->demand_count + assignment->supplier_count;
    uint32_t *seen = memory_allocate(sizeof *seen * count);
    if (!seen) return problem_set_memory(problem);
    memset(seen, 0xFF, sizeof *seen * count);
    for (uint32_t g = 0; g < assignment->group_count && status == IEUM_OK; g++) {
        status = check_group(assignment, g, seen, problem);
    }
    memory_free(seen);
    return status;
}

/* ---- the frame ---- */

uint32_t assignment_find_edge(const struct assignment_problem *assignment, struct assignment_pair pair) {
    uint32_t low = assignment->edge_start[pair.demand], end = assignment->edge_start[pair.demand + 1], high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (assignment->edge_supplier[middle] < pair.supplier)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && assignment->edge_supplier[low] == pair.supplier ? low : ASSIGNMENT_NONE;
}

static ieum_status mark_pairs(struct assignment_frame *frame, const struct assignment_pair *pairs, uint32_t count,
                              uint8_t rule, const char *name, uint32_t *edges, struct problem *problem) {
    const struct assignment_problem *assignment = frame->assignment;
    char pointer[64];
    for (uint32_t i = 0; i < count; i++) {
        bool demand_known = pairs[i].demand < assignment->demand_count;
        if (!demand_known || pairs[i].supplier >= assignment->supplier_count) {
            snprintf(pointer, sizeof pointer, "/%s/%" PRIu32 "/%d", name, i, demand_known);
            return refuse(problem, pointer, demand_known ? pairs[i].supplier : pairs[i].demand, "an index of its side",
                          "지정한 쌍이 없는 수요나 공급을 가리킵니다.",
                          "A pair names a demand or supplier that does not exist.");
        }
        edges[i] = assignment_find_edge(assignment, pairs[i]);
        if (edges[i] != ASSIGNMENT_NONE) frame->edge_rule[edges[i]] |= rule;
    }
    return IEUM_OK;
}

static void copy_limits(struct assignment_frame *frame) {
    const struct assignment_problem *assignment = frame->assignment;
    uint32_t limit = 0;
    for (uint32_t d = 0; d < assignment->demand_count; d++, limit++) {
        frame->limit_min[limit] = assignment->demand_min[d];
        frame->limit_max[limit] = assignment->demand_max[d];
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) frame->edge_demand[e] = d;
    }
    for (uint32_t s = 0; s < assignment->supplier_count; s++, limit++) {
        frame->limit_min[limit] = assignment->supplier_min[s];
        frame->limit_max[limit] = assignment->supplier_max[s];
    }
    for (uint32_t g = 0; g < assignment->group_count; g++, limit++) {
        frame->limit_min[limit] = assignment->groups[g].min;
        frame->limit_max[limit] = assignment->groups[g].max;
    }
}

static bool allocate_frame(struct assignment_frame *frame) {
    const struct assignment_problem *assignment = frame->assignment;
    frame->edge_count = assignment->edge_start[assignment->demand_count];
    frame->first_supplier = assignment->demand_count;
    frame->first_group = assignment->demand_count + assignment->supplier_count;
    frame->limit_count = frame->first_group + assignment->group_count;
    frame->limit_min = memory_allocate(sizeof *frame->limit_min * frame->limit_count);
    frame->limit_max = memory_allocate(sizeof *frame->limit_max * frame->limit_count);
    frame->edge_demand = memory_allocate(sizeof *frame->edge_demand * frame->edge_count);
    frame->edge_rule = memory_allocate_zero(frame->edge_count, 1);
    frame->lock_edge = memory_allocate(sizeof *frame->lock_edge * assignment->lock_count);
    frame->veto_edge = memory_allocate(sizeof *frame->veto_edge * assignment->veto_count);
    return frame->limit_min && frame->limit_max && frame->edge_demand && frame->edge_rule && frame->lock_edge &&
           frame->veto_edge;
}

ieum_status assignment_frame_build(const struct assignment_problem *assignment, struct assignment_frame *frame,
                                   struct problem *problem) {
    *frame = (struct assignment_frame){.assignment = assignment, .unit = 1, .most = 1};
    ieum_status status = check_sizes(assignment, problem);
    if (status == IEUM_OK) status = check_edges(assignment, problem);
    if (status == IEUM_OK) status = check_bounds(assignment, problem);
    if (status == IEUM_OK) status = check_groups(assignment, problem);
    if (status != IEUM_OK) return status;
    status = laminar_build(assignment, &frame->laminar, problem);
    if (status != IEUM_OK) return status;
    if (!allocate_frame(frame)) return problem_set_memory(problem);
    copy_limits(frame);
    status = mark_pairs(frame, assignment->locks, assignment->lock_count, ASSIGNMENT_EDGE_LOCKED, "locks",
                        frame->lock_edge, problem);
    if (status != IEUM_OK) return status;
    return mark_pairs(frame, assignment->vetoes, assignment->veto_count, ASSIGNMENT_EDGE_VETOED, "vetoes",
                      frame->veto_edge, problem);
}

void assignment_frame_free(struct assignment_frame *frame) {
    laminar_free(&frame->laminar);
    memory_free(frame->limit_min);
    memory_free(frame->limit_max);
    memory_free(frame->edge_demand);
    memory_free(frame->edge_rule);
    memory_free(frame->lock_edge);
    memory_free(frame->veto_edge);
    *frame = (struct assignment_frame){0};
}

void assignment_frame_sum_groups(const struct assignment_frame *frame, int64_t *load) {
    for (uint32_t limit = frame->first_group; limit < frame->limit_count; limit++) load[limit] = 0;
    for (uint32_t limit = 0; limit < frame->first_group; limit++) {
        uint32_t parent = frame->laminar.parent[limit];
        if (parent != ASSIGNMENT_NONE) load[parent] += load[limit];
    }
    for (uint32_t i = frame->assignment->group_count; i-- > 0;) {
        uint32_t limit = frame->first_group + frame->laminar.order[i], parent = frame->laminar.parent[limit];
        if (parent != ASSIGNMENT_NONE) load[parent] += load[limit];
    }
}
