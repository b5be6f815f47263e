/* SPDX-License-Identifier: Apache-2.0 */
/* The order of the work: check the problem, take the locks' places, deferred acceptance, see what it breaks, check. No
 * result leaves without its check passed. */
#include "stable.h"

#include <inttypes.h>
#include <stdio.h>

#include "../base/memory.h"
#include "assignment_frame.h"
#include "certificate.h"
#include "deferred_acceptance.h"
#include "infeasible.h"
#include "preference_ties.h"
#include "recheck.h"
#include "stable_check.h"

static ieum_status check_supplier_scores(const struct assignment_frame *frame, const int64_t *supplier_score,
                                         struct problem *problem) {
    for (uint32_t e = 0; e < frame->edge_count; e++) {
        char text[64];
        if (supplier_score[e] <= ASSIGNMENT_SCORE_LIMIT && supplier_score[e] >= -ASSIGNMENT_SCORE_LIMIT) continue;
        snprintf(text, sizeof text, "/supplier_scores/%" PRIu32, e);
        problem_set(problem, IEUM_INVALID, text, "점수가 다룰 수 있는 범위를 넘습니다.",
                    "A score is beyond what can be summed exactly.");
        snprintf(text, sizeof text, "%" PRId64, supplier_score[e]);
        problem_set_value(problem, text);
        problem_set_expected(problem, "-1000..1000");
        return problem->status;
    }
    return IEUM_OK;
}

/* ---- loads ---- */

/* The pairs of every limit that `chosen` has, or, when NULL, the locks have. */
static int64_t *count_loads(const struct assignment_frame *frame, const uint8_t *chosen) {
    int64_t *load = memory_allocate_zero(frame->limit_count, sizeof *load);
    if (!load) return NULL;
    for (uint32_t e = 0; e < frame->edge_count; e++) {
        if (chosen ? !chosen[e] : !(frame->edge_rule[e] & ASSIGNMENT_EDGE_LOCKED)) continue;
        load[frame->edge_demand[e]]++;
        load[assignment_frame_supplier(frame, e)]++;
    }
    assignment_frame_sum_groups(frame, load);
    return load;
}

static bool locks_can_be(const struct assignment_frame *frame, const int64_t *locked) {
    for (uint32_t i = 0; i < frame->assignment->lock_count; i++) {
        if (frame->lock_edge[i] == ASSIGNMENT_NONE) return false;
        if (frame->edge_rule[frame->lock_edge[i]] & ASSIGNMENT_EDGE_VETOED) return false;
    }
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        if (locked[limit] > frame->limit_max[limit]) return false;
    }
    return true;
}

/* ---- the assignment ---- */

static uint32_t *count_places(const struct assignment_frame *frame, const int64_t *locked, uint32_t first,
                              uint32_t count) {
    uint32_t *places = memory_allocate(sizeof *places * count);
    for (uint32_t i = 0; places && i < count; i++) {
        int64_t left = frame->limit_max[first + i] - locked[first + i];
        places[i] = left < frame->edge_count ? (uint32_t)left : frame->edge_count;
    }
    return places;
}

static ieum_status accept_offers(const struct assignment_frame *frame, const int64_t *supplier_score,
                                 const int64_t *locked, struct stable_result *result, struct problem *problem) {
    const struct assignment_problem *assignment = frame->assignment;
    bool ruled = assignment->lock_count > 0 || assignment->veto_count > 0;
    ieum_status status = IEUM_OK;
    uint32_t *demand_places = count_places(frame, locked, 0, assignment->demand_count);
    uint32_t *supplier_places = count_places(frame, locked, frame->first_supplier, assignment->supplier_count);
    result->chosen = memory_allocate_zero(frame->edge_count, 1);
    if (!demand_places || !supplier_places || !result->chosen) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (uint32_t i = 0; i < assignment->lock_count; i++) result->chosen[frame->lock_edge[i]] = 1;
    struct acceptance_market market = {.demand_count = assignment->demand_count,
                                       .supplier_count = assignment->supplier_count,
                                       .edge_start = assignment->edge_start,
                                       .edge_supplier = assignment->edge_supplier,
                                       .edge_score = assignment->edge_score,
                                       .supplier_score = supplier_score,
                                       .edge_rule = ruled ? frame->edge_rule : NULL,
                                       .demand_places = demand_places,
                                       .supplier_places = supplier_places};
    status = deferred_acceptance(&market, result->chosen, &result->offers, problem);
done:
    memory_free(demand_places);
    memory_free(supplier_places);
    return status;
}

