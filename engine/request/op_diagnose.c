/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op diagnose: {"questionnaire": true} → the questionnaire, types of need, sizes of firms and the checklist; {"answers", "ethics"?, "demand"? | "firm"?, "need"?, "maker"?, "program"?}
 * → score, stage, areas, programs, checklist, what to do next. Nothing is stored; the caller puts "readiness_score" on the record.
 */
#include "write_diagnosis.h"

static const struct jpath root = {NULL, NULL, 0};

/* "need": one id or a list of them. */
static ieum_status read_needs(const struct call *call, struct text_list *needs, bool *given, struct problem *problem) {
    const jval *need = jval_get(call->request, "need");
    *given = !jval_is(need, JVAL_NULL);
    if (jval_is(need, JVAL_TEXT)) {
        needs->items = arena_allocate_zero(call->arena, 1, sizeof *needs->items);
        if (!needs->items) return problem_set_memory(problem);
        needs->items[0] = jval_text(need);
        needs->count = 1;
        return IEUM_OK;
    }
    return field_text_list(call->request, NULL, "need", false, call->arena, needs, problem);
}

static ieum_status read_maker(const jval *request, int *makes_goods, struct problem *problem) {
    bool maker = false;
    ieum_status status = field_bool(request, NULL, "maker", false, &maker, problem);
    *makes_goods = jval_is(jval_get(request, "maker"), JVAL_NULL) ? -1 : maker;
    return status;
}

static ieum_status refuse_both(const jval *request, struct problem *problem) {
    if (jval_is(jval_get(request, "demand"), JVAL_NULL) || jval_is(jval_get(request, "firm"), JVAL_NULL)) return IEUM_OK;
    return jval_refuse(problem, &(struct jpath){&root, "firm", 0}, jval_get(request, "firm"), NULL, "수요과제(demand)와 기업(firm) 가운데 하나만 적습니다.",
                       "Give a demand or a firm, not both.");
}

static ieum_status ask(struct call *call, jval **result, struct problem *problem) {
    struct diagnose_question question = {0};
    struct diagnose_answer answer;
    struct record_choice demand;
    struct text_list needs = {0};
    struct jpath at;
    bool needs_given = false;
    const jval *request = call->request;
    const bool named = !jval_is(jval_get(request, "demand"), JVAL_NULL);
    ieum_status status = field_object(request, NULL, "answers", false, &question.answers, problem);
    if (status == IEUM_OK) status = field_object(request, NULL, "ethics", false, &question.ethics, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "program", false, &question.program, problem);
    if (status == IEUM_OK) status = field_object(request, NULL, "firm", false, &question.firm, problem);
    if (status == IEUM_OK) status = refuse_both(request, problem);
    if (status == IEUM_OK) status = read_maker(request, &question.makes_goods, problem);
    if (status == IEUM_OK) status = read_needs(call, &needs, &needs_given, problem);
    if (status == IEUM_OK && named) status = request_demand_choice(request, false, &at, &demand, problem);
    if (status != IEUM_OK) return status;
    if (named) question.demand = &demand;
    if (needs_given) question.needs = &needs;
    status = pipeline_diagnose(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = write_diagnosis(&answer);
    diagnose_answer_free(&answer);
    return IEUM_OK;
}

ieum_status request_diagnose(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"questionnaire", "answers", "ethics", "demand", "firm", "need", "maker", "program"};
    struct diagnosis_data data;
    bool questionnaire = false;
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_bool(call->request, NULL, "questionnaire", false, &questionnaire, problem);
    if (status != IEUM_OK) return status;
    if (!questionnaire) return ask(call, result, problem);
    for (size_t i = 1; i < sizeof own / sizeof *own; i++)
        if (!jval_is(jval_get(call->request, own[i]), JVAL_NULL))
            return jval_refuse(problem, &(struct jpath){&root, own[i], 0}, NULL, NULL, "질문지를 달라고 할 때는 쓰지 않는 항목입니다.",
                               "This is not used where the questionnaire is asked for.");
    const struct taxonomy *taxonomy;
    status = workspace_taxonomy(call->workspace, &taxonomy, problem);
    if (status == IEUM_OK) status = workspace_diagnosis(call->workspace, &data, problem);
    if (status != IEUM_OK) return status;
    *result = write_questionnaire(&data, taxonomy);
    diagnosis_data_free(&data);
    return IEUM_OK;
}
