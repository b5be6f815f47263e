/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op access: {"action", …}
 *   operations                                                → {"roles", "operations"}: what a role may do (data/server/roles.json)
 *   review  "month"?: this one; "account"?; "limit"?: 1000    → what stands in access_review.h: counts, what is unusual, the last entries
 *   prune   "by", "reason"?                                   → {"before", "removed": [months], "failed": [months]}: files older than retention_months go
 */
#include <stdio.h>
#include <string.h>

#include "../base/files.h"
#include "access_review.h"
#include "request.h"

enum { ENTRIES_STANDARD = 1000, ENTRIES_MOST = 100000 };

static const struct jpath root = {NULL, NULL, 0};

static ieum_status operations(struct call *call, jval *object, struct problem *problem) {
    const struct roles *roles;
    ieum_status status = workspace_roles(call->workspace, &roles, problem);
    if (status != IEUM_OK) return status;
    jval_set(object, "roles", jval_keep(jval_get(roles_table(roles), "roles")));
    jval_set(object, "operations", jval_keep(jval_get(roles_table(roles), "operations")));
    return IEUM_OK;
}

static ieum_status folder_and_rules(struct call *call, const char **folder, struct access_rules *rules, struct problem *problem) {
    *folder = workspace_access_path(call->workspace);
    if (!*folder)
        return problem_set(problem, IEUM_INVALID, "", "접속기록을 남기는 폴더가 지정되지 않았습니다(--access 폴더).", "No folder of the access log was named (--access DIR).");
    char *path = path_join(workspace_data_path(call->workspace), "server/access.json");
    ieum_status status = path ? access_rules_load(path, rules, problem) : problem_set_memory(problem);
    memory_free(path);
    return status;
}

static ieum_status review(struct call *call, jval *object, struct problem *problem) {
    struct review_question question = {0};
    char month[16];
    const struct date today = workspace_today(call->workspace);
    int64_t limit = ENTRIES_STANDARD;
    snprintf(month, sizeof month, "%04d-%02d", today.year, today.month);
    question.month = month;
    ieum_status status = field_text(call->request, NULL, "month", false, &question.month, problem);
    if (status == IEUM_OK && !access_month_valid(question.month))
        status = jval_refuse(problem, &(struct jpath){&root, "month", 0}, jval_get(call->request, "month"), "YYYY-MM", "달은 YYYY-MM으로 적습니다.", "A month is written YYYY-MM.");
    if (status == IEUM_OK) status = field_text(call->request, NULL, "account", false, &question.account, problem);
    if (status == IEUM_OK) status = field_integer(call->request, NULL, "limit", false, 0, ENTRIES_MOST, &limit, problem);
    if (status == IEUM_OK) status = folder_and_rules(call, &question.folder, &question.rules, problem);
    question.limit = (size_t)limit;
    return status == IEUM_OK ? access_review(&question, object, problem) : status;
}

/* The first month that is kept: retention_months before this one. */
static void first_kept(struct date today, int64_t retention, char month[ACCESS_MONTH]) {
    const int64_t months = (int64_t)today.year * 12 + today.month - 1 - retention;
    char text[32];
    snprintf(text, sizeof text, "%04d-%02d", (int)(months / 12), (int)(months % 12 + 1));
    memcpy(month, text, ACCESS_MONTH - 1);
    month[ACCESS_MONTH - 1] = '\0';
}

/* Files go before the change is committed; what could not be removed is told, and the audit log says what was. */
static ieum_status prune(struct call *call, jval *object, struct problem *problem) {
    struct store *store;
    struct store_act act;
    struct access_rules rules;
    struct text_list months;
    const char *folder, *by = NULL, *reason = NULL;
    char kept[ACCESS_MONTH];
    ieum_status status = field_text(call->request, NULL, "by", false, &by, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "reason", false, &reason, problem);
    if (status == IEUM_OK) status = folder_and_rules(call, &folder, &rules, problem);
    if (status == IEUM_OK) status = access_months(folder, call->arena, &months, problem);
    if (status == IEUM_OK) status = workspace_act(call->workspace, by, reason, call->arena, &act, problem);
    if (status == IEUM_OK) status = workspace_change(call->workspace, &store, problem);
    if (status != IEUM_OK) return status;
    first_kept(workspace_today(call->workspace), rules.retention_months, kept);
    jval *removed = jval_new_array(), *failed = jval_new_array(), *payload = jval_new_object();
    for (size_t i = 0; i < months.count && strcmp(months.items[i], kept) < 0; i++)
        jval_append_text(access_remove(folder, months.items[i]) ? removed : failed, months.items[i]);
    jval_set(payload, "removed", jval_keep(removed));
    if (jval_count(removed)) status = store_audit_append(store, &act, "access.prune", kept, payload, problem);
    jval_set_text(object, "before", kept);
    jval_set(object, "removed", removed);
    jval_set(object, "failed", failed);
    jval_free(payload);
    return status;
}

ieum_status request_access(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"action", "month", "account", "limit", "reason"}, *const names[] = {"operations", "review", "prune"};
    static ieum_status (*const actions[])(struct call *, jval *, struct problem *) = {operations, review, prune};
    size_t action = 0;
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_choice(call->request, NULL, "action", true, names, sizeof names / sizeof *names, &action, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object();
    status = actions[action](call, object, problem);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}
