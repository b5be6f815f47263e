/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see variety_rule.h. Must not look at records: what value a supplier has is found when pairs are assigned. */
#include "variety_rule.h"

#include <string.h>

#include "section.h"

static ieum_status refuse(const jval *variety, const struct jpath *at, const char *key, const char *expected, const char *ko, const char *en, struct problem *problem) {
    return jval_refuse(problem, &(struct jpath){at, key, 0}, jval_get(variety, key), expected, ko, en);
}

ieum_status variety_rule_read(const jval *assignment, const struct jpath *up, struct program *program, struct problem *problem) {
    static const char *const known[] = {"supplier_field", "max", "source"};
    const jval *json = NULL;
    const struct jpath at = {up, "variety", 0};
    struct variety_rule *rule = &program->variety;
    ieum_status status = field_object(assignment, up, "variety", false, &json, problem);
    if (status != IEUM_OK || !json) return status;
    status = field_refuse_unknown(json, &at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_text(json, &at, "supplier_field", true, &rule->field, problem);
    if (status == IEUM_OK) status = field_integer(json, &at, "max", true, 1, 1000000, &rule->most, problem);
    if (status == IEUM_OK) status = field_text(json, &at, "source", true, &rule->source, problem);
    if (status != IEUM_OK) return status;
    if (rule->field[0] != '/' || !rule->field[1])
        return refuse(json, &at, "supplier_field", "/organisation", "항목은 '/'로 시작하는 JSON 포인터여야 합니다.",
                      "The field must be a JSON Pointer, which begins with '/'.", problem);
    if (rule->most >= program->demand_bounds.most)
        return refuse(json, &at, "max", "< assignment.demand.max",
                      "한 수요과제가 받는 공급기업 수(demand.max)보다 작아야 뜻이 있습니다. 같거나 크면 아무것도 제한하지 않습니다.",
                      "It must be below the suppliers a demand gets (demand.max); otherwise it limits nothing.", problem);
    if (strcmp(program->method, "stable") == 0)
        return jval_refuse(problem, &(struct jpath){up, "method", 0}, jval_get(assignment, "method"), "max_sum | leximin | random",
                           "안정 배정(stable)은 한 수요과제 안의 다양성(variety)을 지킬 수 없습니다. 다른 방법을 쓰거나 variety를 빼 주십시오.",
                           "A stable assignment cannot keep the variety within a demand: choose another method, or leave variety out.");
    return IEUM_OK;
}
