/* SPDX-License-Identifier: Apache-2.0 */
/* Judged pairs → rows of numbers for other programs to learn from. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/file_write.h"
#include "pipeline_modelling.h"
#include "pipeline_train.h"

/* Of each feature, the column (from 1) that says it is missing; 0: no pair lacks it. */
static ieum_status name_columns(const struct dataset *data, size_t *missing, struct rows_answer *answer, struct problem *problem) {
    const size_t width = data->feature_count;
    answer->columns.items = arena_allocate_zero(answer->arena, 2 * width, sizeof *answer->columns.items);
    if (!answer->columns.items) return problem_set_memory(problem);
    for (size_t i = 0; i < data->count; i++)
        for (size_t f = 0; f < width; f++)
            if (isnan(data->features[i * width + f])) missing[f] = 1;
    for (size_t f = 0; f < 2 * width; f++) {
        char text[300];
        if (f >= width && !missing[f - width]) continue;
        snprintf(text, sizeof text, "%s%s", f < width ? "" : MISSING_COLUMN, data->feature_names[f % width]);
        if (!(answer->columns.items[answer->columns.count++] = arena_copy_text(answer->arena, text))) return problem_set_memory(problem);
        if (f >= width) missing[f - width] = answer->columns.count;
    }
    return IEUM_OK;
}

static void add_head(const struct rows_question *question, const struct training *training, const struct rows_answer *answer, struct buffer *text) {
    buffer_format(text, "# ieum rows of the program %s, version %s; data %s\n", training->program->id, training->program->version, training->data_hash);
    for (size_t c = 0; c < answer->columns.count; c++) buffer_format(text, "# %zu %s\n", c + 1, answer->columns.items[c]);
    buffer_format(text, "# criteria %s; a value that is missing has no entry\n", question->fit_only ? "fit" : "all");
}

static void add_row(const struct rows_question *question, const struct training *training, const size_t *missing, size_t row, struct buffer *text) {
    const struct dataset *data = &training->data;
    const double *values = data->features + row * data->feature_count;
    decimal_add(text, data->grade[row], 17);
    if (!question->plain) buffer_format(text, " qid:%u", data->group[row] + 1);
    for (size_t f = 0; f < data->feature_count; f++) {
        if (isnan(values[f])) continue;
        buffer_format(text, " %zu:", f + 1);
        decimal_add(text, values[f], 17);
    }
    for (size_t f = 0; f < data->feature_count; f++)
        if (isnan(values[f])) buffer_format(text, " %zu:1", missing[f]);
    if (!question->plain) buffer_format(text, " # %s %s", training->demands[data->group[row]], training->suppliers[data->supplier[row]]);
    buffer_add_byte(text, '\n');
}

static ieum_status write_rows(const struct rows_question *question, const struct training *training, struct rows_answer *answer, struct problem *problem) {
    const struct dataset *data = &training->data;
    struct buffer text = BUFFER_EMPTY;
    size_t *missing = arena_allocate_zero(answer->arena, data->feature_count, sizeof *missing);
    ieum_status status = missing ? name_columns(data, missing, answer, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && !question->plain) add_head(question, training, answer, &text);
    for (size_t i = 0; i < data->count && status == IEUM_OK; i++) {
        add_row(question, training, missing, i, &text);
        answer->demands += i == 0 || data->group[i] != data->group[i - 1];
    }
    if (status == IEUM_OK && text.failed) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = file_write(question->out, text.bytes, text.size, problem);
    answer->rows = data->count;
    answer->not_found = training->not_found;
    buffer_free(&text);
    return status;
}

ieum_status pipeline_model_rows(struct workspace *workspace, const struct rows_question *question, struct rows_answer *answer, struct problem *problem) {
    struct train_question from = {.program = question->program, .data = question->data, .qrels = question->qrels, .fit_only = question->fit_only};
    struct train_rules rules;
    struct training training = {0};
    *answer = (struct rows_answer){.arena = arena_new()};
    study_options_init(&from.study, MODEL_LINEAR); /* which asks for no vectors */
    ieum_status status = answer->arena ? train_rules_load(workspace, &rules, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = training_load(workspace, &from, &rules, &training, problem);
    if (status == IEUM_OK) status = write_rows(question, &training, answer, problem);
    training_free(&training);
    if (status != IEUM_OK) rows_answer_free(answer);
    return status;
}

void rows_answer_free(struct rows_answer *answer) {
    arena_free(answer->arena);
    *answer = (struct rows_answer){0};
}
