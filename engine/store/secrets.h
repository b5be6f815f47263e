/* SPDX-License-Identifier: Apache-2.0 */
/* How accounts.c and sessions.c make secrets and what is kept of them: a digest that says what it is of, and its first digits as a name. */
#ifndef IEUM_STORE_SECRETS_H
#define IEUM_STORE_SECRETS_H

#include "accounts.h"

#define SECRET_OF_TOKEN "ieum token"
#define SECRET_OF_SESSION "ieum session"
#define SECRET_OF_CSRF "ieum csrf"

/* 256 bits of the operating system as text. */
ieum_status secret_new(char text[SECRET_TEXT], struct problem *problem);
void secret_digest(const char *what, const char *secret, char digest[DIGEST_TEXT]);
void secret_id(const char digest[DIGEST_TEXT], char id[TOKEN_ID]);

#endif
