/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see pipeline_firm.h. */
#include "pipeline_firm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "round/round.h"

const char *const module_progress_names[MODULE_PROGRESSES] = {"none", "open", "done"};
const char *const module_basis_names[MODULE_BASES] = {"", "diagnosis", "readiness_score", "round", "outcome"};

struct gathering {
    struct workspace *workspace;
    struct store *store;
    struct firm_courses *courses;
    struct map *demands;          /* id → of `of` */
    uint32_t *of;                 /* demand → firm */
    struct map *programs;         /* id → of `modules` */
    enum program_module *modules; /* of a program; MODULES: it does not say, or its file is gone */
    size_t program_room;
    struct map *rounds;           /* ids of rounds of the store: their outcomes are told by their pairs */
};

/* ---- firms ---- */

/* Registration numbers are written with and without hyphens. */
static const char *key_of(const struct firm *firm, struct arena *arena, bool *by_number) {
    char digits[16];
    size_t count = 0;
    for (const char *at = firm->registration_no ? firm->registration_no : ""; *at; at++)
        if (*at >= '0' && *at <= '9' && count < sizeof digits - 1) digits[count++] = *at;
    digits[count] = '\0';
    *by_number = count == 10;
    return arena_copy_text(arena, *by_number ? digits : firm->name);
}

const struct firm_course *firm_courses_find(const struct firm_courses *courses, const struct firm *firm) {
    struct arena *arena = arena_new();
    bool by_number;
    const char *key = arena ? key_of(firm, arena, &by_number) : NULL;
    const uint32_t at = key ? map_get_text(courses->by_key, key) : MAP_NONE;
    arena_free(arena);
    return at == MAP_NONE ? NULL : &courses->items[at];
}

/* Whether this says more than what stands there: further on, or as far and later. */
static void note(struct module_state *state, const struct module_state *found) {
    if (found->progress > state->progress || (found->progress == state->progress && strcmp(found->date, state->date) > 0)) *state = *found;
}

/* An expert's says more than the desk's, the desk's more than the firm's own, whichever is later. */
static void note_diagnosis(struct firm_course *course, const struct module_state *found) {
    struct module_state *state = &course->modules[MODULE_DIAGNOSIS];
    note(&course->diagnosed[found->by], found);
    if (state->progress == MODULE_DONE && found->by != state->by) {
        if (found->by > state->by) *state = *found;
    } else {
        note(state, found);
    }
}

/* What the application itself says of a diagnosis. */
static void read_diagnosis(struct firm_course *course, const struct demand *demand, const char *id, const char *program) {
    struct module_state found = {.progress = MODULE_DONE, .demand = id, .program = program};
    if (!isnan(demand->readiness_score)) {
        found.basis = BASIS_READINESS;
        found.by = DIAGNOSED_BY_FIRM;
        if (!date_missing(demand->applied)) date_write(demand->applied, found.date);
        note_diagnosis(course, &found);
    }
    if (!demand->diagnosed_by) return;
    found.basis = BASIS_DIAGNOSIS;
    for (int by = 0; by < DIAGNOSIS_AUTHORS; by++)
        if (strcmp(diagnosis_author_names[by], demand->diagnosed_by) == 0) found.by = (enum diagnosis_author)by;
    date_write(demand->diagnosed, found.date);
    note_diagnosis(course, &found);
}

static ieum_status add_demand(struct gathering *it, const struct demand *demand, size_t index, struct problem *problem) {
    struct firm_courses *courses = it->courses;
    bool by_number;
    const char *key = key_of(&demand->firm, courses->arena, &by_number), *id = arena_copy_text(courses->arena, demand->id),
               *program = arena_copy_text(courses->arena, demand->program);
    const uint32_t before = map_count(courses->by_key);
    const uint32_t at = key && id && program ? map_intern(courses->by_key, key, strlen(key)) : MAP_NONE;
    if (at == MAP_NONE || !map_put(it->demands, id, strlen(id), (uint32_t)index)) return problem_set_memory(problem);
    struct firm_course *course = &courses->items[at];
    it->of[index] = at;
    if (at == before) {
        *course = (struct firm_course){.key = key, .by_number = by_number, .name = arena_copy_text(courses->arena, demand->firm.name)};
        if (!course->name) return problem_set_memory(problem);
        for (int m = 0; m < MODULES; m++) course->modules[m].by = DIAGNOSIS_AUTHORS;
        courses->count++;
    }
    if (!round_list_add(courses->arena, &course->demands.items, &course->demands.count, &id, sizeof id)) return problem_set_memory(problem);
    read_diagnosis(course, demand, id, program);
    return IEUM_OK;
}

