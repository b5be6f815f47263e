/* SPDX-License-Identifier: Apache-2.0 */
/* Recomputing loads, worths and both objectives with overflow checks. Only laminar.h is shared with the solver (who
 * holds whom). */
#include "certificate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "laminar.h"

struct recount {
    int64_t *demand_load, *supplier_load;   /* pairs */
    int64_t *demand_price, *supplier_price; /* with the prices of all groups around */
    uint8_t *rule;                          /* per candidate pair, from locks and vetoes */
};

static ieum_status refuse(struct problem *problem, const char *pointer, const char *ko, const char *en) {
    return problem_set(problem, IEUM_INVALID, pointer, ko, en);
}

static ieum_status refuse_pair(struct problem *problem, uint32_t demand, uint32_t supplier, const char *ko,
                               const char *en) {
    char value[64];
    snprintf(value, sizeof value, "[%" PRIu32 ",%" PRIu32 "]", demand, supplier);
    refuse(problem, "/pairs", ko, en);
    problem_set_value(problem, value);
    return problem->status;
}

static ieum_status refuse_overflow(struct problem *problem) {
    return problem_set(problem, IEUM_LIMIT, "/certificate", "증명의 합계가 정수 범위를 넘습니다.",
                       "A sum of the certificate is beyond the range of integers.");
}

/* ---- recounting ---- */

static bool recount_allocate(const struct assignment_problem *assignment, struct recount *recount) {
    recount->demand_load = memory_allocate_zero(assignment->demand_count, sizeof(int64_t));
    recount->supplier_load = memory_allocate_zero(assignment->supplier_count, sizeof(int64_t));
    recount->demand_price = memory_allocate_zero(assignment->demand_count, sizeof(int64_t));
    recount->supplier_price = memory_allocate_zero(assignment->supplier_count, sizeof(int64_t));
    recount->rule = memory_allocate_zero(assignment->edge_start[assignment->demand_count], 1);
    return recount->demand_load && recount->supplier_load && recount->demand_price && recount->supplier_price &&
           recount->rule;
}

static void recount_free(struct recount *recount) {
    memory_free(recount->demand_load);
    memory_free(recount->supplier_load);
    memory_free(recount->demand_price);
    memory_free(recount->supplier_price);
    memory_free(recount->rule);
}

/* Marks pairs that are candidates; false when one is not. */
static bool mark(const struct assignment_problem *assignment, const struct assignment_pair *pairs, uint32_t count,
                 uint8_t rule, uint8_t *rules) {
    bool all = true;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t edge = assignment->edge_start[pairs[i].demand], end = assignment->edge_start[pairs[i].demand + 1];
        while (edge < end && assignment->edge_supplier[edge] != pairs[i].supplier) edge++;
        if (edge < end)
            rules[edge] |= rule;
        else
            all = false;
    }
    return all;
}

static bool sum_prices(const struct assignment_problem *assignment, const struct assignment_result *result,
                       struct recount *recount) {
    if (assignment->demand_count) {
        memcpy(recount->demand_price, result->demand_price, sizeof(int64_t) * assignment->demand_count);
    }
    if (assignment->supplier_count) {
        memcpy(recount->supplier_price, result->supplier_price, sizeof(int64_t) * assignment->supplier_count);
    }
    for (uint32_t g = 0; g < assignment->group_count; g++) {
        const struct assignment_group *group = &assignment->groups[g];
        int64_t *price = group->side == ASSIGNMENT_DEMAND ? recount->demand_price : recount->supplier_price;
        for (uint32_t i = 0; i < group->member_count; i++) {
            int64_t *sum = &price[group->members[i]];
            if (__builtin_add_overflow(*sum, result->group_price[g], sum)) return false;
        }
    }
    return true;
}

/* ---- the conditions ---- */

static ieum_status check_pairs(const struct assignment_problem *assignment, const struct assignment_result *result,
                               struct recount *recount, struct problem *problem) {
    uint32_t listed = 0;
    int64_t total = 0;
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            uint32_t s = assignment->edge_supplier[e];
            if (!result->chosen[e]) {
                if (!(recount->rule[e] & ASSIGNMENT_EDGE_LOCKED)) continue;
                return refuse_pair(problem, d, s, "고정된 쌍이 배정되지 않았습니다.", "A locked pair is not chosen.");
            }
            if (recount->rule[e] & ASSIGNMENT_EDGE_VETOED) {
                return refuse_pair(problem, d, s, "금지된 쌍이 배정되었습니다.", "A vetoed pair is chosen.");
            }
            if (listed >= result->pair_count || result->pairs[listed].demand != d ||
                result->pairs[listed].supplier != s) {
                return refuse_pair(problem, d, s, "배정 목록이 맞지 않습니다.", "The list of pairs does not match.");
            }
            listed++;
            recount->demand_load[d]++;
            recount->supplier_load[s]++;
            if (__builtin_add_overflow(total, assignment->edge_score[e], &total)) return refuse_overflow(problem);
        }
    }
    if (listed != result->pair_count) {
        return refuse(problem, "/pairs", "배정 목록이 맞지 않습니다.", "The list of pairs does not match.");
    }
    if (total != result->total) {
        return refuse(problem, "/total", "합계가 배정된 쌍의 점수 합과 다릅니다.",
                      "The total is not the sum of the chosen scores.");
    }
    return IEUM_OK;
}

