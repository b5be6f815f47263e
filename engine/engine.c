/* SPDX-License-Identifier: Apache-2.0 */
/* The handle and the waist: a request's text in, the operation's reply out, a problem where there is one (RFC 9457). */
#include <stdlib.h>
#include <string.h>

#include "engine_parts.h"
#include "render/export.h"
#include "render/render.h"
#include "request/permission.h"
#include "request/problem_json.h"
#include "request/request.h"
#include "request/withhold.h"

void ieum_options_init(ieum_options *options) { *options = (ieum_options){.size = sizeof *options}; }

void ieum_free(void *memory) { memory_free(memory); }

/* ---- replies ---- */

/* What an operation found beside the problem: a list of mistakes of which it is the first. */
static jval *problem_with(const struct problem *problem, const jval *result, bool korean) {
    jval *object = problem_json(problem, korean);
    const jval *mistakes = jval_get(result, "mistakes");
    if (mistakes) jval_set(object, "mistakes", jval_keep(mistakes));
    return object;
}

/* The reply's text. Takes `result`; when memory ran out on the way, the reply is the problem that says so. */
static ieum_status write_reply(const struct ieum_engine *engine, const jval *request, const char *op, jval *result, struct problem *problem,
                               char **reply) {
    *reply = NULL;
    for (int attempt = 0; attempt < 2 && !*reply; attempt++) {
        if (memory_failed() && problem->status == IEUM_OK) problem_set_memory(problem);
        memory_clear_failed();
        jval *object = jval_new_object();
        const jval *id = jval_get(request, "id");
        if (id) jval_set(object, "id", jval_keep(id));
        if (op) jval_set_text(object, "op", op);
        if (problem->status == IEUM_OK) jval_set(object, "result", jval_keep(result));
        else jval_set(object, "problem", problem_with(problem, result, engine ? engine->korean : true));
        struct problem trouble = {0};
        if (jval_write(object, false, reply, &trouble) != IEUM_OK) problem_set_memory(problem);
        jval_free(object);
    }
    jval_free(result);
    memory_clear_failed();
    return problem->status;
}

/* Writes the reply and then commits what the operation changed; a commit that fails turns the reply into its problem. */
static ieum_status finish(const struct ieum_engine *engine, struct call *call, const char *op, jval *result, struct problem *problem,
                          char **reply) {
    ieum_status status = write_reply(engine, call->request, op, result, problem, reply);
    if (!workspace_changing(call->workspace)) return status;
    bool keep = status == IEUM_OK && *reply;
    status = workspace_settle(call->workspace, keep, problem);
    if (keep && status == IEUM_OK) {
        if (call->after_commit) call->after_commit(call);
        memory_clear_failed();
    } else if (keep) {
        memory_free(*reply);
        if (call->caller || call->outside) permission_hide_places(call->workspace, problem);
        write_reply(engine, call->request, op, NULL, problem, reply);
    }
    return problem->status;
}

/* ---- opening ---- */

static ieum_status check_options(const ieum_options *options, struct problem *problem) {
    if (options->language && strcmp(options->language, "ko") != 0 && strcmp(options->language, "en") != 0)
        return problem_set(problem, IEUM_USAGE, "", "언어는 ko나 en이어야 합니다.", "The language must be ko or en.");
    if (options->threads < 0 || options->threads > 256)
        return problem_set(problem, IEUM_USAGE, "", "스레드 수는 1에서 256까지입니다.", "The number of threads is 1 to 256.");
    return IEUM_OK;
}

ieum_status ieum_open(const ieum_options *options, ieum_engine **engine, char **reply) {
    struct problem problem = {0};
    ieum_options standard;
    ieum_options_init(&standard);
    if (options) memcpy(&standard, options, options->size < sizeof standard ? options->size : sizeof standard);
    if (reply) *reply = NULL;
    *engine = NULL;
    jval_prepare();
    memory_clear_failed();
    struct ieum_engine *made = memory_allocate_zero(1, sizeof *made);
    ieum_status status = made ? check_options(&standard, &problem) : problem_set_memory(&problem);
    if (status == IEUM_OK) {
        made->korean = !standard.language || strcmp(standard.language, "ko") == 0;
        status = workspace_new(&standard, &made->workspace, &problem);
    }
    if (status == IEUM_OK) {
        *engine = made;
        return IEUM_OK;
    }
    if (reply) write_reply(made, NULL, NULL, NULL, &problem, reply);
    ieum_close(made);
    return status;
}

