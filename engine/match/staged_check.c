/* SPDX-License-Identifier: Apache-2.0 */
/* Recomputes gains, values and worths stage by stage, with overflow checks. Only laminar.h is shared with the solver.
 */
#include "staged_check.h"

#include <inttypes.h>
#include <stdio.h>

#include "../base/memory.h"
#include "recheck.h"
#include "staged_recount.h"

struct recheck {
    struct staged_recount count; /* its `free` shrinks from stage to stage */
    const struct staged_proof *proof;
    int64_t *price, *sum; /* per limit: of the stage at hand; with those of all groups around */
    uint8_t *limit_fixed;
    uint8_t *kept; /* per candidate pair: a previous one; NULL: there are none */
    uint32_t stage;
    size_t next_price;
};

static ieum_status refuse_stage(const struct recheck *it, struct problem *problem, const char *ko, const char *en) {
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/certificate/stages/%" PRIu32, it->stage);
    return problem_set(problem, IEUM_INVALID, pointer, ko, en);
}

/* ---- a stage ---- */

static int64_t gain(const struct recheck *it, const struct staged_stage *stage, uint32_t edge) {
    int64_t score = it->count.assignment->edge_score[edge];
    if (stage->objective == STAGED_LEVEL) return score == stage->level ? -1 : 0;
    if (stage->objective == STAGED_PAIRS) return score > 0 ? 1 : 0;
    return stage->objective == STAGED_KEPT ? (it->kept && it->kept[edge] ? 1 : 0) : score;
}

static ieum_status check_value(const struct recheck *it, const struct staged_stage *stage, struct problem *problem) {
    int64_t value = 0;
    for (uint32_t i = 0; i < it->count.chosen_count; i++) {
        if (__builtin_add_overflow(value, gain(it, stage, it->count.chosen[i]), &value))
            return recheck_refuse_overflow(problem);
    }
    if (value == stage->value) return IEUM_OK;
    return refuse_stage(it, problem, "단계의 값이 배정된 쌍에서 센 값과 다릅니다.",
                        "The value of a stage is not what the chosen pairs add up to.");
}

static ieum_status read_prices(struct recheck *it, const struct staged_stage *stage, struct problem *problem) {
    size_t end = stage->first_price + stage->price_count;
    for (uint32_t limit = 0; limit < it->count.limit_count; limit++) it->price[limit] = 0;
    if (stage->first_price != it->next_price || end > it->proof->price_count) {
        return refuse_stage(it, problem, "단계의 가격 목록이 이어지지 않습니다.",
                            "The prices of the stages do not follow one another.");
    }
    for (size_t i = stage->first_price; i < end; i++) {
        struct staged_price own = it->proof->prices[i];
        bool ordered = i == stage->first_price || it->proof->prices[i - 1].limit < own.limit;
        if (!ordered || own.limit >= it->count.limit_count || own.price == 0) {
            return refuse_stage(it, problem, "가격 목록이 올바르지 않습니다.", "A list of prices is malformed.");
        }
        it->price[own.limit] = own.price;
    }
    it->next_price = end;
    return IEUM_OK;
}

/* Adds to each price those of the groups around: parents first. */
static bool sum_prices(struct recheck *it) {
    uint32_t groups = it->count.assignment->group_count, first_group = it->count.limit_count - groups;
    for (uint32_t i = 0; i < it->count.limit_count; i++) {
        uint32_t limit = i < groups ? first_group + it->count.laminar.order[i] : i - groups;
        uint32_t parent = it->count.laminar.parent[limit];
        it->sum[limit] = it->price[limit];
        if (parent == ASSIGNMENT_NONE) continue;
        if (__builtin_add_overflow(it->sum[limit], it->sum[parent], &it->sum[limit])) return false;
    }
    return true;
}

/* Free limits with a price must bind; then they are fixed. */
static ieum_status check_prices(struct recheck *it, struct problem *problem) {
    for (uint32_t limit = 0; limit < it->count.limit_count; limit++) {
        int64_t min, max, price = it->price[limit];
        if (price == 0 || it->limit_fixed[limit]) continue;
        staged_recount_limit(&it->count, limit, &min, &max);
        if (it->count.load[limit] != (price > 0 ? max : min)) {
            return refuse_stage(it, problem, "여유가 있는 한도에 가격이 있습니다.",
                                "A limit that does not bind has a price.");
        }
        it->limit_fixed[limit] = 1;
    }
    return IEUM_OK;
}

/* The conditions on free pairs; those with a worth are fixed. */
static ieum_status check_worths(struct recheck *it, const struct staged_stage *stage, struct problem *problem) {
    uint32_t left = 0;
    for (uint32_t i = 0; i < it->count.free_count; i++) {
        uint32_t edge = it->count.free[i];
        int64_t worth;
        if (__builtin_sub_overflow(gain(it, stage, edge), it->sum[it->count.edge_demand[edge]], &worth) ||
            __builtin_sub_overflow(worth, it->sum[staged_recount_supplier(&it->count, edge)], &worth)) {
            return recheck_refuse_overflow(problem);
        }
        if (it->count.result->chosen[edge] ? worth < 0 : worth > 0) {
            return staged_recount_refuse_pair(&it->count, edge, problem,
                                              "가격이 이 쌍의 배정 여부를 뒷받침하지 않습니다.",
                                              "The prices do not support what was decided about this pair.");
        }
        if (worth == 0) it->count.free[left++] = edge;
    }
    it->count.free_count = left;
    return IEUM_OK;
}

