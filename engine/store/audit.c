/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The audit log. Each entry's digest covers its own fields and the digest of the entry before it, so that no entry can
 * be changed, taken out or put in unseen; that the end was cut off shows against a head kept elsewhere. A payload
 * enters through a digest over it and a random salt; payload and salt can be erased together, and then nothing can be
 * guessed back from the chain.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../base/entropy.h"
#include "../base/memory.h"
#include "inside.h"

enum { SALT_BYTES = 16, SALT_TEXT = 2 * SALT_BYTES + 1 };

static const char no_entry[] = "0000000000000000000000000000000000000000000000000000000000000000";

/* The fields of an entry that its digest covers. */
struct link {
    int64_t number;
    const char *when, *account, *action, *subject, *payload_digest, *previous;
};

static void link_digest(const struct link *link, char text[DIGEST_TEXT]) {
    struct digest digest;
    char number[24];
    snprintf(number, sizeof number, "%" PRId64, link->number);
    digest_begin(&digest);
    digest_add_text(&digest, number);
    digest_add_text(&digest, link->when);
    digest_add_text(&digest, link->account);
    digest_add_text(&digest, link->action);
    digest_add_text(&digest, link->subject);
    digest_add_text(&digest, link->payload_digest);
    digest_add_text(&digest, link->previous);
    digest_end(&digest, text);
}

static void payload_digest(const char *salt, const char *json, char text[DIGEST_TEXT]) {
    struct digest digest;
    digest_begin(&digest);
    digest_add_text(&digest, salt);
    digest_add_text(&digest, json);
    digest_end(&digest, text);
}

/* ---- appending ---- */

static ieum_status payload_text(const jval *payload, const char *reason, char **text, struct problem *problem) {
    *text = NULL;
    if (!payload && !reason) return IEUM_OK;
    jval *whole = payload ? jval_copy(payload) : jval_new_object();
    if (reason) jval_set_text(whole, "reason", reason);
    ieum_status status = !whole || (reason && !jval_get(whole, "reason")) ? problem_set_memory(problem)
                                                                          : jval_write(whole, true, text, problem);
    jval_free(whole);
    return status;
}

static ieum_status insert_payload(struct store *store, int64_t number, const char *salt, const char *json,
                                  const char *keep_until, struct problem *problem) {
    struct statement *insert = NULL;
    ieum_status status = statement_new(
        store->database, "INSERT INTO audit_payload(number, salt, json, keep_until) VALUES(?1, ?2, ?3, ?4)", &insert,
        problem);
    if (status != IEUM_OK) return status;
    statement_bind_integer(insert, 1, number);
    statement_bind_text(insert, 2, salt);
    statement_bind_text(insert, 3, json);
    statement_bind_text(insert, 4, keep_until);
    status = statement_run(insert, problem);
    statement_free(insert);
    return status;
}

