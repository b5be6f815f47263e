/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a pass looked at, as one document: the engine's version, the program's file, the digests of all records, and the question. From it the pass can be gone through
 * again (replay), or with something changed (what-if).
 */
#include <string.h>

#include "round_request.h"

/* ---- keeping ---- */

static jval *write_pairs(const struct match_pair *pairs, size_t count) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < count; i++) {
        jval *one = jval_new_array();
        jval_append_text(one, pairs[i].demand);
        jval_append_text(one, pairs[i].supplier);
        if (pairs[i].fixed) jval_append(one, jval_new_bool(true));
        jval_append(array, one);
    }
    return array;
}

static jval *write_ids(const struct text_list *list) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < list->count; i++) jval_append_text(array, list->items[i]);
    return array;
}

static jval *write_question(const struct match_question *question, const char *method) {
    jval *object = jval_new_object();
    jval_set_integer(object, "k", (int64_t)question->suggest.k);
    jval_set_bool(object, "rules", question->suggest.rules);
    jval_set_bool(object, "fit", question->suggest.fit_only);
    if (question->suggest.model) jval_set_text(object, "model", question->suggest.model);
    jval_set_text(object, "method", method);
    if (question->selected_only) jval_set(object, "selected", write_ids(&question->selected));
    if (question->applied_from) jval_set_text(object, "applied_from", question->applied_from);
    if (question->applied_to) jval_set_text(object, "applied_to", question->applied_to);
    jval_set(object, "demands_out", write_ids(&question->demands_out));
    jval_set(object, "suppliers_out", write_ids(&question->suppliers_out));
    jval_set(object, "locks", write_pairs(question->locks, question->lock_count));
    jval_set(object, "vetoes", write_pairs(question->vetoes, question->veto_count));
    jval_set(object, "previous", write_pairs(question->previous, question->previous_count));
    if (question->suggest.waiver_count) {
        jval *waivers = jval_new_array();
        for (size_t i = 0; i < question->suggest.waiver_count; i++) {
            jval *one = jval_new_array();
            jval_append_text(one, question->suggest.waivers[i].demand);
            jval_append_text(one, question->suggest.waivers[i].rule);
            jval_append(waivers, one);
        }
        jval_set(object, "waivers", waivers);
    }
    if (question->newcomers_known) jval_set(object, "experienced", write_ids(&question->experienced));
    jval_set_number(object, "q", question->q > 0 ? question->q : 1);
    jval_set_integer(object, "seed", (int64_t)question->seed);
    return object;
}

ieum_status match_inputs_keep(struct round_call *it, const struct match_question *question, const struct match_answer *answer, char digest[DIGEST_TEXT],
                              struct problem *problem) {
    jval *suppliers = NULL, *demands = NULL, *object = jval_new_object();
    ieum_status status = store_document_records(it->store, RECORD_SUPPLIER, NULL, it->act.keep_until, &suppliers, problem);
    if (status == IEUM_OK) status = store_document_records(it->store, RECORD_DEMAND, it->program, it->act.keep_until, &demands, problem);
    if (status == IEUM_OK) {
        jval_set_text(object, "engine", ieum_version_text());
        jval_set_text(object, "model_hash", answer->suggested.model_hash);
        jval_set_text(object, "data_hash", answer->suggested.cohort.data_hash);
        jval_set(object, "program", jval_keep(answer->suggested.program->pinned));
        jval_set(object, "question", write_question(question, assign_method_names[answer->question.method]));
        jval_set(object, "demands", demands);
        jval_set(object, "suppliers", suppliers);
        status = store_document_put(it->store, "inputs", object, NULL, digest, problem); /* digests and ids alone: nothing personal */
    } else {
        jval_free(suppliers);
    }
    jval_free(object);
    return status;
}

/* ---- the question again ---- */

static ieum_status read_pairs(const jval *object, const char *key, struct arena *arena, const struct match_pair **pairs, size_t *count, struct problem *problem) {
    const jval *list = NULL;
    ieum_status status = field_array(object, NULL, key, true, &list, problem);
    struct match_pair *read = arena_allocate(arena, jval_count(list) * sizeof *read);
    if (status == IEUM_OK && !read) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        read[i] = (struct match_pair){jval_text(jval_at(jval_at(list, i), 0)), jval_text(jval_at(jval_at(list, i), 1)), jval_true(jval_at(jval_at(list, i), 2))};
    *pairs = read;
    *count = jval_count(list);
    return status;
}

static ieum_status read_waivers(const jval *json, struct arena *arena, struct match_question *question, struct problem *problem) {
    const jval *list = NULL;
    ieum_status status = field_array(json, NULL, "waivers", false, &list, problem);
    struct waiver *read = arena_allocate(arena, jval_count(list) * sizeof *read);
    if (status == IEUM_OK && !read) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        read[i] = (struct waiver){jval_text(jval_at(jval_at(list, i), 0)), jval_text(jval_at(jval_at(list, i), 1))};
    question->suggest.waivers = read;
    question->suggest.waiver_count = status == IEUM_OK ? jval_count(list) : 0;
    return status;
}

