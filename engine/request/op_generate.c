/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op generate: {"out": folder, "profile"?, "seed"?: 1, "demands"?, "suppliers"?, "program"?} → {"profile", "version", "title", "seed", "program"?,
 * "out", "files": [{"file", "records", "bytes"}]}. The folder appears whole or not at all; one that is not empty is refused. Nothing is stored.
 */
#include "../base/folder_write.h"
#include "../generate/generate.h"
#include "request.h"

static jval *write_answer(const struct generate_answer *answer, int64_t seed, const char *out) {
    jval *object = jval_new_object(), *files = jval_new_array();
    jval_set_text(object, "profile", answer->profile);
    jval_set_text(object, "version", answer->version);
    jval_set(object, "title", write_text2(answer->title));
    jval_set_integer(object, "seed", seed);
    if (answer->program) jval_set_text(object, "program", answer->program);
    jval_set_text(object, "out", out);
    for (size_t i = 0; i < answer->files.count; i++) {
        jval *file = jval_new_object();
        jval_set_text(file, "file", answer->files.items[i].name);
        jval_set_integer(file, "records", (int64_t)answer->files.items[i].records);
        jval_set_integer(file, "bytes", (int64_t)answer->files.items[i].size);
        jval_append(files, file);
    }
    jval_set(object, "files", files);
    return object;
}

static ieum_status read_question(const jval *request, struct generate_question *question, const char **out, struct problem *problem) {
    static const char *const own[] = {"out", "profile", "seed", "demands", "suppliers", "program"};
    question->seed = 1;
    ieum_status status = request_refuse_unknown(request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "out", true, out, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "profile", false, &question->profile, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "program", false, &question->program, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "seed", false, 0, INT64_C(9007199254740991), &question->seed, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "demands", false, 1, GENERATE_RECORDS_MOST, &question->demands, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "suppliers", false, 1, GENERATE_RECORDS_MOST, &question->suppliers, problem);
    return status;
}

ieum_status request_generate(struct call *call, jval **result, struct problem *problem) {
    struct generate_question question = {0};
    struct generate_answer answer = {0};
    const struct lexicon *lexicon = NULL;
    const char *out = NULL;
    struct program *program = NULL;
    ieum_status status = read_question(call->request, &question, &out, problem);
    if (status == IEUM_OK && question.program)
        status =
            workspace_program(call->workspace, question.program, &program, problem); /* demands of a program that is not there would be of no use */
    program_free(program);
    if (status == IEUM_OK) status = workspace_lexicon(call->workspace, &lexicon, problem);
    if (status == IEUM_OK) status = generate_cohort(workspace_data_path(call->workspace), lexicon, &question, &answer, problem);
    struct folder_file *files = arena_allocate_zero(call->arena, answer.files.count + 1, sizeof *files);
    if (status == IEUM_OK && !files) status = problem_set_memory(problem);
    for (size_t i = 0; status == IEUM_OK && i < answer.files.count; i++)
        files[i] = (struct folder_file){answer.files.items[i].name, answer.files.items[i].bytes, answer.files.items[i].size};
    jval *object = status == IEUM_OK ? write_answer(&answer, question.seed, out) : NULL;
    if (status == IEUM_OK && memory_failed()) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = folder_write(out, files, answer.files.count, problem); /* last: what fails before leaves nothing */
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    generate_answer_free(&answer);
    return status;
}
