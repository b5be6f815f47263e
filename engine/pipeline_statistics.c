/* SPDX-License-Identifier: Apache-2.0 */
/* Firms once each, counted and suppressed. */
#include "pipeline_statistics.h"

#include <stdlib.h>
#include <string.h>

#include "adapt/json_file.h"
#include "base/files.h"
#include "base/map.h"
#include "program/locate.h"
#include "record/registration.h"

enum { LARGEST_FILE = 1 << 20 };

/* ---- the firms of a base ---- */

struct firm_list {
    const jval **records; /* of the set, one a firm */
    size_t count;
};

/* Whether the record is the later application of the two. */
static bool is_later(const struct demand *a, const struct demand *b) {
    const int order = date_compare(a->applied, b->applied);
    return order ? order > 0 : strcmp(a->id, b->id) > 0;
}

static bool is_of_base(const struct statistics_base *base, const jval *record) {
    const jval *kind = value_at(record, base->kind_pointer);
    if (value_missing(kind)) return true;
    for (size_t i = 0; i < jval_count(base->kinds); i++)
        if (strcmp(jval_text(jval_at(base->kinds, i)), jval_text(kind)) == 0) return true;
    return false;
}

/* By registration number; a record without one is a firm of its own. */
static ieum_status list_firms(const struct record_set *set, const struct statistics_base *base, struct arena *arena, struct firm_list *firms,
                              struct problem *problem) {
    struct map *known = map_new();
    size_t *chosen = arena_allocate_zero(arena, set->count + 1, sizeof *chosen);
    firms->records = arena_allocate_zero(arena, set->count + 1, sizeof *firms->records);
    ieum_status status = known && chosen && firms->records ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < set->count && status == IEUM_OK; i++) {
        const bool supplier = set->kind == RECORD_SUPPLIER;
        const char *number = supplier ? jval_get_text(set->suppliers[i].json, "registration_no") : set->demands[i].firm.registration_no;
        char digits[11];
        uint32_t place = MAP_NONE;
        if (!is_of_base(base, supplier ? set->suppliers[i].json : set->demands[i].json)) continue;
        if (number && registration_read(number, digits)) {
            place = map_get(known, digits, sizeof digits);
            if (place == MAP_NONE && !map_put(known, digits, sizeof digits, (uint32_t)firms->count)) status = problem_set_memory(problem);
        }
        if (place == MAP_NONE)
            chosen[firms->count++] = i;
        else if (!supplier && is_later(&set->demands[i], &set->demands[chosen[place]]))
            chosen[place] = i;
    }
    for (size_t f = 0; f < firms->count && status == IEUM_OK; f++)
        firms->records[f] = set->kind == RECORD_SUPPLIER ? set->suppliers[chosen[f]].json : set->demands[chosen[f]].json;
    map_free(known);
    return status;
}

/* ---- counts ---- */

/* The category of each firm by each of the base's variables: `of[v]` is NULL for a variable of another base. */
static ieum_status count_base(struct statistics_answer *answer, size_t base, const struct taxonomy *taxonomy, const struct firm_list *firms,
                              struct problem *problem) {
    uint8_t **of = arena_allocate_zero(answer->arena, answer->variable_count + 1, sizeof *of);
    if (!of) return problem_set_memory(problem);
    for (size_t v = 0; v < answer->variable_count; v++) {
        struct statistics_variable *variable = &answer->variables[v];
        if (variable->base != base) continue;
        of[v] = arena_allocate_zero(answer->arena, firms->count + 1, 1);
        if (!of[v]) return problem_set_memory(problem);
        for (size_t f = 0; f < firms->count; f++) {
            of[v][f] = (uint8_t)(variable->test == STATISTICS_GROUP ? variable->group[of[variable->of][f]]
                                                                    : statistics_category(variable, taxonomy, firms->records[f]));
            variable->counts[of[v][f]]++;
        }
    }
    for (size_t t = 0; t < answer->table_count; t++) {
        struct statistics_table *table = &answer->tables[t];
        if (table->rows == SIZE_MAX || table->base != base) continue;
        for (size_t f = 0; f < firms->count; f++)
            table->counts[of[table->rows][f] * answer->variables[table->columns].count + of[table->columns][f]]++;
    }
    return IEUM_OK;
}