static ieum_status read_question(const jval *json, struct arena *arena, struct match_question *question, struct problem *problem) {
    int64_t k = 0, seed = 0;
    ieum_status status = field_integer(json, NULL, "k", true, 1, 1000000, &k, problem);
    if (status == IEUM_OK) status = field_bool(json, NULL, "rules", true, &question->suggest.rules, problem);
    if (status == IEUM_OK) status = field_bool(json, NULL, "fit", true, &question->suggest.fit_only, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "model", false, &question->suggest.model, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "method", true, &question->method, problem);
    question->selected_only = jval_get(json, "selected") != NULL;
    if (status == IEUM_OK) status = field_text_list(json, NULL, "selected", false, arena, &question->selected, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "applied_from", false, &question->applied_from, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "applied_to", false, &question->applied_to, problem);
    if (status == IEUM_OK) status = field_text_list(json, NULL, "demands_out", true, arena, &question->demands_out, problem);
    if (status == IEUM_OK) status = field_text_list(json, NULL, "suppliers_out", true, arena, &question->suppliers_out, problem);
    if (status == IEUM_OK) status = read_pairs(json, "locks", arena, &question->locks, &question->lock_count, problem);
    if (status == IEUM_OK) status = read_pairs(json, "vetoes", arena, &question->vetoes, &question->veto_count, problem);
    if (status == IEUM_OK) status = read_pairs(json, "previous", arena, &question->previous, &question->previous_count, problem);
    if (status == IEUM_OK) status = read_waivers(json, arena, question, problem);
    question->newcomers_known = jval_get(json, "experienced") != NULL;
    if (status == IEUM_OK) status = field_text_list(json, NULL, "experienced", false, arena, &question->experienced, problem);
    if (status == IEUM_OK) status = field_number(json, NULL, "q", true, 0, 1, &question->q, problem);
    if (status == IEUM_OK) status = field_integer(json, NULL, "seed", true, 0, INT64_C(1) << 53, &seed, problem);
    question->suggest.k = (size_t)k;
    question->seed = (uint64_t)seed;
    return status;
}

/* Latent demands were among the records that were kept, but never in a round. */
static jval *without_latent(jval *demands) {
    jval *kept = jval_new_array();
    for (size_t i = 0; i < jval_count(demands); i++)
        if (!jval_true(jval_get(jval_at(demands, i), "latent"))) jval_append(kept, jval_keep(jval_at(demands, i)));
    jval_free(demands);
    return kept;
}

ieum_status match_inputs_load(struct store *store, const char *digest, struct arena *arena, struct match_inputs *inputs, struct match_question *question,
                              struct problem *problem) {
    *inputs = (struct match_inputs){0};
    *question = (struct match_question){0};
    ieum_status status = store_document_get(store, digest, &inputs->document, problem);
    if (status == IEUM_OK) status = store_document_list(store, jval_get(inputs->document, "demands"), &inputs->demands, problem);
    if (status == IEUM_OK) status = store_document_list(store, jval_get(inputs->document, "suppliers"), &inputs->suppliers, problem);
    if (status == IEUM_OK) status = read_question(jval_get(inputs->document, "question"), arena, question, problem);
    if (status != IEUM_OK) {
        match_inputs_free(inputs);
        return status;
    }
    inputs->demands = without_latent(inputs->demands);
    inputs->model_hash = jval_get_text(inputs->document, "model_hash");
    inputs->data_hash = jval_get_text(inputs->document, "data_hash");
    inputs->engine = jval_get_text(inputs->document, "engine");
    question->suggest.pinned = jval_get(inputs->document, "program");
    question->suggest.program = jval_get_text(question->suggest.pinned, "id");
    question->suggest.demands.inlined = inputs->demands;
    question->suggest.suppliers = (struct record_choice){.inlined = inputs->suppliers, .stored = true};
    return IEUM_OK;
}

static jval *copy_records(const struct record_set *set) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < set->count; i++) jval_append(array, jval_keep(set->kind == RECORD_SUPPLIER ? set->suppliers[i].json : set->demands[i].json));
    return array;
}

ieum_status match_inputs_now(struct round_call *it, struct match_inputs *inputs, struct match_question *question, struct problem *problem) {
    struct record_set suppliers = {0}, demands = {0};
    ieum_status status = store_load(it->store, RECORD_SUPPLIER, NULL, &suppliers, problem);
    if (status == IEUM_OK) status = store_load(it->store, RECORD_DEMAND, it->program, &demands, problem);
    if (status == IEUM_OK) {
        inputs->suppliers = copy_records(&suppliers);
        inputs->demands = without_latent(copy_records(&demands));
        question->suggest.demands.inlined = inputs->demands;
        question->suggest.suppliers = (struct record_choice){.inlined = inputs->suppliers, .stored = true};
    }
    record_set_free(&suppliers);
    record_set_free(&demands);
    return status;
}

ieum_status round_base(struct round_call *it, struct match_inputs *inputs, struct match_question *question, struct problem *problem) {
    if (it->state.pass_count)
        return match_inputs_load(it->store, it->state.passes[it->state.pass_count - 1].inputs, it->call->arena, inputs, question, problem);
    ieum_status status = round_program(it, problem);
    if (status == IEUM_OK) status = round_question(it, false, question, problem);
    if (status == IEUM_OK) status = match_inputs_now(it, inputs, question, problem);
    return status;
}

void match_inputs_free(struct match_inputs *inputs) {
    jval_free(inputs->document);
    jval_free(inputs->demands);
    jval_free(inputs->suppliers);
    *inputs = (struct match_inputs){0};
}
