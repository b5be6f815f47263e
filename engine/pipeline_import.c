/* SPDX-License-Identifier: Apache-2.0 */
/* From a file and a person's choices to the set that is to be stored. */
#include "pipeline_import.h"

#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "pipeline_import_parts.h"
#include "record/collect.h"

const char *const duplicate_reason_names[DUPLICATE_REASONS] = {
    [DUPLICATE_SAME_ID] = "same_id", [DUPLICATE_REGISTRATION_NO] = "registration_no", [DUPLICATE_NAME_REGION] = "name_region"};
const char *const merge_choice_names[MERGE_CHOICES] = {[MERGE_NONE] = "", [MERGE_KEEP_BOTH] = "keep_both", [MERGE_REPLACE] = "replace", [MERGE_SKIP] = "skip"};

/* ---- choices ---- */

static enum merge_choice choice_of_row(const struct import_question *question, size_t row) {
    size_t least = 0, most = question->row_count;
    while (least < most) {
        const size_t middle = least + (most - least) / 2;
        if (question->rows[middle].row < row) least = middle + 1;
        else most = middle;
    }
    return least < question->row_count && question->rows[least].row == row ? question->rows[least].choice : MERGE_NONE;
}

static ieum_status refuse_choice(size_t row, const char *value, const char *expected, const char *ko, const char *en, struct problem *problem) {
    char pointer[32];
    snprintf(pointer, sizeof pointer, "/merge/%zu", row);
    problem_set(problem, IEUM_INVALID, pointer, "%1$zu행: %2$s%3$.0s", "Row %1$zu: %2$.0s%3$s", row, ko, en);
    problem_set_value(problem, value);
    problem_set_expected(problem, expected);
    return problem->status;
}

/* Each row that was chosen for must be one of the file, and the choice one that the row has. Rows and duplicates both ascend. */
static ieum_status check_choices(const struct import_question *question, const struct import_answer *answer, struct problem *problem) {
    size_t at = 0, duplicate = 0;
    for (size_t i = 0; i < question->row_count; i++) {
        const struct row_choice *chosen = &question->rows[i];
        while (at < answer->file.set.count && answer->file.rows[at] < chosen->row) at++;
        if (at == answer->file.set.count || answer->file.rows[at] != chosen->row) {
            if (answer->file.bad.count) continue; /* the row may be one of those that are wrong */
            return refuse_choice(chosen->row, merge_choice_names[chosen->choice], NULL, "파일에 이런 기록이 없습니다.", "the file has no such record.", problem);
        }
        while (duplicate < answer->duplicate_count && answer->duplicates[duplicate].index < at) duplicate++;
        const bool found = duplicate < answer->duplicate_count && answer->duplicates[duplicate].index == at;
        if (found && answer->duplicates[duplicate].reason == DUPLICATE_SAME_ID && chosen->choice == MERGE_KEEP_BOTH)
            return refuse_choice(chosen->row, "keep_both", "replace, skip", "번호가 같은 기록은 둘 다 둘 수 없습니다.", "two records cannot have the same id.", problem);
        if (!found && chosen->choice == MERGE_REPLACE)
            return refuse_choice(chosen->row, "replace", "skip", "겹치는 기록이 없어 바꿀 것이 없습니다.", "nothing is there that it could replace.", problem);
    }
    return IEUM_OK;
}

static void apply_choices(const struct import_question *question, struct import_answer *answer) {
    for (size_t i = 0; i < answer->duplicate_count; i++) {
        struct import_duplicate *duplicate = &answer->duplicates[i];
        duplicate->choice = choice_of_row(question, answer->file.rows[duplicate->index]);
        const enum merge_choice all = question->reasons[duplicate->reason];
        if (!duplicate->choice && (duplicate->reason != DUPLICATE_SAME_ID || all != MERGE_KEEP_BOTH)) duplicate->choice = all;
        answer->undecided += duplicate->asks && !duplicate->choice;
    }
}