static ieum_status check_stage(struct recheck *it, struct problem *problem) {
    const struct staged_stage *stage = &it->proof->stages[it->stage];
    ieum_status status = check_value(it, stage, problem);
    if (status == IEUM_OK) status = read_prices(it, stage, problem);
    if (status == IEUM_OK && !sum_prices(it)) status = recheck_refuse_overflow(problem);
    if (status == IEUM_OK) status = check_prices(it, problem);
    if (status == IEUM_OK) status = check_worths(it, stage, problem);
    it->stage++;
    return status;
}

/* ---- the order of stages ---- */

/* Fixes the free pairs of the levels between two others: none may be chosen. */
static ieum_status leave_out(struct recheck *it, int64_t above, int64_t below, struct problem *problem) {
    uint32_t left = 0;
    for (uint32_t i = 0; i < it->count.free_count; i++) {
        uint32_t edge = it->count.free[i];
        int64_t score = it->count.assignment->edge_score[edge];
        if (score <= above || score >= below) {
            it->count.free[left++] = edge;
        } else if (it->count.result->chosen[edge]) {
            return staged_recount_refuse_pair(&it->count, edge, problem, "점수 단계가 빠져 있습니다.",
                                              "The level of this pair has no stage.");
        }
    }
    it->count.free_count = left;
    return IEUM_OK;
}

static ieum_status check_levels(struct recheck *it, int64_t above, int64_t below, struct problem *problem) {
    ieum_status status = IEUM_OK;
    while (status == IEUM_OK && it->stage < it->proof->stage_count) {
        const struct staged_stage *stage = &it->proof->stages[it->stage];
        if (stage->objective != STAGED_LEVEL || stage->level <= above || stage->level >= below) break;
        status = leave_out(it, above, stage->level, problem);
        above = stage->level;
        if (status == IEUM_OK) status = check_stage(it, problem);
    }
    return status == IEUM_OK ? leave_out(it, above, below, problem) : status;
}

static ieum_status check_objective(struct recheck *it, enum staged_objective objective, struct problem *problem) {
    if (it->stage < it->proof->stage_count && it->proof->stages[it->stage].objective == objective) {
        return check_stage(it, problem);
    }
    return refuse_stage(it, problem, "단계가 빠졌거나 순서가 다릅니다.", "A stage is missing or out of order.");
}

static ieum_status check_end(const struct recheck *it, struct problem *problem) {
    if (it->stage == it->proof->stage_count && it->next_price == it->proof->price_count) return IEUM_OK;
    return refuse_stage(it, problem, "남는 단계나 가격이 있습니다.", "There are stages or prices left over.");
}

/* ---- all of it ---- */

static ieum_status prepare(struct recheck *it, struct problem *problem) {
    ieum_status status = staged_recount(&it->count, problem);
    if (status != IEUM_OK) return status;
    it->price = memory_allocate(sizeof *it->price * it->count.limit_count);
    it->sum = memory_allocate(sizeof *it->sum * it->count.limit_count);
    it->limit_fixed = memory_allocate_zero(it->count.limit_count, 1);
    return it->price && it->sum && it->limit_fixed ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status mark_kept(struct recheck *it, const struct assignment_pair *previous, uint32_t count,
                             struct problem *problem) {
    it->kept = memory_allocate_zero(it->count.edge_count, 1);
    if (!it->kept) return problem_set_memory(problem);
    recheck_mark(it->count.assignment, previous, count, 1, it->kept);
    return IEUM_OK;
}

static void recheck_free(struct recheck *it) {
    staged_recount_free(&it->count);
    memory_free(it->price);
    memory_free(it->sum);
    memory_free(it->limit_fixed);
    memory_free(it->kept);
}

ieum_status staged_check_leximin(const struct assignment_problem *assignment, const struct assignment_result *result,
                                 const struct staged_proof *proof, struct problem *problem) {
    struct recheck it = {.count = {.assignment = assignment, .result = result}, .proof = proof};
    ieum_status status = prepare(&it, problem);
    if (status == IEUM_OK) status = check_levels(&it, INT64_MIN, 0, problem);
    if (status == IEUM_OK) status = check_objective(&it, STAGED_PAIRS, problem);
    if (status == IEUM_OK) status = check_levels(&it, 0, INT64_MAX, problem);
    if (status == IEUM_OK) status = check_end(&it, problem);
    recheck_free(&it);
    return status;
}

ieum_status staged_check_rematch(const struct assignment_problem *assignment, const struct assignment_pair *previous,
                                 uint32_t previous_count, const struct assignment_result *result,
                                 const struct staged_proof *proof, struct problem *problem) {
    static const enum staged_objective order[] = {STAGED_PAIRS, STAGED_KEPT, STAGED_SCORE};
    struct recheck it = {.count = {.assignment = assignment, .result = result}, .proof = proof};
    ieum_status status = prepare(&it, problem);
    if (status == IEUM_OK) status = mark_kept(&it, previous, previous_count, problem);
    for (size_t i = 0; i < sizeof order / sizeof *order && status == IEUM_OK; i++) {
        status = check_objective(&it, order[i], problem);
    }
    if (status == IEUM_OK) status = check_end(&it, problem);
    recheck_free(&it);
    return status;
}
