/* SPDX-License-Identifier: Apache-2.0 */
/* The check of a reason: recounts what must enter the cut and what can leave it, for the named requirements alone. */
#include "../base/memory.h"
#include "certificate.h"
#include "laminar.h"

struct recount_cut {
    const struct assignment_problem *assignment;
    const struct assignment_reason *reason;
    struct laminar laminar;
    uint8_t *min_named, *max_named; /* per limit */
    uint8_t *pair_named;            /* per candidate pair: ASSIGNMENT_EDGE_… of the named locks and vetoes */
    uint8_t *pair_locked;           /* per candidate pair: 1 when any lock is on it */
    int64_t unit, most;             /* what a pair counts as; what one that is not locked may carry where q is named */
    bool q_named;
    int64_t least, room;
};

static ieum_status refuse(struct problem *problem, const char *ko, const char *en) {
    return problem_set(problem, IEUM_INVALID, "/reason", ko, en);
}

/* The candidate pair, or ASSIGNMENT_NONE. */
static uint32_t find_pair(const struct assignment_problem *assignment, struct assignment_pair pair) {
    for (uint32_t e = assignment->edge_start[pair.demand]; e < assignment->edge_start[pair.demand + 1]; e++) {
        if (assignment->edge_supplier[e] == pair.supplier) return e;
    }
    return ASSIGNMENT_NONE;
}

/* The proof without a cut: one lock on no candidate pair, or a lock and a veto on the same pair. */
static bool lock_is_impossible(const struct assignment_problem *assignment, const struct assignment_reason *reason) {
    const struct assignment_requirement *named = reason->requirements;
    if (reason->count < 1 || named[0].need != ASSIGNMENT_LOCK || named[0].index >= assignment->lock_count) return false;
    struct assignment_pair lock = assignment->locks[named[0].index];
    if (reason->count == 1) return find_pair(assignment, lock) == ASSIGNMENT_NONE;
    if (reason->count != 2 || named[1].need != ASSIGNMENT_VETO || named[1].index >= assignment->veto_count)
        return false;
    struct assignment_pair veto = assignment->vetoes[named[1].index];
    return lock.demand == veto.demand && lock.supplier == veto.supplier;
}

/* False when the lock or veto does not exist, is on no candidate pair, or its pair is named already and would count
 * twice. */
static bool note_pair(struct recount_cut *it, struct assignment_requirement named) {
    const struct assignment_problem *assignment = it->assignment;
    bool lock = named.need == ASSIGNMENT_LOCK;
    uint8_t rule = lock ? ASSIGNMENT_EDGE_LOCKED : ASSIGNMENT_EDGE_VETOED;
    if (named.index >= (lock ? assignment->lock_count : assignment->veto_count)) return false;
    uint32_t pair = find_pair(assignment, (lock ? assignment->locks : assignment->vetoes)[named.index]);
    if (pair == ASSIGNMENT_NONE || (it->pair_named[pair] & rule)) return false;
    it->pair_named[pair] |= rule;
    return true;
}

/* False when a requirement does not exist. */
static bool note_named(struct recount_cut *it) {
    const struct assignment_problem *assignment = it->assignment;
    uint32_t counts[3] = {assignment->demand_count, assignment->supplier_count, assignment->group_count};
    uint32_t firsts[3] = {0, counts[0], counts[0] + counts[1]};
    for (uint32_t i = 0; i < it->reason->count; i++) {
        struct assignment_requirement named = it->reason->requirements[i];
        if (named.need == ASSIGNMENT_LOCK || named.need == ASSIGNMENT_VETO) {
            if (!note_pair(it, named)) return false;
            continue;
        }
        if (named.need == ASSIGNMENT_Q) {
            if (named.index != 0 || it->most >= it->unit) return false;
            it->q_named = true;
            continue;
        }
        uint32_t kind = (uint32_t)named.need / 2;
        if (kind > 2 || named.index >= counts[kind]) return false;
        (named.need % 2 == 0 ? it->min_named : it->max_named)[firsts[kind] + named.index] = 1;
    }
    return true;
}

static bool limit_in_cut(const struct recount_cut *it, uint32_t limit) {
    const struct assignment_problem *assignment = it->assignment;
    if (limit == ASSIGNMENT_NONE) return it->reason->root_in_cut;
    if (limit < assignment->demand_count) return it->reason->demand_in_cut[limit];
    limit -= assignment->demand_count;
    if (limit < assignment->supplier_count) return it->reason->supplier_in_cut[limit];
    return it->reason->group_in_cut[limit - assignment->supplier_count];
}

/* A bound as far as it can matter: at most all candidate pairs and one more. */
static int64_t in_units(const struct recount_cut *it, int64_t bound) {
    int64_t enough = (int64_t)it->assignment->edge_start[it->assignment->demand_count] + 1;
    return (bound < enough ? bound : enough) * it->unit;
}

