/* SPDX-License-Identifier: Apache-2.0 */
/*
 * why and compare: questions about the last pass, over what it looked at. Before the first pass, over what it would look at now.
 *   why      demand, supplier → rule verdicts, contributions, and what forcing or barring the pair would take: {"demand", "supplier", "eligible", "rules", "suggestion"?,
 *            "rank", "explained"?: {"state", "possible", "cost", "adds", "drops", "score_to_flip", "capacity"}}
 *   compare  q?: the same pairs and limits by every method: {"comparison": […]}
 */
#include <string.h>

#include "round_request.h"
#include "write_assignment.h"

/* ---- why ---- */

static ieum_status find_party(const struct cohort *cohort, const char *demand, const char *supplier, size_t *d, size_t *s, struct problem *problem) {
    for (*d = 0; *d < cohort->demands.count && strcmp(cohort->demands.demands[*d].id, demand) != 0;) (*d)++;
    for (*s = 0; *s < cohort->suppliers.count && strcmp(cohort->suppliers.suppliers[*s].id, supplier) != 0;) (*s)++;
    if (*d < cohort->demands.count && *s < cohort->suppliers.count) return IEUM_OK;
    const bool no_demand = *d == cohort->demands.count;
    ieum_status status = problem_set(problem, IEUM_NOT_FOUND, no_demand ? "/demand" : "/supplier", "'%s'은(는) 이 회차에 없습니다.", "'%s' is not in this round.",
                                     no_demand ? demand : supplier);
    problem_set_value(problem, no_demand ? demand : supplier);
    return status;
}

/* The rank of a score among those of a row; pairs that are barred have none. */
static size_t rank_of(const struct match_answer *answer, size_t shortlist, size_t supplier) {
    const size_t suppliers = answer->suggested.cohort.suppliers.count;
    const int64_t *scores = answer->suggested.scores + shortlist * suppliers;
    size_t rank = 1;
    if (scores[supplier] == SCORE_BARRED) return 0;
    for (size_t s = 0; s < suppliers; s++) rank += scores[s] > scores[supplier] || (scores[s] == scores[supplier] && s < supplier);
    return rank;
}

static jval *pair_ids_of(const struct match_answer *answer, const struct assignment_pair *pairs, uint32_t count) {
    const struct suggest_answer *suggested = &answer->suggested;
    jval *array = jval_new_array();
    for (uint32_t i = 0; i < count; i++) {
        jval *one = jval_new_array();
        jval_append_text(one, suggested->cohort.demands.demands[suggested->shortlists[answer->rows[pairs[i].demand]].demand].id);
        jval_append_text(one, suggested->cohort.suppliers.suppliers[pairs[i].supplier].id);
        jval_append(array, one);
    }
    return array;
}

static jval *write_capacities(const struct match_answer *answer, const struct pair_cost *cost) {
    const struct suggest_answer *suggested = &answer->suggested;
    jval *array = jval_new_array();
    for (uint32_t i = 0; i < cost->capacity_count; i++) {
        const struct pair_capacity *it = &cost->capacities[i];
        const uint32_t at = it->maximum.index;
        jval *one = jval_new_object();
        if (it->maximum.need == ASSIGNMENT_DEMAND_MAX) {
            jval_set_text(one, "demand", suggested->cohort.demands.demands[suggested->shortlists[answer->rows[at]].demand].id);
            if (answer->variety.of_row) jval_set_text(one, "value", answer->variety.values[answer->variety.of_row[at]]);
        } else if (it->maximum.need == ASSIGNMENT_SUPPLIER_MAX) jval_set_text(one, "supplier", suggested->cohort.suppliers.suppliers[at].id);
        else {
            jval_set_text(one, "group", answer->group_rules[at]->id);
            if (answer->group_values[at]) jval_set_text(one, "value", answer->group_values[at]);
        }
        jval_set_number(one, "gain", score_number(it->gain));
        jval_set_bool(one, "flips", it->flips);
        jval_append(array, one);
    }
    return array;
}

/* What op assign says of the pair, with ids in place of indices. */
static jval *write_cost(const struct match_answer *answer) {
    const struct pair_cost *cost = &answer->answer.explained.items[0];
    jval *list = write_explained(&answer->answer.explained), *object = jval_copy(jval_at(list, 0));
    jval_free(list);
    jval_remove(object, "pair");
    jval_set(object, "adds", pair_ids_of(answer, cost->adds, cost->add_count));
    jval_set(object, "drops", pair_ids_of(answer, cost->drops, cost->drop_count));
    jval_set(object, "capacity", write_capacities(answer, cost));
    return object;
}

