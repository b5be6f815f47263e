/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling pair rules over a side (pair_side.c): what demands ask is numbered, each two numbers are judged once; the excluded and the related are listed. */
#include <stdlib.h>
#include <string.h>

#include "../base/map.h"
#include "../base/parallel.h"
#include "judge.h"
#include "kinship.h"
#include "locate.h"
#include "pair_parts.h"

/* More verdicts than this are not kept in a table: the rule is then judged pair by pair, and memory stays small. */
static size_t most_verdicts = (size_t)1 << 24;

void pair_rules_table_limit(size_t verdicts) { most_verdicts = verdicts; }

/* ---- kinds of values ---- */

/* A value as bytes: equal bytes, equal verdicts. */
bool pair_value_key(const jval *value, struct buffer *key) {
    char *text = NULL;
    struct problem ignored = {0};
    if (!value) return true;
    if (jval_write(value, true, &text, &ignored) != IEUM_OK) return false;
    buffer_add(key, text, strlen(text) + 1);
    memory_free(text);
    return !key->failed;
}

/* What a rule sees of a demand: what it asks; for an age, the day that counts. `*asks` is false where the rule passes whoever the supplier is. */
static bool asked_key(const struct rule *rule, const struct demand *demand, struct buffer *key, bool *asks) {
    *asks = true;
    if (rule_test_is_pair(rule->test)) {
        const char *rest;
        const jval *asked = value_list_at(demand->json, rule->field, &rest);
        *asks = rule->test == TEST_LISTED || !value_missing(asked); /* who lists nothing names nobody */
        return !*asks || pair_value_key(asked, key);
    }
    return rule->reference == NULL || pair_value_key(value_at(demand->json, rule->reference), key);
}

static const char *bytes_of(const struct buffer *buffer) { return buffer->bytes ? buffer->bytes : ""; }

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

ieum_status pair_rule_fails(const struct rule *rule, const struct demand *demand, const struct supplier *supplier, struct arena *arena, bool *failed,
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
        status = pair_rule_fails(rule, demand, &rules->suppliers[held->items[k]], arena, &failed, problem);
        row[k] = failed;
    }
    arena_free(arena);
    return status;
}

static ieum_status compile_table(const struct pair_rules *rules, struct tabled_rule *tabled, const supplier_list *held, struct problem *problem) {
    supplier_list asked = {0};
    ieum_status status = IEUM_OK;
    size_t cells = 0;
    if (!number_asked(rules, tabled, &asked)) status = problem_set_memory(problem);
    else if (!__builtin_mul_overflow(asked.count, held->count, &cells) && cells <= most_verdicts) {
        tabled->fails = memory_allocate_zero(cells, 1);
        if (!tabled->fails) status = problem_set_memory(problem);
        for (size_t a = 0; a < asked.count && status == IEUM_OK; a++)
            status = judge_row(rules, tabled->rule, rules->demands[asked.items[a]], held, tabled->fails + a * held->count, problem);
    }
    vector_free(&asked);
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
        status = pair_rule_fails(rule, demand, &rules->suppliers[list->items[i]], arena, &failed, problem);
        if (failed) list->items[kept++] = list->items[i];
    }
    list->count = kept;
    arena_free(arena);
    return status;
}

/* Who is barred from a demand by id or kinship. */
static ieum_status compile_lists(const struct program *program, struct pair_rules *rules, size_t d, struct problem *problem) {
    const struct pair_kin *kin = rules->side->kin;
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

/* Each tabled rule is a job, and all lists together are the last. */
struct compiling {
    const struct program *program;
    struct pair_rules *rules;
    struct problem *problems; /* one a job */
};

static void compile_one(void *context, size_t job, int worker) {
    const struct compiling *compiling = context;
    struct pair_rules *rules = compiling->rules;
    struct problem *problem = &compiling->problems[job];
    (void)worker;
    if (job < rules->tabled_count) {
        compile_table(rules, &rules->tabled[job], &rules->side->tabled[job].first, problem);
        return;
    }
    ieum_status status = IEUM_OK;
    for (size_t d = 0; d < rules->demand_count && status == IEUM_OK; d++) status = compile_lists(compiling->program, rules, d, problem);
}

ieum_status pair_rules_over(const struct program *program, const struct demand *const *demands, size_t demand_count, const struct pair_side *side,
                            int threads, struct pair_rules **rules, struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct pair_rules *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    *made = (struct pair_rules){.side = side, .demands = demands, .suppliers = side->suppliers, .demand_count = demand_count,
                                .supplier_count = side->supplier_count, .tabled_count = side->tabled_count};
    const size_t jobs = side->tabled_count + (side->kin != NULL);
    struct compiling compiling = {program, made, memory_allocate_zero(jobs, sizeof *compiling.problems)};
    made->tabled = memory_allocate_zero(side->tabled_count, sizeof *made->tabled);
    made->barred = memory_allocate_zero(demand_count, sizeof *made->barred);
    if (!made->tabled || !made->barred || !compiling.problems) status = problem_set_memory(problem);
    for (size_t r = 0; r < side->tabled_count && status == IEUM_OK; r++) {
        const struct held_values *held = &side->tabled[r];
        made->tabled[r] = (struct tabled_rule){.rule = &program->pair_rules[held->rule], .held = held->held, .held_count = held->first.count};
    }
    if (status == IEUM_OK) parallel_for(threads, jobs, compile_one, &compiling);
    for (size_t j = 0; j < jobs && status == IEUM_OK; j++) {
        status = compiling.problems[j].status;
        if (status != IEUM_OK) *problem = compiling.problems[j];
    }
    memory_free(compiling.problems);
    if (status == IEUM_OK) *rules = made;
    else pair_rules_free(made);
    return status;
}

ieum_status pair_rules_compile(const struct program *program, const struct demand *const *demands, size_t demand_count,
                               const struct supplier *suppliers, size_t supplier_count, int threads, struct pair_rules **rules,
                               struct problem *problem) {
    struct pair_side *side = NULL;
    ieum_status status = pair_side_new(program, suppliers, supplier_count, threads, &side, problem);
    if (status == IEUM_OK) status = pair_rules_over(program, demands, demand_count, side, threads, rules, problem);
    if (status == IEUM_OK) (*rules)->own_side = side;
    else pair_side_free(side);
    return status;
}

void pair_rules_free(struct pair_rules *rules) {
    if (!rules) return;
    for (size_t r = 0; rules->tabled && r < rules->tabled_count; r++) {
        memory_free(rules->tabled[r].asked);
        memory_free(rules->tabled[r].fails);
    }
    for (size_t d = 0; rules->barred && d < rules->demand_count; d++) vector_free(&rules->barred[d]);
    memory_free(rules->tabled);
    memory_free(rules->barred);
    pair_side_free(rules->own_side);
    memory_free(rules);
}
