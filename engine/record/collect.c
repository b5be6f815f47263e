/* SPDX-License-Identifier: Apache-2.0 */
#include "collect.h"

#include <stdio.h>
#include <string.h>

#define RECORDS_MOST 1000000

ieum_status collector_open(enum record_kind kind, struct collector *collector, struct problem *problem) {
    struct collector opened = {.kind = kind, .arena = arena_new(), .keys = map_new()};
    if (!opened.arena || !opened.keys) {
        collector_close(&opened);
        return problem_set_memory(problem);
    }
    *collector = opened;
    return IEUM_OK;
}

void collector_close(struct collector *collector) {
    for (size_t i = 0; i < collector->suppliers.count; i++) jval_free(collector->suppliers.items[i].json);
    for (size_t i = 0; i < collector->demands.count; i++) jval_free(collector->demands.items[i].json);
    for (size_t i = 0; i < collector->outcomes.count; i++) jval_free(collector->outcomes.items[i].json);
    for (size_t i = 0; i < collector->decisions.count; i++) jval_free(collector->decisions.items[i].json);
    vector_free(&collector->suppliers);
    vector_free(&collector->demands);
    vector_free(&collector->outcomes);
    vector_free(&collector->decisions);
    vector_free(&collector->lines);
    map_free(collector->keys);
    arena_free(collector->arena);
    *collector = (struct collector){0};
}

static ieum_status refuse_double(const struct collector *collector, const struct jpath *at, const char *key_name,
                                 const char *key, size_t first, size_t line, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0};
    char pointer[sizeof problem->pointer];
    jpath_write(&(struct jpath){at ? at : &root, key_name, 0}, pointer, sizeof pointer);
    size_t first_line = collector->lines.items[first];
    if (line && first_line)
        problem_set(problem, IEUM_INVALID, pointer, "같은 파일에 '%1$s' 기록이 두 번 있습니다 (%2$zu행과 %3$zu행).",
                    "The file has '%1$s' twice, on lines %2$zu and %3$zu.", key, first_line, line);
    else
        problem_set(problem, IEUM_INVALID, pointer, "'%1$s' 기록이 두 번 있습니다 (%2$zu번째와 %3$zu번째).",
                    "'%1$s' is there twice, as records %2$zu and %3$zu.", key, first + 1, collector->lines.count + 1);
    problem_set_value(problem, key);
    problem_set_expected(problem, "unique");
    problem_set_place(problem, NULL, line, 0);
    return problem->status;
}

/* An outcome has no identifier of its own: pair, program, round and stage together must not come twice. */
static void write_outcome_key(const struct outcome *outcome, char *key, size_t size) {
    static const char stages[] = "dsac";
    snprintf(key, size, "%s/%s/%s/%s/%c", outcome->program, outcome->round ? outcome->round : "", outcome->demand,
             outcome->supplier, stages[outcome->stage]);
}

static ieum_status claim_line(struct collector *collector, size_t line, struct problem *problem) {
    if (collector->lines.count >= RECORDS_MOST)
        return problem_set(problem, IEUM_LIMIT, "", "한 파일에는 기록을 %d건까지 담을 수 있습니다.",
                           "A file may hold at most %d records.", RECORDS_MOST);
    return vector_push(&collector->lines, line) ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status claim_key(struct collector *collector, const struct jpath *at, const char *key_name, const char *key,
                             size_t line, struct problem *problem) {
    uint32_t first = map_get_text(collector->keys, key);
    if (first != MAP_NONE && collector->keep_twice) return claim_line(collector, line, problem);
    if (first != MAP_NONE) return refuse_double(collector, at, key_name, key, first, line, problem);
    if (!map_put(collector->keys, key, strlen(key), (uint32_t)collector->lines.count))
        return problem_set_memory(problem);
    return claim_line(collector, line, problem);
}

static ieum_status add_supplier(struct collector *collector, const jval *json, const struct jpath *at, size_t line,
                                struct problem *problem) {
    struct supplier supplier;
    ieum_status status = supplier_read(json, at, collector->arena, &supplier, problem);
    if (status != IEUM_OK) return status;
    if ((status = claim_key(collector, at, "id", supplier.id, line, problem)) == IEUM_OK &&
        !vector_push(&collector->suppliers, supplier))
        status = problem_set_memory(problem);
    if (status != IEUM_OK) jval_free(supplier.json);
    return status;
}

static ieum_status add_demand(struct collector *collector, const jval *json, const struct jpath *at, size_t line,
                              struct problem *problem) {
    struct demand demand;
    ieum_status status = demand_read(json, at, collector->arena, &demand, problem);
    if (status != IEUM_OK) return status;
    if ((status = claim_key(collector, at, "id", demand.id, line, problem)) == IEUM_OK &&
        !vector_push(&collector->demands, demand))
        status = problem_set_memory(problem);
    if (status != IEUM_OK) jval_free(demand.json);
    return status;
}

static ieum_status add_outcome(struct collector *collector, const jval *json, const struct jpath *at, size_t line,
                               struct problem *problem) {
    struct outcome outcome;
    char key[5 * 66];
    ieum_status status = outcome_read(json, at, collector->arena, &outcome, problem);
    if (status != IEUM_OK) return status;
    write_outcome_key(&outcome, key, sizeof key);
    if ((status = claim_key(collector, at, "stage", key, line, problem)) == IEUM_OK &&
        !vector_push(&collector->outcomes, outcome))
        status = problem_set_memory(problem);
    if (status != IEUM_OK) jval_free(outcome.json);
    return status;
}

/* What was decided twice is for the shadow round to tell: an office's sheet is read as it is. */
static ieum_status add_decision(struct collector *collector, const jval *json, const struct jpath *at, size_t line,
                                struct problem *problem) {
    struct decision decision;
    ieum_status status = decision_read(json, at, collector->arena, &decision, problem);
    if (status != IEUM_OK) return status;
    decision.line = line;
    status = claim_line(collector, line, problem);
    if (status == IEUM_OK && !vector_push(&collector->decisions, decision)) status = problem_set_memory(problem);
    if (status != IEUM_OK) jval_free(decision.json);
    return status;
}

ieum_status collector_add(struct collector *collector, const jval *json, const struct jpath *at, size_t line,
                          struct problem *problem) {
    if (collector->vocabulary) {
        ieum_status status = vocabulary_check(collector->vocabulary, collector->kind, json, at, problem);
        if (status != IEUM_OK) return status;
    }
    switch (collector->kind) {
    case RECORD_SUPPLIER: return add_supplier(collector, json, at, line, problem);
    case RECORD_DEMAND: return add_demand(collector, json, at, line, problem);
    case RECORD_OUTCOME: return add_outcome(collector, json, at, line, problem);
    case RECORD_DECISION: return add_decision(collector, json, at, line, problem);
    }
    return problem_set(problem, IEUM_INTERNAL, "", "알 수 없는 기록 종류입니다.", "The kind of record is not known.");
}

void collector_finish(struct collector *collector, struct record_set *set) {
    *set = (struct record_set){.kind = collector->kind,
                               .arena = collector->arena,
                               .suppliers = collector->suppliers.items,
                               .demands = collector->demands.items,
                               .outcomes = collector->outcomes.items,
                               .decisions = collector->decisions.items,
                               .count = collector->lines.count};
    vector_free(&collector->lines);
    map_free(collector->keys);
    *collector = (struct collector){0};
}
