/* SPDX-License-Identifier: Apache-2.0 */
/* The section "selection", second half: money, several tasks of a firm, other awards, stages, knock-outs, and what is shown to a person. See selection_rules.h. */
#include <math.h>
#include <string.h>

#include "../base/problem_list.h"

#include "locate.h"
#include "selection_reading.h"

static const char *const quota_names[SELECTION_QUOTAS] = {"demands", "projects", "none"};
static const char *const missing_names[] = {"cap", "nothing"};

static ieum_status share_groups_read(const struct selection_reading *reading, const jval *groups, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"sizes", "percent"};
    struct selection_share *shares = arena_allocate_zero(reading->arena, jval_count(groups) + 1, sizeof *shares);
    ieum_status status = shares ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(groups) && status == IEUM_OK; i++) {
        const struct jpath group_at = {at, NULL, i};
        double percent = 0;
        status = object_check(jval_at(groups, i), &group_at, KNOWN(known), problem);
        if (status == IEUM_OK) status = field_text_list(jval_at(groups, i), &group_at, "sizes", true, reading->arena, &shares[i].sizes, problem);
        if (status == IEUM_OK) status = field_number(jval_at(groups, i), &group_at, "percent", true, 0, OWN_SHARE_MOST / 100, &percent, problem);
        shares[i].share = llround(percent * 100);
        status = problem_aside(problem, status);
    }
    reading->rules->shares = shares;
    reading->rules->share_count = status == IEUM_OK ? jval_count(groups) : 0;
    return status;
}

ieum_status selection_own_share_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"groups", "otherwise", "source"};
    const jval *part, *groups = NULL;
    struct jpath at;
    double otherwise = 0;
    ieum_status status = selection_part_read(reading, "own_share", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = problem_aside(problem, field_array(part, &at, "groups", false, &groups, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_number(part, &at, "otherwise", true, 0, OWN_SHARE_MOST / 100, &otherwise, problem));
    if (status == IEUM_OK) status = problem_aside(problem, share_groups_read(reading, groups, &(struct jpath){&at, "groups", 0}, problem));
    reading->rules->share_otherwise = llround(otherwise * 100);
    return status;
}

ieum_status selection_amount_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"field", "reads", "missing", "unfit", "source"};
    const jval *part;
    struct jpath at;
    size_t reads = 0, missing = 1, unfit = 0;
    ieum_status status = selection_part_read(reading, "amount", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = problem_aside(problem, pointer_field(part, &at, "field", false, &reading->rules->amount_field, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_choice(part, &at, "reads", true, KNOWN(selection_amount_names), &reads, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_choice(part, &at, "missing", true, KNOWN(missing_names), &missing, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_choice(part, &at, "unfit", true, KNOWN(selection_unfit_names), &unfit, problem));
    reading->rules->terms.amount = (enum selection_amount)reads;
    reading->rules->terms.unfit = (enum selection_unfit)unfit;
    reading->rules->missing_asks_cap = missing == 0;
    return status;
}

ieum_status selection_firm_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"tasks", "receipt", "source"};
    const jval *part;
    struct jpath at;
    struct text_list receipt = {0};
    size_t tasks = TASKS_ANY;
    ieum_status status = selection_part_read(reading, "firm", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = field_choice(part, &at, "tasks", true, KNOWN(selection_task_names), &tasks, problem);
    if (status == IEUM_OK) status = field_text_list(part, &at, "receipt", false, reading->arena, &receipt, problem);
    for (size_t i = 0; i < receipt.count && status == IEUM_OK; i++) {
        const struct jpath receipt_at = {&at, "receipt", 0}, item_at = {&receipt_at, NULL, i};
        if (!pointer_valid(receipt.items[i]))
            status = jval_refuse(problem, &item_at, jval_at(jval_get(part, "receipt"), i), "/received", "기록 안의 위치(JSON Pointer, 예: /received)여야 합니다.",
                                 "A place in the record (a JSON Pointer such as /received) is expected.");
    }
    reading->rules->terms.tasks = (enum selection_tasks)tasks;
    if (status != IEUM_OK || receipt.count == 0) return status;
    reading->rules->receipt = receipt.items;
    reading->rules->receipt_count = receipt.count;
    return IEUM_OK;
}

ieum_status selection_double_award_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"programs", "source"};
    const jval *part;
    struct jpath at;
    ieum_status status = selection_part_read(reading, "double_award", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    return field_text_list(part, &at, "programs", true, reading->arena, &reading->rules->double_award, problem);
}

ieum_status selection_stages_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"id", "title", "quota", "budget"};
    const jval *list = NULL;
    const struct jpath list_at = {reading->at, "stages", 0};
    ieum_status status = field_array(reading->section, reading->at, "stages", false, &list, problem);
    if (status != IEUM_OK || jval_count(list) == 0) return status;
    struct selection_stage *stages = arena_allocate_zero(reading->arena, jval_count(list), sizeof *stages);
    if (!stages) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath at = {&list_at, NULL, i};
        size_t quota = 0;
        status = object_check(jval_at(list, i), &at, KNOWN(known), problem);
        if (status == IEUM_OK) status = id_read(jval_at(list, i), &at, &stages[i].id, problem);
        for (size_t k = 0; k < i && status == IEUM_OK; k++)
            if (id_same(stages[k].id, stages[i].id)) status = id_refuse_twice(jval_get(jval_at(list, i), "id"), &at, problem);
        if (status == IEUM_OK) status = text2_read(jval_at(list, i), &at, "title", true, &stages[i].title, problem);
        if (status == IEUM_OK) status = field_choice(jval_at(list, i), &at, "quota", true, KNOWN(quota_names), &quota, problem);
        if (status == IEUM_OK) status = field_bool(jval_at(list, i), &at, "budget", true, &stages[i].budget, problem);
        stages[i].quota = (enum selection_quota)quota;
        status = problem_aside(problem, status);
    }
    reading->rules->stages = stages;
    reading->rules->stage_count = jval_count(list);
    return status;
}

