/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op program, action new: {"program": id, "from"?: another program} → {"text"}: the text of a program file to begin with, the data folder's template or another
 * program's file, under the new id. Nothing is written: where the file goes is for whoever asks to say.
 */
#include <string.h>

#include "../base/files.h"
#include "../workspace_check_data.h"
#include "request.h"

enum { FILE_LIMIT = 1 << 20 };

static ieum_status refuse_id(const char *id, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_INVALID, "/program", "사업 id는 영문 소문자, 숫자, '-'만 쓸 수 있고 64자를 넘을 수 없습니다.",
                                     "A program id has only lower-case letters, digits and '-', at most 64.");
    problem_set_value(problem, id);
    problem_set_expected(problem, "[a-z0-9-]{1,64}");
    return status;
}

/* A file that is empty, or no program yet, may be written over: a shell makes it before this runs. */
static ieum_status refuse_taken(struct call *call, const char *id, struct problem *problem) {
    struct data_around around = {0};
    ieum_status status = data_around_read(call->workspace, &around, problem);
    for (void *i = status == IEUM_OK ? jval_first(around.ids) : NULL; i && status == IEUM_OK; i = jval_next(around.ids, i))
        if (strcmp(jval_text(jval_value(i)), id) == 0) {
            status = problem_set(problem, IEUM_CONFLICT, "/program", "'%s' 사업이 이미 있습니다.", "There is a program '%s' already.", id);
            problem_set_value(problem, id);
        }
    data_around_free(&around);
    return status;
}

static ieum_status read_model_file(struct call *call, const char *from, char **bytes, size_t *size, struct problem *problem) {
    struct buffer name = BUFFER_EMPTY;
    if (from) buffer_format(&name, "programs/%s.json", from);
    else buffer_add_text(&name, "templates/program.json");
    char *path = name.failed ? NULL : path_join(workspace_data_path(call->workspace), name.bytes);
    ieum_status status = path ? file_read(path, FILE_LIMIT, bytes, size, problem) : problem_set_memory(problem);
    if (status == IEUM_NOT_FOUND && from) {
        problem_clear(problem);
        status = problem_set(problem, IEUM_NOT_FOUND, "/from", "'%s'(이)라는 사업이 없습니다.", "There is no program '%s'.", from);
        problem_set_value(problem, from);
    }
    memory_free(path);
    buffer_free(&name);
    return status;
}

/* The text with its id, the first that stands there, changed and all else as it was, line by line. */
static ieum_status write_text(const char *text, const char *id, struct buffer *out, struct problem *problem) {
    jval *json = NULL;
    ieum_status status = jval_parse(text, strlen(text), &json, problem);
    if (status != IEUM_OK) return status;
    const char *old = jval_get_text(json, "id"), *key = strstr(text, "\"id\""), *place = old && key ? strstr(key + 4, old) : NULL;
    if (place) {
        buffer_add(out, text, (size_t)(place - text));
        buffer_add_text(out, id);
        buffer_add_text(out, place + strlen(old));
    }
    jval_free(json);
    json = NULL;
    status = !place ? IEUM_INVALID : out->failed ? problem_set_memory(problem) : jval_parse(out->bytes, out->size, &json, problem);
    if (status == IEUM_INVALID || (status == IEUM_OK && (!jval_get_text(json, "id") || strcmp(jval_get_text(json, "id"), id) != 0)))
        status = problem_set(problem, IEUM_INVALID, "/from", "그 파일에서 사업 id를 찾을 수 없습니다.", "The id of the program could not be found in that file.");
    jval_free(json);
    return status;
}

ieum_status request_program_new(struct call *call, jval **result, struct problem *problem) {
    const char *id = NULL, *from = NULL;
    char *bytes = NULL;
    size_t size = 0;
    struct buffer out = BUFFER_EMPTY;
    ieum_status status = field_text(call->request, NULL, "program", true, &id, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "from", false, &from, problem);
    if (status == IEUM_OK && !program_id_valid(id)) status = refuse_id(id, problem);
    if (status == IEUM_OK && from && !program_id_valid(from)) status = refuse_id(from, problem);
    if (status == IEUM_OK) status = refuse_taken(call, id, problem);
    if (status == IEUM_OK) status = read_model_file(call, from, &bytes, &size, problem);
    if (status == IEUM_OK) status = write_text(bytes, id, &out, problem);
    if (status == IEUM_OK) {
        *result = jval_new_object();
        jval_set_text(*result, "text", out.bytes);
    }
    buffer_free(&out);
    memory_free(bytes);
    return status;
}
