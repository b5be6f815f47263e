/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who asks: tokens and sessions that come with requests. What comes is looked up by the first digits of its digest, and the whole digest is compared in constant
 * time; an unknown secret goes the same way against a digest that nothing has, so that neither words nor time tell what was wrong.
 */
#include <stdio.h>
#include <string.h>

#include "inside.h"
#include "secrets.h"

static const char nothing_has[DIGEST_TEXT] = "----------------------------------------------------------------";

static ieum_status refuse(struct problem *problem) {
    return problem_set(problem, IEUM_UNAUTHORIZED, "", "접속 토큰이 맞지 않거나 기한이 지났습니다. 관리자에게 새 토큰을 요청하십시오.",
                       "The token is not valid, or no longer; ask an administrator for a new one.");
}

/* `sql`: digest, account, role, token id, whether it is good now, until when; ?1 the id, ?2 now. */
static ieum_status look_up(struct store *store, const char *sql, const char *what, const char *secret, int64_t now, struct identity *identity,
                           struct problem *problem) {
    struct statement *select = NULL;
    char digest[DIGEST_TEXT], kept[DIGEST_TEXT], id[TOKEN_ID];
    bool row = false;
    int64_t good = 0;
    struct identity found = {.expires = 0};
    secret_digest(what, secret, digest);
    secret_id(digest, id);
    memcpy(kept, nothing_has, sizeof kept);
    ieum_status status = statement_new(store->database, sql, &select, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(select, 1, id);
    statement_bind_integer(select, 2, now);
    status = statement_step(select, &row, problem);
    if (status == IEUM_OK && row && statement_size(select, 0) == DIGEST_TEXT - 1) {
        memcpy(kept, statement_text(select, 0), DIGEST_TEXT);
        snprintf(found.account, sizeof found.account, "%s", statement_text(select, 1));
        snprintf(found.role, sizeof found.role, "%s", statement_text(select, 2));
        snprintf(found.token_id, sizeof found.token_id, "%s", statement_text(select, 3));
        good = statement_integer(select, 4);
        found.expires = statement_integer(select, 5);
    }
    statement_free(select);
    if (status != IEUM_OK) return status;
    const int same = digest_same(digest, kept); /* before anything is decided */
    if (!(same & (good == 1))) return refuse(problem);
    *identity = found;
    return IEUM_OK;
}

ieum_status store_authenticate(struct store *store, const char *token, int64_t now, struct identity *identity, struct problem *problem) {
    return look_up(store,
                   "SELECT t.digest, a.name, a.role, t.id, t.revoked IS NULL AND t.expires > ?2, t.expires FROM tokens t"
                   " JOIN accounts a ON a.name = t.account WHERE t.id = ?1",
                   SECRET_OF_TOKEN, token, now, identity, problem);
}

ieum_status store_session_find(struct store *store, const char *session, int64_t now, struct identity *identity, struct problem *problem) {
    return look_up(store,
                   "SELECT s.digest, a.name, a.role, t.id, t.revoked IS NULL AND t.expires > ?2 AND s.expires > ?2, s.expires FROM sessions s"
                   " JOIN tokens t ON t.id = s.token JOIN accounts a ON a.name = t.account WHERE s.id = ?1",
                   SECRET_OF_SESSION, session, now, identity, problem);
}

static ieum_status begin(struct store *store, struct identity *identity, int64_t now, const char *session, struct problem *problem) {
    struct statement *statement = NULL;
    char digest[DIGEST_TEXT], id[TOKEN_ID];
    ieum_status status = statement_new(store->database, "DELETE FROM sessions WHERE expires <= ?1", &statement, problem);
    if (status != IEUM_OK) return status;
    statement_bind_integer(statement, 1, now);
    status = statement_run(statement, problem);
    statement_free(statement);
    if (status == IEUM_OK)
        status = statement_new(store->database, "INSERT INTO sessions(id, digest, token, expires) VALUES(?1, ?2, ?3, ?4)", &statement, problem);
    if (status != IEUM_OK) return status;
    secret_digest(SECRET_OF_SESSION, session, digest);
    secret_id(digest, id);
    if (identity->expires > now + SESSION_S) identity->expires = now + SESSION_S;
    statement_bind_text(statement, 1, id);
    statement_bind_text(statement, 2, digest);
    statement_bind_text(statement, 3, identity->token_id);
    statement_bind_integer(statement, 4, identity->expires);
    status = statement_run(statement, problem);
    statement_free(statement);
    return status;
}

ieum_status store_session_begin(struct store *store, struct identity *identity, int64_t now, char session[SECRET_TEXT], struct problem *problem) {
    bool own = false;
    ieum_status status = secret_new(session, problem);
    if (status == IEUM_OK) status = enter_change(store, &own, problem);
    if (status == IEUM_OK) status = leave_change(store, own, begin(store, identity, now, session, problem), problem);
    if (status != IEUM_OK) secret_wipe(session, SECRET_TEXT);
    return status;
}

static ieum_status end(struct store *store, const char *session, bool *ended, struct problem *problem) {
    struct statement *remove = NULL;
    char digest[DIGEST_TEXT];
    int64_t changes = 0;
    ieum_status status = statement_new(store->database, "DELETE FROM sessions WHERE digest = ?1", &remove, problem);
    if (status != IEUM_OK) return status;
    secret_digest(SECRET_OF_SESSION, session, digest);
    statement_bind_text(remove, 1, digest);
    status = statement_run(remove, problem);
    statement_free(remove);
    if (status == IEUM_OK) status = database_integer(store->database, "SELECT changes()", &changes, problem);
    *ended = changes > 0;
    return status;
}

ieum_status store_session_end(struct store *store, const char *session, bool *ended, struct problem *problem) {
    bool own = false;
    ieum_status status = enter_change(store, &own, problem);
    return status == IEUM_OK ? leave_change(store, own, end(store, session, ended, problem), problem) : status;
}

void session_csrf(const char *session, char csrf[DIGEST_TEXT]) { secret_digest(SECRET_OF_CSRF, session, csrf); }
