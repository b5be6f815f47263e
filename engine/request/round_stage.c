/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps fulfil, agree, done, settle: a published pair goes through a stage of its program.
 *   fulfil                demand, supplier, stage, result?: pass | fail, note?, evidence?: [text], amount_krw?, grade? 0 … 3
 *   agree, done, settle   the same without "stage": the stage that brings the pair into that state
 * What the program asks for with a stage has to be there; an amount may not be above what the pair's demand was granted (of a pair
 * with a cost item: for that item). Note and evidence are kept as a document, so that they can be erased.
 */
#include <stdio.h>
#include <string.h>

#include "round_request.h"

static ieum_status list_stages(const struct round_call *it, struct fulfilment_asked *asked, struct problem *problem) {
    const struct program *rules = it->rules;
    const char **ids = arena_allocate(it->call->arena, rules->stage_count * sizeof *ids);
    if (!ids) return problem_set_memory(problem);
    for (size_t i = 0; i < rules->stage_count; i++) ids[i] = rules->stages[i].id;
    *asked = (struct fulfilment_asked){ids, rules->stage_count, rules->stages[rules->stage_count - 1].kind == STAGE_SETTLEMENT};
    return IEUM_OK;
}

static ieum_status find_stage(const struct round_call *it, const char *id, const struct fulfilment_stage **stage, struct problem *problem) {
    struct buffer all = BUFFER_EMPTY;
    for (size_t i = 0; i < it->rules->stage_count; i++) {
        *stage = &it->rules->stages[i];
        if (strcmp((*stage)->id, id) == 0) {
            buffer_free(&all);
            return IEUM_OK;
        }
        buffer_format(&all, "%s%s", i ? " | " : "", (*stage)->id);
    }
    ieum_status status = problem_set(problem, IEUM_NOT_FOUND, "/stage", "이 사업에 '%s' 단계가 없습니다.", "The program has no stage '%s'.", id);
    problem_set_value(problem, id);
    problem_set_expected(problem, all.bytes ? all.bytes : "");
    buffer_free(&all);
    return status;
}

/* ---- what is given ---- */

static ieum_status check_given(const jval *request, const struct fulfilment_stage *stage, struct problem *problem) {
    static const char *const members[STAGE_ITEMS] = {"result", "note", "evidence", "amount_krw"};
    static const struct text2 names[STAGE_ITEMS] = {{"결과(pass 또는 fail)", "the result (pass or fail)"}, {"의견", "a note"}, {"증빙", "evidence"}, {"금액", "the amount"}};
    for (int i = 0; i < STAGE_ITEMS; i++) {
        const jval *value = jval_get(request, members[i]);
        char pointer[32];
        if (!stage->needs[i] || (!jval_is(value, JVAL_NULL) && !(jval_is(value, JVAL_ARRAY) && jval_count(value) == 0))) continue;
        snprintf(pointer, sizeof pointer, "/%s", members[i]);
        return problem_set(problem, IEUM_INVALID, pointer, "'%1$s' 단계에는 %2$s을(를) 함께 적어야 합니다.", "The stage '%3$s' needs %4$s.%1$.0s%2$.0s", stage->title.ko, names[i].ko,
                           stage->title.en, names[i].en);
    }
    return IEUM_OK;
}

/* Whether the program's rules let the demand have money at all, as its record stands. */
static ieum_status may_have_money(struct round_call *it, const char *demand, bool *may, struct problem *problem) {
    struct record_set set = {0};
    struct findings funding;
    *may = true;
    if (!it->rules->funding_count) return IEUM_OK;
    ieum_status status = store_load_one(it->store, RECORD_DEMAND, demand, &set, problem);
    if (status == IEUM_OK) status = eligible_funding(it->rules, &set.demands[0], it->call->arena, &funding, problem);
    if (status == IEUM_OK) *may = funding.eligible;
    record_set_free(&set);
    return status;
}

