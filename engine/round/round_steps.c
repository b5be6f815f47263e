/* SPDX-License-Identifier: Apache-2.0 */
/* The table of steps: from which states each may be taken, and whether it needs a name and a reason. Everything else about a step is in the other files of this room. */
#include <string.h>

#include "round.h"

const char *const round_state_names[ROUND_STATES] = {"draft",     "open",      "selected",  "proposed", "consent",
                                                     "confirmed", "published", "agreement", "done",     "settled"};
const char *const pair_state_names[PAIR_STATES] = {"proposed", "confirmed", "published", "agreed", "done", "settled", "declined", "lapsed", "withdrawn", "replaced"};
const char *const restriction_names[RESTRICTIONS] = {"lock", "veto", "exclusion", "challenge", "abstention"};
const char *const objection_state_names[OBJECTION_STATES] = {"open", "upheld", "rejected"};
const char *const round_step_names[ROUND_STEPS] = {"new",     "open",     "select",  "propose", "lock",    "veto",   "recuse", "lift",  "third", "consent", "extend",
                                                   "withdraw", "rematch", "confirm", "publish", "object", "answer", "agree", "done", "settle", "attach", "admit", "fulfil", "waive"};

#define FROM(first, last) (((1u << ((last) + 1)) - 1) & ~((1u << (first)) - 1))

static const struct {
    unsigned from; /* a bit a state */
    bool named, reasoned;
} steps[ROUND_STEPS] = {
    [STEP_NEW] = {0, false, false}, /* there is no round yet */
    [STEP_OPEN] = {FROM(ROUND_DRAFT, ROUND_DRAFT), false, false},
    [STEP_SELECT] = {FROM(ROUND_DRAFT, ROUND_SELECTED), false, false},
    [STEP_PROPOSE] = {FROM(ROUND_DRAFT, ROUND_AGREEMENT), false, false},
    [STEP_LOCK] = {FROM(ROUND_DRAFT, ROUND_AGREEMENT), true, true},
    [STEP_VETO] = {FROM(ROUND_DRAFT, ROUND_AGREEMENT), true, true},
    [STEP_RECUSE] = {FROM(ROUND_DRAFT, ROUND_AGREEMENT), true, true},
    [STEP_LIFT] = {FROM(ROUND_DRAFT, ROUND_AGREEMENT), true, true},
    [STEP_THIRD] = {FROM(ROUND_PROPOSED, ROUND_CONSENT), true, false},
    [STEP_CONSENT] = {FROM(ROUND_PROPOSED, ROUND_CONSENT), true, false},
    [STEP_EXTEND] = {FROM(ROUND_PROPOSED, ROUND_CONSENT), true, true},
    [STEP_WITHDRAW] = {FROM(ROUND_OPEN, ROUND_DONE), true, true},
    [STEP_REMATCH] = {FROM(ROUND_PROPOSED, ROUND_AGREEMENT), true, false},
    [STEP_CONFIRM] = {FROM(ROUND_PROPOSED, ROUND_CONSENT), true, false},
    [STEP_PUBLISH] = {FROM(ROUND_CONFIRMED, ROUND_CONFIRMED), true, false},
    [STEP_OBJECT] = {FROM(ROUND_SELECTED, ROUND_SETTLED), true, true},
    [STEP_ANSWER] = {FROM(ROUND_SELECTED, ROUND_SETTLED), true, true},
    [STEP_AGREE] = {FROM(ROUND_PROPOSED, ROUND_DONE), true, false},
    [STEP_DONE] = {FROM(ROUND_PROPOSED, ROUND_DONE), true, false},
    [STEP_SETTLE] = {FROM(ROUND_PROPOSED, ROUND_DONE), true, false},
    [STEP_FULFIL] = {FROM(ROUND_PROPOSED, ROUND_DONE), true, false},
    [STEP_WAIVE] = {FROM(ROUND_DRAFT, ROUND_AGREEMENT), true, true},
    [STEP_ADMIT] = {FROM(ROUND_SELECTED, ROUND_AGREEMENT), true, true},
    [STEP_ATTACH] = {FROM(ROUND_DRAFT, ROUND_DONE), true, false},
};

ieum_status round_allow(const struct round *round, enum round_step step, const char *account, const char *reason, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (!(steps[step].from >> round->state & 1)) {
        status = problem_set(problem, IEUM_CONFLICT, "/step", "회차의 상태가 '%2$s'이어서 지금은 '%1$s' 단계를 밟을 수 없습니다. 회차는 바뀌지 않았습니다.",
                             "The step '%1$s' cannot be taken now: the round is '%2$s'. Nothing was changed.", round_step_names[step], round_state_names[round->state]);
        problem_set_value(problem, round_state_names[round->state]);
    } else if (steps[step].named && !account) {
        status = problem_set(problem, IEUM_INVALID, "/by", "누가 하는지 계정을 적어 주십시오(by). 회차의 결정에는 담당자의 이름이 남아야 합니다.",
                             "Say who does this (by): a named person stands behind every decision of a round.");
    } else if (steps[step].reasoned && (!reason || !reason[strspn(reason, " \t\n")])) {
        status = problem_set(problem, IEUM_INVALID, "/reason", "이유를 적어 주십시오(reason).", "Give the reason (reason).");
    }
    return status;
}

struct round_pair *round_find_pair(const struct round *round, const char *demand, const char *supplier) {
    for (size_t i = 0; i < round->pair_count; i++) {
        struct round_pair *pair = &round->pairs[i];
        if (pair_lives(pair->state) && strcmp(pair->demand, demand) == 0 && strcmp(pair->supplier, supplier) == 0) return pair;
    }
    return NULL;
}

ieum_status round_need_pair(const struct round *round, const char *demand, const char *supplier, struct round_pair **pair, struct problem *problem) {
    *pair = round_find_pair(round, demand, supplier);
    if (*pair) return IEUM_OK;
    return problem_set(problem, IEUM_NOT_FOUND, "/demand", "이 회차에 진행 중인 '%s'–'%s' 조합이 없습니다.", "The round has no living pair '%s' – '%s'.", demand, supplier);
}

void round_settle_state(struct round *round) {
    size_t count[PAIR_STATES] = {0}, answered = 0, living = 0;
    for (size_t i = 0; i < round->pair_count; i++) {
        const struct round_pair *pair = &round->pairs[i];
        count[pair->state]++;
        living += pair_lives(pair->state);
        answered += pair->consent_count > 0 && pair->pass == (int64_t)round->pass_count;
    }
    if (!living) return; /* all have ended: the round waits where it is for another pass */
    if (count[PAIR_PROPOSED]) round->state = answered ? ROUND_CONSENT : ROUND_PROPOSED;
    else if (count[PAIR_CONFIRMED]) round->state = ROUND_CONFIRMED;
    else if (count[PAIR_SETTLED] == living) round->state = ROUND_SETTLED;
    else if (count[PAIR_SETTLED] + count[PAIR_DONE] == living) round->state = ROUND_DONE;
    else if (count[PAIR_PUBLISHED] == living) round->state = ROUND_PUBLISHED;
    else round->state = ROUND_AGREEMENT;
}

bool round_list_add(struct arena *arena, void *list, size_t *count, const void *item, size_t size) {
    void **items = list;
    char *grown = arena_allocate(arena, (*count + 1) * size);
    if (!grown) return false;
    if (*count) memcpy(grown, *items, *count * size);
    memcpy(grown + *count * size, item, size);
    *items = grown;
    (*count)++;
    return true;
}
