/* SPDX-License-Identifier: Apache-2.0 */
/* Which pair rules bar how many pairs of the year's eligible applications and the program's candidates, judged with the program and records as they are now. */
#include <stdlib.h>
#include <string.h>

#include "pipeline_year.h"

static int compare_rules(const void *a, const void *b) {
    const struct year_pair_rule *x = a, *y = b;
    if (x->pairs != y->pairs) return x->pairs > y->pairs ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule; /* of one program: the order of its file */
}

static void count_barred(const struct program *program, const struct findings *findings, struct year_pair_rule *rules) {
    size_t failed = 0, last = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->verdict != VERDICT_FAIL || finding->rule < program->pair_rules || finding->rule >= program->pair_rules + program->pair_rule_count) continue;
        last = (size_t)(finding->rule - program->pair_rules);
        rules[last].pairs++;
        failed++;
    }
    if (failed == 1) rules[last].alone++;
}

/* The answer's program is another reading of the same file: its rules stand at the same places. */
static void count_program(const struct report_answer *answer, const struct suggest_answer *suggested, struct year_pair_rules *made) {
    for (size_t i = 0; i < suggested->count; i++) {
        const struct shortlist *shortlist = &suggested->shortlists[i];
        if (suggested->cohort.demands.demands[shortlist->demand].applied.year != answer->year) continue;
        made->demands++;
        made->pairs += suggested->cohort.suppliers.count;
        made->without += shortlist->count == 0;
        for (size_t b = 0; b < shortlist->barred_count; b++) count_barred(suggested->program, &shortlist->barred[b].findings, made->rules);
    }
}

ieum_status year_count_pair_rules(struct workspace *workspace, struct report_answer *answer, size_t program, struct year_pair_rules *made, struct problem *problem) {
    const struct program *own = answer->programs[program].program;
    const struct suggest_question question = {.program = own->id, .model = "rubric", .k = 1, .rules = true, .only_eligible = true};
    struct suggest_answer suggested = {0};
    *made = (struct year_pair_rules){.rules = arena_allocate_zero(answer->arena, own->pair_rule_count + 1, sizeof *made->rules)};
    if (!made->rules) return problem_set_memory(problem);
    ieum_status status = pipeline_suggest(workspace, &question, &suggested, problem);
    if (status != IEUM_OK) return status;
    count_program(answer, &suggested, made);
    suggest_answer_free(&suggested);
    for (size_t r = 0; r < own->pair_rule_count; r++) {
        made->rules[r].rule = &own->pair_rules[r];
        if (made->rules[r].pairs) made->rules[made->count++] = made->rules[r];
    }
    qsort(made->rules, made->count, sizeof *made->rules, compare_rules);
    return IEUM_OK;
}
