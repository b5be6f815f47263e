/* SPDX-License-Identifier: Apache-2.0 */
/* op check: {"program", "demand": id | record, or "all": true} → {"program", "data_hash", "demands": [verdict, "waits"?: what the program requires first and is not there yet]} */
#include "request.h"

ieum_status request_check(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"program", "demand", "all"};
    struct check_question question = {0};
    struct check_answer answer;
    struct jpath at;
    ieum_status status = request_refuse_unknown(call->request, own, 3, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "program", true, &question.program, problem);
    if (status == IEUM_OK) status = request_demand_choice(call->request, true, &at, &question.demands, problem);
    if (status == IEUM_OK) status = pipeline_check(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object(), *demands = jval_new_array();
    for (size_t d = 0; d < answer.cohort.demands.count; d++) {
        jval *one = jval_new_object();
        jval_set_text(one, "id", answer.cohort.demands.demands[d].id);
        jval_set_text(one, "name", answer.cohort.demands.demands[d].firm.name);
        write_verdict(one, &answer.verdicts[d]);
        const jval *roles = jval_get(jval_get(answer.cohort.demands.demands[d].json, "firm"), "roles");
        if (jval_count(roles)) jval_set(one, "roles", write_roles(answer.program, roles));
        if (answer.waits) jval_set(one, "waits", write_waits(answer.program, answer.waits + d * answer.program->requirement_count));
        if (answer.program->funding_count) jval_set(one, "funding", write_funding(answer.program, &answer.funding[d]));
        jval_append(demands, one);
    }
    jval_set(object, "program", write_program_head(answer.program));
    jval_set_text(object, "data_hash", answer.cohort.data_hash);
    jval_set(object, "demands", demands);
    check_answer_free(&answer);
    *result = object;
    return IEUM_OK;
}
