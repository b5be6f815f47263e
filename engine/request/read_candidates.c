/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate pairs of an assignment: a matrix or a list, sorted into rows; and the suppliers' own scores in the same form. */
#include "read_assignment.h"

#include <stdlib.h>

enum { MOST_OF_A_SIDE = 1000000 }; /* of a request; the solver itself has a wider limit */

static const struct jpath root = {NULL, NULL, 0};

struct edge {
    struct assignment_pair pair;
    uint32_t place; /* in the request's list */
    int64_t score;
};

ieum_status refuse_score(const struct jpath *at, const jval *found, struct problem *problem) {
    return jval_refuse(problem, at, found, "-1000..1000", "점수는 -1000에서 1000까지의 수여야 합니다.",
                       "A score must be a number from -1000 to 1000.");
}

bool read_score(const jval *value, int64_t *score) {
    return (jval_is(value, JVAL_INTEGER) || jval_is(value, JVAL_REAL)) && assignment_fixed_point(jval_number(value), score);
}

ieum_status read_index(const jval *value, const struct jpath *at, int64_t below, uint32_t *index, struct problem *problem) {
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
    if (x->pair.demand != y->pair.demand) return x->pair.demand < y->pair.demand ? -1 : 1;
    return x->pair.supplier < y->pair.supplier ? -1 : x->pair.supplier > y->pair.supplier;
}

ieum_status read_pair(const jval *value, const struct jpath *at, const struct assignment_problem *assignment, struct assignment_pair *pair,
                      struct problem *problem) {
    ieum_status status = read_index(jval_at(value, 0), &(struct jpath){at, NULL, 0}, assignment->demand_count, &pair->demand, problem);
    return status == IEUM_OK ? read_index(jval_at(value, 1), &(struct jpath){at, NULL, 1}, assignment->supplier_count, &pair->supplier, problem) : status;
}

static ieum_status read_edge(const jval *value, const struct jpath *at, const struct assignment_problem *assignment, struct edge *edge,
                             struct problem *problem) {
    if (!jval_is(value, JVAL_ARRAY) || jval_count(value) != 3)
        return jval_refuse(problem, at, value, "[demand, supplier, score]", "[수요, 공급, 점수]여야 합니다.", "This must be [demand, supplier, score].");
    ieum_status status = read_pair(value, at, assignment, &edge->pair, problem);
    if (status == IEUM_OK && !read_score(jval_at(value, 2), &edge->score))
        status = refuse_score(&(struct jpath){at, NULL, 2}, jval_at(value, 2), problem);
    return status;
}

/* Sorted edges → rows. */
static ieum_status set_edges(struct assignment_reading *reading, const struct edge *edges, size_t count, struct problem *problem) {
    struct call *call = reading->call;
    struct assignment_problem *assignment = &reading->question->problem;
    uint32_t *start = arena_allocate_zero(call->arena, (size_t)assignment->demand_count + 1, sizeof *start);
    uint32_t *columns = arena_allocate(call->arena, count * sizeof *columns);
    int64_t *scores = arena_allocate(call->arena, count * sizeof *scores);
    uint32_t *places = arena_allocate(call->arena, count * sizeof *places);
    if (!start || !columns || !scores || !places) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) {
        if (i && compare_edges(&edges[i - 1], &edges[i]) == 0)
            return problem_set(problem, IEUM_INVALID, "/edges", "짝 [%u, %u]이(가) 두 번 나옵니다.", "The pair [%u, %u] appears twice.",
                               edges[i].pair.demand, edges[i].pair.supplier);
        start[edges[i].pair.demand + 1]++;
        columns[i] = edges[i].pair.supplier;
        scores[i] = edges[i].score;
        places[i] = edges[i].place;
    }
    for (uint32_t d = 0; d < assignment->demand_count; d++) start[d + 1] += start[d];
    assignment->edge_start = start;
    assignment->edge_supplier = columns;
    assignment->edge_score = scores;
    reading->edge_place = places;
    return IEUM_OK;
}

