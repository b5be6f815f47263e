/* SPDX-License-Identifier: Apache-2.0 */
/* ops backup and restore: {"path", "replace"?: false} → {"path"}; {"path", "by"?} → {"path", "store"}. */
#include "request.h"

ieum_status request_backup(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"path", "replace"};
    struct store *store;
    const char *path = NULL;
    bool replace = false;
    ieum_status status = request_refuse_unknown(call->request, own, 2, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "path", true, &path, problem);
    if (status == IEUM_OK) status = field_bool(call->request, NULL, "replace", false, &replace, problem);
    if (status == IEUM_OK) status = workspace_store(call->workspace, false, &store, problem);
    if (status == IEUM_OK) status = store_backup(store, path, replace, problem);
    if (status != IEUM_OK) return status;
    *result = jval_new_object();
    jval_set_text(*result, "path", path);
    return IEUM_OK;
}

ieum_status request_restore(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"path"};
    struct store_act act;
    const char *path = NULL, *by = NULL, *target = workspace_store_path(call->workspace);
    ieum_status status = request_refuse_unknown(call->request, own, 1, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "path", true, &path, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "by", false, &by, problem);
    if (status == IEUM_OK && !target)
        status = problem_set(problem, IEUM_INVALID, "", "되돌려 놓을 저장소 파일이 지정되지 않았습니다.", "No store file was named to restore to.");
    if (status == IEUM_OK) status = workspace_act(call->workspace, by, NULL, call->arena, &act, problem);
    if (status != IEUM_OK) return status;
    workspace_close_store(call->workspace);
    status = store_restore(target, path, &act, problem);
    if (status != IEUM_OK) return status;
    *result = jval_new_object();
    jval_set_text(*result, "path", path);
    jval_set_text(*result, "store", target);
    return IEUM_OK;
}