/* ---- the set ---- */

struct planned {
    const char *id;
    size_t index; /* of the file's set */
    bool renamed; /* the record takes the id of another */
};

struct plan {
    struct map *ids; /* → planned */
    struct planned *items;
    size_t count;
    const char **final_ids; /* of each record of the file */
};

static ieum_status refuse_clash(const struct import_answer *answer, size_t a, size_t b, const char *id, struct problem *problem) {
    char pointer[32];
    snprintf(pointer, sizeof pointer, "/merge/%zu", answer->file.rows[b]);
    problem_set(problem, IEUM_CONFLICT, pointer, "%1$zu행과 %2$zu행이 모두 '%3$s' 기록이 됩니다. 하나만 고르십시오.",
                "Rows %1$zu and %2$zu would both become the record '%3$s': choose one of them.", answer->file.rows[a], answer->file.rows[b], id);
    problem_set_value(problem, id);
    return problem->status;
}

/* `over`: the earlier record whose place this one takes; SIZE_MAX: none. */
static ieum_status plan_put(struct plan *plan, const struct import_answer *answer, size_t index, const char *id, bool renamed, size_t over, struct problem *problem) {
    const uint32_t there = map_get_text(plan->ids, id);
    plan->final_ids[index] = id;
    if (there != MAP_NONE && plan->items[there].index != over) return refuse_clash(answer, plan->items[there].index, index, id, problem);
    const struct planned item = {id, index, renamed};
    if (there != MAP_NONE) plan->items[there] = item;
    else if (!map_put(plan->ids, id, strlen(id), (uint32_t)plan->count)) return problem_set_memory(problem);
    else plan->items[plan->count++] = item;
    return IEUM_OK;
}

static ieum_status plan_row(struct plan *plan, struct import_answer *answer, const struct record_row *row, size_t index, const struct import_duplicate *duplicate,
                            enum merge_choice choice, struct problem *problem) {
    const bool in_file = duplicate && duplicate->other != SIZE_MAX;
    plan->final_ids[index] = row->id;
    if (duplicate && duplicate->asks && choice == MERGE_NONE) return IEUM_OK;
    if (choice == MERGE_SKIP) {
        answer->skipped++;
        return IEUM_OK;
    }
    if (!duplicate || choice != MERGE_REPLACE) return plan_put(plan, answer, index, row->id, false, SIZE_MAX, problem);
    const char *id = in_file ? plan->final_ids[duplicate->other] : duplicate->id;
    return plan_put(plan, answer, index, id, strcmp(id, row->id) != 0, in_file ? duplicate->other : SIZE_MAX, problem);
}

static jval *with_id(const jval *json, const char *id) {
    jval *copy = jval_new_object();
    for (void *i = jval_first(json); i; i = jval_next(json, i)) jval_set(copy, jval_key(i), jval_keep(jval_value(i)));
    jval_set_text(copy, "id", id);
    return copy;
}

static ieum_status count_one(struct import_answer *answer, const struct map *stored_ids, const struct record_row *stored_rows, const struct planned *item,
                             const jval *json, struct problem *problem) {
    char digest[DIGEST_TEXT], there[DIGEST_TEXT];
    const uint32_t stored = map_get_text(stored_ids, item->id);
    if (stored == MAP_NONE) {
        answer->created++;
        return IEUM_OK;
    }
    ieum_status status = record_digest(json, digest, problem);
    const char *known = stored_rows[stored].digest;
    if (status == IEUM_OK && !known) status = record_digest(stored_rows[stored].json, there, problem);
    if (status != IEUM_OK) return status;
    if (strcmp(digest, known ? known : there) == 0) answer->unchanged++;
    else answer->changed++;
    return IEUM_OK;
}