/* False when the cut is left by a limit whose maximum is not named. */
static bool count_limit(struct recount_cut *it, uint32_t limit, bool demand_side, int64_t min, int64_t max) {
    bool own = limit_in_cut(it, limit), around = limit_in_cut(it, it->laminar.parent[limit]);
    if (own == around) return true;
    if (own == demand_side) {
        if (it->min_named[limit]) it->least += in_units(it, min);
        return true;
    }
    it->room += in_units(it, max);
    return it->max_named[limit];
}

static bool count_limits(struct recount_cut *it) {
    const struct assignment_problem *assignment = it->assignment;
    uint32_t limit = 0;
    bool closed = true;
    for (uint32_t d = 0; d < assignment->demand_count; d++, limit++) {
        closed = count_limit(it, limit, true, assignment->demand_min[d], assignment->demand_max[d]) && closed;
    }
    for (uint32_t s = 0; s < assignment->supplier_count; s++, limit++) {
        closed = count_limit(it, limit, false, assignment->supplier_min[s], assignment->supplier_max[s]) && closed;
    }
    for (uint32_t g = 0; g < assignment->group_count; g++, limit++) {
        const struct assignment_group *group = &assignment->groups[g];
        closed = count_limit(it, limit, group->side == ASSIGNMENT_DEMAND, group->min, group->max) && closed;
    }
    return closed;
}

static void count_pairs(struct recount_cut *it) {
    const struct assignment_problem *assignment = it->assignment;
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        bool from = it->reason->demand_in_cut[d];
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            bool to = it->reason->supplier_in_cut[assignment->edge_supplier[e]];
            if (!from && to && (it->pair_named[e] & ASSIGNMENT_EDGE_LOCKED)) it->least += it->unit;
            if (from && !to && !(it->pair_named[e] & ASSIGNMENT_EDGE_VETOED)) {
                it->room += it->q_named && !it->pair_locked[e] ? it->most : it->unit;
            }
        }
    }
}

static ieum_status weigh_cut(struct recount_cut *it, struct problem *problem) {
    if (!note_named(it)) {
        return refuse(problem, "없는 조건이나 같은 쌍을 두 번 가리킵니다.",
                      "A requirement does not exist, or a pair is named twice.");
    }
    if (!count_limits(it)) {
        return refuse(problem, "이유에 없는 상한을 지나 빠져나갈 수 있습니다.",
                      "The cut can be left through a maximum that is not named.");
    }
    count_pairs(it);
    if (it->least != it->reason->least || it->room != it->reason->room) {
        return refuse(problem, "들어가야 하는 수나 나갈 수 있는 수가 맞지 않습니다.",
                      "What must enter the cut, or what can leave it, does not add up.");
    }
    if (it->least <= it->room) {
        return refuse(problem, "이 조건들은 서로 모순되지 않습니다.",
                      "These requirements do not contradict each other.");
    }
    return IEUM_OK;
}

static void mark_locked(struct recount_cut *it) {
    for (uint32_t i = 0; i < it->assignment->lock_count; i++) {
        uint32_t pair = find_pair(it->assignment, it->assignment->locks[i]);
        if (pair != ASSIGNMENT_NONE) it->pair_locked[pair] = 1;
    }
}

ieum_status certificate_check_infeasible(const struct assignment_problem *assignment,
                                         const struct assignment_reason *reason, struct problem *problem) {
    return certificate_check_infeasible_at(assignment, reason, 1, 1, problem);
}

ieum_status certificate_check_infeasible_at(const struct assignment_problem *assignment,
                                            const struct assignment_reason *reason, int64_t unit, int64_t most,
                                            struct problem *problem) {
    struct recount_cut it = {.assignment = assignment, .reason = reason, .unit = unit, .most = most};
    size_t limits = (size_t)assignment->demand_count + assignment->supplier_count + assignment->group_count;
    ieum_status status = IEUM_OK;
    if (!reason->demand_in_cut) {
        if (reason->least == unit && reason->room == 0 && lock_is_impossible(assignment, reason)) return IEUM_OK;
        return refuse(problem, "고정된 쌍을 배정할 수 없다는 근거가 없습니다.",
                      "Nothing shows that a lock is impossible.");
    }
    it.min_named = memory_allocate_zero(limits, 1);
    it.max_named = memory_allocate_zero(limits, 1);
    it.pair_named = memory_allocate_zero(assignment->edge_start[assignment->demand_count], 1);
    it.pair_locked = memory_allocate_zero(assignment->edge_start[assignment->demand_count], 1);
    if (!it.min_named || !it.max_named || !it.pair_named || !it.pair_locked) {
        status = problem_set_memory(problem);
        goto done;
    }
    mark_locked(&it);
    status = laminar_build(assignment, &it.laminar, problem);
    if (status == IEUM_OK) status = weigh_cut(&it, problem);
done:
    laminar_free(&it.laminar);
    memory_free(it.min_named);
    memory_free(it.max_named);
    memory_free(it.pair_named);
    memory_free(it.pair_locked);
    return status;
}
