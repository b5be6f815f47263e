/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A round's life: every step in every state against a list written down here by hand; a walk of random steps, after each of which the stored form read back must be the same and what must
 * always hold is looked at; consent and deadlines; objections; passes.
 */
#include "../../engine/base/random.h"
#include "../../engine/round/round.h"
#include "test.h"

static struct round fresh(struct arena *arena) {
    return (struct round){.arena = arena, .revision = 1, .salt = "00", .commitment = "11"};
}

static const struct consent_asked both = {.demand = true, .supplier = true, .days = 7};
static const struct date monday = {2025, 8, 4}, friday = {2025, 8, 8}, after = {2025, 8, 9};

static void take(struct round *round, const char *method, const struct pair_ids *pairs, size_t count, bool rematch) {
    struct problem problem = {0};
    const struct round_pass pass = {.proposal = "p", .inputs = "i", .method = method, .rematch = rematch};
    CHECK_INT(round_take_pass(round, &pass, pairs, count, "2025-08-08", &problem), IEUM_OK);
}

static const char *const usual[] = {"agreement", "completion", "settlement"};
static const struct fulfilment_asked stages = {usual, 3, true};

/* agree, done, settle, as the request layer takes them. */
static ieum_status advance_by(struct round *round, const struct fulfilment_asked *asked, enum round_step step, const char *demand, const char *supplier, struct problem *problem) {
    struct fulfilled what = {.amount_krw = -1};
    ieum_status status = round_stage_of_step(round, asked, step, demand, supplier, &what.stage, problem);
    return status == IEUM_OK ? round_fulfil(round, asked, demand, supplier, &what, problem) : status;
}
static ieum_status advance(struct round *round, enum round_step step, const char *demand, const char *supplier, struct problem *problem) {
    return advance_by(round, &stages, step, demand, supplier, problem);
}

static struct pair_ids two[] = {{"D1", "S1"}, {"D2", "S2"}};

/* ---- which step may follow on which state ---- */

TEST(steps_are_allowed_as_written_down) {
    /* a column a state, draft to settled; a row a step, from `open` on */
    static const char *const allowed[] = {"x.........", "xxx.......", "xxxxxxxx..", "xxxxxxxx..", "xxxxxxxx..", "xxxxxxxx..", "xxxxxxxx..", "...xx.....", "...xx.....", "...xx.....",
                                          ".xxxxxxxx.", "...xxxxx..", "...xx.....", ".....x....", "..xxxxxxxx", "..xxxxxxxx", "...xxxxxx.", "...xxxxxx.", "...xxxxxx.", "xxxxxxxxx.", "..xxxxxx..", "...xxxxxx.", "xxxxxxxx.."};
    struct arena *arena = arena_new();
    for (int step = STEP_OPEN; step < ROUND_STEPS; step++) {
        for (int state = 0; state < ROUND_STATES; state++) {
            struct round round = fresh(arena);
            struct problem problem = {0};
            round.state = (enum round_state)state;
            ieum_status status = round_allow(&round, (enum round_step)step, "kim", "because", &problem);
            CHECK_INT(status, allowed[step - 1][state] == 'x' ? IEUM_OK : IEUM_CONFLICT);
            CHECK(status == IEUM_OK || (problem.ko[0] && problem.en[0]));
        }
    }
    arena_free(arena);
}

