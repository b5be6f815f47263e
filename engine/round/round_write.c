/* SPDX-License-Identifier: Apache-2.0 */
/* A round as JSON: what the store keeps. Ids, digests and numbers of steps alone; round_read.c reads it. */
#include "round.h"

static jval *write_texts(const struct text_list *list) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < list->count; i++) jval_append_text(array, list->items[i]);
    return array;
}

static jval *write_restrictions(const struct round *round) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < round->restriction_count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "kind", restriction_names[round->restrictions[i].kind]);
        jval_set_text(one, "demand", round->restrictions[i].demand);
        jval_set_text(one, "supplier", round->restrictions[i].supplier);
        jval_set_integer(one, "step", round->restrictions[i].step);
        jval_append(array, one);
    }
    return array;
}

static jval *write_withdrawals(const struct round *round) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < round->withdrawal_count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "side", round->withdrawals[i].demand_side ? "demand" : "supplier");
        jval_set_text(one, "id", round->withdrawals[i].id);
        jval_set_integer(one, "step", round->withdrawals[i].step);
        jval_append(array, one);
    }
    return array;
}

static jval *write_waivers(const struct round *round) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < round->waiver_count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "demand", round->waivers[i].demand);
        jval_set_text(one, "rule", round->waivers[i].rule);
        jval_set_integer(one, "step", round->waivers[i].step);
        jval_append(array, one);
    }
    return array;
}

static jval *write_passes(const struct round *round) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < round->pass_count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "proposal", round->passes[i].proposal);
        jval_set_text(one, "inputs", round->passes[i].inputs);
        jval_set_text(one, "method", round->passes[i].method);
        jval_set_bool(one, "rematch", round->passes[i].rematch);
        jval_set_integer(one, "step", round->passes[i].step);
        jval_append(array, one);
    }
    return array;
}

static jval *write_fulfilled(const struct round_pair *pair) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < pair->fulfilled_count; i++) {
        const struct fulfilled *it = &pair->fulfilled[i];
        jval *one = jval_new_object();
        jval_set_text(one, "stage", it->stage);
        if (it->result != RESULT_NONE) jval_set_text(one, "result", stage_result_names[it->result]);
        if (it->amount_krw >= 0) jval_set_integer(one, "amount_krw", it->amount_krw);
        if (it->document) jval_set_text(one, "document", it->document);
        jval_set_integer(one, "step", it->step);
        jval_append(array, one);
    }
    return array;
}

static jval *write_pair(const struct round_pair *pair) {
    jval *object = jval_new_object(), *consents = jval_new_array(), *thirds = jval_new_array();
    for (size_t i = 0; i < pair->consent_count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "side", pair->consents[i].side);
        jval_set_bool(one, "yes", pair->consents[i].yes);
        jval_set_integer(one, "step", pair->consents[i].step);
        jval_append(consents, one);
    }
    for (size_t i = 0; i < pair->third_count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "place", pair->thirds[i].place);
        jval_set_text(one, "party", pair->thirds[i].party);
        jval_set_integer(one, "step", pair->thirds[i].step);
        jval_append(thirds, one);
    }
    jval_set_text(object, "demand", pair->demand);
    jval_set_text(object, "supplier", pair->supplier);
    jval_set_text(object, "state", pair_state_names[pair->state]);
    jval_set_integer(object, "pass", pair->pass);
    jval_set_integer(object, "step", pair->step);
    if (pair->due) jval_set_text(object, "due", pair->due);
    jval_set_bool(object, "held", pair->held);
    jval_set(object, "consents", consents);
    jval_set(object, "third_parties", thirds);
    if (pair->fulfilled_count) jval_set(object, "fulfilled", write_fulfilled(pair));
    return object;
}

static jval *write_objections(const struct round *round) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < round->objection_count; i++) {
        jval *one = jval_new_object();
        jval_set_integer(one, "number", (int64_t)i + 1);
        jval_set_text(one, "demand", round->objections[i].demand);
        jval_set_text(one, "state", objection_state_names[round->objections[i].state]);
        jval_set_integer(one, "step", round->objections[i].step);
        if (round->objections[i].answer_step) jval_set_integer(one, "answer_step", round->objections[i].answer_step);
        jval_append(array, one);
    }
    return array;
}

static jval *write_settings(const struct round *round) {
    jval *object = jval_new_object();
    if (round->method) jval_set_text(object, "method", round->method);
    if (round->model) jval_set_text(object, "model", round->model);
    jval_set_text(object, "criteria", round->fit_only ? "fit" : "all");
    jval_set_bool(object, "rules", !round->no_rules);
    jval_set_text(object, "intake", round->rolling ? "rolling" : "batch");
    if (round->applied_from) jval_set_text(object, "applied_from", round->applied_from);
    if (round->applied_to) jval_set_text(object, "applied_to", round->applied_to);
    return object;
}

jval *round_write(const struct round *round) {
    jval *object = jval_new_object(), *draw = jval_new_object(), *pairs = jval_new_array(), *attachments = jval_new_array();
    jval_set_integer(draw, "seed", round->seed);
    jval_set_text(draw, "salt", round->salt);
    jval_set_text(draw, "commitment", round->commitment);
    for (size_t i = 0; i < round->pair_count; i++) jval_append(pairs, write_pair(&round->pairs[i]));
    for (size_t i = 0; i < round->attachment_count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "document", round->attachments[i].document);
        jval_set_integer(one, "step", round->attachments[i].step);
        jval_append(attachments, one);
    }
    jval_set(object, "settings", write_settings(round));
    jval_set(object, "draw", draw);
    jval_set_bool(object, "stale", round->stale);
    jval_set(object, "restrictions", write_restrictions(round));
    jval_set(object, "withdrawals", write_withdrawals(round));
    if (round->waiver_count) jval_set(object, "waivers", write_waivers(round));
    if (round->selection) {
        jval *selection = jval_new_object();
        jval_set_text(selection, "document", round->selection);
        jval_set_integer(selection, "step", round->selection_step);
        jval_set(selection, "selected", write_texts(&round->selected));
        jval_set(selection, "reserve", write_texts(&round->reserve));
        if (round->reserve_tracks.count) jval_set(selection, "reserve_tracks", write_texts(&round->reserve_tracks));
        jval_set(object, "selection", selection);
    }
    jval_set(object, "taken", write_texts(&round->taken));
    jval_set(object, "passes", write_passes(round));
    jval_set(object, "pairs", pairs);
    jval_set(object, "objections", write_objections(round));
    jval_set(object, "attachments", attachments);
    jval_set_integer(object, "confirmed_step", round->confirmed_step);
    jval_set_integer(object, "published_step", round->published_step);
    return object;
}
