/* SPDX-License-Identifier: Apache-2.0 */
/* Recomputing loads, worths and both objectives with overflow checks. */
#include "marginals_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "recheck.h"

struct recount {
    const struct assignment_problem *assignment;
    const struct random_assignment_result *result;
    int64_t unit, most;                     /* Q and p */
    int64_t *demand_load, *supplier_load;   /* 1/Q */
    int64_t *demand_drawn, *supplier_drawn; /* pairs */
    int64_t *demand_price, *supplier_price; /* with the prices of all groups around */
    uint8_t *rule;                          /* per candidate pair, from locks and vetoes */
    int64_t bound;
};

/* Adds one·other. False: overflow. */
static bool add_product(int64_t one, int64_t other, int64_t *sum) {
    int64_t product;
    return !__builtin_mul_overflow(one, other, &product) && !__builtin_add_overflow(*sum, product, sum);
}

/* ---- recounting ---- */

static bool recount_open(struct recount *it) {
    size_t demands = it->assignment->demand_count, suppliers = it->assignment->supplier_count;
    it->unit = it->result->denominator;
    it->most = it->result->numerator;
    it->demand_load = memory_allocate_zero(demands, sizeof(int64_t));
    it->supplier_load = memory_allocate_zero(suppliers, sizeof(int64_t));
    it->demand_drawn = memory_allocate_zero(demands, sizeof(int64_t));
    it->supplier_drawn = memory_allocate_zero(suppliers, sizeof(int64_t));
    it->demand_price = memory_allocate_zero(demands, sizeof(int64_t));
    it->supplier_price = memory_allocate_zero(suppliers, sizeof(int64_t));
    it->rule = memory_allocate_zero(it->assignment->edge_start[demands], 1);
    return it->demand_load && it->supplier_load && it->demand_drawn && it->supplier_drawn && it->demand_price &&
           it->supplier_price && it->rule;
}

static void recount_close(struct recount *it) {
    memory_free(it->demand_load);
    memory_free(it->supplier_load);
    memory_free(it->demand_drawn);
    memory_free(it->supplier_drawn);
    memory_free(it->demand_price);
    memory_free(it->supplier_price);
    memory_free(it->rule);
}

/* ---- marginals and prices ---- */

/* One candidate pair: its marginal, conditions (1) and (2), its terms of both objectives. */
static ieum_status check_pair(struct recount *it, uint32_t demand, uint32_t edge, int64_t *expected,
                              struct problem *problem) {
    uint32_t supplier = it->assignment->edge_supplier[edge];
    int64_t score = it->assignment->edge_score[edge], marginal = it->result->marginal[edge], worth;
    bool locked = it->rule[edge] & ASSIGNMENT_EDGE_LOCKED, vetoed = it->rule[edge] & ASSIGNMENT_EDGE_VETOED;
    if (locked && marginal != it->unit) {
        return recheck_refuse_pair(problem, "/certificate/marginals", demand, supplier, "고정된 쌍이 확실하지 않습니다.",
                           "A locked pair is not certain.");
    }
    if (vetoed && marginal != 0) {
        return recheck_refuse_pair(problem, "/certificate/marginals", demand, supplier, "금지된 쌍에 확률이 있습니다.", "A vetoed pair has a chance.");
    }
    if (vetoed) return IEUM_OK;
    if (!locked && marginal > it->most) {
        return recheck_refuse_pair(problem, "/certificate/marginals", demand, supplier, "쌍의 확률이 q보다 큽니다.", "A pair is surer than q.");
    }
    it->demand_load[demand] += marginal;
    it->supplier_load[supplier] += marginal;
    if (__builtin_sub_overflow(score, it->demand_price[demand], &worth) ||
        __builtin_sub_overflow(worth, it->supplier_price[supplier], &worth)) {
        return recheck_refuse_overflow(problem);
    }
    if (!locked && ((marginal > 0 && worth < 0) || (marginal < it->most && worth > 0))) {
        return recheck_refuse_pair(problem, "/certificate/marginals", demand, supplier, "가격이 이 쌍의 확률을 뒷받침하지 않습니다.",
                           "The prices do not support the chance of this pair.");
    }
    if (!add_product(score, marginal, expected)) return recheck_refuse_overflow(problem);
    if (locked || worth > 0) {
        if (!add_product(worth, locked ? it->unit : it->most, &it->bound)) return recheck_refuse_overflow(problem);
    }
    return IEUM_OK;
}

static ieum_status check_pairs(struct recount *it, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    ieum_status status = IEUM_OK;
    int64_t expected = 0;
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1] && status == IEUM_OK; e++) {
            status = check_pair(it, d, e, &expected, problem);
        }
    }
    if (status == IEUM_OK && expected != it->result->expected) {
        return recheck_refuse(problem, "/certificate/total", "기대 합계가 쌍의 점수와 확률의 합과 다릅니다.",
                      "The expected total is not the sum of scores times chances.");
    }
    return status;
}

/* One limit: kept, conditions (3) and (4), and its term of the bound. */
static ieum_status check_limit(struct recount *it, int64_t load, int64_t min, int64_t max, int64_t price,
                               const char *pointer, struct problem *problem) {
    int64_t least, room = INT64_MAX;
    if (__builtin_mul_overflow(min, it->unit, &least)) least = INT64_MAX;
    if (__builtin_mul_overflow(max, it->unit, &room)) room = INT64_MAX;
    if (load < least || load > room) {
        return recheck_refuse(problem, pointer, "하한이나 상한을 지키지 않았습니다.", "A minimum or maximum is not kept.");
    }
    if ((price > 0 && load != room) || (price < 0 && load != least)) {
        return recheck_refuse(problem, pointer, "여유가 있는 한도에 가격이 있습니다.",
                      "A limit that does not bind has a price.");
    }
    if (price != 0 && !add_product(price, price > 0 ? room : least, &it->bound)) return recheck_refuse_overflow(problem);
    return IEUM_OK;
}

