/* SPDX-License-Identifier: Apache-2.0 */
#include "pair_block.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/map.h"
#include "judge.h"
#include "kinship.h"
#include "locate.h"
#include "pair_kin.h"

/* More verdicts than this are not kept in a table: the rule is then judged pair by pair, and memory stays small. */
static const size_t MOST_VERDICTS = (size_t)1 << 24;

/* A rule that looks at one value of each side. */
struct tabled_rule {
    const struct rule *rule;
    uint32_t *asked;  /* of each demand: the kind of what it asks; MAP_NONE: it asks nothing, the rule passes */
    uint32_t *held;   /* of each supplier: the kind of what it holds */
    size_t held_count;
    uint8_t *fails;   /* asked kind × held kind; NULL: judged pair by pair */
};

struct pair_rules {
    const struct demand *const *demands;
    const struct supplier *suppliers;
    size_t demand_count, supplier_count;
    struct tabled_rule *tabled;
    size_t tabled_count;
    supplier_list *barred; /* of each demand, rising: who is excluded by id or related */
};

/* ---- kinds of values ---- */

/* A value as bytes: equal bytes, equal verdicts. */
static bool value_key(const jval *value, struct buffer *key) {
    char *text = NULL;
    struct problem ignored = {0};
    if (!value) return true;
    if (jval_write(value, true, &text, &ignored) != IEUM_OK) return false;
    buffer_add(key, text, strlen(text) + 1);
    memory_free(text);
    return !key->failed;
}

/* What a rule sees of a supplier: the value, and for codes the revision beside it. */
static bool held_key(const struct rule *rule, const struct supplier *supplier, struct buffer *key) {
    char sibling[160];
    if (!value_key(value_at(supplier->json, rule->supplier_field), key)) return false;
    const int written = rule->ksic ? snprintf(sibling, sizeof sibling, "%s_rev", rule->supplier_field) : -1;
    if (written < 0 || (size_t)written >= sizeof sibling) return true;
    buffer_add_byte(key, '|');
    return value_key(value_at(supplier->json, sibling), key);
}

/* What a rule sees of a demand: what it asks; for an age, the day that counts. `*asks` is false where the rule passes whoever the supplier is. */
static bool asked_key(const struct rule *rule, const struct demand *demand, struct buffer *key, bool *asks) {
    *asks = true;
    if (rule_test_is_pair(rule->test)) {
        const jval *asked = value_at(demand->json, rule->field);
        *asks = !value_missing(asked);
        return !*asks || value_key(asked, key);
    }
    return rule->reference == NULL || value_key(value_at(demand->json, rule->reference), key);
}

static const char *bytes_of(const struct buffer *buffer) { return buffer->bytes ? buffer->bytes : ""; }

/* Numbers the suppliers' values; `first` gets the first supplier of each. */
static bool number_held(const struct pair_rules *rules, struct tabled_rule *tabled, supplier_list *first) {
    struct map *map = map_new();
    struct buffer key = BUFFER_EMPTY;
    tabled->held = memory_allocate_zero(rules->supplier_count, sizeof *tabled->held);
    bool good = map && tabled->held;
    for (size_t s = 0; s < rules->supplier_count && good; s++) {
        buffer_clear(&key);
        good = held_key(tabled->rule, &rules->suppliers[s], &key);
        const uint32_t kind = good ? map_intern(map, bytes_of(&key), key.size) : MAP_NONE;
        good = kind != MAP_NONE && (kind < first->count || vector_push(first, (uint32_t)s));
        tabled->held[s] = kind;
    }
    tabled->held_count = first->count;
    buffer_free(&key);
    map_free(map);
    return good;
}

static bool number_asked(const struct pair_rules *rules, struct tabled_rule *tabled, supplier_list *first) {
    struct map *map = map_new();
    struct buffer key = BUFFER_EMPTY;
    tabled->asked = memory_allocate_zero(rules->demand_count, sizeof *tabled->asked);
    bool good = map && tabled->asked, asks = true;
    for (size_t d = 0; d < rules->demand_count && good; d++) {
        buffer_clear(&key);
        good = asked_key(tabled->rule, rules->demands[d], &key, &asks);
        tabled->asked[d] = MAP_NONE;
        if (!good || !asks) continue;
        const uint32_t kind = map_intern(map, bytes_of(&key), key.size);
        good = kind != MAP_NONE && (kind < first->count || vector_push(first, (uint32_t)d));
        tabled->asked[d] = kind;
    }
    buffer_free(&key);
    map_free(map);
    return good;
}

/* ---- verdicts ---- */

static ieum_status fails(const struct rule *rule, const struct demand *demand, const struct supplier *supplier, struct arena *arena, bool *failed,
                         struct problem *problem) {
    struct finding finding;
    ieum_status status = rule_judge(rule, demand, supplier, arena, &finding, problem);
    *failed = status == IEUM_OK && finding.verdict == VERDICT_FAIL;
    return status;
}