static ieum_status read_edges(struct assignment_reading *reading, const jval *list, struct problem *problem) {
    struct call *call = reading->call;
    struct assignment_problem *assignment = &reading->question->problem;
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
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        status = read_edge(jval_at(list, i), &(struct jpath){&at, NULL, i}, assignment, &edges[i], problem);
        edges[i].place = (uint32_t)i;
    }
    if (status != IEUM_OK) return status;
    qsort(edges, count, sizeof *edges, compare_edges);
    return set_edges(reading, edges, count, problem);
}

ieum_status read_candidates(struct assignment_reading *reading, struct problem *problem) {
    const jval *rows = NULL, *edges = NULL, *request = reading->call->request;
    ieum_status status = field_array(request, NULL, "edges", false, &edges, problem);
    if (status == IEUM_OK) status = field_array(request, NULL, "scores", !edges, &rows, problem);
    if (status != IEUM_OK) return status;
    if (edges && rows)
        return jval_refuse(problem, &(struct jpath){&root, "edges", 0}, NULL, NULL, "scores와 edges 가운데 하나만 적어야 합니다.",
                           "Give either scores or edges, not both.");
    return edges ? read_edges(reading, edges, problem) : read_matrix(reading->call, rows, &reading->question->problem, problem);
}

/* ---- the other side's view ---- */

static ieum_status read_supplier_matrix(const struct assignment_reading *reading, const jval *rows, int64_t *scores, struct problem *problem) {
    const struct assignment_problem *assignment = &reading->question->problem;
    const struct jpath at = {&root, "supplier_scores", 0};
    if (jval_count(rows) != assignment->demand_count)
        return jval_refuse(problem, &at, rows, NULL, "점수표와 행의 수가 같아야 합니다.", "There must be as many rows as in scores.");
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        const struct jpath row_at = {&at, NULL, d};
        const jval *row = jval_at(rows, d);
        if (!jval_is(row, JVAL_ARRAY) || jval_count(row) != assignment->supplier_count)
            return jval_refuse(problem, &row_at, row, NULL, "모든 행의 길이가 같아야 합니다.", "All rows must have the same length.");
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            const jval *cell = jval_at(row, assignment->edge_supplier[e]);
            if (!read_score(cell, &scores[e])) return refuse_score(&(struct jpath){&row_at, NULL, assignment->edge_supplier[e]}, cell, problem);
        }
    }
    return IEUM_OK;
}

static ieum_status read_supplier_list(const struct assignment_reading *reading, const jval *list, int64_t *scores, struct problem *problem) {
    const struct jpath at = {&root, "supplier_scores", 0};
    uint32_t edges = reading->question->problem.edge_start[reading->question->problem.demand_count];
    if (jval_count(list) != edges)
        return jval_refuse(problem, &at, list, NULL, "edges와 항목의 수가 같아야 합니다.", "There must be as many numbers as edges.");
    for (uint32_t e = 0; e < edges; e++) {
        const uint32_t place = reading->edge_place[e];
        if (!read_score(jval_at(list, place), &scores[e])) return refuse_score(&(struct jpath){&at, NULL, place}, jval_at(list, place), problem);
    }
    return IEUM_OK;
}

ieum_status read_supplier_scores(struct assignment_reading *reading, struct problem *problem) {
    const struct assignment_problem *assignment = &reading->question->problem;
    const jval *given = NULL;
    ieum_status status = field_array(reading->call->request, NULL, "supplier_scores", false, &given, problem);
    if (status != IEUM_OK || !given) return status;
    int64_t *scores = arena_allocate(reading->call->arena, assignment->edge_start[assignment->demand_count] * sizeof *scores);
    if (!scores) return problem_set_memory(problem);
    reading->question->supplier_score = scores;
    return reading->edge_place ? read_supplier_list(reading, given, scores, problem) : read_supplier_matrix(reading, given, scores, problem);
}
