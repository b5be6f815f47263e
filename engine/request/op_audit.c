/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op audit: {"action": "list" | "head" | "verify" | "erase", …}
 *   list     "after"?: entries after this number; "round"?: of this round alone → {"entries"}
 *   head     {"number", "digest"}: to be kept elsewhere (printed, mailed, filed), so that a log that was cut off or rewritten shows
 *   verify   "head"?: one kept elsewhere → {"sound", "head", "erased", "broken_at"?, "text"?}
 *   erase    "before": day; "by", "reason" → erases payloads and documents whose retention ended before that day; the chain stays
 */
#include <string.h>

#include "request.h"

static const struct jpath root = {NULL, NULL, 0};

enum { ENTRIES_MOST = 100000 };

static jval *write_head(const struct audit_head *head) {
    jval *object = jval_new_object();
    jval_set_integer(object, "number", head->number);
    jval_set_text(object, "digest", head->digest);
    return object;
}

/* ---- list ---- */

static ieum_status write_entry(const struct audit_entry *entry, jval *list, struct problem *problem) {
    jval *object = jval_new_object(), *payload = NULL;
    ieum_status status = entry->payload ? jval_parse(entry->payload, strlen(entry->payload), &payload, problem) : IEUM_OK;
    jval_set_integer(object, "number", entry->number);
    jval_set_text(object, "at", entry->when);
    jval_set_text(object, "by", entry->account);
    jval_set_text(object, "action", entry->action);
    jval_set_text(object, "subject", entry->subject);
    if (payload) jval_set(object, "payload", payload);
    if (entry->erased) jval_set_bool(object, "erased", true);
    jval_set_text(object, "digest", entry->digest);
    jval_append(list, object);
    return status;
}

static ieum_status list_entries(struct call *call, struct store *store, jval *object, struct problem *problem) {
    struct audit_list list;
    const char *round = NULL;
    int64_t after = 0;
    ieum_status status = field_integer(call->request, NULL, "after", false, 0, INT64_C(1) << 53, &after, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "round", false, &round, problem);
    if (status == IEUM_OK) status = store_audit_list(store, after, ENTRIES_MOST, &list, problem);
    if (status != IEUM_OK) return status;
    jval *entries = jval_new_array();
    for (size_t i = 0; i < list.count && status == IEUM_OK; i++) {
        const struct audit_entry *entry = &list.items[i];
        if (!round || (strncmp(entry->action, "round.", 6) == 0 && strcmp(entry->subject, round) == 0)) status = write_entry(entry, entries, problem);
    }
    jval_set(object, "entries", entries);
    audit_list_free(&list);
    return status;
}

/* ---- head and verify ---- */

static ieum_status show_head(struct store *store, jval *object, struct problem *problem) {
    struct audit_head head;
    ieum_status status = store_audit_head(store, &head, problem);
    if (status != IEUM_OK) return status;
    jval_set_integer(object, "number", head.number);
    jval_set_text(object, "digest", head.digest);
    return IEUM_OK;
}

/* A head as `audit head` writes it: the object itself, or the reply around it. */
static ieum_status read_head(struct call *call, bool *given, struct audit_head *head, struct problem *problem) {
    const jval *json = NULL;
    const char *digest = NULL;
    const struct jpath at = {&root, "head", 0};
    ieum_status status = field_object(call->request, NULL, "head", false, &json, problem);
    *given = json != NULL;
    if (status != IEUM_OK || !json) return status;
    if (jval_get(json, "result")) json = jval_get(json, "result");
    status = field_integer(json, &at, "number", true, 0, INT64_C(1) << 53, &head->number, problem);
    if (status == IEUM_OK) status = field_text(json, &at, "digest", true, &digest, problem);
    if (status == IEUM_OK && (strlen(digest) != DIGEST_TEXT - 1 || strspn(digest, "0123456789abcdef") != DIGEST_TEXT - 1))
        return jval_refuse(problem, &(struct jpath){&at, "digest", 0}, jval_get(json, "digest"), "64 hex digits", "해시값은 16진수 64자리여야 합니다.",
                           "The digest must be 64 hex digits.");
    if (status == IEUM_OK) memcpy(head->digest, digest, DIGEST_TEXT);
    return status;
}

static ieum_status verify(struct call *call, struct store *store, jval *object, struct problem *problem) {
    struct audit_head kept;
    struct audit_check check;
    bool given = false;
    ieum_status status = read_head(call, &given, &kept, problem);
    if (status == IEUM_OK) status = store_audit_verify(store, given ? &kept : NULL, &check, problem);
    if (status != IEUM_OK) return status;
    jval_set_bool(object, "sound", check.broken_at == 0);
    jval_set(object, "head", write_head(&check.head));
    jval_set_integer(object, "erased", check.erased);
    if (check.broken_at) {
        jval_set_integer(object, "broken_at", check.broken_at);
        jval_set(object, "text", write_text2((struct text2){check.ko, check.en}));
    }
    return IEUM_OK;
}

/* ---- erase ---- */

static ieum_status erase(struct call *call, jval *object, struct problem *problem) {
    const char *before = NULL, *by = NULL, *reason = NULL;
    struct store *store;
    struct store_act act;
    struct date day;
    size_t erased = 0;
    ieum_status status = field_text(call->request, NULL, "before", true, &before, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "by", true, &by, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "reason", false, &reason, problem);
    if (status == IEUM_OK && !date_read(before, &day))
        status = jval_refuse(problem, &(struct jpath){&root, "before", 0}, jval_get(call->request, "before"), "YYYY-MM-DD", "달력에 있는 날짜(YYYY-MM-DD)가 아닙니다.",
                             "This is no date of the calendar (YYYY-MM-DD).");
    if (status == IEUM_OK && date_compare(day, workspace_today(call->workspace)) > 0)
        status = jval_refuse(problem, &(struct jpath){&root, "before", 0}, jval_get(call->request, "before"), "<= today", "아직 오지 않은 날까지 지울 수 없습니다.",
                             "What is to be kept until a day to come cannot be erased yet.");
    if (status == IEUM_OK) status = workspace_act(call->workspace, by, reason, call->arena, &act, problem);
    if (status == IEUM_OK) status = workspace_change(call->workspace, &store, problem);
    if (status == IEUM_OK) status = store_audit_erase(store, before, &act, &erased, problem);
    if (status == IEUM_OK) jval_set_integer(object, "erased", (int64_t)erased);
    return status;
}

ieum_status request_audit(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"action", "after", "round", "head", "before", "reason"}, *const actions[] = {"list", "head", "verify", "erase"};
    struct store *store;
    size_t action = 0;
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_choice(call->request, NULL, "action", true, actions, 4, &action, problem);
    if (status == IEUM_OK) status = workspace_store(call->workspace, false, &store, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object();
    if (action == 0) status = list_entries(call, store, object, problem);
    else if (action == 1) status = show_head(store, object, problem);
    else if (action == 2) status = verify(call, store, object, problem);
    else status = erase(call, object, problem);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}
