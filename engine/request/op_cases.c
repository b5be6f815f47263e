/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op cases: {"demand": id | record, or "need": text, "program"?: only of that program, "k"?} → {"demand", "program"?, "name", "title", "need",
 * "cases": [{"rank", "demand", "program", "applied", "name", "title", "need", "likeness", "evidence", "outcomes": [{"supplier", "stage", "grade",
 * "round", "date"}]}]}: earlier demands like this one.
 */
#include "request.h"

enum { STANDARD_K = 5, MOST_K = 1000 };

static jval *write_outcome(const struct outcome *outcome) {
    jval *object = jval_new_object();
    jval_set_text(object, "supplier", outcome->supplier);
    jval_set_text(object, "stage", outcome_stage_names[outcome->stage]);
    if (outcome->grade >= 0) jval_set_integer(object, "grade", outcome->grade);
    if (outcome->round) jval_set_text(object, "round", outcome->round);
    write_date(object, "date", outcome->date);
    return object;
}

static jval *write_case(const struct cases_answer *answer, const struct past_case *item, size_t rank) {
    const struct demand *demand = &answer->past.demands.demands[item->demand];
    jval *object = jval_new_object(), *outcomes = jval_new_array();
    jval_set_integer(object, "rank", (int64_t)rank);
    jval_set_text(object, "demand", demand->id);
    jval_set_text(object, "program", demand->program);
    write_date(object, "applied", demand->applied);
    jval_set_text(object, "name", demand->firm.name);
    jval_set_text(object, "title", demand->title);
    jval_set_text(object, "need", demand->need);
    jval_set_number(object, "likeness", score_number(item->likeness));
    jval_set(object, "evidence", write_evidence(answer->lexicon, &item->evidence));
    for (size_t o = 0; o < item->outcome_count; o++) jval_append(outcomes, write_outcome(item->outcomes[o]));
    jval_set(object, "outcomes", outcomes);
    return object;
}

ieum_status request_cases(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"demand", "need", "program", "k"};
    const jval *request = call->request;
    struct cases_question question = {0};
    struct cases_answer answer;
    struct jpath at;
    jval *need = NULL;
    int64_t k = STANDARD_K;
    ieum_status status = request_refuse_unknown(request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "program", false, &question.program, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "k", false, 1, MOST_K, &k, problem);
    if (status == IEUM_OK && jval_get(request, "need") && !jval_get(request, "demand")) {
        status = request_typed_need(request, question.program ? question.program : "desk", &need, problem);
        at = (struct jpath){NULL, NULL, 0};
        question.demand = (struct record_choice){.inlined = need, .at = &at};
    } else if (status == IEUM_OK) {
        status = request_demand_choice(request, false, &at, &question.demand, problem);
    }
    question.k = (size_t)k;
    if (status == IEUM_OK) status = pipeline_cases(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) {
        jval_free(need);
        return status;
    }
    jval *object = jval_new_object(), *cases = jval_new_array();
    const struct demand *asked = &answer.asked.demands.demands[0];
    jval_set_text(object, "demand", asked->id);
    if (!need) jval_set_text(object, "program", asked->program); /* a need typed at the desk applies to no program yet */
    jval_set_text(object, "name", asked->firm.name);
    jval_set_text(object, "title", asked->title);
    jval_set_text(object, "need", asked->need);
    for (size_t i = 0; i < answer.count; i++) jval_append(cases, write_case(&answer, &answer.items[i], i + 1));
    jval_set(object, "cases", cases);
    cases_answer_free(&answer);
    jval_free(need);
    *result = object;
    return IEUM_OK;
}
