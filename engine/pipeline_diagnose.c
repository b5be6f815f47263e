/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline_diagnose.h"

#include <math.h>
#include <string.h>

#include "base/files.h"
#include "base/map.h"
#include "explain/understood.h"
#include "pipeline.h"

static const struct jpath root = {NULL, NULL, 0};

/* ---- need ---- */

ieum_status pipeline_check_needs(struct workspace *workspace, const struct routes *routes, struct problem *problem) {
    const struct jpath needs = {&root, "needs", 0};
    const struct lexicon *lexicon;
    ieum_status status = workspace_lexicon(workspace, &lexicon, problem);
    for (size_t n = 0; n < routes->need_count && status == IEUM_OK; n++) {
        const struct jpath need = {&needs, NULL, n}, concepts = {&need, "concepts", 0};
        for (size_t c = 0; c < routes->needs[n].concepts.count && status == IEUM_OK; c++) {
            if (lexicon_find(lexicon, routes->needs[n].concepts.items[c]) != MAP_NONE) continue;
            status = jval_refuse(problem, &(struct jpath){&concepts, NULL, c}, NULL, NULL, "개념 사전에 없는 개념입니다.", "The lexicon has no such concept.");
            problem_set_value(problem, routes->needs[n].concepts.items[c]);
            problem_set_place(problem, "diagnosis/routes.json", 0, 0);
        }
    }
    return status;
}

/* `member`: where they stand in the request or the record. */
static ieum_status take_needs(const struct routes *routes, const struct text_list *ids, const char *member, struct arena *arena, const bool **needs,
                              struct problem *problem) {
    const struct jpath at = {&root, member, 0};
    bool *flags = arena_allocate_zero(arena, routes->need_count, sizeof *flags);
    if (!flags) return problem_set_memory(problem);
    for (size_t i = 0; i < ids->count; i++) {
        const size_t need = routes_find_need(routes, ids->items[i]);
        if (need == SIZE_MAX) {
            ieum_status status = jval_refuse(problem, &(struct jpath){&at, NULL, i}, NULL, NULL, "없는 수요 유형입니다. 질문지의 needs를 보십시오.", "There is no such type of need; see needs in the questionnaire.");
            problem_set_value(problem, ids->items[i]);
            return status;
        }
        flags[need] = true;
    }
    if (ids->count) *needs = flags;
    return IEUM_OK;
}

