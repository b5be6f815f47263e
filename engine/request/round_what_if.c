/* SPDX-License-Identifier: Apache-2.0 */
/*
 * what-if: {"changes"?: {…}} → what the last pass would be with something changed, beside what it is. Nothing is kept. Members of "changes", all optional:
 *   "demands_out", "suppliers_out": [ids]      take no part              "lift": [[demand, supplier]]   locks and vetoes that no longer hold
 *   "locks", "vetoes": [[demand, supplier]]    hold as well              "capacity": {supplier: most}   "places": {demand: most}
 *   "suppliers", "demands": [records]          come in, or in place of those with the same id; a demand that comes in takes part
 *   "method": max_sum | leximin | stable | random | rematch              "q": 0 … 1
 * On "rematch" the pairs of the pass are the previous ones.
 */
#include <string.h>

#include "round_request.h"

static const struct jpath root = {NULL, NULL, 0}, changes_at = {&root, "changes", 0};

static ieum_status add_ids(const jval *changes, const char *key, struct arena *arena, struct text_list *list, struct problem *problem) {
    struct text_list more = {0};
    ieum_status status = field_text_list(changes, &changes_at, key, false, arena, &more, problem);
    for (size_t i = 0; i < more.count && status == IEUM_OK; i++)
        if (!round_list_add(arena, &list->items, &list->count, &more.items[i], sizeof *more.items)) status = problem_set_memory(problem);
    return status;
}

static ieum_status read_pairs(const jval *changes, const char *key, struct arena *arena, const struct match_pair **pairs, size_t *count, struct problem *problem) {
    const jval *list = NULL;
    const struct jpath at = {&changes_at, key, 0};
    ieum_status status = field_array(changes, &changes_at, key, false, &list, problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const jval *pair = jval_at(list, i);
        const struct match_pair one = {jval_text(jval_at(pair, 0)), jval_text(jval_at(pair, 1)), false};
        if (jval_count(pair) != 2 || !one.demand[0] || !one.supplier[0])
            return jval_refuse(problem, &(struct jpath){&at, NULL, i}, pair, "[demand, supplier]", "[수요과제, 공급기업]이어야 합니다.", "This must be [demand, supplier].");
        if (!round_list_add(arena, (void *)pairs, count, &one, sizeof one)) status = problem_set_memory(problem);
    }
    return status;
}

/* Takes out of a list of pairs those that `lifted` names. */
static void lift_pairs(const struct match_pair *lifted, size_t lifted_count, const struct match_pair **pairs, size_t *count, struct arena *arena) {
    struct match_pair *kept = arena_allocate(arena, *count * sizeof *kept);
    size_t left = 0;
    for (size_t i = 0; kept && i < *count; i++) {
        bool gone = false;
        for (size_t k = 0; k < lifted_count; k++)
            gone = gone || (strcmp((*pairs)[i].demand, lifted[k].demand) == 0 && strcmp((*pairs)[i].supplier, lifted[k].supplier) == 0);
        if (!gone) kept[left++] = (*pairs)[i];
    }
    *pairs = kept;
    *count = left;
}

static ieum_status read_bounds(const jval *changes, const char *key, bool demand_side, struct arena *arena, struct match_question *question, struct problem *problem) {
    const jval *object = NULL;
    const struct jpath at = {&changes_at, key, 0};
    ieum_status status = field_object(changes, &changes_at, key, false, &object, problem);
    for (void *i = jval_first(object); i && status == IEUM_OK; i = jval_next(object, i)) {
        struct match_bounds bounds = {demand_side, jval_key(i), -1, -1};
        status = field_integer(object, &at, jval_key(i), true, 0, 1000000, &bounds.most, problem);
        if (status == IEUM_OK && !round_list_add(arena, (void *)&question->bounds, &question->bounds_count, &bounds, sizeof bounds)) status = problem_set_memory(problem);
    }
    return status;
}

/* A supplier without a kind that comes in is taken for what the program asks for; among the store's records, where it will stand, that must be said. */
static jval *name_kind(const jval *record, const struct program *program) {
    if (!program || program->pool.count == 0 || !jval_is(record, JVAL_OBJECT) || jval_get_text(record, "kind")) return jval_keep(record);
    jval *copy = jval_copy(record);
    jval_set_text(copy, "kind", program->pool.items[0]);
    return copy;
}

/* The records with those of the change in place of, or beside, the kept ones. `program`: of suppliers. */
static ieum_status change_records(const jval *changes, const char *key, const struct program *program, jval **records, struct problem *problem) {
    const jval *more = NULL;
    ieum_status status = field_array(changes, &changes_at, key, false, &more, problem);
    if (status != IEUM_OK || !more) return status;
    jval *array = jval_new_array();
    for (size_t i = 0; i < jval_count(*records); i++) {
        bool replaced = false;
        for (size_t k = 0; k < jval_count(more); k++) replaced = replaced || jval_equal(jval_get(jval_at(more, k), "id"), jval_get(jval_at(*records, i), "id"));
        if (!replaced) jval_append(array, jval_keep(jval_at(*records, i)));
    }
    for (size_t k = 0; k < jval_count(more); k++) jval_append(array, name_kind(jval_at(more, k), program));
    jval_free(*records);
    *records = array;
    return IEUM_OK;
}