/* The demand alone and the one supplier: its contributions and evidence, or the rules that bar it. */
static ieum_status explain_pair(struct round_call *it, const struct match_question *question, const char *supplier, const jval *demand, jval *object, struct problem *problem) {
    struct suggest_question asked = question->suggest;
    struct suggest_answer answer;
    asked.demands = (struct record_choice){.inlined = demand};
    asked.supplier = supplier;
    asked.k = 1;
    ieum_status status = pipeline_suggest(it->call->workspace, &asked, &answer, problem);
    if (status != IEUM_OK) return status;
    const struct shortlist *shortlist = &answer.shortlists[0];
    write_verdict(object, &shortlist->verdict);
    for (size_t i = 0; i < shortlist->barred_count; i++)
        if (strcmp(answer.cohort.suppliers.suppliers[shortlist->barred[i].supplier].id, supplier) == 0)
            jval_set(object, "rules", write_findings(&shortlist->barred[i].findings));
    if (shortlist->count) jval_set(object, "suggestion", write_suggestion(&answer, &shortlist->suggestions[0], 1, true));
    suggest_answer_free(&answer);
    return IEUM_OK;
}

static bool is_row(const struct match_answer *answer, size_t shortlist) {
    for (uint32_t d = 0; d < answer->row_count; d++)
        if (answer->rows[d] == shortlist) return true;
    return false;
}

/* The pass's pairs once more as max_sum with the pair explained: what it costs is a property of the scores and limits, by whatever method the pass was made. */
static ieum_status explain_cost(struct round_call *it, struct match_question *question, const struct match_pair *pair, jval *object, struct problem *problem) {
    struct match_answer answer = {0};
    size_t d, s, shortlist = 0;
    question->method = "max_sum";
    ieum_status status = pipeline_match(it->call->workspace, question, &answer, problem);
    if (status == IEUM_OK) status = find_party(&answer.suggested.cohort, pair->demand, pair->supplier, &d, &s, problem);
    if (status != IEUM_OK) goto done;
    while (answer.suggested.shortlists[shortlist].demand != d) shortlist++;
    jval_set_integer(object, "rank", (int64_t)rank_of(&answer, shortlist, s));
    const bool takes_part = is_row(&answer, shortlist);
    jval_set_bool(object, "takes_part", takes_part);
    if (!takes_part) goto done;
    match_answer_free(&answer);
    question->explain = pair;
    question->explain_count = 1;
    status = pipeline_match(it->call->workspace, question, &answer, problem);
    if (status == IEUM_OK && answer.answer.status == ASSIGNMENT_OPTIMAL) jval_set(object, "explained", write_cost(&answer));
done:
    match_answer_free(&answer);
    return status;
}

static const jval *record_of(const jval *records, const char *id) {
    for (size_t i = 0; i < jval_count(records); i++)
        if (strcmp(jval_text(jval_get(jval_at(records, i), "id")), id) == 0) return jval_at(records, i);
    return NULL;
}

ieum_status round_why(struct round_call *it, jval **result, struct problem *problem) {
    struct match_inputs inputs = {0};
    struct match_question question;
    struct match_pair pair = {0};
    jval *object = jval_new_object();
    ieum_status status = round_open(it, problem);
    if (status == IEUM_OK) status = round_read_pair(it, &pair.demand, &pair.supplier, problem);
    if (status == IEUM_OK) status = round_base(it, &inputs, &question, problem);
    if (status == IEUM_OK) {
        jval_set(object, "round", write_round_head(&it->stored));
        jval_set_text(object, "demand", pair.demand);
        jval_set_text(object, "supplier", pair.supplier);
        status = explain_cost(it, &question, &pair, object, problem);
    }
    if (status == IEUM_OK) status = explain_pair(it, &question, pair.supplier, record_of(inputs.demands, pair.demand), object, problem);
    match_inputs_free(&inputs);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}

/* ---- compare ---- */

ieum_status round_compare(struct round_call *it, jval **result, struct problem *problem) {
    struct match_inputs inputs = {0};
    struct match_question question;
    struct match_answer answer = {0};
    ieum_status status = round_open(it, problem);
    if (status == IEUM_OK) status = round_base(it, &inputs, &question, problem);
    if (status == IEUM_OK) {
        question.compare = true;
        status = field_number(it->call->request, NULL, "q", false, 0.0001, 1, &question.q, problem);
    }
    if (status == IEUM_OK) {
        status = pipeline_match(it->call->workspace, &question, &answer, problem);
    }
    if (status == IEUM_OK) {
        jval *object = jval_new_object(), *assignment = answer.assigned ? write_assignment(&answer.question, &answer.answer) : NULL;
        jval_set(object, "round", write_round_head(&it->stored));
        jval_set_text(object, "method", assign_method_names[answer.question.method]);
        if (assignment) jval_set(object, "comparison", jval_keep(jval_get(assignment, "comparison")));
        jval_free(assignment);
        *result = object;
    }
    match_answer_free(&answer);
    match_inputs_free(&inputs);
    return status;
}
