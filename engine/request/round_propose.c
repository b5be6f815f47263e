/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps propose and rematch: the round's restrictions become a match, the match a pass of the round. "propose" without a round only answers.
 *   propose   "method"?, "q"?    before any consent the proposal before is replaced; later what lives stays and new applicants come in
 *   rematch                      the fewest pairs change; what is confirmed stays
 */
#include <stdio.h>
#include <string.h>

#include "round_request.h"

/* ---- from the round to the question ---- */

static bool add_pair(struct arena *arena, const struct match_pair **list, size_t *count, const char *demand, const char *supplier, bool fixed) {
    const struct match_pair pair = {demand, supplier, fixed};
    return round_list_add(arena, (void *)list, count, &pair, sizeof pair);
}

static ieum_status take_restrictions(const struct round_call *it, struct match_question *question, struct problem *problem) {
    const struct round *round = &it->state;
    struct arena *arena = it->call->arena;
    bool room = true;
    for (size_t i = 0; i < round->restriction_count && room; i++) {
        const struct restriction *one = &round->restrictions[i];
        room = one->kind == RESTRICT_LOCK ? add_pair(arena, &question->locks, &question->lock_count, one->demand, one->supplier, false)
                                          : add_pair(arena, &question->vetoes, &question->veto_count, one->demand, one->supplier, one->kind != RESTRICT_VETO);
    }
    for (size_t i = 0; i < round->withdrawal_count && room; i++) {
        struct text_list *out = round->withdrawals[i].demand_side ? &question->demands_out : &question->suppliers_out;
        room = round_list_add(arena, &out->items, &out->count, &round->withdrawals[i].id, sizeof *out->items);
    }
    return room ? IEUM_OK : problem_set_memory(problem);
}

static bool is_locked(const struct match_question *question, const struct round_pair *pair) {
    for (size_t i = 0; i < question->lock_count; i++)
        if (strcmp(question->locks[i].demand, pair->demand) == 0 && strcmp(question->locks[i].supplier, pair->supplier) == 0) return true;
    return false;
}

/* Whether all that became of the demand is settled: it has what it came for. */
static bool is_over(const struct round *round, const char *demand) {
    bool settled = false;
    for (size_t i = 0; i < round->pair_count; i++) {
        const struct round_pair *pair = &round->pairs[i];
        if (strcmp(pair->demand, demand) != 0 || !pair_lives(pair->state)) continue;
        if (pair->state != PAIR_SETTLED) return false;
        settled = true;
    }
    return settled;
}

/* What lives stays (as locks, or on a rematch as what to keep); what was declined, lapsed or withdrawn does not come again. */
static ieum_status take_pairs(const struct round_call *it, bool rematch, struct match_question *question, struct problem *problem) {
    struct arena *arena = it->call->arena;
    bool room = true;
    for (size_t i = 0; i < it->state.pair_count && room; i++) {
        const struct round_pair *pair = &it->state.pairs[i];
        if (round_keeps_pair(&it->state, pair, rematch)) {
            if (!is_locked(question, pair)) room = add_pair(arena, &question->locks, &question->lock_count, pair->demand, pair->supplier, true);
        } else if (pair->state == PAIR_SETTLED) {
            struct text_list *out = &question->demands_out;
            if (is_over(&it->state, pair->demand)) room = round_list_add(arena, &out->items, &out->count, &pair->demand, sizeof *out->items);
        } else if (rematch && pair_lives(pair->state)) {
            room = add_pair(arena, &question->previous, &question->previous_count, pair->demand, pair->supplier, true);
        } else if (pair->state == PAIR_DECLINED || pair->state == PAIR_LAPSED || pair->state == PAIR_WITHDRAWN) {
            room = add_pair(arena, &question->vetoes, &question->veto_count, pair->demand, pair->supplier, true);
        }
    }
    return room ? IEUM_OK : problem_set_memory(problem);
}

