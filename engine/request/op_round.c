/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op round: {"step": "new" | "propose" | "show" | "list", "program", "round"?: id, "by"?, "reason"?}.
 *   new      a round of a program, state "draft".
 *   propose  checks all demands of the program, ranks suppliers for the eligible ones, assigns, explains. With "round" the result is kept in it (state "proposed");
 *            without, it is only answered. "criteria" and "rules" as in suggest.
 *   show     a kept round: {"round": {id, program, state, revision, …}, "proposal"}.
 */
#include <string.h>

#include "../record/missing.h"
#include "request.h"

/* ---- writing a proposal ---- */

static jval *write_applicant(const struct match_answer *answer, const struct shortlist *shortlist) {
    const struct demand *demand = &answer->suggested.cohort.demands.demands[shortlist->demand];
    const char *pointers[MISSING_MOST];
    size_t count = demand_missing(demand, pointers);
    jval *object = jval_new_object(), *missing = jval_new_array();
    for (size_t i = 0; i < count; i++) jval_append_text(missing, pointers[i]);
    jval_set_text(object, "id", demand->id);
    jval_set_text(object, "name", demand->firm.name);
    jval_set_text(object, "title", demand->title);
    write_verdict(object, &shortlist->verdict);
    jval_set(object, "missing", missing);
    write_shortlist(object, &answer->suggested, shortlist, true);
    return object;
}

static jval *write_counts(const struct match_answer *answer) {
    size_t eligible = 0, to_confirm = 0;
    for (size_t i = 0; i < answer->suggested.count; i++) {
        eligible += answer->suggested.shortlists[i].verdict.eligible;
        to_confirm += answer->suggested.shortlists[i].verdict.eligible && answer->suggested.shortlists[i].verdict.to_confirm;
    }
    jval *object = jval_new_object();
    jval_set_integer(object, "applicants", (int64_t)answer->suggested.count);
    jval_set_integer(object, "eligible", (int64_t)eligible);
    jval_set_integer(object, "to_confirm", (int64_t)to_confirm);
    jval_set_integer(object, "suppliers", (int64_t)answer->suggested.cohort.suppliers.count);
    if (answer->suggested.program->quota != AMOUNT_MISSING) jval_set_integer(object, "quota", answer->suggested.program->quota);
    return object;
}

/* The pairs with ids, names and points, in the order of the assignment. */
static jval *write_pairs(const struct match_answer *answer) {
    const struct cohort *cohort = &answer->suggested.cohort;
    jval *array = jval_new_array();
    for (uint32_t i = 0; i < answer->answer.pair_count; i++) {
        struct assignment_pair pair = answer->answer.pairs[i];
        const struct shortlist *shortlist = &answer->suggested.shortlists[answer->rows[pair.demand]];
        int64_t score = answer->suggested.scores[(size_t)answer->rows[pair.demand] * cohort->suppliers.count + pair.supplier];
        jval *object = jval_new_object();
        jval_set_text(object, "demand", cohort->demands.demands[shortlist->demand].id);
        jval_set_text(object, "demand_name", cohort->demands.demands[shortlist->demand].firm.name);
        jval_set_text(object, "supplier", cohort->suppliers.suppliers[pair.supplier].id);
        jval_set_text(object, "supplier_name", cohort->suppliers.suppliers[pair.supplier].firm.name);
        jval_set_number(object, "score", score_number(score));
        jval_set_number(object, "points", (double)score * (answer->suggested.model ? 100 : answer->suggested.rubric.points_total) / (double)SCORE_ONE);
        jval_append(array, object);
    }
    return array;
}

