/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op assign: an assignment in indices, by any method.
 *   {"method"?: "max_sum", "scores": [[number | null]] or "edges": [[demand, supplier, score]] with "size": [demands, suppliers], "demand"?, "supplier"?: {"min", "max"}
 *   (numbers or arrays; without a maximum: null; left out: 0..1 for demands, 0..any for suppliers), "locks"?, "vetoes"?: [[demand, supplier]],
 *   "groups"?: [{"side", "members", "min"?, "max"?}],
 *   random: "q"?: 1, "seed"?: 1; stable: "supplier_scores"?: as scores, or a number an edge;
 *   max_sum: "previous"?: [[demand, supplier]] (re-match), "explain"?: [[demand, supplier]], "cutoff"?: [number | null];
 *   "waivable"?: {need: cost | [cost | null]}, "barred"?: [[demand, supplier, score, cost]], "compare"?: false}
 * → {"status", "method", "total"?, "pairs"?, "certificate"?, "measures"?, "reason"?, "repair"?, "explained"?, "truncation"?, "comparison"?}.
 */
#include "read_assignment.h"

static const struct jpath root = {NULL, NULL, 0};

static bool is_given(const struct assignment_reading *reading, const char *key) { return !jval_is(jval_get(reading->call->request, key), JVAL_NULL); }

static ieum_status refuse_for(const char *key, const char *ko, const char *en, struct problem *problem) {
    return jval_refuse(problem, &(struct jpath){&root, key, 0}, NULL, NULL, ko, en);
}

/* ---- the method, and what only some methods know ---- */

static ieum_status read_method(struct assignment_reading *reading, struct problem *problem) {
    const jval *request = reading->call->request;
    struct assignment_question *question = reading->question;
    size_t method = ASSIGN_MAX_SUM;
    int64_t seed = 1;
    ieum_status status = field_choice(request, NULL, "method", false, assign_method_names, ASSIGN_REMATCH, &method, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "seed", false, 0, INT64_C(1) << 53, &seed, problem);
    if (status == IEUM_OK) status = field_bool(request, NULL, "compare", false, &question->compare, problem);
    question->method = (enum assign_method)method;
    question->seed = (uint64_t)seed;
    return status;
}

static ieum_status read_q(struct assignment_reading *reading, struct problem *problem) {
    struct assignment_question *question = reading->question;
    const jval *given = jval_get(reading->call->request, "q");
    double q = 1;
    bool used = question->method == ASSIGN_RANDOM || question->compare;
    ieum_status status = field_number(reading->call->request, NULL, "q", false, used ? 0 : 1, 1, &q, problem); /* only random draws lots */
    if (status != IEUM_OK || random_assignment_fraction(q, &question->q_part, &question->q_whole)) return status;
    return jval_refuse(problem, &(struct jpath){&root, "q", 0}, given, "0.0001..1", "q는 0보다 크고 1보다 크지 않은 수여야 합니다(넷째 자리까지).",
                       "q must be above 0 and at most 1 (four decimals count).");
}

static ieum_status read_sides_scores(struct assignment_reading *reading, struct problem *problem) {
    const struct assignment_question *question = reading->question;
    if (is_given(reading, "supplier_scores") && question->method != ASSIGN_STABLE && !question->compare)
        return refuse_for("supplier_scores", "공급기업 쪽 점수는 stable만 씁니다.", "Only stable uses the scores of the suppliers' side.", problem);
    return read_supplier_scores(reading, problem);
}

/* "previous" turns max_sum into the re-match. */
static ieum_status read_previous(struct assignment_reading *reading, struct problem *problem) {
    struct assignment_question *question = reading->question;
    if (!is_given(reading, "previous")) return IEUM_OK;
    if (question->method != ASSIGN_MAX_SUM)
        return refuse_for("previous", "이전 배정은 max_sum에만 붙일 수 있습니다.", "Previous pairs go with max_sum only.", problem);
    question->method = ASSIGN_REMATCH;
    return read_pairs(reading, "previous", &question->previous, &question->previous_count, problem);
}

static ieum_status read_cutoff(struct assignment_reading *reading, struct problem *problem) {
    const struct jpath at = {&root, "cutoff", 0};
    const uint32_t count = reading->question->problem.demand_count;
    const jval *list = NULL;
    ieum_status status = field_array(reading->call->request, NULL, "cutoff", false, &list, problem);
    if (status != IEUM_OK || !list) return status;
    if (reading->question->method != ASSIGN_MAX_SUM)
        return refuse_for("cutoff", "줄인 후보 목록의 판정은 max_sum에만 있습니다.", "Short lists are judged for max_sum only.", problem);
    if (jval_count(list) != count) return jval_refuse(problem, &at, list, NULL, "항목의 수가 맞지 않습니다.", "The list has the wrong length.");
    int64_t *cutoff = arena_allocate(reading->call->arena, count * sizeof *cutoff);
    if (!cutoff) return problem_set_memory(problem);
    for (uint32_t d = 0; d < count; d++) {
        cutoff[d] = TRUNCATION_COMPLETE;
        if (!jval_is(jval_at(list, d), JVAL_NULL) && !read_score(jval_at(list, d), &cutoff[d]))
            return refuse_score(&(struct jpath){&at, NULL, d}, jval_at(list, d), problem);
    }
    reading->question->cutoff = cutoff;
    return IEUM_OK;
}

static ieum_status read_explain(struct assignment_reading *reading, struct problem *problem) {
    struct assignment_question *question = reading->question;
    if (is_given(reading, "explain") && question->method != ASSIGN_MAX_SUM)
        return refuse_for("explain", "쌍별 손실 설명은 max_sum에만 있습니다.", "What single pairs cost is explained for max_sum only.", problem);
    return read_pairs(reading, "explain", &question->explain, &question->explain_count, problem);
}

/* ---- all of it ---- */

static ieum_status read_question(struct call *call, struct assignment_question *question, struct problem *problem) {
    static const char *const own[] = {"method", "scores", "edges",  "size", "demand", "supplier", "locks", "vetoes", "groups",
                                      "q",      "seed",   "supplier_scores", "previous", "explain", "cutoff", "waivable", "barred", "compare"};
    struct assignment_reading reading = {.call = call, .question = question};
    *question = assignment_question_of(&(struct assignment_problem){0});
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = read_method(&reading, problem);
    if (status == IEUM_OK) status = read_q(&reading, problem);
    if (status == IEUM_OK) status = read_candidates(&reading, problem);
    if (status == IEUM_OK) status = read_sides_scores(&reading, problem);
    if (status == IEUM_OK) status = read_limits(&reading, problem);
    if (status == IEUM_OK) status = read_previous(&reading, problem);
    if (status == IEUM_OK) status = read_cutoff(&reading, problem);
    if (status == IEUM_OK) status = read_explain(&reading, problem);
    return status == IEUM_OK ? read_waivable(&reading, problem) : status;
}

ieum_status request_assign(struct call *call, jval **result, struct problem *problem) {
    struct assignment_question question;
    struct assignment_answer answer;
    ieum_status status = read_question(call, &question, problem);
    if (status != IEUM_OK) return status;
    workspace_progress(call->workspace, "배정을 구하고 그 증명을 확인합니다.", "Solving the assignment and checking its proof.");
    status = pipeline_assign(&question, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = write_assignment(&question, &answer);
    assignment_answer_free(&answer);
    return IEUM_OK;
}
