/* SPDX-License-Identifier: Apache-2.0 */
/* The bounds of both sides, the locked and vetoed pairs, the groups. */
#include "read_assignment.h"

static const struct jpath root = {NULL, NULL, 0};

static bool read_bound(const jval *value, int64_t *bound) {
    if (!jval_is(value, JVAL_INTEGER) || jval_integer(value) < 0) return false;
    *bound = jval_integer(value);
    return true;
}

/* side[key], a number for all or an array with one each; null in it, or left out: the standard. */
static ieum_status read_bounds(struct call *call, const char *side, const char *key, uint32_t count, int64_t standard, const int64_t **out,
                               struct problem *problem) {
    const struct jpath side_at = {&root, side, 0}, at = {&side_at, key, 0};
    const jval *value = jval_get(jval_get(call->request, side), key);
    int64_t *bounds = arena_allocate(call->arena, count * sizeof *bounds);
    if (!bounds) return problem_set_memory(problem);
    bool list = jval_is(value, JVAL_ARRAY);
    if (list && jval_count(value) != count)
        return jval_refuse(problem, &at, value, NULL, "항목의 수가 맞지 않습니다.", "The list has the wrong length.");
    for (uint32_t i = 0; i < count; i++) {
        const jval *one = list ? jval_at(value, i) : value;
        bounds[i] = standard;
        if (!jval_is(one, JVAL_NULL) && !read_bound(one, &bounds[i]))
            return jval_refuse(problem, list ? &(struct jpath){&at, NULL, i} : &at, one, "0, 1, 2 …", "0 이상의 정수여야 합니다.",
                               "This must be an integer of at least 0.");
    }
    *out = bounds;
    return IEUM_OK;
}

static ieum_status check_side(const jval *request, const char *side, struct problem *problem) {
    static const char *const known[] = {"min", "max"};
    const jval *object = NULL;
    ieum_status status = field_object(request, NULL, side, false, &object, problem);
    return status == IEUM_OK && object ? field_refuse_unknown(object, &(struct jpath){&root, side, 0}, known, 2, problem) : status;
}

static ieum_status read_sides(struct call *call, struct assignment_problem *assignment, struct problem *problem) {
    bool demand_said = jval_get(call->request, "demand") != NULL;
    ieum_status status = check_side(call->request, "demand", problem);
    if (status == IEUM_OK) status = check_side(call->request, "supplier", problem);
    if (status == IEUM_OK) status = read_bounds(call, "demand", "min", assignment->demand_count, 0, &assignment->demand_min, problem);
    if (status == IEUM_OK)
        status = read_bounds(call, "demand", "max", assignment->demand_count, demand_said ? ASSIGNMENT_NO_MAX : 1, &assignment->demand_max, problem);
    if (status == IEUM_OK) status = read_bounds(call, "supplier", "min", assignment->supplier_count, 0, &assignment->supplier_min, problem);
    if (status == IEUM_OK)
        status = read_bounds(call, "supplier", "max", assignment->supplier_count, ASSIGNMENT_NO_MAX, &assignment->supplier_max, problem);
    return status;
}

ieum_status read_pairs(struct assignment_reading *reading, const char *key, const struct assignment_pair **out, uint32_t *count,
                       struct problem *problem) {
    const struct jpath at = {&root, key, 0};
    const jval *list = NULL;
    ieum_status status = field_array(reading->call->request, NULL, key, false, &list, problem);
    struct assignment_pair *pairs = arena_allocate(reading->call->arena, jval_count(list) * sizeof *pairs);
    if (status == IEUM_OK && !pairs) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath pair_at = {&at, NULL, i};
        const jval *pair = jval_at(list, i);
        if (!jval_is(pair, JVAL_ARRAY) || jval_count(pair) != 2)
            return jval_refuse(problem, &pair_at, pair, "[demand, supplier]", "[수요, 공급]이어야 합니다.", "This must be [demand, supplier].");
        status = read_pair(pair, &pair_at, &reading->question->problem, &pairs[i], problem);
    }
    *out = pairs;
    *count = (uint32_t)jval_count(list);
    return status;
}

static ieum_status read_group(struct call *call, const jval *value, const struct jpath *at, const struct assignment_problem *assignment,
                              struct assignment_group *group, struct problem *problem) {
    static const char *const known[] = {"side", "members", "min", "max"}, *const sides[] = {"demand", "supplier"};
    const jval *members = NULL;
    size_t side = 0;
    group->max = ASSIGNMENT_NO_MAX;
    ieum_status status = field_refuse_unknown(value, at, known, 4, problem);
    if (status == IEUM_OK) status = field_choice(value, at, "side", true, sides, 2, &side, problem);
    if (status == IEUM_OK) status = field_array(value, at, "members", true, &members, problem);
    if (status == IEUM_OK) status = field_integer(value, at, "min", false, 0, ASSIGNMENT_EDGE_LIMIT, &group->min, problem);
    if (status == IEUM_OK) status = field_integer(value, at, "max", false, 0, ASSIGNMENT_EDGE_LIMIT, &group->max, problem);
    uint32_t *list = arena_allocate(call->arena, jval_count(members) * sizeof *list);
    if (status == IEUM_OK && !list) status = problem_set_memory(problem);
    const struct jpath members_at = {at, "members", 0};
    int64_t below = side ? assignment->supplier_count : assignment->demand_count;
    for (size_t i = 0; i < jval_count(members) && status == IEUM_OK; i++)
        status = read_index(jval_at(members, i), &(struct jpath){&members_at, NULL, i}, below, &list[i], problem);
    group->side = side ? ASSIGNMENT_SUPPLIER : ASSIGNMENT_DEMAND;
    group->members = list;
    group->member_count = (uint32_t)jval_count(members);
    return status;
}

static ieum_status read_groups(struct call *call, struct assignment_problem *assignment, struct problem *problem) {
    const struct jpath at = {&root, "groups", 0};
    const jval *list = NULL;
    ieum_status status = field_array(call->request, NULL, "groups", false, &list, problem);
    struct assignment_group *groups = arena_allocate_zero(call->arena, jval_count(list), sizeof *groups);
    if (status == IEUM_OK && !groups) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath group_at = {&at, NULL, i};
        if (!jval_is(jval_at(list, i), JVAL_OBJECT))
            return jval_refuse(problem, &group_at, jval_at(list, i), "object", "객체({…})여야 합니다.", "This must be an object ({…}).");
        status = read_group(call, jval_at(list, i), &group_at, assignment, &groups[i], problem);
    }
    assignment->groups = groups;
    assignment->group_count = (uint32_t)jval_count(list);
    return status;
}

ieum_status read_limits(struct assignment_reading *reading, struct problem *problem) {
    struct assignment_problem *assignment = &reading->question->problem;
    ieum_status status = read_sides(reading->call, assignment, problem);
    if (status == IEUM_OK) status = read_pairs(reading, "locks", &assignment->locks, &assignment->lock_count, problem);
    if (status == IEUM_OK) status = read_pairs(reading, "vetoes", &assignment->vetoes, &assignment->veto_count, problem);
    return status == IEUM_OK ? read_groups(reading->call, assignment, problem) : status;
}
