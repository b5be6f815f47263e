/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of a step: open, check, put. What a step means is in the round's own room. */
#include <stdio.h>
#include <string.h>

#include "../cohort_kinds.h"
#include "round_request.h"

jval *write_round_head(const struct store_round *round) {
    jval *object = jval_new_object();
    jval_set_text(object, "id", round->id);
    jval_set_text(object, "program", round->program);
    jval_set_text(object, "version", round->version);
    jval_set_text(object, "state", round->state);
    jval_set_integer(object, "revision", round->revision);
    jval_set_text(object, "created", round->created);
    jval_set_text(object, "changed", round->changed);
    return object;
}

static ieum_status check_program(const struct round_call *it, struct problem *problem) {
    if (!it->program || strcmp(it->program, it->stored.program) == 0) return IEUM_OK;
    return problem_set(problem, IEUM_CONFLICT, "/program", "회차 '%s'은(는) 사업 '%s'의 회차입니다.", "The round '%s' belongs to the program '%s'.", it->round,
                       it->stored.program);
}

ieum_status round_open(struct round_call *it, struct problem *problem) {
    ieum_status status = it->store ? IEUM_OK : workspace_store(it->call->workspace, false, &it->store, problem);
    if (status == IEUM_OK) status = store_round_get(it->store, it->round, &it->stored, problem);
    if (status == IEUM_OK) status = check_program(it, problem);
    if (status == IEUM_OK && !jval_get(it->stored.payload, "settings"))
        status = problem_set(problem, IEUM_CONFLICT, "/round", "이 회차는 엔진의 이전 판에서 만들어 더 진행할 수 없습니다. 새 회차를 만드십시오.",
                             "This round was made by an earlier version of the engine and cannot go on; make a new one.");
    if (status == IEUM_OK) status = round_read(it->stored.payload, it->stored.state, it->stored.revision, it->call->arena, &it->state, problem);
    if (status != IEUM_OK) return status;
    if (!it->program && !(it->program = arena_copy_text(it->call->arena, it->stored.program))) return problem_set_memory(problem);
    return IEUM_OK;
}

static ieum_status check_revision(const struct round_call *it, struct problem *problem) {
    char found[24], seen[24];
    if (!it->revision || it->revision == it->stored.revision) return IEUM_OK;
    snprintf(found, sizeof found, "%lld", (long long)it->stored.revision);
    snprintf(seen, sizeof seen, "%lld", (long long)it->revision);
    ieum_status status = problem_set(problem, IEUM_CONFLICT, "/revision", "회차 '%s'을(를) 그사이 다른 사람이 바꾸었습니다. 다시 읽고 확인한 뒤 진행하십시오.",
                                     "Someone else has changed the round '%s' in the meantime; read it again before going on.", it->round);
    problem_set_value(problem, found);
    problem_set_expected(problem, seen);
    return status;
}

ieum_status round_begin(struct round_call *it, enum round_step step, struct problem *problem) {
    /* A store that is not there is told so, and not made. */
    ieum_status status = workspace_store(it->call->workspace, false, &it->store, problem);
    if (status == IEUM_OK) status = workspace_act(it->call->workspace, it->by, it->reason, it->call->arena, &it->act, problem);
    if (status == IEUM_OK) status = workspace_change(it->call->workspace, &it->store, problem);
    if (status == IEUM_OK) status = round_open(it, problem);
    if (status == IEUM_OK) status = check_revision(it, problem);
    if (status == IEUM_OK) status = round_allow(&it->state, step, it->by, it->reason, problem);
    if (status == IEUM_OK) status = round_retention(it, problem);
    return status;
}

/* What the step was about, for the audit log: the members of the request that say so. */
static jval *write_details(const jval *request) {
    static const char *const members[] = {"demand", "supplier", "kind", "side", "answer", "party", "until", "number", "upheld", "method", "q", "intake", "stage", "result", "amount_krw", "rule"};
    jval *object = jval_new_object();
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const jval *value = jval_get(request, members[i]);
        if (value) jval_set(object, members[i], jval_copy(value));
    }
    return object;
}

