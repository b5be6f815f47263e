/* SPDX-License-Identifier: Apache-2.0 */
/* Selections and passes become the round's. In: ids and digests; who was chosen by what rule is not known here. */
#include <string.h>

#include "round.h"

static ieum_status copy_list(struct round *round, const struct text_list *from, struct text_list *to, struct problem *problem) {
    struct text_list made = {arena_allocate_zero(round->arena, from->count, sizeof *made.items), from->count};
    if (!made.items) return problem_set_memory(problem);
    for (size_t i = 0; i < from->count; i++)
        if (!(made.items[i] = arena_copy_text(round->arena, from->items[i]))) return problem_set_memory(problem);
    *to = made;
    return IEUM_OK;
}

ieum_status round_take_selection(struct round *round, const char *document, const struct text_list *selected, const struct text_list *reserve,
                                 const struct text_list *reserve_tracks, struct problem *problem) {
    ieum_status status = copy_list(round, selected, &round->selected, problem);
    if (status == IEUM_OK) status = copy_list(round, reserve, &round->reserve, problem);
    if (status == IEUM_OK) status = copy_list(round, reserve_tracks, &round->reserve_tracks, problem);
    if (status == IEUM_OK && !(round->selection = arena_copy_text(round->arena, document))) status = problem_set_memory(problem);
    if (status != IEUM_OK) return status;
    round->selection_step = round_this_step(round);
    round->state = ROUND_SELECTED;
    return IEUM_OK;
}

ieum_status round_take_applicants(struct round *round, const struct text_list *demands, struct problem *problem) {
    return round->pass_count <= 1 ? copy_list(round, demands, &round->taken, problem) : IEUM_OK;
}

bool round_keeps_pair(const struct round *round, const struct round_pair *pair, bool rematch) {
    if (!pair_lives(pair->state) || pair->state == PAIR_SETTLED) return false; /* what is settled is over, and in nobody's way */
    return rematch ? pair->state >= PAIR_CONFIRMED : round->state != ROUND_PROPOSED || pair->pass < (int64_t)round->pass_count;
}

/* Nobody has answered the last proposal: it has no standing. */
static void drop_last_pass(struct round *round) {
    while (round->pair_count && round->pairs[round->pair_count - 1].pass == (int64_t)round->pass_count) round->pair_count--;
    if (round->pass_count) round->pass_count--;
}

static bool is_among(const struct pair_ids *pairs, size_t count, const struct round_pair *pair) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].demand, pair->demand) == 0 && strcmp(pairs[i].supplier, pair->supplier) == 0) return true;
    return false;
}

/* What lived before and is not in the new pass. */
static void end_others(struct round *round, const struct pair_ids *pairs, size_t count) {
    for (size_t i = 0; i < round->pair_count; i++) {
        struct round_pair *pair = &round->pairs[i];
        if (!pair_lives(pair->state) || pair->state == PAIR_SETTLED || is_among(pairs, count, pair)) continue;
        pair->state = PAIR_REPLACED;
        pair->step = round_this_step(round);
    }
}

ieum_status round_take_pass(struct round *round, const struct round_pass *pass, const struct pair_ids *pairs, size_t count, const char *due, struct problem *problem) {
    struct round_pass added = *pass;
    if (round->state <= ROUND_PROPOSED && !pass->rematch) drop_last_pass(round);
    added.proposal = arena_copy_text(round->arena, pass->proposal);
    added.inputs = arena_copy_text(round->arena, pass->inputs);
    added.method = arena_copy_text(round->arena, pass->method);
    added.step = round_this_step(round);
    if (!added.proposal || !added.inputs || !added.method || !round_list_add(round->arena, &round->passes, &round->pass_count, &added, sizeof added))
        return problem_set_memory(problem);
    end_others(round, pairs, count);
    for (size_t i = 0; i < count; i++) {
        if (round_find_pair(round, pairs[i].demand, pairs[i].supplier)) continue;
        const struct round_pair pair = {.demand = arena_copy_text(round->arena, pairs[i].demand), .supplier = arena_copy_text(round->arena, pairs[i].supplier),
                                        .pass = (int64_t)round->pass_count, .step = round_this_step(round), .due = due ? arena_copy_text(round->arena, due) : NULL};
        if (!pair.demand || !pair.supplier || (due && !pair.due) || !round_list_add(round->arena, &round->pairs, &round->pair_count, &pair, sizeof pair))
            return problem_set_memory(problem);
    }
    round->stale = false;
    round->state = ROUND_PROPOSED;
    round_settle_state(round);
    return IEUM_OK;
}
