/* SPDX-License-Identifier: Apache-2.0 */
/* The selection from end to end: the scores of all pairs by the rubric, the applicants as flat numbers, the stage itself, and what a person should look at. */
#include "pipeline_select.h"

#include <string.h>

#include "pipeline_select_parts.h"
#include "program/tracks.h"

static ieum_status find_stage(const struct select_question *question, struct select_answer *answer, struct problem *problem) {
    answer->rules = answer->suggested.program->selection;
    answer->stage = selection_stage_find(answer->rules, question->stage);
    if (answer->stage) {
        answer->terms = selection_stage_terms(answer->suggested.program, answer->stage);
        return IEUM_OK;
    }
    ieum_status status = problem_set(problem, IEUM_NOT_FOUND, "/stage", "사업 '%2$s'에는 '%1$s' 단계의 선발이 없습니다.",
                                     "The program '%2$s' has no selection of the stage '%1$s'.", question->stage, question->program);
    problem_set_value(problem, question->stage);
    return status;
}

/* Demands stand in the order of their ids. */
static bool find_demand(const struct record_set *demands, const char *id, size_t *index) {
    size_t low = 0, high = demands->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(demands->demands[middle].id, id);
        if (order == 0) {
            *index = middle;
            return true;
        }
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return false;
}

static ieum_status mark_among(const struct select_question *question, const struct record_set *demands, bool *among, struct problem *problem) {
    for (size_t d = 0; d < demands->count; d++) among[d] = !question->among;
    for (size_t i = 0; question->among && i < question->among_count; i++) {
        size_t d;
        if (!find_demand(demands, question->among[i], &d)) {
            ieum_status status = problem_set(problem, IEUM_NOT_FOUND, "/among", "수요과제 '%s'이(가) 없습니다.", "There is no demand '%s'.", question->among[i]);
            problem_set_value(problem, question->among[i]);
            return status;
        }
        among[d] = true;
    }
    return IEUM_OK;
}

/* The applicants with their eligibility; rows[i] is the row of applicant i in the matrix of scores. Latent firms have not applied. */
static ieum_status list_applicants(const struct select_question *question, struct select_answer *answer, size_t *rows, struct problem *problem) {
    const struct suggest_answer *suggested = &answer->suggested;
    const struct record_set *demands = &suggested->cohort.demands;
    bool *among = arena_allocate_zero(answer->arena, demands->count, sizeof *among);
    answer->applicants = arena_allocate_zero(answer->arena, suggested->count, sizeof *answer->applicants);
    answer->asked = arena_allocate_zero(answer->arena, suggested->count, sizeof *answer->asked);
    if (!among || !answer->applicants || !answer->asked) return problem_set_memory(problem);
    ieum_status status = mark_among(question, demands, among, problem);
    for (size_t i = 0; i < suggested->count && status == IEUM_OK; i++) {
        const struct shortlist *shortlist = &suggested->shortlists[i];
        const struct demand *demand = &demands->demands[shortlist->demand];
        if (!among[shortlist->demand] || demand->latent) continue;
        struct select_applicant *applicant = &answer->applicants[answer->count];
        struct selection_applicant *asked = &answer->asked[answer->count];
        rows[answer->count++] = i;
        *applicant = (struct select_applicant){.demand = shortlist->demand, .verdict = shortlist->verdict, .best = SELECTION_NONE};
        *asked = (struct selection_applicant){.id = demand->id, .eligible = shortlist->verdict.eligible, .knock_out = SELECTION_NONE, .award = SELECTION_NONE,
                                               .track = answer->terms.track_count ? (uint32_t)track_find(suggested->program, demand) : 0};
        status = findings_collect(answer->rules->knock_outs, answer->rules->knock_out_count, demand, NULL, answer->arena, &applicant->knock_outs, problem);
        if (status == IEUM_OK) status = eligible_funding(suggested->program, demand, answer->arena, &applicant->funding, problem);
        for (size_t f = 0; f < applicant->knock_outs.count && asked->knock_out == SELECTION_NONE; f++)
            if (applicant->knock_outs.items[f].verdict == VERDICT_FAIL)
                asked->knock_out = (uint32_t)(applicant->knock_outs.items[f].rule - answer->rules->knock_outs);
    }
    return status;
}

ieum_status pipeline_select(struct workspace *workspace, const struct select_question *question, struct select_answer *answer, struct problem *problem) {
    const struct suggest_question asked = {.program = question->program, .demands = question->demands, .suppliers = question->suppliers, .k = 1,
                                           .model = "rubric", .rules = true, .lean = true, .matrix = true, .whole = true,
                                           .waivers = question->waivers, .waiver_count = question->waiver_count};
    const char *const *members = NULL;
    size_t *rows = NULL;
    bool *out = NULL;
    *answer = (struct select_answer){.awards = question->awards, .award_count = question->award_count};
    ieum_status status = pipeline_suggest(workspace, &asked, &answer->suggested, problem);
    if (status != IEUM_OK) return status;
    answer->arena = arena_new();
    rows = arena_allocate_zero(answer->arena, answer->suggested.count, sizeof *rows);
    out = arena_allocate_zero(answer->arena, answer->suggested.cohort.suppliers.count, sizeof *out);
    if (!rows || !out) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = find_stage(question, answer, problem);
    if (status == IEUM_OK) status = list_applicants(question, answer, rows, problem);
    if (status == IEUM_OK) status = select_suppliers(answer, out, problem);
    if (status == IEUM_OK) status = select_points(answer, out, rows, problem);
    if (status == IEUM_OK) status = select_marks(question, answer, &members, problem);
    if (status == IEUM_OK) status = select_money(answer, problem);
    if (status == IEUM_OK) status = select_firms(question, answer, problem);
    if (status == IEUM_OK) status = select_alikes(answer, problem);
    if (status == IEUM_OK) status = selection_run(&answer->terms, answer->asked, answer->count, members, &answer->result, problem);
    if (status != IEUM_OK) select_answer_free(answer);
    return status;
}

void select_answer_free(struct select_answer *answer) {
    selection_free(&answer->result);
    arena_free(answer->arena);
    suggest_answer_free(&answer->suggested);
    *answer = (struct select_answer){0};
}
