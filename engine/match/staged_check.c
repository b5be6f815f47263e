/* SPDX-License-Identifier: Apache-2.0 */
/* Recounts loads, gains, values and worths, with overflow checks. Only laminar.h is shared with the solver (who holds
 * whom). */
#include "staged_check.h"

#include <inttypes.h>
#include <stdio.h>

#include "../base/memory.h"
#include "laminar.h"

struct recheck {
    const struct assignment_problem *assignment;
    const struct assignment_result *result;
    const struct staged_proof *proof;
    struct laminar laminar;
    uint32_t limit_count, edge_count;
    int64_t *load;        /* per limit, pairs */
    int64_t *price, *sum; /* per limit: of the stage at hand; with those of all groups around */
    uint8_t *limit_fixed;
    uint8_t *rule;         /* per candidate pair, from locks and vetoes */
    uint8_t *kept;         /* per candidate pair: a previous one */
    uint32_t *edge_demand; /* per candidate pair */
    uint32_t *free, free_count; /* the candidate pairs that are free, ascending */
    uint32_t stage;
    size_t next_price;
};

static ieum_status refuse(struct problem *problem, const char *pointer, const char *ko, const char *en) {
    return problem_set(problem, IEUM_INVALID, pointer, ko, en);
}

static ieum_status refuse_stage(const struct recheck *it, struct problem *problem, const char *ko, const char *en) {
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/certificate/stages/%" PRIu32, it->stage);
    return refuse(problem, pointer, ko, en);
}

static ieum_status refuse_pair(const struct recheck *it, uint32_t edge, struct problem *problem, const char *ko,
                               const char *en) {
    char value[64];
    snprintf(value, sizeof value, "[%" PRIu32 ",%" PRIu32 "]", it->edge_demand[edge],
             it->assignment->edge_supplier[edge]);
    refuse(problem, "/pairs", ko, en);
    problem_set_value(problem, value);
    return problem->status;
}

static ieum_status refuse_overflow(struct problem *problem) {
    return problem_set(problem, IEUM_LIMIT, "/certificate", "증명의 합계가 정수 범위를 넘습니다.",
                       "A sum of the certificate is beyond the range of integers.");
}

/* ---- what is given ---- */

static bool recheck_allocate(struct recheck *it) {
    it->load = memory_allocate_zero(it->limit_count, sizeof *it->load);
    it->price = memory_allocate(sizeof *it->price * it->limit_count);
    it->sum = memory_allocate(sizeof *it->sum * it->limit_count);
    it->limit_fixed = memory_allocate_zero(it->limit_count, 1);
    it->rule = memory_allocate_zero(it->edge_count, 1);
    it->kept = memory_allocate_zero(it->edge_count, 1);
    it->edge_demand = memory_allocate(sizeof *it->edge_demand * it->edge_count);
    it->free = memory_allocate(sizeof *it->free * it->edge_count);
    return it->load && it->price && it->sum && it->limit_fixed && it->rule && it->kept && it->edge_demand && it->free;
}

static void recheck_free(struct recheck *it) {
    laminar_free(&it->laminar);
    memory_free(it->load);
    memory_free(it->price);
    memory_free(it->sum);
    memory_free(it->limit_fixed);
    memory_free(it->rule);
    memory_free(it->kept);
    memory_free(it->edge_demand);
    memory_free(it->free);
}

/* Marks pairs that are candidates; false when one is not. */
static bool mark(const struct assignment_problem *assignment, const struct assignment_pair *pairs, uint32_t count,
                 uint8_t bit, uint8_t *marks) {
    bool all = true;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t edge = assignment->edge_start[pairs[i].demand], end = assignment->edge_start[pairs[i].demand + 1];
        while (edge < end && assignment->edge_supplier[edge] != pairs[i].supplier) edge++;
        if (edge < end)
            marks[edge] |= bit;
        else
            all = false;
    }
    return all;
}

static uint32_t supplier_limit(const struct recheck *it, uint32_t edge) {
    return it->assignment->demand_count + it->assignment->edge_supplier[edge];
}

static void read_limit(const struct recheck *it, uint32_t limit, int64_t *min, int64_t *max) {
    const struct assignment_problem *assignment = it->assignment;
    uint32_t supplier = limit - assignment->demand_count, group = supplier - assignment->supplier_count;
    if (limit < assignment->demand_count) {
        *min = assignment->demand_min[limit];
        *max = assignment->demand_max[limit];
    } else if (supplier < assignment->supplier_count) {
        *min = assignment->supplier_min[supplier];
        *max = assignment->supplier_max[supplier];
    } else {
        *min = assignment->groups[group].min;
        *max = assignment->groups[group].max;
    }
}

/* ---- the pairs ---- */