/* What the checker needs to verify the certificate: ids of rows and columns, edges and bounds, in op assign's sparse form. */
static jval *write_instance(const struct match_answer *answer) {
    const struct cohort *cohort = &answer->suggested.cohort;
    const struct assignment_problem *assignment = &answer->assignment;
    jval *object = jval_new_object(), *demands = jval_new_array(), *suppliers = jval_new_array(), *edges = jval_new_array();
    jval *sides[2] = {jval_new_object(), jval_new_object()}, *size = jval_new_array();
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        jval_append_text(demands, cohort->demands.demands[answer->suggested.shortlists[answer->rows[d]].demand].id);
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            jval *edge = jval_new_array();
            jval_append(edge, jval_new_integer(d));
            jval_append(edge, jval_new_integer(assignment->edge_supplier[e]));
            jval_append(edge, jval_new_number(score_number(assignment->edge_score[e])));
            jval_append(edges, edge);
        }
    }
    for (uint32_t s = 0; s < assignment->supplier_count; s++) jval_append_text(suppliers, cohort->suppliers.suppliers[s].id);
    const int64_t *bounds[2][2] = {{assignment->demand_min, assignment->demand_max}, {assignment->supplier_min, assignment->supplier_max}};
    const uint32_t counts[2] = {assignment->demand_count, assignment->supplier_count};
    for (int side = 0; side < 2; side++) {
        for (int end = 0; end < 2; end++) {
            jval *list = jval_new_array();
            for (uint32_t i = 0; i < counts[side]; i++) jval_append(list, bounds[side][end][i] == ASSIGNMENT_NO_MAX ? NULL : jval_new_integer(bounds[side][end][i]));
            jval_set(sides[side], end ? "max" : "min", list);
        }
        jval_append(size, jval_new_integer(counts[side]));
    }
    jval_set(object, "demands", demands);
    jval_set(object, "suppliers", suppliers);
    jval_set(object, "size", size);
    jval_set(object, "edges", edges);
    jval_set(object, "demand", sides[0]);
    jval_set(object, "supplier", sides[1]);
    return object;
}

static jval *write_proposal(const struct match_answer *answer) {
    const struct program *program = answer->suggested.program;
    jval *object = jval_new_object(), *applicants = jval_new_array();
    jval_set(object, "program", write_program_head(program));
    write_model(object, &answer->suggested);
    jval_set_text(object, "data_hash", answer->suggested.cohort.data_hash);
    jval_set(object, "counts", write_counts(answer));
    jval_set_integer(object, "shortlist", program->shortlist);
    for (size_t i = 0; i < answer->suggested.count; i++)
        jval_append(applicants, write_applicant(answer, &answer->suggested.shortlists[i]));
    jval_set(object, "applicants", applicants);
    if (answer->assigned) {
        jval *assignment = write_assignment(&answer->question, &answer->answer);
        jval_set_text(assignment, "method", program->method);
        jval_set(assignment, "proposed", write_pairs(answer));
        jval_set(assignment, "instance", write_instance(answer));
        jval_set(object, "assignment", assignment);
    }
    return object;
}

/* ---- steps ---- */

struct round_request {
    const char *program, *round, *by, *reason, *model;
    bool fit_only, rules;
};

