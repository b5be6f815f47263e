/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Groups are laid down from the largest to the smallest. A group fits when all its members lie in the same innermost
 * group so far: that one becomes its parent. Members that lie in different ones show that it crosses one of them.
 */
#include "laminar.h"

#include <inttypes.h>
#include <stdio.h>

#include "../base/memory.h"

/* Counting sort by member count, largest first, equal ones by index. */
static bool order_by_size(const struct assignment_problem *assignment, uint32_t *order) {
    uint32_t largest = 0;
    for (uint32_t g = 0; g < assignment->group_count; g++) {
        if (assignment->groups[g].member_count > largest) largest = assignment->groups[g].member_count;
    }
    uint32_t *start = memory_allocate_zero((size_t)largest + 2, sizeof *start);
    if (!start) return false;
    for (uint32_t g = 0; g < assignment->group_count; g++) start[largest - assignment->groups[g].member_count + 1]++;
    for (uint32_t i = 1; i <= largest; i++) start[i] += start[i - 1];
    for (uint32_t g = 0; g < assignment->group_count; g++) {
        order[start[largest - assignment->groups[g].member_count]++] = g;
    }
    memory_free(start);
    return true;
}

static bool lies_within(const struct laminar *laminar, uint32_t limit, uint32_t around) {
    while (limit != ASSIGNMENT_NONE && limit != around) limit = laminar->parent[limit];
    return limit == around;
}

static ieum_status refuse_crossing(uint32_t group, uint32_t crossed, struct problem *problem) {
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/groups/%" PRIu32, group);
    problem_set(problem, IEUM_INVALID, pointer,
                "그룹 %1$" PRIu32 "번과 %2$" PRIu32
                "번이 일부만 겹칩니다. 같은 쪽의 그룹은 서로 포함하거나 겹치지 않아야 합니다. "
                "일부만 겹치는 그룹이 있으면 최적 배정을 찾는 문제가 NP-난해가 되어 받지 않습니다.",
                "Groups %1$" PRIu32 " and %2$" PRIu32
                " overlap in part. Groups of one side must be nested or disjoint: "
                "with crossing groups the best assignment is NP-hard to find, so they are refused.",
                group, crossed);
    problem_set_expected(problem, "nested or disjoint groups");
    return problem->status;
}

static ieum_status place_group(const struct assignment_problem *assignment, struct laminar *laminar, uint32_t group,
                               struct problem *problem) {
    const struct assignment_group *it = &assignment->groups[group];
    uint32_t first_group = assignment->demand_count + assignment->supplier_count;
    uint32_t *parent = laminar->parent + (it->side == ASSIGNMENT_DEMAND ? 0 : assignment->demand_count);
    uint32_t around = parent[it->members[0]];
    for (uint32_t i = 1; i < it->member_count; i++) {
        uint32_t found = parent[it->members[i]];
        if (found == around) continue;
        bool found_crosses =
            around == ASSIGNMENT_NONE || (found != ASSIGNMENT_NONE && lies_within(laminar, found, around));
        return refuse_crossing(group, (found_crosses ? found : around) - first_group, problem);
    }
    laminar->parent[first_group + group] = around;
    for (uint32_t i = 0; i < it->member_count; i++) parent[it->members[i]] = first_group + group;
    return IEUM_OK;
}

ieum_status laminar_build(const struct assignment_problem *assignment, struct laminar *laminar,
                          struct problem *problem) {
    uint32_t sides = assignment->demand_count + assignment->supplier_count;
    *laminar = (struct laminar){0};
    laminar->parent = memory_allocate(sizeof *laminar->parent * ((size_t)sides + assignment->group_count));
    laminar->order = memory_allocate(sizeof *laminar->order * assignment->group_count);
    if (!laminar->parent || !laminar->order || !order_by_size(assignment, laminar->order)) {
        return problem_set_memory(problem);
    }
    for (uint32_t limit = 0; limit < sides; limit++) laminar->parent[limit] = ASSIGNMENT_NONE;
    for (uint32_t i = 0; i < assignment->group_count; i++) {
        ieum_status status = place_group(assignment, laminar, laminar->order[i], problem);
        if (status != IEUM_OK) return status;
    }
    return IEUM_OK;
}

void laminar_free(struct laminar *laminar) {
    memory_free(laminar->parent);
    memory_free(laminar->order);
    *laminar = (struct laminar){0};
}
