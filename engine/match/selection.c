/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see selection.h. What is refused stands in selection_check.c, what points and money come to in selection_points.c. */
#include "selection.h"

#include <stdlib.h>

#include "../base/memory.h"
#include "selection_check.h"
#include "selection_points.h"

const char *const selection_verdict_names[SELECTION_VERDICTS] = {"selected", "reserve", "not_selected", "knocked_out", "ineligible"};
const char *const selection_reason_names[SELECTION_REASONS] = {"taken", "reduced", "quota", "budget", "below_least", "rule", "award", "second_task", "ineligible", "track_quota"};

/* An applicant by what it is ranked by: greater keys come first, the index last. */
struct ranked {
    int64_t keys[SELECTION_TIES + 1];
    uint32_t index;
};

struct selection {
    const struct selection_terms *terms;
    const struct selection_applicant *applicants;
    size_t count;
    struct selection_result *result;
};

/* ---- who falls out before ranking ---- */

static void fall_out(struct selection_place *place, enum selection_verdict verdict, enum selection_reason reason) {
    place->verdict = verdict;
    place->reason = reason;
}

static bool fell_out(const struct selection_place *place) { return place->verdict == SELECTION_INELIGIBLE || place->verdict == SELECTION_KNOCKED_OUT; }

static void drop_barred(const struct selection *selection) {
    for (size_t i = 0; i < selection->count; i++) {
        const struct selection_applicant *applicant = &selection->applicants[i];
        struct selection_place *place = &selection->result->places[i];
        *place = (struct selection_place){.verdict = SELECTION_NOT_SELECTED, .reason = REASON_QUOTA, .other = SELECTION_NONE, .tie = SELECTION_TIES,
                                          .committee = SELECTION_NOT_GIVEN, .total = SELECTION_NOT_GIVEN, .granted_krw = SELECTION_NOT_GIVEN,
                                          .own_krw = SELECTION_NOT_GIVEN};
        selection_count(applicant, &place->counted, &place->recused);
        selection_money(selection->terms, applicant, place);
        if (!applicant->eligible) fall_out(place, SELECTION_INELIGIBLE, REASON_INELIGIBLE);
        else if (applicant->knock_out != SELECTION_NONE) fall_out(place, SELECTION_KNOCKED_OUT, REASON_RULE);
        else if (applicant->award != SELECTION_NONE) fall_out(place, SELECTION_KNOCKED_OUT, REASON_AWARD);
    }
}

/* A task by firm and receipt. */
struct task {
    uint32_t firm, index;
    int64_t received;
};

static int compare_tasks(const void *a, const void *b) {
    const struct task *x = a, *y = b;
    if (x->firm != y->firm) return x->firm < y->firm ? -1 : 1;
    if (x->received != y->received) return x->received < y->received ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static ieum_status drop_second_tasks(const struct selection *selection, struct problem *problem) {
    const bool valid_only = selection->terms->tasks == TASKS_FIRST_VALID;
    if (selection->terms->tasks == TASKS_ANY) return IEUM_OK;
    struct task *tasks = memory_allocate_zero(selection->count, sizeof *tasks);
    if (!tasks) return problem_set_memory(problem);
    size_t count = 0, first = 0;
    for (uint32_t i = 0; i < selection->count; i++)
        if (!valid_only || !fell_out(&selection->result->places[i]))
            tasks[count++] = (struct task){selection->applicants[i].firm, i, selection->applicants[i].received};
    qsort(tasks, count, sizeof *tasks, compare_tasks);
    for (size_t i = 1; i < count; i++) {
        if (tasks[i].firm != tasks[first].firm) {
            first = i;
            continue;
        }
        struct selection_place *place = &selection->result->places[tasks[i].index];
        if (fell_out(place)) continue;
        fall_out(place, SELECTION_KNOCKED_OUT, REASON_SECOND_TASK);
        place->other = tasks[first].index;
    }
    memory_free(tasks);
    return IEUM_OK;
}

/* ---- points ---- */

static ieum_status give_points(const struct selection *selection, struct problem *problem) {
    const struct selection_terms *terms = selection->terms;
    const int64_t unit = selection_unit(terms->decimals);
    size_t most = 0;
    for (size_t i = 0; i < selection->count; i++) {
        if (fell_out(&selection->result->places[i])) continue;
        if (selection->result->places[i].counted) selection->result->marked = true; /* recusals alone are no marks */
        if (selection->applicants[i].mark_count > most) most = selection->applicants[i].mark_count;
    }
    int64_t *room = memory_allocate_zero(most, sizeof *room);
    ieum_status status = room ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < selection->count && status == IEUM_OK; i++) {
        const struct selection_applicant *applicant = &selection->applicants[i];
        struct selection_place *place = &selection->result->places[i];
        if (fell_out(place)) continue;
        place->rubric = selection_round(applicant->rubric, unit);
        place->bonus = applicant->bonus < terms->bonus_most ? applicant->bonus : terms->bonus_most;
        if (selection->result->marked) {
            if (place->counted < terms->least_members) status = selection_refuse_few(terms, applicant, place->counted, place->recused, problem);
            else place->committee = selection_committee(terms, applicant, unit, room);
        }
        if (status == IEUM_OK) place->total = selection_total(terms, place, unit);
    }
    memory_free(room);
    return status;
}

