/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op account: {"action", …}. For administrators, "by" and "reason" as everywhere:
 *   list                                               → {"accounts": [{"account", "role", "created", "active", "tokens": [{"token_id", "created", "expires", "state"}]}]}
 *   create  "account", "role", "days"?: 1..730         → {"account", "role", "token", "token_id", "expires"}: the token is told this once
 *   token   "account", "days"?, "revoke"?: the others  → the same
 *   role    "account", "role"                          → {"account", "role"}
 *   revoke  "account" or "token_id"                    → {"revoked": how many}
 * For a server alone (never through ieum_call_for):
 *   authenticate "token"      → {"account", "role", "expires"}
 *   sign-in      "token", "origin"?: where from, for the access log → {"session", "csrf", "account", "role", "expires"}
 *   session      "session"    → {"account", "role", "csrf", "expires"}
 *   sign-out     "session", "origin"? → {"signed_out"}
 *   bootstrap    "role", "new"?: even if there are accounts → {"account", "role", "token", "expires"}; null where there are accounts
 * Times are the clock's, UTC. Nothing here repeats a secret that came in.
 */
#include <string.h>
#include <time.h>

#include "../store/accounts.h"
#include "permission.h"
#include "request.h"

static const struct jpath root = {NULL, NULL, 0};

enum { DAYS_STANDARD = 365, DAYS_MOST = 730, DAY_S = 86400, TIME_TEXT = 21 };

struct asked {
    struct call *call;
    const jval *request;
    int64_t now;
};

