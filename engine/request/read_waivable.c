/* SPDX-License-Identifier: Apache-2.0 */
/* What may be waived when there is no assignment, and at what cost: requirements, and pairs that a rule bars. */
#include "read_assignment.h"

static const struct jpath root = {NULL, NULL, 0};

static bool read_cost(const jval *value, int64_t *cost) {
    if (!jval_is(value, JVAL_INTEGER) || jval_integer(value) < 1 || jval_integer(value) > REPAIR_COST_LIMIT) return false;
    *cost = jval_integer(value);
    return true;
}

static ieum_status refuse_cost(const struct jpath *at, const jval *found, struct problem *problem) {
    return jval_refuse(problem, at, found, "1..1000000 | null", "면제 비용은 1 이상 1,000,000 이하의 정수여야 합니다.",
                       "The cost of waiving must be an integer from 1 to 1,000,000.");
}

/* A number for all, or an array with one each, null where it may not be waived. */
static ieum_status read_price(struct call *call, const jval *value, const struct jpath *at, uint32_t count, struct repair_price *price,
                              struct problem *problem) {
    if (jval_is(value, JVAL_NULL)) return IEUM_OK;
    if (!jval_is(value, JVAL_ARRAY)) return read_cost(value, &price->all) ? IEUM_OK : refuse_cost(at, value, problem);
    if (jval_count(value) != count)
        return jval_refuse(problem, at, value, NULL, "항목의 수가 맞지 않습니다.", "The list has the wrong length.");
    int64_t *each = arena_allocate_zero(call->arena, count, sizeof *each);
    if (!each) return problem_set_memory(problem);
    price->each = each;
    for (uint32_t i = 0; i < count; i++) {
        const jval *one = jval_at(value, i);
        if (!jval_is(one, JVAL_NULL) && !read_cost(one, &each[i])) return refuse_cost(&(struct jpath){at, NULL, i}, one, problem);
    }
    return IEUM_OK;
}

static ieum_status read_barred(struct assignment_reading *reading, struct problem *problem) {
    const struct jpath at = {&root, "barred", 0};
    const jval *list = NULL;
    ieum_status status = field_array(reading->call->request, NULL, "barred", false, &list, problem);
    struct repair_barred *barred = arena_allocate(reading->call->arena, jval_count(list) * sizeof *barred);
    if (status == IEUM_OK && !barred) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath one_at = {&at, NULL, i};
        const jval *one = jval_at(list, i);
        int64_t score;
        if (!jval_is(one, JVAL_ARRAY) || jval_count(one) != 4)
            return jval_refuse(problem, &one_at, one, "[demand, supplier, score, cost]", "[수요, 공급, 점수, 면제 비용]이어야 합니다.",
                               "This must be [demand, supplier, score, cost].");
        status = read_pair(one, &one_at, &reading->question->problem, &barred[i].pair, problem);
        if (status == IEUM_OK && !read_score(jval_at(one, 2), &score)) status = refuse_score(&(struct jpath){&one_at, NULL, 2}, jval_at(one, 2), problem);
        if (status == IEUM_OK && !read_cost(jval_at(one, 3), &barred[i].cost))
            status = refuse_cost(&(struct jpath){&one_at, NULL, 3}, jval_at(one, 3), problem);
    }
    reading->question->repair.barred = barred;
    reading->question->repair.barred_count = (uint32_t)jval_count(list);
    return status;
}

ieum_status read_waivable(struct assignment_reading *reading, struct problem *problem) {
    static const char *const known[] = {"demand_min", "demand_max", "supplier_min", "supplier_max", "group_min", "group_max", "lock", "veto"};
    const struct assignment_problem *assignment = &reading->question->problem;
    const uint32_t counts[] = {assignment->demand_count, assignment->demand_count, assignment->supplier_count, assignment->supplier_count,
                               assignment->group_count,  assignment->group_count,  assignment->lock_count,     assignment->veto_count};
    const struct jpath at = {&root, "waivable", 0};
    const jval *waivable = NULL;
    ieum_status status = field_object(reading->call->request, NULL, "waivable", false, &waivable, problem);
    if (status == IEUM_OK && waivable) {
        reading->question->repair = (struct repair_question){0};
        status = field_refuse_unknown(waivable, &at, known, sizeof known / sizeof *known, problem);
    }
    for (size_t need = 0; waivable && need <= ASSIGNMENT_VETO && status == IEUM_OK; need++)
        status = read_price(reading->call, jval_get(waivable, known[need]), &(struct jpath){&at, known[need], 0}, counts[need],
                            &reading->question->repair.price[need], problem);
    return status == IEUM_OK ? read_barred(reading, problem) : status;
}
