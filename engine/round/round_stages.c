/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a published pair goes through: the stages of the program, one after the other, and the state that follows. Which stages there are and what has to be given with each is the program's; here they
 * are ids in an order.
 */
#include <string.h>

#include "round.h"

const char *const stage_result_names[STAGE_RESULTS] = {"", "pass", "fail"};

/* The state of a pair that has gone through so many stages. */
static enum round_pair_state state_after(const struct fulfilment_asked *asked, size_t passed) {
    const size_t work = asked->count - asked->settles;
    if (passed == 0) return PAIR_PUBLISHED;
    return passed < work ? PAIR_AGREED : passed < asked->count || !asked->settles ? PAIR_DONE : PAIR_SETTLED;
}

ieum_status round_stages_passed(const struct fulfilment_asked *asked, const struct round_pair *pair, size_t *passed, struct problem *problem) {
    const size_t work = asked->count - asked->settles;
    if (!pair->fulfilled_count) { /* an earlier version kept the state alone */
        *passed = pair->state < PAIR_AGREED ? 0 : pair->state == PAIR_AGREED ? 1 : pair->state == PAIR_DONE ? work : asked->count;
        return IEUM_OK;
    }
    const char *last = pair->fulfilled[pair->fulfilled_count - 1].stage;
    for (size_t i = 0; i < asked->count; i++) {
        if (strcmp(asked->stages[i], last) != 0) continue;
        *passed = i + 1;
        return IEUM_OK;
    }
    ieum_status status = problem_set(problem, IEUM_CONFLICT, "/stage", "이 조합이 거친 단계 '%s'이(가) 사업 파일에 더 이상 없습니다. 사업 파일의 fulfilment를 확인하십시오.",
                                     "The stage '%s' that this pair went through is not in the program's file any more; look at its fulfilment.", last);
    problem_set_value(problem, last);
    return status;
}

static ieum_status refuse_order(const struct fulfilment_asked *asked, size_t passed, const char *stage, struct problem *problem) {
    ieum_status status;
    if (passed == asked->count)
        status = problem_set(problem, IEUM_CONFLICT, "/stage", "이 조합은 모든 단계를 거쳤습니다.", "This pair has gone through all stages.");
    else
        status = problem_set(problem, IEUM_CONFLICT, "/stage", "이 조합의 다음 단계는 '%2$s'입니다. '%1$s' 단계는 아직 차례가 아니거나 이미 거쳤습니다.",
                             "The next stage of this pair is '%2$s'; '%1$s' is not.", stage, asked->stages[passed]);
    problem_set_value(problem, stage);
    if (passed < asked->count) problem_set_expected(problem, asked->stages[passed]);
    return status;
}

static ieum_status refuse_state(const struct round_pair *pair, enum round_step step, enum round_pair_state from, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_CONFLICT, "/step", "이 조합의 상태는 '%2$s'입니다. '%1$s' 단계는 '%3$s' 상태에서만 밟을 수 있습니다.",
                                     "This pair is '%2$s'; the step '%1$s' can be taken from '%3$s' only.", round_step_names[step], pair_state_names[pair->state], pair_state_names[from]);
    problem_set_value(problem, pair_state_names[pair->state]);
    problem_set_expected(problem, pair_state_names[from]);
    return status;
}

ieum_status round_stage_of_step(const struct round *round, const struct fulfilment_asked *asked, enum round_step step, const char *demand, const char *supplier, const char **stage,
                                struct problem *problem) {
    const enum round_pair_state from = step == STEP_AGREE ? PAIR_PUBLISHED : step == STEP_DONE ? PAIR_AGREED : PAIR_DONE;
    struct round_pair *pair;
    size_t passed = 0;
    ieum_status status = round_need_pair(round, demand, supplier, &pair, problem);
    if (status == IEUM_OK && pair->state != from) status = refuse_state(pair, step, from, problem);
    if (status == IEUM_OK) status = round_stages_passed(asked, pair, &passed, problem);
    if (status != IEUM_OK) return status;
    if (passed < asked->count && state_after(asked, passed + 1) == from + 1) {
        *stage = asked->stages[passed];
        return IEUM_OK;
    }
    if (passed == asked->count)
        return problem_set(problem, IEUM_CONFLICT, "/step", "이 사업에는 정산 단계가 없습니다.", "The program has no settlement.");
    status = problem_set(problem, IEUM_CONFLICT, "/step", "이 조합의 다음 단계는 '%2$s'입니다. 단계를 적어(fulfil) 진행하십시오: '%1$s' 전에 남은 단계가 있습니다.",
                         "The next stage of this pair is '%2$s': note it (fulfil); it comes before '%1$s'.", round_step_names[step], asked->stages[passed]);
    problem_set_expected(problem, asked->stages[passed]);
    return status;
}

ieum_status round_fulfil(struct round *round, const struct fulfilment_asked *asked, const char *demand, const char *supplier, const struct fulfilled *what,
                         struct problem *problem) {
    struct round_pair *pair;
    size_t passed = 0;
    ieum_status status = round_need_pair(round, demand, supplier, &pair, problem);
    if (status == IEUM_OK && pair->state < PAIR_PUBLISHED) status = refuse_state(pair, STEP_FULFIL, PAIR_PUBLISHED, problem);
    if (status == IEUM_OK) status = round_stages_passed(asked, pair, &passed, problem);
    if (status == IEUM_OK && (passed == asked->count || strcmp(asked->stages[passed], what->stage) != 0)) status = refuse_order(asked, passed, what->stage, problem);
    if (status != IEUM_OK) return status;
    if (pair->held)
        return problem_set(problem, IEUM_CONFLICT, "/demand", "이의신청이 처리되지 않아 이 조합은 멈추어 있습니다.", "An objection is open: this pair is held.");
    const struct fulfilled added = {arena_copy_text(round->arena, what->stage), what->result, what->amount_krw, what->document ? arena_copy_text(round->arena, what->document) : NULL,
                                    round_this_step(round)};
    if (!added.stage || (what->document && !added.document) || !round_list_add(round->arena, &pair->fulfilled, &pair->fulfilled_count, &added, sizeof added))
        return problem_set_memory(problem);
    const enum round_pair_state after = state_after(asked, passed + 1);
    if (after != pair->state) pair->step = round_this_step(round);
    pair->state = after;
    round_settle_state(round);
    return IEUM_OK;
}
