/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts and their tokens: making, listing, changing, revoking. Who asks stands in sessions.c. */
#include "accounts.h"

#include <string.h>

#include "../base/entropy.h"
#include "inside.h"
#include "secrets.h"

bool account_name_valid(const char *name) {
    const size_t size = strlen(name);
    return size >= 1 && size < ACCOUNT_NAME && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == size;
}

ieum_status secret_new(char text[SECRET_TEXT], struct problem *problem) {
    unsigned char bytes[SECRET_BYTES];
    ieum_status status = entropy_bytes(bytes, sizeof bytes, problem);
    if (status == IEUM_OK) secret_write(bytes, text);
    secret_wipe(bytes, sizeof bytes);
    return status;
}

void secret_digest(const char *what, const char *secret, char digest[DIGEST_TEXT]) {
    struct digest it;
    digest_begin(&it);
    digest_add_text(&it, what);
    digest_add_text(&it, secret);
    digest_end(&it, digest);
    secret_wipe(&it, sizeof it);
}

void secret_id(const char digest[DIGEST_TEXT], char id[TOKEN_ID]) {
    memcpy(id, digest, TOKEN_ID - 1);
    id[TOKEN_ID - 1] = '\0';
}

static ieum_status refuse_missing(const char *name, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_NOT_FOUND, "/account", "계정 '%s'이(가) 없습니다.", "There is no account '%s'.", name);
    problem_set_value(problem, name);
    return status;
}

/* ---- one number, one statement ---- */

/* Runs `sql` with up to three texts and one number bound in this order: ?1 … texts, then the number. */
static ieum_status run_bound(struct store *store, const char *sql, const char *const *texts, size_t count, const int64_t *numbers, size_t number_count,
                             struct problem *problem) {
    struct statement *statement = NULL;
    ieum_status status = statement_new(store->database, sql, &statement, problem);
    if (status != IEUM_OK) return status;
    for (size_t i = 0; i < count; i++) statement_bind_text(statement, (int)i + 1, texts[i]);
    for (size_t i = 0; i < number_count; i++) statement_bind_integer(statement, (int)(count + i) + 1, numbers[i]);
    status = statement_run(statement, problem);
    statement_free(statement);
    return status;
}

static ieum_status count_bound(struct store *store, const char *sql, int64_t number, size_t *count, struct problem *problem) {
    struct statement *statement = NULL;
    bool row = false;
    ieum_status status = statement_new(store->database, sql, &statement, problem);
    if (status != IEUM_OK) return status;
    statement_bind_integer(statement, 1, number);
    status = statement_step(statement, &row, problem);
    if (status == IEUM_OK) *count = row ? (size_t)statement_integer(statement, 0) : 0;
    statement_free(statement);
    return status;
}

ieum_status store_account_count(struct store *store, size_t *count, struct problem *problem) {
    return count_bound(store, "SELECT count(*) FROM accounts WHERE ?1 = 0", 0, count, problem);
}

/* Accounts that can administer now. */
static ieum_status count_admins(struct store *store, int64_t now, size_t *count, struct problem *problem) {
    return count_bound(store,
                       "SELECT count(DISTINCT a.name) FROM accounts a JOIN tokens t ON t.account = a.name"
                       " WHERE a.role = '" ACCOUNT_ADMIN "' AND t.revoked IS NULL AND t.expires > ?1",
                       now, count, problem);
}

static ieum_status keep_an_admin(struct store *store, int64_t now, size_t before, struct problem *problem) {
    size_t after = 0;
    ieum_status status = count_admins(store, now, &after, problem);
    if (status != IEUM_OK || before == 0 || after > 0) return status;
    return problem_set(problem, IEUM_CONFLICT, "/account", "마지막 관리자 계정입니다. 다른 관리자 계정을 먼저 만드십시오. 바뀐 것은 없습니다.",
                       "This is the last account that can administer; make another one first. Nothing was changed.");
}