static struct firm_course *course_of(const struct gathering *it, const char *demand) {
    const uint32_t at = map_get_text(it->demands, demand);
    return at == MAP_NONE ? NULL : &it->courses->items[it->of[at]]; /* the record is gone */
}

/* ---- programs ---- */

static ieum_status module_of(struct gathering *it, const char *id, enum program_module *module, struct problem *problem) {
    struct program *program = NULL;
    struct problem trouble = {0};
    const uint32_t known = map_get_text(it->programs, id);
    if (known != MAP_NONE) {
        *module = it->modules[known];
        return IEUM_OK;
    }
    *module = MODULES;
    if (workspace_program(it->workspace, id, &program, &trouble) == IEUM_OK) *module = program->module;
    else if (trouble.status == IEUM_MEMORY) return problem_set_memory(problem);
    program_free(program);
    const uint32_t at = map_intern(it->programs, id, strlen(id));
    if (at == MAP_NONE) return problem_set_memory(problem);
    if (at >= it->program_room) {
        const size_t room = 2 * it->program_room + 16;
        enum program_module *grown = arena_allocate(it->courses->arena, room * sizeof *grown);
        if (!grown) return problem_set_memory(problem);
        if (at) memcpy(grown, it->modules, at * sizeof *grown);
        it->modules = grown;
        it->program_room = room;
    }
    it->modules[at] = *module;
    return IEUM_OK;
}

/* ---- what became of pairs ---- */

struct pair_fact {
    const char *demand;
    enum program_module module;
    bool proposed, confirmed, agreed, done, settled, granted;
    struct module_state state; /* date, basis and where from; the progress is filled in here */
};

static void note_at(struct firm_course *course, enum program_module module, bool open, bool done, struct module_state state) {
    if (!open && !done) return;
    state.progress = done ? MODULE_DONE : MODULE_OPEN;
    state.by = DIAGNOSIS_AUTHORS;
    note(&course->modules[module], &state);
}

static void note_pair(struct gathering *it, const struct pair_fact *fact) {
    struct firm_course *course = course_of(it, fact->demand);
    if (!course) return;
    if (fact->module == MODULE_DIAGNOSIS) {
        struct module_state found = fact->state;
        found.progress = MODULE_DONE;
        found.by = DIAGNOSED_BY_EXPERT;
        if (fact->done) note_diagnosis(course, &found);
        else note_at(course, MODULE_DIAGNOSIS, fact->confirmed, false, fact->state);
    } else if (fact->module == MODULE_CONSULTING) {
        note_at(course, MODULE_CONSULTING, fact->confirmed, fact->done, fact->state);
    } else {
        note_at(course, MODULE_MATCHING, fact->proposed, fact->confirmed, fact->state);
        if (fact->module == MODULE_SUPPORT) note_at(course, MODULE_SUPPORT, fact->agreed, fact->done, fact->state);
        else note_at(course, MODULE_SUPPORT, fact->agreed && fact->granted, fact->settled, fact->state);
    }
}

/* ---- rounds ---- */

/* The demands that the selection granted money; one whose text was erased tells nothing. */
static ieum_status find_grants(struct gathering *it, const struct round *round, struct map **granted, struct problem *problem) {
    jval *selection = NULL;
    ieum_status status = IEUM_OK;
    if (!(*granted = map_new())) return problem_set_memory(problem);
    if (!round->selection || store_document_erased(it->store, round->selection)) return IEUM_OK;
    status = store_document_get(it->store, round->selection, &selection, problem);
    const jval *applicants = jval_get(selection, "applicants");
    for (size_t i = 0; i < jval_count(applicants) && status == IEUM_OK; i++) {
        const char *demand = jval_text(jval_get(jval_at(applicants, i), "demand"));
        const jval *amount = jval_get(jval_at(applicants, i), "amount_krw");
        if (!jval_is(amount, JVAL_INTEGER) || jval_integer(amount) <= 0 || !text_list_has(&round->selected, demand)) continue;
        if (!map_put(*granted, demand, strlen(demand), 1)) status = problem_set_memory(problem);
    }
    jval_free(selection);
    return status;
}

