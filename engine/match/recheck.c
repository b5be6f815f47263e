/* SPDX-License-Identifier: Apache-2.0 */
#include "recheck.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

ieum_status recheck_refuse(struct problem *problem, const char *pointer, const char *ko, const char *en) { return problem_set(problem, IEUM_INVALID, pointer, ko, en); }

ieum_status recheck_refuse_pair(struct problem *problem, const char *pointer, uint32_t demand, uint32_t supplier, const char *ko, const char *en) {
    char value[64];
    snprintf(value, sizeof value, "[%" PRIu32 ",%" PRIu32 "]", demand, supplier);
    ieum_status status = recheck_refuse(problem, pointer, ko, en);
    problem_set_value(problem, value);
    return status;
}

ieum_status recheck_refuse_overflow(struct problem *problem) {
    return problem_set(problem, IEUM_LIMIT, "/certificate", "증명의 합계가 정수 범위를 넘습니다.", "A sum of the certificate is beyond the range of integers.");
}

bool recheck_mark(const struct assignment_problem *assignment, const struct assignment_pair *pairs, uint32_t count, uint8_t rule, uint8_t *rules) {
    bool all = true;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t edge = assignment->edge_start[pairs[i].demand], end = assignment->edge_start[pairs[i].demand + 1];
        while (edge < end && assignment->edge_supplier[edge] != pairs[i].supplier) edge++;
        if (edge < end) rules[edge] |= rule;
        else all = false;
    }
    return all;
}

bool recheck_add_prices(const struct assignment_problem *assignment, const int64_t *demand_price, const int64_t *supplier_price, const int64_t *group_price, int64_t *demand,
                        int64_t *supplier) {
    if (assignment->demand_count) memcpy(demand, demand_price, sizeof *demand * assignment->demand_count);
    if (assignment->supplier_count) memcpy(supplier, supplier_price, sizeof *supplier * assignment->supplier_count);
    for (uint32_t g = 0; g < assignment->group_count; g++) {
        const struct assignment_group *group = &assignment->groups[g];
        int64_t *price = group->side == ASSIGNMENT_DEMAND ? demand : supplier;
        for (uint32_t i = 0; i < group->member_count; i++) {
            int64_t *sum = &price[group->members[i]];
            if (__builtin_add_overflow(*sum, group_price[g], sum)) return false;
        }
    }
    return true;
}

int64_t recheck_group_load(const struct assignment_group *group, const int64_t *demand_load, const int64_t *supplier_load) {
    const int64_t *load = group->side == ASSIGNMENT_DEMAND ? demand_load : supplier_load;
    int64_t sum = 0;
    for (uint32_t i = 0; i < group->member_count; i++) sum += load[group->members[i]];
    return sum;
}

ieum_status recheck_list(const struct assignment_problem *assignment, const uint8_t *chosen, const struct assignment_pair *pairs, uint32_t pair_count, int64_t total,
                         struct problem *problem) {
    uint32_t listed = 0;
    int64_t sum = 0;
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            const uint32_t s = assignment->edge_supplier[e];
            if (!chosen[e]) continue;
            if (listed >= pair_count || pairs[listed].demand != d || pairs[listed].supplier != s)
                return recheck_refuse_pair(problem, "/pairs", d, s, "배정 목록이 맞지 않습니다.", "The list of pairs does not match.");
            listed++;
            if (__builtin_add_overflow(sum, assignment->edge_score[e], &sum)) return recheck_refuse_overflow(problem);
        }
    }
    if (listed != pair_count) return recheck_refuse(problem, "/pairs", "배정 목록이 맞지 않습니다.", "The list of pairs does not match.");
    if (sum == total) return IEUM_OK;
    return recheck_refuse(problem, "/total", "합계가 배정된 쌍의 점수 합과 다릅니다.", "The total is not the sum of the chosen scores.");
}

ieum_status recheck_judge(ieum_status status, const struct problem *doubt, struct problem *problem) {
    if (status == IEUM_OK) return IEUM_OK;
    if (status != IEUM_INVALID) return problem_set(problem, status, doubt->pointer, "%1$s", "%2$s%1$.0s", doubt->ko, doubt->en);
    return problem_set(problem, IEUM_INTERNAL, doubt->pointer, "배정의 증명이 검사를 통과하지 못했습니다: %1$s",
                       "The proof of an assignment failed its check: %2$s%1$.0s", doubt->ko, doubt->en);
}
