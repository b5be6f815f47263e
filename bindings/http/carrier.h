/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The HTTP library behind a few functions: it listens, reads requests into exchanges and sends their answers, in one thread of its own. mhd.c is the
 * only file that knows libmicrohttpd.
 */
#ifndef IEUM_HTTP_CARRIER_H
#define IEUM_HTTP_CARRIER_H

#include "connections.h"
#include "exchange.h"
#include "server_limits.h"

struct carrier;

/* How the server takes part. All but `submit` run in the carrier's thread and must not block. */
struct carrier_hooks {
    struct server *server;
    void (*arrived)(struct exchange *);  /* the head is here, the body is not: may answer and sets body_limit */
    void (*complete)(struct exchange *); /* the body is here and nothing answered yet: answers, or sets `work` to be submitted */
    void (*submit)(struct exchange *);   /* the connection waits: the work may begin */
    void (*finished)(struct exchange *); /* the answer went out or the client is gone */
};

/* `socket`: a listening socket, taken over; -1: none, connections come through carrier_add and all runs in carrier_step (for tests). NULL: it did not
 * start. */
struct carrier *carrier_start(int socket, const struct server_limits *limits, struct connections *connections, const struct carrier_hooks *hooks);
/* Stops accepting; what is open goes on. */
void carrier_quiesce(struct carrier *carrier);
/* Ends; no exchange may be waiting. */
void carrier_stop(struct carrier *carrier);
bool carrier_add(struct carrier *carrier, int socket);
void carrier_step(struct carrier *carrier);

#endif
