/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Accounts that may ask over the net: an account has a role and tokens; a token that signs in gets sessions. Tokens and sessions are 256 random bits, told once
 * and kept as digests; what is compared is compared in a time that tells nothing. Times are seconds since 1970 (UTC), given by the caller. Every change is
 * one transaction and one entry of the audit log, which never holds a secret; coming and going of sessions is no change of accounts and has no entry.
 *
 * No change may leave a store without an account that can administer when it had one (CONFLICT).
 */
#ifndef IEUM_STORE_ACCOUNTS_H
#define IEUM_STORE_ACCOUNTS_H

#include "store.h"

#define ACCOUNT_ADMIN "admin" /* the role that administers accounts */
enum { ACCOUNT_NAME = 65, TOKEN_ID = 17, SESSION_S = 12 * 3600 }; /* texts with their NUL; how long a session lasts */

/* [a-z0-9._-]{1,64} */
bool account_name_valid(const char *name);

struct store_token {
    const char *id;
    int64_t created, expires, revoked; /* revoked 0: it is not */
};
struct store_account {
    const char *name, *role;
    int64_t created;
    const struct store_token *tokens; /* in the order they were made */
    size_t token_count;
};
struct store_account_list {
    struct arena *arena;
    const struct store_account *items; /* by name */
    size_t count;
};
ieum_status store_account_list(struct store *store, struct store_account_list *list, struct problem *problem);
void store_account_list_free(struct store_account_list *list); /* a zeroed list is fine */

/* How many accounts there are, and the role of one: NULL when there is none of that name. */
ieum_status store_account_count(struct store *store, size_t *count, struct problem *problem);
ieum_status store_account_role(struct store *store, const char *name, struct arena *arena, const char **role, struct problem *problem);

/* A token that was just made; the text is to be told once and wiped (secret_wipe). */
struct new_token {
    char text[SECRET_TEXT], id[TOKEN_ID];
    int64_t expires;
};
/* CONFLICT when the name is taken. The account has no token yet. */
ieum_status store_account_create(struct store *store, const char *name, const char *role, int64_t now, const struct store_act *act,
                                 struct problem *problem);
/* `revoke_others`: all other tokens of the account end. NOT_FOUND: there is no such account. */
ieum_status store_account_token(struct store *store, const char *name, int64_t now, int64_t expires, bool revoke_others, const struct store_act *act,
                                struct new_token *token, struct problem *problem);
ieum_status store_account_change_role(struct store *store, const char *name, const char *role, int64_t now, const struct store_act *act,
                                      struct problem *problem);
/* Ends all tokens of an account (`name`), or the one token (`token_id`), with their sessions. `*revoked`: how many were not ended before. */
ieum_status store_account_revoke(struct store *store, const char *name, const char *token_id, int64_t now, const struct store_act *act, size_t *revoked,
                                 struct problem *problem);

/* ---- who asks ---- */

struct identity {
    char account[ACCOUNT_NAME], role[ACCOUNT_NAME], token_id[TOKEN_ID];
    int64_t expires;
};
/* UNAUTHORIZED, in the same words, whether the token is unknown, expired or revoked. */
ieum_status store_authenticate(struct store *store, const char *token, int64_t now, struct identity *identity, struct problem *problem);
/* Begins a session of an authenticated token; expired sessions go at this occasion. `identity->expires` becomes the session's. */
ieum_status store_session_begin(struct store *store, struct identity *identity, int64_t now, char session[SECRET_TEXT], struct problem *problem);
/* UNAUTHORIZED as store_authenticate. */
ieum_status store_session_find(struct store *store, const char *session, int64_t now, struct identity *identity, struct problem *problem);
ieum_status store_session_end(struct store *store, const char *session, bool *ended, struct problem *problem);
/* What a page must send with every change, beside its session: follows from the session and tells nothing of it. */
void session_csrf(const char *session, char csrf[DIGEST_TEXT]);

#endif
