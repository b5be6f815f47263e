/* SPDX-License-Identifier: Apache-2.0 */
/* Model files: which there are beside or inside the data folder, and how a name leads to one. */
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "score/model_file.h"
#include "workspace.h"

#define MODEL_ENDING ".model"
static const char *const model_folders[] = {"models", "../models"}; /* installed; in the tree of the sources */
enum { MODEL_FOLDERS = sizeof model_folders / sizeof *model_folders };

/* ---- which there are ---- */

static bool is_listed(const struct model_place *places, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(places[i].id, id) == 0) return true;
    return false;
}

/* The files of one folder, those that an earlier one has under the same name left out. */
static ieum_status add_folder(const char *folder, struct arena *arena, struct model_place **places, size_t *count, struct problem *problem) {
    struct problem ignored = {0};
    char **names = NULL;
    size_t found = 0;
    ieum_status status = folder_list(folder, MODEL_ENDING, &names, &found, &ignored);
    if (status == IEUM_MEMORY) return problem_set_memory(problem);
    if (status != IEUM_OK || found == 0) { /* a folder that is not there has no models */
        memory_free(names);
        return IEUM_OK;
    }
    struct model_place *grown = arena_allocate_zero(arena, *count + found, sizeof *grown);
    status = grown ? IEUM_OK : problem_set_memory(problem);
    if (grown && *count) memcpy(grown, *places, *count * sizeof *grown);
    for (size_t i = 0; i < found && status == IEUM_OK; i++) {
        struct buffer path = BUFFER_EMPTY;
        buffer_format(&path, "%s/%s", folder, names[i]);
        const struct model_place place = {arena_copy_bytes(arena, names[i], strlen(names[i]) - strlen(MODEL_ENDING)), arena_copy_text(arena, path.bytes)};
        buffer_free(&path);
        if (!place.id || !place.path) status = problem_set_memory(problem);
        else if (*place.id && !is_listed(grown, *count, place.id)) grown[(*count)++] = place;
    }
    if (status == IEUM_OK) *places = grown;
    memory_free(names);
    return status;
}

static int compare_places(const void *a, const void *b) { return strcmp(((const struct model_place *)a)->id, ((const struct model_place *)b)->id); }

ieum_status workspace_model_places(const struct workspace *workspace, struct arena *arena, struct model_place **places, size_t *count, struct problem *problem) {
    ieum_status status = IEUM_OK;
    *places = NULL;
    *count = 0;
    for (size_t f = 0; f < MODEL_FOLDERS && status == IEUM_OK; f++) {
        char *folder = path_join(workspace_data_path(workspace), model_folders[f]);
        status = folder ? add_folder(folder, arena, places, count, problem) : problem_set_memory(problem);
        memory_free(folder);
    }
    if (status == IEUM_OK && *count) qsort(*places, *count, sizeof **places, compare_places);
    return status;
}

/* ---- by name ---- */

static ieum_status refuse_model(const char *name, const struct model_place *places, size_t count, struct problem *problem) {
    struct buffer known = BUFFER_EMPTY;
    buffer_add_text(&known, "rubric");
    for (size_t i = 0; i < count; i++) buffer_format(&known, ", %s", places[i].id);
    ieum_status status = problem_set(problem, IEUM_NOT_FOUND, "/model", "모형 '%s'이(가) 없습니다.", "There is no model '%s'.", name);
    problem_set_value(problem, name);
    if (known.bytes && !known.failed) problem_set_expected(problem, known.bytes);
    buffer_free(&known);
    return status;
}

ieum_status workspace_model_path(const struct workspace *workspace, const char *name, struct arena *arena, const char **path, struct problem *problem) {
    struct model_place *places;
    size_t count;
    if (model_name_is_path(name)) {
        *path = arena_copy_text(arena, name);
        return *path ? IEUM_OK : problem_set_memory(problem);
    }
    ieum_status status = workspace_model_places(workspace, arena, &places, &count, problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        if (strcmp(places[i].id, name) != 0) continue;
        *path = places[i].path;
        return IEUM_OK;
    }
    return status == IEUM_OK ? refuse_model(name, places, count, problem) : status;
}

ieum_status workspace_model(struct workspace *workspace, const char *name, struct model **model, struct problem *problem) {
    struct arena *arena = arena_new();
    const char *path = NULL;
    ieum_status status = arena ? workspace_model_path(workspace, name, arena, &path, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = model_load(path, model, problem);
    arena_free(arena);
    return status;
}

ieum_status workspace_model_id(const char *name, const char *path, struct arena *arena, const char **id, struct problem *problem) {
    const char *slash = strrchr(path, '/');
    char *copy = arena_copy_text(arena, name ? name : slash ? slash + 1 : path);
    char *dot = copy && !name ? strrchr(copy, '.') : NULL;
    if (!copy) return problem_set_memory(problem);
    if (dot && dot != copy) *dot = '\0';
    *id = copy;
    if (model_id_valid(copy)) return IEUM_OK;
    problem_set(problem, IEUM_INVALID, name ? "/name" : "/out", "모형의 이름은 영문자, 숫자, '.', '_', '-' 64자까지입니다.",
                "A model's name is letters, digits, '.', '_' and '-', at most 64.");
    problem_set_value(problem, copy);
    return problem->status;
}