/* The types of need that a demand's text speaks of; the usual one where it speaks of none. */
static ieum_status understand_needs(struct workspace *workspace, const struct understanding *notes, struct diagnose_answer *answer, struct problem *problem) {
    const struct routes *routes = &answer->data.routes;
    const struct lexicon *lexicon;
    struct understood understood = {0};
    struct desk desk = {0};
    bool any = false, *flags = arena_allocate_zero(answer->arena, routes->need_count, sizeof *flags);
    ieum_status status = flags ? pipeline_check_needs(workspace, routes, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = workspace_lexicon(workspace, &lexicon, problem);
    if (status == IEUM_OK) status = pipeline_load_desk(workspace, &desk, problem);
    if (status == IEUM_OK) status = understood_find(&desk, lexicon, notes, answer->arena, &understood, problem);
    for (size_t n = 0; n < routes->need_count && status == IEUM_OK; n++)
        for (size_t u = 0; u < understood.count; u++)
            flags[n] |= text_list_has(&routes->needs[n].concepts, lexicon_concept(lexicon, understood.items[u].concept)->id);
    for (size_t n = 0; n < routes->need_count; n++) any |= flags && flags[n];
    if (status == IEUM_OK && !any) flags[routes->otherwise] = true;
    answer->needs = flags;
    answer->needs_from = NEEDS_UNDERSTOOD;
    desk_free(&desk);
    return status;
}

/* A demand's types of need: those on its record, else those of its text. */
static ieum_status find_needs(struct workspace *workspace, const struct understanding *notes, struct diagnose_answer *answer, struct problem *problem) {
    struct text_list ids = {0};
    ieum_status status = field_text_list(answer->demand->json, NULL, "need_types", false, answer->arena, &ids, problem);
    if (status != IEUM_OK) return status;
    if (ids.count == 0) return understand_needs(workspace, notes, answer, problem);
    answer->needs_from = NEEDS_RECORDED;
    return take_needs(&answer->data.routes, &ids, "need_types", answer->arena, &answer->needs, problem);
}

/* The readiness on the record stands for the whole; of the areas it says nothing. */
static void take_recorded(struct diagnose_answer *answer) {
    const double score = answer->demand->readiness_score;
    if (isnan(score) || answer->result.total.given) return;
    answer->result.total.score = answer->result.total.least = answer->result.total.most = score;
    answer->result.total.unanswered = 0;
}

/* ---- the firm ---- */

/* What the programs' rules look at when no demand was named: the firm as far as it is told, today, and the need by the names of its types. */
static ieum_status make_demand(struct workspace *workspace, const struct diagnose_question *question, struct diagnose_answer *answer, struct demand *demand,
                               struct problem *problem) {
    const struct routes *routes = &answer->data.routes;
    const struct jpath firm_at = {&root, "firm", 0};
    struct buffer need = BUFFER_EMPTY;
    char today[11];
    if (question->firm && !jval_is(question->firm, JVAL_OBJECT))
        return jval_refuse(problem, &firm_at, question->firm, "object", "객체({…})여야 합니다.", "This must be an object ({…}).");
    jval *record = jval_new_object(), *firm = question->firm ? jval_copy(question->firm) : jval_new_object();
    date_write(workspace_today(workspace), today);
    if (jval_is(jval_get(firm, "name"), JVAL_NULL)) jval_set_text(firm, "name", "(진단)");
    jval_set_text(record, "id", "diagnosis");
    jval_set_text(record, "program", "diagnosis");
    jval_set_text(record, "applied", today);
    jval_set(record, "firm", firm);
    for (size_t n = 0; answer->needs && n < routes->need_count; n++)
        if (answer->needs[n]) buffer_format(&need, "%s%s", need.size ? ", " : "", routes->needs[n].title.ko);
    jval_set_text(record, "title", "진단"); /* a demand has a title or a need */
    if (need.size && !need.failed) jval_set_text(record, "need", need.bytes);
    const bool failed = need.failed || memory_failed();
    buffer_free(&need);
    ieum_status status = failed ? problem_set_memory(problem) : demand_read(record, &root, answer->arena, demand, problem);
    jval_free(record);
    return status;
}

static int makes_goods(const struct readiness *readiness, const struct firm *firm) {
    if (firm->ksic_count == 0) return -1;
    for (size_t k = 0; k < firm->ksic_count; k++)
        for (size_t m = 0; m < readiness->makers.count; m++)
            if (ksic_under(&firm->ksic[k], readiness->makers.items[m], 0)) return 1;
    return 0;
}

/* ---- programs ---- */

static int in_force(const struct program *program, struct date today) {
    struct date from, to;
    if (date_read(program->effective_from, &from) && date_compare(today, from) < 0) return 0;
    return !(program->effective_to && date_read(program->effective_to, &to) && date_compare(today, to) > 0);
}

static ieum_status judge_program(struct workspace *workspace, const struct text_list *registered, const struct route_question *question, struct diagnose_answer *answer,
                                 struct diagnosed_program *one, struct problem *problem) {
    struct findings findings;
    ieum_status status = IEUM_OK;
    one->open = -1;
    const bool known = text_list_has(registered, one->route->program);
    if (known) status = workspace_program(workspace, one->route->program, &one->program, problem);
    if (status == IEUM_OK && known) {
        one->open = in_force(one->program, workspace_today(workspace));
        status = eligible_demand(one->program, question->demand, answer->arena, &findings, problem);
    }
    return status == IEUM_OK ? route_judge(&answer->data.routes, one->route, question, known ? &findings : NULL, answer->arena, &one->verdict, problem) : status;
}

/* Those that fit, those left open, the others. */
static ieum_status order_programs(struct diagnose_answer *answer, struct problem *problem) {
    static const enum condition_state order[] = {CONDITION_MET, CONDITION_OPEN, CONDITION_NOT_MET};
    struct diagnosed_program *ordered = arena_allocate_zero(answer->arena, answer->program_count, sizeof *ordered);
    size_t count = 0;
    if (!ordered) return problem_set_memory(problem);
    for (size_t o = 0; o < 3; o++)
        for (size_t p = 0; p < answer->program_count; p++)
            if (answer->programs[p].verdict.fits == order[o]) ordered[count++] = answer->programs[p];
    answer->programs = ordered;
    return IEUM_OK;
}

static ieum_status judge_programs(struct workspace *workspace, const struct diagnose_question *question, const struct demand *demand, struct diagnose_answer *answer,
                                  struct problem *problem) {
    const struct routes *routes = &answer->data.routes;
    const struct route_question asked = {&answer->data.readiness, &answer->result, answer->needs, demand, answer->makes_goods == 1};
    struct text_list registered = {0};
    ieum_status status = workspace_program_ids(workspace, answer->arena, &registered, problem);
    answer->programs = arena_allocate_zero(answer->arena, routes->count, sizeof *answer->programs);
    if (status == IEUM_OK && !answer->programs) status = problem_set_memory(problem);
    for (size_t r = 0; r < routes->count && status == IEUM_OK; r++) {
        if (question->program && strcmp(question->program, routes->routes[r].program) != 0) continue;
        struct diagnosed_program *one = &answer->programs[answer->program_count++];
        one->route = &routes->routes[r];
        status = judge_program(workspace, &registered, &asked, answer, one, problem);
    }
    if (status == IEUM_OK && question->program && answer->program_count == 0) {
        status = problem_set(problem, IEUM_NOT_FOUND, "/program", "진단이 이끄는 사업 가운데 '%s'이(가) 없습니다.", "The diagnosis leads to no program '%s'.", question->program);
        problem_set_value(problem, question->program);
    }
    return status == IEUM_OK ? order_programs(answer, problem) : status;
}

/* ---- all ---- */

ieum_status pipeline_diagnose(struct workspace *workspace, const struct diagnose_question *question, struct diagnose_answer *answer,
                              struct problem *problem) {
    struct demand made = {0};
    int *chosen = NULL;
    *answer = (struct diagnose_answer){.arena = arena_new(), .makes_goods = question->makes_goods};
    ieum_status status = answer->arena ? workspace_diagnosis(workspace, &answer->data, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = readiness_assess(&answer->data.readiness, question->answers, &(struct jpath){&root, "answers", 0}, answer->arena, &answer->result, problem);
    if (status == IEUM_OK && question->ethics)
        status = ethics_assess(&answer->data.ethics, question->ethics, &(struct jpath){&root, "ethics", 0}, answer->arena, &chosen, problem);
    answer->chosen = chosen;
    if (status == IEUM_OK && question->needs) status = take_needs(&answer->data.routes, question->needs, "need", answer->arena, &answer->needs, problem);
    if (status == IEUM_OK && (question->demand || question->known)) {
        if (!question->known) status = cohort_load(workspace, NULL, NULL, question->demand, &answer->cohort, problem);
        if (status == IEUM_OK) answer->demand = question->known ? question->known : &answer->cohort.demands.demands[0];
        if (status == IEUM_OK && !answer->needs)
            status = find_needs(workspace, question->known ? question->notes : &answer->cohort.demand_notes[0], answer, problem);
        if (status == IEUM_OK && question->recorded) take_recorded(answer);
    } else if (status == IEUM_OK) {
        status = make_demand(workspace, question, answer, &made, problem);
    }
    const struct demand *demand = answer->demand ? answer->demand : &made;
    if (status == IEUM_OK && answer->makes_goods < 0) answer->makes_goods = makes_goods(&answer->data.readiness, &demand->firm);
    if (status == IEUM_OK) status = judge_programs(workspace, question, demand, answer, problem);
    jval_free(made.json);
    if (status != IEUM_OK) diagnose_answer_free(answer);
    return status;
}

void diagnose_answer_free(struct diagnose_answer *answer) {
    for (size_t p = 0; p < answer->program_count; p++) program_free(answer->programs[p].program);
    cohort_free(&answer->cohort);
    diagnosis_data_free(&answer->data);
    arena_free(answer->arena);
    *answer = (struct diagnose_answer){0};
}
