/* SPDX-License-Identifier: Apache-2.0 */
/* The result of an assignment as JSON: pairs, total, the prices that prove it (certificate.h), measures; or why there is none. */
#include "request.h"

static jval *write_prices(const int64_t *prices, uint32_t count) {
    jval *array = jval_new_array();
    for (uint32_t i = 0; i < count; i++) jval_append(array, jval_new_integer(prices[i]));
    return array;
}

static jval *write_certificate(const struct assignment_problem *assignment, const struct assignment_result *result) {
    jval *object = jval_new_object();
    jval_set_text(object, "kind", "prices");
    jval_set_number(object, "unit", 1e-9);
    jval_set_integer(object, "total", result->total);
    jval_set_integer(object, "bound", result->total); /* the dual objective: the solver has proven that it equals the total */
    jval_set(object, "demand", write_prices(result->demand_price, assignment->demand_count));
    jval_set(object, "supplier", write_prices(result->supplier_price, assignment->supplier_count));
    jval_set(object, "group", write_prices(result->group_price, assignment->group_count));
    return object;
}

static jval *write_measures(const struct assignment_measures *measures) {
    jval *object = jval_new_object();
    jval_set_integer(object, "pairs", (int64_t)measures->pair_count);
    jval_set_number(object, "sum", score_number(measures->total));
    jval_set_number(object, "worst_pair", score_number(measures->worst_pair));
    jval_set_number(object, "worst_demand", score_number(measures->worst_demand));
    jval_set_integer(object, "unmatched_demands", (int64_t)measures->unmatched_demands);
    jval_set_integer(object, "idle_suppliers", (int64_t)measures->idle_suppliers);
    jval_set_integer(object, "blocking_pairs", (int64_t)measures->blocking_pairs);
    jval_set_integer(object, "greatest_exposure", (int64_t)measures->greatest_exposure);
    jval_set_number(object, "exposure_gini", measures->exposure_gini);
    return object;
}

struct need_words {
    const char *code, *ko, *en;
};

static const struct need_words needs[] = {
    [ASSIGNMENT_DEMAND_MIN] = {"demand_min", "수요 %u의 최소 건수", "the minimum of demand %u"},
    [ASSIGNMENT_DEMAND_MAX] = {"demand_max", "수요 %u의 최대 건수", "the maximum of demand %u"},
    [ASSIGNMENT_SUPPLIER_MIN] = {"supplier_min", "공급 %u의 최소 건수", "the minimum of supplier %u"},
    [ASSIGNMENT_SUPPLIER_MAX] = {"supplier_max", "공급 %u의 최대 건수", "the maximum of supplier %u"},
    [ASSIGNMENT_GROUP_MIN] = {"group_min", "묶음 %u의 최소 건수", "the minimum of group %u"},
    [ASSIGNMENT_GROUP_MAX] = {"group_max", "묶음 %u의 최대 건수", "the maximum of group %u"},
    [ASSIGNMENT_LOCK] = {"lock", "고정 %u", "lock %u"},
    [ASSIGNMENT_VETO] = {"veto", "금지 %u", "veto %u"},
};

/* "… 동시에 지킬 수 없습니다: 수요 0의 최소 건수, 공급 2의 최대 건수" */
static jval *write_sentence(const struct assignment_reason *reason, bool korean) {
    struct buffer text = BUFFER_EMPTY;
    buffer_add_text(&text, korean ? "다음 조건을 동시에 지킬 수 없습니다: " : "These conditions cannot be met together: ");
    for (uint32_t i = 0; i < reason->count && i < 20; i++) {
        if (i) buffer_add_text(&text, ", ");
        const struct need_words *words = &needs[reason->requirements[i].need];
        buffer_format(&text, korean ? words->ko : words->en, reason->requirements[i].index);
    }
    if (reason->count > 20) buffer_add_text(&text, ", …");
    jval *value = text.failed ? NULL : jval_new_text(text.bytes);
    buffer_free(&text);
    return value;
}

static jval *write_members(const uint8_t *in_cut, uint32_t count) {
    jval *array = jval_new_array();
    for (uint32_t i = 0; in_cut && i < count; i++)
        if (in_cut[i]) jval_append(array, jval_new_integer(i));
    return array;
}

static jval *write_reason(const struct assignment_problem *assignment, const struct assignment_reason *reason) {
    jval *object = jval_new_object(), *list = jval_new_array(), *text = jval_new_object(), *cut = jval_new_object();
    for (uint32_t i = 0; i < reason->count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "need", needs[reason->requirements[i].need].code);
        jval_set_integer(one, "index", reason->requirements[i].index);
        jval_append(list, one);
    }
    jval_set(text, "ko", write_sentence(reason, true));
    jval_set(text, "en", write_sentence(reason, false));
    jval_set(object, "requirements", list);
    jval_set_bool(object, "irreducible", reason->irreducible);
    jval_set_integer(object, "least", reason->least);
    jval_set_integer(object, "room", reason->room);
    jval_set(cut, "demands", write_members(reason->demand_in_cut, assignment->demand_count));
    jval_set(cut, "suppliers", write_members(reason->supplier_in_cut, assignment->supplier_count));
    jval_set(cut, "groups", write_members(reason->group_in_cut, assignment->group_count));
    jval_set_bool(cut, "root", reason->root_in_cut);
    if (reason->demand_in_cut) jval_set(object, "cut", cut);
    else {
        jval_free(cut);
        jval_set(object, "cut", NULL);
    }
    jval_set(object, "text", text);
    return object;
}

jval *write_assignment(const struct assignment_problem *assignment, const struct assignment_answer *answer) {
    const struct assignment_result *result = &answer->result;
    jval *object = jval_new_object();
    bool optimal = result->status == ASSIGNMENT_OPTIMAL;
    jval_set_text(object, "status", optimal ? "optimal" : "infeasible");
    if (optimal) {
        jval *pairs = jval_new_array();
        for (uint32_t i = 0; i < result->pair_count; i++) {
            jval *pair = jval_new_array();
            jval_append(pair, jval_new_integer(result->pairs[i].demand));
            jval_append(pair, jval_new_integer(result->pairs[i].supplier));
            jval_append(pairs, pair);
        }
        jval_set_number(object, "total", score_number(result->total));
        jval_set(object, "pairs", pairs);
        jval_set(object, "certificate", write_certificate(assignment, result));
        jval_set(object, "measures", write_measures(&answer->measures));
    } else {
        jval_set(object, "reason", write_reason(assignment, &result->reason));
    }
    return object;
}
