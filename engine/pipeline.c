/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline.h"

#include <string.h>

/* ---- check ---- */

ieum_status pipeline_check(struct workspace *workspace, const struct check_question *question, struct check_answer *answer,
                           struct problem *problem) {
    *answer = (struct check_answer){0};
    ieum_status status = workspace_program(workspace, question->program, &answer->program, problem);
    if (status == IEUM_OK) status = cohort_load(workspace, question->program, NULL, &question->demands, &answer->cohort, problem);
    if (status == IEUM_OK) {
        struct cohort *cohort = &answer->cohort;
        answer->verdicts = arena_allocate_zero(cohort->arena, cohort->demands.count, sizeof *answer->verdicts);
        if (!answer->verdicts) status = problem_set_memory(problem);
        for (size_t d = 0; d < cohort->demands.count && status == IEUM_OK; d++)
            status = eligible_demand(answer->program, &cohort->demands.demands[d], cohort->arena, &answer->verdicts[d], problem);
    }
    if (status != IEUM_OK) check_answer_free(answer);
    return status;
}

void check_answer_free(struct check_answer *answer) {
    cohort_free(&answer->cohort);
    program_free(answer->program);
    *answer = (struct check_answer){0};
}