static ieum_status insert_link(struct store *store, const struct link *link, struct problem *problem) {
    struct statement *insert = NULL;
    char digest[DIGEST_TEXT];
    ieum_status status =
        statement_new(store->database,
                      "INSERT INTO audit(number, at, account, action, subject, payload_digest, previous,"
                      " digest) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                      &insert, problem);
    if (status != IEUM_OK) return status;
    link_digest(link, digest);
    statement_bind_integer(insert, 1, link->number);
    statement_bind_text(insert, 2, link->when);
    statement_bind_text(insert, 3, link->account);
    statement_bind_text(insert, 4, link->action);
    statement_bind_text(insert, 5, link->subject);
    statement_bind_text(insert, 6, link->payload_digest);
    statement_bind_text(insert, 7, link->previous);
    statement_bind_text(insert, 8, digest);
    status = statement_run(insert, problem);
    statement_free(insert);
    return status;
}

static ieum_status append(struct store *store, const struct store_act *act, const char *action, const char *subject,
                          const char *json, struct problem *problem) {
    struct audit_head head;
    char digest[DIGEST_TEXT] = "", salt[SALT_TEXT];
    ieum_status status = store_audit_head(store, &head, problem);
    if (status == IEUM_OK && json) status = entropy_hex(salt, SALT_BYTES, problem);
    if (status != IEUM_OK) return status;
    if (json) payload_digest(salt, json, digest);
    struct link link = {head.number + 1, act->when, act->account, action, subject, digest, head.digest};
    status = insert_link(store, &link, problem);
    if (status == IEUM_OK && json) status = insert_payload(store, link.number, salt, json, act->keep_until, problem);
    return status;
}

ieum_status store_audit_append(struct store *store, const struct store_act *act, const char *action,
                               const char *subject, const jval *payload, struct problem *problem) {
    char *json = NULL;
    bool own = false;
    ieum_status status = act_check(act, problem);
    if (status == IEUM_OK) status = payload_text(payload, act->reason, &json, problem);
    if (status == IEUM_OK) status = enter_change(store, &own, problem);
    if (status == IEUM_OK)
        status = leave_change(store, own, append(store, act, action, subject ? subject : "", json, problem), problem);
    memory_free(json);
    return status;
}

/* ---- reading ---- */

ieum_status store_audit_head(struct store *store, struct audit_head *head, struct problem *problem) {
    struct statement *select = NULL;
    bool row = false;
    ieum_status status = statement_new(store->database, "SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1",
                                       &select, problem);
    if (status == IEUM_OK) status = statement_step(select, &row, problem);
    if (status == IEUM_OK) {
        head->number = row ? statement_integer(select, 0) : 0;
        snprintf(head->digest, sizeof head->digest, "%s", row ? statement_text(select, 1) : no_entry);
    }
    statement_free(select);
    return status;
}

static const char entries_sql[] =
    "SELECT a.number, a.at, a.account, a.action, a.subject, a.payload_digest, a.previous,"
    " a.digest, p.salt, p.json FROM audit a LEFT JOIN audit_payload p ON p.number = a.number"
    " WHERE a.number > ?1 ORDER BY a.number LIMIT ?2";
enum { NUMBER, AT, ACCOUNT, ACTION, SUBJECT, PAYLOAD_DIGEST, PREVIOUS, DIGEST, SALT, JSON };

static ieum_status copy_entry(struct statement *row, struct arena *arena, struct audit_entry *entry,
                              struct problem *problem) {
    const struct {
        int column;
        const char **text;
    } texts[] = {{AT, &entry->when},         {ACCOUNT, &entry->account},   {ACTION, &entry->action},
                 {SUBJECT, &entry->subject}, {PREVIOUS, &entry->previous}, {DIGEST, &entry->digest},
                 {JSON, &entry->payload}};
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == IEUM_OK; i++)
        status = column_copy(row, texts[i].column, arena, texts[i].text, problem);
    entry->number = statement_integer(row, NUMBER);
    entry->erased = statement_size(row, PAYLOAD_DIGEST) > 0 && !statement_text(row, JSON);
    return status;
}

ieum_status store_audit_list(struct store *store, int64_t after, size_t limit, struct audit_list *list,
                             struct problem *problem) {
    struct statement *select = NULL;
    VECTOR(struct audit_entry) entries = {0};
    struct arena *arena = arena_new();
    bool row = false;
    ieum_status status =
        arena ? statement_new(store->database, entries_sql, &select, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) {
        statement_bind_integer(select, 1, after);
        statement_bind_integer(select, 2, limit > INT64_MAX ? INT64_MAX : (int64_t)limit);
        status = statement_step(select, &row, problem);
    }
    while (status == IEUM_OK && row) {
        struct audit_entry entry;
        status = copy_entry(select, arena, &entry, problem);
        if (status == IEUM_OK && !vector_push(&entries, entry)) status = problem_set_memory(problem);
        if (status == IEUM_OK) status = statement_step(select, &row, problem);
    }
    statement_free(select);
    if (status == IEUM_OK)
        *list = (struct audit_list){arena, entries.items, entries.count};
    else {
        vector_free(&entries);
        arena_free(arena);
    }
    return status;
}

void audit_list_free(struct audit_list *list) {
    memory_free((void *)list->items);
    arena_free(list->arena);
    *list = (struct audit_list){0};
}

/* ---- verifying ---- */

static void found_break(struct audit_check *check, int64_t number, const char *ko, const char *en) {
    if (check->broken_at) return;
    check->broken_at = number;
    snprintf(check->ko, sizeof check->ko, "감사 기록 %" PRId64 "번: %s", number, ko);
    snprintf(check->en, sizeof check->en, "audit entry %" PRId64 ": %s", number, en);
}

/* Text columns are NOT NULL by the schema; a file changed by hand may say otherwise. */
static const char *text_or_nothing(struct statement *row, int column) {
    const char *text = statement_text(row, column);
    return text ? text : "";
}

static void check_payload(struct statement *row, struct audit_check *check) {
    const char *expected = text_or_nothing(row, PAYLOAD_DIGEST), *json = statement_text(row, JSON);
    char digest[DIGEST_TEXT];
    if (!json) {
        if (expected[0]) check->erased++;
        return;
    }
    payload_digest(text_or_nothing(row, SALT), json, digest);
    if (strcmp(digest, expected) != 0)
        found_break(check, statement_integer(row, NUMBER), "내용이 나중에 바뀌었습니다.",
                    "its payload was changed afterwards.");
}