static ieum_status check_pair(struct recheck *it, uint32_t edge, uint32_t *listed, int64_t *total,
                              struct problem *problem) {
    const struct assignment_result *result = it->result;
    uint32_t demand = it->edge_demand[edge], supplier = it->assignment->edge_supplier[edge];
    if (!result->chosen[edge]) {
        if (!(it->rule[edge] & ASSIGNMENT_EDGE_LOCKED)) return IEUM_OK;
        return refuse_pair(it, edge, problem, "고정된 쌍이 배정되지 않았습니다.", "A locked pair is not chosen.");
    }
    if (it->rule[edge] & ASSIGNMENT_EDGE_VETOED) {
        return refuse_pair(it, edge, problem, "금지된 쌍이 배정되었습니다.", "A vetoed pair is chosen.");
    }
    if (*listed >= result->pair_count || result->pairs[*listed].demand != demand ||
        result->pairs[*listed].supplier != supplier) {
        return refuse_pair(it, edge, problem, "배정 목록이 맞지 않습니다.", "The list of pairs does not match.");
    }
    ++*listed;
    it->load[demand]++;
    it->load[supplier_limit(it, edge)]++;
    if (__builtin_add_overflow(*total, it->assignment->edge_score[edge], total)) return refuse_overflow(problem);
    return IEUM_OK;
}

static ieum_status check_pairs(struct recheck *it, struct problem *problem) {
    uint32_t listed = 0;
    int64_t total = 0;
    ieum_status status = IEUM_OK;
    for (uint32_t edge = 0; edge < it->edge_count && status == IEUM_OK; edge++) {
        status = check_pair(it, edge, &listed, &total, problem);
    }
    if (status != IEUM_OK) return status;
    if (listed != it->result->pair_count) {
        return refuse(problem, "/pairs", "배정 목록이 맞지 않습니다.", "The list of pairs does not match.");
    }
    if (total != it->result->total) {
        return refuse(problem, "/total", "합계가 배정된 쌍의 점수 합과 다릅니다.",
                      "The total is not the sum of the chosen scores.");
    }
    return IEUM_OK;
}

static ieum_status check_limits(struct recheck *it, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    uint32_t first_group = it->limit_count - assignment->group_count;
    for (uint32_t g = 0; g < assignment->group_count; g++) {
        const struct assignment_group *group = &assignment->groups[g];
        uint32_t first = group->side == ASSIGNMENT_DEMAND ? 0 : assignment->demand_count;
        for (uint32_t i = 0; i < group->member_count; i++) {
            it->load[first_group + g] += it->load[first + group->members[i]];
        }
    }
    for (uint32_t limit = 0; limit < it->limit_count; limit++) {
        int64_t min, max;
        read_limit(it, limit, &min, &max);
        if (it->load[limit] >= min && it->load[limit] <= max) continue;
        return refuse(problem, "/pairs", "하한이나 상한을 지키지 않았습니다.", "A minimum or maximum is not kept.");
    }
    return IEUM_OK;
}

/* ---- a stage ---- */

static int64_t gain(const struct recheck *it, const struct staged_stage *stage, uint32_t edge) {
    int64_t score = it->assignment->edge_score[edge];
    if (stage->objective == STAGED_LEVEL) return score == stage->level ? -1 : 0;
    if (stage->objective == STAGED_PAIRS) return score > 0 ? 1 : 0;
    return stage->objective == STAGED_KEPT ? it->kept[edge] : score;
}

static ieum_status check_value(const struct recheck *it, const struct staged_stage *stage, struct problem *problem) {
    int64_t value = 0;
    for (uint32_t edge = 0; edge < it->edge_count; edge++) {
        if (!it->result->chosen[edge]) continue;
        if (__builtin_add_overflow(value, gain(it, stage, edge), &value)) return refuse_overflow(problem);
    }
    if (value == stage->value) return IEUM_OK;
    return refuse_stage(it, problem, "단계의 값이 배정된 쌍에서 센 값과 다릅니다.",
                        "The value of a stage is not what the chosen pairs add up to.");
}

static ieum_status read_prices(struct recheck *it, const struct staged_stage *stage, struct problem *problem) {
    size_t end = stage->first_price + stage->price_count;
    for (uint32_t limit = 0; limit < it->limit_count; limit++) it->price[limit] = 0;
    if (stage->first_price != it->next_price || end > it->proof->price_count) {
        return refuse_stage(it, problem, "단계의 가격 목록이 이어지지 않습니다.",
                            "The prices of the stages do not follow one another.");
    }
    for (size_t i = stage->first_price; i < end; i++) {
        struct staged_price own = it->proof->prices[i];
        bool ordered = i == stage->first_price || it->proof->prices[i - 1].limit < own.limit;
        if (!ordered || own.limit >= it->limit_count || own.price == 0) {
            return refuse_stage(it, problem, "가격 목록이 올바르지 않습니다.", "A list of prices is malformed.");
        }
        it->price[own.limit] = own.price;
    }
    it->next_price = end;
    return IEUM_OK;
}