/* Suppliers with an agreed or completed pair in the records: no newcomers. */
static ieum_status take_experience(const struct round_call *it, struct match_question *question, struct problem *problem) {
    struct record_set outcomes = {0};
    ieum_status status = store_load(it->store, RECORD_OUTCOME, NULL, &outcomes, problem);
    question->newcomers_known = true;
    for (size_t i = 0; i < outcomes.count && status == IEUM_OK; i++) {
        const struct outcome *outcome = &outcomes.outcomes[i];
        bool known = outcome->stage != OUTCOME_AGREED && outcome->stage != OUTCOME_COMPLETED;
        for (size_t k = 0; k < question->experienced.count && !known; k++) known = strcmp(question->experienced.items[k], outcome->supplier) == 0;
        if (known) continue;
        const char *id = arena_copy_text(it->call->arena, outcome->supplier);
        if (!id || !round_list_add(it->call->arena, &question->experienced.items, &question->experienced.count, &id, sizeof id)) status = problem_set_memory(problem);
    }
    record_set_free(&outcomes);
    return status;
}

/* The first pass draws with the seed the round committed itself to, a later one with what follows from it. */
static uint64_t pass_seed(const struct round *round, size_t pass) {
    char text[96], hash[DIGEST_TEXT];
    uint64_t seed = 0;
    if (pass == 1) return (uint64_t)round->seed;
    snprintf(text, sizeof text, "%lld %s %zu", (long long)round->seed, round->salt, pass);
    digest_of(text, strlen(text), hash);
    for (int i = 0; i < 13; i++) seed = seed << 4 | (uint64_t)(hash[i] <= '9' ? hash[i] - '0' : hash[i] - 'a' + 10);
    return seed;
}

ieum_status round_question(struct round_call *it, bool rematch, struct match_question *question, struct problem *problem) {
    static const char *const methods[] = {"max_sum", "leximin", "stable", "random"};
    const struct round *round = &it->state;
    const size_t pass = round->pass_count + (round->state == ROUND_PROPOSED && !rematch ? 0 : 1);
    size_t method = 0;
    *question = (struct match_question){.suggest = {.program = it->program, .k = (size_t)it->rules->shortlist, .rules = !round->no_rules, .fit_only = round->fit_only,
                                                    .model = round->model},
                                        .method = round->method, .selected_only = round->selection != NULL, .selected = round->selected,
                                        .applied_from = round->applied_from, .applied_to = round->applied_to, .seed = pass_seed(round, pass ? pass : 1)};
    ieum_status status = field_choice(it->call->request, NULL, "method", false, methods, 4, &method, problem);
    if (status == IEUM_OK) status = field_number(it->call->request, NULL, "q", false, 0.0001, 1, &question->q, problem);
    if (jval_get(it->call->request, "method")) question->method = methods[method];
    if (rematch) question->method = "rematch";
    if (!round->selection && !round->rolling && round->taken.count && (rematch || round->state > ROUND_PROPOSED)) {
        question->selected_only = true; /* a batch round stays with those who took part */
        question->selected = round->taken;
    }
    if (status == IEUM_OK) status = round_list_waivers(it, &question->suggest.waivers, &question->suggest.waiver_count, problem);
    if (status == IEUM_OK) status = take_restrictions(it, question, problem);
    if (status == IEUM_OK) status = take_pairs(it, rematch, question, problem);
    if (status == IEUM_OK) status = take_experience(it, question, problem);
    if (status == IEUM_OK) status = round_hold_back(it, question, problem);
    return status;
}

/* ---- from the answer to the round ---- */

/* The ids of who takes part. */
static ieum_status list_applicants(struct round_call *it, const struct match_answer *answer, struct text_list *demands, struct problem *problem) {
    *demands = (struct text_list){arena_allocate(it->call->arena, answer->row_count * sizeof *demands->items), 0};
    if (!demands->items) return problem_set_memory(problem);
    for (uint32_t d = 0; d < answer->row_count; d++) {
        if (d && answer->rows[d] == answer->rows[d - 1]) continue; /* with variety: the same demand once more */
        demands->items[demands->count++] = answer->suggested.cohort.demands.demands[answer->suggested.shortlists[answer->rows[d]].demand].id;
    }
    return IEUM_OK;
}