/* ---- rank ---- */

static int64_t tie_key(const struct selection *selection, enum selection_tie tie, uint32_t index) {
    const struct selection_place *place = &selection->result->places[index];
    switch (tie) {
    case TIE_COMMITTEE: return place->committee;
    case TIE_RUBRIC: return place->rubric;
    case TIE_BONUS: return place->bonus;
    case TIE_RECEIVED: return -selection->applicants[index].received;
    default: return -(int64_t)index;
    }
}

static int compare_ranked(const void *a, const void *b) {
    const struct ranked *x = a, *y = b;
    for (size_t k = 0; k <= SELECTION_TIES; k++)
        if (x->keys[k] != y->keys[k]) return x->keys[k] > y->keys[k] ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* What put `below` behind `above`, who is one rank better. */
static enum selection_tie deciding_tie(const struct selection_terms *terms, const struct ranked *above, const struct ranked *below) {
    if (above->keys[0] != below->keys[0]) return SELECTION_TIES;
    for (uint32_t t = 0; t < terms->tie_count; t++)
        if (above->keys[t + 1] != below->keys[t + 1]) return terms->ties[t];
    return TIE_ID;
}

static ieum_status rank_all(const struct selection *selection, struct problem *problem) {
    const struct selection_terms *terms = selection->terms;
    struct selection_result *result = selection->result;
    struct ranked *list = memory_allocate_zero(selection->count, sizeof *list);
    if (!list) return problem_set_memory(problem);
    for (uint32_t i = 0; i < selection->count; i++) {
        if (fell_out(&result->places[i])) continue;
        struct ranked *one = &list[result->ranked++];
        one->index = i;
        one->keys[0] = result->places[i].total;
        for (uint32_t t = 0; t < terms->tie_count; t++) one->keys[t + 1] = tie_key(selection, terms->ties[t], i);
    }
    qsort(list, result->ranked, sizeof *list, compare_ranked);
    for (size_t r = 0; r < result->ranked; r++) {
        result->order[r] = list[r].index;
        result->places[list[r].index].rank = (uint32_t)r + 1;
        if (r) result->places[list[r].index].tie = deciding_tie(terms, &list[r - 1], &list[r]);
    }
    memory_free(list);
    return IEUM_OK;
}

/* ---- who is taken ---- */

/* What is left while applicants are taken in the order of their ranks. */
struct purse {
    int64_t places, budget_krw;
    bool ended; /* the budget ended the list */
    struct purse_track {
        int64_t places, reserve;
        uint32_t waiting; /* on its reserve list so far */
    } *tracks;            /* the last: of who is in no track */
};

static ieum_status take(struct selection_result *result, struct selection_place *place, int64_t granted, enum selection_reason reason, struct purse *purse,
                        struct purse_track *track, struct problem *problem) {
    if (__builtin_add_overflow(result->spent_krw, granted, &result->spent_krw))
        return problem_set(problem, IEUM_LIMIT, "", "지원금의 합이 너무 큽니다.", "The sum of the grants is too large.");
    place->verdict = SELECTION_SELECTED;
    place->reason = reason;
    if (place->asked_krw != SELECTION_NOT_GIVEN) {
        place->granted_krw = granted;
        place->own_krw = place->cost_krw == SELECTION_NOT_GIVEN ? SELECTION_NOT_GIVEN : place->cost_krw - granted;
    }
    if (purse->places != SELECTION_NO_LIMIT) purse->places--;
    if (track->places != SELECTION_NO_LIMIT) track->places--;
    if (purse->budget_krw != SELECTION_NO_LIMIT) purse->budget_krw -= granted;
    return IEUM_OK;
}

static ieum_status settle(const struct selection_terms *terms, struct selection_result *result, struct selection_place *place, struct purse *purse,
                          struct purse_track *track, struct problem *problem) {
    const int64_t asked = place->asked_krw == SELECTION_NOT_GIVEN ? 0 : place->asked_krw;
    if (place->total < terms->least_total) {
        place->reason = REASON_BELOW_LEAST;
        return IEUM_OK;
    }
    if (purse->places == 0) place->reason = REASON_QUOTA;
    else if (track->places == 0) place->reason = REASON_TRACK_QUOTA;
    else if (purse->ended && !place->unfunded) place->reason = REASON_BUDGET;
    else if (asked <= purse->budget_krw) return take(result, place, asked, REASON_TAKEN, purse, track, problem);
    else {
        purse->ended = terms->unfit != UNFIT_SKIP;
        if (terms->unfit == UNFIT_REDUCE && purse->budget_krw > 0) return take(result, place, purse->budget_krw, REASON_REDUCED, purse, track, problem);
        place->reason = REASON_BUDGET;
    }
    if (track->reserve == 0) return IEUM_OK;
    place->verdict = SELECTION_RESERVE;
    place->reserve = ++track->waiting;
    if (track->reserve != SELECTION_NO_LIMIT) track->reserve--;
    return IEUM_OK;
}

static void draw_line(struct selection_result *result) {
    size_t after = 0;
    for (size_t r = 0; r < result->ranked; r++)
        if (result->places[result->order[r]].verdict == SELECTION_SELECTED) after = r + 1;
    if (after) result->last_selected = result->order[after - 1];
    if (after == result->ranked) return;
    result->first_out = result->order[after];
    result->line = result->places[result->first_out].reason;
    result->line_tie = result->places[result->first_out].tie;
}

static ieum_status take_in_order(const struct selection *selection, struct problem *problem) {
    const struct selection_terms *terms = selection->terms;
    struct selection_result *result = selection->result;
    struct purse purse = {terms->quota, terms->budget_krw, false, memory_allocate_zero(terms->track_count + 1, sizeof *purse.tracks)};
    ieum_status status = purse.tracks ? IEUM_OK : problem_set_memory(problem);
    for (uint32_t t = 0; t <= terms->track_count && status == IEUM_OK; t++)
        purse.tracks[t] = (struct purse_track){t < terms->track_count ? terms->track_quotas[t] : SELECTION_NO_LIMIT, terms->reserve, 0};
    for (size_t r = 0; r < result->ranked && status == IEUM_OK; r++)
        status = settle(terms, result, &result->places[result->order[r]], &purse, &purse.tracks[selection->applicants[result->order[r]].track], problem);
    memory_free(purse.tracks);
    if (status != IEUM_OK) return status;
    for (size_t i = 0; i < selection->count; i++) result->counts[result->places[i].verdict]++;
    draw_line(result);
    return status;
}

ieum_status selection_run(const struct selection_terms *terms, const struct selection_applicant *applicants, size_t count, const char *const *member_names,
                          struct selection_result *result, struct problem *problem) {
    struct selection_result made = {.last_selected = SELECTION_NONE, .first_out = SELECTION_NONE, .line = REASON_TAKEN, .line_tie = SELECTION_TIES};
    const struct selection selection = {terms, applicants, count, &made};
    *result = (struct selection_result){0};
    ieum_status status = selection_check(terms, applicants, count, member_names, problem);
    if (status != IEUM_OK) return status;
    made.places = memory_allocate_zero(count, sizeof *made.places);
    made.order = memory_allocate_zero(count, sizeof *made.order);
    if (!made.places || !made.order) status = problem_set_memory(problem);
    if (status == IEUM_OK) drop_barred(&selection);
    if (status == IEUM_OK) status = drop_second_tasks(&selection, problem);
    if (status == IEUM_OK) status = give_points(&selection, problem);
    if (status == IEUM_OK) status = rank_all(&selection, problem);
    if (status == IEUM_OK) status = take_in_order(&selection, problem);
    if (status != IEUM_OK) selection_free(&made);
    else *result = made;
    return status;
}

void selection_free(struct selection_result *result) {
    memory_free(result->places);
    memory_free(result->order);
    *result = (struct selection_result){0};
}
