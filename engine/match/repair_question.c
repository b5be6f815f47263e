/* SPDX-License-Identifier: Apache-2.0 */
/* Refusals point into op assign's request. */
#include "repair_question.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/memory.h"

struct repair_question repair_standard(void) {
    struct repair_question question = {0};
    for (int need = 0; need < ASSIGNMENT_VETO; need++) question.price[need].all = 1;
    return question;
}

/* ---- checks ---- */

static ieum_status refuse(struct problem *problem, const char *pointer, const char *expected, const char *ko,
                          const char *en) {
    problem_set(problem, IEUM_INVALID, pointer, ko, en);
    problem_set_expected(problem, expected);
    return problem->status;
}

static ieum_status check_costs(const struct assignment_problem *assignment, const struct repair_question *question,
                               struct problem *problem) {
    static const char *const names[] = {"demand_min", "demand_max", "supplier_min", "supplier_max",
                                        "group_min",  "group_max",  "lock",         "veto"};
    const uint32_t counts[] = {assignment->demand_count,   assignment->demand_count, assignment->supplier_count,
                               assignment->supplier_count, assignment->group_count,  assignment->group_count,
                               assignment->lock_count,     assignment->veto_count};
    char pointer[64];
    for (uint32_t need = 0; need <= ASSIGNMENT_VETO; need++) {
        const struct repair_price *price = &question->price[need];
        for (uint32_t i = 0; i < (price->each ? counts[need] : 1); i++) {
            int64_t cost = price->each ? price->each[i] : price->all;
            if (cost >= 0 && cost <= REPAIR_COST_LIMIT) continue;
            snprintf(pointer, sizeof pointer, price->each ? "/waivable/%s/%" PRIu32 : "/waivable/%s", names[need], i);
            return refuse(problem, pointer, "1..1000000", "면제 비용은 1 이상 1,000,000 이하의 정수여야 합니다.",
                          "The cost of waiving must be an integer from 1 to 1,000,000.");
        }
    }
    return IEUM_OK;
}

static int compare_places(const void *one, const void *other) {
    const struct repair_place *a = one, *b = other;
    int order = repair_compare_pairs(a->pair, b->pair);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static ieum_status check_barred(const struct assignment_problem *assignment, const struct repair_question *question,
                                struct repair_place *order, struct problem *problem) {
    const struct repair_barred *barred = question->barred;
    char pointer[64];
    for (uint32_t i = 0; i < question->barred_count; i++) {
        snprintf(pointer, sizeof pointer, "/barred/%" PRIu32, i);
        if (barred[i].pair.demand >= assignment->demand_count ||
            barred[i].pair.supplier >= assignment->supplier_count) {
            return refuse(problem, pointer, "indices of demand and supplier",
                          "규칙에 걸린 쌍이 없는 수요나 공급을 가리킵니다.",
                          "A barred pair names a demand or supplier that does not exist.");
        }
        if (assignment_find_edge(assignment, barred[i].pair) != ASSIGNMENT_NONE) {
            return refuse(problem, pointer, "no candidate pair", "규칙에 걸린 쌍이 후보 쌍에도 들어 있습니다.",
                          "A barred pair is a candidate pair too.");
        }
        if (barred[i].cost < 1 || barred[i].cost > REPAIR_COST_LIMIT) {
            return refuse(problem, pointer, "1..1000000", "면제 비용은 1 이상 1,000,000 이하의 정수여야 합니다.",
                          "The cost of waiving must be an integer from 1 to 1,000,000.");
        }
    }
    for (uint32_t i = 0; i < question->barred_count; i++) order[i] = (struct repair_place){barred[i].pair, i};
    qsort(order, question->barred_count, sizeof *order, compare_places);
    for (uint32_t i = 1; i < question->barred_count; i++) {
        if (repair_compare_pairs(order[i - 1].pair, order[i].pair) != 0) continue;
        snprintf(pointer, sizeof pointer, "/barred/%" PRIu32, order[i].index);
        return refuse(problem, pointer, "each pair once", "규칙에 걸린 같은 쌍이 두 번 있습니다.",
                      "A barred pair is given twice.");
    }
    return IEUM_OK;
}

ieum_status repair_question_check(const struct assignment_problem *assignment, const struct repair_question *question,
                                  struct repair_place *order, struct problem *problem) {
    ieum_status status = check_costs(assignment, question, problem);
    return status == IEUM_OK ? check_barred(assignment, question, order, problem) : status;
}

ieum_status repair_check(const struct assignment_problem *assignment, const struct repair_question *question,
                         struct problem *problem) {
    struct repair_place *order = memory_allocate(sizeof *order * question->barred_count);
    if (!order) return problem_set_memory(problem);
    ieum_status status = repair_question_check(assignment, question, order, problem);
    memory_free(order);
    return status;
}

uint32_t repair_question_find(const struct repair_question *question, const struct repair_place *order,
                              struct assignment_pair pair) {
    uint32_t low = 0, high = question->barred_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int found = repair_compare_pairs(order[middle].pair, pair);
        if (found == 0) return order[middle].index;
        if (found < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return ASSIGNMENT_NONE;
}