TEST(who_decides_has_a_name_and_who_overrides_a_reason) {
    struct arena *arena = arena_new();
    struct round round = fresh(arena);
    struct problem problem = {0};
    round.state = ROUND_PROPOSED;
    CHECK_INT(round_allow(&round, STEP_CONFIRM, NULL, NULL, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/by");
    problem_clear(&problem);
    CHECK_INT(round_allow(&round, STEP_LOCK, "kim", "  ", &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/reason");
    problem_clear(&problem);
    CHECK_INT(round_allow(&round, STEP_PROPOSE, NULL, NULL, &problem), IEUM_OK);
    arena_free(arena);
}

/* ---- consent ---- */

TEST(a_pair_is_confirmed_by_both_sides_only) {
    struct arena *arena = arena_new();
    struct round round = fresh(arena);
    struct problem problem = {0};
    take(&round, "max_sum", two, 2, false);
    CHECK_INT(round.state, ROUND_PROPOSED);
    CHECK_INT(round_confirm(&round, &both, monday, &problem), IEUM_CONFLICT);
    CHECK_TEXT(problem.expected, "demand");
    problem_clear(&problem);
    CHECK_INT(round_consent(&round, &both, "D1", "S1", "demand", true, monday, &problem), IEUM_OK);
    CHECK_INT(round.state, ROUND_CONSENT);
    CHECK_INT(round_consent(&round, &both, "D1", "S1", "demand", true, monday, &problem), IEUM_CONFLICT); /* twice */
    problem_clear(&problem);
    CHECK_INT(round_consent(&round, &both, "D1", "S1", "hospital", true, monday, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(round_consent(&round, &both, "D1", "S1", "supplier", true, friday, &problem), IEUM_OK); /* the last day */
    CHECK_INT(round_consent(&round, &both, "D2", "S2", "supplier", true, after, &problem), IEUM_CONFLICT);
    CHECK_TEXT(problem.expected, "2025-08-08");
    problem_clear(&problem);
    CHECK_INT(round_confirm(&round, &both, friday, &problem), IEUM_CONFLICT); /* D2 may still answer today */
    problem_clear(&problem);
    CHECK_INT(round_confirm(&round, &both, after, &problem), IEUM_OK);
    CHECK_INT(round.pairs[0].state, PAIR_CONFIRMED);
    CHECK_INT(round.pairs[1].state, PAIR_LAPSED);
    CHECK_INT(round.state, ROUND_CONFIRMED);
    arena_free(arena);
}

TEST(a_deadline_can_be_extended_and_a_no_ends_the_pair) {
    struct arena *arena = arena_new();
    struct round round = fresh(arena);
    struct problem problem = {0};
    take(&round, "max_sum", two, 2, false);
    CHECK_INT(round_extend(&round, "D2", "S2", monday, after, &problem), IEUM_INVALID); /* a day that has passed */
    problem_clear(&problem);
    CHECK_INT(round_extend(&round, "D2", "S2", (struct date){2025, 8, 20}, after, &problem), IEUM_OK);
    CHECK_INT(round_consent(&round, &both, "D2", "S2", "supplier", true, after, &problem), IEUM_OK);
    CHECK_INT(round_consent(&round, &both, "D1", "S1", "supplier", false, monday, &problem), IEUM_OK);
    CHECK_INT(round.pairs[0].state, PAIR_DECLINED);
    CHECK_INT(round_consent(&round, &both, "D1", "S1", "demand", true, monday, &problem), IEUM_NOT_FOUND);
    arena_free(arena);
}

TEST(a_third_party_has_a_place_of_its_own) {
    static const char *const places[] = {"hospital"};
    static const bool required[] = {true};
    const struct consent_asked asked = {.demand = true, .supplier = false, .places = places, .place_required = required, .place_count = 1};
    struct arena *arena = arena_new();
    struct round round = fresh(arena);
    struct problem problem = {0};
    take(&round, "max_sum", two, 1, false);
    CHECK_INT(round_consent(&round, &asked, "D1", "S1", "supplier", true, monday, &problem), IEUM_INVALID); /* is not asked */
    problem_clear(&problem);
    CHECK_INT(round_consent(&round, &asked, "D1", "S1", "demand", true, monday, &problem), IEUM_OK);
    CHECK_INT(round_consent(&round, &asked, "D1", "S1", "hospital", true, monday, &problem), IEUM_INVALID); /* nobody there yet */
    problem_clear(&problem);
    CHECK_INT(round_confirm(&round, &asked, monday, &problem), IEUM_CONFLICT);
    CHECK_TEXT(problem.expected, "hospital");
    problem_clear(&problem);
    CHECK_INT(round_fill_third(&round, &asked, "D1", "S1", "clinic", "H1", &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(round_fill_third(&round, &asked, "D1", "S1", "hospital", "H1", &problem), IEUM_OK);
    CHECK_INT(round_fill_third(&round, &asked, "D1", "S1", "hospital", "H2", &problem), IEUM_CONFLICT);
    problem_clear(&problem);
    CHECK_INT(round_consent(&round, &asked, "D1", "S1", "hospital", true, monday, &problem), IEUM_OK);
    CHECK_INT(round_confirm(&round, &asked, monday, &problem), IEUM_OK);
    CHECK_INT(round.state, ROUND_CONFIRMED);
    arena_free(arena);
}

/* ---- restrictions, passes, objections ---- */

TEST(a_lock_after_the_proposal_makes_it_stale) {
    struct arena *arena = arena_new();
    struct round round = fresh(arena);
    struct problem problem = {0};
    take(&round, "max_sum", two, 2, false);
    CHECK_INT(round_restrict(&round, RESTRICT_LOCK, "D1", "S2", &problem), IEUM_OK);
    CHECK(round.stale);
    CHECK_INT(round_consent(&round, &both, "D1", "S1", "demand", true, monday, &problem), IEUM_CONFLICT);
    problem_clear(&problem);
    CHECK_INT(round_restrict(&round, RESTRICT_VETO, "D1", "S2", &problem), IEUM_CONFLICT); /* contradicts the lock */
    problem_clear(&problem);
    CHECK_INT(round_restrict(&round, RESTRICT_EXCLUSION, "D2", "S2", &problem), IEUM_OK);
    CHECK_INT(round_restrict(&round, RESTRICT_ABSTENTION, "D2", "S2", &problem), IEUM_OK); /* two kinds of recusal may stand beside each other */
    CHECK_INT(round_lift(&round, "D1", "S1", &problem), IEUM_NOT_FOUND);
    problem_clear(&problem);
    take(&round, "max_sum", (struct pair_ids[]){{"D1", "S2"}}, 1, false);
    CHECK(!round.stale);
    CHECK_INT(round.pass_count, 1); /* the proposal before had no standing */
    CHECK_INT(round.pair_count, 1);
    arena_free(arena);
}

TEST(a_later_pass_keeps_what_lives) {
    struct arena *arena = arena_new();
    struct round round = fresh(arena);
    struct problem problem = {0};
    take(&round, "max_sum", two, 2, false);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(round_consent(&round, &both, two[i].demand, two[i].supplier, "demand", true, monday, &problem), IEUM_OK);
        CHECK_INT(round_consent(&round, &both, two[i].demand, two[i].supplier, "supplier", true, monday, &problem), IEUM_OK);
    }
    CHECK_INT(round_confirm(&round, &both, monday, &problem), IEUM_OK);
    CHECK_INT(round_publish(&round, &problem), IEUM_OK);
    CHECK_INT(advance(&round, STEP_SETTLE, "D1", "S1", &problem), IEUM_CONFLICT); /* out of order */
    CHECK_TEXT(problem.value, "published");
    problem_clear(&problem);
    CHECK_INT(advance(&round, STEP_AGREE, "D1", "S1", &problem), IEUM_OK);
    CHECK_INT(round.state, ROUND_AGREEMENT);
    CHECK_INT(round_withdraw(&round, false, "S2", &problem), IEUM_OK);
    CHECK_INT(round.pairs[1].state, PAIR_WITHDRAWN);
    CHECK(round_keeps_pair(&round, &round.pairs[0], true) && !round_keeps_pair(&round, &round.pairs[1], true));
    take(&round, "rematch", (struct pair_ids[]){{"D1", "S1"}, {"D2", "S3"}}, 2, true);
    CHECK_INT(round.pass_count, 2);
    CHECK_INT(round.pairs[0].state, PAIR_AGREED); /* where it was */
    CHECK_INT(round.pairs[2].state, PAIR_PROPOSED);
    CHECK_INT(round.state, ROUND_PROPOSED);
    CHECK_INT(advance(&round, STEP_DONE, "D1", "S1", &problem), IEUM_OK); /* the others go on meanwhile */
    CHECK_INT(advance(&round, STEP_SETTLE, "D1", "S1", &problem), IEUM_OK);
    CHECK_INT(round.state, ROUND_PROPOSED);
    CHECK_INT(round_consent(&round, &both, "D2", "S3", "supplier", false, monday, &problem), IEUM_OK);
    CHECK_INT(round.state, ROUND_SETTLED);
    round.state = ROUND_AGREEMENT; /* what is settled stays out of a further pass, and is not replaced by it */
    CHECK(!round_keeps_pair(&round, &round.pairs[0], true) && !round_keeps_pair(&round, &round.pairs[0], false));
    take(&round, "rematch", (struct pair_ids[]){{"D3", "S1"}}, 1, true);
    CHECK_INT(round.pairs[0].state, PAIR_SETTLED);
    arena_free(arena);
}

TEST(a_rule_is_waived_once_and_can_be_taken_back) {
    struct arena *arena = arena_new();
    struct round round = fresh(arena), again;
    struct problem problem = {0};
    take(&round, "max_sum", two, 2, false);
    CHECK_INT(round_waive(&round, "D1", "region", &problem), IEUM_OK);
    CHECK(round.stale); /* who takes part may be another */
    CHECK_INT(round_waive(&round, "D1", "region", &problem), IEUM_CONFLICT);
    problem_clear(&problem);
    CHECK_INT(round_waive(&round, "D1", "size", &problem), IEUM_OK);
    CHECK_INT(round_waive(&round, "D2", "size", &problem), IEUM_OK);
    CHECK_INT(round_unwaive(&round, "D2", "region", &problem), IEUM_NOT_FOUND);
    problem_clear(&problem);
    CHECK_INT(round_unwaive(&round, "D1", "region", &problem), IEUM_OK);
    jval *stored = round_write(&round);
    CHECK_INT(round_read(stored, "proposed", 1, arena, &again, &problem), IEUM_OK);
    CHECK_INT(again.waiver_count, 2);
    CHECK_TEXT(again.waivers[0].rule, "size");
    CHECK_TEXT(again.waivers[1].demand, "D2");
    jval_free(stored);
    arena_free(arena);
}

TEST(a_pair_goes_through_the_stages_of_its_program) {
    static const char *const names[] = {"sign", "use", "trial", "pay"};
    const struct fulfilment_asked long_way = {names, 4, true}, no_money = {names, 3, false};
    static const enum round_pair_state after[] = {PAIR_AGREED, PAIR_AGREED, PAIR_DONE, PAIR_SETTLED};
    struct arena *arena = arena_new();
    struct round round = fresh(arena);
    struct problem problem = {0};
    struct fulfilled what = {.stage = "sign", .amount_krw = -1};
    take(&round, "max_sum", two, 2, false);
    CHECK_INT(round_fulfil(&round, &long_way, "D1", "S1", &what, &problem), IEUM_CONFLICT); /* not published */
    problem_clear(&problem);
    round.pairs[0].state = round.pairs[1].state = PAIR_PUBLISHED;
    CHECK_INT(advance_by(&round, &long_way, STEP_AGREE, "D1", "S1", &problem), IEUM_OK);
    CHECK_INT(advance_by(&round, &long_way, STEP_DONE, "D1", "S1", &problem), IEUM_CONFLICT); /* the use comes first */
    CHECK_TEXT(problem.expected, "use");
    problem_clear(&problem);
    for (size_t i = 1; i < 4; i++) {
        struct fulfilled early = {.stage = names[i == 3 ? 1 : 3], .amount_krw = -1};
        CHECK_INT(round_fulfil(&round, &long_way, "D1", "S1", &early, &problem), IEUM_CONFLICT);
        CHECK_TEXT(problem.expected, names[i]);
        problem_clear(&problem);
        what = (struct fulfilled){.stage = names[i], .result = i == 2 ? RESULT_FAIL : RESULT_NONE, .amount_krw = i == 3 ? 70 : -1, .document = i == 2 ? "d" : NULL};
        CHECK_INT(round_fulfil(&round, &long_way, "D1", "S1", &what, &problem), IEUM_OK);
        CHECK_INT(round.pairs[0].state, after[i]);
    }
    CHECK_INT(round_fulfil(&round, &long_way, "D1", "S1", &what, &problem), IEUM_CONFLICT); /* all done */
    problem_clear(&problem);
    jval *stored = round_write(&round);
    struct round again;
    CHECK_INT(round_read(stored, round_state_names[round.state], 1, arena, &again, &problem), IEUM_OK);
    CHECK_INT(again.pairs[0].fulfilled_count, 4);
    CHECK_INT(again.pairs[0].fulfilled[2].result, RESULT_FAIL);
    CHECK_TEXT(again.pairs[0].fulfilled[2].document, "d");
    CHECK_INT(again.pairs[0].fulfilled[3].amount_krw, 70);
    CHECK_INT(again.pairs[0].fulfilled[0].amount_krw, -1);
    CHECK(jval_get(jval_at(jval_get(stored, "pairs"), 1), "fulfilled") == NULL); /* as an earlier version wrote it */
    jval_free(stored);
    /* A pair of an earlier version has its state alone; without a settlement the last stage of work is the end. */
    round.pairs[1].state = PAIR_AGREED;
    CHECK_INT(advance_by(&round, &stages, STEP_DONE, "D2", "S2", &problem), IEUM_OK);
    CHECK_TEXT(round.pairs[1].fulfilled[0].stage, "completion");
    CHECK_INT(advance_by(&round, &no_money, STEP_SETTLE, "D2", "S2", &problem), IEUM_CONFLICT); /* "completion" is no stage of this program */
    problem_clear(&problem);
    round.pairs[1] = (struct round_pair){.demand = "D2", .supplier = "S2", .state = PAIR_AGREED};
    CHECK_INT(round_fulfil(&round, &no_money, "D2", "S2", &(struct fulfilled){.stage = "use", .amount_krw = -1}, &problem), IEUM_OK);
    CHECK_INT(advance_by(&round, &no_money, STEP_DONE, "D2", "S2", &problem), IEUM_OK);
    CHECK_INT(round.pairs[1].state, PAIR_DONE);
    CHECK_INT(advance_by(&round, &no_money, STEP_SETTLE, "D2", "S2", &problem), IEUM_CONFLICT);
    arena_free(arena);
}

TEST(an_objection_holds_the_pair_until_it_is_answered) {
    struct arena *arena = arena_new();
    struct round round = fresh(arena);
    struct problem problem = {0};
    const struct text_list selected = {(const char *[]){"D1"}, 1}, reserve = {(const char *[]){"D9"}, 1};
    CHECK_INT(round_take_selection(&round, "s", &selected, &reserve, &(struct text_list){0}, &problem), IEUM_OK);
    CHECK_INT(round.state, ROUND_SELECTED);
    take(&round, "max_sum", two, 1, false);
    CHECK_INT(round_object(&round, "D1", &problem), IEUM_OK);
    CHECK_INT(round_object(&round, "D1", &problem), IEUM_CONFLICT);
    problem_clear(&problem);
    CHECK_INT(round_consent(&round, &both, "D1", "S1", "demand", true, monday, &problem), IEUM_CONFLICT);
    problem_clear(&problem);
    CHECK_INT(round_answer(&round, 2, true, &problem), IEUM_NOT_FOUND);
    problem_clear(&problem);
    CHECK_INT(round_answer(&round, 1, false, &problem), IEUM_OK);
    CHECK_INT(round_answer(&round, 1, false, &problem), IEUM_CONFLICT);
    problem_clear(&problem);
    CHECK_INT(round_consent(&round, &both, "D1", "S1", "demand", true, monday, &problem), IEUM_OK);
    CHECK_INT(round_object(&round, "D9", &problem), IEUM_OK); /* was not selected */
    CHECK_INT(round_answer(&round, 2, true, &problem), IEUM_OK);
    CHECK_INT(round.selected.count, 2);
    CHECK_TEXT(round.selected.items[1], "D9");
    arena_free(arena);
}

TEST(the_reserve_list_steps_in_by_its_order) {
    struct arena *arena = arena_new();
    struct round round = fresh(arena);
    struct problem problem = {0};
    const struct text_list selected = {(const char *[]){"D1"}, 1}, reserve = {(const char *[]){"D7", "D8", "D9"}, 3};
    CHECK_INT(round_take_selection(&round, "s", &selected, &reserve, &(struct text_list){0}, &problem), IEUM_OK);
    CHECK_INT(round_admit(&round, "D8", &problem), IEUM_CONFLICT);
    CHECK_TEXT(problem.expected, "D7");
    problem_clear(&problem);
    CHECK_INT(round_withdraw(&round, true, "D7", &problem), IEUM_OK);
    CHECK_INT(round_admit(&round, "D8", &problem), IEUM_OK); /* D7 has left */
    CHECK(text_list_has(&round.selected, "D8"));
    CHECK_INT(round_admit(&round, "D9", &problem), IEUM_OK);
    CHECK_INT(round_admit(&round, "D9", &problem), IEUM_CONFLICT);
    CHECK_INT(round.selected.count, 3);
    arena_free(arena);
}

TEST(each_track_has_its_own_turn) {
    struct arena *arena = arena_new();
    struct round round = fresh(arena), again;
    struct problem problem = {0};
    const struct text_list selected = {(const char *[]){"D1"}, 1}, reserve = {(const char *[]){"D5", "D6", "D7", "D8"}, 4},
                           tracks = {(const char *[]){"a", "b", "a", ""}, 4};
    CHECK_INT(round_take_selection(&round, "s", &selected, &reserve, &tracks, &problem), IEUM_OK);
    CHECK_INT(round_admit(&round, "D7", &problem), IEUM_CONFLICT); /* D5 is before it in its track */
    CHECK_TEXT(problem.expected, "D5");
    problem_clear(&problem);
    CHECK_INT(round_admit(&round, "D6", &problem), IEUM_OK); /* the first of its own */
    CHECK_INT(round_admit(&round, "D8", &problem), IEUM_OK); /* of those in none */
    CHECK_INT(round_admit(&round, "D9", &problem), IEUM_CONFLICT);
    problem_clear(&problem);
    jval *payload = round_write(&round);
    CHECK_INT(round_read(payload, round_state_names[round.state], 1, arena, &again, &problem), IEUM_OK);
    CHECK_INT(again.reserve.count, 2);
    CHECK_INT(again.reserve_tracks.count, 2);
    CHECK_TEXT(again.reserve_tracks.items[1], "a");
    CHECK_INT(round_admit(&again, "D7", &problem), IEUM_CONFLICT);
    problem_clear(&problem);
    CHECK_INT(round_admit(&again, "D5", &problem), IEUM_OK);
    CHECK_INT(round_admit(&again, "D7", &problem), IEUM_OK);
    CHECK_INT(again.reserve.count, 0);
    jval_free(payload);
    arena_free(arena);
}

/* ---- a walk of random steps ---- */

static bool same_stored(const struct round *round) {
    struct arena *arena = arena_new();
    struct problem problem = {0};
    struct round again;
    jval *written = round_write(round), *twice = NULL;
    bool same = round_read(written, round_state_names[round->state], round->revision, arena, &again, &problem) == IEUM_OK;
    if (same) twice = round_write(&again);
    same = same && jval_equal(written, twice) && again.state == round->state;
    jval_free(written);
    jval_free(twice);
    arena_free(arena);
    return same;
}

/* What must hold in every round. */
static bool holds(const struct round *round) {
    bool proposed = false;
    for (size_t i = 0; i < round->pair_count; i++) {
        const struct round_pair *pair = &round->pairs[i];
        if (pair_lives(pair->state) && (round_has_withdrawn(round, true, pair->demand) || round_has_withdrawn(round, false, pair->supplier)) && pair->state != PAIR_SETTLED) return false;
        for (size_t k = 0; k < i; k++) /* no two living ones of the same firms */
            if (pair_lives(pair->state) && pair_lives(round->pairs[k].state) && !strcmp(pair->demand, round->pairs[k].demand) && !strcmp(pair->supplier, round->pairs[k].supplier))
                return false;
        proposed = proposed || pair->state == PAIR_PROPOSED;
        if (pair->state >= PAIR_CONFIRMED && pair->state <= PAIR_SETTLED && !round->confirmed_step) return false;
        if (pair->state >= PAIR_PUBLISHED && pair->state <= PAIR_SETTLED && !round->published_step) return false;
    }
    return !proposed || round->state == ROUND_PROPOSED || round->state == ROUND_CONSENT;
}

static void random_step(struct round *round, struct random *random, struct problem *problem) {
    static const char *const demands[] = {"D1", "D2", "D3"}, *const suppliers[] = {"S1", "S2", "S3"}, *const sides[] = {"demand", "supplier"};
    const char *d = demands[random_below(random, 3)], *s = suppliers[random_below(random, 3)];
    struct pair_ids pairs[3];
    size_t count = 0;
    const enum round_step step = (enum round_step)(1 + random_below(random, ROUND_STEPS - 1));
    if (round->pair_count && random_below(random, 4)) { /* mostly about a pair there is */
        const struct round_pair *pair = &round->pairs[random_below(random, round->pair_count)];
        d = pair->demand;
        s = pair->supplier;
    }
    if ((step == STEP_WITHDRAW || step == STEP_PROPOSE || step == STEP_REMATCH || step == STEP_RECUSE || step == STEP_VETO || step == STEP_OBJECT || step == STEP_WAIVE) && random_below(random, 8)) return;
    if (round_allow(round, step, "kim", "x", problem) != IEUM_OK) return;
    switch (step) {
    case STEP_OPEN: round->state = ROUND_OPEN; break;
    case STEP_SELECT: round_take_selection(round, "s", &(struct text_list){(const char **)demands, 2}, &(struct text_list){(const char **)demands + 2, 1}, &(struct text_list){0},
                                           problem); break;
    case STEP_PROPOSE:
    case STEP_REMATCH:
        for (size_t i = 0; i < round->pair_count && count < 2; i++)
            if (round_keeps_pair(round, &round->pairs[i], step == STEP_REMATCH)) pairs[count++] = (struct pair_ids){round->pairs[i].demand, round->pairs[i].supplier};
        if (!round_has_withdrawn(round, true, d) && !round_has_withdrawn(round, false, s)) pairs[count++] = (struct pair_ids){d, s};
        take(round, "max_sum", pairs, count, step == STEP_REMATCH);
        break;
    case STEP_LOCK: round_restrict(round, RESTRICT_LOCK, d, s, problem); break;
    case STEP_VETO: round_restrict(round, RESTRICT_VETO, d, s, problem); break;
    case STEP_RECUSE: round_restrict(round, RESTRICT_CHALLENGE, d, s, problem); break;
    case STEP_LIFT: round_lift(round, d, s, problem); break;
    case STEP_CONSENT: round_consent(round, &both, d, s, sides[random_below(random, 2)], random_below(random, 5) > 0, monday, problem); break;
    case STEP_EXTEND: round_extend(round, d, s, friday, monday, problem); break;
    case STEP_WITHDRAW: round_withdraw(round, random_below(random, 2) == 0, random_below(random, 2) ? d : s, problem); break;
    case STEP_CONFIRM: round_confirm(round, &both, random_below(random, 2) ? monday : after, problem); break;
    case STEP_PUBLISH: round_publish(round, problem); break;
    case STEP_OBJECT: round_object(round, d, problem); break;
    case STEP_ANSWER: round_answer(round, (int64_t)random_below(random, 4), random_below(random, 2) == 0, problem); break;
    case STEP_ADMIT: round_admit(round, d, problem); break;
    case STEP_AGREE:
    case STEP_DONE:
    case STEP_SETTLE: advance(round, step, d, s, problem); break;
    case STEP_FULFIL: round_fulfil(round, &stages, d, s, &(struct fulfilled){.stage = usual[random_below(random, 3)], .amount_krw = -1}, problem); break;
    case STEP_WAIVE: random_below(random, 3) ? round_waive(round, d, "size", problem) : round_unwaive(round, d, "size", problem); break;
    default: break;
    }
}

TEST(walks_of_random_steps_stay_in_order) {
    struct random random;
    long reached[ROUND_STATES] = {0}, refused = 0, wrong = 0;
    random_seed(&random, 11);
    for (int walk = 0; walk < 800; walk++) {
        struct arena *arena = arena_new();
        struct round round = fresh(arena);
        for (int i = 0; i < 150; i++) {
            struct problem problem = {0};
            jval *before = round_write(&round);
            random_step(&round, &random, &problem);
            jval *now = round_write(&round);
            if (problem.status != IEUM_OK) {
                refused++;
                wrong += !jval_equal(before, now); /* a refusal changes nothing */
            } else {
                round.revision++;
                wrong += !same_stored(&round) || !holds(&round);
            }
            reached[round.state]++;
            jval_free(before);
            jval_free(now);
        }
        arena_free(arena);
    }
    CHECK_INT(wrong, 0);
    CHECK(refused > 1000);
    for (int state = ROUND_OPEN; state < ROUND_STATES; state++) CHECK(reached[state] > 0);
}

TEST_MAIN(steps_are_allowed_as_written_down, who_decides_has_a_name_and_who_overrides_a_reason, a_pair_is_confirmed_by_both_sides_only, a_deadline_can_be_extended_and_a_no_ends_the_pair, a_third_party_has_a_place_of_its_own, a_lock_after_the_proposal_makes_it_stale, a_later_pass_keeps_what_lives, a_rule_is_waived_once_and_can_be_taken_back, a_pair_goes_through_the_stages_of_its_program, an_objection_holds_the_pair_until_it_is_answered, the_reserve_list_steps_in_by_its_order, each_track_has_its_own_turn, walks_of_random_steps_stay_in_order)
