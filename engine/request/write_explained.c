/* SPDX-License-Identifier: Apache-2.0 */
/* Why and why not single pairs (match/pair_cost.h), and whether short lists were long enough (match/truncation.h). */
#include "write_assignment.h"

static jval *write_capacities(const struct pair_cost *cost) {
    jval *list = jval_new_array();
    for (uint32_t i = 0; i < cost->capacity_count; i++) {
        const struct pair_capacity *capacity = &cost->capacities[i];
        const enum assignment_need need = capacity->maximum.need;
        jval *one = jval_new_object();
        jval_set_text(one, "need", need == ASSIGNMENT_DEMAND_MAX ? "demand_max" : need == ASSIGNMENT_SUPPLIER_MAX ? "supplier_max" : "group_max");
        jval_set_integer(one, "index", capacity->maximum.index);
        jval_set_number(one, "gain", score_number(capacity->gain));
        jval_set_bool(one, "flips", capacity->flips);
        jval_append(list, one);
    }
    return list;
}

static jval *write_cost(const struct pair_cost *cost) {
    static const char *const states[] = {[PAIR_CHOSEN] = "chosen", [PAIR_NOT_CHOSEN] = "not_chosen", [PAIR_LOCKED] = "locked", [PAIR_VETOED] = "vetoed",
                                         [PAIR_NOT_CANDIDATE] = "not_candidate"};
    jval *object = jval_new_object();
    jval_set(object, "pair", write_pair(cost->pair));
    jval_set_text(object, "state", states[cost->state]);
    jval_set_bool(object, "possible", cost->possible);
    jval_set(object, "cost", cost->possible ? jval_new_number(score_number(cost->cost)) : NULL);
    jval_set(object, "adds", write_pair_list(cost->adds, cost->add_count));
    jval_set(object, "drops", write_pair_list(cost->drops, cost->drop_count));
    jval_set(object, "score_to_flip", cost->can_flip ? jval_new_number(score_number(cost->score_to_flip)) : NULL);
    jval_set(object, "capacity", write_capacities(cost));
    return object;
}

jval *write_explained(const struct pair_costs *costs) {
    jval *list = jval_new_array();
    for (uint32_t i = 0; i < costs->count; i++) jval_append(list, write_cost(&costs->items[i]));
    return list;
}

jval *write_truncation(const struct truncation *truncation) {
    jval *object = jval_new_object(), *doubtful = jval_new_array();
    for (uint32_t i = 0; i < truncation->doubtful_count; i++) jval_append(doubtful, jval_new_integer(truncation->doubtful[i]));
    jval_set_bool(object, "proven", truncation->proven);
    jval_set(object, "doubtful", doubtful);
    jval_set_number(object, "bound", score_number(truncation->bound));
    return object;
}
