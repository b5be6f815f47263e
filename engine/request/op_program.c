/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op program: {"action"?: "list" | "show" | "check", "program"?, "text"?} → list: {"programs": [head]}; show: {"program": the file, "parties": {"owner", "operator", "partners"}}; check: {"program", "ok": true} or
 * the problem. "text" is the text of a program file that is not in the data folder yet.
 */
#include <string.h>

#include "../score/model_file.h"
#include "request.h"

static ieum_status list_programs(struct call *call, jval **result, struct problem *problem) {
    struct text_list ids;
    ieum_status status = workspace_program_ids(call->workspace, call->arena, &ids, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object(), *list = jval_new_array();
    for (size_t i = 0; i < ids.count && status == IEUM_OK; i++) {
        struct program *program = NULL;
        status = workspace_program(call->workspace, ids.items[i], &program, problem);
        if (status != IEUM_OK) break;
        jval *head = write_program_head(program);
        jval_set_text(head, "effective_from", program->effective_from);
        jval_set_text(head, "effective_to", program->effective_to);
        jval_append(list, head);
        program_free(program);
    }
    jval_set(object, "programs", list);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}

static ieum_status show_program(struct call *call, bool whole, jval **result, struct problem *problem) {
    struct program *program = NULL;
    const char *id = NULL, *text = NULL;
    ieum_status status = field_text(call->request, NULL, "text", false, &text, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "program", !text, &id, problem);
    if (status != IEUM_OK) return status;
    if (text) {
        status = workspace_program_text(call->workspace, text, &program, problem);
        if (status == IEUM_OK && call->caller && model_name_is_path(program->model)) /* it would be opened to see whether it fits */
            status = problem_set(problem, IEUM_FORBIDDEN, "/text", "서버의 모형 파일을 경로로 가리키는 사업 파일은 밖에서 점검할 수 없습니다.",
                                 "A program that names a model file of the server by its path cannot be checked from outside.");
        if (status == IEUM_OK) status = workspace_check_program(call->workspace, program, problem);
    } else {
        status = workspace_program(call->workspace, id, &program, problem);
    }
    if (status == IEUM_OK) {
        jval *object = jval_new_object();
        jval_set(object, "program", whole ? jval_keep(program->json) : write_program_head(program));
        if (whole) {
            jval *parties = jval_new_object();
            status = write_parties(call, program, parties, problem);
            jval_set(object, "parties", parties);
        } else {
            jval_set_bool(object, "ok", true);
        }
        if (status == IEUM_OK) *result = object;
        else jval_free(object);
    }
    program_free(program);
    return status;
}

ieum_status request_program(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"action", "program", "text"};
    static const char *const actions[] = {"list", "show", "check"};
    size_t action = 0;
    ieum_status status = request_refuse_unknown(call->request, own, 3, problem);
    if (status == IEUM_OK) status = field_choice(call->request, NULL, "action", false, actions, 3, &action, problem);
    if (status != IEUM_OK) return status;
    return action == 0 ? list_programs(call, result, problem) : show_program(call, action == 1, result, problem);
}
