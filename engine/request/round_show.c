/* SPDX-License-Identifier: Apache-2.0 */
/*
 * show, list and audit. A round as people and the checker read it: what is stored, the documents it names, and from the audit log who took each step, when and why. A document whose
 * retention is over is named with "erased": true.
 */
#include <string.h>

#include "round_request.h"

/* ---- steps ---- */

static ieum_status write_step(const struct store_round_step *step, jval *list, struct problem *problem) {
    static const char *const known[] = {"revision", "state", "digest", "reason"};
    jval *details = NULL, *object = jval_new_object();
    ieum_status status = step->payload ? jval_parse(step->payload, strlen(step->payload), &details, problem) : IEUM_OK;
    for (size_t i = 0; details && i < sizeof known / sizeof *known; i++) jval_remove(details, known[i]);
    jval_set_integer(object, "number", step->number);
    jval_set_text(object, "step", step->step);
    jval_set_text(object, "from", step->from);
    jval_set_text(object, "to", step->to);
    jval_set_text(object, "by", step->account);
    jval_set_text(object, "at", step->when);
    jval_set_text(object, "reason", step->reason);
    jval_set_text(object, "digest", step->digest);
    if (details) jval_set(object, "details", details);
    jval_append(list, object);
    return status;
}

/* Who, when and why of the step that something names. */
static void add_author(jval *object, const char *key, int64_t number, const struct store_round_steps *steps) {
    for (size_t i = 0; i < steps->count; i++) {
        const struct store_round_step *step = &steps->items[i];
        if (step->number != number) continue;
        jval *author = jval_new_object();
        jval_set_integer(author, "step", number);
        jval_set_text(author, "by", step->account);
        jval_set_text(author, "at", step->when);
        jval_set_text(author, "reason", step->reason);
        jval_set(object, key, author);
    }
}

/* A copy of a list of the stored form, each element with the author of its steps. */
static jval *with_authors(const jval *list, const struct store_round_steps *steps) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < jval_count(list); i++) {
        jval *one = jval_copy(jval_at(list, i));
        const jval *answered = jval_get(one, "answer_step");
        add_author(one, "author", jval_integer(jval_get(one, "step")), steps);
        if (answered) add_author(one, "answered", jval_integer(answered), steps);
        jval_append(array, one);
    }
    return array;
}

/* Whether a pair waits for an answer past its day, as confirming the round would judge it today. */
static bool is_overdue(const jval *pair, struct date today) {
    struct date due;
    const char *day = jval_text(jval_get(pair, "due"));
    return strcmp(jval_text(jval_get(pair, "state")), "proposed") == 0 && *day && date_read(day, &due) && date_compare(today, due) > 0;
}

static jval *write_pairs(const jval *list, const struct store_round_steps *steps, struct date today) {
    jval *array = with_authors(list, steps);
    for (size_t i = 0; i < jval_count(array); i++) {
        jval *pair = (jval *)jval_at(array, i); /* our own copy */
        jval_set(pair, "consents", with_authors(jval_get(pair, "consents"), steps));
        jval_set(pair, "third_parties", with_authors(jval_get(pair, "third_parties"), steps));
        if (jval_get(pair, "fulfilled")) jval_set(pair, "fulfilled", with_authors(jval_get(pair, "fulfilled"), steps));
        if (is_overdue(pair, today)) jval_set_bool(pair, "overdue", true);
    }
    return array;
}

/* ---- documents ---- */

/* The document's text, or that it was erased. Everything else that is wrong with it is the problem. */
static ieum_status add_document(const struct round_call *it, jval *object, const char *key, const char *digest, struct problem *problem) {
    struct problem trouble = {0};
    jval *document = NULL;
    ieum_status status = store_document_get(it->store, digest, &document, &trouble);
    if (status == IEUM_NOT_FOUND) {
        document = jval_new_object();
        jval_set_bool(document, "erased", true);
        jval_set_text(document, "digest", digest);
        status = IEUM_OK;
    }
    if (status == IEUM_OK) jval_set(object, key, document);
    else *problem = trouble;
    return status;
}

