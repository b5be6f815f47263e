/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline.h"

#include "pipeline_firm.h"

#include <string.h>

/* ---- check ---- */

/* What each demand waits for: what its own record says, and of its firm the store, where there is one. */
static ieum_status find_waits(struct workspace *workspace, struct check_answer *answer, struct problem *problem) {
    const struct program *program = answer->program;
    const struct record_set *demands = &answer->cohort.demands;
    struct firm_courses courses = {0};
    struct store *store = NULL;
    struct problem none = {0};
    ieum_status status = IEUM_OK;
    if (!program->requirement_count) return IEUM_OK;
    if (!(answer->waits = arena_allocate_zero(answer->cohort.arena, demands->count * program->requirement_count + 1, sizeof *answer->waits))) return problem_set_memory(problem);
    if (workspace_store_path(workspace) && workspace_store(workspace, false, &store, &none) == IEUM_OK) status = firm_courses_load(workspace, store, &courses, problem);
    for (size_t d = 0; d < demands->count && status == IEUM_OK; d++) {
        const struct firm_course *course = courses.items ? firm_courses_find(&courses, &demands->demands[d].firm) : NULL;
        for (size_t r = 0; r < program->requirement_count; r++)
            answer->waits[d * program->requirement_count + r] = !firm_meets(course, &demands->demands[d], &program->requirements[r]);
    }
    firm_courses_free(&courses);
    return status;
}

ieum_status pipeline_check(struct workspace *workspace, const struct check_question *question, struct check_answer *answer,
                           struct problem *problem) {
    *answer = (struct check_answer){0};
    ieum_status status = workspace_program(workspace, question->program, &answer->program, problem);
    if (status == IEUM_OK) status = cohort_load(workspace, question->program, NULL, &question->demands, &answer->cohort, problem);
    if (status == IEUM_OK) {
        struct cohort *cohort = &answer->cohort;
        answer->verdicts = arena_allocate_zero(cohort->arena, cohort->demands.count, sizeof *answer->verdicts);
        answer->funding = arena_allocate_zero(cohort->arena, cohort->demands.count, sizeof *answer->funding);
        if (!answer->verdicts || !answer->funding) status = problem_set_memory(problem);
        for (size_t d = 0; d < cohort->demands.count && status == IEUM_OK; d++) {
            status = eligible_demand(answer->program, &cohort->demands.demands[d], cohort->arena, &answer->verdicts[d], problem);
            if (status == IEUM_OK) status = eligible_funding(answer->program, &cohort->demands.demands[d], cohort->arena, &answer->funding[d], problem);
        }
    }
    if (status == IEUM_OK) status = find_waits(workspace, answer, problem);
    if (status != IEUM_OK) check_answer_free(answer);
    return status;
}

void check_answer_free(struct check_answer *answer) {
    cohort_free(&answer->cohort);
    program_free(answer->program);
    *answer = (struct check_answer){0};
}
