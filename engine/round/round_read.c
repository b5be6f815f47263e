/* SPDX-License-Identifier: Apache-2.0 */
/* The stored form of a round, read back. A store that was changed by hand is refused with the place, like any other input. */
#include <string.h>

#include "round.h"

#define STEPS_MOST INT64_C(1000000000)
#define SEED_MOST (INT64_C(1) << 53)

static const struct jpath root = {NULL, NULL, 0};

/* Reads the elements of object[key] one by one into a list of its own. */
typedef ieum_status (*read_one)(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem);

static ieum_status read_list(const jval *object, const struct jpath *at, const char *key, size_t size, read_one read, struct arena *arena, void *list, size_t *count,
                             struct problem *problem) {
    const jval *array = NULL;
    const struct jpath list_at = {at, key, 0};
    void **items = list;
    ieum_status status = field_array(object, at, key, true, &array, problem);
    if (status != IEUM_OK) return status;
    char *room = arena_allocate_zero(arena, jval_count(array), size);
    if (!room) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(array) && status == IEUM_OK; i++)
        status = read(jval_at(array, i), &(struct jpath){&list_at, NULL, i}, arena, room + i * size, problem);
    *items = room;
    *count = jval_count(array);
    return status;
}

static ieum_status read_text(const jval *json, const struct jpath *at, const char *key, bool required, struct arena *arena, const char **text, struct problem *problem) {
    const char *found = NULL;
    ieum_status status = field_text(json, at, key, required, &found, problem);
    if (status != IEUM_OK || !found) return status;
    *text = arena_copy_text(arena, found);
    return *text ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status read_step(const jval *json, const struct jpath *at, const char *key, bool required, int64_t *step, struct problem *problem) {
    return field_integer(json, at, key, required, 0, STEPS_MOST, step, problem);
}

static ieum_status read_restriction(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    struct restriction *it = item;
    size_t kind = 0;
    ieum_status status = field_choice(json, at, "kind", true, restriction_names, RESTRICTIONS, &kind, problem);
    if (status == IEUM_OK) status = read_text(json, at, "demand", true, arena, &it->demand, problem);
    if (status == IEUM_OK) status = read_text(json, at, "supplier", true, arena, &it->supplier, problem);
    if (status == IEUM_OK) status = read_step(json, at, "step", true, &it->step, problem);
    it->kind = (enum restriction_kind)kind;
    return status;
}

static ieum_status read_withdrawal(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    static const char *const sides[] = {"demand", "supplier"};
    struct withdrawal *it = item;
    size_t side = 0;
    ieum_status status = field_choice(json, at, "side", true, sides, 2, &side, problem);
    if (status == IEUM_OK) status = read_text(json, at, "id", true, arena, &it->id, problem);
    if (status == IEUM_OK) status = read_step(json, at, "step", true, &it->step, problem);
    it->demand_side = side == 0;
    return status;
}

static ieum_status read_waiver(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    struct round_waiver *it = item;
    ieum_status status = read_text(json, at, "demand", true, arena, &it->demand, problem);
    if (status == IEUM_OK) status = read_text(json, at, "rule", true, arena, &it->rule, problem);
    return status == IEUM_OK ? read_step(json, at, "step", true, &it->step, problem) : status;
}

static ieum_status read_pass(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    struct round_pass *it = item;
    ieum_status status = read_text(json, at, "proposal", true, arena, &it->proposal, problem);
    if (status == IEUM_OK) status = read_text(json, at, "inputs", true, arena, &it->inputs, problem);
    if (status == IEUM_OK) status = read_text(json, at, "method", true, arena, &it->method, problem);
    if (status == IEUM_OK) status = field_bool(json, at, "rematch", true, &it->rematch, problem);
    if (status == IEUM_OK) status = read_step(json, at, "step", true, &it->step, problem);
    return status;
}

static ieum_status read_consent(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    struct consent *it = item;
    ieum_status status = read_text(json, at, "side", true, arena, &it->side, problem);
    if (status == IEUM_OK) status = field_bool(json, at, "yes", true, &it->yes, problem);
    if (status == IEUM_OK) status = read_step(json, at, "step", true, &it->step, problem);
    return status;
}

static ieum_status read_third(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    struct third_place *it = item;
    ieum_status status = read_text(json, at, "place", true, arena, &it->place, problem);
    if (status == IEUM_OK) status = read_text(json, at, "party", true, arena, &it->party, problem);
    if (status == IEUM_OK) status = read_step(json, at, "step", true, &it->step, problem);
    return status;
}

static ieum_status read_fulfilled(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    struct fulfilled *it = item;
    size_t result = RESULT_NONE;
    it->amount_krw = -1;
    ieum_status status = read_text(json, at, "stage", true, arena, &it->stage, problem);
    if (status == IEUM_OK && jval_get(json, "result")) status = field_choice(json, at, "result", true, stage_result_names, STAGE_RESULTS, &result, problem);
    if (status == IEUM_OK) status = field_integer(json, at, "amount_krw", false, 0, INT64_C(1) << 53, &it->amount_krw, problem);
    if (status == IEUM_OK) status = read_text(json, at, "document", false, arena, &it->document, problem);
    if (status == IEUM_OK) status = read_step(json, at, "step", true, &it->step, problem);
    it->result = (enum stage_result)result;
    return status;
}

static ieum_status read_pair(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    struct round_pair *it = item;
    size_t state = 0;
    ieum_status status = read_text(json, at, "demand", true, arena, &it->demand, problem);
    if (status == IEUM_OK) status = read_text(json, at, "supplier", true, arena, &it->supplier, problem);
    if (status == IEUM_OK) status = field_choice(json, at, "state", true, pair_state_names, PAIR_STATES, &state, problem);
    if (status == IEUM_OK) status = read_step(json, at, "pass", true, &it->pass, problem);
    if (status == IEUM_OK) status = read_step(json, at, "step", true, &it->step, problem);
    if (status == IEUM_OK) status = read_text(json, at, "due", false, arena, &it->due, problem);
    if (status == IEUM_OK) status = field_bool(json, at, "held", true, &it->held, problem);
    if (status == IEUM_OK)
        status = read_list(json, at, "consents", sizeof *it->consents, read_consent, arena, &it->consents, &it->consent_count, problem);
    if (status == IEUM_OK)
        status = read_list(json, at, "third_parties", sizeof *it->thirds, read_third, arena, &it->thirds, &it->third_count, problem);
    if (status == IEUM_OK && jval_get(json, "fulfilled"))
        status = read_list(json, at, "fulfilled", sizeof *it->fulfilled, read_fulfilled, arena, &it->fulfilled, &it->fulfilled_count, problem);
    it->state = (enum round_pair_state)state;
    return status;
}

static ieum_status read_objection(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    struct objection *it = item;
    size_t state = 0;
    ieum_status status = read_text(json, at, "demand", true, arena, &it->demand, problem);
    if (status == IEUM_OK) status = field_choice(json, at, "state", true, objection_state_names, OBJECTION_STATES, &state, problem);
    if (status == IEUM_OK) status = read_step(json, at, "step", true, &it->step, problem);
    if (status == IEUM_OK) status = read_step(json, at, "answer_step", false, &it->answer_step, problem);
    it->state = (enum objection_state)state;
    return status;
}

static ieum_status read_attachment(const jval *json, const struct jpath *at, struct arena *arena, void *item, struct problem *problem) {
    struct attachment *it = item;
    ieum_status status = read_text(json, at, "document", true, arena, &it->document, problem);
    return status == IEUM_OK ? read_step(json, at, "step", true, &it->step, problem) : status;
}

static ieum_status read_settings(const jval *payload, struct round *round, struct problem *problem) {
    static const char *const criteria[] = {"all", "fit"}, *const intakes[] = {"batch", "rolling"};
    const struct jpath at = {&root, "settings", 0};
    const jval *settings = NULL;
    size_t chosen = 0, intake = 0;
    bool rules = true;
    ieum_status status = field_object(payload, NULL, "settings", true, &settings, problem);
    if (status == IEUM_OK) status = read_text(settings, &at, "method", false, round->arena, &round->method, problem);
    if (status == IEUM_OK) status = read_text(settings, &at, "model", false, round->arena, &round->model, problem);
    if (status == IEUM_OK) status = field_choice(settings, &at, "criteria", true, criteria, 2, &chosen, problem);
    if (status == IEUM_OK) status = field_bool(settings, &at, "rules", true, &rules, problem);
    if (status == IEUM_OK) status = field_choice(settings, &at, "intake", true, intakes, 2, &intake, problem);
    if (status == IEUM_OK) status = read_text(settings, &at, "applied_from", false, round->arena, &round->applied_from, problem);
    if (status == IEUM_OK) status = read_text(settings, &at, "applied_to", false, round->arena, &round->applied_to, problem);
    round->fit_only = chosen == 1;
    round->no_rules = !rules;
    round->rolling = intake == 1;
    return status;
}

static ieum_status read_draw(const jval *payload, struct round *round, struct problem *problem) {
    const struct jpath at = {&root, "draw", 0};
    const jval *draw = NULL;
    ieum_status status = field_object(payload, NULL, "draw", true, &draw, problem);
    if (status == IEUM_OK) status = field_integer(draw, &at, "seed", true, 0, SEED_MOST, &round->seed, problem);
    if (status == IEUM_OK) status = read_text(draw, &at, "salt", true, round->arena, &round->salt, problem);
    if (status == IEUM_OK) status = read_text(draw, &at, "commitment", true, round->arena, &round->commitment, problem);
    return status;
}

static ieum_status read_ids(const jval *object, const struct jpath *at, const char *key, struct arena *arena, struct text_list *ids, struct problem *problem) {
    ieum_status status = field_text_list(object, at, key, true, arena, ids, problem);
    for (size_t i = 0; i < ids->count && status == IEUM_OK; i++)
        if (!(ids->items[i] = arena_copy_text(arena, ids->items[i]))) status = problem_set_memory(problem);
    return status;
}

/* One for each on the reserve list, "" where it has none. */
static ieum_status read_tracks(const jval *selection, const struct jpath *at, struct round *round, struct problem *problem) {
    const jval *list = NULL;
    ieum_status status = field_array(selection, at, "reserve_tracks", true, &list, problem);
    if (status == IEUM_OK && jval_count(list) != round->reserve.count)
        status = jval_refuse(problem, &(struct jpath){at, "reserve_tracks", 0}, list, NULL, "예비순위와 그 트랙의 수가 다릅니다.", "The tracks are not as many as the reserve list.");
    const char **items = arena_allocate_zero(round->arena, jval_count(list), sizeof *items);
    if (status == IEUM_OK && !items) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        if (!(items[i] = arena_copy_text(round->arena, jval_text(jval_at(list, i))))) status = problem_set_memory(problem);
    if (status == IEUM_OK) round->reserve_tracks = (struct text_list){items, jval_count(list)};
    return status;
}

static ieum_status read_selection(const jval *payload, struct round *round, struct problem *problem) {
    const struct jpath at = {&root, "selection", 0};
    const jval *selection = NULL;
    ieum_status status = field_object(payload, NULL, "selection", false, &selection, problem);
    if (status != IEUM_OK || !selection) return status;
    status = read_text(selection, &at, "document", true, round->arena, &round->selection, problem);
    if (status == IEUM_OK) status = read_step(selection, &at, "step", true, &round->selection_step, problem);
    if (status == IEUM_OK) status = read_ids(selection, &at, "selected", round->arena, &round->selected, problem);
    if (status == IEUM_OK) status = read_ids(selection, &at, "reserve", round->arena, &round->reserve, problem);
    if (status == IEUM_OK && jval_get(selection, "reserve_tracks")) status = read_tracks(selection, &at, round, problem);
    return status;
}

static ieum_status find_state(const char *name, enum round_state *state, struct problem *problem) {
    for (int i = 0; i < ROUND_STATES; i++) {
        if (strcmp(round_state_names[i], name) != 0) continue;
        *state = (enum round_state)i;
        return IEUM_OK;
    }
    ieum_status status = problem_set(problem, IEUM_STORE, "", "저장소의 회차 상태를 알 수 없습니다.", "The stored state of the round is not known.");
    problem_set_value(problem, name);
    return status;
}

ieum_status round_read(const jval *payload, const char *state, int64_t revision, struct arena *arena, struct round *round, struct problem *problem) {
    struct round read = {.arena = arena, .revision = revision};
    ieum_status status = find_state(state, &read.state, problem);
    if (status == IEUM_OK) status = read_settings(payload, &read, problem);
    if (status == IEUM_OK) status = read_draw(payload, &read, problem);
    if (status == IEUM_OK) status = field_bool(payload, NULL, "stale", true, &read.stale, problem);
    if (status == IEUM_OK)
        status = read_list(payload, &root, "restrictions", sizeof *read.restrictions, read_restriction, arena, &read.restrictions, &read.restriction_count, problem);
    if (status == IEUM_OK)
        status = read_list(payload, &root, "withdrawals", sizeof *read.withdrawals, read_withdrawal, arena, &read.withdrawals, &read.withdrawal_count, problem);
    if (status == IEUM_OK && jval_get(payload, "waivers"))
        status = read_list(payload, &root, "waivers", sizeof *read.waivers, read_waiver, arena, &read.waivers, &read.waiver_count, problem);
    if (status == IEUM_OK) status = read_selection(payload, &read, problem);
    if (status == IEUM_OK) status = read_ids(payload, &root, "taken", read.arena, &read.taken, problem);
    if (status == IEUM_OK) status = read_list(payload, &root, "passes", sizeof *read.passes, read_pass, arena, &read.passes, &read.pass_count, problem);
    if (status == IEUM_OK) status = read_list(payload, &root, "pairs", sizeof *read.pairs, read_pair, arena, &read.pairs, &read.pair_count, problem);
    if (status == IEUM_OK)
        status = read_list(payload, &root, "objections", sizeof *read.objections, read_objection, arena, &read.objections, &read.objection_count, problem);
    if (status == IEUM_OK)
        status = read_list(payload, &root, "attachments", sizeof *read.attachments, read_attachment, arena, &read.attachments, &read.attachment_count, problem);
    if (status == IEUM_OK) status = read_step(payload, NULL, "confirmed_step", true, &read.confirmed_step, problem);
    if (status == IEUM_OK) status = read_step(payload, NULL, "published_step", true, &read.published_step, problem);
    if (status == IEUM_OK) *round = read;
    return status;
}