/* The planned records as a set, and what storing them would do. */
static ieum_status build_set(struct import_answer *answer, const struct plan *plan, const struct record_row *rows, const struct record_row *stored_rows,
                             struct problem *problem) {
    struct collector collector = {0};
    struct map *stored_ids = map_new();
    ieum_status status = stored_ids ? collector_open(answer->file.set.kind, &collector, problem) : problem_set_memory(problem);
    for (size_t i = 0; i < answer->stored.count && status == IEUM_OK; i++)
        if (!map_put(stored_ids, stored_rows[i].id, strlen(stored_rows[i].id), (uint32_t)i)) status = problem_set_memory(problem);
    for (size_t i = 0; i < plan->count && status == IEUM_OK; i++) {
        const struct planned *item = &plan->items[i];
        jval *json = item->renamed ? with_id(rows[item->index].json, item->id) : jval_keep(rows[item->index].json);
        status = collector_add(&collector, json, NULL, answer->file.rows[item->index], problem);
        if (status == IEUM_OK) status = count_one(answer, stored_ids, stored_rows, item, json, problem);
        jval_free(json);
    }
    if (status == IEUM_OK) collector_finish(&collector, &answer->set);
    collector_close(&collector);
    map_free(stored_ids);
    return status;
}

static ieum_status make_set(const struct import_question *question, struct import_answer *answer, const struct record_row *rows, const struct record_row *stored_rows,
                            struct problem *problem) {
    const size_t count = answer->file.set.count;
    struct plan plan = {.ids = map_new(), .items = memory_allocate_zero(count + 1, sizeof *plan.items), .final_ids = memory_allocate_zero(count + 1, sizeof *plan.final_ids)};
    ieum_status status = plan.ids && plan.items && plan.final_ids ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0, d = 0; i < count && status == IEUM_OK; i++) {
        const struct import_duplicate *duplicate = d < answer->duplicate_count && answer->duplicates[d].index == i ? &answer->duplicates[d++] : NULL;
        status = plan_row(&plan, answer, &rows[i], i, duplicate, duplicate ? duplicate->choice : choice_of_row(question, answer->file.rows[i]), problem);
    }
    if (status == IEUM_OK) status = build_set(answer, &plan, rows, stored_rows, problem);
    map_free(plan.ids);
    memory_free(plan.items);
    memory_free(plan.final_ids);
    return status;
}

/* ---- all together ---- */

static ieum_status read_rows(const struct record_set *set, struct arena *arena, struct record_row **rows, struct problem *problem) {
    ieum_status status = IEUM_OK;
    *rows = arena_allocate_zero(arena, set->count + 1, sizeof **rows);
    if (!*rows) return problem_set_memory(problem);
    for (size_t i = 0; i < set->count && status == IEUM_OK; i++) status = record_row_of(set, i, arena, &(*rows)[i], problem);
    return status;
}

static ieum_status load_stored(struct store *store, enum record_kind kind, struct record_set *stored, struct problem *problem) {
    *stored = (struct record_set){.kind = kind};
    if (!store) return IEUM_OK;
    return kind == RECORD_SUPPLIER ? store_load_lean_suppliers(store, stored, problem) : store_load(store, kind, NULL, stored, problem);
}

ieum_status pipeline_import(struct workspace *workspace, struct store *store, const struct import_question *question, struct import_answer *answer,
                            struct problem *problem) {
    struct record_row *rows = NULL, *stored_rows = NULL;
    *answer = (struct import_answer){.arena = arena_new()};
    digest_of_file(question->bytes, question->size, answer->table);
    ieum_status status = answer->arena ? checked_file_read(question->kind, question->name, question->bytes, question->size, workspace_data_path(workspace),
                                                           &question->choices, &answer->file, problem)
                                       : problem_set_memory(problem);
    if (status != IEUM_OK || question->kind == RECORD_DECISION) return status;
    status = import_check_kinds(workspace, &answer->file, problem);
    if (status != IEUM_OK) return status;
    status = load_stored(store, question->kind, &answer->stored, problem);
    if (status == IEUM_OK) status = read_rows(&answer->file.set, answer->arena, &rows, problem);
    if (status == IEUM_OK) status = read_rows(&answer->stored, answer->arena, &stored_rows, problem);
    if (status == IEUM_OK) status = import_find_duplicates(workspace, answer, rows, stored_rows, problem);
    if (status == IEUM_OK) status = check_choices(question, answer, problem);
    if (status != IEUM_OK) return status;
    apply_choices(question, answer);
    return make_set(question, answer, rows, stored_rows, problem);
}