void ieum_close(ieum_engine *engine) {
    if (!engine) return;
    workspace_free(engine->workspace);
    memory_free(engine);
}

void ieum_cancel(ieum_engine *engine) {
    if (engine) workspace_cancel(engine->workspace);
}

/* ---- calls ---- */

static ieum_status find_operation(const jval *request, const char **op, operation *found, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    if (!jval_is(request, JVAL_OBJECT))
        return jval_refuse(problem, &root, request, "object", "요청은 JSON 객체({…})여야 합니다.", "A request must be a JSON object ({…}).");
    ieum_status status = field_text(request, NULL, "op", true, op, problem);
    if (status != IEUM_OK) return status;
    *found = request_operation(*op);
    if (*found) return IEUM_OK;
    const struct jpath at = {&root, "op", 0};
    return jval_refuse(problem, &at, jval_get(request, "op"), request_names(), "알 수 없는 작업입니다.", "The operation is not known.");
}

/* "lang" of a request speaks for that request alone. */
static ieum_status choose_language(const jval *request, bool *korean, struct problem *problem) {
    static const char *const languages[] = {"en", "ko"};
    size_t language = *korean;
    ieum_status status = field_choice(request, NULL, "lang", false, languages, 2, &language, problem);
    *korean = language == 1;
    return status;
}

/* "warnings" of a result, each {"ko", "en"}, for the operator as well: a table or a run file has no place for them. */
static void log_warnings(const struct ieum_engine *engine, const jval *result) {
    const jval *warnings = jval_get(result, "warnings");
    for (size_t i = 0; i < jval_count(warnings); i++)
        workspace_log(engine->workspace, "warning", jval_text(jval_get(jval_at(warnings, i), engine->korean ? "ko" : "en")));
}

/* The operation that stands beside the request (NULL: within it) becomes its member. */
static ieum_status place_operation(jval *request, const char *op, struct problem *problem) {
    if (!op || !jval_is(request, JVAL_OBJECT)) return IEUM_OK;
    if (jval_get(request, "op"))
        return problem_set(problem, IEUM_USAGE, "/op", "작업(op)은 요청 안에 다시 적지 않습니다.", "The operation (op) is not to be named again within the request.");
    jval_set_text(request, "op", op);
    return jval_get_text(request, "op") ? IEUM_OK : problem_set_memory(problem);
}

/* Answers for the operator (`caller` NULL) or, within what the role allows, for a caller; then the access log has its line before anything is told or committed. */
static ieum_status answer(ieum_engine *engine, const ieum_caller *caller, const char *beside, const char *request, size_t size, const ieum_file *files,
                          char **reply) {
    struct problem problem = {0};
    struct ieum_engine speaking = *engine;
    struct permission permission = {0};
    jval *json = NULL, *result = NULL;
    const char *op = NULL;
    operation run = NULL;
    memory_clear_failed();
    struct call call = {.workspace = engine->workspace, .caller = caller, .files = files, .arena = arena_new()};
    workspace_begin(engine->workspace);
    ieum_status status = call.arena ? jval_parse(request, size, &json, &problem) : problem_set_memory(&problem);
    if (status == IEUM_OK) status = place_operation(json, beside, &problem);
    if (status == IEUM_OK) status = find_operation(json, &op, &run, &problem);
    if (status == IEUM_OK) status = choose_language(json, &speaking.korean, &problem);
    workspace_speak(engine->workspace, speaking.korean);
    call.request = json;
    if (status == IEUM_OK && caller) status = permission_check(engine->workspace, caller, op, json, &permission, &problem);
    if (status == IEUM_OK) run(&call, &result, &problem);
    result = withhold(result, permission.withheld);
    if (run && caller) access_note(engine->workspace, caller, op, &permission, json, result, problem.status, &problem);
    if (caller || call.outside) permission_hide_places(engine->workspace, &problem);
    log_warnings(&speaking, result);
    status = finish(&speaking, &call, run ? op : NULL, result, &problem, reply);
    workspace_end(engine->workspace);
    jval_free(json);
    arena_free(call.arena);
    return status;
}

