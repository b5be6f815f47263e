/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An exchange: one request over HTTP and its answer, as all of the server but mhd.c sees it.
 *
 * It belongs to the thread that reads the network until it is submitted; from then on to the worker that has it, until exchange_answer (or, for an
 * answer that grows, stream_end). Texts of the request (method, path, headers, query) are borrowed from the connection and stand as long as the
 * exchange is not answered.
 */
#ifndef IEUM_HTTP_EXCHANGE_H
#define IEUM_HTTP_EXCHANGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "known_callers.h"

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
    char file[96];              /* Content-Disposition: attachment of that name (ASCII) */
    char cookie[192];           /* Set-Cookie */
};

enum { ORIGIN_TEXT = 64, OP_TEXT = 48, FORMAT_TEXT = 8 };

struct exchange {
    struct server *server;
    struct connection *connection; /* where it stands among the connections, for its deadlines */
    void *carrier, *carried;       /* the library's server and connection */
    atomic_int holders;            /* the carrier, and whoever makes an answer that grows */
    const char *method, *path;     /* the path as it came, nothing decoded */
    char *body;                    /* NUL-terminated; NULL: empty */
    size_t body_size, body_capacity, body_limit;
    bool too_large, submitted, answered;
    bool korean;                   /* the language of problems that are not the engine's */
    char origin[ORIGIN_TEXT];
    int64_t begun;                 /* nanoseconds of the steady clock, when its head was in */
    struct reply reply;
    struct stream *stream;         /* an answer that grows */

    /* who asks */
    struct caller caller;
    char secret[SECRET_MOST + 1];  /* the token or session that came with it, wiped once the caller is known */
    bool by_session, changes;      /* it came with a session's cookie; its method changes something */

    /* the work it is */
    struct exchange *next;         /* in a queue */
    int64_t arrived;               /* when it came into its queue */
    void (*work)(struct exchange *, struct worker *);
    int kind;                      /* enum work_kind: which workers */
    bool (*settle)(struct exchange *); /* once the gate knows who asks: sets kind_after; false: it refused. NULL: kind_after is set */
    void (*work_after)(struct exchange *, struct worker *);
    int kind_after;
    char op[OP_TEXT];              /* "" : none */
    char format[FORMAT_TEXT];      /* of an export, "" : JSON */
    char *table;                   /* of an export, owned; NULL: all */
    char *name;                    /* of an uploaded file, owned */
    size_t at;                     /* in the body: the next of several lines */
    bool batch;                    /* each line names its operation */
};

/* The first header of that name, NULL when there is none. */
const char *exchange_header(const struct exchange *exchange, const char *name);
/* How many headers of that name there are. */
size_t exchange_header_count(const struct exchange *exchange, const char *name);
/* The query's value of that name, decoded, owned by the caller (free). NULL with *wrong false: there is none; true: it is no text (or no memory). */
char *exchange_query(const struct exchange *exchange, const char *name, bool *wrong);

/* Answers, once; takes what `reply` owns. From a worker it wakes the connection, and the exchange is no longer the worker's. */
void exchange_answer(struct exchange *exchange, const struct reply *reply);
/* Whether whoever asked is still there (a submitted exchange that is not answered). */
bool exchange_is_wanted(const struct exchange *exchange);

/* ---- for the carrier ---- */

/* Held once; its origin is the connection's. NULL: no memory. */
struct exchange *exchange_new(struct server *server, struct connection *connection, size_t body_limit);
/* A refusal that must not wait for the body: the client asked first (Expect), or says itself that more than `most` will come. */
bool exchange_must_not_be_read(struct exchange *exchange, size_t most);
/* Adds to the body what fits its limit; what does not is counted and thrown away, so that the refusal can be read. False: more than `most`, or no
 * memory. */
bool exchange_take_body(struct exchange *exchange, const char *bytes, size_t size, size_t most);

/* ---- for stream.c ---- */

void exchange_hold(struct exchange *exchange);
void exchange_release(struct exchange *exchange);
void exchange_sleep(struct exchange *exchange);
void exchange_wake(struct exchange *exchange);
void exchange_expect_taking(struct exchange *exchange); /* the client must take what is there within the time for an answer */

#endif
