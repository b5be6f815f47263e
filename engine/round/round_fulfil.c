/* SPDX-License-Identifier: Apache-2.0 */
/* After the decision: publishing, objections, and records of the committee. What a pair goes through then: round_stages.c. */
#include <stdio.h>
#include <string.h>

#include "round.h"

ieum_status round_publish(struct round *round, struct problem *problem) {
    for (size_t i = 0; i < round->pair_count; i++) {
        if (round->pairs[i].state != PAIR_CONFIRMED || !round->pairs[i].held) continue;
        ieum_status status = problem_set(problem, IEUM_CONFLICT, "/step", "이의신청이 처리되지 않아 공고할 수 없습니다.", "An objection is open, so the result cannot be published.");
        problem_set_value(problem, round->pairs[i].demand);
        return status;
    }
    for (size_t i = 0; i < round->pair_count; i++) {
        if (round->pairs[i].state != PAIR_CONFIRMED) continue;
        round->pairs[i].state = PAIR_PUBLISHED;
        round->pairs[i].step = round_this_step(round);
    }
    round->published_step = round_this_step(round);
    round->state = ROUND_PUBLISHED;
    round_settle_state(round);
    return IEUM_OK;
}

/* ---- objections ---- */

static void hold_pairs(struct round *round, const char *demand, bool held) {
    for (size_t i = 0; i < round->pair_count; i++)
        if (strcmp(round->pairs[i].demand, demand) == 0) round->pairs[i].held = held && pair_lives(round->pairs[i].state);
}

static bool has_open(const struct round *round, const char *demand) {
    for (size_t i = 0; i < round->objection_count; i++)
        if (round->objections[i].state == OBJECTION_OPEN && strcmp(round->objections[i].demand, demand) == 0) return true;
    return false;
}

ieum_status round_object(struct round *round, const char *demand, struct problem *problem) {
    if (has_open(round, demand))
        return problem_set(problem, IEUM_CONFLICT, "/demand", "'%s'의 이의신청이 이미 접수되어 있습니다.", "There is an open objection of '%s' already.", demand);
    const struct objection added = {.demand = arena_copy_text(round->arena, demand), .step = round_this_step(round)};
    if (!added.demand || !round_list_add(round->arena, &round->objections, &round->objection_count, &added, sizeof added)) return problem_set_memory(problem);
    hold_pairs(round, demand, true);
    return IEUM_OK;
}

/* From now on the demand takes part, although it was not selected. */
static ieum_status readmit(struct round *round, const char *demand, struct problem *problem) {
    struct text_list *list = round->selection ? &round->selected : &round->taken;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], demand) == 0) return IEUM_OK;
    if (!round->selection && !list->count) return IEUM_OK; /* no pass yet: all take part */
    return round_list_add(round->arena, &list->items, &list->count, &demand, sizeof demand) ? IEUM_OK : problem_set_memory(problem);
}

ieum_status round_answer(struct round *round, int64_t number, bool upheld, struct problem *problem) {
    if (number < 1 || (size_t)number > round->objection_count)
        return problem_set(problem, IEUM_NOT_FOUND, "/number", "그런 번호의 이의신청이 없습니다.", "There is no objection of that number.");
    struct objection *it = &round->objections[number - 1];
    if (it->state != OBJECTION_OPEN)
        return problem_set(problem, IEUM_CONFLICT, "/number", "이 이의신청은 이미 처리되었습니다.", "This objection was answered already.");
    it->state = upheld ? OBJECTION_UPHELD : OBJECTION_REJECTED;
    it->answer_step = round_this_step(round);
    hold_pairs(round, it->demand, false);
    if (!upheld) return IEUM_OK;
    for (size_t i = 0; i < round->pair_count; i++) {
        struct round_pair *pair = &round->pairs[i];
        if (strcmp(pair->demand, it->demand) != 0 || pair->state > PAIR_PUBLISHED) continue;
        pair->state = PAIR_WITHDRAWN;
        pair->step = round_this_step(round);
    }
    if (round->state == ROUND_PROPOSED) round->stale = true;
    return readmit(round, it->demand, problem);
}

ieum_status round_attach(struct round *round, const char *document, struct problem *problem) {
    const struct attachment added = {arena_copy_text(round->arena, document), round_this_step(round)};
    if (!added.document || !round_list_add(round->arena, &round->attachments, &round->attachment_count, &added, sizeof added)) return problem_set_memory(problem);
    return IEUM_OK;
}