/* The totals of a draw are exact integers; a reader of JSON has 53 bits for them. */
static ieum_status check_exact(const struct match_answer *answer, struct problem *problem) {
    if (answer->question.method != ASSIGN_RANDOM || answer->answer.status != ASSIGNMENT_OPTIMAL || answer->answer.by.random.expected <= INT64_C(1) << 53) return IEUM_OK;
    return problem_set(problem, IEUM_LIMIT, "/q", "짝이 많아 이 q로는 점수 합을 정수로 정확히 적을 수 없습니다. q의 소수 자리를 줄여 주십시오(예: 0.5).",
                       "With so many pairs the totals at this q are too great to be written exactly; give q with fewer decimals (0.5).");
}

static void join_texts(const jval *list, const char *language, struct buffer *out) {
    for (size_t i = 0; i < jval_count(list); i++)
        buffer_format(out, "%s%s", i ? "; " : "", jval_text(jval_get(jval_get(jval_at(list, i), "text"), language)));
    if (!out->bytes) buffer_add_text(out, "-");
}

/* No assignment: which requirements contradict each other, and the cheapest way out, in words. The round stays as it is. */
static ieum_status refuse_infeasible(const struct match_answer *answer, struct problem *problem) {
    struct buffer ko[2] = {BUFFER_EMPTY, BUFFER_EMPTY}, en[2] = {BUFFER_EMPTY, BUFFER_EMPTY};
    jval *why = jval_new_object();
    write_infeasible(why, answer);
    const jval *lists[2] = {jval_get(why, "requirements"), jval_get(jval_get(why, "way_out"), "changes")};
    for (int i = 0; i < 2; i++) {
        join_texts(lists[i], "ko", &ko[i]);
        join_texts(lists[i], "en", &en[i]);
    }
    ieum_status status = problem_set(problem, IEUM_CONFLICT, "/step",
                                     "조건을 모두 만족하는 배정이 없습니다. 서로 맞지 않는 조건: %1$s. 가장 가벼운 해결책: %2$s. 회차는 바뀌지 않았습니다.",
                                     "No assignment meets all conditions. These contradict each other: %3$s. The cheapest way out: %4$s. The round was not changed.%1$.0s%2$.0s",
                                     ko[0].bytes ? ko[0].bytes : "", ko[1].bytes ? ko[1].bytes : "", en[0].bytes ? en[0].bytes : "", en[1].bytes ? en[1].bytes : "");
    for (int i = 0; i < 2; i++) {
        buffer_free(&ko[i]);
        buffer_free(&en[i]);
    }
    jval_free(why);
    return status;
}

static ieum_status take_pass(struct round_call *it, const struct match_question *question, const struct match_answer *answer, const jval *proposal,
                             const struct text_list *demands, bool rematch, struct problem *problem) {
    char inputs[DIGEST_TEXT], kept[DIGEST_TEXT], due[11];
    const struct cohort *cohort = &answer->suggested.cohort;
    const uint32_t count = answer->assigned ? answer->answer.pair_count : 0;
    struct pair_ids *pairs = arena_allocate(it->call->arena, count * sizeof *pairs);
    if (!pairs) return problem_set_memory(problem);
    for (uint32_t i = 0; i < count; i++) {
        const struct assignment_pair pair = answer->answer.pairs[i];
        pairs[i] = (struct pair_ids){cohort->demands.demands[answer->suggested.shortlists[answer->rows[pair.demand]].demand].id, cohort->suppliers.suppliers[pair.supplier].id};
    }
    ieum_status status = match_inputs_keep(it, question, answer, inputs, problem);
    if (status == IEUM_OK) status = store_document_put(it->store, "proposal", proposal, it->act.keep_until, kept, problem);
    if (status != IEUM_OK) return status;
    date_write(date_add_days(workspace_today(it->call->workspace), it->rules->consent.days), due);
    const struct round_pass pass = {.proposal = kept, .inputs = inputs, .method = assign_method_names[answer->question.method], .rematch = rematch};
    status = round_take_pass(&it->state, &pass, pairs, count, it->rules->consent.days ? due : NULL, problem);
    return status == IEUM_OK ? round_take_applicants(&it->state, demands, problem) : status;
}