static ieum_status check_limits(struct recount *it, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    const struct random_assignment_result *result = it->result;
    ieum_status status = IEUM_OK;
    for (uint32_t d = 0; d < assignment->demand_count && status == IEUM_OK; d++) {
        status = check_limit(it, it->demand_load[d], assignment->demand_min[d], assignment->demand_max[d],
                             result->demand_price[d], "/certificate/demand", problem);
    }
    for (uint32_t s = 0; s < assignment->supplier_count && status == IEUM_OK; s++) {
        status = check_limit(it, it->supplier_load[s], assignment->supplier_min[s], assignment->supplier_max[s],
                             result->supplier_price[s], "/certificate/supplier", problem);
    }
    for (uint32_t g = 0; g < assignment->group_count && status == IEUM_OK; g++) {
        const struct assignment_group *group = &assignment->groups[g];
        status = check_limit(it, recheck_group_load(group, it->demand_load, it->supplier_load), group->min, group->max,
                             result->group_price[g], "/certificate/group", problem);
    }
    return status;
}

ieum_status marginals_check(const struct assignment_problem *assignment, const struct random_assignment_result *result,
                            int64_t *bound, struct problem *problem) {
    struct recount it = {.assignment = assignment, .result = result};
    ieum_status status = IEUM_OK;
    if (result->numerator == 0 || result->numerator > result->denominator) {
        return recheck_refuse(problem, "/certificate/q", "q가 0보다 크고 1 이하인 분수가 아닙니다.",
                      "q is not a fraction above 0 and at most 1.");
    }
    if (!recount_open(&it)) {
        status = problem_set_memory(problem);
        goto done;
    }
    recheck_mark(assignment, assignment->vetoes, assignment->veto_count, ASSIGNMENT_EDGE_VETOED, it.rule);
    if (!recheck_mark(assignment, assignment->locks, assignment->lock_count, ASSIGNMENT_EDGE_LOCKED, it.rule)) {
        status =
            recheck_refuse(problem, "/locks", "후보가 아닌 쌍이 고정되어 있습니다.", "What is no candidate pair is locked.");
        goto done;
    }
    if (!recheck_add_prices(assignment, result->demand_price, result->supplier_price, result->group_price, it.demand_price,
                            it.supplier_price)) {
        status = recheck_refuse_overflow(problem);
        goto done;
    }
    status = check_pairs(&it, problem);
    if (status == IEUM_OK) status = check_limits(&it, problem);
    if (status == IEUM_OK && (it.bound != result->expected || it.bound != result->bound)) {
        status = recheck_refuse(problem, "/certificate/bound", "쌍대 목적값이 기대 합계와 다릅니다.",
                        "The dual objective differs from the expected total.");
    }
    if (status == IEUM_OK) *bound = it.bound;
done:
    recount_close(&it);
    return status;
}

/* ---- the draw ---- */

static ieum_status check_drawn_pairs(struct recount *it, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    const struct random_assignment_result *result = it->result;
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            uint32_t s = assignment->edge_supplier[e], marginal = result->marginal[e];
            it->demand_load[d] += marginal;
            it->supplier_load[s] += marginal;
            if (result->chosen[e] ? marginal == 0 : marginal == it->unit) {
                return recheck_refuse_pair(problem, "/pairs", d, s, "뽑힌 결과가 이 쌍의 확률과 맞지 않습니다.",
                                           "What was drawn does not go with the chance of this pair.");
            }
            it->demand_drawn[d] += result->chosen[e];
            it->supplier_drawn[s] += result->chosen[e];
        }
    }
    return recheck_list(assignment, result->chosen, result->pairs, result->pair_count, result->total, problem);
}

/* Whether a number of pairs is an expected number rounded up or down. */
static bool is_rounded(const struct recount *it, int64_t drawn, int64_t load) {
    int64_t floor = load / it->unit;
    return drawn == floor || (load % it->unit != 0 && drawn == floor + 1);
}

static bool loads_are_rounded(const struct recount *it) {
    const struct assignment_problem *assignment = it->assignment;
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        if (!is_rounded(it, it->demand_drawn[d], it->demand_load[d])) return false;
    }
    for (uint32_t s = 0; s < assignment->supplier_count; s++) {
        if (!is_rounded(it, it->supplier_drawn[s], it->supplier_load[s])) return false;
    }
    for (uint32_t g = 0; g < assignment->group_count; g++) {
        const struct assignment_group *group = &assignment->groups[g];
        if (!is_rounded(it, recheck_group_load(group, it->demand_drawn, it->supplier_drawn),
                        recheck_group_load(group, it->demand_load, it->supplier_load))) {
            return false;
        }
    }
    return true;
}

ieum_status marginals_check_draw(const struct assignment_problem *assignment,
                                 const struct random_assignment_result *result, struct problem *problem) {
    struct recount it = {.assignment = assignment, .result = result};
    ieum_status status = IEUM_OK;
    if (!recount_open(&it)) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = check_drawn_pairs(&it, problem);
    if (status == IEUM_OK && !loads_are_rounded(&it)) {
        status = recheck_refuse(problem, "/pairs", "뽑힌 쌍의 수가 기대한 수를 올리거나 내린 것이 아닙니다.",
                        "A number of drawn pairs is not its expected number rounded up or down.");
    }
done:
    recount_close(&it);
    return status;
}