static jval *write_draw(const struct round *round) {
    bool drawn = false;
    jval *object = jval_new_object();
    for (size_t i = 0; i < round->pass_count; i++) drawn = drawn || strcmp(round->passes[i].method, "random") == 0;
    jval_set_text(object, "commitment", round->commitment);
    if (drawn) {
        jval_set_integer(object, "seed", round->seed);
        jval_set_text(object, "salt", round->salt);
    }
    return object;
}

/* The stages that the program has for its pairs; the program is loaded. */
static jval *write_stages(const struct round_call *it) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < it->rules->stage_count; i++) {
        const struct fulfilment_stage *stage = &it->rules->stages[i];
        jval *one = jval_new_object(), *needs = jval_new_array();
        for (int n = 0; n < STAGE_ITEMS; n++)
            if (stage->needs[n]) jval_append_text(needs, stage_item_names[n]);
        jval_set_text(one, "id", stage->id);
        jval_set(one, "title", write_text2(stage->title));
        jval_set_text(one, "kind", stage_kind_names[stage->kind]);
        jval_set(one, "with", needs);
        jval_append(array, one);
    }
    return array;
}

/* Whose program it is, who runs it and who helps, by the program's file as it is now; nothing where that is gone. */
static ieum_status add_parties(struct round_call *it, jval *object, struct problem *problem) {
    struct problem trouble = {0};
    const ieum_status status = round_program(it, &trouble);
    if (status == IEUM_MEMORY) {
        *problem = trouble;
        return status;
    }
    if (status != IEUM_OK) return IEUM_OK;
    jval *parties = jval_new_object();
    jval_set(object, "parties", parties);
    jval_set(object, "stages", write_stages(it));
    jval *held = NULL;
    if (it->state.state < ROUND_DONE && round_find_held(it, &held, problem) != IEUM_OK) return problem->status;
    if (jval_count(held)) jval_set(object, "held_back", jval_keep(held)); /* as things stand now */
    jval_free(held);
    return write_parties(it->call, it->rules, parties, problem);
}

/* Note and evidence of the stages that pairs went through. */
static ieum_status add_stage_records(const struct round_call *it, const jval *pairs, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < it->state.pair_count; i++) {
        const struct round_pair *pair = &it->state.pairs[i];
        const jval *list = jval_get(jval_at(pairs, i), "fulfilled");
        for (size_t k = 0; k < pair->fulfilled_count && status == IEUM_OK; k++)
            if (pair->fulfilled[k].document) status = add_document(it, (jval *)jval_at(list, k), "record", pair->fulfilled[k].document, problem); /* our own copy */
    }
    return status;
}

static ieum_status write_all(struct round_call *it, const struct store_round_steps *steps, jval *object, struct problem *problem) {
    const struct round *round = &it->state;
    const jval *payload = it->stored.payload;
    ieum_status status = IEUM_OK;
    jval *history = jval_new_array();
    for (size_t i = 0; i < steps->count && status == IEUM_OK; i++) status = write_step(&steps->items[i], history, problem);
    jval_set(object, "round", write_round_head(&it->stored));
    jval *notice = write_notice();
    if (round->confirmed_step) add_author(notice, "decided_by", round->confirmed_step, steps);
    jval_set(object, "notice", notice);
    if (status == IEUM_OK) status = add_parties(it, object, problem);
    jval_set(object, "settings", jval_keep(jval_get(payload, "settings")));
    jval_set(object, "draw", write_draw(round));
    jval_set_bool(object, "stale", round->stale);
    if (status == IEUM_OK && round->selection) status = add_document(it, object, "selection", round->selection, problem);
    if (status == IEUM_OK && round->pass_count) status = add_document(it, object, "proposal", round->passes[round->pass_count - 1].proposal, problem);
    jval_set(object, "passes", with_authors(jval_get(payload, "passes"), steps));
    jval *pairs = write_pairs(jval_get(payload, "pairs"), steps, workspace_today(it->call->workspace));
    if (status == IEUM_OK) status = add_stage_records(it, pairs, problem);
    jval_set(object, "pairs", pairs);
    jval_set(object, "restrictions", with_authors(jval_get(payload, "restrictions"), steps));
    if (jval_get(payload, "waivers")) jval_set(object, "waivers", with_authors(jval_get(payload, "waivers"), steps));
    jval_set(object, "withdrawals", with_authors(jval_get(payload, "withdrawals"), steps));
    jval_set(object, "objections", with_authors(jval_get(payload, "objections"), steps));
    jval *attachments = with_authors(jval_get(payload, "attachments"), steps);
    for (size_t i = 0; i < jval_count(attachments) && status == IEUM_OK; i++)
        status = add_document(it, (jval *)jval_at(attachments, i), "record", round->attachments[i].document, problem);
    jval_set(object, "attachments", attachments);
    jval_set(object, "history", history);
    return status;
}