static ieum_status list_pairs(const struct assignment_frame *frame, struct stable_result *result,
                              struct problem *problem) {
    uint32_t count = 0;
    for (uint32_t e = 0; e < frame->edge_count; e++) count += result->chosen[e];
    result->pairs = memory_allocate(sizeof *result->pairs * count);
    if (!result->pairs) return problem_set_memory(problem);
    for (uint32_t e = 0; e < frame->edge_count; e++) {
        if (!result->chosen[e]) continue;
        result->pairs[result->pair_count++] =
            (struct assignment_pair){frame->edge_demand[e], frame->assignment->edge_supplier[e]};
        if (__builtin_add_overflow(result->total, frame->assignment->edge_score[e], &result->total)) {
            return problem_set(problem, IEUM_LIMIT, "/scores", "점수의 합계가 정수 범위를 넘습니다.",
                               "The total of the scores is beyond the range of integers.");
        }
    }
    return IEUM_OK;
}

/* ---- what it breaks ---- */

static void note_broken(struct stable_result *result, enum assignment_need need, uint32_t index) {
    if (result->broken) result->broken[result->broken_count] = (struct assignment_requirement){need, index};
    result->broken_count++;
}

/* Counts what is broken, and lists it where there is room for a list. Maximums of demands and suppliers never are. */
static void find_broken(const struct assignment_frame *frame, const int64_t *load, struct stable_result *result) {
    result->broken_count = 0;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        if (load[limit] >= frame->limit_min[limit]) continue;
        if (limit < frame->first_supplier)
            note_broken(result, ASSIGNMENT_DEMAND_MIN, limit);
        else if (limit < frame->first_group)
            note_broken(result, ASSIGNMENT_SUPPLIER_MIN, limit - frame->first_supplier);
        else
            note_broken(result, ASSIGNMENT_GROUP_MIN, limit - frame->first_group);
    }
    for (uint32_t limit = frame->first_group; limit < frame->limit_count; limit++) {
        if (load[limit] > frame->limit_max[limit]) {
            note_broken(result, ASSIGNMENT_GROUP_MAX, limit - frame->first_group);
        }
    }
}

static ieum_status judge_limits(const struct assignment_frame *frame, struct stable_result *result,
                                struct problem *problem) {
    int64_t *load = count_loads(frame, result->chosen);
    if (!load) return problem_set_memory(problem);
    find_broken(frame, load, result);
    if (result->broken_count > 0) {
        result->status = ASSIGNMENT_INFEASIBLE;
        result->proven = !result->ties;
        result->broken = memory_allocate(sizeof *result->broken * result->broken_count);
        if (result->broken) find_broken(frame, load, result);
    }
    memory_free(load);
    return result->broken_count > 0 && !result->broken ? problem_set_memory(problem) : IEUM_OK;
}

/* ---- all of it ---- */

static ieum_status confirm(const struct assignment_problem *assignment, const int64_t *supplier_score,
                           struct stable_result *result, struct problem *problem) {
    struct problem doubt = {0};
    ieum_status status = result->reason.count > 0
                             ? certificate_check_infeasible(assignment, &result->reason, &doubt)
                             : stable_check(assignment, supplier_score, result, &result->checked, &doubt);
    return recheck_judge(status, &doubt, problem);
}

static ieum_status solve_frame(const struct assignment_frame *frame, const int64_t *supplier_score,
                               struct stable_result *result, struct problem *problem) {
    ieum_status status;
    int64_t *locked = count_loads(frame, NULL);
    if (!locked) return problem_set_memory(problem);
    if (!locks_can_be(frame, locked)) {
        result->status = ASSIGNMENT_INFEASIBLE;
        status = infeasible_explain(frame, &result->reason, problem);
    } else {
        status = preference_ties_find(frame->assignment, supplier_score, &result->ties, problem);
        if (status == IEUM_OK) status = accept_offers(frame, supplier_score, locked, result, problem);
        if (status == IEUM_OK) status = list_pairs(frame, result, problem);
        if (status == IEUM_OK) status = judge_limits(frame, result, problem);
    }
    memory_free(locked);
    return status;
}

ieum_status stable_solve(const struct assignment_problem *assignment, const int64_t *supplier_score,
                         struct stable_result *result, struct problem *problem) {
    struct assignment_frame frame;
    struct stable_result found = {.status = ASSIGNMENT_OPTIMAL};
    ieum_status status = assignment_frame_build(assignment, &frame, problem);
    if (status == IEUM_OK && supplier_score) status = check_supplier_scores(&frame, supplier_score, problem);
    if (!supplier_score) supplier_score = assignment->edge_score;
    if (status == IEUM_OK) status = solve_frame(&frame, supplier_score, &found, problem);
    if (status == IEUM_OK) status = confirm(assignment, supplier_score, &found, problem);
    found.edge_rule = frame.edge_rule;
    frame.edge_rule = NULL;
    assignment_frame_free(&frame);
    if (status == IEUM_OK)
        *result = found;
    else
        stable_result_free(&found);
    return status;
}

void stable_result_free(struct stable_result *result) {
    memory_free(result->edge_rule);
    memory_free(result->chosen);
    memory_free(result->pairs);
    memory_free(result->broken);
    infeasible_free(&result->reason);
    *result = (struct stable_result){0};
}