ieum_status store_account_role(struct store *store, const char *name, struct arena *arena, const char **role, struct problem *problem) {
    struct statement *select = NULL;
    const char *found = NULL;
    bool row = false;
    ieum_status status = statement_new(store->database, "SELECT role FROM accounts WHERE name = ?1", &select, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(select, 1, name);
    status = statement_step(select, &row, problem);
    if (status == IEUM_OK && row) status = column_copy(select, 0, arena, &found, problem);
    statement_free(select);
    if (status == IEUM_OK) *role = found;
    return status;
}

/* ---- changes ---- */

/* An entry of the audit log: what the account has become, never a secret. */
static ieum_status note(struct store *store, const struct store_act *act, const char *action, const char *account, jval *payload, struct problem *problem) {
    ieum_status status = store_audit_append(store, act, action, account, payload, problem);
    jval_free(payload);
    return status;
}

static ieum_status create(struct store *store, const char *name, const char *role, int64_t now, const struct store_act *act, struct arena *arena,
                          struct problem *problem) {
    const char *there = NULL;
    ieum_status status = store_account_role(store, name, arena, &there, problem);
    if (status == IEUM_OK && there) {
        status = problem_set(problem, IEUM_CONFLICT, "/account", "계정 '%s'이(가) 이미 있습니다.", "There is an account '%s' already.", name);
        problem_set_value(problem, name);
    }
    if (status == IEUM_OK)
        status = run_bound(store, "INSERT INTO accounts(name, role, created) VALUES(?1, ?2, ?3)", (const char *const[]){name, role}, 2, &now, 1, problem);
    if (status != IEUM_OK) return status;
    jval *payload = jval_new_object();
    jval_set_text(payload, "role", role);
    return note(store, act, "account.create", name, payload, problem);
}

/* One of an account's changes, in a transaction of its own or the one that is open. */
typedef ieum_status (*account_change)(struct store *store, const char *name, const char *role, int64_t now, const struct store_act *act, struct arena *arena,
                                      struct problem *problem);

static ieum_status carry_out(account_change change, struct store *store, const char *name, const char *role, int64_t now, const struct store_act *act,
                             struct problem *problem) {
    bool own = false;
    struct arena *arena = arena_new();
    ieum_status status = arena ? act_check(act, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = enter_change(store, &own, problem);
    if (status == IEUM_OK) status = leave_change(store, own, change(store, name, role, now, act, arena, problem), problem);
    arena_free(arena);
    return status;
}

ieum_status store_account_create(struct store *store, const char *name, const char *role, int64_t now, const struct store_act *act,
                                 struct problem *problem) {
    return carry_out(create, store, name, role, now, act, problem);
}

/* Tokens end, and with them their sessions. `id` NULL: all of the account but `but` (NULL: all). */
static ieum_status end_tokens(struct store *store, const char *account, const char *id, const char *but, int64_t now, size_t *ended, struct problem *problem) {
    static const char *const which = "account = ?1 AND (?2 IS NULL OR id = ?2) AND (?3 IS NULL OR id <> ?3)";
    const char *const texts[] = {account, id, but};
    struct buffer sql = BUFFER_EMPTY;
    int64_t changes = 0;
    buffer_format(&sql, "UPDATE tokens SET revoked = ?4 WHERE revoked IS NULL AND %s", which);
    ieum_status status = sql.failed ? problem_set_memory(problem) : run_bound(store, sql.bytes, texts, 3, &now, 1, problem);
    if (status == IEUM_OK) status = database_integer(store->database, "SELECT changes()", &changes, problem);
    buffer_clear(&sql);
    buffer_format(&sql, "DELETE FROM sessions WHERE token IN (SELECT id FROM tokens WHERE %s)", which);
    if (status == IEUM_OK) status = sql.failed ? problem_set_memory(problem) : run_bound(store, sql.bytes, texts, 3, NULL, 0, problem);
    buffer_free(&sql);
    *ended = (size_t)changes;
    return status;
}

static ieum_status add_token(struct store *store, const char *name, int64_t now, int64_t expires, bool revoke_others, const struct store_act *act,
                             struct new_token *token, struct arena *arena, struct problem *problem) {
    const char *role = NULL;
    char digest[DIGEST_TEXT];
    size_t ended = 0;
    ieum_status status = store_account_role(store, name, arena, &role, problem);
    if (status == IEUM_OK && !role) status = refuse_missing(name, problem);
    if (status == IEUM_OK) status = secret_new(token->text, problem);
    if (status != IEUM_OK) return status;
    token->expires = expires;
    secret_digest(SECRET_OF_TOKEN, token->text, digest);
    secret_id(digest, token->id);
    status = run_bound(store, "INSERT INTO tokens(id, account, digest, created, expires) VALUES(?1, ?2, ?3, ?4, ?5)",
                       (const char *const[]){token->id, name, digest}, 3, (const int64_t[]){now, expires}, 2, problem);
    if (status == IEUM_OK && revoke_others) status = end_tokens(store, name, NULL, token->id, now, &ended, problem);
    if (status != IEUM_OK) return status;
    jval *payload = jval_new_object();
    jval_set_text(payload, "token_id", token->id);
    jval_set_integer(payload, "expires", expires);
    jval_set_integer(payload, "revoked", (int64_t)ended);
    return note(store, act, "account.token", name, payload, problem);
}

ieum_status store_account_token(struct store *store, const char *name, int64_t now, int64_t expires, bool revoke_others, const struct store_act *act,
                                struct new_token *token, struct problem *problem) {
    bool own = false;
    struct arena *arena = arena_new();
    ieum_status status = arena ? act_check(act, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = enter_change(store, &own, problem);
    if (status == IEUM_OK)
        status = leave_change(store, own, add_token(store, name, now, expires, revoke_others, act, token, arena, problem), problem);
    if (status != IEUM_OK) secret_wipe(token, sizeof *token);
    arena_free(arena);
    return status;
}

static ieum_status change_role(struct store *store, const char *name, const char *role, int64_t now, const struct store_act *act, struct arena *arena,
                               struct problem *problem) {
    const char *before = NULL;
    size_t admins = 0;
    ieum_status status = store_account_role(store, name, arena, &before, problem);
    if (status == IEUM_OK && !before) status = refuse_missing(name, problem);
    if (status == IEUM_OK) status = count_admins(store, now, &admins, problem);
    if (status == IEUM_OK) status = run_bound(store, "UPDATE accounts SET role = ?2 WHERE name = ?1", (const char *const[]){name, role}, 2, NULL, 0, problem);
    if (status == IEUM_OK) status = keep_an_admin(store, now, admins, problem);
    if (status != IEUM_OK) return status;
    jval *payload = jval_new_object();
    jval_set_text(payload, "from", before);
    jval_set_text(payload, "role", role);
    return note(store, act, "account.role", name, payload, problem);
}

ieum_status store_account_change_role(struct store *store, const char *name, const char *role, int64_t now, const struct store_act *act,
                                      struct problem *problem) {
    return carry_out(change_role, store, name, role, now, act, problem);
}

/* The account of a token, where none is named. */
static ieum_status find_owner(struct store *store, const char *token_id, struct arena *arena, const char **name, struct problem *problem) {
    struct statement *select = NULL;
    bool row = false;
    ieum_status status = statement_new(store->database, "SELECT account FROM tokens WHERE id = ?1", &select, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(select, 1, token_id);
    status = statement_step(select, &row, problem);
    if (status == IEUM_OK && row) status = column_copy(select, 0, arena, name, problem);
    if (status == IEUM_OK && !row) {
        status = problem_set(problem, IEUM_NOT_FOUND, "/token_id", "토큰 '%s'이(가) 없습니다.", "There is no token '%s'.", token_id);
        problem_set_value(problem, token_id);
    }
    statement_free(select);
    return status;
}

static ieum_status revoke(struct store *store, const char *name, const char *token_id, int64_t now, const struct store_act *act, struct arena *arena,
                          size_t *revoked, struct problem *problem) {
    const char *role = NULL;
    size_t admins = 0;
    ieum_status status = name ? store_account_role(store, name, arena, &role, problem) : find_owner(store, token_id, arena, &name, problem);
    if (status == IEUM_OK && !token_id && !role) status = refuse_missing(name, problem);
    if (status == IEUM_OK) status = count_admins(store, now, &admins, problem);
    if (status == IEUM_OK) status = end_tokens(store, name, token_id, NULL, now, revoked, problem);
    if (status == IEUM_OK) status = keep_an_admin(store, now, admins, problem);
    if (status != IEUM_OK) return status;
    jval *payload = jval_new_object();
    if (token_id) jval_set_text(payload, "token_id", token_id);
    jval_set_integer(payload, "revoked", (int64_t)*revoked);
    return note(store, act, "account.revoke", name, payload, problem);
}

ieum_status store_account_revoke(struct store *store, const char *name, const char *token_id, int64_t now, const struct store_act *act, size_t *revoked,
                                 struct problem *problem) {
    bool own = false;
    size_t count = 0;
    struct arena *arena = arena_new();
    ieum_status status = arena ? act_check(act, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = enter_change(store, &own, problem);
    if (status == IEUM_OK) status = leave_change(store, own, revoke(store, name, token_id, now, act, arena, &count, problem), problem);
    arena_free(arena);
    if (status == IEUM_OK) *revoked = count;
    return status;
}

/* ---- listing ---- */

typedef VECTOR(struct store_account) account_list;
typedef VECTOR(struct store_token) token_list;

/* One row: an account with one of its tokens, or with none. Tokens are put in one array and shared out afterwards. */
static ieum_status add_row(struct statement *row, struct arena *arena, account_list *accounts, token_list *tokens, struct problem *problem) {
    const char *name = statement_text(row, 0);
    struct store_token token = {NULL, statement_integer(row, 4), statement_integer(row, 5), statement_integer(row, 6)};
    ieum_status status = IEUM_OK;
    if (accounts->count == 0 || strcmp(accounts->items[accounts->count - 1].name, name) != 0) {
        struct store_account account = {.created = statement_integer(row, 2)};
        status = column_copy(row, 0, arena, &account.name, problem);
        if (status == IEUM_OK) status = column_copy(row, 1, arena, &account.role, problem);
        if (status == IEUM_OK && !vector_push(accounts, account)) status = problem_set_memory(problem);
    }
    if (status == IEUM_OK) status = column_copy(row, 3, arena, &token.id, problem);
    if (status != IEUM_OK || !token.id) return status;
    accounts->items[accounts->count - 1].token_count++;
    return vector_push(tokens, token) ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status share_out(struct arena *arena, account_list *accounts, const token_list *tokens, struct store_account_list *list, struct problem *problem) {
    struct store_account *items = arena_allocate_zero(arena, accounts->count, sizeof *items);
    struct store_token *kept = arena_allocate_zero(arena, tokens->count, sizeof *kept);
    size_t at = 0;
    if (!items || !kept) return problem_set_memory(problem);
    if (tokens->count) memcpy(kept, tokens->items, tokens->count * sizeof *kept);
    for (size_t i = 0; i < accounts->count; i++) {
        items[i] = accounts->items[i];
        items[i].tokens = kept + at;
        at += items[i].token_count;
    }
    *list = (struct store_account_list){arena, items, accounts->count};
    return IEUM_OK;
}

ieum_status store_account_list(struct store *store, struct store_account_list *list, struct problem *problem) {
    struct statement *select = NULL;
    account_list accounts = {0};
    token_list tokens = {0};
    bool row = false;
    struct arena *arena = arena_new();
    ieum_status status = arena ? statement_new(store->database,
                                               "SELECT a.name, a.role, a.created, t.id, t.created, t.expires, t.revoked FROM accounts a"
                                               " LEFT JOIN tokens t ON t.account = a.name ORDER BY a.name, t.created, t.id",
                                               &select, problem)
                               : problem_set_memory(problem);
    if (status == IEUM_OK) status = statement_step(select, &row, problem);
    while (status == IEUM_OK && row) {
        status = add_row(select, arena, &accounts, &tokens, problem);
        if (status == IEUM_OK) status = statement_step(select, &row, problem);
    }
    statement_free(select);
    if (status == IEUM_OK) status = share_out(arena, &accounts, &tokens, list, problem);
    if (status != IEUM_OK) arena_free(arena);
    vector_free(&accounts);
    vector_free(&tokens);
    return status;
}

void store_account_list_free(struct store_account_list *list) {
    arena_free(list->arena);
    *list = (struct store_account_list){0};
}
