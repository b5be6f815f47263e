/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps by which people decide: locks, vetoes, recusals, consent, confirmation, publication, objections, agreement, completion, settlement. Members beside "round", "by", "reason":
 *   waive                      demand, rule: of the program's eligibility, one that it marks as waivable and that the demand fails; lift with "rule" takes it back
 *   lock, veto, lift           demand, supplier            recuse     demand, supplier, kind: exclusion (제척) | challenge (기피) | abstention (회피)
 *   third                      demand, supplier, side (the place), party (a supplier's id)
 *   consent                    demand, supplier, side: demand | supplier | a place, answer: yes | no
 *   extend                     demand, supplier, until     withdraw   demand or supplier
 *   admit                      demand: the first of the reserve list
 *   object                     demand                      answer     number, upheld
 *   fulfil, agree, done, settle   round_stage.c                                    attach     record: what the committee kept, as JSON
 */
#include <string.h>

#include "round_request.h"

static ieum_status restrict_pair(struct round_call *it, enum restriction_kind kind, struct problem *problem) {
    const char *demand, *supplier;
    ieum_status status = round_read_pair(it, &demand, &supplier, problem);
    if (status == IEUM_OK) status = round_party(it, true, demand, problem);
    if (status == IEUM_OK) status = round_party(it, false, supplier, problem);
    if (status == IEUM_OK && kind == RESTRICT_LOCK) status = round_stands(it, supplier, NULL, "/supplier", problem);
    return status == IEUM_OK ? round_restrict(&it->state, kind, demand, supplier, problem) : status;
}

static ieum_status recuse(struct round_call *it, struct problem *problem) {
    /* The Korean names of the law are taken too. */
    static const char *const kinds[] = {"exclusion", "challenge", "abstention", "제척", "기피", "회피"};
    size_t kind = 0;
    ieum_status status = field_choice(it->call->request, NULL, "kind", true, kinds, 6, &kind, problem);
    return status == IEUM_OK ? restrict_pair(it, (enum restriction_kind)(RESTRICT_EXCLUSION + kind % 3), problem) : status;
}

static ieum_status lift(struct round_call *it, struct problem *problem) {
    const char *demand, *supplier, *rule = NULL;
    ieum_status status = field_text(it->call->request, NULL, "rule", false, &rule, problem);
    if (status == IEUM_OK && rule) {
        status = field_text(it->call->request, NULL, "demand", true, &demand, problem);
        return status == IEUM_OK ? round_unwaive(&it->state, demand, rule, problem) : status;
    }
    if (status == IEUM_OK) status = round_read_pair(it, &demand, &supplier, problem);
    return status == IEUM_OK ? round_lift(&it->state, demand, supplier, problem) : status;
}

static ieum_status fill_third(struct round_call *it, struct problem *problem) {
    const char *demand, *supplier, *side = NULL, *party = NULL;
    ieum_status status = round_read_pair(it, &demand, &supplier, problem);
    if (status == IEUM_OK) status = field_text(it->call->request, NULL, "side", true, &side, problem);
    if (status == IEUM_OK) status = field_text(it->call->request, NULL, "party", true, &party, problem);
    if (status == IEUM_OK) status = round_party(it, false, party, problem);
    if (status == IEUM_OK) status = round_program(it, problem);
    for (size_t i = 0; status == IEUM_OK && i < it->rules->consent.third_count; i++)
        if (strcmp(it->rules->consent.thirds[i].id, side) == 0) status = round_stands(it, party, &it->rules->consent.thirds[i], "/party", problem);
    if (status != IEUM_OK) return status;
    const struct consent_asked asked = round_asked(it, problem);
    return problem->status == IEUM_OK ? round_fill_third(&it->state, &asked, demand, supplier, side, party, problem) : problem->status;
}

static ieum_status consent(struct round_call *it, struct problem *problem) {
    static const char *const answers[] = {"no", "yes"};
    const char *demand, *supplier, *side = NULL;
    size_t answer = 0;
    ieum_status status = round_read_pair(it, &demand, &supplier, problem);
    if (status == IEUM_OK) status = field_text(it->call->request, NULL, "side", true, &side, problem);
    if (status == IEUM_OK) status = field_choice(it->call->request, NULL, "answer", true, answers, 2, &answer, problem);
    if (status != IEUM_OK) return status;
    const struct consent_asked asked = round_asked(it, problem);
    return problem->status == IEUM_OK ? round_consent(&it->state, &asked, demand, supplier, side, answer == 1, workspace_today(it->call->workspace), problem) : problem->status;
}

static ieum_status extend(struct round_call *it, struct problem *problem) {
    const char *demand, *supplier, *until = NULL;
    struct date day;
    ieum_status status = round_read_pair(it, &demand, &supplier, problem);
    if (status == IEUM_OK) status = field_text(it->call->request, NULL, "until", true, &until, problem);
    if (status == IEUM_OK && !date_read(until, &day))
        status = problem_set(problem, IEUM_INVALID, "/until", "달력에 있는 날짜(YYYY-MM-DD)가 아닙니다.", "This is no date of the calendar (YYYY-MM-DD).");
    return status == IEUM_OK ? round_extend(&it->state, demand, supplier, day, workspace_today(it->call->workspace), problem) : status;
}

static ieum_status withdraw(struct round_call *it, struct problem *problem) {
    const char *demand = NULL, *supplier = NULL;
    ieum_status status = field_text(it->call->request, NULL, "demand", false, &demand, problem);
    if (status == IEUM_OK) status = field_text(it->call->request, NULL, "supplier", !demand, &supplier, problem);
    if (status == IEUM_OK && demand && supplier)
        status = problem_set(problem, IEUM_INVALID, "/supplier", "철회한 쪽 하나만 적어 주십시오.", "Name the one side that withdraws.");
    if (status == IEUM_OK) status = round_party(it, demand != NULL, demand ? demand : supplier, problem);
    return status == IEUM_OK ? round_withdraw(&it->state, demand != NULL, demand ? demand : supplier, problem) : status;
}

static ieum_status confirm(struct round_call *it, struct problem *problem) {
    const struct consent_asked asked = round_asked(it, problem);
    return problem->status == IEUM_OK ? round_confirm(&it->state, &asked, workspace_today(it->call->workspace), problem) : problem->status;
}

static ieum_status object(struct round_call *it, struct problem *problem) {
    const char *demand = NULL;
    ieum_status status = field_text(it->call->request, NULL, "demand", true, &demand, problem);
    if (status == IEUM_OK) status = round_party(it, true, demand, problem);
    return status == IEUM_OK ? round_object(&it->state, demand, problem) : status;
}

static ieum_status admit(struct round_call *it, struct problem *problem) {
    const char *demand = NULL;
    ieum_status status = field_text(it->call->request, NULL, "demand", true, &demand, problem);
    return status == IEUM_OK ? round_admit(&it->state, demand, problem) : status;
}

static ieum_status answer(struct round_call *it, struct problem *problem) {
    int64_t number = 0;
    bool upheld = false;
    ieum_status status = field_integer(it->call->request, NULL, "number", true, 1, 1000000, &number, problem);
    if (status == IEUM_OK) status = field_bool(it->call->request, NULL, "upheld", true, &upheld, problem);
    return status == IEUM_OK ? round_answer(&it->state, number, upheld, problem) : status;
}

static ieum_status attach(struct round_call *it, struct problem *problem) {
    const jval *record = NULL;
    char digest[DIGEST_TEXT];
    ieum_status status = field_object(it->call->request, NULL, "record", true, &record, problem);
    if (status == IEUM_OK) status = store_document_put(it->store, "committee", record, it->act.keep_until, digest, problem);
    return status == IEUM_OK ? round_attach(&it->state, digest, problem) : status;
}

static ieum_status apply(struct round_call *it, enum round_step step, struct problem *problem) {
    switch (step) {
    case STEP_LOCK: return restrict_pair(it, RESTRICT_LOCK, problem);
    case STEP_VETO: return restrict_pair(it, RESTRICT_VETO, problem);
    case STEP_RECUSE: return recuse(it, problem);
    case STEP_LIFT: return lift(it, problem);
    case STEP_WAIVE: return round_waive_rule(it, problem);
    case STEP_THIRD: return fill_third(it, problem);
    case STEP_CONSENT: return consent(it, problem);
    case STEP_EXTEND: return extend(it, problem);
    case STEP_WITHDRAW: return withdraw(it, problem);
    case STEP_CONFIRM: return confirm(it, problem);
    case STEP_PUBLISH: return round_publish(&it->state, problem);
    case STEP_OBJECT: return object(it, problem);
    case STEP_ANSWER: return answer(it, problem);
    case STEP_ATTACH: return attach(it, problem);
    case STEP_ADMIT: return admit(it, problem);
    default: return round_take_stage(it, step, problem);
    }
}

ieum_status round_decide(struct round_call *it, enum round_step step, jval **result, struct problem *problem) {
    ieum_status status = round_begin(it, step, problem);
    if (status == IEUM_OK) status = apply(it, step, problem);
    if (status != IEUM_OK) return status;
    jval *reply = jval_new_object();
    status = round_put(it, step, reply, problem);
    if (status == IEUM_OK) status = round_note_outcome(it, step, problem);
    if (status == IEUM_OK) *result = reply;
    else jval_free(reply);
    return status;
}
