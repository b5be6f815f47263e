/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of demands under compiled rules: of each kind of supplier, which of the demands it may not serve, as bits. */
#include "pair_block.h"

#include <string.h>

#include "../base/map.h"
#include "pair_parts.h"

struct pair_block {
    const struct pair_rules *rules;
    uint32_t demands[LANES];
    size_t count;
    uint16_t **masks; /* of each tabled rule: of each kind of what suppliers hold; NULL: it bars nobody, or is judged pair by pair */
};

ieum_status pair_block_make(const struct pair_rules *rules, const uint32_t *demands, size_t count, struct arena *arena,
                            struct pair_block **block, struct problem *problem) {
    struct pair_block *made = arena_allocate_zero(arena, 1, sizeof *made);
    if (made) made->masks = arena_allocate_zero(arena, rules->tabled_count + 1, sizeof *made->masks);
    if (!made || !made->masks) return problem_set_memory(problem);
    made->rules = rules;
    made->count = count;
    for (size_t l = 0; l < count; l++) made->demands[l] = demands[l];
    for (size_t r = 0; r < rules->tabled_count; r++) {
        const struct tabled_rule *tabled = &rules->tabled[r];
        unsigned any = 0;
        uint16_t *masks = arena_allocate_zero(arena, tabled->held_count + 1, sizeof *masks);
        if (!masks) return problem_set_memory(problem);
        for (size_t l = 0; l < count && tabled->fails; l++) {
            const uint32_t asked = tabled->asked[demands[l]];
            for (size_t k = 0; k < tabled->held_count && asked != MAP_NONE; k++) {
                masks[k] |= (uint16_t)(tabled->fails[asked * tabled->held_count + k] << l);
                any |= masks[k];
            }
        }
        made->masks[r] = any ? masks : NULL;
    }
    *block = made;
    return IEUM_OK;
}

static ieum_status judge_singly(const struct pair_block *block, const struct tabled_rule *tabled, size_t first, size_t count, uint16_t *barred,
                                struct problem *problem) {
    struct arena *arena = arena_new();
    ieum_status status = arena ? IEUM_OK : problem_set_memory(problem);
    for (size_t l = 0; l < block->count; l++)
        for (size_t i = 0; i < count && status == IEUM_OK && tabled->asked[block->demands[l]] != MAP_NONE; i++) {
            bool failed = false;
            status = pair_rule_fails(tabled->rule, block->rules->demands[block->demands[l]], &block->rules->suppliers[first + i], arena, &failed, problem);
            barred[i] |= (uint16_t)(failed << l);
        }
    arena_free(arena);
    return status;
}

static void bar_listed(const supplier_list *list, size_t lane, size_t first, size_t count, uint16_t *barred) {
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (list->items[middle] < first) low = middle + 1;
        else high = middle;
    }
    for (; low < list->count && list->items[low] < first + count; low++) barred[list->items[low] - first] |= (uint16_t)(1u << lane);
}

ieum_status pair_block_judge(const struct pair_block *block, size_t first, size_t count, uint16_t *barred, struct problem *problem) {
    const struct pair_rules *rules = block->rules;
    ieum_status status = IEUM_OK;
    memset(barred, 0, count * sizeof *barred);
    for (size_t r = 0; r < rules->tabled_count && status == IEUM_OK; r++) {
        const uint16_t *masks = block->masks[r];
        const uint32_t *held = rules->tabled[r].held + first;
        for (size_t i = 0; i < count && masks; i++) barred[i] |= masks[held[i]];
        if (!rules->tabled[r].fails) status = judge_singly(block, &rules->tabled[r], first, count, barred, problem);
    }
    for (size_t l = 0; l < block->count; l++) bar_listed(&rules->barred[block->demands[l]], l, first, count, barred);
    return status;
}
