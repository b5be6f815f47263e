/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline_modelling.h"

#include <stdio.h>
#include <string.h>

#include "base/file_write.h"
#include "score/model_export.h"
#include "score/model_file.h"
#include "score/model_fit.h"

/* ---- list ---- */

/* A file that cannot be read is told beside the others; only memory fails the whole. */
static ieum_status load_listed(struct listed_model *item, struct arena *arena, struct problem *problem) {
    struct problem own = {0};
    if (model_load(item->path, &item->model, &own) == IEUM_OK) return IEUM_OK;
    if (own.status == IEUM_MEMORY) return problem_set_memory(problem);
    item->problem = (struct problem *)arena_copy_bytes(arena, &own, sizeof own);
    return item->problem ? IEUM_OK : problem_set_memory(problem);
}

ieum_status pipeline_model_list(struct workspace *workspace, struct model_list *list, struct problem *problem) {
    struct model_place *places;
    size_t count = 0;
    *list = (struct model_list){.arena = arena_new()};
    ieum_status status = list->arena ? workspace_model_places(workspace, list->arena, &places, &count, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && !(list->items = arena_allocate_zero(list->arena, count + 1, sizeof *list->items))) status = problem_set_memory(problem);
    for (; status == IEUM_OK && list->count < count; list->count++) {
        list->items[list->count] = (struct listed_model){.id = places[list->count].id, .path = places[list->count].path};
        status = load_listed(&list->items[list->count], list->arena, problem);
    }
    if (status != IEUM_OK) model_list_free(list);
    return status;
}

void model_list_free(struct model_list *list) {
    for (size_t i = 0; i < list->count; i++) model_free(list->items[i].model);
    arena_free(list->arena);
    *list = (struct model_list){0};
}

/* ---- one ---- */

static ieum_status open_model(struct workspace *workspace, const char *name, struct model_answer *answer, struct problem *problem) {
    *answer = (struct model_answer){.arena = arena_new()};
    ieum_status status = answer->arena ? workspace_model_path(workspace, name, answer->arena, &answer->path, problem) : problem_set_memory(problem);
    return status == IEUM_OK ? model_load(answer->path, &answer->model, problem) : status;
}

ieum_status pipeline_model_show(struct workspace *workspace, const char *name, struct model_answer *answer, struct problem *problem) {
    struct problem ignored = {0};
    ieum_status status = open_model(workspace, name, answer, problem);
    /* A model can be looked at without its program; then its features have no titles. */
    if (status == IEUM_OK && answer->model->program && workspace_program(workspace, answer->model->program, &answer->program, &ignored) == IEUM_OK)
        answer->other_version = strcmp(answer->model->program_version, answer->program->version) != 0;
    if (ignored.status == IEUM_MEMORY) status = problem_set_memory(problem);
    if (status != IEUM_OK) model_answer_free(answer);
    return status;
}

void model_answer_free(struct model_answer *answer) {
    model_free(answer->model);
    program_free(answer->program);
    arena_free(answer->arena);
    *answer = (struct model_answer){0};
}

/* ---- export ---- */

static bool add_column(struct model_answer *answer, const char *before, const char *name) {
    char text[300];
    snprintf(text, sizeof text, "%s%s", before, name);
    return (answer->columns.items[answer->columns.count++] = arena_copy_text(answer->arena, text)) != NULL;
}

/* What the columns are that model_export_libsvm writes. */
static ieum_status name_columns(struct model_answer *answer, struct problem *problem) {
    const struct model *model = answer->model;
    const struct side_encoding *sides[2] = {&model->product.demand, &model->product.supplier};
    bool whole = (answer->columns.items = arena_allocate_zero(answer->arena, 2 * model->feature_count + model->input_count + sides[0]->count + sides[1]->count + 1,
                                                              sizeof *answer->columns.items)) != NULL;
    for (size_t i = 0; i < model->feature_count && whole; i++) whole = add_column(answer, "", model->features[i].name);
    for (size_t i = 0; i < model->feature_count && model->program && whole; i++) whole = add_column(answer, MISSING_COLUMN, model->features[i].name);
    for (size_t i = 0; i < model->input_count && whole; i++)
        whole = add_column(answer, model->inputs[i].indicator ? MISSING_COLUMN : "", model->inputs[i].name);
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side]->count && whole; i++) whole = add_column(answer, side ? "supplier:" : "demand:", sides[side]->coordinates[i].name);
    return whole ? IEUM_OK : problem_set_memory(problem);
}

ieum_status pipeline_model_export(struct workspace *workspace, const char *name, const char *out, struct model_answer *answer, struct problem *problem) {
    struct buffer text = BUFFER_EMPTY;
    ieum_status status = open_model(workspace, name, answer, problem);
    if (status == IEUM_OK) status = model_export_libsvm(answer->model, &text, problem);
    if (status == IEUM_OK) status = name_columns(answer, problem);
    if (status == IEUM_OK) status = file_write(out, text.bytes, text.size, problem);
    buffer_free(&text);
    if (status != IEUM_OK) model_answer_free(answer);
    return status;
}
