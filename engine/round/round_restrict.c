/* SPDX-License-Identifier: Apache-2.0 */
/* Locks, vetoes, recusals, withdrawals, and who steps in. In: the round and ids. What they mean for an assignment is not decided here. */
#include <string.h>

#include "round.h"

static struct restriction *find(const struct round *round, const char *demand, const char *supplier) {
    for (size_t i = 0; i < round->restriction_count; i++) {
        struct restriction *it = &round->restrictions[i];
        if (strcmp(it->demand, demand) == 0 && strcmp(it->supplier, supplier) == 0) return it;
    }
    return NULL;
}

/* A proposal that nobody has answered yet is out of date; one that is being answered stays, and the next pass heeds the change. */
static void mark_stale(struct round *round) {
    if (round->state == ROUND_PROPOSED) round->stale = true;
}

static void withdraw_pair(struct round *round, struct round_pair *pair) {
    pair->state = PAIR_WITHDRAWN;
    pair->step = round_this_step(round);
}

ieum_status round_restrict(struct round *round, enum restriction_kind kind, const char *demand, const char *supplier, struct problem *problem) {
    const struct restriction *there = find(round, demand, supplier);
    struct round_pair *pair = round_find_pair(round, demand, supplier);
    if (there && (there->kind == kind || there->kind == RESTRICT_LOCK || kind == RESTRICT_LOCK)) {
        ieum_status status = problem_set(problem, IEUM_CONFLICT, "/demand", "'%1$s'–'%2$s' 조합에는 이미 '%3$s' 조치가 있습니다. 먼저 그것을 거두어야 합니다(lift).",
                                         "The pair '%1$s' – '%2$s' is under '%3$s' already; take that back first (lift).", demand, supplier, restriction_names[there->kind]);
        problem_set_value(problem, restriction_names[there->kind]);
        return status;
    }
    if (kind != RESTRICT_LOCK && pair && pair->state >= PAIR_AGREED)
        return problem_set(problem, IEUM_CONFLICT, "/demand", "'%s'–'%s' 조합은 이미 협약되었습니다. 협약 뒤에는 철회(withdraw)로 처리합니다.",
                           "The pair '%s' – '%s' has an agreement; after that a party can only withdraw.", demand, supplier);
    const struct restriction added = {kind, arena_copy_text(round->arena, demand), arena_copy_text(round->arena, supplier), round_this_step(round)};
    if (!added.demand || !added.supplier || !round_list_add(round->arena, &round->restrictions, &round->restriction_count, &added, sizeof added))
        return problem_set_memory(problem);
    mark_stale(round);
    if (kind != RESTRICT_LOCK && pair && round->state > ROUND_PROPOSED) withdraw_pair(round, pair);
    return IEUM_OK;
}

ieum_status round_lift(struct round *round, const char *demand, const char *supplier, struct problem *problem) {
    size_t kept = 0;
    for (size_t i = 0; i < round->restriction_count; i++) {
        const struct restriction it = round->restrictions[i];
        if (strcmp(it.demand, demand) != 0 || strcmp(it.supplier, supplier) != 0) round->restrictions[kept++] = it;
    }
    if (kept == round->restriction_count)
        return problem_set(problem, IEUM_NOT_FOUND, "/demand", "'%s'–'%s' 조합에는 거둘 조치가 없습니다.", "Nothing restricts the pair '%s' – '%s'.", demand, supplier);
    round->restriction_count = kept;
    mark_stale(round);
    return IEUM_OK;
}

/* ---- waivers ---- */

static size_t find_waiver(const struct round *round, const char *demand, const char *rule) {
    size_t i = 0;
    while (i < round->waiver_count && !(strcmp(round->waivers[i].demand, demand) == 0 && strcmp(round->waivers[i].rule, rule) == 0)) i++;
    return i;
}

ieum_status round_waive(struct round *round, const char *demand, const char *rule, struct problem *problem) {
    if (find_waiver(round, demand, rule) < round->waiver_count) {
        ieum_status status = problem_set(problem, IEUM_CONFLICT, "/rule", "'%s'의 이 요건에는 이미 예외를 두었습니다.", "This rule is waived for '%s' already.", demand);
        problem_set_value(problem, rule);
        return status;
    }
    const struct round_waiver added = {arena_copy_text(round->arena, demand), arena_copy_text(round->arena, rule), round_this_step(round)};
    if (!added.demand || !added.rule || !round_list_add(round->arena, &round->waivers, &round->waiver_count, &added, sizeof added)) return problem_set_memory(problem);
    mark_stale(round);
    return IEUM_OK;
}

