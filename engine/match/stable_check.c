/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pair blocks when each side would gain by it. So per demand and supplier one number is enough: the score above which
 * it would take another pair. With a free place that is 0, for an unacceptable pair blocks nothing; without one, the
 * lowest score among its chosen pairs that are not locked; without such, nothing is high enough.
 */
#include "stable_check.h"

#include "../base/memory.h"
#include "recheck.h"

struct recheck {
    const struct assignment_problem *assignment;
    const struct stable_result *result;
    const int64_t *supplier_score;
    uint8_t *rule;                          /* per candidate pair, from locks and vetoes */
    int64_t *demand_load, *supplier_load;   /* pairs */
    int64_t *demand_gains, *supplier_gains; /* above it another pair would be taken */
    uint32_t named;                         /* requirements of `broken` that have been met with */
};

static bool recheck_allocate(struct recheck *it) {
    size_t demands = it->assignment->demand_count, suppliers = it->assignment->supplier_count;
    it->rule = memory_allocate_zero(it->assignment->edge_start[demands], 1);
    it->demand_load = memory_allocate_zero(demands, sizeof(int64_t));
    it->supplier_load = memory_allocate_zero(suppliers, sizeof(int64_t));
    it->demand_gains = memory_allocate(sizeof(int64_t) * demands);
    it->supplier_gains = memory_allocate(sizeof(int64_t) * suppliers);
    if (!it->rule || !it->demand_load || !it->supplier_load || !it->demand_gains || !it->supplier_gains) return false;
    for (size_t d = 0; d < demands; d++) it->demand_gains[d] = INT64_MAX;
    for (size_t s = 0; s < suppliers; s++) it->supplier_gains[s] = INT64_MAX;
    return true;
}

static void recheck_free(struct recheck *it) {
    memory_free(it->rule);
    memory_free(it->demand_load);
    memory_free(it->supplier_load);
    memory_free(it->demand_gains);
    memory_free(it->supplier_gains);
}

/* ---- what is chosen ---- */

static ieum_status check_chosen(struct recheck *it, uint32_t demand, uint32_t edge, struct problem *problem) {
    uint32_t supplier = it->assignment->edge_supplier[edge];
    int64_t score = it->assignment->edge_score[edge], back = it->supplier_score[edge];
    it->demand_load[demand]++;
    it->supplier_load[supplier]++;
    if (it->rule[edge] & ASSIGNMENT_EDGE_VETOED) {
        return recheck_refuse_pair(problem, "/pairs", demand, supplier, "금지된 쌍이 배정되었습니다.", "A vetoed pair is chosen.");
    }
    if (it->rule[edge] & ASSIGNMENT_EDGE_LOCKED) return IEUM_OK;
    if (score <= 0 || back <= 0) {
        return recheck_refuse_pair(problem, "/pairs", demand, supplier, "어느 한쪽이 받아들이지 않는 쌍이 배정되었습니다.",
                           "A pair that one side does not accept is chosen.");
    }
    if (score < it->demand_gains[demand]) it->demand_gains[demand] = score;
    if (back < it->supplier_gains[supplier]) it->supplier_gains[supplier] = back;
    return IEUM_OK;
}

static ieum_status check_pairs(struct recheck *it, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    const struct stable_result *result = it->result;
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            if (!result->chosen[e]) continue;
            ieum_status status = check_chosen(it, d, e, problem);
            if (status != IEUM_OK) return status;
        }
    }
    return recheck_list(assignment, result->chosen, result->pairs, result->pair_count, result->total, problem);
}

static ieum_status check_locks(const struct recheck *it, struct problem *problem) {
    for (uint32_t e = 0; e < it->assignment->edge_start[it->assignment->demand_count]; e++) {
        if ((it->rule[e] & ASSIGNMENT_EDGE_LOCKED) && !it->result->chosen[e]) {
            return recheck_refuse(problem, "/pairs", "고정된 쌍이 배정되지 않았습니다.", "A locked pair is not chosen.");
        }
    }
    return IEUM_OK;
}

/* ---- limits ---- */

/* Whether the next requirement of `broken` is this one; it counts as met with. */
static bool is_named(struct recheck *it, enum assignment_need need, uint32_t index) {
    const struct stable_result *result = it->result;
    bool named = it->named < result->broken_count && result->broken[it->named].need == need &&
                 result->broken[it->named].index == index;
    it->named += named;
    return named;
}

static ieum_status check_minimum(struct recheck *it, int64_t load, int64_t min, enum assignment_need need,
                                 uint32_t index, struct problem *problem) {
    if (is_named(it, need, index) == (load < min)) return IEUM_OK;
    return recheck_refuse(problem, "/reason/requirements", "어긴 하한이 이유에 적힌 것과 다릅니다.",
                  "The minimums that are not kept are not those that the reason names.");
}

