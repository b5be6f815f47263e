/* SPDX-License-Identifier: Apache-2.0 */
/* Files that come in parts: kept in memory for a while, each of one account, found by a name of 128 random bits. */
#ifndef IEUM_HTTP_UPLOADS_H
#define IEUM_HTTP_UPLOADS_H

#include <stdbool.h>
#include <stddef.h>

struct uploads;
struct server_limits;

enum upload_result { UPLOAD_OK, UPLOAD_NONE, UPLOAD_OFFSET, UPLOAD_LARGE, UPLOAD_FULL, UPLOAD_MEMORY };
enum { UPLOAD_ID = 33, UPLOAD_NAME = 256 };

struct uploads *uploads_new(const struct server_limits *limits); /* NULL: no memory */
void uploads_free(struct uploads *uploads);                      /* NULL is fine */
/* An account's oldest makes room where it has as many as it may; UPLOAD_FULL: all accounts together have too many. */
enum upload_result uploads_begin(struct uploads *uploads, const char *account, const char *name, char id[UPLOAD_ID]);
/* Adds bytes at `offset`, which must be the size so far; *size is the new one, also of UPLOAD_OFFSET. */
enum upload_result uploads_add(struct uploads *uploads, const char *account, const char *id, size_t offset, const char *bytes, size_t count,
                               size_t *size);
/* Borrows a file for as long as it takes to read it; uploads_give_back follows, and with `done` removes it. */
enum upload_result uploads_borrow(struct uploads *uploads, const char *account, const char *id, const char **name, const char **bytes, size_t *size);
void uploads_give_back(struct uploads *uploads, const char *id, bool done);
enum upload_result uploads_remove(struct uploads *uploads, const char *account, const char *id);
/* Drops those whose time is over. */
void uploads_expire(struct uploads *uploads);

#endif
