/* SPDX-License-Identifier: Apache-2.0 */
/* Where the server listens: "ADDRESS:PORT" (IPv4, or IPv6 in brackets; "localhost") or "unix:PATH". */
#ifndef IEUM_HTTP_LISTEN_SOCKET_H
#define IEUM_HTTP_LISTEN_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

enum listen_result {
    LISTEN_OK,
    LISTEN_ADDRESS,  /* no such address */
    LISTEN_REMOTE,   /* not this machine's own, and no TLS in front */
    LISTEN_TAKEN,    /* someone listens there already */
    LISTEN_NO_SOCKET,/* a file that is no socket lies there */
    LISTEN_ERROR     /* errno tells */
};

struct listening {
    int socket;
    char url[160];         /* "http://127.0.0.1:8750", "unix:/run/ieum.sock" */
    char path[108];        /* of a unix socket, "" else */
    unsigned long inode;   /* so that only our own is removed */
    unsigned port;
};

/* `remote`: addresses of other machines may be listened on. A unix socket gets mode 0600; one that nobody listens on any more is replaced. */
enum listen_result listen_open(struct listening *listening, const char *where, bool remote);
/* Removes the unix socket if it is still ours; the socket itself belongs to the carrier. */
void listen_remove(const struct listening *listening);

#endif
