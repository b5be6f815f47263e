/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op assign: {"method"?: "max_sum", "scores": [[number | null]] or "edges": [[demand, supplier, score]] with "size": [demands, suppliers], "demand"?: {"min", "max"}, "supplier"?:
 * {"min", "max"} (numbers or arrays; without a maximum: null; left out: 0..1 for demands, 0..any for suppliers), "locks"?, "vetoes"?: [[demand, supplier]],
 * "groups"?: [{"side", "members", "min"?, "max"?}], "q"?: 1, "seed"?} → {"status", "total", "pairs", "certificate", "measures", "reason"?}.
 */
#include <stdlib.h>
#include <string.h>

#include "request.h"

enum { MOST_OF_A_SIDE = 1000000 }; /* of a request; the solver itself has a wider limit */

static const struct jpath root = {NULL, NULL, 0};

/* Everything of a request in flat arrays, in the call's arena. */
struct edge {
    uint32_t demand, supplier;
    int64_t score;
};

static ieum_status refuse_score(const struct jpath *at, const jval *found, struct problem *problem) {
    return jval_refuse(problem, at, found, "-1000..1000", "점수는 -1000에서 1000까지의 수여야 합니다.",
                       "A score must be a number from -1000 to 1000.");
}

static bool read_score(const jval *value, int64_t *score) {
    return (jval_is(value, JVAL_INTEGER) || jval_is(value, JVAL_REAL)) && assignment_fixed_point(jval_number(value), score);
}

/* A count or index in [0, below). */
static ieum_status read_index(const jval *value, const struct jpath *at, int64_t below, uint32_t *index, struct problem *problem) {
    if (!jval_is(value, JVAL_INTEGER) || jval_integer(value) < 0 || jval_integer(value) >= below)
        return jval_refuse(problem, at, value, "0, 1, 2 …", "번호가 범위를 벗어났습니다.", "The index is out of range.");
    *index = (uint32_t)jval_integer(value);
    return IEUM_OK;
}

/* ---- scores ---- */

static ieum_status read_matrix(struct call *call, const jval *rows, struct assignment_problem *assignment, struct problem *problem) {
    const struct jpath at = {&root, "scores", 0};
    size_t demands = jval_count(rows), suppliers = jval_count(jval_at(rows, 0)), cells, used = 0;
    if (__builtin_mul_overflow(demands, suppliers, &cells) || cells > ASSIGNMENT_EDGE_LIMIT)
        return problem_set(problem, IEUM_LIMIT, "/scores", "점수표가 너무 큽니다.", "The table of scores is too large.");
    uint32_t *start = arena_allocate_zero(call->arena, demands + 1, sizeof *start);
    uint32_t *columns = arena_allocate(call->arena, cells * sizeof *columns);
    int64_t *scores = arena_allocate(call->arena, cells * sizeof *scores);
    if (!start || !columns || !scores) return problem_set_memory(problem);
    for (size_t d = 0; d < demands; d++) {
        const struct jpath row_at = {&at, NULL, d};
        const jval *row = jval_at(rows, d);
        if (!jval_is(row, JVAL_ARRAY) || jval_count(row) != suppliers)
            return jval_refuse(problem, &row_at, row, NULL, "모든 행의 길이가 같아야 합니다.", "All rows must have the same length.");
        for (size_t s = 0; s < suppliers; s++) {
            const jval *cell = jval_at(row, s);
            if (jval_is(cell, JVAL_NULL)) continue;
            if (!read_score(cell, &scores[used])) return refuse_score(&(struct jpath){&row_at, NULL, s}, cell, problem);
            columns[used++] = (uint32_t)s;
        }
        start[d + 1] = (uint32_t)used;
    }
    assignment->demand_count = (uint32_t)demands;
    assignment->supplier_count = (uint32_t)suppliers;
    assignment->edge_start = start;
    assignment->edge_supplier = columns;
    assignment->edge_score = scores;
    return IEUM_OK;
}

