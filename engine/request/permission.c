/* SPDX-License-Identifier: Apache-2.0 */
#include "permission.h"

#include <string.h>

#include "../store/accounts.h"

static const struct jpath root = {NULL, NULL, 0};

static ieum_status refuse_role(const struct roles *roles, const ieum_caller *caller, const char *op, const char *step, struct problem *problem) {
    const jval *role = roles_role(roles, caller->role);
    const char *ko = jval_get_text(role, "ko"), *en = jval_get_text(role, "en"), *gap = step ? " " : "";
    if (!step) step = "";
    if (ko && en)
        return problem_set(problem, IEUM_FORBIDDEN, "", "'%1$s' 계정의 역할(%2$s)로는 이 작업(%4$s%5$s%6$s)을 할 수 없습니다. 관리자에게 문의하십시오.",
                           "The role of account '%1$s' (%3$s) may not do this (%4$s%5$s%6$s); ask an administrator.", caller->account, ko, en, op, gap, step);
    return problem_set(problem, IEUM_FORBIDDEN, "", "알 수 없는 역할의 계정입니다. 관리자에게 문의하십시오.", "The account has a role that is not known; ask an administrator.");
}

static ieum_status refuse_path(const char *member, struct problem *problem) {
    char pointer[64];
    jpath_write(&(struct jpath){&root, member, 0}, pointer, sizeof pointer);
    return problem_set(problem, IEUM_FORBIDDEN, pointer, "서버의 파일을 가리키는 항목은 이 컴퓨터에서 직접 할 때만 쓸 수 있습니다.",
                       "Members that name files of the server are for its operator alone.");
}

/* Who acts is who asks. */
static ieum_status settle_account(const ieum_caller *caller, jval *request, struct problem *problem) {
    const char *by = NULL;
    ieum_status status = field_text(request, NULL, "by", false, &by, problem);
    if (status != IEUM_OK) return status;
    if (by && strcmp(by, caller->account) != 0) {
        status = problem_set(problem, IEUM_FORBIDDEN, "/by", "다른 계정의 이름으로 할 수 없습니다.", "Nobody acts in another account's name.");
        problem_set_value(problem, by);
        return status;
    }
    jval_set_text(request, "by", caller->account);
    return IEUM_OK;
}

ieum_status permission_check(struct workspace *workspace, const ieum_caller *caller, const char *op, jval *request, struct permission *permission,
                             struct problem *problem) {
    const struct roles *roles;
    *permission = (struct permission){.personal = true};
    if (!caller->account || !caller->role || !account_name_valid(caller->account))
        return problem_set(problem, IEUM_UNAUTHORIZED, "", "누구의 요청인지 알 수 없습니다.", "Who asks is not known.");
    ieum_status status = workspace_roles(workspace, &roles, problem);
    if (status == IEUM_OK) status = roles_ask(roles, caller->role, op, request, permission, problem);
    if (status != IEUM_OK) return status;
    if (!permission->allowed) return refuse_role(roles, caller, op, permission->step, problem);
    if (permission->named) return refuse_path(permission->named, problem);
    if (permission->personal && !workspace_access_path(workspace))
        return problem_set(problem, IEUM_STORE, "", "접속기록을 남길 폴더가 정해지지 않아 기업 자료를 보여 줄 수 없습니다. 서버 운영자에게 알리십시오.",
                           "No folder is set for the access log, so firm data cannot be shown; tell the operator of the server.");
    return settle_account(caller, request, problem);
}

void permission_hide_places(const struct workspace *workspace, struct problem *problem) {
    const ieum_status status = problem->status;
    if (!strchr(problem->source, '/')) return;
    workspace_log(workspace, "warning", workspace_korean(workspace) ? problem->ko : problem->en);
    problem_clear(problem);
    problem_set(problem, status, "", "서버의 저장소나 접속기록, 자료 파일을 지금 쓸 수 없어 답하지 못했습니다. 잠시 뒤 다시 시도하고, 되풀이되면 서버 운영자에게 알리십시오.",
                "The server cannot use its store, its access log or a file of its data at the moment; try again in a moment, and tell its operator if this goes on.");
}
