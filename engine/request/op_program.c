/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op program: {"action"?: "list" | "show" | "check" | "new", "program"?, "text"?, "name"?} → list: {"programs": [head, "ok", "errors", "warnings"]}; show: {"program": the file,
 * "parties": {"owner", "operator", "partners"}}; check: {"program": head, "ok": true, "warnings", "mistakes"}, or the problem of the first error with all "mistakes".
 * new: program_new.c. "text" is the text of a program file that is not in the data folder yet, "name" that file's name.
 */
#include <string.h>

#include "../workspace_check.h"
#include "../workspace_check_data.h"
#include "request.h"

/* Which of the two lists a mistake stands in is said by "severity". */
static jval *write_mistakes(const struct program_check *check, bool korean) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < check->mistakes.count; i++) {
        const struct mistake *one = &check->mistakes.items[i];
        jval *object = jval_new_object();
        jval_set_text(object, "kind", one->kind);
        jval_set_text(object, "severity", one->warning ? "warning" : "error");
        jval_set_text(object, "pointer", one->problem.pointer);
        if (one->problem.line) jval_set_integer(object, "line", (int64_t)one->problem.line);
        if (one->problem.column) jval_set_integer(object, "column", (int64_t)one->problem.column);
        if (one->problem.value[0]) jval_set_text(object, "value", one->problem.value);
        if (one->problem.expected[0]) jval_set_text(object, "expected", one->problem.expected);
        jval_set_text(object, "detail", korean ? one->problem.ko : one->problem.en);
        jval_set(object, "text", write_text2((struct text2){one->problem.ko, one->problem.en}));
        jval_append(array, object);
    }
    return array;
}

static void write_counts(const struct program_check *check, jval *object) {
    jval_set_bool(object, "ok", check->mistakes.errors == 0);
    jval_set_integer(object, "errors", (int64_t)check->mistakes.errors);
    jval_set_integer(object, "warnings", (int64_t)problem_list_warnings(&check->mistakes));
}

static void set_word(jval *object, const char *key, const jval *file) {
    if (jval_get_text(file, key)) jval_set_text(object, key, jval_get_text(file, key));
}

static void set_amount(jval *object, const char *key, int64_t amount) {
    if (amount != AMOUNT_MISSING) jval_set_integer(object, key, amount);
}

/* A program whose file has mistakes is listed all the same, with how many. */
static ieum_status list_one(struct call *call, const struct data_around *around, const char *id, jval *list, struct problem *problem) {
    struct program_check check = {.around = around};
    ieum_status status = workspace_check_file(call->workspace, id, call->arena, &check, problem);
    if (status == IEUM_OK) {
        const struct program *program = check.program;
        const bool whole = program && check.mistakes.errors == 0;
        jval *head = whole ? write_program_head(program) : jval_new_object();
        if (!whole) {
            jval_set_text(head, "id", id);
            jval_set(head, "title", write_text2(program && program->title.ko && program->title.en ? program->title : (struct text2){id, id}));
        }
        if (whole) {
            jval_set_text(head, "effective_from", program->effective_from);
            jval_set_text(head, "effective_to", program->effective_to);
            set_word(head, "jurisdiction", program->json);
            set_word(head, "module", program->json);
            jval_set_bool(head, "routes", program->routes);
            jval_set(head, "demand_side", write_text2(program->demand_side));
            jval_set(head, "supplier_side", write_text2(program->supplier_side));
            set_amount(head, "quota", program->quota);
            set_amount(head, "projects", program->project_quota);
            set_amount(head, "budget_krw", program->budget_krw);
        }
        write_counts(&check, head);
        jval_append(list, head);
    }
    program_check_free(&check);
    return status;
}

static ieum_status list_programs(struct call *call, jval **result, struct problem *problem) {
    struct text_list ids = {0};
    struct data_around around = {0};
    ieum_status status = workspace_program_ids(call->workspace, call->arena, &ids, problem);
    if (status == IEUM_OK) status = data_around_read(call->workspace, &around, problem);
    jval *object = jval_new_object(), *list = jval_new_array();
    for (size_t i = 0; i < ids.count && status == IEUM_OK; i++) status = list_one(call, &around, ids.items[i], list, problem);
    jval_set(object, "programs", list);
    data_around_free(&around);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}

static ieum_status check_program(struct call *call, bool show, jval **result, struct problem *problem) {
    struct data_around around = {0};
    struct program_check check = {.around = &around};
    const char *id = NULL, *text = NULL, *name = NULL;
    ieum_status status = field_text(call->request, NULL, "text", false, &text, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "name", false, &name, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "program", !text, &id, problem);
    if (status != IEUM_OK) return status;
    status = data_around_read(call->workspace, &around, problem);
    if (status == IEUM_OK && text) status = workspace_check_text(call->workspace, text, strlen(text), name, call->caller != NULL, &check, problem);
    else if (status == IEUM_OK) status = workspace_check_file(call->workspace, id, call->arena, &check, problem);
    if (status == IEUM_OK) {
        jval *object = jval_new_object();
        if (check.mistakes.errors == 0) jval_set(object, "program", show ? jval_keep(check.program->json) : write_program_head(check.program));
        if (!show) write_counts(&check, object);
        if (!show || check.mistakes.errors > 0) jval_set(object, "mistakes", write_mistakes(&check, workspace_speaks_korean(call->workspace)));
        if (show && check.mistakes.errors == 0) {
            jval *parties = jval_new_object();
            status = write_parties(call, check.program, parties, problem);
            jval_set(object, "parties", parties);
        }
        if (status == IEUM_OK) *result = object;
        else jval_free(object);
        if (status == IEUM_OK && check.mistakes.errors > 0) status = program_check_refuse(&check, problem);
    }
    program_check_free(&check);
    data_around_free(&around);
    return status;
}

ieum_status request_program(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"action", "program", "text", "name", "from"};
    static const char *const actions[] = {"list", "show", "check", "new"};
    size_t action = 0;
    ieum_status status = request_refuse_unknown(call->request, own, 5, problem);
    if (status == IEUM_OK) status = field_choice(call->request, NULL, "action", false, actions, 4, &action, problem);
    if (status != IEUM_OK) return status;
    if (action == 3) return request_program_new(call, result, problem);
    return action == 0 ? list_programs(call, result, problem) : check_program(call, action == 1, result, problem);
}
