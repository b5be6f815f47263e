/* SPDX-License-Identifier: Apache-2.0 */
#include "workspace_check.h"

#include <string.h>

#include "base/files.h"
#include "feature/space.h"
#include "program/examine.h"
#include "score/model_file.h"
#include "score/model_fit.h"
#include "workspace_check_data.h"

enum { FILE_LIMIT = 1 << 20 };

static const struct jpath root = {NULL, NULL, 0}, id_at = {&root, "id", 0}, model_at = {&root, "model", 0};

struct asked {
    const char *name; /* of the file, NULL: not known */
    bool in_folder, outside;
};
struct manner {
    const char *kind;
    bool warning;
};

void program_check_free(struct program_check *check) {
    problem_list_free(&check->mistakes);
    program_free(check->program);
    *check = (struct program_check){.around = check->around};
}

static ieum_status add(struct program_check *check, struct manner manner, const struct jpath *at, const jval *found, const char *expected, const char *ko,
                       const char *en, struct problem *problem) {
    struct problem mistake = {0};
    jval_refuse(&mistake, at, found, expected, ko, en);
    return problem_list_add(&check->mistakes, &mistake, manner.kind, manner.warning, problem);
}

/* Where the file does not stand in the folder yet, it can still be named as it must be there. */
static ieum_status check_name(struct program_check *check, const char *name, bool in_folder, struct problem *problem) {
    const char *id = check->program->id;
    const size_t size = id ? strlen(id) : 0;
    if (!name || !id || (strncmp(name, id, size) == 0 && strcmp(name + size, ".json") == 0)) return IEUM_OK;
    return add(check, (struct manner){"file_name", !in_folder}, &id_at, jval_get(check->program->resolved, "id"), name,
               "사업 id가 파일 이름과 다릅니다. data/programs에 둘 때 파일 이름은 <id>.json이어야 합니다.",
               "The program's id differs from the file's name, which must be <id>.json in data/programs.", problem);
}

/* A model that is not there, or was made for other features. Nothing is said of it while the features themselves are wrong. */
static ieum_status check_model(struct workspace *workspace, struct program_check *check, bool outside, struct problem *problem) {
    const char *name = check->program->model;
    const jval *json = jval_get(check->program->resolved, "model");
    struct problem found = {0};
    struct model *model = NULL;
    bool other_version = false;
    if (!name || strcmp(name, "rubric") == 0) return IEUM_OK;
    if (outside && model_name_is_path(name))
        return add(check, (struct manner){"model_path", false}, &model_at, json, NULL, "서버의 모형 파일을 경로로 가리키는 사업 파일은 밖에서 점검할 수 없습니다.",
                   "A program that names a model file of the server by its path cannot be checked from outside.", problem);
    if (check->mistakes.errors > 0) return IEUM_OK;
    ieum_status status = workspace_model(workspace, name, &model, &found);
    const bool there = status == IEUM_OK;
    if (there) status = model_fits_program(model, check->program, &other_version, &found);
    model_free(model);
    if (status == IEUM_OK || status == IEUM_MEMORY) return status == IEUM_OK ? IEUM_OK : problem_set_memory(problem);
    strcpy(found.pointer, "/model");
    found.status = IEUM_INVALID;
    return problem_list_add(&check->mistakes, &found, there ? "model_of_another" : "model_unknown", false, problem);
}

static ieum_status check_all(struct workspace *workspace, const char *text, size_t size, const struct asked *asked, struct program_check *check,
                             struct problem *problem) {
    char *folder = path_join(workspace_data_path(workspace), "programs");
    if (!folder) return problem_set_memory(problem);
    problem->aside = &check->mistakes;
    ieum_status status = program_gather(folder, text, size, feature_kind_known, &check->program, problem);
    if (status == IEUM_OK && check->program && asked->in_folder) status = check_name(check, asked->name, true, problem);
    if (status == IEUM_OK && check->program) status = program_examine(check->program, problem);
    if (status == IEUM_OK && check->program) status = workspace_check_program(workspace, check->program, problem);
    if (status == IEUM_OK && check->program) status = check_against_data(check->around, check->program, asked->in_folder ? asked->name : NULL, problem);
    problem->aside = NULL;
    memory_free(folder);
    if (status == IEUM_OK && !asked->in_folder && check->mistakes.errors == 0) status = check_name(check, asked->name, false, problem);
    if (status == IEUM_OK && check->program) status = check_model(workspace, check, asked->outside, problem);
    return status;
}

ieum_status workspace_check_text(struct workspace *workspace, const char *text, size_t size, const char *name, bool outside, struct program_check *check,
                                 struct problem *problem) {
    return check_all(workspace, text, size, &(struct asked){name, false, outside}, check, problem);
}

ieum_status workspace_check_file(struct workspace *workspace, const char *id, struct arena *arena, struct program_check *check, struct problem *problem) {
    char *bytes = NULL;
    size_t size = 0;
    struct buffer name = BUFFER_EMPTY;
    struct program *unused = NULL;
    if (!program_id_valid(id)) return program_load("", id, NULL, &unused, problem); /* says what an id is */
    buffer_format(&name, "%s.json", id);
    char *folder = path_join(workspace_data_path(workspace), "programs"), *path = folder && !name.failed ? path_join(folder, name.bytes) : NULL;
    ieum_status status = path ? file_read(path, FILE_LIMIT, &bytes, &size, problem) : problem_set_memory(problem);
    if (status == IEUM_NOT_FOUND) {
        problem_clear(problem);
        status = program_load(folder, id, NULL, &unused, problem); /* says that there is none */
    }
    if (status == IEUM_OK) check->source = arena_copy_text(arena, path);
    if (status == IEUM_OK) status = check->source ? check_all(workspace, bytes, size, &(struct asked){name.bytes, true, false}, check, problem) : problem_set_memory(problem);
    memory_free(bytes);
    memory_free(path);
    memory_free(folder);
    buffer_free(&name);
    return status;
}

ieum_status program_check_refuse(const struct program_check *check, struct problem *problem) {
    for (size_t i = 0; i < check->mistakes.count; i++) {
        if (check->mistakes.items[i].warning) continue;
        *problem = check->mistakes.items[i].problem;
        if (check->source) problem_set_place(problem, check->source, 0, 0);
        break;
    }
    return problem->status;
}
