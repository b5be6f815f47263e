/* SPDX-License-Identifier: Apache-2.0 */
/* Recomputing loads, worths and both objectives with overflow checks. Nothing is shared with the solver. */
#include "certificate.h"

#include "../base/memory.h"
#include "recheck.h"

struct recount {
    int64_t *demand_load, *supplier_load;   /* pairs */
    int64_t *demand_price, *supplier_price; /* with the prices of all groups around */
    uint8_t *rule;                          /* per candidate pair, from locks and vetoes */
};

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

/* ---- the conditions ---- */

static ieum_status check_pairs(const struct assignment_problem *assignment, const struct assignment_result *result,
                               struct recount *recount, struct problem *problem) {
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            uint32_t s = assignment->edge_supplier[e];
            if (!result->chosen[e]) {
                if (!(recount->rule[e] & ASSIGNMENT_EDGE_LOCKED)) continue;
                return recheck_refuse_pair(problem, "/pairs", d, s, "고정된 쌍이 배정되지 않았습니다.",
                                           "A locked pair is not chosen.");
            }
            if (recount->rule[e] & ASSIGNMENT_EDGE_VETOED) {
                return recheck_refuse_pair(problem, "/pairs", d, s, "금지된 쌍이 배정되었습니다.",
                                           "A vetoed pair is chosen.");
            }
            recount->demand_load[d]++;
            recount->supplier_load[s]++;
        }
    }
    return recheck_list(assignment, result->chosen, result->pairs, result->pair_count, result->total, problem);
}

/* One limit: kept, conditions (3) and (4), and its term of the dual objective. */
static ieum_status check_limit(int64_t load, int64_t min, int64_t max, int64_t price, const char *pointer,
                               int64_t *bound, struct problem *problem) {
    int64_t term;
    if (load < min || load > max) {
        return recheck_refuse(problem, pointer, "하한이나 상한을 지키지 않았습니다.", "A minimum or maximum is not kept.");
    }
    if ((price > 0 && load != max) || (price < 0 && load != min)) {
        return recheck_refuse(problem, pointer, "여유가 있는 한도에 가격이 있습니다.",
                      "A limit that does not bind has a price.");
    }
    if (price == 0) return IEUM_OK;
    if (__builtin_mul_overflow(price, price > 0 ? max : min, &term) || __builtin_add_overflow(*bound, term, bound)) {
        return recheck_refuse_overflow(problem);
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
        int64_t sum = recheck_group_load(group, recount->demand_load, recount->supplier_load);
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
                return recheck_refuse_overflow(problem);
            }
            if (!locked && (result->chosen[e] ? worth < 0 : worth > 0)) {
                return recheck_refuse_pair(problem, "/pairs", d, s, "가격이 이 쌍의 배정 여부를 뒷받침하지 않습니다.",
                                   "The prices do not support what was decided about this pair.");
            }
            if ((locked || worth > 0) && __builtin_add_overflow(*bound, worth, bound)) return recheck_refuse_overflow(problem);
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
    recheck_mark(assignment, assignment->vetoes, assignment->veto_count, ASSIGNMENT_EDGE_VETOED, recount.rule);
    if (!recheck_mark(assignment, assignment->locks, assignment->lock_count, ASSIGNMENT_EDGE_LOCKED, recount.rule)) {
        status =
            recheck_refuse(problem, "/locks", "후보가 아닌 쌍이 고정되어 있습니다.", "What is no candidate pair is locked.");
        goto done;
    }
    if (!recheck_add_prices(assignment, result->demand_price, result->supplier_price, result->group_price,
                            recount.demand_price, recount.supplier_price)) {
        status = recheck_refuse_overflow(problem);
        goto done;
    }
    status = check_pairs(assignment, result, &recount, problem);
    if (status == IEUM_OK) status = check_limits(assignment, result, &recount, &sum, problem);
    if (status == IEUM_OK) status = check_worths(assignment, result, &recount, &sum, problem);
    if (status == IEUM_OK && sum != result->total) {
        status = recheck_refuse(problem, "/certificate/bound", "쌍대 목적값이 합계와 다릅니다.",
                        "The dual objective differs from the total.");
    }
    if (status == IEUM_OK) *bound = sum;
done:
    recount_free(&recount);
    return status;
}