static ieum_status propose_in_round(struct round_call *it, bool rematch, jval **result, struct problem *problem) {
    const enum round_step step = rematch ? STEP_REMATCH : STEP_PROPOSE;
    struct match_question question;
    struct match_answer answer = {0};
    struct text_list demands;
    jval *proposal = NULL, *object = NULL;
    ieum_status status = round_begin(it, step, problem);
    if (status == IEUM_OK) status = round_question(it, rematch, &question, problem);
    if (status == IEUM_OK) status = pipeline_match(it->call->workspace, &question, &answer, problem);
    if (status == IEUM_OK) status = list_applicants(it, &answer, &demands, problem);
    if (status == IEUM_OK) status = round_check_others(it, &demands, problem);
    if (status == IEUM_OK) status = check_exact(&answer, problem);
    if (status == IEUM_OK && answer.assigned && answer.answer.status != ASSIGNMENT_OPTIMAL) status = refuse_infeasible(&answer, problem);
    if (status != IEUM_OK) goto done;
    workspace_progress(it->call->workspace, "배정안과 증명서를 기록합니다.", "Recording the proposal and its certificate.");
    proposal = write_proposal(&answer);
    object = jval_new_object();
    status = take_pass(it, &question, &answer, proposal, &demands, rematch, problem);
    it->stored.version = answer.suggested.program->version;
    if (status == IEUM_OK) status = round_put(it, step, object, problem);
    if (status == IEUM_OK) status = pipeline_log_servings(it->call->workspace, &answer.suggested, problem);
    if (status == IEUM_OK) {
        jval_set(object, "notice", write_notice());
        jval_set(object, "proposal", jval_keep(proposal));
        if (jval_count(it->held)) jval_set(object, "held_back", jval_keep(it->held));
        *result = jval_keep(object);
    }
done:
    jval_free(object);
    jval_free(proposal);
    match_answer_free(&answer);
    return status;
}

/* What a round of the program would propose now; nothing is kept. */
static ieum_status propose_only(struct round_call *it, jval **result, struct problem *problem) {
    static const char *const methods[] = {"max_sum", "leximin", "stable", "random"}, *const criteria[] = {"all", "fit"};
    struct match_question question = {.suggest = {.program = it->program, .rules = true}, .seed = 1};
    struct match_answer answer = {0};
    size_t method = 0, chosen = 0;
    ieum_status status = field_bool(it->call->request, NULL, "rules", false, &question.suggest.rules, problem);
    if (status == IEUM_OK) status = field_choice(it->call->request, NULL, "criteria", false, criteria, 2, &chosen, problem);
    if (status == IEUM_OK) status = field_text(it->call->request, NULL, "model", false, &question.suggest.model, problem);
    if (status == IEUM_OK) status = field_choice(it->call->request, NULL, "method", false, methods, 4, &method, problem);
    if (status == IEUM_OK) status = round_program(it, problem);
    if (status != IEUM_OK) return status;
    if (jval_get(it->call->request, "method")) question.method = methods[method];
    question.suggest.fit_only = chosen == 1;
    question.suggest.k = (size_t)it->rules->shortlist;
    status = workspace_store(it->call->workspace, false, &it->store, problem);
    if (status == IEUM_OK) status = take_experience(it, &question, problem);
    if (status == IEUM_OK) status = round_hold_back(it, &question, problem);
    if (status == IEUM_OK) status = pipeline_match(it->call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = jval_new_object();
    jval_set(*result, "notice", write_notice());
    jval_set(*result, "proposal", write_proposal(&answer));
    if (jval_count(it->held)) jval_set(*result, "held_back", jval_keep(it->held));
    match_answer_free(&answer);
    return IEUM_OK;
}

ieum_status round_propose(struct round_call *it, jval **result, struct problem *problem) {
    return it->round ? propose_in_round(it, false, result, problem) : propose_only(it, result, problem);
}

ieum_status round_rematch(struct round_call *it, jval **result, struct problem *problem) { return propose_in_round(it, true, result, problem); }