/* Adds to each price those of the groups around: parents first. */
static bool sum_prices(struct recheck *it) {
    uint32_t groups = it->assignment->group_count, first_group = it->limit_count - groups;
    for (uint32_t i = 0; i < it->limit_count; i++) {
        uint32_t limit = i < groups ? first_group + it->laminar.order[i] : i - groups;
        uint32_t parent = it->laminar.parent[limit];
        it->sum[limit] = it->price[limit];
        if (parent == ASSIGNMENT_NONE) continue;
        if (__builtin_add_overflow(it->sum[limit], it->sum[parent], &it->sum[limit])) return false;
    }
    return true;
}

/* Free limits with a price must bind; then they are fixed. */
static ieum_status check_prices(struct recheck *it, struct problem *problem) {
    for (uint32_t limit = 0; limit < it->limit_count; limit++) {
        int64_t min, max, price = it->price[limit];
        if (price == 0 || it->limit_fixed[limit]) continue;
        read_limit(it, limit, &min, &max);
        if (it->load[limit] != (price > 0 ? max : min)) {
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
    for (uint32_t i = 0; i < it->free_count; i++) {
        uint32_t edge = it->free[i];
        int64_t worth;
        if (__builtin_sub_overflow(gain(it, stage, edge), it->sum[it->edge_demand[edge]], &worth) ||
            __builtin_sub_overflow(worth, it->sum[supplier_limit(it, edge)], &worth)) {
            return refuse_overflow(problem);
        }
        if (it->result->chosen[edge] ? worth < 0 : worth > 0) {
            return refuse_pair(it, edge, problem, "가격이 이 쌍의 배정 여부를 뒷받침하지 않습니다.",
                               "The prices do not support what was decided about this pair.");
        }
        if (worth == 0) it->free[left++] = edge;
    }
    it->free_count = left;
    return IEUM_OK;
}

static ieum_status check_stage(struct recheck *it, struct problem *problem) {
    const struct staged_stage *stage = &it->proof->stages[it->stage];
    ieum_status status = check_value(it, stage, problem);
    if (status == IEUM_OK) status = read_prices(it, stage, problem);
    if (status == IEUM_OK && !sum_prices(it)) status = refuse_overflow(problem);
    if (status == IEUM_OK) status = check_prices(it, problem);
    if (status == IEUM_OK) status = check_worths(it, stage, problem);
    it->stage++;
    return status;
}

/* ---- the order of stages ---- */

/* Fixes the free pairs of the levels between two others: none may be chosen. */
static ieum_status leave_out(struct recheck *it, int64_t above, int64_t below, struct problem *problem) {
    uint32_t left = 0;
    for (uint32_t i = 0; i < it->free_count; i++) {
        uint32_t edge = it->free[i];
        int64_t score = it->assignment->edge_score[edge];
        if (score <= above || score >= below) {
            it->free[left++] = edge;
        } else if (it->result->chosen[edge]) {
            return refuse_pair(it, edge, problem, "점수 단계가 빠져 있습니다.", "The level of this pair has no stage.");
        }
    }
    it->free_count = left;
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
    const struct assignment_problem *assignment = it->assignment;
    it->limit_count = assignment->demand_count + assignment->supplier_count + assignment->group_count;
    it->edge_count = assignment->edge_start[assignment->demand_count];
    if (!recheck_allocate(it)) return problem_set_memory(problem);
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) it->edge_demand[e] = d;
    }
    mark(assignment, assignment->vetoes, assignment->veto_count, ASSIGNMENT_EDGE_VETOED, it->rule);
    if (!mark(assignment, assignment->locks, assignment->lock_count, ASSIGNMENT_EDGE_LOCKED, it->rule)) {
        return refuse(problem, "/locks", "후보가 아닌 쌍이 고정되어 있습니다.", "What is no candidate pair is locked.");
    }
    ieum_status status = laminar_build(assignment, &it->laminar, problem);
    if (status == IEUM_OK) status = check_pairs(it, problem);
    if (status == IEUM_OK) status = check_limits(it, problem);
    for (uint32_t edge = 0; edge < it->edge_count; edge++) {
        if (it->rule[edge] == 0) it->free[it->free_count++] = edge;
    }
    return status;
}

ieum_status staged_check_leximin(const struct assignment_problem *assignment, const struct assignment_result *result,
                                 const struct staged_proof *proof, struct problem *problem) {
    struct recheck it = {.assignment = assignment, .result = result, .proof = proof};
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
    struct recheck it = {.assignment = assignment, .result = result, .proof = proof};
    ieum_status status = prepare(&it, problem);
    if (status == IEUM_OK) {
        mark(assignment, previous, previous_count, 1, it.kept);
        status = check_objective(&it, STAGED_PAIRS, problem);
    }
    if (status == IEUM_OK) status = check_objective(&it, STAGED_KEPT, problem);
    if (status == IEUM_OK) status = check_objective(&it, STAGED_SCORE, problem);
    if (status == IEUM_OK) status = check_end(&it, problem);
    recheck_free(&it);
    return status;
}
