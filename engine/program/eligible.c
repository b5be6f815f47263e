/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see eligible.h. All rules are tested, also after one fails: a person wants every reason at
 * once. */
#include "eligible.h"

#include <string.h>

#include "judge.h"

ieum_status findings_collect(const struct rule *rules, size_t count, const struct demand *demand,
                             const struct supplier *supplier, struct arena *arena, struct findings *findings,
                             struct problem *problem) {
    struct findings found = {.eligible = true};
    for (size_t i = 0; i < count; i++) {
        struct finding one;
        ieum_status status = rule_judge(&rules[i], demand, supplier, arena, &one, problem);
        if (status != IEUM_OK) return status;
        if (one.verdict == VERDICT_PASS && one.member) {
            if (found.grounds == NULL) found.grounds = arena_allocate_zero(arena, count - i, sizeof *found.grounds);
            if (found.grounds == NULL) return problem_set_memory(problem);
            found.grounds[found.ground_count++] = one;
        }
        if (one.verdict == VERDICT_PASS) continue;
        if (found.items == NULL) found.items = arena_allocate_zero(arena, count - i, sizeof *found.items);
        if (found.items == NULL) return problem_set_memory(problem);
        found.items[found.count++] = one;
        found.eligible = found.eligible && one.verdict != VERDICT_FAIL;
        found.to_confirm = found.to_confirm || one.verdict == VERDICT_CONFIRM;
    }
    *findings = found;
    return IEUM_OK;
}

ieum_status eligible_demand(const struct program *program, const struct demand *demand, struct arena *arena,
                            struct findings *findings, struct problem *problem) {
    return findings_collect(program->eligibility, program->eligibility_count, demand, NULL, arena, findings, problem);
}

ieum_status eligible_funding(const struct program *program, const struct demand *demand, struct arena *arena,
                             struct findings *findings, struct problem *problem) {
    return findings_collect(program->funding, program->funding_count, demand, NULL, arena, findings, problem);
}

ieum_status eligible_pair(const struct program *program, const struct demand *demand, const struct supplier *supplier,
                          struct arena *arena, struct findings *findings, struct problem *problem) {
    return findings_collect(program->pair_rules, program->pair_rule_count, demand, supplier, arena, findings, problem);
}

void findings_waive(struct findings *findings, const char *demand, const struct waiver *waivers, size_t count) {
    findings->eligible = true;
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *one = &findings->items[i];
        for (size_t w = 0; w < count && one->verdict == VERDICT_FAIL && one->rule->waivable; w++)
            if (strcmp(waivers[w].demand, demand) == 0 && strcmp(waivers[w].rule, one->rule->id) == 0) one->verdict = VERDICT_WAIVED;
        findings->eligible = findings->eligible && one->verdict != VERDICT_FAIL;
    }
}
