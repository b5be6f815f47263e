/* SPDX-License-Identifier: Apache-2.0 */
/* Consent of both sides and of third parties, with deadlines, up to the confirmation. */
#include <stdio.h>
#include <string.h>

#include "round.h"

static ieum_status refuse_pair(const struct round_pair *pair, ieum_status code, const char *ko, const char *en, struct problem *problem) {
    char value[192];
    snprintf(value, sizeof value, "%s %s", pair->demand, pair->supplier);
    ieum_status status = problem_set(problem, code, "/demand", ko, en);
    problem_set_value(problem, value);
    return status;
}

static ieum_status find_open_pair(const struct round *round, const char *demand, const char *supplier, struct round_pair **pair, struct problem *problem) {
    ieum_status status = round_need_pair(round, demand, supplier, pair, problem);
    if (status != IEUM_OK) return status;
    if (round->stale)
        return problem_set(problem, IEUM_CONFLICT, "/step", "배정안을 낸 뒤에 고정·금지·제척·철회가 있었습니다. 배정안을 다시 내고(propose) 진행하십시오.",
                           "The proposal is older than a lock, veto, recusal or withdrawal; propose again first.");
    if ((*pair)->state != PAIR_PROPOSED) {
        status = refuse_pair(*pair, IEUM_CONFLICT, "이 조합은 이미 확정되었습니다.", "This pair is confirmed already.", problem);
        problem_set_value(problem, pair_state_names[(*pair)->state]);
    } else if ((*pair)->held) {
        status = refuse_pair(*pair, IEUM_CONFLICT, "이의신청이 처리되지 않아 이 조합은 멈추어 있습니다.", "An objection is open: this pair is held.", problem);
    }
    return status;
}

static size_t place_of(const struct consent_asked *asked, const char *place) {
    size_t i = 0;
    while (i < asked->place_count && strcmp(asked->places[i], place) != 0) i++;
    return i;
}

static const struct third_place *find_third(const struct round_pair *pair, const char *place) {
    for (size_t i = 0; i < pair->third_count; i++)
        if (strcmp(pair->thirds[i].place, place) == 0) return &pair->thirds[i];
    return NULL;
}

static const struct consent *find_answer(const struct round_pair *pair, const char *side) {
    for (size_t i = 0; i < pair->consent_count; i++)
        if (strcmp(pair->consents[i].side, side) == 0) return &pair->consents[i];
    return NULL;
}

static ieum_status refuse_side(const char *side, const char *ko, const char *en, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_INVALID, "/side", ko, en);
    problem_set_value(problem, side);
    return status;
}

ieum_status round_fill_third(struct round *round, const struct consent_asked *asked, const char *demand, const char *supplier, const char *place, const char *party,
                             struct problem *problem) {
    struct round_pair *pair;
    ieum_status status = find_open_pair(round, demand, supplier, &pair, problem);
    if (status != IEUM_OK) return status;
    if (place_of(asked, place) == asked->place_count)
        return refuse_side(place, "이 사업에는 그런 제3자 자리가 없습니다.", "The program has no such place for a third party.", problem);
    if (find_third(pair, place))
        return refuse_pair(pair, IEUM_CONFLICT, "이 자리는 이미 채워져 있습니다.", "This place is filled already.", problem);
    const struct third_place added = {arena_copy_text(round->arena, place), arena_copy_text(round->arena, party), round_this_step(round)};
    if (!added.place || !added.party || !round_list_add(round->arena, &pair->thirds, &pair->third_count, &added, sizeof added)) return problem_set_memory(problem);
    return IEUM_OK;
}

static bool is_late(const struct round_pair *pair, struct date today) {
    struct date due;
    return pair->due && date_read(pair->due, &due) && date_compare(today, due) > 0;
}

