/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Step select: "stage"?, "marks"?, "awards"? as in op select → the selection, kept as a document of the round. Awards that firms have in rounds of other programs are read from the store
 * beside those that the request lists.
 */
#include <string.h>

#include "round_request.h"
#include "select_request.h"

/* ---- awards of the store ---- */

static ieum_status add_award(struct round_call *it, const char *demand, const char *program, struct select_award **list, size_t *count, struct problem *problem) {
    struct record_set set = {0};
    struct problem gone = {0};
    if (store_load_one(it->store, RECORD_DEMAND, demand, &set, &gone) != IEUM_OK)
        return gone.status == IEUM_NOT_FOUND ? IEUM_OK : problem_set(problem, gone.status, "", "%1$s", "%2$s%1$.0s", gone.ko, gone.en);
    const struct firm *firm = &set.demands[0].firm;
    const struct select_award award = {arena_copy_text(it->call->arena, firm->registration_no ? firm->registration_no : firm->name),
                                       arena_copy_text(it->call->arena, program)};
    record_set_free(&set);
    return award.firm && award.program && round_list_add(it->call->arena, (void *)list, count, &award, sizeof award) ? IEUM_OK : problem_set_memory(problem);
}

/* What was confirmed in rounds of other programs. */
static ieum_status collect_awards(struct round_call *it, struct select_question *question, struct problem *problem) {
    struct store_round_list rounds;
    struct select_award *list = NULL;
    size_t count = 0;
    ieum_status status = store_round_list(it->store, NULL, &rounds, problem);
    if (status != IEUM_OK) return status;
    for (size_t i = 0; i < question->award_count && status == IEUM_OK; i++)
        if (!round_list_add(it->call->arena, (void *)&list, &count, &question->awards[i], sizeof *list)) status = problem_set_memory(problem);
    for (size_t r = 0; r < rounds.count && status == IEUM_OK; r++) {
        struct store_round stored = {0};
        struct round other = {0};
        if (strcmp(rounds.items[r].program, it->program) == 0) continue;
        status = store_round_get(it->store, rounds.items[r].id, &stored, problem);
        if (status == IEUM_OK && jval_get(stored.payload, "settings"))
            status = round_read(stored.payload, stored.state, stored.revision, it->call->arena, &other, problem);
        for (size_t i = 0; i < other.pair_count && status == IEUM_OK; i++)
            if (other.pairs[i].state >= PAIR_CONFIRMED && pair_lives(other.pairs[i].state))
                status = add_award(it, other.pairs[i].demand, stored.program, &list, &count, problem);
        store_round_free(&stored);
    }
    store_round_list_free(&rounds);
    question->awards = list;
    question->award_count = count;
    return status;
}

/* ---- other rounds ---- */

/* A demand of `ids` that the other round has: in a living pair, or selected and not yet proposed. NULL: none. */
static const char *find_shared(const struct round *other, const struct text_list *ids) {
    for (size_t i = 0; i < other->pair_count; i++)
        if (pair_lives(other->pairs[i].state) && text_list_has(ids, other->pairs[i].demand)) return other->pairs[i].demand;
    for (size_t i = 0; i < other->selected.count && other->state == ROUND_SELECTED; i++)
        if (text_list_has(ids, other->selected.items[i])) return other->selected.items[i];
    return NULL;
}

ieum_status round_check_others(struct round_call *it, const struct text_list *ids, struct problem *problem) {
    struct store_round_list list;
    ieum_status status = store_round_list(it->store, NULL, &list, problem);
    if (status != IEUM_OK) return status;
    for (size_t r = 0; r < list.count && status == IEUM_OK; r++) {
        struct store_round stored = {0};
        struct round other = {0};
        if (strcmp(list.items[r].id, it->round) == 0) continue;
        status = store_round_get(it->store, list.items[r].id, &stored, problem);
        if (status == IEUM_OK && jval_get(stored.payload, "settings"))
            status = round_read(stored.payload, stored.state, stored.revision, it->call->arena, &other, problem);
        const char *shared = status == IEUM_OK ? find_shared(&other, ids) : NULL;
        if (shared) {
            status = problem_set(problem, IEUM_CONFLICT, "/round", "수요과제 '%1$s'은(는) 회차 '%2$s'에 이미 들어 있습니다. 한 과제는 한 회차에만 들어갈 수 있습니다.",
                                 "The demand '%1$s' is in the round '%2$s' already; a demand can be in one round only.", shared, list.items[r].id);
            problem_set_value(problem, shared);
        }
        store_round_free(&stored);
    }
    store_round_list_free(&list);
    return status;
}

/* ---- the selection ---- */

