/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An exchange: one request over HTTP and its answer, as all of the server but mhd.c sees it.
 *
 * It belongs to the thread that reads the network until it is submitted; from then on to the worker that has it, until exchange_answer or exchange_release. Texts
 * of the request (method, path, headers, query) are borrowed from the connection and stand as long as the exchange is not answered.
 */
#ifndef IEUM_HTTP_EXCHANGE_H
#define IEUM_HTTP_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct server;
struct worker;
struct connection;
struct stream;

/* An answer. Fields that are zero are left out of it. */
struct reply {
    int status;
    const char *type;           /* a constant */
    const void *bytes;
    size_t size;
    void (*release)(void *);    /* frees `bytes`; NULL: they outlive the server */
    const char *allow;          /* a constant: methods, with 405 */
    const char *policy;         /* a constant: Content-Security-Policy, NULL: the page's own */
    const char *etag;           /* outlives the server */
    unsigned retry_seconds;     /* Retry-After */
    bool keep;                  /* a browser may keep it, asking each time whether it still stands; otherwise no-store */
    bool closes;                /* the connection ends after it */
    char file[160];             /* Content-Disposition: attachment of that name (ASCII) */
    char cookie[256];           /* Set-Cookie */
};

enum exchange_text { ACCOUNT_TEXT = 96, ORIGIN_TEXT = 64, OP_TEXT = 48 };

struct exchange {
    struct server *server;
    struct connection *connection; /* where it stands among the connections, for its deadlines */
    void *carried;                 /* the library's connection; NULL once it is gone */
    const char *method, *path;     /* the path as it came, nothing decoded */
    char *body;                    /* NUL-terminated; NULL: empty */
    size_t body_size, body_capacity, body_limit;
    bool too_large, submitted, answered;
    bool near;      /* the peer is this machine: loopback or a unix socket */
    bool forwarded; /* a proxy passed it on */
    bool korean;    /* the language of problems that are not the engine's */
    char origin[ORIGIN_TEXT];
    struct reply reply;
    struct stream *stream;

    /* the work it is */
    struct exchange *next;    /* in a queue */
    int64_t arrived;          /* nanoseconds of the steady clock, when it came into its queue */
    void (*work)(struct exchange *, struct worker *);
    int kind; /* enum work_kind: which workers */
    char op[OP_TEXT];
};

/* The first header of that name, NULL when there is none. */
const char *exchange_header(const struct exchange *exchange, const char *name);
/* How many headers of that name there are. */
size_t exchange_header_count(const struct exchange *exchange, const char *name);
/* The query's value of that name, decoded, owned by the caller (free). NULL with *wrong false: there is none; true: it is no text (or no memory). */
char *exchange_query(const struct exchange *exchange, const char *name, bool *wrong);

/* Answers, once; takes what `reply` owns. From a worker it wakes the connection, and the exchange is no longer the worker's. */
void exchange_answer(struct exchange *exchange, const struct reply *reply);
/* Whether whoever asked is still there (a submitted exchange only). */
bool exchange_is_wanted(const struct exchange *exchange);

#endif