static void set_time(jval *object, const char *key, int64_t seconds) {
    const time_t when = (time_t)seconds;
    struct tm parts;
    char text[TIME_TEXT] = "";
    gmtime_r(&when, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    jval_set_text(object, key, text);
}

/* ---- members ---- */

static ieum_status read_account(const struct asked *it, bool required, const char **account, struct problem *problem) {
    ieum_status status = field_text(it->request, NULL, "account", required, account, problem);
    if (status != IEUM_OK || !*account || account_name_valid(*account)) return status;
    return jval_refuse(problem, &(struct jpath){&root, "account", 0}, jval_get(it->request, "account"), "[a-z0-9._-]{1,64}",
                       "계정 이름은 영문 소문자, 숫자, '.', '_', '-' 64자까지입니다.", "An account's name is small letters, digits, '.', '_' and '-', at most 64.");
}

static ieum_status read_role(const struct asked *it, const char **role, struct problem *problem) {
    const struct roles *roles;
    struct buffer names = BUFFER_EMPTY;
    ieum_status status = field_text(it->request, NULL, "role", true, role, problem);
    if (status == IEUM_OK) status = workspace_roles(it->call->workspace, &roles, problem);
    if (status != IEUM_OK || roles_role(roles, *role)) return status;
    const jval *known = jval_get(roles_table(roles), "roles");
    for (void *i = jval_first(known); i; i = jval_next(known, i)) buffer_format(&names, "%s%s", names.size ? ", " : "", jval_key(i));
    status = jval_refuse(problem, &(struct jpath){&root, "role", 0}, jval_get(it->request, "role"), names.failed ? NULL : names.bytes, "없는 역할입니다.",
                         "There is no such role.");
    buffer_free(&names);
    return status;
}

static ieum_status read_expiry(const struct asked *it, int64_t *expires, struct problem *problem) {
    int64_t days = DAYS_STANDARD;
    ieum_status status = field_integer(it->request, NULL, "days", false, 1, DAYS_MOST, &days, problem);
    *expires = it->now + days * DAY_S;
    return status;
}

/* The change begins: who does it. */
static ieum_status begin_change(const struct asked *it, struct store **store, struct store_act *act, struct problem *problem) {
    const char *by = NULL, *reason = NULL;
    ieum_status status = field_text(it->request, NULL, "by", false, &by, problem);
    if (status == IEUM_OK) status = field_text(it->request, NULL, "reason", false, &reason, problem);
    if (status == IEUM_OK) status = workspace_act(it->call->workspace, by, reason, it->call->arena, act, problem);
    return status == IEUM_OK ? workspace_change(it->call->workspace, store, problem) : status;
}

/* ---- for administrators ---- */

static void write_token(jval *object, const char *account, const char *role, struct new_token *token) {
    jval_set_text(object, "account", account);
    jval_set_text(object, "role", role);
    jval_set_text(object, "token", token->text);
    jval_set_text(object, "token_id", token->id);
    set_time(object, "expires", token->expires);
    secret_wipe(token, sizeof *token);
}

static jval *write_tokens(const struct store_account *account, int64_t now, bool *active) {
    jval *array = jval_new_array();
    *active = false;
    for (size_t i = 0; i < account->token_count; i++) {
        const struct store_token *token = &account->tokens[i];
        const bool good = !token->revoked && token->expires > now;
        jval *object = jval_new_object();
        jval_set_text(object, "token_id", token->id);
        set_time(object, "created", token->created);
        set_time(object, "expires", token->expires);
        if (token->revoked) set_time(object, "revoked", token->revoked);
        jval_set_text(object, "state", good ? "active" : token->revoked ? "revoked" : "expired");
        jval_append(array, object);
        *active = *active || good;
    }
    return array;
}

static ieum_status list(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct store_account_list found = {0};
    ieum_status status = workspace_store(it->call->workspace, false, &store, problem);
    if (status == IEUM_OK) status = store_account_list(store, &found, problem);
    if (status != IEUM_OK) return status;
    jval *accounts = jval_new_array();
    for (size_t i = 0; i < found.count; i++) {
        bool active;
        jval *one = jval_new_object(), *tokens = write_tokens(&found.items[i], it->now, &active);
        jval_set_text(one, "account", found.items[i].name);
        jval_set_text(one, "role", found.items[i].role);
        set_time(one, "created", found.items[i].created);
        jval_set_bool(one, "active", active);
        jval_set(one, "tokens", tokens);
        jval_append(accounts, one);
    }
    jval_set(object, "accounts", accounts);
    store_account_list_free(&found);
    return IEUM_OK;
}

static ieum_status create(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct store_act act;
    struct new_token token;
    const char *account = NULL, *role = NULL;
    int64_t expires = 0;
    ieum_status status = read_account(it, true, &account, problem);
    if (status == IEUM_OK) status = read_role(it, &role, problem);
    if (status == IEUM_OK) status = read_expiry(it, &expires, problem);
    if (status == IEUM_OK) status = begin_change(it, &store, &act, problem);
    if (status == IEUM_OK) status = store_account_create(store, account, role, it->now, &act, problem);
    if (status == IEUM_OK) status = store_account_token(store, account, it->now, expires, false, &act, &token, problem);
    if (status == IEUM_OK) write_token(object, account, role, &token);
    return status;
}

static ieum_status new_token(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct store_act act;
    struct new_token token;
    const char *account = NULL, *role = NULL;
    bool revoke = false;
    int64_t expires = 0;
    ieum_status status = read_account(it, true, &account, problem);
    if (status == IEUM_OK) status = field_bool(it->request, NULL, "revoke", false, &revoke, problem);
    if (status == IEUM_OK) status = read_expiry(it, &expires, problem);
    if (status == IEUM_OK) status = begin_change(it, &store, &act, problem);
    if (status == IEUM_OK) status = store_account_token(store, account, it->now, expires, revoke, &act, &token, problem);
    if (status == IEUM_OK) status = store_account_role(store, account, it->call->arena, &role, problem);
    if (status == IEUM_OK) write_token(object, account, role, &token);
    return status;
}

static ieum_status change_role(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct store_act act;
    const char *account = NULL, *role = NULL;
    ieum_status status = read_account(it, true, &account, problem);
    if (status == IEUM_OK) status = read_role(it, &role, problem);
    if (status == IEUM_OK) status = begin_change(it, &store, &act, problem);
    if (status == IEUM_OK) status = store_account_change_role(store, account, role, it->now, &act, problem);
    if (status != IEUM_OK) return status;
    jval_set_text(object, "account", account);
    jval_set_text(object, "role", role);
    return IEUM_OK;
}

static ieum_status revoke(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct store_act act;
    const char *account = NULL, *token_id = NULL;
    size_t revoked = 0;
    ieum_status status = field_text(it->request, NULL, "token_id", false, &token_id, problem);
    if (status == IEUM_OK) status = read_account(it, !token_id, &account, problem);
    if (status == IEUM_OK && account && token_id)
        status = jval_refuse(problem, &(struct jpath){&root, "token_id", 0}, NULL, NULL, "계정과 토큰 가운데 하나만 적습니다.", "Name the account or the token, not both.");
    if (status == IEUM_OK) status = begin_change(it, &store, &act, problem);
    if (status == IEUM_OK) status = store_account_revoke(store, account, token_id, it->now, &act, &revoked, problem);
    if (status == IEUM_OK) jval_set_integer(object, "revoked", (int64_t)revoked);
    return status;
}

/* ---- for a server ---- */

static void write_identity(jval *object, const struct identity *identity) {
    jval_set_text(object, "account", identity->account);
    jval_set_text(object, "role", identity->role);
    set_time(object, "expires", identity->expires);
}

static void set_csrf(jval *object, const char *session) {
    char csrf[DIGEST_TEXT];
    session_csrf(session, csrf);
    jval_set_text(object, "csrf", csrf);
}

static ieum_status read_identity(const struct asked *it, struct store **store, struct identity *identity, struct problem *problem) {
    const char *token = NULL;
    ieum_status status = field_text(it->request, NULL, "token", true, &token, problem);
    if (status == IEUM_OK) status = workspace_store(it->call->workspace, false, store, problem);
    return status == IEUM_OK ? store_authenticate(*store, token, it->now, identity, problem) : status;
}

static ieum_status authenticate(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct identity identity;
    ieum_status status = read_identity(it, &store, &identity, problem);
    if (status == IEUM_OK) write_identity(object, &identity);
    return status;
}

/* Coming and going stands in the access log, refused tokens too. */
static ieum_status note_sign(const struct asked *it, const struct identity *identity, const char *action, ieum_status outcome, struct problem *problem) {
    const char *origin = NULL;
    ieum_status status = field_text(it->request, NULL, "origin", false, &origin, problem);
    const ieum_caller who = {sizeof who, identity ? identity->account : "", identity ? identity->role : "", origin};
    return status == IEUM_OK ? access_note_sign(it->call->workspace, &who, action, outcome, problem) : status;
}

/* Looked up before the store is locked: wrong tokens must not hold up those who write. */
static ieum_status sign_in(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct identity identity;
    char session[SECRET_TEXT];
    struct problem ignored = {0};
    ieum_status status = read_identity(it, &store, &identity, problem);
    if (status == IEUM_UNAUTHORIZED) note_sign(it, NULL, "sign-in", status, &ignored);
    if (status == IEUM_OK) status = workspace_change(it->call->workspace, &store, problem);
    if (status == IEUM_OK) status = read_identity(it, &store, &identity, problem);
    if (status == IEUM_OK) status = store_session_begin(store, &identity, it->now, session, problem);
    if (status == IEUM_OK) status = note_sign(it, &identity, "sign-in", IEUM_OK, problem);
    if (status != IEUM_OK) return status;
    jval_set_text(object, "session", session);
    set_csrf(object, session);
    write_identity(object, &identity);
    secret_wipe(session, sizeof session);
    return IEUM_OK;
}

static ieum_status find_session(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct identity identity;
    const char *session = NULL;
    ieum_status status = field_text(it->request, NULL, "session", true, &session, problem);
    if (status == IEUM_OK) status = workspace_store(it->call->workspace, false, &store, problem);
    if (status == IEUM_OK) status = store_session_find(store, session, it->now, &identity, problem);
    if (status != IEUM_OK) return status;
    write_identity(object, &identity);
    set_csrf(object, session);
    return IEUM_OK;
}

static ieum_status sign_out(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct identity identity;
    struct problem ignored = {0};
    const char *session = NULL;
    bool ended = false;
    ieum_status status = field_text(it->request, NULL, "session", true, &session, problem);
    if (status == IEUM_OK) status = workspace_change(it->call->workspace, &store, problem);
    const bool known = status == IEUM_OK && store_session_find(store, session, it->now, &identity, &ignored) == IEUM_OK;
    if (status == IEUM_OK) status = store_session_end(store, session, &ended, problem);
    if (status == IEUM_OK && known) status = note_sign(it, &identity, "sign-out", IEUM_OK, problem);
    if (status == IEUM_OK) jval_set_bool(object, "signed_out", ended);
    return status;
}

/* The first start: an account called as its role. Asked for anew, it gets one more token. */
static ieum_status bootstrap(const struct asked *it, jval *object, struct problem *problem) {
    struct store *store;
    struct store_act act;
    struct new_token token;
    const char *role = NULL, *there = NULL;
    bool again = false;
    size_t count = 0;
    ieum_status status = read_role(it, &role, problem);
    if (status == IEUM_OK) status = field_bool(it->request, NULL, "new", false, &again, problem);
    if (status == IEUM_OK) status = begin_change(it, &store, &act, problem);
    if (status == IEUM_OK) status = store_account_count(store, &count, problem);
    if (status != IEUM_OK) return status;
    if (count > 0 && !again) {
        jval_set(object, "token", NULL);
        return IEUM_OK;
    }
    status = store_account_role(store, role, it->call->arena, &there, problem);
    if (status == IEUM_OK && there && strcmp(there, role) != 0)
        return problem_set(problem, IEUM_CONFLICT, "/role", "'%s'이라는 계정이 다른 역할로 있습니다. account token으로 토큰을 만드십시오.",
                           "There is an account '%s' with another role; make a token by account token.", role);
    if (status == IEUM_OK && !there) status = store_account_create(store, role, role, it->now, &act, problem);
    if (status == IEUM_OK) status = store_account_token(store, role, it->now, it->now + (int64_t)DAYS_STANDARD * DAY_S, false, &act, &token, problem);
    if (status == IEUM_OK) write_token(object, role, role, &token);
    return status;
}

ieum_status request_account(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"action", "account", "role", "days", "revoke", "token_id", "reason", "token", "session", "origin", "new"};
    static const char *const names[] = {"list", "create", "token", "role", "revoke", "authenticate", "sign-in", "session", "sign-out", "bootstrap"};
    static ieum_status (*const actions[])(const struct asked *, jval *, struct problem *) = {list,         create,  new_token,    change_role, revoke,
                                                                                             authenticate, sign_in, find_session, sign_out,    bootstrap};
    enum { SERVERS_OWN = 5 /* from here on */, BOOTSTRAP = 9 };
    const struct asked it = {call, call->request, time(NULL)};
    size_t action = 0;
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_choice(call->request, NULL, "action", true, names, sizeof names / sizeof *names, &action, problem);
    if (status == IEUM_OK && call->caller && action >= SERVERS_OWN) /* whatever a table says */
        status = problem_set(problem, IEUM_FORBIDDEN, "/action", "서버만 할 수 있는 작업입니다.", "This is for the server alone.");
    if (status != IEUM_OK) return status;
    call->outside = action >= SERVERS_OWN && action != BOOTSTRAP; /* a server passes the reply on to whoever came */
    jval *object = jval_new_object();
    status = actions[action](&it, object, problem);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}
