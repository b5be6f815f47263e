/* SPDX-License-Identifier: Apache-2.0 */
/*
 * replay: a pass gone through again from what was kept of it. {"number"?: pass, from 1; the last} → {"pass", "same", "kept", "again", "engine": {"then", "now"}, "scores_follow_from_the_same",
 * "differences"?}. The same engine with the same lexicon and models gives the same bytes; another says what it would do differently.
 */
#include <string.h>

#include "round_request.h"

static bool has_pair(const jval *list, const jval *pair) {
    for (size_t i = 0; i < jval_count(list); i++)
        if (jval_equal(jval_get(jval_at(list, i), "demand"), jval_get(pair, "demand")) && jval_equal(jval_get(jval_at(list, i), "supplier"), jval_get(pair, "supplier")))
            return true;
    return false;
}

static jval *pairs_not_in(const jval *list, const jval *other) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < jval_count(list); i++)
        if (!has_pair(other, jval_at(list, i))) jval_append(array, jval_copy(jval_at(list, i)));
    return array;
}

jval *write_differences(const jval *before, const jval *after) {
    const jval *old = jval_get(before, "assignment"), *new = jval_get(after, "assignment");
    const jval *old_pairs = jval_get(old, "proposed"), *new_pairs = jval_get(new, "proposed");
    jval *object = jval_new_object(), *total = jval_new_object();
    jval_set(object, "added", pairs_not_in(new_pairs, old_pairs));
    jval_set(object, "dropped", pairs_not_in(old_pairs, new_pairs));
    jval_set_number(total, "before", jval_number(jval_get(old, "total")));
    jval_set_number(total, "after", jval_number(jval_get(new, "total")));
    jval_set(object, "total", total);
    return object;
}

static ieum_status choose_pass(struct round_call *it, size_t *pass, struct problem *problem) {
    int64_t number = (int64_t)it->state.pass_count;
    if (!it->state.pass_count)
        return problem_set(problem, IEUM_CONFLICT, "/step", "이 회차에는 아직 배정안이 없습니다.", "The round has no proposal yet.");
    ieum_status status = field_integer(it->call->request, NULL, "number", false, 1, (int64_t)it->state.pass_count, &number, problem);
    *pass = (size_t)number - 1;
    return status;
}


static jval *write_replay(const struct round_pass *pass, size_t number, const struct match_inputs *inputs, const struct match_answer *answer, const char *digest) {
    jval *object = jval_new_object(), *engine = jval_new_object();
    jval_set_text(engine, "then", inputs->engine);
    jval_set_text(engine, "now", ieum_version_text());
    jval_set_integer(object, "pass", (int64_t)number + 1);
    jval_set_bool(object, "same", strcmp(digest, pass->proposal) == 0);
    jval_set_text(object, "kept", pass->proposal);
    jval_set_text(object, "again", digest);
    jval_set(object, "engine", engine);
    jval_set_bool(object, "same_records", strcmp(inputs->data_hash, answer->suggested.cohort.data_hash) == 0);
    jval_set_bool(object, "same_model", strcmp(inputs->model_hash, answer->suggested.model_hash) == 0);
    return object;
}

ieum_status round_replay(struct round_call *it, jval **result, struct problem *problem) {
    struct match_inputs inputs = {0};
    struct match_question question;
    struct match_answer answer = {0};
    jval *kept = NULL, *again = NULL;
    size_t pass = 0;
    char digest[DIGEST_TEXT];
    ieum_status status = round_open(it, problem);
    if (status == IEUM_OK) status = choose_pass(it, &pass, problem);
    if (status == IEUM_OK) status = match_inputs_load(it->store, it->state.passes[pass].inputs, it->call->arena, &inputs, &question, problem);
    if (status == IEUM_OK) status = store_document_get(it->store, it->state.passes[pass].proposal, &kept, problem);
    if (status == IEUM_OK) status = pipeline_match(it->call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) goto done;
    again = write_proposal(&answer);
    status = record_digest(again, digest, problem); /* of the canonical text, as documents have it */
    if (status != IEUM_OK) goto done;
    jval *object = write_replay(&it->state.passes[pass], pass, &inputs, &answer, digest);
    jval_set(object, "round", write_round_head(&it->stored));
    if (!jval_true(jval_get(object, "same"))) jval_set(object, "differences", write_differences(kept, again));
    *result = object;
done:
    jval_free(kept);
    jval_free(again);
    match_answer_free(&answer);
    match_inputs_free(&inputs);
    return status;
}