/* Demands that come in take part, also where a selection was made. */
static ieum_status admit_demands(const jval *changes, struct arena *arena, struct match_question *question, struct problem *problem) {
    const jval *more = jval_get(changes, "demands");
    for (size_t k = 0; question->selected_only && k < jval_count(more); k++) {
        const char *id = jval_get_text(jval_at(more, k), "id");
        if (id && !round_list_add(arena, &question->selected.items, &question->selected.count, &id, sizeof id)) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

static ieum_status change_method(const jval *changes, const struct match_answer *base, struct arena *arena, struct match_question *question, struct problem *problem) {
    static const char *const methods[] = {"max_sum", "leximin", "stable", "random", "rematch"};
    size_t method = 0;
    ieum_status status = field_choice(changes, &changes_at, "method", false, methods, 5, &method, problem);
    if (status == IEUM_OK) status = field_number(changes, &changes_at, "q", false, 0.0001, 1, &question->q, problem);
    if (status != IEUM_OK || !jval_get(changes, "method")) return status;
    question->method = methods[method];
    if (method != 4) return IEUM_OK;
    const struct suggest_answer *suggested = &base->suggested;
    question->previous = NULL;
    question->previous_count = 0;
    for (uint32_t i = 0; base->assigned && i < base->answer.pair_count; i++) {
        const struct assignment_pair pair = base->answer.pairs[i];
        const struct match_pair one = {suggested->cohort.demands.demands[suggested->shortlists[base->rows[pair.demand]].demand].id, suggested->cohort.suppliers.suppliers[pair.supplier].id, false};
        if (!round_list_add(arena, (void *)&question->previous, &question->previous_count, &one, sizeof one)) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

static ieum_status apply_changes(const jval *changes, const struct match_answer *base, struct arena *arena, struct match_inputs *inputs, struct match_question *question,
                                 struct problem *problem) {
    static const char *const known[] = {"demands_out", "suppliers_out", "lift", "locks", "vetoes", "capacity", "places", "suppliers", "demands", "method", "q"};
    const struct match_pair *lifted = NULL;
    size_t lifted_count = 0;
    ieum_status status = field_refuse_unknown(changes, &changes_at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = add_ids(changes, "demands_out", arena, &question->demands_out, problem);
    if (status == IEUM_OK) status = add_ids(changes, "suppliers_out", arena, &question->suppliers_out, problem);
    if (status == IEUM_OK) status = read_pairs(changes, "lift", arena, &lifted, &lifted_count, problem);
    lift_pairs(lifted, lifted_count, &question->locks, &question->lock_count, arena);
    lift_pairs(lifted, lifted_count, &question->vetoes, &question->veto_count, arena);
    if (status == IEUM_OK) status = read_pairs(changes, "locks", arena, &question->locks, &question->lock_count, problem);
    if (status == IEUM_OK) status = read_pairs(changes, "vetoes", arena, &question->vetoes, &question->veto_count, problem);
    if (status == IEUM_OK) status = read_bounds(changes, "capacity", false, arena, question, problem);
    if (status == IEUM_OK) status = read_bounds(changes, "places", true, arena, question, problem);
    if (status == IEUM_OK) status = change_records(changes, "suppliers", base->suggested.program, &inputs->suppliers, problem);
    if (status == IEUM_OK) status = change_records(changes, "demands", NULL, &inputs->demands, problem);
    if (status == IEUM_OK) status = admit_demands(changes, arena, question, problem);
    if (status == IEUM_OK) status = change_method(changes, base, arena, question, problem);
    question->suggest.suppliers.inlined = inputs->suppliers;
    question->suggest.demands.inlined = inputs->demands;
    return status;
}

ieum_status round_what_if(struct round_call *it, jval **result, struct problem *problem) {
    const jval *changes = NULL;
    struct match_inputs inputs = {0};
    struct match_question question;
    struct match_answer base = {0}, changed = {0};
    ieum_status status = round_open(it, problem);
    if (status == IEUM_OK) status = field_object(it->call->request, NULL, "changes", false, &changes, problem);
    if (status == IEUM_OK) status = round_base(it, &inputs, &question, problem);
    if (status == IEUM_OK) status = pipeline_match(it->call->workspace, &question, &base, problem);
    if (status == IEUM_OK && changes) status = apply_changes(changes, &base, it->call->arena, &inputs, &question, problem);
    if (status == IEUM_OK) status = pipeline_match(it->call->workspace, &question, &changed, problem);
    if (status == IEUM_OK) {
        jval *before = write_proposal(&base), *object = jval_new_object(), *after = write_proposal(&changed);
        jval_set(object, "round", write_round_head(&it->stored));
        jval_set(object, "differences", write_differences(before, after));
        jval_set(object, "before", jval_keep(jval_get(before, "assignment")));
        jval_set(object, "proposal", after);
        jval_free(before);
        *result = object;
    }
    match_answer_free(&base);
    match_answer_free(&changed);
    match_inputs_free(&inputs);
    return status;
}