ieum_status round_unwaive(struct round *round, const char *demand, const char *rule, struct problem *problem) {
    const size_t at = find_waiver(round, demand, rule);
    if (at == round->waiver_count) {
        ieum_status status = problem_set(problem, IEUM_NOT_FOUND, "/rule", "'%s'의 이 요건에 둔 예외가 없습니다.", "This rule is not waived for '%s'.", demand);
        problem_set_value(problem, rule);
        return status;
    }
    memmove(&round->waivers[at], &round->waivers[at + 1], (round->waiver_count - at - 1) * sizeof *round->waivers);
    round->waiver_count--;
    mark_stale(round);
    return IEUM_OK;
}

bool round_has_withdrawn(const struct round *round, bool demand_side, const char *id) {
    for (size_t i = 0; i < round->withdrawal_count; i++)
        if (round->withdrawals[i].demand_side == demand_side && strcmp(round->withdrawals[i].id, id) == 0) return true;
    return false;
}

ieum_status round_withdraw(struct round *round, bool demand_side, const char *id, struct problem *problem) {
    if (round_has_withdrawn(round, demand_side, id))
        return problem_set(problem, IEUM_CONFLICT, demand_side ? "/demand" : "/supplier", "'%s'은(는) 이미 철회했습니다.", "'%s' has withdrawn already.", id);
    const struct withdrawal added = {demand_side, arena_copy_text(round->arena, id), round_this_step(round)};
    if (!added.id || !round_list_add(round->arena, &round->withdrawals, &round->withdrawal_count, &added, sizeof added)) return problem_set_memory(problem);
    for (size_t i = 0; i < round->pair_count; i++) {
        struct round_pair *pair = &round->pairs[i];
        if (pair_lives(pair->state) && pair->state != PAIR_SETTLED && strcmp(demand_side ? pair->demand : pair->supplier, id) == 0) withdraw_pair(round, pair);
    }
    mark_stale(round);
    return IEUM_OK;
}

static size_t place_of(const struct text_list *list, const char *id) {
    size_t i = 0;
    while (i < list->count && strcmp(list->items[i], id) != 0) i++;
    return i;
}

/* Whether the place of the list is before `demand` in its turn: of the same track, where there are tracks. */
static bool is_of_track(const struct round *round, size_t place, size_t asked) {
    return round->reserve_tracks.count == 0 || asked == round->reserve.count || strcmp(round->reserve_tracks.items[place], round->reserve_tracks.items[asked]) == 0;
}

/* The list without what stands at a place. */
static bool take_out(struct round *round, size_t place, struct text_list *list) {
    const char **items = arena_allocate_zero(round->arena, list->count, sizeof *items);
    if (!items) return false;
    for (size_t i = 0, at = 0; i < list->count; i++)
        if (i != place) items[at++] = list->items[i];
    *list = (struct text_list){items, list->count - 1};
    return true;
}

ieum_status round_admit(struct round *round, const char *demand, struct problem *problem) {
    const size_t asked = place_of(&round->reserve, demand);
    size_t first = 0;
    while (first < round->reserve.count && (round_has_withdrawn(round, true, round->reserve.items[first]) || !is_of_track(round, first, asked))) first++;
    if (first == round->reserve.count)
        return problem_set(problem, IEUM_CONFLICT, "/demand", "예비순위에 남은 과제가 없습니다.", "Nobody is left on the reserve list.");
    const char *next = round->reserve.items[first];
    if (strcmp(next, demand) != 0) {
        ieum_status status = problem_set(problem, IEUM_CONFLICT, "/demand", "예비순위의 차례는 '%2$s'입니다. '%1$s'은(는) 아직 차례가 아니거나 예비순위에 없습니다.",
                                         "The next on the reserve list is '%2$s'; '%1$s' is not.", demand, next);
        problem_set_value(problem, demand);
        problem_set_expected(problem, next);
        return status;
    }
    if (!round_list_add(round->arena, &round->selected.items, &round->selected.count, &next, sizeof next)) return problem_set_memory(problem);
    if (!take_out(round, first, &round->reserve) || (round->reserve_tracks.count && !take_out(round, first, &round->reserve_tracks))) return problem_set_memory(problem);
    mark_stale(round);
    return IEUM_OK;
}
