/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op suggest: {"program", "demand": id | record, or "need": text, or "all": true, or "supplier": id, "suppliers"?: [record], "k"?, "rules"?,
 * "criteria"?: "all" | "fit", "model"?, "place"?: id of a third party's place of the program: who may stand there is ranked, "answers"?: [concept], "questions"?: bool, "detail"?: "full" | "scores", "log"?: bool: the shortlist was shown to
 * somebody and goes into the serving log} → for one demand the shortlist itself, with what to ask next (always for
 * a typed need); for "all" {"program", …, "demands": [shortlist]}; for a supplier the demands and latent firms it could serve (write_reached.c).
 */
#include <string.h>

#include "request.h"
#include "suggest_routes.h"

enum { STANDARD_K = 10, MOST_K = 100000 };

/* What is ranked for whom: one demand, a typed need, all demands, or one supplier's demands. */
static ieum_status read_subject(struct call *call, struct suggest_question *question, struct jpath at[2], jval **need, struct problem *problem) {
    const jval *request = call->request;
    ieum_status status = field_text(request, NULL, "supplier", false, &question->supplier, problem);
    if (status != IEUM_OK) return status;
    if (question->supplier && (jval_get(request, "demand") || jval_get(request, "need") || jval_true(jval_get(request, "all")))) {
        static const struct jpath root = {NULL, NULL, 0}, supplier_at = {&root, "supplier", 0};
        return jval_refuse(problem, &supplier_at, jval_get(request, "supplier"), NULL, "공급기업(supplier)은 수요과제(demand, need, all)와 함께 적지 않습니다.",
                           "A supplier does not go with demand, need or all.");
    }
    if (question->supplier) {
        question->demands = (struct record_choice){.latent = true};
        return IEUM_OK;
    }
    if (!jval_get(request, "need") || jval_get(request, "demand"))
        return request_demand_choice(request, true, &at[1], &question->demands, problem);
    status = request_typed_need(request, question->program, need, problem);
    at[1] = (struct jpath){NULL, NULL, 0};
    question->demands = (struct record_choice){.inlined = *need, .at = &at[1]};
    question->questions = true;
    return status;
}

static ieum_status read_question(struct call *call, struct suggest_question *question, struct jpath at[2], jval **need,
                                 struct problem *problem) {
    static const char *const own[] = {"program", "demand", "need", "all", "supplier", "suppliers", "k", "rules", "criteria", "model", "answers", "questions",
                                      "detail", "log", "place"};
    static const char *const criteria[] = {"all", "fit"};
    static const char *const details[] = {"full", "scores"};
    const jval *request = call->request;
    size_t chosen = 0, detail = 0;
    int64_t k = STANDARD_K;
    bool rules = true;
    ieum_status status = request_refuse_unknown(request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "program", true, &question->program, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "k", false, 1, MOST_K, &k, problem);
    if (status == IEUM_OK) status = field_bool(request, NULL, "rules", false, &rules, problem);
    if (status == IEUM_OK) status = field_choice(request, NULL, "criteria", false, criteria, 2, &chosen, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "model", false, &question->model, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "place", false, &question->place, problem);
    if (status == IEUM_OK) status = field_choice(request, NULL, "detail", false, details, 2, &detail, problem);
    if (status == IEUM_OK) status = field_text_list(request, NULL, "answers", false, call->arena, &question->answers, problem);
    if (status == IEUM_OK) status = request_supplier_choice(request, &at[0], &question->suppliers, problem);
    if (status == IEUM_OK) status = read_subject(call, question, at, need, problem);
    if (status == IEUM_OK) status = field_bool(request, NULL, "questions", false, &question->questions, problem);
    question->lean = detail == 1 && !question->supplier;
    question->questions = question->questions && !question->supplier && !question->lean;
    question->k = (size_t)k;
    question->rules = rules;
    question->fit_only = chosen == 1;
    question->only_eligible = jval_true(jval_get(request, "all"));
    return status;
}