/* What the selection granted the demand; AMOUNT_MISSING: it granted nothing it names. Without a selection, the program's cap for one project or, without one, its budget. */
static ieum_status find_support(struct round_call *it, const char *demand, int64_t *support, struct problem *problem) {
    jval *selection = NULL;
    bool may;
    ieum_status status = may_have_money(it, demand, &may, problem);
    if (status != IEUM_OK || !may) {
        *support = 0;
        return status;
    }
    *support = it->rules->project_cap_krw != AMOUNT_MISSING ? it->rules->project_cap_krw : it->rules->budget_krw;
    if (!it->state.selection || store_document_erased(it->store, it->state.selection)) return IEUM_OK;
    status = store_document_get(it->store, it->state.selection, &selection, problem);
    const jval *applicants = jval_get(selection, "applicants");
    for (size_t i = 0; i < jval_count(applicants); i++) {
        const jval *granted = jval_get(jval_at(applicants, i), "amount_krw");
        if (strcmp(jval_text(jval_get(jval_at(applicants, i), "demand")), demand) == 0 && jval_is(granted, JVAL_INTEGER)) *support = jval_integer(granted);
    }
    jval_free(selection);
    return status;
}

/* Where the supplier stands for a cost item: what of the grant falls to it; AMOUNT_MISSING elsewhere. */
static ieum_status find_item_support(struct round_call *it, const char *demand, const char *supplier, int64_t *support, struct problem *problem) {
    struct record_set set = {0};
    jval *selection = NULL;
    *support = AMOUNT_MISSING;
    if (!it->rules->cost_items || !it->state.selection || store_document_erased(it->store, it->state.selection)) return IEUM_OK;
    ieum_status status = store_load_one(it->store, RECORD_SUPPLIER, supplier, &set, problem);
    if (status == IEUM_OK) status = store_document_get(it->store, it->state.selection, &selection, problem);
    const char *item = status == IEUM_OK ? jval_get_text(set.suppliers[0].json, "item") : NULL;
    const jval *applicants = jval_get(selection, "applicants");
    for (size_t i = 0; item && i < jval_count(applicants); i++) {
        const jval *items = jval_get(jval_at(applicants, i), "cost_items");
        if (strcmp(jval_text(jval_get(jval_at(applicants, i), "demand")), demand) != 0) continue;
        for (size_t k = 0; k < jval_count(items); k++)
            if (strcmp(jval_text(jval_get(jval_at(items, k), "item")), item) == 0 && jval_is(jval_get(jval_at(items, k), "amount_krw"), JVAL_INTEGER))
                *support = jval_integer(jval_get(jval_at(items, k), "amount_krw"));
    }
    jval_free(selection);
    record_set_free(&set);
    return status;
}

/* The demand's other pairs may have settled a part of it already. */
static int64_t settled_before(const struct round_call *it, const char *demand) {
    int64_t sum = 0;
    for (size_t i = 0; i < it->state.pair_count; i++) {
        const struct round_pair *pair = &it->state.pairs[i];
        if (pair->state != PAIR_SETTLED || strcmp(pair->demand, demand) != 0 || !pair->fulfilled_count) continue;
        const int64_t amount = pair->fulfilled[pair->fulfilled_count - 1].amount_krw;
        if (amount > 0) sum += amount;
    }
    return sum;
}

static ieum_status check_amount(struct round_call *it, const char *demand, const char *supplier, const struct fulfilment_stage *stage, int64_t amount, struct problem *problem) {
    int64_t support = AMOUNT_MISSING, of_item = AMOUNT_MISSING;
    char found[24], most[24];
    ieum_status status = amount < 0 ? IEUM_OK : find_support(it, demand, &support, problem);
    if (status == IEUM_OK && amount >= 0) status = find_item_support(it, demand, supplier, &of_item, problem);
    if (status != IEUM_OK || amount < 0 || (support == AMOUNT_MISSING && of_item == AMOUNT_MISSING)) return status;
    const int64_t left = of_item != AMOUNT_MISSING ? of_item : support - (stage->kind == STAGE_SETTLEMENT ? settled_before(it, demand) : 0);
    if (amount <= left) return IEUM_OK;
    snprintf(found, sizeof found, "%lld", (long long)amount);
    snprintf(most, sizeof most, "<= %lld", (long long)(left > 0 ? left : 0));
    status = problem_set(problem, IEUM_INVALID, "/amount_krw", "금액 %1$s원이 이 과제의 지원금(남은 금액 %2$lld원)을 넘습니다.",
                         "The amount of %1$s KRW is above what is left of the demand's support (%2$lld KRW).", found, (long long)(left > 0 ? left : 0));
    problem_set_value(problem, found);
    problem_set_expected(problem, most);
    return status;
}