/* One row of verdicts; the sentences that come with them are thrown away. */
static ieum_status judge_row(const struct pair_rules *rules, const struct rule *rule, const struct demand *demand, const supplier_list *held,
                             uint8_t *row, struct problem *problem) {
    struct arena *arena = arena_new();
    ieum_status status = arena ? IEUM_OK : problem_set_memory(problem);
    for (size_t k = 0; k < held->count && status == IEUM_OK; k++) {
        bool failed = false;
        status = fails(rule, demand, &rules->suppliers[held->items[k]], arena, &failed, problem);
        row[k] = failed;
    }
    arena_free(arena);
    return status;
}

static ieum_status compile_table(const struct pair_rules *rules, const struct rule *rule, struct tabled_rule *tabled, struct problem *problem) {
    supplier_list asked = {0}, held = {0};
    ieum_status status = IEUM_OK;
    size_t cells = 0;
    *tabled = (struct tabled_rule){.rule = rule};
    if (!number_held(rules, tabled, &held) || !number_asked(rules, tabled, &asked)) status = problem_set_memory(problem);
    else if (!__builtin_mul_overflow(asked.count, held.count, &cells) && cells <= MOST_VERDICTS) {
        tabled->fails = memory_allocate_zero(cells, 1);
        if (!tabled->fails) status = problem_set_memory(problem);
        for (size_t a = 0; a < asked.count && status == IEUM_OK; a++)
            status = judge_row(rules, rule, rules->demands[asked.items[a]], &held, tabled->fails + a * held.count, problem);
    }
    vector_free(&asked);
    vector_free(&held);
    return status;
}

static int compare_numbers(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Keeps those of list[from..] that the rule fails. */
static ieum_status keep_failing(const struct pair_rules *rules, const struct rule *rule, const struct demand *demand, size_t from,
                                supplier_list *list, struct problem *problem) {
    struct arena *arena = arena_new();
    ieum_status status = arena ? IEUM_OK : problem_set_memory(problem);
    size_t kept = from;
    for (size_t i = from; i < list->count && status == IEUM_OK; i++) {
        bool failed = false;
        status = fails(rule, demand, &rules->suppliers[list->items[i]], arena, &failed, problem);
        if (failed) list->items[kept++] = list->items[i];
    }
    list->count = kept;
    arena_free(arena);
    return status;
}

/* Who is barred from a demand by id or kinship. */
static ieum_status compile_lists(const struct program *program, struct pair_rules *rules, const struct pair_kin *kin, size_t d,
                                 struct problem *problem) {
    supplier_list *list = &rules->barred[d];
    ieum_status status = IEUM_OK;
    for (size_t r = 0; r < program->pair_rule_count && status == IEUM_OK; r++) {
        const struct rule *rule = &program->pair_rules[r];
        const size_t from = list->count;
        bool held = true;
        if (rule->test == TEST_NOT_LISTED) held = pair_kin_listed(kin, rules->demands[d], rule->field, list);
        else if (rule->test == TEST_UNRELATED) held = pair_kin_related(kin, rules->demands[d], list);
        status = held ? keep_failing(rules, rule, rules->demands[d], from, list, problem) : problem_set_memory(problem);
    }
    if (list->count) qsort(list->items, list->count, sizeof *list->items, compare_numbers);
    return status;
}

static bool is_tabled(enum rule_test test) { return test != TEST_NOT_LISTED && test != TEST_UNRELATED; }

ieum_status pair_rules_compile(const struct program *program, const struct demand *const *demands, size_t demand_count,
                               const struct supplier *suppliers, size_t supplier_count, struct pair_rules **rules, struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct pair_kin *kin = NULL;
    struct pair_rules *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    *made = (struct pair_rules){.demands = demands, .suppliers = suppliers, .demand_count = demand_count, .supplier_count = supplier_count};
    made->tabled = memory_allocate_zero(program->pair_rule_count, sizeof *made->tabled);
    made->barred = memory_allocate_zero(demand_count, sizeof *made->barred);
    bool lists = false;
    if (!made->tabled || !made->barred) status = problem_set_memory(problem);
    for (size_t r = 0; r < program->pair_rule_count && status == IEUM_OK; r++) {
        if (is_tabled(program->pair_rules[r].test))
            status = compile_table(made, &program->pair_rules[r], &made->tabled[made->tabled_count++], problem);
        else lists = true;
    }
    if (status == IEUM_OK && lists && !(kin = pair_kin_new(suppliers, supplier_count))) status = problem_set_memory(problem);
    for (size_t d = 0; d < demand_count && lists && status == IEUM_OK; d++) status = compile_lists(program, made, kin, d, problem);
    pair_kin_free(kin);
    if (status == IEUM_OK) *rules = made;
    else pair_rules_free(made);
    return status;
}

void pair_rules_free(struct pair_rules *rules) {
    if (!rules) return;
    for (size_t r = 0; r < rules->tabled_count; r++) {
        memory_free(rules->tabled[r].asked);
        memory_free(rules->tabled[r].held);
        memory_free(rules->tabled[r].fails);
    }
    for (size_t d = 0; rules->barred && d < rules->demand_count; d++) vector_free(&rules->barred[d]);
    memory_free(rules->tabled);
    memory_free(rules->barred);
    memory_free(rules);
}

/* ---- blocks ---- */

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
            status = fails(tabled->rule, block->rules->demands[block->demands[l]], &block->rules->suppliers[first + i], arena, &failed, problem);
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