/* Of a question about a third party's place. */
static void write_place(jval *object, const struct suggest_answer *answer) {
    if (!answer->place) return;
    jval *place = jval_new_object();
    jval_set_text(place, "id", answer->place->id);
    jval_set(place, "title", write_text2(answer->place->title));
    jval_set(object, "place", place);
}

static jval *write_list(const struct suggest_answer *answer, const struct shortlist *shortlist, const struct suggest_question *question) {
    jval *object = jval_new_object();
    const struct demand *demand = &answer->cohort.demands.demands[shortlist->demand];
    jval *program = jval_new_object();
    jval_set_text(program, "id", answer->program->id);
    jval_set_text(program, "version", answer->program->version);
    jval_set(object, "program", program);
    write_model(object, answer);
    jval_set_text(object, "data_hash", answer->cohort.data_hash);
    jval_set_text(object, "demand", demand->id);
    write_place(object, answer);
    if (answer->lean) {
        jval_set_bool(object, "eligible", shortlist->verdict.eligible);
        write_shortlist(object, answer, shortlist, false);
        return object;
    }
    jval_set_text(object, "name", demand->firm.name);
    jval_set_text(object, "title", demand->title);
    write_verdict(object, &shortlist->verdict);
    jval_set(object, "understood", write_understood(answer->space->lexicon, &shortlist->understood));
    write_shortlist(object, answer, shortlist, true);
    if (question->questions) jval_set(object, "questions", write_questions(answer, shortlist));
    return object;
}

/* Only what the store holds can have outcomes. */
static ieum_status read_log(const jval *request, const struct suggest_question *question, bool *log, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, at = {&root, "log", 0};
    ieum_status status = field_bool(request, NULL, "log", false, log, problem);
    if (status == IEUM_OK && *log && (question->demands.inlined || question->suppliers.inlined || question->supplier || question->place))
        return jval_refuse(problem, &at, jval_get(request, "log"), NULL, "제시 기록은 저장소에 있는 수요과제와 공급기업의 추천만 남길 수 있습니다.",
                           "Only shortlists of stored demands and suppliers can be logged.");
    return status;
}

/* One demand's shortlist, with the programs where the program routes. */
static ieum_status write_one(struct call *call, const struct suggest_question *question, const struct suggest_answer *answer, jval **result, struct problem *problem) {
    *result = write_list(answer, &answer->shortlists[0], question);
    if (!answer->program->routes || question->lean || question->place) return IEUM_OK;
    const uint32_t demand = answer->shortlists[0].demand;
    ieum_status status = suggest_routes(call, &answer->cohort.demands.demands[demand], &answer->cohort.demand_notes[demand], *result, problem);
    if (status == IEUM_OK) return status;
    jval_free(*result);
    *result = NULL;
    return status;
}

static jval *write_all(const struct suggest_question *question, const struct suggest_answer *answer) {
    jval *object = jval_new_object(), *demands = jval_new_array();
    for (size_t i = 0; i < answer->count; i++) jval_append(demands, write_list(answer, &answer->shortlists[i], question));
    jval_set(object, "program", write_program_head(answer->program));
    write_place(object, answer);
    jval_set_text(object, "data_hash", answer->cohort.data_hash);
    jval_set(object, "demands", demands);
    return object;
}

ieum_status request_suggest(struct call *call, jval **result, struct problem *problem) {
    struct suggest_question question = {0};
    struct suggest_answer answer = {0};
    struct jpath at[2];
    jval *need = NULL;
    bool log = false;
    ieum_status status = read_question(call, &question, at, &need, problem);
    if (status == IEUM_OK) status = read_log(call->request, &question, &log, problem);
    if (status == IEUM_OK) status = pipeline_suggest(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) goto done;
    if (log) status = pipeline_log_servings(call->workspace, &answer, problem);
    if (status == IEUM_OK && question.supplier) *result = write_reached(&answer, question.k);
    else if (status == IEUM_OK && !question.only_eligible && answer.count == 1) status = write_one(call, &question, &answer, result, problem);
    else if (status == IEUM_OK) *result = write_all(&question, &answer);
    suggest_answer_free(&answer);
done:
    jval_free(need);
    return status;
}