ieum_status ieum_call(ieum_engine *engine, const char *request, size_t size, char **reply) { return answer(engine, NULL, NULL, request, size, NULL, reply); }

/* A copy, as an older caller may have a smaller struct. */
static ieum_caller copy_caller(const ieum_caller *caller) {
    ieum_caller who = {.size = sizeof who};
    if (caller) memcpy(&who, caller, caller->size < sizeof who ? caller->size : sizeof who);
    return who;
}

ieum_status ieum_call_for(ieum_engine *engine, const ieum_caller *caller, const char *op, const char *request, size_t size, char **reply) {
    const ieum_caller who = copy_caller(caller);
    return answer(engine, &who, op, request, size, NULL, reply);
}

ieum_status ieum_import(ieum_engine *engine, const char *kind, const char *name, const void *bytes, size_t size, char **reply) {
    struct problem problem = {0};
    jval *result = NULL;
    memory_clear_failed();
    struct call call = {.workspace = engine->workspace, .arena = arena_new()};
    if (call.arena) request_import_bytes(&call, kind, name, bytes, size, &result, &problem);
    else problem_set_memory(&problem);
    ieum_status status = finish(engine, &call, "import", result, &problem, reply);
    arena_free(call.arena);
    return status;
}

ieum_status ieum_import_for(ieum_engine *engine, const ieum_caller *caller, const char *request, size_t request_size, const char *name, const void *bytes, size_t size,
                            char **reply) {
    const ieum_caller who = copy_caller(caller);
    const ieum_file file = {name, bytes, size};
    return answer(engine, caller ? &who : NULL, "import", request, request_size, &file, reply);
}

ieum_status ieum_shadow_for(ieum_engine *engine, const ieum_caller *caller, const char *request, size_t request_size, const ieum_file files[IEUM_SHADOW_FILES],
                            char **reply) {
    const ieum_caller who = copy_caller(caller);
    return answer(engine, caller ? &who : NULL, "shadow", request, request_size, files, reply);
}

ieum_status ieum_render(ieum_engine *engine, const char *reply, size_t size, const char *format, int width, char **text) {
    struct problem problem = {0};
    jval *json = NULL;
    *text = NULL;
    memory_clear_failed();
    ieum_status status = jval_parse(reply, size, &json, &problem);
    const jval *found = jval_get(json, "problem");
    bool korean = engine ? engine->korean : !jval_equal(jval_get(found, "detail"), jval_get(jval_get(found, "text"), "en"));
    if (status == IEUM_OK) status = render_reply(json, format, korean, width, text, &problem);
    jval_free(json);
    return status;
}

ieum_status ieum_export(ieum_engine *engine, const char *reply, size_t size, const char *format, const char *table, const char *language, void **bytes,
                        size_t *bytes_size) {
    struct problem problem = {0};
    struct ieum_engine speaking = *engine;
    jval *json = NULL;
    char *file = NULL;
    *bytes = NULL;
    *bytes_size = 0;
    memory_clear_failed();
    ieum_status status = IEUM_OK;
    if (language && strcmp(language, "ko") != 0 && strcmp(language, "en") != 0)
        status = problem_set(&problem, IEUM_USAGE, "", "언어는 ko나 en이어야 합니다.", "The language must be ko or en.");
    else if (language) speaking.korean = strcmp(language, "ko") == 0;
    if (status == IEUM_OK) status = jval_parse(reply, size, &json, &problem);
    if (status == IEUM_OK) status = export_reply(json, format, table, speaking.korean, &file, bytes_size, &problem);
    jval_free(json);
    if (status != IEUM_OK) {
        status = write_reply(&speaking, NULL, NULL, NULL, &problem, &file);
        *bytes_size = file ? strlen(file) : 0;
    }
    *bytes = file;
    return status;
}
