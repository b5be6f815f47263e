/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file with a person's choices (ieum_import_for): {"kind", "preview"?, "mapping"?: {"<column>": "/field" | null}, "merge"?: {"<row>" | "<reason>": "keep_both" |
 * "replace" | "skip"}, "table"?: the digest that a preview told, "sheet"?: of an XLSX file, "by"?, "lang"?}. With "preview" → what would come of it (write_preview.c), and nothing is stored;
 * else → as op import, with "skipped" and "replaced", all or nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "../base/files.h"
#include "../pipeline_import.h"
#include "request.h"
#include "write_preview.h"

static const struct jpath root = {NULL, NULL, 0};

/* ---- reading ---- */

static int compare_rows(const void *a, const void *b) {
    const size_t x = ((const struct row_choice *)a)->row, y = ((const struct row_choice *)b)->row;
    return (x > y) - (x < y);
}

static ieum_status read_merge(struct call *call, struct import_question *question, struct problem *problem) {
    static const char expected[] = "keep_both, replace, skip";
    const jval *merge = NULL;
    const struct jpath at = {&root, "merge", 0};
    ieum_status status = field_object(call->request, NULL, "merge", false, &merge, problem);
    struct row_choice *rows = arena_allocate_zero(call->arena, jval_count(merge) + 1, sizeof *rows);
    if (status == IEUM_OK && !rows) status = problem_set_memory(problem);
    if (status != IEUM_OK) return status;
    for (void *i = jval_first(merge); i; i = jval_next(merge, i)) {
        const struct jpath here = {&at, jval_key(i), 0};
        const size_t row = request_number(jval_key(i));
        enum merge_choice choice = MERGE_KEEP_BOTH;
        size_t reason = 0;
        while (choice < MERGE_CHOICES && strcmp(merge_choice_names[choice], jval_text(jval_value(i))) != 0) choice++;
        if (choice == MERGE_CHOICES)
            return jval_refuse(problem, &here, jval_value(i), expected, "둘 다 둘지(keep_both), 바꿀지(replace), 뺄지(skip) 적습니다.", "Say keep_both, replace or skip.");
        while (!row && reason < DUPLICATE_REASONS && strcmp(duplicate_reason_names[reason], jval_key(i)) != 0) reason++;
        if (reason == DUPLICATE_REASONS)
            return jval_refuse(problem, &here, NULL, "\"4\", same_id, registration_no, name_region", "행의 번호나 겹치는 까닭을 적습니다.",
                               "Give the number of a row, or a reason.");
        if (row) rows[question->row_count++] = (struct row_choice){row, choice};
        else question->reasons[reason] = choice;
    }
    qsort(rows, question->row_count, sizeof *rows, compare_rows);
    question->rows = rows;
    return IEUM_OK;
}

static ieum_status read_question(struct call *call, const ieum_file *file, struct import_question *question, bool *preview, struct problem *problem) {
    static const char *const own[] = {"kind", "preview", "mapping", "merge", "table", "sheet"};
    size_t kind = 0;
    *question = (struct import_question){.name = file->name, .bytes = file->bytes, .size = file->size};
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_bool(call->request, NULL, "preview", false, preview, problem);
    /* Decisions are looked at, for the shadow round, and never kept. */
    if (status == IEUM_OK)
        status = field_choice(call->request, NULL, "kind", true, record_kind_names, *preview ? RECORD_KINDS + 1 : RECORD_KINDS, &kind, problem);
    question->kind = (enum record_kind)kind;
    if (status == IEUM_OK) status = request_file_choices(call->request, NULL, call->arena, &question->choices, problem);
    return status == IEUM_OK ? read_merge(call, question, problem) : status;
}

/* ---- answering ---- */

/* What was shown and what is imported must be the same bytes. */
static ieum_status check_table(const struct call *call, const struct import_answer *answer, struct problem *problem) {
    const char *table = NULL;
    ieum_status status = field_text(call->request, NULL, "table", false, &table, problem);
    if (status != IEUM_OK || !table || strcmp(table, answer->table) == 0) return status;
    problem_set(problem, IEUM_CONFLICT, "/table", "미리 본 파일과 가져오는 파일의 내용이 다릅니다. 다시 미리 보십시오.",
                "This is not the file that was previewed: look at it again.");
    problem_set_value(problem, table);
    problem_set_expected(problem, answer->table);
    return problem->status;
}

/* A preview works before there is a store: everything is new then. */
static ieum_status open_store(struct call *call, bool preview, struct store **store, struct problem *problem) {
    const char *path = workspace_store_path(call->workspace);
    if (!preview) return workspace_change(call->workspace, store, problem);
    return path && file_exists(path) ? workspace_store(call->workspace, false, store, problem) : IEUM_OK;
}

static ieum_status import_answered(struct call *call, const struct import_question *question, const struct import_answer *answer, jval **result,
                                   struct problem *problem) {
    size_t replaced = 0;
    for (size_t i = 0; i < answer->duplicate_count; i++)
        replaced += answer->duplicates[i].choice == MERGE_REPLACE && answer->duplicates[i].reason != DUPLICATE_SAME_ID;
    ieum_status status = import_ready(question, answer, problem);
    if (status == IEUM_OK) status = request_import_set(call, &answer->set, question->name, result, problem);
    if (status != IEUM_OK) return status;
    jval_set_integer(*result, "skipped", (int64_t)answer->skipped);
    jval_set_integer(*result, "replaced", (int64_t)replaced);
    return IEUM_OK;
}

ieum_status request_import_file(struct call *call, jval **result, struct problem *problem) {
    struct import_question question;
    struct import_answer answer = {0};
    struct store *store = NULL;
    bool preview = false;
    ieum_status status = read_question(call, call->files, &question, &preview, problem);
    if (status == IEUM_OK) status = open_store(call, preview, &store, problem);
    if (status == IEUM_OK) status = pipeline_import(call->workspace, store, &question, &answer, problem);
    if (status == IEUM_OK) status = check_table(call, &answer, problem);
    if (status == IEUM_OK) status = preview ? write_preview(store, &question, &answer, result, problem) : import_answered(call, &question, &answer, result, problem);
    import_answer_free(&answer);
    return status;
}