static int compare_edges(const void *a, const void *b) {
    const struct edge *x = a, *y = b;
    if (x->demand != y->demand) return x->demand < y->demand ? -1 : 1;
    return x->supplier < y->supplier ? -1 : x->supplier > y->supplier;
}

static ieum_status read_edge(const jval *value, const struct jpath *at, const struct assignment_problem *assignment, struct edge *edge,
                             struct problem *problem) {
    if (!jval_is(value, JVAL_ARRAY) || jval_count(value) != 3)
        return jval_refuse(problem, at, value, "[demand, supplier, score]", "[수요, 공급, 점수]여야 합니다.", "This must be [demand, supplier, score].");
    ieum_status status = read_index(jval_at(value, 0), &(struct jpath){at, NULL, 0}, assignment->demand_count, &edge->demand, problem);
    if (status == IEUM_OK)
        status = read_index(jval_at(value, 1), &(struct jpath){at, NULL, 1}, assignment->supplier_count, &edge->supplier, problem);
    if (status == IEUM_OK && !read_score(jval_at(value, 2), &edge->score))
        status = refuse_score(&(struct jpath){at, NULL, 2}, jval_at(value, 2), problem);
    return status;
}

/* Sorted edges → rows. */
static ieum_status set_edges(struct call *call, const struct edge *edges, size_t count, struct assignment_problem *assignment,
                             struct problem *problem) {
    uint32_t *start = arena_allocate_zero(call->arena, (size_t)assignment->demand_count + 1, sizeof *start);
    uint32_t *columns = arena_allocate(call->arena, count * sizeof *columns);
    int64_t *scores = arena_allocate(call->arena, count * sizeof *scores);
    if (!start || !columns || !scores) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) {
        if (i && compare_edges(&edges[i - 1], &edges[i]) == 0)
            return problem_set(problem, IEUM_INVALID, "/edges", "짝 [%u, %u]이(가) 두 번 나옵니다.", "The pair [%u, %u] appears twice.",
                               edges[i].demand, edges[i].supplier);
        start[edges[i].demand + 1]++;
        columns[i] = edges[i].supplier;
        scores[i] = edges[i].score;
    }
    for (uint32_t d = 0; d < assignment->demand_count; d++) start[d + 1] += start[d];
    assignment->edge_start = start;
    assignment->edge_supplier = columns;
    assignment->edge_score = scores;
    return IEUM_OK;
}

static ieum_status read_edges(struct call *call, const jval *list, struct assignment_problem *assignment, struct problem *problem) {
    const struct jpath at = {&root, "edges", 0}, size_at = {&root, "size", 0};
    const jval *size = NULL;
    ieum_status status = field_array(call->request, NULL, "size", true, &size, problem);
    if (status == IEUM_OK && jval_count(size) != 2)
        status = jval_refuse(problem, &size_at, size, "[demands, suppliers]", "[수요 수, 공급 수]여야 합니다.", "This must be [demands, suppliers].");
    const int64_t below = MOST_OF_A_SIDE + 1;
    if (status == IEUM_OK)
        status = read_index(jval_at(size, 0), &(struct jpath){&size_at, NULL, 0}, below, &assignment->demand_count, problem);
    if (status == IEUM_OK)
        status = read_index(jval_at(size, 1), &(struct jpath){&size_at, NULL, 1}, below, &assignment->supplier_count, problem);
    if (status != IEUM_OK) return status;
    size_t count = jval_count(list);
    struct edge *edges = arena_allocate(call->arena, count * sizeof *edges);
    if (!edges) return problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++)
        status = read_edge(jval_at(list, i), &(struct jpath){&at, NULL, i}, assignment, &edges[i], problem);
    if (status != IEUM_OK) return status;
    qsort(edges, count, sizeof *edges, compare_edges);
    return set_edges(call, edges, count, assignment, problem);
}

