/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The records of a shadow round: read, and each decision's demand and supplier found. A sheet of decisions may name them by id, by registration number or by the
 * firm's name, in this order; what only several records answer to is not guessed.
 */
#include <string.h>

#include "base/map.h"
#include "pipeline_shadow_parts.h"
#include "program/likeness.h"
#include "record/registration.h"

#define SEVERAL (MAP_NONE - 1) /* more than one record has the name */

const char *const shadow_unseen_names[SHADOW_UNSEEN_KINDS] = {
    [SHADOW_UNKNOWN_DEMAND] = "unknown_demand", [SHADOW_UNKNOWN_SUPPLIER] = "unknown_supplier", [SHADOW_OTHER_PROGRAM] = "other_program",
    [SHADOW_LATENT] = "latent", [SHADOW_TWICE] = "twice", [SHADOW_AMBIGUOUS] = "ambiguous"};

/* ---- reading ---- */

static bool is_own(const struct demand *demand, const char *program) { return !demand->latent && demand->program && strcmp(demand->program, program) == 0; }

ieum_status shadow_read(struct workspace *workspace, const struct shadow_question *question, struct shadow_answer *answer, jval **own, struct problem *problem) {
    ieum_status status = record_choice_read(workspace, RECORD_DECISION, &question->decisions, &answer->decisions, problem);
    if (status == IEUM_OK) status = record_choice_read(workspace, RECORD_DEMAND, &question->demands, &answer->all_demands, problem);
    if (status != IEUM_OK) return status;
    jval *array = jval_new_array();
    for (size_t d = 0; d < answer->all_demands.count; d++)
        if (is_own(&answer->all_demands.demands[d], question->program)) jval_append(array, jval_keep(answer->all_demands.demands[d].json));
    if (memory_failed()) {
        jval_free(array);
        return problem_set_memory(problem);
    }
    *own = array;
    return IEUM_OK;
}

/* ---- names ---- */

/* How a record may be called: maps from ids, from registration numbers and from firms' names (likeness.h) to indices. */
struct directory {
    struct map *ids, *numbers, *names;
};

static void directory_free(struct directory *directory) {
    map_free(directory->ids);
    map_free(directory->numbers);
    map_free(directory->names);
}

static bool put_once(struct map *map, const char *key, size_t size, uint32_t index) {
    if (!size) return true;
    const uint32_t there = map_get(map, key, size);
    return map_put(map, key, size, there == MAP_NONE || there == index ? index : SEVERAL);
}