/* The demands of one verdict, in the order of their ranks. */
static ieum_status list_demands(const struct select_answer *answer, enum selection_verdict verdict, struct arena *arena, struct text_list *list, struct problem *problem) {
    for (size_t i = 0; i < answer->result.ranked; i++) {
        const uint32_t at = answer->result.order[i];
        if (answer->result.places[at].verdict != verdict) continue;
        const char *id = arena_copy_text(arena, answer->asked[at].id);
        if (!id || !round_list_add(arena, &list->items, &list->count, &id, sizeof id)) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

/* Of each on the reserve list, in its order, the track; none where the program has none. */
static ieum_status list_tracks(const struct select_answer *answer, struct arena *arena, struct text_list *list, struct problem *problem) {
    for (size_t i = 0; i < answer->result.ranked && answer->terms.track_count; i++) {
        const uint32_t at = answer->result.order[i], track = answer->asked[at].track;
        if (answer->result.places[at].verdict != SELECTION_RESERVE) continue;
        const char *id = arena_copy_text(arena, track < answer->terms.track_count ? answer->suggested.program->tracks[track].id : "");
        if (!id || !round_list_add(arena, &list->items, &list->count, &id, sizeof id)) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

/* The applicants of the round's days; NULL: all. */
static ieum_status choose_applicants(struct round_call *it, struct select_question *question, struct problem *problem) {
    const struct round *round = &it->state;
    struct record_set set = {0};
    struct text_list among = {0};
    struct date from = {0}, to = {0};
    if (question->among || (!round->applied_from && !round->applied_to)) return IEUM_OK;
    if (round->applied_from) date_read(round->applied_from, &from);
    if (round->applied_to) date_read(round->applied_to, &to);
    ieum_status status = store_load(it->store, RECORD_DEMAND, it->program, &set, problem);
    for (size_t i = 0; i < set.count && status == IEUM_OK; i++) {
        const struct demand *demand = &set.demands[i];
        if (demand->latent || date_missing(demand->applied) || (!date_missing(from) && date_compare(demand->applied, from) < 0) ||
            (!date_missing(to) && date_compare(demand->applied, to) > 0))
            continue;
        const char *id = arena_copy_text(it->call->arena, demand->id);
        if (!id || !round_list_add(it->call->arena, &among.items, &among.count, &id, sizeof id)) status = problem_set_memory(problem);
    }
    record_set_free(&set);
    static const char *const nobody[] = {NULL};
    question->among = among.items ? among.items : nobody;
    question->among_count = among.count;
    return status;
}

static ieum_status take_selection(struct round_call *it, const struct select_answer *answer, const jval *selection, struct problem *problem) {
    struct text_list selected = {0}, reserve = {0}, tracks = {0};
    char digest[DIGEST_TEXT];
    ieum_status status = list_demands(answer, SELECTION_SELECTED, it->call->arena, &selected, problem);
    if (status == IEUM_OK) status = list_demands(answer, SELECTION_RESERVE, it->call->arena, &reserve, problem);
    if (status == IEUM_OK) status = list_tracks(answer, it->call->arena, &tracks, problem);
    if (status == IEUM_OK) status = round_check_others(it, &selected, problem);
    if (status == IEUM_OK) status = store_document_put(it->store, "selection", selection, it->act.keep_until, digest, problem);
    return status == IEUM_OK ? round_take_selection(&it->state, digest, &selected, &reserve, &tracks, problem) : status;
}

ieum_status round_select(struct round_call *it, jval **result, struct problem *problem) {
    struct select_question question = {0};
    struct select_answer answer = {0};
    struct jpath at[2];
    jval *selection = NULL, *object = NULL;
    ieum_status status = round_begin(it, STEP_SELECT, problem);
    if (status == IEUM_OK) status = request_read_selection(it->call, at, &question, problem);
    question.program = it->program;
    if (status == IEUM_OK) status = round_list_waivers(it, &question.waivers, &question.waiver_count, problem);
    if (status == IEUM_OK) status = collect_awards(it, &question, problem);
    if (status == IEUM_OK) status = choose_applicants(it, &question, problem);
    if (status == IEUM_OK) status = pipeline_select(it->call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    selection = write_selection(&answer);
    object = jval_new_object();
    status = take_selection(it, &answer, selection, problem);
    if (status == IEUM_OK) status = round_put(it, STEP_SELECT, object, problem);
    if (status == IEUM_OK) {
        jval_set(object, "notice", write_notice());
        jval_set(object, "selection", jval_keep(selection));
        *result = jval_keep(object);
    }
    jval_free(object);
    jval_free(selection);
    select_answer_free(&answer);
    return status;
}
