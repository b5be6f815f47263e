/* SPDX-License-Identifier: Apache-2.0 */
/* The result of an assignment as JSON: pairs, total, proof, measures; or why there is none; and what was asked on top. */
#include "write_assignment.h"

jval *write_pair(struct assignment_pair pair) {
    jval *array = jval_new_array();
    jval_append(array, jval_new_integer(pair.demand));
    jval_append(array, jval_new_integer(pair.supplier));
    return array;
}

jval *write_pair_list(const struct assignment_pair *pairs, uint32_t count) {
    jval *list = jval_new_array();
    for (uint32_t i = 0; i < count; i++) jval_append(list, write_pair(pairs[i]));
    return list;
}

static jval *write_amounts(const int64_t *amounts, uint32_t count) {
    jval *list = jval_new_array();
    for (uint32_t i = 0; i < count; i++) jval_append(list, jval_new_number(score_number(amounts[i])));
    return list;
}

/* What only one method has to say. */
static void write_of_method(jval *object, const struct assignment_question *question, const struct assignment_answer *answer) {
    if (answer->method == ASSIGN_LEXIMIN) {
        jval_set(object, "demand_totals", write_amounts(answer->by.leximin.demand_total, question->problem.demand_count));
        jval_set(object, "demand_bounds", write_amounts(answer->by.leximin.demand_bound, question->problem.demand_count));
    } else if (answer->method == ASSIGN_RANDOM) {
        jval_set_number(object, "expected", score_number(answer->by.random.expected) / (double)answer->by.random.denominator);
    } else if (answer->method == ASSIGN_REMATCH) {
        jval_set_integer(object, "kept", answer->by.rematch.kept);
    }
}

static jval *write_compared(const struct assignment_answer *answer) {
    jval *list = jval_new_array();
    for (uint32_t i = 0; i < answer->compared_count; i++) {
        const struct assignment_comparison *compared = &answer->compared[i];
        jval *one = jval_new_object();
        jval_set_text(one, "method", assign_method_names[compared->method]);
        jval_set_text(one, "status", compared->status == ASSIGNMENT_OPTIMAL ? "optimal" : "infeasible");
        if (compared->status == ASSIGNMENT_OPTIMAL) jval_set(one, "measures", write_compared_measures(&compared->measures));
        jval_append(list, one);
    }
    return list;
}

jval *write_assignment(const struct assignment_question *question, const struct assignment_answer *answer) {
    jval *object = jval_new_object();
    bool optimal = answer->status == ASSIGNMENT_OPTIMAL;
    jval_set_text(object, "status", optimal ? "optimal" : "infeasible");
    jval_set_text(object, "method", assign_method_names[answer->method]);
    if (optimal) {
        jval_set_number(object, "total", score_number(answer->total));
        jval_set(object, "pairs", write_pair_list(answer->pairs, answer->pair_count));
        write_of_method(object, question, answer);
        jval_set(object, "certificate", write_certificate(question, answer));
        jval_set(object, "measures", write_compared_measures(&answer->measures));
    } else {
        jval_set(object, "reason", write_reason(question, answer));
        if (answer->repair_sought) jval_set(object, "repair", write_repair(&question->repair, &answer->repair));
    }
    if (optimal && question->explain_count) jval_set(object, "explained", write_explained(&answer->explained));
    if (answer->truncation_judged) jval_set(object, "truncation", write_truncation(&answer->truncation));
    if (answer->compared_count) jval_set(object, "comparison", write_compared(answer));
    return object;
}