/* Also turns the least score that is held into 0 where a place is free. */
static ieum_status check_places(struct recheck *it, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    const char *ko = "한쪽의 자리보다 많은 쌍이 배정되었습니다.", *en = "More pairs are chosen than there are places.";
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        if (it->demand_load[d] > assignment->demand_max[d]) return recheck_refuse(problem, "/demand/max", ko, en);
        if (it->demand_load[d] < assignment->demand_max[d]) it->demand_gains[d] = 0;
    }
    for (uint32_t s = 0; s < assignment->supplier_count; s++) {
        if (it->supplier_load[s] > assignment->supplier_max[s]) return recheck_refuse(problem, "/supplier/max", ko, en);
        if (it->supplier_load[s] < assignment->supplier_max[s]) it->supplier_gains[s] = 0;
    }
    return IEUM_OK;
}

static int64_t group_load(const struct recheck *it, const struct assignment_group *group) {
    const int64_t *load = group->side == ASSIGNMENT_DEMAND ? it->demand_load : it->supplier_load;
    int64_t sum = 0;
    for (uint32_t i = 0; i < group->member_count; i++) sum += load[group->members[i]];
    return sum;
}

/* `broken` is in the order of the needs, then of the indices. */
static ieum_status check_broken(struct recheck *it, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    ieum_status status = IEUM_OK;
    for (uint32_t d = 0; d < assignment->demand_count && status == IEUM_OK; d++) {
        status = check_minimum(it, it->demand_load[d], assignment->demand_min[d], ASSIGNMENT_DEMAND_MIN, d, problem);
    }
    for (uint32_t s = 0; s < assignment->supplier_count && status == IEUM_OK; s++) {
        status =
            check_minimum(it, it->supplier_load[s], assignment->supplier_min[s], ASSIGNMENT_SUPPLIER_MIN, s, problem);
    }
    for (uint32_t g = 0; g < assignment->group_count && status == IEUM_OK; g++) {
        const struct assignment_group *group = &assignment->groups[g];
        status = check_minimum(it, group_load(it, group), group->min, ASSIGNMENT_GROUP_MIN, g, problem);
    }
    for (uint32_t g = 0; g < assignment->group_count && status == IEUM_OK; g++) {
        const struct assignment_group *group = &assignment->groups[g];
        status = check_minimum(it, -group_load(it, group), -group->max, ASSIGNMENT_GROUP_MAX, g, problem);
    }
    if (status != IEUM_OK) return status;
    if (it->named != it->result->broken_count || (it->named > 0) != (it->result->status == ASSIGNMENT_INFEASIBLE)) {
        return recheck_refuse(problem, "/reason/requirements", "어긴 조건이 이유에 적힌 것과 다릅니다.",
                      "What is not kept is not what the reason names.");
    }
    return IEUM_OK;
}

/* ---- blocking pairs ---- */

static ieum_status check_blocking(const struct recheck *it, uint32_t *checked, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        int64_t gains = it->demand_gains[d];
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            if (assignment->edge_score[e] <= gains) continue;
            uint32_t s = assignment->edge_supplier[e];
            if (it->supplier_score[e] <= it->supplier_gains[s] || it->result->chosen[e] ||
                (it->rule[e] & ASSIGNMENT_EDGE_VETOED)) {
                continue;
            }
            return recheck_refuse_pair(problem, "/pairs", d, s, "이 수요와 공급은 서로를 지금의 상대보다 낫게 봅니다.",
                               "This demand and this supplier would both rather have each other.");
        }
    }
    *checked = assignment->edge_start[assignment->demand_count];
    return IEUM_OK;
}

ieum_status stable_check(const struct assignment_problem *assignment, const int64_t *supplier_score,
                         const struct stable_result *result, uint32_t *checked, struct problem *problem) {
    struct recheck it = {.assignment = assignment,
                         .result = result,
                         .supplier_score = supplier_score ? supplier_score : assignment->edge_score};
    ieum_status status = IEUM_OK;
    if (!recheck_allocate(&it)) {
        status = problem_set_memory(problem);
        goto done;
    }
    recheck_mark(assignment, assignment->vetoes, assignment->veto_count, ASSIGNMENT_EDGE_VETOED, it.rule);
    if (!recheck_mark(assignment, assignment->locks, assignment->lock_count, ASSIGNMENT_EDGE_LOCKED, it.rule)) {
        status =
            recheck_refuse(problem, "/locks", "후보가 아닌 쌍이 고정되어 있습니다.", "What is no candidate pair is locked.");
        goto done;
    }
    status = check_pairs(&it, problem);
    if (status == IEUM_OK) status = check_locks(&it, problem);
    if (status == IEUM_OK) status = check_places(&it, problem);
    if (status == IEUM_OK) status = check_broken(&it, problem);
    if (status == IEUM_OK) status = check_blocking(&it, checked, problem);
done:
    recheck_free(&it);
    return status;
}
