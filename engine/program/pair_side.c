/* SPDX-License-Identifier: Apache-2.0 */
/* The suppliers' half of compiled pair rules: what they hold is numbered rule by rule, and who they are is laid out by id, name and number. */
#include <stdio.h>

#include "../base/map.h"
#include "../base/parallel.h"
#include "locate.h"
#include "pair_parts.h"

/* What a rule sees of a supplier: the value, and for codes the revision beside it. */
static bool held_key(const struct rule *rule, const struct supplier *supplier, struct buffer *key) {
    char sibling[160];
    if (!pair_value_key(value_at(supplier->json, rule->supplier_field), key)) return false;
    const int written = rule->ksic ? snprintf(sibling, sizeof sibling, "%s_rev", rule->supplier_field) : -1;
    if (written < 0 || (size_t)written >= sizeof sibling) return true;
    buffer_add_byte(key, '|');
    return pair_value_key(value_at(supplier->json, sibling), key);
}

/* `held->first` gets the first supplier of each kind. */
static bool number_held(const struct pair_side *side, const struct rule *rule, struct held_values *values) {
    struct map *map = map_new();
    struct buffer key = BUFFER_EMPTY;
    values->held = memory_allocate_zero(side->supplier_count, sizeof *values->held);
    bool good = map && values->held;
    for (size_t s = 0; s < side->supplier_count && good; s++) {
        buffer_clear(&key);
        good = held_key(rule, &side->suppliers[s], &key);
        const uint32_t kind = good ? map_intern(map, key.bytes ? key.bytes : "", key.size) : MAP_NONE;
        good = kind != MAP_NONE && (kind < values->first.count || vector_push(&values->first, (uint32_t)s));
        values->held[s] = kind;
    }
    buffer_free(&key);
    map_free(map);
    return good;
}

/* Each tabled rule is a job, and who is whose kin is the last. */
struct laying {
    const struct program *program;
    struct pair_side *side;
    bool *good; /* one a job */
};

static void lay_one(void *context, size_t job, int worker) {
    const struct laying *laying = context;
    struct pair_side *side = laying->side;
    (void)worker;
    if (job < side->tabled_count) {
        struct held_values *values = &side->tabled[job];
        laying->good[job] = number_held(side, &laying->program->pair_rules[values->rule], values);
    } else {
        side->kin = pair_kin_new(side->suppliers, side->supplier_count);
        laying->good[job] = side->kin != NULL;
    }
}

static bool is_tabled(enum rule_test test) { return test != TEST_NOT_LISTED && test != TEST_UNRELATED; }

ieum_status pair_side_new(const struct program *program, const struct supplier *suppliers, size_t supplier_count, int threads, struct pair_side **side,
                          struct problem *problem) {
    struct pair_side *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    *made = (struct pair_side){.suppliers = suppliers, .supplier_count = supplier_count};
    made->tabled = memory_allocate_zero(program->pair_rule_count, sizeof *made->tabled);
    struct laying laying = {program, made, memory_allocate_zero(program->pair_rule_count + 1, sizeof *laying.good)};
    bool good = made->tabled && laying.good;
    for (size_t r = 0; r < program->pair_rule_count && good; r++)
        if (is_tabled(program->pair_rules[r].test)) made->tabled[made->tabled_count++].rule = r;
    const size_t jobs = made->tabled_count + (made->tabled_count < program->pair_rule_count);
    if (good) parallel_for(threads, jobs, lay_one, &laying);
    for (size_t j = 0; j < jobs && good; j++) good = laying.good[j];
    memory_free(laying.good);
    if (good) *side = made;
    else pair_side_free(made);
    return good ? IEUM_OK : problem_set_memory(problem);
}

void pair_side_free(struct pair_side *side) {
    if (!side) return;
    for (size_t r = 0; r < side->tabled_count; r++) {
        memory_free(side->tabled[r].held);
        vector_free(&side->tabled[r].first);
    }
    memory_free(side->tabled);
    pair_kin_free(side->kin);
    memory_free(side);
}