static ieum_status directory_add(struct directory *directory, const char *id, const struct firm *firm, uint32_t index, struct arena *arena, struct problem *problem) {
    const char *name = firm->name ? firm->name : "";
    char digits[11] = "", *core = arena_allocate(arena, strlen(name) + 1);
    if (!core) return problem_set_memory(problem);
    if (firm->registration_no) registration_read(firm->registration_no, digits);
    const bool added = put_once(directory->ids, id, strlen(id), index) && put_once(directory->numbers, digits, strlen(digits), index) &&
                       put_once(directory->names, core, firm_name_core(name, core), index);
    return added ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status directory_open(struct directory *directory, struct problem *problem) {
    *directory = (struct directory){map_new(), map_new(), map_new()};
    return directory->ids && directory->numbers && directory->names ? IEUM_OK : problem_set_memory(problem);
}

/* The record that is called so: its index, SEVERAL, or MAP_NONE. */
static ieum_status look_up(const struct directory *directory, const char *word, struct arena *arena, uint32_t *found, struct problem *problem) {
    char digits[11];
    while (*word == ' ') word++;
    size_t size = strlen(word);
    while (size && word[size - 1] == ' ') size--;
    char *trimmed = arena_copy_bytes(arena, word, size), *core = arena_allocate(arena, size + 1);
    if (!trimmed || !core) return problem_set_memory(problem);
    *found = map_get(directory->ids, trimmed, size);
    if (*found == MAP_NONE && registration_read(trimmed, digits)) *found = map_get_text(directory->numbers, digits);
    if (*found == MAP_NONE) *found = map_get(directory->names, core, firm_name_core(trimmed, core));
    return IEUM_OK;
}

struct directories {
    struct directory demands, suppliers;
    struct directory elsewhere; /* demands that are not in the round: of other programs, or latent */
    struct map *pairs;          /* demand/supplier → the decision that has it */
};

static void directories_free(struct directories *all) {
    directory_free(&all->demands);
    directory_free(&all->suppliers);
    directory_free(&all->elsewhere);
    map_free(all->pairs);
}

static ieum_status fill(struct shadow_answer *answer, struct directories *all, struct problem *problem) {
    const struct cohort *cohort = &answer->suggested.cohort;
    ieum_status status = directory_open(&all->demands, problem);
    if (status == IEUM_OK) status = directory_open(&all->suppliers, problem);
    if (status == IEUM_OK) status = directory_open(&all->elsewhere, problem);
    if (status == IEUM_OK && !(all->pairs = map_new())) status = problem_set_memory(problem);
    for (uint32_t d = 0; d < cohort->demands.count && status == IEUM_OK; d++)
        status = directory_add(&all->demands, cohort->demands.demands[d].id, &cohort->demands.demands[d].firm, d, answer->arena, problem);
    for (uint32_t s = 0; s < cohort->suppliers.count && status == IEUM_OK; s++)
        status = directory_add(&all->suppliers, cohort->suppliers.suppliers[s].id, &cohort->suppliers.suppliers[s].firm, s, answer->arena, problem);
    for (uint32_t d = 0; d < answer->all_demands.count && status == IEUM_OK; d++) {
        const struct demand *demand = &answer->all_demands.demands[d];
        if (!is_own(demand, answer->suggested.program->id)) status = directory_add(&all->elsewhere, demand->id, &demand->firm, d, answer->arena, problem);
    }
    return status;
}

/* ---- decisions ---- */

static enum shadow_unseen why_no_demand(const struct shadow_answer *answer, uint32_t own, uint32_t elsewhere) {
    if (own == SEVERAL) return SHADOW_AMBIGUOUS;
    if (elsewhere == MAP_NONE) return SHADOW_UNKNOWN_DEMAND;
    return elsewhere != SEVERAL && answer->all_demands.demands[elsewhere].latent ? SHADOW_LATENT : SHADOW_OTHER_PROGRAM;
}

static ieum_status find_one(struct shadow_answer *answer, struct directories *all, const struct decision *decision, struct problem *problem) {
    uint32_t demand, supplier, elsewhere;
    uint64_t pair;
    struct shadow_not_seen unseen = {.decision = decision};
    ieum_status status = look_up(&all->demands, decision->demand, answer->arena, &demand, problem);
    if (status == IEUM_OK) status = look_up(&all->suppliers, decision->supplier, answer->arena, &supplier, problem);
    if (status == IEUM_OK) status = look_up(&all->elsewhere, decision->demand, answer->arena, &elsewhere, problem);
    if (status != IEUM_OK) return status;
    if (demand >= SEVERAL || supplier >= SEVERAL) {
        unseen.why = demand >= SEVERAL ? why_no_demand(answer, demand, elsewhere) : supplier == SEVERAL ? SHADOW_AMBIGUOUS : SHADOW_UNKNOWN_SUPPLIER;
        answer->unseen[answer->unseen_count++] = unseen;
        return IEUM_OK;
    }
    pair = (uint64_t)demand << 32 | supplier;
    const uint32_t before = map_get(all->pairs, (const char *)&pair, sizeof pair);
    if (before != MAP_NONE) {
        unseen.why = SHADOW_TWICE;
        unseen.other_line = answer->items[before].decision->line;
        answer->unseen[answer->unseen_count++] = unseen;
        return IEUM_OK;
    }
    if (!map_put(all->pairs, (const char *)&pair, sizeof pair, (uint32_t)answer->count)) return problem_set_memory(problem);
    answer->items[answer->count++] = (struct shadow_decision){.decision = decision, .demand = demand, .supplier = supplier, .best = UINT32_MAX};
    return IEUM_OK;
}

ieum_status shadow_find(struct shadow_answer *answer, struct problem *problem) {
    struct directories all = {0};
    answer->items = arena_allocate_zero(answer->arena, answer->decisions.count, sizeof *answer->items);
    answer->unseen = arena_allocate_zero(answer->arena, answer->decisions.count, sizeof *answer->unseen);
    ieum_status status = answer->items && answer->unseen ? fill(answer, &all, problem) : problem_set_memory(problem);
    for (size_t i = 0; i < answer->decisions.count && status == IEUM_OK; i++) status = find_one(answer, &all, &answer->decisions.decisions[i], problem);
    directories_free(&all);
    return status;
}