/* Note and evidence as a document; nothing when neither is given. */
static ieum_status keep_words(struct round_call *it, struct fulfilled *what, struct problem *problem) {
    const jval *request = it->call->request;
    struct text_list evidence = {0};
    const char *note = NULL;
    char digest[DIGEST_TEXT];
    ieum_status status = field_text(request, NULL, "note", false, &note, problem);
    if (status == IEUM_OK) status = field_text_list(request, NULL, "evidence", false, it->call->arena, &evidence, problem);
    if (status != IEUM_OK || (!note && !evidence.count)) return status;
    jval *document = jval_new_object(), *list = jval_new_array();
    for (size_t i = 0; i < evidence.count; i++) jval_append_text(list, evidence.items[i]);
    if (note) jval_set_text(document, "note", note);
    jval_set(document, "evidence", list);
    status = store_document_put(it->store, "fulfilment", document, it->act.keep_until, digest, problem);
    jval_free(document);
    if (status == IEUM_OK && !(what->document = arena_copy_text(it->call->arena, digest))) status = problem_set_memory(problem);
    return status;
}

/* A grade is of the completion: with another stage it would be lost. */
static ieum_status check_grade(const struct round_call *it, const char *demand, const char *supplier, struct problem *problem) {
    const struct round_pair *pair = round_find_pair(&it->state, demand, supplier);
    if (pair && pair->state == PAIR_DONE && pair->step == round_this_step(&it->state)) return IEUM_OK;
    const struct fulfilment_stage *last = &it->rules->stages[it->rules->stage_count - 1];
    if (last->kind == STAGE_SETTLEMENT) last--;
    ieum_status status = problem_set(problem, IEUM_INVALID, "/grade", "성과 등급은 일을 마치는 단계('%1$s')와 함께 적습니다.", "A grade goes with the stage that completes the work ('%2$s').%1$.0s", last->title.ko,
                                     last->title.en);
    problem_set_expected(problem, last->id);
    return status;
}

/* ---- the step ---- */

ieum_status round_take_stage(struct round_call *it, enum round_step step, struct problem *problem) {
    const jval *request = it->call->request;
    const struct fulfilment_stage *stage = NULL;
    struct fulfilment_asked asked = {0};
    struct fulfilled what = {.amount_krw = -1};
    const char *demand, *supplier;
    size_t result = RESULT_NONE;
    int64_t grade = 0;
    ieum_status status = round_read_pair(it, &demand, &supplier, problem);
    if (status == IEUM_OK) status = list_stages(it, &asked, problem);
    if (status == IEUM_OK && step == STEP_FULFIL) status = field_text(request, NULL, "stage", true, &what.stage, problem);
    if (status == IEUM_OK && step != STEP_FULFIL) status = round_stage_of_step(&it->state, &asked, step, demand, supplier, &what.stage, problem);
    if (status == IEUM_OK) status = find_stage(it, what.stage, &stage, problem);
    if (status == IEUM_OK && jval_get(request, "result"))
        status = field_choice(request, NULL, "result", true, stage_result_names + RESULT_PASS, STAGE_RESULTS - RESULT_PASS, &result, problem);
    if (status == IEUM_OK && jval_get(request, "result")) what.result = (enum stage_result)(result + RESULT_PASS);
    if (status == IEUM_OK) status = field_integer(request, NULL, "amount_krw", false, 0, INT64_C(1) << 50, &what.amount_krw, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "grade", false, 0, 3, &grade, problem); /* noted with the outcome */
    if (status == IEUM_OK) status = check_given(request, stage, problem);
    if (status == IEUM_OK && stage->kind == STAGE_AGREEMENT) status = round_check_required(it, demand, problem);
    if (status == IEUM_OK) status = check_amount(it, demand, supplier, stage, what.amount_krw, problem);
    if (status == IEUM_OK) status = keep_words(it, &what, problem);
    if (status == IEUM_OK) status = round_fulfil(&it->state, &asked, demand, supplier, &what, problem);
    return status == IEUM_OK && step == STEP_FULFIL && jval_get(request, "grade") ? check_grade(it, demand, supplier, problem) : status;
}
