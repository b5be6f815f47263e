/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Variety within a demand as limits of a flow. The limit "of these suppliers at most so many for this demand" stands between a demand and the suppliers of one value;
 * on the demand's side (demand, value) lies within demand, which is a laminar family, so the assignment stays exact with its proof. Of a list the first element counts:
 * with several values a supplier the limits would cross, and then the best assignment is NP-hard to find.
 */
#include <stdlib.h>
#include <string.h>

#include "pipeline_match_parts.h"
#include "program/locate.h"

const struct group_rule match_whole_rule = {.id = "variety", .title = {"수요과제", "demand"}, .demand_side = true};

static int compare_texts(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static uint32_t find_value(const struct match_variety *variety, const char *text) {
    const char **found = bsearch(&text, variety->values, variety->value_count, sizeof *variety->values, compare_texts);
    return (uint32_t)(found - variety->values);
}

ieum_status match_find_values(struct match_answer *answer, struct problem *problem) {
    const struct variety_rule *rule = &answer->suggested.program->variety;
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    struct match_variety *variety = &answer->variety;
    if (!rule->field) return IEUM_OK;
    const char **own = arena_allocate(answer->arena, suppliers->count * sizeof *own);
    variety->values = arena_allocate(answer->arena, (suppliers->count + 1) * sizeof *variety->values);
    variety->of_supplier = arena_allocate(answer->arena, suppliers->count * sizeof *variety->of_supplier);
    if (!own || !variety->values || !variety->of_supplier) return problem_set_memory(problem);
    for (size_t s = 0; s < suppliers->count; s++) {
        struct text_list texts = {0};
        ieum_status status = value_texts(value_at(suppliers->suppliers[s].json, rule->field), answer->arena, &texts, problem);
        if (status != IEUM_OK) return status;
        variety->values[s] = own[s] = texts.count ? texts.items[0] : "";
    }
    qsort(variety->values, suppliers->count, sizeof *variety->values, compare_texts);
    for (size_t s = 0; s < suppliers->count; s++)
        if (!variety->value_count || strcmp(variety->values[variety->value_count - 1], variety->values[s]) != 0) variety->values[variety->value_count++] = variety->values[s];
    for (size_t s = 0; s < suppliers->count; s++) variety->of_supplier[s] = find_value(variety, own[s]);
    return IEUM_OK;
}

ieum_status match_count_reach(const struct match_answer *answer, uint32_t row, int64_t *reach, struct problem *problem) {
    const struct match_variety *variety = &answer->variety;
    const int64_t most = answer->suggested.program->variety.most;
    *reach = answer->edge_start[row + 1] - answer->edge_start[row];
    if (!variety->values) return IEUM_OK;
    int64_t *held = arena_allocate_zero(answer->arena, variety->value_count, sizeof *held);
    if (!held) return problem_set_memory(problem);
    *reach = 0;
    for (uint32_t e = answer->edge_start[row]; e < answer->edge_start[row + 1]; e++) *reach += ++held[variety->of_supplier[answer->edge_supplier[e]]] <= most;
    return IEUM_OK;
}

/* ---- the split ---- */

struct split {
    struct match_answer *answer;
    uint32_t *room;  /* a value: the present demand's candidates that have it, then where the next of them goes */
    uint8_t *barred; /* a value: 1 when a barred supplier has it, whom a repair might let in */
    uint32_t *rows, *edge_start, *edge_supplier, row_count, edge_count;
    int64_t *edge_score, *demand_min, *demand_max;
};

static void note_values(struct split *it, uint32_t demand) {
    const struct match_answer *answer = it->answer;
    const struct match_variety *variety = &answer->variety;
    const struct shortlist *shortlist = &answer->suggested.shortlists[answer->rows[demand]];
    memset(it->room, 0, variety->value_count * sizeof *it->room);
    memset(it->barred, 0, variety->value_count);
    for (uint32_t e = answer->edge_start[demand]; e < answer->edge_start[demand + 1]; e++) it->room[variety->of_supplier[answer->edge_supplier[e]]]++;
    for (size_t i = 0; i < shortlist->barred_count; i++) it->barred[variety->of_supplier[shortlist->barred[i].supplier]] = 1;
}

static uint32_t count_rows(struct split *it, uint32_t demand) {
    uint32_t rows = 0;
    note_values(it, demand);
    for (uint32_t v = 0; v < it->answer->variety.value_count; v++) rows += it->room[v] || it->barred[v];
    return rows ? rows : 1;
}

static void add_row(struct split *it, uint32_t demand, uint32_t value, uint32_t candidates) {
    struct match_variety *variety = &it->answer->variety;
    const int64_t most = it->answer->suggested.program->variety.most, whole = variety->whole_max[demand];
    it->rows[it->row_count] = it->answer->rows[demand];
    variety->of_row[it->row_count] = value;
    it->demand_max[it->row_count] = most < whole ? most : whole;
    it->edge_count += candidates;
    it->edge_start[++it->row_count] = it->edge_count;
}

static void split_demand(struct split *it, uint32_t demand) {
    const struct match_answer *answer = it->answer;
    struct match_variety *variety = &it->answer->variety;
    variety->whole_start[demand] = it->row_count;
    note_values(it, demand);
    for (uint32_t v = 0; v < variety->value_count; v++) {
        const uint32_t candidates = it->room[v], first = it->edge_count;
        if (candidates || it->barred[v]) add_row(it, demand, v, candidates);
        it->room[v] = first;
    }
    if (it->row_count == variety->whole_start[demand]) add_row(it, demand, 0, 0); /* a demand that nobody can be had for is there all the same */
    for (uint32_t e = answer->edge_start[demand]; e < answer->edge_start[demand + 1]; e++) {
        const uint32_t to = it->room[variety->of_supplier[answer->edge_supplier[e]]]++;
        it->edge_supplier[to] = answer->edge_supplier[e];
        it->edge_score[to] = answer->edge_score[e];
    }
    variety->whole_start[demand + 1] = it->row_count;
}

static bool split_allocate(struct split *it, uint64_t rows) {
    struct arena *arena = it->answer->arena;
    struct match_variety *variety = &it->answer->variety;
    const size_t edges = it->answer->edge_start[it->answer->row_count];
    it->rows = arena_allocate(arena, rows * sizeof *it->rows);
    it->edge_start = arena_allocate_zero(arena, rows + 1, sizeof *it->edge_start);
    it->edge_supplier = arena_allocate(arena, edges * sizeof *it->edge_supplier);
    it->edge_score = arena_allocate(arena, edges * sizeof *it->edge_score);
    it->demand_min = arena_allocate_zero(arena, rows, sizeof *it->demand_min);
    it->demand_max = arena_allocate_zero(arena, rows, sizeof *it->demand_max);
    variety->of_row = arena_allocate(arena, rows * sizeof *variety->of_row);
    return it->rows && it->edge_start && it->edge_supplier && it->edge_score && it->demand_min && it->demand_max && variety->of_row;
}

ieum_status match_split_rows(struct match_answer *answer, struct problem *problem) {
    struct match_variety *variety = &answer->variety;
    struct split it = {.answer = answer};
    uint64_t rows = 0;
    if (!variety->values) return IEUM_OK;
    it.room = arena_allocate(answer->arena, variety->value_count * sizeof *it.room);
    it.barred = arena_allocate(answer->arena, variety->value_count);
    variety->whole_start = arena_allocate_zero(answer->arena, answer->row_count + 1, sizeof *variety->whole_start);
    if (!it.room || !it.barred || !variety->whole_start) return problem_set_memory(problem);
    variety->whole_count = answer->row_count;
    variety->whole_min = answer->demand_min;
    variety->whole_max = answer->demand_max;
    for (uint32_t d = 0; d < answer->row_count; d++) rows += count_rows(&it, d);
    if (rows >= ASSIGNMENT_EDGE_LIMIT)
        return problem_set(problem, IEUM_LIMIT, "/assignment/variety", "수요과제와 값의 조합이 너무 많습니다.", "There are too many combinations of demands and values.");
    if (!split_allocate(&it, rows)) return problem_set_memory(problem);
    for (uint32_t d = 0; d < answer->row_count; d++) split_demand(&it, d);
    answer->rows = it.rows;
    answer->row_count = it.row_count;
    answer->edge_start = it.edge_start;
    answer->edge_supplier = it.edge_supplier;
    answer->edge_score = it.edge_score;
    answer->demand_min = it.demand_min;
    answer->demand_max = it.demand_max;
    return IEUM_OK;
}

/* ---- the groups ---- */

ieum_status match_add_wholes(struct match_answer *answer, uint32_t *groups, struct problem *problem) {
    const struct match_variety *variety = &answer->variety;
    uint32_t *rows = variety->values ? arena_allocate(answer->arena, answer->row_count * sizeof *rows) : NULL;
    if (!variety->values) return IEUM_OK;
    if (!rows) return problem_set_memory(problem);
    for (uint32_t r = 0; r < answer->row_count; r++) rows[r] = r;
    for (uint32_t w = 0; w < variety->whole_count; w++) {
        const uint32_t first = variety->whole_start[w];
        answer->groups[*groups] = (struct assignment_group){.side = ASSIGNMENT_DEMAND, .members = rows + first, .member_count = variety->whole_start[w + 1] - first,
                                                            .min = variety->whole_min[w], .max = variety->whole_max[w]};
        answer->group_rules[*groups] = &match_whole_rule;
        answer->group_values[(*groups)++] = answer->suggested.cohort.demands.demands[answer->suggested.shortlists[answer->rows[first]].demand].id;
    }
    return IEUM_OK;
}