/* A round of an earlier version of the engine can still be looked at. */
static ieum_status show_old(struct round_call *it, jval **result, struct problem *problem) {
    ieum_status status = store_round_get(it->store, it->round, &it->stored, problem);
    if (status != IEUM_OK) return status;
    const jval *proposal = jval_get(it->stored.payload, "proposal");
    *result = jval_new_object();
    jval_set(*result, "round", write_round_head(&it->stored));
    if (proposal) jval_set(*result, "proposal", jval_keep(proposal));
    return IEUM_OK;
}

ieum_status round_show(struct round_call *it, jval **result, struct problem *problem) {
    struct store_round_steps steps = {0};
    ieum_status status = workspace_store(it->call->workspace, false, &it->store, problem);
    if (status == IEUM_OK) status = store_round_get(it->store, it->round, &it->stored, problem);
    const bool old = status == IEUM_OK && !jval_get(it->stored.payload, "settings");
    store_round_free(&it->stored);
    if (status != IEUM_OK) return status;
    if (old) return show_old(it, result, problem);
    status = round_open(it, problem);
    if (status == IEUM_OK) status = store_round_steps(it->store, it->round, &steps, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object();
    status = write_all(it, &steps, object, problem);
    store_round_steps_free(&steps);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}

ieum_status round_list(struct round_call *it, jval **result, struct problem *problem) {
    struct store_round_list list;
    ieum_status status = workspace_store(it->call->workspace, false, &it->store, problem);
    if (status == IEUM_OK) status = store_round_list(it->store, it->program, &list, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object(), *rounds = jval_new_array();
    for (size_t i = 0; i < list.count; i++) jval_append(rounds, write_round_head(&list.items[i]));
    jval_set(object, "rounds", rounds);
    store_round_list_free(&list);
    *result = object;
    return IEUM_OK;
}

/* The round's entries of the audit log, and whether the log is whole: what op audit says, of this round. */
ieum_status round_audit(struct round_call *it, jval **result, struct problem *problem) {
    static const char *const actions[] = {"list", "verify"};
    jval *answers[2] = {NULL, NULL};
    ieum_status status = round_open(it, problem);
    for (size_t i = 0; i < 2 && status == IEUM_OK; i++) {
        jval *request = jval_new_object();
        jval_set_text(request, "op", "audit");
        jval_set_text(request, "action", actions[i]);
        if (i == 0) jval_set_text(request, "round", it->round);
        struct call call = {.workspace = it->call->workspace, .request = request, .arena = it->call->arena};
        status = memory_failed() ? problem_set_memory(problem) : request_audit(&call, &answers[i], problem);
        jval_free(request);
    }
    if (status == IEUM_OK) {
        *result = jval_keep(answers[1]);
        jval_set(*result, "round", write_round_head(&it->stored));
        jval_set(*result, "entries", jval_keep(jval_get(answers[0], "entries")));
    }
    jval_free(answers[0]);
    jval_free(answers[1]);
    return status;
}