static jval *write_round(const struct store_round *round) {
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

/* Puts the round and answers it as it stands then. */
static ieum_status put_round(struct call *call, const struct round_request *request, const char *version, const char *state, jval *payload,
                             int64_t expected, const char *step, jval **result, struct problem *problem) {
    struct store *store;
    struct store_act act;
    struct store_round round = {.id = request->round, .program = request->program, .version = version, .state = state, .payload = payload};
    ieum_status status = workspace_act(call->workspace, request->by, request->reason, call->arena, &act, problem);
    if (status == IEUM_OK) status = workspace_change(call->workspace, &store, problem);
    if (status == IEUM_OK) status = store_round_put(store, &round, expected, step, &act, &round.revision, problem);
    if (status != IEUM_OK) return status;
    round.created = round.changed = act.when;
    *result = jval_new_object();
    jval_set(*result, "round", write_round(&round));
    return IEUM_OK;
}

static ieum_status step_new(struct call *call, struct round_request *request, jval **result, struct problem *problem) {
    struct program *program = NULL;
    ieum_status status = workspace_program(call->workspace, request->program, &program, problem);
    if (status != IEUM_OK) return status;
    jval *payload = jval_new_object();
    status = put_round(call, request, program->version, "draft", payload, 0, "new", result, problem);
    jval_free(payload);
    program_free(program);
    return status;
}

/* The round that stands: its revision, and its program where the request names none. A request for another program is refused. */
static ieum_status find_round(struct call *call, struct round_request *request, int64_t *revision, struct problem *problem) {
    struct store *store;
    struct store_round round = {0};
    ieum_status status = workspace_store(call->workspace, false, &store, problem);
    if (status == IEUM_OK) status = store_round_get(store, request->round, &round, problem);
    if (status != IEUM_OK) return status;
    *revision = round.revision;
    if (request->program && strcmp(request->program, round.program) != 0)
        status = problem_set(problem, IEUM_CONFLICT, "/program", "회차 '%s'은(는) 사업 '%s'의 회차입니다.", "The round '%s' belongs to the program '%s'.",
                             request->round, round.program);
    else if (!request->program && !(request->program = arena_copy_text(call->arena, round.program)))
        status = problem_set_memory(problem);
    store_round_free(&round);
    return status;
}

static ieum_status step_propose(struct call *call, struct round_request *request, jval **result, struct problem *problem) {
    struct match_answer answer;
    struct program *program = NULL;
    int64_t revision = 0;
    ieum_status status = request->round ? find_round(call, request, &revision, problem) : IEUM_OK;
    if (status == IEUM_OK) status = workspace_program(call->workspace, request->program, &program, problem);
    if (status != IEUM_OK) return status;
    struct suggest_question question = {.program = request->program, .k = (size_t)program->shortlist, .rules = request->rules,
                                        .fit_only = request->fit_only, .model = request->model};
    program_free(program);
    status = pipeline_match(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    jval *proposal = write_proposal(&answer);
    jval *object = NULL;
    if (request->round) {
        jval *payload = jval_new_object();
        jval_set(payload, "proposal", jval_keep(proposal));
        status = put_round(call, request, answer.suggested.program->version, "proposed", payload, revision, "propose", &object, problem);
        jval_free(payload);
        if (status == IEUM_OK) status = pipeline_log_servings(call->workspace, &answer.suggested, problem);
        if (status != IEUM_OK) jval_free(object);
    } else {
        object = jval_new_object();
    }
    match_answer_free(&answer);
    if (status == IEUM_OK) {
        jval_set(object, "proposal", proposal);
        *result = object;
    } else {
        jval_free(proposal);
    }
    return status;
}

static ieum_status step_show(struct call *call, struct round_request *request, jval **result, struct problem *problem) {
    struct store *store;
    struct store_round round = {0};
    ieum_status status = workspace_store(call->workspace, false, &store, problem);
    if (status == IEUM_OK) status = store_round_get(store, request->round, &round, problem);
    if (status == IEUM_OK) {
        jval *object = jval_new_object();
        jval_set(object, "round", write_round(&round));
        const jval *proposal = jval_get(round.payload, "proposal");
        if (proposal) jval_set(object, "proposal", jval_keep(proposal));
        *result = object;
    }
    store_round_free(&round);
    return status;
}

static ieum_status step_list(struct call *call, struct round_request *request, jval **result, struct problem *problem) {
    struct store *store;
    struct store_round_list list;
    ieum_status status = workspace_store(call->workspace, false, &store, problem);
    if (status == IEUM_OK) status = store_round_list(store, request->program, &list, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object(), *rounds = jval_new_array();
    for (size_t i = 0; i < list.count; i++) jval_append(rounds, write_round(&list.items[i]));
    jval_set(object, "rounds", rounds);
    store_round_list_free(&list);
    *result = object;
    return IEUM_OK;
}

ieum_status request_round(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"step", "program", "round", "reason", "criteria", "rules", "model"};
    static const char *const steps[] = {"new", "propose", "show", "list"};
    static const char *const criteria[] = {"all", "fit"};
    struct round_request request = {.rules = true};
    size_t step = 0, chosen = 0;
    const jval *json = call->request;
    ieum_status status = request_refuse_unknown(json, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_choice(json, NULL, "step", true, steps, 4, &step, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "round", step == 0 || step == 2, &request.round, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "program", step == 0 || (step == 1 && !request.round), &request.program, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "by", false, &request.by, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "reason", false, &request.reason, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "model", false, &request.model, problem);
    if (status == IEUM_OK) status = field_bool(json, NULL, "rules", false, &request.rules, problem);
    if (status == IEUM_OK) status = field_choice(json, NULL, "criteria", false, criteria, 2, &chosen, problem);
    if (status != IEUM_OK) return status;
    request.fit_only = chosen == 1;
    static ieum_status (*const run[])(struct call *, struct round_request *, jval **, struct problem *) = {step_new, step_propose,
                                                                                                               step_show, step_list};
    return run[step](call, &request, result, problem);
}