ieum_status round_consent(struct round *round, const struct consent_asked *asked, const char *demand, const char *supplier, const char *side, bool yes, struct date today,
                          struct problem *problem) {
    struct round_pair *pair;
    ieum_status status = find_open_pair(round, demand, supplier, &pair, problem);
    if (status != IEUM_OK) return status;
    const bool firm = strcmp(side, "demand") == 0 || strcmp(side, "supplier") == 0;
    if (firm ? !(side[0] == 'd' ? asked->demand : asked->supplier) : place_of(asked, side) == asked->place_count)
        return refuse_side(side, "이 사업은 이쪽의 동의를 받지 않습니다.", "The program does not ask this side for its consent.", problem);
    if (!firm && !find_third(pair, side))
        return refuse_side(side, "이 자리에 아직 아무도 지정되지 않았습니다(third).", "Nobody fills this place yet (third).", problem);
    if (find_answer(pair, side)) return refuse_pair(pair, IEUM_CONFLICT, "이쪽은 이미 답했습니다.", "This side has answered already.", problem);
    if (is_late(pair, today)) {
        status = refuse_pair(pair, IEUM_CONFLICT, "동의 기한이 지났습니다. 기한을 늘리거나(extend) 그대로 확정하십시오.",
                             "The deadline for consent has passed; extend it or confirm without this pair.", problem);
        problem_set_expected(problem, pair->due);
        return status;
    }
    const struct consent added = {arena_copy_text(round->arena, side), yes, round_this_step(round)};
    if (!added.side || !round_list_add(round->arena, &pair->consents, &pair->consent_count, &added, sizeof added)) return problem_set_memory(problem);
    if (!yes) {
        pair->state = PAIR_DECLINED;
        pair->step = round_this_step(round);
    }
    round->state = ROUND_CONSENT;
    round_settle_state(round);
    return IEUM_OK;
}

ieum_status round_extend(struct round *round, const char *demand, const char *supplier, struct date until, struct date today, struct problem *problem) {
    struct round_pair *pair;
    char text[11];
    ieum_status status = find_open_pair(round, demand, supplier, &pair, problem);
    if (status != IEUM_OK) return status;
    date_write(until, text);
    if (date_compare(until, today) < 0)
        return problem_set(problem, IEUM_INVALID, "/until", "새 기한이 이미 지난 날입니다.", "The new deadline is a day that has passed.");
    if (!(pair->due = arena_copy_text(round->arena, text))) return problem_set_memory(problem);
    return IEUM_OK;
}

/* Who has not said yes: "demand", "supplier", a place; NULL: all have. */
static const char *who_is_missing(const struct round_pair *pair, const struct consent_asked *asked) {
    if (asked->demand && !find_answer(pair, "demand")) return "demand";
    if (asked->supplier && !find_answer(pair, "supplier")) return "supplier";
    for (size_t i = 0; i < asked->place_count; i++)
        if ((asked->place_required[i] || find_third(pair, asked->places[i])) && !find_answer(pair, asked->places[i])) return asked->places[i];
    return NULL;
}

ieum_status round_confirm(struct round *round, const struct consent_asked *asked, struct date today, struct problem *problem) {
    if (round->stale)
        return problem_set(problem, IEUM_CONFLICT, "/step", "배정안을 낸 뒤에 고정·금지·제척·철회가 있었습니다. 배정안을 다시 내고(propose) 진행하십시오.",
                           "The proposal is older than a lock, veto, recusal or withdrawal; propose again first.");
    for (size_t i = 0; i < round->pair_count; i++) {
        const struct round_pair *pair = &round->pairs[i];
        const char *missing = pair->state == PAIR_PROPOSED ? who_is_missing(pair, asked) : NULL;
        if (pair->state == PAIR_PROPOSED && pair->held)
            return refuse_pair(pair, IEUM_CONFLICT, "이의신청이 처리되지 않은 조합이 있어 확정할 수 없습니다.", "An objection is open: this pair is held.", problem);
        if (!missing || is_late(pair, today)) continue;
        ieum_status status = refuse_pair(pair, IEUM_CONFLICT, "아직 동의하지 않은 쪽이 있어 확정할 수 없습니다.", "A side has not agreed yet, so the round cannot be confirmed.", problem);
        problem_set_expected(problem, missing);
        return status;
    }
    for (size_t i = 0; i < round->pair_count; i++) {
        struct round_pair *pair = &round->pairs[i];
        if (pair->state != PAIR_PROPOSED) continue;
        pair->state = who_is_missing(pair, asked) ? PAIR_LAPSED : PAIR_CONFIRMED;
        pair->step = round_this_step(round);
    }
    round->confirmed_step = round_this_step(round);
    round->state = ROUND_CONFIRMED;
    round_settle_state(round);
    return IEUM_OK;
}
