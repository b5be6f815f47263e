/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The connections that are open, and how long each may take: a client that trickles bytes keeps a connection no longer than one that is silent.
 * Deadlines are absolute, one for a head, one for a body, one for taking the answer; connections_reap, called a few times a second, ends those that
 * missed theirs.
 */
#ifndef IEUM_HTTP_CONNECTIONS_H
#define IEUM_HTTP_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct connections;
struct sockaddr;
struct connection;

enum connection_stage { CONNECTION_HEAD, CONNECTION_BODY, CONNECTION_WAITS, CONNECTION_ANSWER };

struct connections *connections_new(size_t most, size_t most_of_origin);
void connections_free(struct connections *connections); /* NULL is fine */

/* `address`: where it comes from (NULL or another family than IPv4 and IPv6: "unix"). NULL: no memory. */
struct connection *connections_open(struct connections *connections, int socket, const struct sockaddr *address);
/* Before the socket is closed. */
void connections_close(struct connections *connections, struct connection *connection);
/* `seconds`: until when the stage must be over; 0: no matter when. */
void connections_stage(struct connections *connections, struct connection *connection, enum connection_stage stage, unsigned seconds);
/* More connections than may be were open, of all or of its origin, when this one came. */
bool connection_is_over(const struct connection *connection);
/* The client is there still, as far as the socket tells; no connection that is being closed. */
bool connection_is_there(const struct connection *connection);
const char *connection_origin(const struct connection *connection);

/* Ends those whose deadline is over, how many they were; lets go those whose client closed its side and awaits nothing. */
size_t connections_reap(struct connections *connections);
/* No further request is read on those that wait for one: what has come in is still answered. */
void connections_hush(struct connections *connections);
size_t connections_count(struct connections *connections);
uint64_t connections_total(struct connections *connections);

/* The steady clock in nanoseconds. */
int64_t steady_now(void);

#endif
