/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keeps the readers fresh: a thread notices when suppliers or outcomes of the store changed, by whomever, makes new handles ready with requests like those that were
 * asked lately, and swaps them in one by one. Until then readers answer from the old ones; nobody waits.
 */
#ifndef IEUM_HTTP_REFRESH_H
#define IEUM_HTTP_REFRESH_H

#include <stddef.h>

struct refresh;
struct server;

/* Starts the thread, which first warms the handles that there are. NULL: no memory, no thread or no engine. */
struct refresh *refresh_start(struct server *server);
/* Something was written: look at once. */
void refresh_soon(struct refresh *refresh);
/* A read that was answered: the kind of request to warm up with. */
void refresh_note(struct refresh *refresh, const char *op, const char *request, size_t size);
void refresh_stop(struct refresh *refresh); /* NULL is fine */

#endif
