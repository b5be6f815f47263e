/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prices on pairs, the cheapest circulation, then the changes read off the chosen pairs alone: whatever they break must
 * be waived, and where that may not be, there is no repair.
 */
#include "repair.h"

#include "../base/memory.h"
#include "repair_network.h"
#include "repair_question.h"

struct work {
    const struct repair_question *question;
    struct assignment_frame frame;
    struct repair_pair *pairs; /* the candidate pairs, then the barred ones */
    uint32_t pair_count;
    struct repair_place *barred_order; /* the barred pairs by demand, then supplier */
    uint32_t *lock_pair, *veto_pair;   /* per lock or veto: its place in `pairs`, or ASSIGNMENT_NONE */
    uint8_t *chosen;
    int64_t *load; /* per limit */
};

/* ---- prices on pairs ---- */

/* A pair locked or vetoed twice costs both. */
static void price_rules(struct work *it, enum assignment_need need) {
    const struct assignment_problem *assignment = it->frame.assignment;
    bool lock = need == ASSIGNMENT_LOCK;
    uint32_t count = lock ? assignment->lock_count : assignment->veto_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = (lock ? it->frame.lock_edge : it->frame.veto_edge)[i];
        if (place == ASSIGNMENT_NONE) {
            uint32_t barred = repair_question_find(it->question, it->barred_order,
                                                   (lock ? assignment->locks : assignment->vetoes)[i]);
            if (barred != ASSIGNMENT_NONE) place = it->frame.edge_count + barred;
        }
        (lock ? it->lock_pair : it->veto_pair)[i] = place;
        if (place == ASSIGNMENT_NONE) continue;
        int64_t cost = repair_cost_of(it->question, (struct assignment_requirement){need, i});
        struct repair_pair *pair = &it->pairs[place];
        *(lock ? &pair->leave : &pair->admit) += cost;
        if (cost == 0) *(lock ? &pair->always : &pair->never) = true;
    }
}

static void price_pairs(struct work *it) {
    for (uint32_t edge = 0; edge < it->frame.edge_count; edge++) {
        it->pairs[edge].pair =
            (struct assignment_pair){it->frame.edge_demand[edge], it->frame.assignment->edge_supplier[edge]};
    }
    for (uint32_t i = 0; i < it->question->barred_count; i++) {
        it->pairs[it->frame.edge_count + i].pair = it->question->barred[i].pair;
        it->pairs[it->frame.edge_count + i].admit = it->question->barred[i].cost;
    }
    price_rules(it, ASSIGNMENT_LOCK);
    price_rules(it, ASSIGNMENT_VETO);
}

/* ---- what the chosen pairs break ---- */

static void count_loads(struct work *it) {
    for (uint32_t i = 0; i < it->pair_count; i++) {
        if (!it->chosen[i]) continue;
        it->load[it->pairs[i].pair.demand]++;
        it->load[it->frame.first_supplier + it->pairs[i].pair.supplier]++;
    }
    assignment_frame_sum_groups(&it->frame, it->load);
}

/* Notes a change of so many units at a cost each; a cost of 0 says that it may not be. */
static ieum_status add_change(struct repair *repair, struct repair_change change, int64_t units, int64_t cost,
                              struct problem *problem) {
    if (cost == 0) {
        repair->possible = false;
        return IEUM_OK;
    }
    if (__builtin_mul_overflow(units, cost, &change.cost) ||
        __builtin_add_overflow(repair->cost, change.cost, &repair->cost)) {
        return problem_set(problem, IEUM_LIMIT, "/waivable", "면제 비용의 합계가 정수 범위를 넘습니다.",
                           "The total cost of waiving is beyond the range of integers.");
    }
    repair->changes[repair->change_count++] = change;
    return IEUM_OK;
}

static ieum_status list_limit_changes(const struct work *it, struct repair *repair, struct problem *problem) {
    ieum_status status = IEUM_OK;
    const struct assignment_frame *frame = &it->frame;
    const uint32_t ends[] = {0, frame->first_supplier, frame->first_group, frame->limit_count};
    for (int side = 0; side < 3; side++) {
        for (int maximum = 0; maximum < 2; maximum++) {
            for (uint32_t limit = ends[side]; limit < ends[side + 1] && status == IEUM_OK; limit++) {
                int64_t from = (maximum ? frame->limit_max : frame->limit_min)[limit], to = it->load[limit];
                int64_t units = maximum ? to - from : from - to;
                struct assignment_requirement named = assignment_frame_requirement(frame, limit, maximum);
                struct repair_change change = {.requirement = named, .from = from, .to = to};
                if (units <= 0) continue;
                status = add_change(repair, change, units, repair_cost_of(it->question, named), problem);
            }
        }
    }
    return status;
}

