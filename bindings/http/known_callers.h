/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who was found to stand behind a token or a session a moment ago, so that not every request asks the store. Entries go
 * stale after some seconds, and all at once when accounts change here; a stale one still tells that its secret was right
 * before: who guesses wrong beside its owner must not lock the owner out. What was looked up before such a change and comes
 * after it is not kept: it may be an old role. Looking one up compares with every entry in constant time, so that how long
 * it takes tells nothing about a secret.
 */
#ifndef IEUM_HTTP_KNOWN_CALLERS_H
#define IEUM_HTTP_KNOWN_CALLERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SECRET_MOST = 64, ROLE_TEXT = 24, TIME_TEXT_MOST = 32, ACCOUNT_MOST = 72 };

struct caller {
    char account[ACCOUNT_MOST], role[ROLE_TEXT];
    char csrf[SECRET_MOST + 16]; /* of a session; "" of a token */
    char expires[TIME_TEXT_MOST];
};

struct known_callers;

struct known_callers *known_callers_new(size_t seconds); /* NULL: no memory */
void known_callers_free(struct known_callers *known);    /* NULL is fine; wipes */
bool known_callers_find(struct known_callers *known, const char *secret, bool session, struct caller *caller);
/* What an add needs: read before the caller is looked up. */
uint64_t known_callers_generation(struct known_callers *known);
/* Not kept when something was forgotten or dropped since `generation`. */
void known_callers_add(struct known_callers *known, const char *secret, bool session, const struct caller *caller, uint64_t generation);
/* It was right before, be it stale. */
bool known_callers_recalls(struct known_callers *known, const char *secret, bool session);
/* All are stale from now on. */
void known_callers_forget(struct known_callers *known);
/* It is no longer right. */
void known_callers_drop(struct known_callers *known, const char *secret);

/* Whether two texts are the same, in a time that depends on their lengths alone. */
bool secret_equal(const char *a, const char *b);

#endif
