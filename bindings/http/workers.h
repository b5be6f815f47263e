/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Workers: threads with an engine handle each, fed by a queue for each kind of work. Reads are answered by several from a snapshot, writes by one, long work by
 * one, and one at the gate finds out who asks.
 */
#ifndef IEUM_HTTP_WORKERS_H
#define IEUM_HTTP_WORKERS_H

#include <pthread.h>

#include "exchange.h"
#include "ieum.h"
#include "work_queue.h"

enum work_kind { WORK_READ, WORK_WRITE, WORK_LONG, WORK_GATE, WORK_KINDS };

struct workers;

struct worker {
    struct server *server;
    ieum_engine *engine;
    enum work_kind kind;
    struct exchange *current; /* what it is at */
    pthread_mutex_t telling;  /* guards what follows: the main thread tells that the work goes on */
    bool progress;            /* the client of `current` wants to hear how far it is */
    bool korean;
    int64_t begun, told;      /* nanoseconds of the steady clock: since when, and the last message */
};

/* Opens the handles and starts the threads. NULL: *problem, when wanted, tells why (ieum_free), NULL there: no memory or no threads. */
struct workers *workers_start(struct server *server, char **problem);
/* Hands an exchange with its `work` over, or refuses it. */
void workers_submit(struct workers *workers, enum work_kind kind, struct exchange *exchange);
/* Work that goes on is put at the end of its queue. */
void workers_submit_again(struct workers *workers, enum work_kind kind, struct exchange *exchange);
/* Refuses what waited too long; called a few times a second. */
void workers_expire(struct workers *workers);
struct work_queue_state workers_look(struct workers *workers, enum work_kind kind);
/* How many workers read, and a fresh handle for one of them: taken over between two requests; the old one is given back, to be closed. */
size_t workers_readers(const struct workers *workers);
ieum_engine *workers_swap(struct workers *workers, size_t reader, ieum_engine *fresh);
/* To those who want to hear of work that said nothing for a moment: that it goes on; called a few times a second. */
void workers_tell(struct workers *workers);
/* A handle as the workers of that kind have, with `worker` (NULL: none) hearing its messages. */
ieum_status workers_open_engine(struct server *server, enum work_kind kind, struct worker *worker, ieum_engine **engine, char **problem);
/* Asks all that runs to stop soon (ieum_cancel). */
void workers_cancel(struct workers *workers);
const char *work_kind_name(enum work_kind kind);
/* Ends the threads once their queues are empty, and closes the handles. NULL is fine. */
void workers_stop(struct workers *workers);

#endif