static ieum_status list_pair_changes(const struct work *it, struct repair *repair, struct problem *problem) {
    const struct assignment_problem *assignment = it->frame.assignment;
    const uint32_t counts[] = {assignment->lock_count, assignment->veto_count, it->question->barred_count};
    ieum_status status = IEUM_OK;
    for (int kind = 0; kind < 3; kind++) {
        for (uint32_t i = 0; i < counts[kind] && status == IEUM_OK; i++) {
            uint32_t place = kind == 0 ? it->lock_pair[i] : kind == 1 ? it->veto_pair[i] : it->frame.edge_count + i;
            bool chosen = place != ASSIGNMENT_NONE && it->chosen[place];
            struct repair_change change = {.barred = kind == 2,
                                           .requirement = {kind == 0 ? ASSIGNMENT_LOCK : ASSIGNMENT_VETO, i}};
            if (chosen == (kind == 0)) continue;
            status = add_change(
                repair, change, 1,
                kind == 2 ? it->question->barred[i].cost : repair_cost_of(it->question, change.requirement), problem);
        }
    }
    return status;
}

/* Candidate and barred pairs, merged in order. */
static void list_pairs(const struct work *it, struct repair *repair) {
    uint32_t edge = 0, barred = 0, edges = it->frame.edge_count, barred_count = it->question->barred_count;
    for (;;) {
        while (edge < edges && !it->chosen[edge]) edge++;
        while (barred < barred_count && !it->chosen[edges + it->barred_order[barred].index]) barred++;
        uint32_t other = barred < barred_count ? edges + it->barred_order[barred].index : ASSIGNMENT_NONE;
        if (edge == edges && other == ASSIGNMENT_NONE) return;
        bool own = edge < edges &&
                   (other == ASSIGNMENT_NONE || repair_compare_pairs(it->pairs[edge].pair, it->pairs[other].pair) < 0);
        repair->pairs[repair->pair_count++] = it->pairs[own ? edge : other].pair;
        (*(own ? &edge : &barred))++;
    }
}

static ieum_status read_repair(struct work *it, struct repair *repair, struct problem *problem) {
    const struct assignment_problem *assignment = it->frame.assignment;
    size_t most = 2 * (size_t)it->frame.limit_count + assignment->lock_count + assignment->veto_count +
                  it->question->barred_count;
    uint32_t count = 0;
    for (uint32_t i = 0; i < it->pair_count; i++) count += it->chosen[i];
    *repair = (struct repair){.possible = true};
    repair->changes = memory_allocate(sizeof *repair->changes * most);
    repair->pairs = memory_allocate(sizeof *repair->pairs * count);
    if (!repair->changes || !repair->pairs) return problem_set_memory(problem);
    list_pairs(it, repair);
    count_loads(it);
    ieum_status status = list_limit_changes(it, repair, problem);
    return status == IEUM_OK ? list_pair_changes(it, repair, problem) : status;
}

/* ---- all of it ---- */

static bool work_allocate(struct work *it) {
    const struct assignment_problem *assignment = it->frame.assignment;
    it->pairs = memory_allocate_zero(it->pair_count, sizeof *it->pairs);
    it->chosen = memory_allocate(it->pair_count);
    it->barred_order = memory_allocate(sizeof *it->barred_order * it->question->barred_count);
    it->lock_pair = memory_allocate(sizeof *it->lock_pair * assignment->lock_count);
    it->veto_pair = memory_allocate(sizeof *it->veto_pair * assignment->veto_count);
    it->load = memory_allocate_zero(it->frame.limit_count, sizeof *it->load);
    return it->pairs && it->chosen && it->barred_order && it->lock_pair && it->veto_pair && it->load;
}

static void work_free(struct work *it) {
    memory_free(it->pairs);
    memory_free(it->chosen);
    memory_free(it->barred_order);
    memory_free(it->lock_pair);
    memory_free(it->veto_pair);
    memory_free(it->load);
    assignment_frame_free(&it->frame);
}

ieum_status repair_find(const struct assignment_problem *assignment, const struct repair_question *question,
                        struct repair *repair, struct problem *problem) {
    struct work it = {.question = question};
    struct repair found = {0};
    ieum_status status = assignment_frame_build(assignment, &it.frame, problem);
    if (status != IEUM_OK) goto done;
    if (question->barred_count >= ASSIGNMENT_EDGE_LIMIT - it.frame.edge_count) {
        status = problem_set(problem, IEUM_LIMIT, "/barred", "규칙에 걸린 쌍의 수가 너무 많습니다.",
                             "There are too many barred pairs.");
        goto done;
    }
    it.pair_count = it.frame.edge_count + question->barred_count;
    if (!work_allocate(&it)) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = repair_question_check(assignment, question, it.barred_order, problem);
    if (status != IEUM_OK) goto done;
    price_pairs(&it);
    status = repair_network_solve(&it.frame, question, it.pairs, it.pair_count, it.chosen, problem);
    if (status == IEUM_OK) status = read_repair(&it, &found, problem);
    if (status == IEUM_OK && !found.possible) repair_free(&found);
done:
    work_free(&it);
    if (status == IEUM_OK)
        *repair = found;
    else
        repair_free(&found);
    return status;
}

void repair_free(struct repair *repair) {
    memory_free(repair->changes);
    memory_free(repair->pairs);
    *repair = (struct repair){0};
}
