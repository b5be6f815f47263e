/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An answer that grows while it is sent (JSON Lines, server-sent events): a worker adds, the carrier takes. A client that goes away or takes nothing
 * never holds up the worker: it is told that nobody reads, or told to go on later.
 */
#ifndef IEUM_HTTP_STREAM_H
#define IEUM_HTTP_STREAM_H

#include "exchange.h"

enum { STREAM_FULL = 256 * 1024 }; /* bytes not yet taken from which on a producer should pause */

/* Begins the answer: from now on the exchange is a stream that the caller holds until stream_end. False: no memory (and nothing is answered). */
bool stream_begin(struct exchange *exchange, const char *type);
/* False: nobody reads any more (or no memory); what follows may be left out. */
bool stream_add(struct exchange *exchange, const char *bytes, size_t size);
/* Leaves the stream alone until it is nearly empty or nobody reads: then the carrier's thread calls `resume` once. False: it is not full, go on. */
bool stream_pause(struct exchange *exchange, void (*resume)(struct exchange *));
/* The last of it is added; the caller's hold ends. */
void stream_end(struct exchange *exchange);

/* ---- for the carrier ---- */

/* Copies at most `most` bytes out. 0 with *ended false: there is nothing now, and the next stream_add wakes the connection. */
size_t stream_take(struct exchange *exchange, char *bytes, size_t most, bool *ended);
/* Nobody reads any more. */
void stream_gone(struct exchange *exchange);
void stream_free(struct stream *stream); /* NULL is fine */

#endif