static void date_of_step(const struct store_round_steps *steps, int64_t step, char date[11]) {
    for (size_t i = 0; i < steps->count; i++)
        if (steps->items[i].number == step && strlen(steps->items[i].when) >= 10) {
            memcpy(date, steps->items[i].when, 10);
            date[10] = '\0';
        }
}

static ieum_status read_pairs(struct gathering *it, const struct store_round *stored, const struct round *round, const struct store_round_steps *steps, struct problem *problem) {
    struct arena *arena = it->courses->arena;
    struct map *granted = NULL;
    enum program_module module = MODULES;
    const char *id = arena_copy_text(arena, stored->id), *program = arena_copy_text(arena, stored->program);
    ieum_status status = id && program ? module_of(it, program, &module, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = find_grants(it, round, &granted, problem);
    for (size_t i = 0; i < round->pair_count && status == IEUM_OK; i++) {
        const struct round_pair *pair = &round->pairs[i];
        if (!pair_lives(pair->state)) continue;
        struct pair_fact fact = {.demand = pair->demand, .module = module, .proposed = true, .confirmed = pair->state >= PAIR_CONFIRMED, .agreed = pair->state >= PAIR_AGREED,
                                 .done = pair->state >= PAIR_DONE, .settled = pair->state == PAIR_SETTLED, .granted = map_get_text(granted, pair->demand) != MAP_NONE,
                                 .state = {.basis = BASIS_PAIR, .round = id, .program = program, .demand = arena_copy_text(arena, pair->demand),
                                           .supplier = arena_copy_text(arena, pair->supplier)}};
        if (!fact.state.demand || !fact.state.supplier) status = problem_set_memory(problem);
        date_of_step(steps, pair->step, fact.state.date);
        if (status == IEUM_OK) note_pair(it, &fact);
    }
    map_free(granted);
    return status;
}

static ieum_status read_round(struct gathering *it, const char *id, struct problem *problem) {
    struct store_round stored = {0};
    struct store_round_steps steps = {0};
    struct round round = {0};
    struct arena *arena = arena_new();
    ieum_status status = arena && map_put(it->rounds, id, strlen(id), 1) ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) status = store_round_get(it->store, id, &stored, problem);
    if (status == IEUM_OK && jval_get(stored.payload, "settings")) { /* one of an earlier version tells nothing */
        status = round_read(stored.payload, stored.state, stored.revision, arena, &round, problem);
        if (status == IEUM_OK) status = store_round_steps(it->store, id, &steps, problem);
        if (status == IEUM_OK) status = read_pairs(it, &stored, &round, &steps, problem);
        store_round_steps_free(&steps);
    }
    store_round_free(&stored);
    arena_free(arena);
    return status;
}

static ieum_status read_rounds(struct gathering *it, struct problem *problem) {
    struct store_round_list list;
    ieum_status status = store_round_list(it->store, NULL, &list, problem);
    if (status != IEUM_OK) return status;
    for (size_t i = 0; i < list.count && status == IEUM_OK; i++) status = read_round(it, list.items[i].id, problem);
    store_round_list_free(&list);
    return status;
}

