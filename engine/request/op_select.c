/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op select: {"program", "stage"?, "suppliers"?: [record], "demands"?: [record], "among"?: [demand], "marks"?: {demand: [{"member", "mark"} | {"member", "recusal",
 * "reason", "time"?}]}, "awards"?: [{"firm", "program"}]} → the selection (write_selection.c). Nothing is stored.
 */
#include <math.h>

#include "request.h"
#include "select_request.h"

static const struct jpath root = {NULL, NULL, 0};

static ieum_status read_mark(const jval *value, const struct jpath *at, struct select_mark *mark, struct problem *problem) {
    static const char *const known[] = {"member", "mark", "recusal", "reason", "time"};
    static const char *const kinds[] = {"제척", "기피", "회피", "exclusion", "challenge", "abstention"}; /* in either language */
    if (!jval_is(value, JVAL_OBJECT)) return jval_refuse(problem, at, value, "object", "객체({…})여야 합니다.", "An object ({…}) is expected here.");
    const bool recused = !jval_is(jval_get(value, "recusal"), JVAL_NULL);
    double points = 0;
    size_t kind = 0;
    ieum_status status = field_refuse_unknown(value, at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_text(value, at, "member", true, &mark->member, problem);
    if (status == IEUM_OK) status = field_choice(value, at, "recusal", false, kinds, sizeof kinds / sizeof *kinds, &kind, problem);
    if (status == IEUM_OK) status = field_text(value, at, "reason", recused, &mark->reason, problem);
    if (status == IEUM_OK) status = field_text(value, at, "time", false, &mark->time, problem);
    if (status == IEUM_OK) status = field_number(value, at, "mark", !recused, 0, 100, &points, problem);
    if (status == IEUM_OK && recused && jval_get(value, "mark")) {
        const struct jpath mark_at = {at, "mark", 0};
        status = jval_refuse(problem, &mark_at, jval_get(value, "mark"), NULL, "제척·기피·회피한 위원은 점수를 매기지 않습니다.", "A recused member gives no mark.");
    }
    mark->mark = llround(points * (double)SELECTION_POINT);
    mark->recusal = recused ? (enum selection_recusal)(kind % (RECUSALS - 1) + 1) : RECUSAL_NONE;
    return status;
}

static ieum_status read_marks(struct call *call, struct select_question *question, struct problem *problem) {
    const struct jpath at = {&root, "marks", 0};
    const jval *object = NULL;
    ieum_status status = field_object(call->request, NULL, "marks", false, &object, problem);
    struct select_marks *list = arena_allocate_zero(call->arena, jval_count(object), sizeof *list);
    if (status == IEUM_OK && !list) status = problem_set_memory(problem);
    for (void *i = object ? jval_first(object) : NULL; i && status == IEUM_OK; i = jval_next(object, i)) {
        const struct jpath demand_at = {&at, jval_key(i), 0};
        const jval *marks = jval_value(i);
        if (!jval_is(marks, JVAL_ARRAY))
            return jval_refuse(problem, &demand_at, marks, "[{\"member\", \"mark\"}]", "위원별 점수의 목록이어야 합니다.", "A list of marks is expected here.");
        struct select_mark *items = arena_allocate_zero(call->arena, jval_count(marks), sizeof *items);
        if (!items) return problem_set_memory(problem);
        for (size_t m = 0; m < jval_count(marks) && status == IEUM_OK; m++)
            status = read_mark(jval_at(marks, m), &(struct jpath){&demand_at, NULL, m}, &items[m], problem);
        list[question->marks_count++] = (struct select_marks){jval_key(i), items, jval_count(marks)};
    }
    question->marks = list;
    return status;
}

static ieum_status read_awards(struct call *call, struct select_question *question, struct problem *problem) {
    static const char *const known[] = {"firm", "program"};
    const struct jpath at = {&root, "awards", 0};
    const jval *list = NULL;
    ieum_status status = field_array(call->request, NULL, "awards", false, &list, problem);
    struct select_award *awards = arena_allocate_zero(call->arena, jval_count(list), sizeof *awards);
    if (status == IEUM_OK && !awards) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath item_at = {&at, NULL, i};
        const jval *item = jval_at(list, i);
        if (!jval_is(item, JVAL_OBJECT)) return jval_refuse(problem, &item_at, item, "object", "객체({…})여야 합니다.", "An object ({…}) is expected here.");
        status = field_refuse_unknown(item, &item_at, known, 2, problem);
        if (status == IEUM_OK) status = field_text(item, &item_at, "firm", true, &awards[i].firm, problem);
        if (status == IEUM_OK) status = field_text(item, &item_at, "program", true, &awards[i].program, problem);
    }
    question->awards = awards;
    question->award_count = jval_count(list);
    return status;
}

ieum_status request_read_selection(struct call *call, struct jpath at[2], struct select_question *question, struct problem *problem) {
    struct text_list among = {0};
    ieum_status status = field_text(call->request, NULL, "stage", false, &question->stage, problem);
    at[1] = (struct jpath){&root, "demands", 0};
    question->demands = (struct record_choice){.at = &at[1]};
    if (status == IEUM_OK) status = request_supplier_choice(call->request, &at[0], &question->suppliers, problem);
    if (status == IEUM_OK) status = field_array(call->request, NULL, "demands", false, &question->demands.inlined, problem);
    if (status == IEUM_OK) status = field_text_list(call->request, NULL, "among", false, call->arena, &among, problem);
    question->among = jval_is(jval_get(call->request, "among"), JVAL_ARRAY) ? among.items : NULL;
    question->among_count = among.count;
    if (status == IEUM_OK) status = read_marks(call, question, problem);
    return status == IEUM_OK ? read_awards(call, question, problem) : status;
}

ieum_status request_select(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"program", "stage", "suppliers", "demands", "among", "marks", "awards"};
    struct select_question question = {0};
    struct select_answer answer;
    struct jpath at[2];
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "program", true, &question.program, problem);
    if (status == IEUM_OK) status = request_read_selection(call, at, &question, problem);
    if (status == IEUM_OK) status = pipeline_select(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = write_selection(&answer);
    jval_set(*result, "notice", write_notice());
    select_answer_free(&answer);
    return IEUM_OK;
}