static ieum_status make_room(struct statistics_answer *answer, struct problem *problem) {
    for (size_t v = 0; v < answer->variable_count; v++) {
        struct statistics_variable *variable = &answer->variables[v];
        variable->counts = arena_allocate_zero(answer->arena, variable->count, sizeof *variable->counts);
        variable->hidden = arena_allocate_zero(answer->arena, variable->count, sizeof *variable->hidden);
        if (!variable->counts || !variable->hidden) return problem_set_memory(problem);
    }
    for (size_t t = 0; t < answer->table_count; t++) {
        struct statistics_table *table = &answer->tables[t];
        if (table->rows == SIZE_MAX) continue;
        const size_t cells = answer->variables[table->rows].count * answer->variables[table->columns].count;
        table->counts = arena_allocate_zero(answer->arena, cells, sizeof *table->counts);
        table->hidden = arena_allocate_zero(answer->arena, cells, sizeof *table->hidden);
        if (!table->counts || !table->hidden) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

/* Of a variable whose categories are put together: what the hidden of one group add up to is told by the group's sum, so each group is a table of its
 * own. */
static void suppress_within_groups(struct statistics_variable *variable, const struct statistics_variable *groups, struct suppression_rule rule) {
    for (size_t g = 0; g < groups->count; g++) {
        int64_t counts[SUPPRESSION_CATEGORIES];
        bool hidden[SUPPRESSION_CATEGORIES] = {false};
        size_t members[SUPPRESSION_CATEGORIES], count = 0;
        for (size_t c = 0; c < variable->count; c++)
            if (groups->group[c] == g) {
                counts[count] = variable->counts[c];
                members[count++] = c;
            }
        const bool shown = !groups->hidden[g] && suppress_one_way(counts, count, rule, hidden);
        for (size_t m = 0; m < count; m++) variable->hidden[members[m]] = !shown || hidden[m];
    }
}

/* The sums first, once for all tables; then the inside of each. */
static ieum_status suppress(struct statistics_answer *answer, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t v = 0; v < answer->variable_count; v++) {
        struct statistics_variable *variable = &answer->variables[v];
        if (variable->grouped_by == SIZE_MAX && !suppress_one_way(variable->counts, variable->count, answer->rule, variable->hidden))
            answer->bases[variable->base].small = true;
    }
    for (size_t v = 0; v < answer->variable_count; v++)
        if (answer->variables[v].grouped_by != SIZE_MAX)
            suppress_within_groups(&answer->variables[v], &answer->variables[answer->variables[v].grouped_by], answer->rule);
    for (size_t t = 0; t < answer->table_count && status == IEUM_OK; t++) {
        struct statistics_table *table = &answer->tables[t];
        if (table->rows == SIZE_MAX || answer->bases[table->base].small) continue;
        const struct statistics_variable *rows = &answer->variables[table->rows], *columns = &answer->variables[table->columns];
        const struct suppression_table cells = {rows->count, columns->count, table->counts, rows->hidden, columns->hidden, table->hidden};
        status = suppress_two_way(&cells, answer->rule, &table->shown, problem);
        if (!table->shown) answer->bases[table->base].small = true; /* sums alone would tell too much */
    }
    return status;
}

/* ---- the stage ---- */

static ieum_status read_definitions(struct workspace *workspace, struct statistics_answer *answer, struct problem *problem) {
    const char *data = workspace_data_path(workspace);
    static const char name[] = "report/statistics.json";
    char *stages = path_join(data, "diagnosis/readiness.json");
    ieum_status status = stages ? readiness_load(stages, &answer->readiness, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = json_file_read(data, name, LARGEST_FILE, &answer->json, problem);
    if (status == IEUM_OK && (status = statistics_read(answer->json, answer, problem)) != IEUM_OK) json_file_place(data, name, problem);
    memory_free(stages);
    return status;
}

static ieum_status count_all(struct statistics_answer *answer, struct store *store, const struct taxonomy *taxonomy, struct problem *problem) {
    ieum_status status = store_begin_read(store, problem);
    if (status != IEUM_OK) return status;
    for (size_t b = 0; b < answer->base_count && status == IEUM_OK; b++) {
        struct record_set set = {0};
        struct firm_list firms = {0};
        status = store_load(store, answer->bases[b].suppliers ? RECORD_SUPPLIER : RECORD_DEMAND, NULL, &set, problem);
        if (status == IEUM_OK) status = list_firms(&set, &answer->bases[b], answer->arena, &firms, problem);
        if (status == IEUM_OK) status = count_base(answer, b, taxonomy, &firms, problem);
        answer->bases[b].records = set.count;
        answer->bases[b].firms = firms.count;
        record_set_free(&set);
    }
    store_end(store);
    return status;
}

ieum_status pipeline_statistics(struct workspace *workspace, struct statistics_answer *answer, struct problem *problem) {
    const struct taxonomy *taxonomy = NULL;
    struct store *store = NULL;
    size_t firms = 0;
    *answer = (struct statistics_answer){.arena = arena_new()};
    ieum_status status = answer->arena ? read_definitions(workspace, answer, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = make_room(answer, problem);
    if (status == IEUM_OK) status = workspace_store(workspace, false, &store, problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &taxonomy, problem);
    if (status == IEUM_OK) status = count_all(answer, store, taxonomy, problem);
    for (size_t b = 0; b < answer->base_count; b++) firms += answer->bases[b].firms;
    if (status == IEUM_OK && !firms)
        status = problem_set(problem, IEUM_CONFLICT, "", "셀 기업이 없습니다. 공급기업이나 수요과제를 먼저 가져와 주십시오.",
                             "There is no firm to count; import suppliers or demands first.");
    if (status == IEUM_OK) status = suppress(answer, problem);
    if (status != IEUM_OK) statistics_answer_free(answer);
    return status;
}

void statistics_answer_free(struct statistics_answer *answer) {
    readiness_free(&answer->readiness);
    jval_free(answer->json);
    arena_free(answer->arena);
    *answer = (struct statistics_answer){0};
}