/* Outcomes of pairs that were matched elsewhere or before. */
static ieum_status read_outcomes(struct gathering *it, struct problem *problem) {
    struct arena *arena = it->courses->arena;
    struct record_set set = {0};
    ieum_status status = store_load(it->store, RECORD_OUTCOME, NULL, &set, problem);
    for (size_t i = 0; i < set.count && status == IEUM_OK; i++) {
        const struct outcome *outcome = &set.outcomes[i];
        const bool done = outcome->stage == OUTCOME_COMPLETED;
        if ((outcome->round && map_get_text(it->rounds, outcome->round) != MAP_NONE) || (!done && outcome->stage != OUTCOME_AGREED)) continue;
        struct pair_fact fact = {.demand = outcome->demand, .proposed = true, .confirmed = true, .agreed = true, .done = done,
                                 .state = {.basis = BASIS_OUTCOME, .program = arena_copy_text(arena, outcome->program), .demand = arena_copy_text(arena, outcome->demand),
                                           .supplier = arena_copy_text(arena, outcome->supplier)}};
        if (!fact.state.program || !fact.state.demand || !fact.state.supplier) status = problem_set_memory(problem);
        if (status == IEUM_OK && outcome->round && !(fact.state.round = arena_copy_text(arena, outcome->round))) status = problem_set_memory(problem);
        date_write(outcome->date, fact.state.date);
        if (status == IEUM_OK) status = module_of(it, outcome->program, &fact.module, problem);
        if (status == IEUM_OK) note_pair(it, &fact);
    }
    record_set_free(&set);
    return status;
}

/* ---- all of it ---- */

static int by_name(const void *a, const void *b) {
    const struct firm_course *x = a, *y = b;
    const int order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->key, y->key);
}

static ieum_status sort_courses(struct firm_courses *courses, struct problem *problem) {
    if (courses->count) qsort(courses->items, courses->count, sizeof *courses->items, by_name);
    for (size_t i = 0; i < courses->count; i++)
        if (!map_put(courses->by_key, courses->items[i].key, strlen(courses->items[i].key), (uint32_t)i)) return problem_set_memory(problem);
    return IEUM_OK;
}

ieum_status firm_courses_load(struct workspace *workspace, struct store *store, struct firm_courses *courses, struct problem *problem) {
    struct record_set demands = {0};
    *courses = (struct firm_courses){.arena = arena_new(), .by_key = map_new()};
    struct gathering it = {.workspace = workspace, .store = store, .courses = courses, .demands = map_new(), .programs = map_new(), .rounds = map_new()};
    ieum_status status = courses->arena && courses->by_key && it.demands && it.programs && it.rounds ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) status = store_load(store, RECORD_DEMAND, NULL, &demands, problem);
    if (status == IEUM_OK) {
        courses->items = arena_allocate_zero(courses->arena, demands.count + 1, sizeof *courses->items);
        it.of = arena_allocate_zero(courses->arena, demands.count + 1, sizeof *it.of);
        if (!courses->items || !it.of) status = problem_set_memory(problem);
    }
    for (size_t i = 0; i < demands.count && status == IEUM_OK; i++) status = add_demand(&it, &demands.demands[i], i, problem);
    if (status == IEUM_OK) status = read_rounds(&it, problem);
    if (status == IEUM_OK) status = read_outcomes(&it, problem);
    if (status == IEUM_OK) status = sort_courses(courses, problem);
    record_set_free(&demands);
    map_free(it.demands);
    map_free(it.programs);
    map_free(it.rounds);
    if (status != IEUM_OK) firm_courses_free(courses);
    return status;
}

void firm_courses_free(struct firm_courses *courses) {
    map_free(courses->by_key);
    arena_free(courses->arena);
    *courses = (struct firm_courses){0};
}

bool firm_meets(const struct firm_course *course, const struct demand *demand, const struct requirement *requirement) {
    const enum diagnosis_author by = requirement->by;
    if (requirement->module != MODULE_DIAGNOSIS) return course && course->modules[requirement->module].progress == MODULE_DONE;
    if (demand->diagnosed_by && (by == DIAGNOSIS_AUTHORS || strcmp(diagnosis_author_names[by], demand->diagnosed_by) == 0)) return true;
    if (by == DIAGNOSIS_AUTHORS) return !isnan(demand->readiness_score) || (course && course->modules[MODULE_DIAGNOSIS].progress == MODULE_DONE);
    return course && course->diagnosed[by].progress == MODULE_DONE;
}

enum program_module firm_next_module(const struct firm_course *course) {
    int next = MODULE_DIAGNOSIS;
    for (int m = MODULES - 1; m >= 0; m--)
        if (course->modules[m].progress == MODULE_OPEN) return (enum program_module)m;
    for (int m = 0; m < MODULES; m++)
        if (course->modules[m].progress == MODULE_DONE) next = m + 1; /* MODULES after the last */
    return (enum program_module)next;
}