void import_answer_free(struct import_answer *answer) {
    checked_file_free(&answer->file);
    record_set_free(&answer->set);
    record_set_free(&answer->stored);
    arena_free(answer->arena);
    *answer = (struct import_answer){0};
}

/* ---- ready? ---- */

static ieum_status refuse_bad(const struct import_question *question, const struct bad_cells *bad, struct problem *problem) {
    const struct bad_cell *first = &bad->items.items[0];
    problem_set(problem, IEUM_INVALID, first->field, "고칠 칸이 %1$zu개 있어 아무것도 가져오지 않았습니다. 첫째는 %2$zu행 %3$s: %4$s%5$.0s",
                "Nothing was imported: %1$zu cells are wrong. The first, row %2$zu %3$s: %4$.0s%5$s", bad->count, first->row, first->header, first->ko, first->en);
    problem_set_value(problem, first->value);
    problem_set_expected(problem, first->expected);
    problem_set_place(problem, question->name, first->row, first->column);
    return problem->status;
}

static ieum_status refuse_missing(const struct import_question *question, const struct grid *grid, size_t field, struct problem *problem) {
    const struct header_field *missing = &grid->headers.fields[field];
    problem_set(problem, IEUM_INVALID, "/mapping", "필요한 항목 '%1$s'에 이어진 열이 없습니다.%2$.0s", "No column is bound to the field '%2$s', which is needed.%1$.0s",
                missing->label.ko, missing->label.en);
    problem_set_expected(problem, missing->id);
    problem_set_place(problem, question->name, grid->table.rows[0].number, 0);
    return problem->status;
}

static ieum_status refuse_undecided(const struct import_question *question, const struct import_answer *answer, struct problem *problem) {
    struct buffer rows = BUFFER_EMPTY;
    size_t told = 0;
    for (size_t i = 0; i < answer->duplicate_count && told < 20; i++) {
        const struct import_duplicate *duplicate = &answer->duplicates[i];
        if (!duplicate->asks || duplicate->choice) continue;
        buffer_format(&rows, told++ ? ", %zu" : "%zu", answer->file.rows[duplicate->index]);
    }
    if (answer->undecided > told) buffer_add_text(&rows, " …");
    if (rows.failed) {
        buffer_free(&rows);
        return problem_set_memory(problem);
    }
    problem_set(problem, IEUM_CONFLICT, "/merge", "이미 있는 기록과 겹치는 행이 %1$zu개 있습니다(%2$s행). 행마다 둘 다 둘지, 바꿀지, 뺄지 골라 주십시오. 아무것도 가져오지 않았습니다.",
                "%1$zu rows are there already (rows %2$s): choose for each whether to keep both, replace or skip. Nothing was imported.", answer->undecided, rows.bytes);
    problem_set_value(problem, rows.bytes);
    problem_set_expected(problem, "keep_both, replace, skip");
    problem_set_place(problem, question->name, 0, 0);
    buffer_free(&rows);
    return problem->status;
}

ieum_status import_ready(const struct import_question *question, const struct import_answer *answer, struct problem *problem) {
    const struct grid *grid = &answer->file.grid;
    for (size_t i = 0; i < grid->headers.count; i++)
        if (headers_missing(&grid->headers, grid->columns, grid->column_count, i)) return refuse_missing(question, grid, i, problem);
    if (answer->file.bad.count) return refuse_bad(question, &answer->file.bad, problem);
    return answer->undecided ? refuse_undecided(question, answer, problem) : IEUM_OK;
}
