/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the program requires of a demand before a step ("requires"). Before the proposal, a demand without it is held back: it takes no part in this pass and comes in with the next one, once it is
 * there. Before the agreement, the step is refused. Neither bars the demand.
 */
#include <string.h>

#include "../pipeline_firm.h"
#include "round_request.h"

static bool is_required(const struct program *rules, enum requirement_step before) {
    for (size_t i = 0; i < rules->requirement_count; i++)
        if (rules->requirements[i].before == before) return true;
    return false;
}

/* What is confirmed or further stays where it is: it was proposed when it had all it needed. */
static bool has_gone_on(const struct round *round, const char *demand) {
    for (size_t i = 0; i < round->pair_count; i++)
        if (pair_lives(round->pairs[i].state) && round->pairs[i].state >= PAIR_CONFIRMED && strcmp(round->pairs[i].demand, demand) == 0) return true;
    return false;
}

static bool takes_part(const struct round *round, const struct demand *demand) {
    if (demand->latent || round_has_withdrawn(round, true, demand->id)) return false;
    return !round->selection || text_list_has(&round->selected, demand->id);
}

ieum_status round_find_held(struct round_call *it, jval **held, struct problem *problem) {
    struct record_set demands = {0};
    struct firm_courses courses = {0};
    jval *list = jval_new_array();
    ieum_status status = IEUM_OK;
    if (is_required(it->rules, REQUIRED_FOR_PROPOSAL)) {
        status = store_load(it->store, RECORD_DEMAND, it->program, &demands, problem);
        if (status == IEUM_OK) status = firm_courses_load(it->call->workspace, it->store, &courses, problem);
    }
    bool *waits = arena_allocate_zero(it->call->arena, it->rules->requirement_count + 1, sizeof *waits);
    if (!waits && status == IEUM_OK) status = problem_set_memory(problem);
    for (size_t d = 0; d < demands.count && status == IEUM_OK; d++) {
        const struct demand *demand = &demands.demands[d];
        const struct firm_course *course = firm_courses_find(&courses, &demand->firm);
        bool any = false;
        for (size_t r = 0; r < it->rules->requirement_count; r++) {
            const struct requirement *one = &it->rules->requirements[r];
            waits[r] = one->before == REQUIRED_FOR_PROPOSAL && !firm_meets(course, demand, one);
            any = any || waits[r];
        }
        if (!any || !takes_part(&it->state, demand) || has_gone_on(&it->state, demand->id)) continue;
        jval *object = jval_new_object();
        jval_set_text(object, "demand", demand->id);
        jval_set_text(object, "name", demand->firm.name);
        jval_set(object, "waits", write_waits(it->rules, waits));
        jval_append(list, object);
    }
    firm_courses_free(&courses);
    record_set_free(&demands);
    if (status == IEUM_OK) *held = list;
    else jval_free(list);
    return status;
}

ieum_status round_hold_back(struct round_call *it, struct match_question *question, struct problem *problem) {
    jval_free(it->held);
    it->held = NULL;
    ieum_status status = round_find_held(it, &it->held, problem);
    for (size_t i = 0; i < jval_count(it->held) && status == IEUM_OK; i++) {
        const char *id = jval_text(jval_get(jval_at(it->held, i), "demand"));
        if (!round_list_add(it->call->arena, &question->demands_out.items, &question->demands_out.count, &id, sizeof id)) status = problem_set_memory(problem);
    }
    return status;
}

ieum_status round_check_required(struct round_call *it, const char *demand, struct problem *problem) {
    struct record_set set = {0};
    struct firm_courses courses = {0};
    if (!is_required(it->rules, REQUIRED_FOR_AGREEMENT)) return IEUM_OK;
    ieum_status status = store_load_one(it->store, RECORD_DEMAND, demand, &set, problem);
    if (status == IEUM_OK) status = firm_courses_load(it->call->workspace, it->store, &courses, problem);
    for (size_t r = 0; r < it->rules->requirement_count && status == IEUM_OK; r++) {
        const struct requirement *one = &it->rules->requirements[r];
        if (one->before != REQUIRED_FOR_AGREEMENT || firm_meets(firm_courses_find(&courses, &set.demands[0].firm), &set.demands[0], one)) continue;
        status = problem_set(problem, IEUM_CONFLICT, "/demand", "아직 협약할 수 없습니다. %1$s", "It cannot be agreed yet. %2$s%1$.0s", one->reason.ko, one->reason.en);
        problem_set_value(problem, demand);
        problem_set_expected(problem, module_names[one->module]);
    }
    firm_courses_free(&courses);
    record_set_free(&set);
    return status;
}