static ieum_status read_scores(struct call *call, struct assignment_problem *assignment, struct problem *problem) {
    const jval *rows = NULL, *edges = NULL;
    ieum_status status = field_array(call->request, NULL, "edges", false, &edges, problem);
    if (status == IEUM_OK) status = field_array(call->request, NULL, "scores", !edges, &rows, problem);
    if (status != IEUM_OK) return status;
    if (edges && rows)
        return jval_refuse(problem, &(struct jpath){&root, "edges", 0}, NULL, NULL, "scores와 edges 가운데 하나만 적어야 합니다.",
                           "Give either scores or edges, not both.");
    return edges ? read_edges(call, edges, assignment, problem) : read_matrix(call, rows, assignment, problem);
}

/* ---- bounds, pairs, groups ---- */

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

static ieum_status read_pairs(struct call *call, const char *key, const struct assignment_problem *assignment, const struct assignment_pair **out,
                              uint32_t *count, struct problem *problem) {
    const struct jpath at = {&root, key, 0};
    const jval *list = NULL;
    ieum_status status = field_array(call->request, NULL, key, false, &list, problem);
    struct assignment_pair *pairs = arena_allocate(call->arena, jval_count(list) * sizeof *pairs);
    if (status == IEUM_OK && !pairs) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath pair_at = {&at, NULL, i};
        const jval *pair = jval_at(list, i);
        if (!jval_is(pair, JVAL_ARRAY) || jval_count(pair) != 2)
            return jval_refuse(problem, &pair_at, pair, "[demand, supplier]", "[수요, 공급]이어야 합니다.", "This must be [demand, supplier].");
        status = read_index(jval_at(pair, 0), &(struct jpath){&pair_at, NULL, 0}, assignment->demand_count, &pairs[i].demand, problem);
        if (status == IEUM_OK)
            status = read_index(jval_at(pair, 1), &(struct jpath){&pair_at, NULL, 1}, assignment->supplier_count, &pairs[i].supplier, problem);
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

static ieum_status read_assignment(struct call *call, struct assignment_problem *assignment, struct problem *problem) {
    static const char *const own[] = {"method", "scores", "edges", "size", "demand", "supplier", "locks", "vetoes", "groups", "q", "seed",
                                      "supplier_scores"};
    static const char *const methods[] = {"max_sum"};
    size_t method = 0;
    double q = 1;
    int64_t seed = 0;
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_choice(call->request, NULL, "method", false, methods, 1, &method, problem);
    if (status == IEUM_OK) status = field_number(call->request, NULL, "q", false, 1, 1, &q, problem); /* max_sum draws no lots */
    if (status == IEUM_OK) status = field_integer(call->request, NULL, "seed", false, INT64_MIN, INT64_MAX, &seed, problem);
    if (status == IEUM_OK && jval_get(call->request, "supplier_scores"))
        status = jval_refuse(problem, &(struct jpath){&root, "supplier_scores", 0}, NULL, NULL, "max_sum은 한쪽의 점수만 씁니다.",
                             "max_sum uses the scores of one side only.");
    if (status == IEUM_OK) status = read_scores(call, assignment, problem);
    if (status == IEUM_OK) status = read_sides(call, assignment, problem);
    if (status == IEUM_OK) status = read_pairs(call, "locks", assignment, &assignment->locks, &assignment->lock_count, problem);
    if (status == IEUM_OK) status = read_pairs(call, "vetoes", assignment, &assignment->vetoes, &assignment->veto_count, problem);
    return status == IEUM_OK ? read_groups(call, assignment, problem) : status;
}

ieum_status request_assign(struct call *call, jval **result, struct problem *problem) {
    struct assignment_problem assignment = {0};
    struct assignment_answer answer;
    ieum_status status = read_assignment(call, &assignment, problem);
    if (status == IEUM_OK) status = pipeline_assign(&assignment, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = write_assignment(&assignment, &answer);
    assignment_answer_free(&answer);
    return IEUM_OK;
}