/* One limit: kept, conditions (3) and (4), and its term of the dual objective. */
static ieum_status check_limit(int64_t load, int64_t min, int64_t max, int64_t price, const char *pointer,
                               int64_t *bound, struct problem *problem) {
    int64_t term;
    if (load < min || load > max) {
        return refuse(problem, pointer, "하한이나 상한을 지키지 않았습니다.", "A minimum or maximum is not kept.");
    }
    if ((price > 0 && load != max) || (price < 0 && load != min)) {
        return refuse(problem, pointer, "여유가 있는 한도에 가격이 있습니다.",
                      "A limit that does not bind has a price.");
    }
    if (price == 0) return IEUM_OK;
    if (__builtin_mul_overflow(price, price > 0 ? max : min, &term) || __builtin_add_overflow(*bound, term, bound)) {
        return refuse_overflow(problem);
    }
    return IEUM_OK;
}

static ieum_status check_limits(const struct assignment_problem *assignment, const struct assignment_result *result,
                                const struct recount *recount, int64_t *bound, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (uint32_t d = 0; d < assignment->demand_count && status == IEUM_OK; d++) {
        status = check_limit(recount->demand_load[d], assignment->demand_min[d], assignment->demand_max[d],
                             result->demand_price[d], "/certificate/demand", bound, problem);
    }
    for (uint32_t s = 0; s < assignment->supplier_count && status == IEUM_OK; s++) {
        status = check_limit(recount->supplier_load[s], assignment->supplier_min[s], assignment->supplier_max[s],
                             result->supplier_price[s], "/certificate/supplier", bound, problem);
    }
    for (uint32_t g = 0; g < assignment->group_count && status == IEUM_OK; g++) {
        const struct assignment_group *group = &assignment->groups[g];
        const int64_t *load = group->side == ASSIGNMENT_DEMAND ? recount->demand_load : recount->supplier_load;
        int64_t sum = 0;
        for (uint32_t i = 0; i < group->member_count; i++) sum += load[group->members[i]];
        status = check_limit(sum, group->min, group->max, result->group_price[g], "/certificate/group", bound, problem);
    }
    return status;
}

/* Conditions (1) and (2), and the pairs' terms of the dual objective. */
static ieum_status check_worths(const struct assignment_problem *assignment, const struct assignment_result *result,
                                const struct recount *recount, int64_t *bound, struct problem *problem) {
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            uint32_t s = assignment->edge_supplier[e];
            bool locked = recount->rule[e] & ASSIGNMENT_EDGE_LOCKED;
            int64_t worth;
            if (recount->rule[e] & ASSIGNMENT_EDGE_VETOED) continue;
            if (__builtin_sub_overflow(assignment->edge_score[e], recount->demand_price[d], &worth) ||
                __builtin_sub_overflow(worth, recount->supplier_price[s], &worth)) {
                return refuse_overflow(problem);
            }
            if (!locked && (result->chosen[e] ? worth < 0 : worth > 0)) {
                return refuse_pair(problem, d, s, "가격이 이 쌍의 배정 여부를 뒷받침하지 않습니다.",
                                   "The prices do not support what was decided about this pair.");
            }
            if ((locked || worth > 0) && __builtin_add_overflow(*bound, worth, bound)) return refuse_overflow(problem);
        }
    }
    return IEUM_OK;
}

ieum_status certificate_check_optimal(const struct assignment_problem *assignment,
                                      const struct assignment_result *result, int64_t *bound, struct problem *problem) {
    struct recount recount = {0};
    int64_t sum = 0;
    ieum_status status = IEUM_OK;
    if (!recount_allocate(assignment, &recount)) {
        status = problem_set_memory(problem);
        goto done;
    }
    mark(assignment, assignment->vetoes, assignment->veto_count, ASSIGNMENT_EDGE_VETOED, recount.rule);
    if (!mark(assignment, assignment->locks, assignment->lock_count, ASSIGNMENT_EDGE_LOCKED, recount.rule)) {
        status =
            refuse(problem, "/locks", "후보가 아닌 쌍이 고정되어 있습니다.", "What is no candidate pair is locked.");
        goto done;
    }
    if (!sum_prices(assignment, result, &recount)) {
        status = refuse_overflow(problem);
        goto done;
    }
    status = check_pairs(assignment, result, &recount, problem);
    if (status == IEUM_OK) status = check_limits(assignment, result, &recount, &sum, problem);
    if (status == IEUM_OK) status = check_worths(assignment, result, &recount, &sum, problem);
    if (status == IEUM_OK && sum != result->total) {
        status = refuse(problem, "/certificate/bound", "쌍대 목적값이 합계와 다릅니다.",
                        "The dual objective differs from the total.");
    }
    if (status == IEUM_OK) *bound = sum;
done:
    recount_free(&recount);
    return status;
}
