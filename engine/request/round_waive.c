/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Step waive: demand, rule. A person lets a demand take part although it fails a rule of eligibility that the program marks as waivable ("제조 분야" may be judged by a person where the code says
 * otherwise, Z-09). Who, when and why stands in the audit log; selection and proposals after it show the finding as waived.
 */
#include <string.h>

#include "../program/eligible.h"
#include "round_request.h"

static ieum_status find_rule(const struct round_call *it, const char *id, const struct rule **rule, struct problem *problem) {
    struct buffer all = BUFFER_EMPTY;
    for (size_t i = 0; i < it->rules->eligibility_count; i++) {
        const struct rule *one = &it->rules->eligibility[i];
        if (one->waivable) buffer_format(&all, "%s%s", all.bytes ? " | " : "", one->id);
        if (strcmp(one->id, id) == 0) *rule = one;
    }
    ieum_status status = IEUM_OK;
    if (!*rule)
        status = problem_set(problem, IEUM_NOT_FOUND, "/rule", "이 사업의 자격 요건에 '%s'이(가) 없습니다.", "The program's eligibility has no rule '%s'.", id);
    else if (!(*rule)->waivable)
        status = problem_set(problem, IEUM_CONFLICT, "/rule", "'%s' 요건에는 예외를 둘 수 없습니다(사업 파일의 waivable).", "The rule '%s' may not be waived (waivable in the program's file).", id);
    if (status != IEUM_OK) {
        problem_set_value(problem, id);
        problem_set_expected(problem, all.bytes ? all.bytes : "");
    }
    buffer_free(&all);
    return status;
}

/* There must be something to waive: a rule that the demand keeps, or where a fact is only missing, needs no exception. */
static ieum_status check_fails(struct round_call *it, const char *demand, const struct rule *rule, struct problem *problem) {
    struct record_set set = {0};
    struct findings findings = {0};
    bool fails = false;
    ieum_status status = store_load_one(it->store, RECORD_DEMAND, demand, &set, problem);
    if (status == IEUM_OK) status = eligible_demand(it->rules, &set.demands[0], it->call->arena, &findings, problem);
    for (size_t i = 0; i < findings.count; i++) fails = fails || (findings.items[i].rule == rule && findings.items[i].verdict == VERDICT_FAIL);
    if (status == IEUM_OK && !fails) {
        status = problem_set(problem, IEUM_CONFLICT, "/rule", "'%1$s'은(는) '%2$s' 요건에 걸리지 않아 예외가 필요 없습니다.", "'%1$s' does not fail the rule '%2$s': there is nothing to waive.",
                             demand, rule->id);
        problem_set_value(problem, rule->id);
    }
    record_set_free(&set);
    return status;
}

ieum_status round_waive_rule(struct round_call *it, struct problem *problem) {
    const struct rule *rule = NULL;
    const char *demand = NULL, *id = NULL;
    ieum_status status = field_text(it->call->request, NULL, "demand", true, &demand, problem);
    if (status == IEUM_OK) status = field_text(it->call->request, NULL, "rule", true, &id, problem);
    if (status == IEUM_OK) status = round_party(it, true, demand, problem);
    if (status == IEUM_OK) status = find_rule(it, id, &rule, problem);
    if (status == IEUM_OK) status = check_fails(it, demand, rule, problem);
    return status == IEUM_OK ? round_waive(&it->state, demand, id, problem) : status;
}

ieum_status round_list_waivers(const struct round_call *it, const struct waiver **waivers, size_t *count, struct problem *problem) {
    struct waiver *list = arena_allocate(it->call->arena, it->state.waiver_count * sizeof *list);
    if (!list) return problem_set_memory(problem);
    for (size_t i = 0; i < it->state.waiver_count; i++) list[i] = (struct waiver){it->state.waivers[i].demand, it->state.waivers[i].rule};
    *waivers = list;
    *count = it->state.waiver_count;
    return IEUM_OK;
}
