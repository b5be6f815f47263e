/* SPDX-License-Identifier: Apache-2.0 */
/* Only laminar.h is shared with the solver (who holds whom). */
#include "staged_recount.h"

#include "../base/memory.h"
#include "recheck.h"

ieum_status staged_recount_refuse_pair(const struct staged_recount *it, uint32_t edge, struct problem *problem,
                                       const char *ko, const char *en) {
    return recheck_refuse_pair(problem, "/pairs", it->edge_demand[edge], it->assignment->edge_supplier[edge], ko, en);
}

/* ---- what is given ---- */

static bool allocate(struct staged_recount *it) {
    it->load = memory_allocate_zero(it->limit_count, sizeof *it->load);
    it->rule = memory_allocate_zero(it->edge_count, 1);
    it->edge_demand = memory_allocate(sizeof *it->edge_demand * it->edge_count);
    it->chosen = memory_allocate(sizeof *it->chosen * it->edge_count);
    it->free = memory_allocate(sizeof *it->free * it->edge_count);
    return it->load && it->rule && it->edge_demand && it->chosen && it->free;
}

void staged_recount_free(struct staged_recount *it) {
    laminar_free(&it->laminar);
    memory_free(it->load);
    memory_free(it->rule);
    memory_free(it->edge_demand);
    memory_free(it->chosen);
    memory_free(it->free);
}

void staged_recount_limit(const struct staged_recount *it, uint32_t limit, int64_t *min, int64_t *max) {
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

static ieum_status check_pair(struct staged_recount *it, uint32_t edge, struct problem *problem) {
    const struct assignment_result *result = it->result;
    uint32_t demand = it->edge_demand[edge];
    if (!result->chosen[edge]) {
        if (!(it->rule[edge] & ASSIGNMENT_EDGE_LOCKED)) return IEUM_OK;
        return staged_recount_refuse_pair(it, edge, problem, "고정된 쌍이 배정되지 않았습니다.",
                                          "A locked pair is not chosen.");
    }
    if (it->rule[edge] & ASSIGNMENT_EDGE_VETOED) {
        return staged_recount_refuse_pair(it, edge, problem, "금지된 쌍이 배정되었습니다.", "A vetoed pair is chosen.");
    }
    it->chosen[it->chosen_count++] = edge;
    it->load[demand]++;
    it->load[staged_recount_supplier(it, edge)]++;
    return IEUM_OK;
}

static ieum_status check_pairs(struct staged_recount *it, struct problem *problem) {
    const struct assignment_result *result = it->result;
    ieum_status status = IEUM_OK;
    for (uint32_t edge = 0; edge < it->edge_count && status == IEUM_OK; edge++) status = check_pair(it, edge, problem);
    return status == IEUM_OK ? recheck_list(it->assignment, result->chosen, result->pairs, result->pair_count,
                                            result->total, problem)
                             : status;
}

static ieum_status check_limits(struct staged_recount *it, struct problem *problem) {
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
        staged_recount_limit(it, limit, &min, &max);
        if (it->load[limit] >= min && it->load[limit] <= max) continue;
        return recheck_refuse(problem, "/pairs", "하한이나 상한을 지키지 않았습니다.", "A minimum or maximum is not kept.");
    }
    return IEUM_OK;
}

ieum_status staged_recount(struct staged_recount *it, struct problem *problem) {
    const struct assignment_problem *assignment = it->assignment;
    it->limit_count = assignment->demand_count + assignment->supplier_count + assignment->group_count;
    it->edge_count = assignment->edge_start[assignment->demand_count];
    if (!allocate(it)) return problem_set_memory(problem);
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) it->edge_demand[e] = d;
    }
    recheck_mark(assignment, assignment->vetoes, assignment->veto_count, ASSIGNMENT_EDGE_VETOED, it->rule);
    if (!recheck_mark(assignment, assignment->locks, assignment->lock_count, ASSIGNMENT_EDGE_LOCKED, it->rule)) {
        return recheck_refuse(problem, "/locks", "후보가 아닌 쌍이 고정되어 있습니다.", "What is no candidate pair is locked.");
    }
    ieum_status status = laminar_build(assignment, &it->laminar, problem);
    if (status == IEUM_OK) status = check_pairs(it, problem);
    if (status == IEUM_OK) status = check_limits(it, problem);
    for (uint32_t edge = 0; edge < it->edge_count; edge++) {
        if (it->rule[edge] == 0) it->free[it->free_count++] = edge;
    }
    return status;
}