/* `head` is the entry before this one, and becomes this one. */
static void check_entry(struct statement *row, struct audit_check *check, struct audit_head *head) {
    char digest[DIGEST_TEXT];
    struct link link = {statement_integer(row, NUMBER), text_or_nothing(row, AT),
                        text_or_nothing(row, ACCOUNT),  text_or_nothing(row, ACTION),
                        text_or_nothing(row, SUBJECT),  text_or_nothing(row, PAYLOAD_DIGEST),
                        text_or_nothing(row, PREVIOUS)};
    const char *stored = text_or_nothing(row, DIGEST);
    if (link.number != head->number + 1)
        found_break(check, head->number + 1, "기록이 빠져 있습니다.", "it is missing.");
    if (strcmp(link.previous, head->digest) != 0)
        found_break(check, link.number, "앞 기록과 이어지지 않습니다.", "it does not follow from the entry before it.");
    link_digest(&link, digest);
    if (strcmp(digest, stored) != 0)
        found_break(check, link.number, "기록이 나중에 바뀌었습니다.", "it was changed afterwards.");
    check_payload(row, check);
    head->number = link.number;
    snprintf(head->digest, sizeof head->digest, "%s", stored);
}

static void check_kept(const struct audit_head *kept, const struct audit_head *at_kept, struct audit_check *check) {
    if (at_kept->number < kept->number)
        found_break(check, at_kept->number + 1, "여기서부터 기록이 잘려 나갔습니다.",
                    "the log was cut off from here on.");
    else if (strcmp(at_kept->digest, kept->digest) != 0)
        found_break(check, kept->number, "따로 보관한 값과 다릅니다. 기록이 새로 쓰였습니다.",
                    "it differs from the head kept elsewhere: the log was rewritten.");
}

ieum_status store_audit_verify(struct store *store, const struct audit_head *kept, struct audit_check *check,
                               struct problem *problem) {
    struct statement *select = NULL;
    struct audit_check made = {.broken_at = 0};
    struct audit_head head = {.number = 0}, at_kept;
    bool row = false;
    memcpy(head.digest, no_entry, sizeof head.digest);
    at_kept = head;
    ieum_status status = statement_new(store->database, entries_sql, &select, problem);
    if (status == IEUM_OK) {
        statement_bind_integer(select, 1, INT64_MIN);
        statement_bind_integer(select, 2, INT64_MAX);
        status = statement_step(select, &row, problem);
    }
    while (status == IEUM_OK && row) {
        check_entry(select, &made, &head);
        if (kept && head.number <= kept->number) at_kept = head;
        status = statement_step(select, &row, problem);
    }
    statement_free(select);
    if (status != IEUM_OK) return status;
    if (kept) check_kept(kept, &at_kept, &made);
    made.head = head;
    *check = made;
    return IEUM_OK;
}

/* ---- erasing ---- */

static ieum_status delete_payloads(struct store *store, const char *date, size_t *erased, struct problem *problem) {
    struct statement *remove = NULL;
    int64_t changes = 0;
    ieum_status status =
        statement_new(store->database, "DELETE FROM audit_payload WHERE keep_until < ?1", &remove, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(remove, 1, date);
    status = statement_run(remove, problem);
    statement_free(remove);
    if (status == IEUM_OK) status = database_integer(store->database, "SELECT changes()", &changes, problem);
    *erased = (size_t)changes;
    return status;
}

ieum_status store_audit_erase(struct store *store, const char *date, const struct store_act *act, size_t *erased,
                              struct problem *problem) {
    bool own = false;
    size_t count = 0, documents = 0;
    jval *payload = NULL;
    ieum_status status = act_check(act, problem);
    if (status == IEUM_OK) status = enter_change(store, &own, problem);
    if (status != IEUM_OK) return status;
    status = delete_payloads(store, date, &count, problem);
    if (status == IEUM_OK) status = store_documents_erase(store, date, &documents, problem);
    count += documents;
    if (status == IEUM_OK && count > 0) {
        payload = jval_new_object();
        jval_set_text(payload, "before", date);
        jval_set_integer(payload, "erased", (int64_t)count);
        status = store_audit_append(store, act, "audit.erase", date, payload, problem);
    }
    jval_free(payload);
    status = leave_change(store, own, status, problem);
    if (status == IEUM_OK) *erased = count;
    return status;
}