ieum_status round_put(struct round_call *it, enum round_step step, jval *result, struct problem *problem) {
    struct store_round next = it->stored;
    next.state = round_state_names[it->state.state];
    next.payload = round_write(&it->state);
    jval *details = write_details(it->call->request);
    next.details = details;
    ieum_status status = store_round_put(it->store, &next, it->stored.revision, round_step_names[step], &it->act, &next.revision, problem);
    jval_free(next.payload);
    jval_free(details);
    next.changed = it->act.when;
    if (!it->stored.created) next.created = it->act.when;
    if (status == IEUM_OK) jval_set(result, "round", write_round_head(&next));
    return status;
}

ieum_status round_program(struct round_call *it, struct problem *problem) {
    return it->rules ? IEUM_OK : workspace_program(it->call->workspace, it->program, &it->rules, problem);
}

void round_close(struct round_call *it) {
    store_round_free(&it->stored);
    program_free(it->rules);
    jval_free(it->held);
    it->held = NULL;
    it->rules = NULL;
}

ieum_status round_retention(struct round_call *it, struct problem *problem) {
    char day[11];
    ieum_status status = round_program(it, problem);
    if (status != IEUM_OK || it->rules->retention_years == AMOUNT_MISSING) return status;
    date_write(date_add_years(workspace_today(it->call->workspace), (int)it->rules->retention_years), day);
    it->act.keep_until = arena_copy_text(it->call->arena, day);
    return it->act.keep_until ? IEUM_OK : problem_set_memory(problem);
}

ieum_status round_party(struct round_call *it, bool demand_side, const char *id, struct problem *problem) {
    struct record_set set = {0};
    ieum_status status = store_load_one(it->store, demand_side ? RECORD_DEMAND : RECORD_SUPPLIER, id, &set, problem);
    if (status == IEUM_OK && demand_side && strcmp(set.demands[0].program, it->program) != 0)
        status = problem_set(problem, IEUM_CONFLICT, "/demand", "수요과제 '%s'은(는) 사업 '%s'에 신청한 과제입니다.", "The demand '%s' applied to the program '%s'.", id,
                             set.demands[0].program);
    record_set_free(&set);
    return status;
}

ieum_status round_stands(struct round_call *it, const char *id, const struct third_party *place, const char *pointer, struct problem *problem) {
    struct record_set set = {0};
    ieum_status status = round_program(it, problem);
    if (status != IEUM_OK || (place && place->kinds.count == 0)) return status;
    status = store_load_one(it->store, RECORD_SUPPLIER, id, &set, problem);
    if (status == IEUM_OK)
        status = cohort_check_stands(it->call->workspace, &set.suppliers[0], place ? &place->kinds : &it->rules->pool, place ? &place->title : NULL, pointer, problem);
    record_set_free(&set);
    return status;
}

ieum_status round_read_pair(struct round_call *it, const char **demand, const char **supplier, struct problem *problem) {
    ieum_status status = field_text(it->call->request, NULL, "demand", true, demand, problem);
    if (status == IEUM_OK) status = field_text(it->call->request, NULL, "supplier", true, supplier, problem);
    return status;
}

struct consent_asked round_asked(const struct round_call *it, struct problem *problem) {
    const struct consent_rules *rules = &it->rules->consent;
    const char **places = arena_allocate(it->call->arena, rules->third_count * sizeof *places);
    bool *required = arena_allocate(it->call->arena, rules->third_count * sizeof *required);
    if (!places || !required) {
        problem_set_memory(problem);
        return (struct consent_asked){0};
    }
    for (size_t i = 0; i < rules->third_count; i++) {
        places[i] = rules->thirds[i].id;
        required[i] = rules->thirds[i].required;
    }
    return (struct consent_asked){rules->demand, rules->supplier, rules->days, places, required, rules->third_count};
}
