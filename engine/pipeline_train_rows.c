/* SPDX-License-Identifier: Apache-2.0 */
/* A file of SVMlight rows → the dataset that is learned from: the qid is the demand, the label the grade, a column that a row does not name is 0. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/digest.h"
#include "base/files.h"
#include "pipeline_train_parts.h"
#include "record/svmlight.h"

enum { ROWS_BYTES_MOST = 1 << 30, CELLS_MOST = 1 << 28 };

static int compare_ids(const void *a, const void *b) {
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* qids → dense groups, in the order of the qids. */
static ieum_status number_groups(const struct svmlight_rows *rows, uint32_t *group, struct problem *problem) {
    int64_t *ids = memory_allocate_zero(rows->count, sizeof *ids);
    if (!ids) return problem_set_memory(problem);
    memcpy(ids, rows->qids, rows->count * sizeof *ids);
    qsort(ids, rows->count, sizeof *ids, compare_ids);
    size_t distinct = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (i == 0 || ids[i] != ids[i - 1]) ids[distinct++] = ids[i];
    for (size_t i = 0; i < rows->count; i++) {
        const int64_t *found = bsearch(&rows->qids[i], ids, distinct, sizeof *ids, compare_ids);
        group[i] = (uint32_t)(found - ids);
    }
    memory_free(ids);
    return IEUM_OK;
}

static ieum_status refuse_grade(const struct svmlight_rows *rows, size_t row, const char *path, struct problem *problem) {
    char text[32];
    snprintf(text, sizeof text, "%g", rows->labels[row]);
    ieum_status status = problem_set(problem, IEUM_INVALID, "/data", "등급(label)은 0 이상이어야 합니다.", "A grade (label) must be at least 0.");
    problem_set_value(problem, text);
    problem_set_place(problem, path, rows->lines[row], 1);
    return status;
}

static ieum_status name_columns(struct training *training, size_t columns, struct problem *problem) {
    const char **names = arena_allocate_zero(training->arena, columns, sizeof *names);
    if (!names) return problem_set_memory(problem);
    for (size_t c = 0; c < columns; c++) {
        char text[24];
        snprintf(text, sizeof text, "%zu", c + 1);
        if (!(names[c] = arena_copy_text(training->arena, text))) return problem_set_memory(problem);
    }
    training->data.feature_names = names;
    training->data.feature_count = columns;
    return IEUM_OK;
}

static ieum_status spread(const struct svmlight_rows *rows, const char *path, struct training *training, struct problem *problem) {
    size_t cells;
    if (rows->count == 0 || rows->columns == 0)
        return problem_set(problem, IEUM_INVALID, "/data", "파일 '%s'에 학습할 행이 없습니다.", "The file '%s' has no rows to learn from.", path);
    if (!rows->qids)
        return problem_set(problem, IEUM_INVALID, "/data", "파일 '%s'에 qid가 없어 어느 행들이 한 수요인지 알 수 없습니다.",
                           "The file '%s' has no qid, so it is not known which rows belong to one demand.", path);
    if (__builtin_mul_overflow(rows->count, rows->columns, &cells) || cells > CELLS_MOST)
        return problem_set(problem, IEUM_LIMIT, "/data", "행과 열이 너무 많습니다(최대 %d칸).", "There are too many rows and columns (at most %d cells).", CELLS_MOST);
    double *values = arena_allocate_zero(training->arena, cells, sizeof *values), *grade = arena_allocate_zero(training->arena, rows->count, sizeof *grade);
    uint32_t *group = arena_allocate_zero(training->arena, rows->count, sizeof *group);
    if (!values || !grade || !group) return problem_set_memory(problem);
    for (size_t r = 0; r < rows->count; r++) {
        if (!(rows->labels[r] >= 0)) return refuse_grade(rows, r, path, problem);
        grade[r] = rows->labels[r];
        for (size_t k = rows->start[r]; k < rows->start[r + 1]; k++) values[r * rows->columns + rows->index[k]] = rows->value[k];
    }
    training->data.count = rows->count;
    training->data.group = group;
    training->data.grade = grade;
    training->data.features = values;
    ieum_status status = name_columns(training, rows->columns, problem);
    return status == IEUM_OK ? number_groups(rows, group, problem) : status;
}

ieum_status training_load_rows(const struct train_question *question, struct training *training, struct problem *problem) {
    struct svmlight_rows rows = SVMLIGHT_EMPTY;
    char *bytes = NULL;
    size_t size = 0;
    ieum_status status = file_read(question->data, ROWS_BYTES_MOST, &bytes, &size, problem);
    if (status == IEUM_OK) {
        digest_of(bytes, size, training->data_hash);
        status = svmlight_read(bytes, size, 1, &rows, problem);
        if (status != IEUM_OK) problem_set_place(problem, question->data, 0, 0);
    }
    memory_free(bytes);
    if (status == IEUM_OK) status = spread(&rows, question->data, training, problem);
    svmlight_free(&rows);
    return status;
}