ieum_status selection_knock_outs_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"demand", "supplier"};
    struct selection_rules *rules = reading->rules;
    const jval *part = NULL;
    const struct jpath at = {reading->at, "knock_outs", 0}, supplier_at = {&at, "supplier", 0};
    ieum_status status = field_object(reading->section, reading->at, "knock_outs", false, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = problem_aside(problem, field_refuse_unknown(part, &at, KNOWN(known), problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, rules_read_in(part, &at, "demand", false, reading->arena, &rules->knock_outs, &rules->knock_out_count, problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, rules_read_in(part, &at, "supplier", true, reading->arena, &rules->supplier_knock_outs,
                                                      &rules->supplier_knock_out_count, problem));
    for (size_t i = 0; i < rules->supplier_knock_out_count && status == IEUM_OK; i++) {
        const struct rule *rule = &rules->supplier_knock_outs[i];
        if (rule_test_single(rule->test) && !rule->reference) continue;
        status = jval_refuse(problem, &supplier_at, NULL, "pair_rules", "여기에는 공급기업 하나만 보는 규칙을 적습니다. 짝을 보는 규칙은 pair_rules에 적습니다.",
                             "Rules here look at the supplier alone; those that look at a pair stand under pair_rules.");
        problem_set_value(problem, rule->id);
        status = problem_aside(problem, status);
    }
    return status;
}

ieum_status selection_flags_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"id", "title", "field", "supplier_field", "source"};
    const jval *list = NULL;
    const struct jpath list_at = {reading->at, "flag_same", 0};
    ieum_status status = field_array(reading->section, reading->at, "flag_same", false, &list, problem);
    if (status != IEUM_OK) return status;
    struct selection_flag *flags = arena_allocate_zero(reading->arena, jval_count(list) + 1, sizeof *flags);
    if (!flags) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const jval *item = jval_at(list, i);
        const struct jpath at = {&list_at, NULL, i};
        const char *source = NULL;
        status = object_check(item, &at, KNOWN(known), problem);
        if (status == IEUM_OK) status = id_read(item, &at, &flags[i].id, problem);
        for (size_t k = 0; k < i && status == IEUM_OK; k++)
            if (id_same(flags[k].id, flags[i].id)) status = id_refuse_twice(jval_get(item, "id"), &at, problem);
        if (status == IEUM_OK) status = text2_read(item, &at, "title", true, &flags[i].title, problem);
        if (status == IEUM_OK) status = pointer_field(item, &at, "field", true, &flags[i].field, problem);
        if (status == IEUM_OK) status = pointer_field(item, &at, "supplier_field", false, &flags[i].supplier_field, problem);
        if (status == IEUM_OK) status = field_text(item, &at, "source", true, &source, problem);
        status = problem_aside(problem, status);
    }
    reading->rules->flags = flags;
    reading->rules->flag_count = jval_count(list);
    return status;
}
