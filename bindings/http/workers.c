/* SPDX-License-Identifier: Apache-2.0 */
#include "workers.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api_events.h"
#include "connections.h"
#include "refusal.h"
#include "server.h"

enum { MOST_READERS = 64 };

struct slot {
    struct worker worker;
    pthread_mutex_t lock; /* held while it works; guards worker.engine */
    struct work_queue *queue;
    pthread_t thread;
    bool started;
};

struct workers {
    struct server *server;
    struct work_queue *queues[WORK_KINDS];
    struct slot slots[MOST_READERS + WORK_KINDS];
    size_t count, readers;
};

const char *work_kind_name(enum work_kind kind) {
    static const char *const names[WORK_KINDS] = {"read", "write", "long", "gate"};
    return names[kind];
}

static void refuse_late(struct exchange *exchange) {
    struct reply reply = refusal_reply(REFUSE_WAITED, exchange->korean);
    reply.retry_seconds = (unsigned)exchange->server->limits.retry_seconds;
    exchange_answer(exchange, &reply);
}

static void *run_worker(void *context) {
    struct slot *slot = context;
    struct exchange *exchange;
    while ((exchange = work_queue_take(slot->queue))) {
        int64_t begun = steady_now();
        pthread_mutex_lock(&slot->lock);
        slot->worker.current = exchange;
        if (exchange->stream || exchange_is_wanted(exchange)) exchange->work(exchange, &slot->worker);
        else refuse_late(exchange); /* nobody waits for it any more */
        slot->worker.current = NULL;
        pthread_mutex_unlock(&slot->lock);
        work_queue_done(slot->queue, steady_now() - begun);
    }
    return NULL;
}

/* Progress of the engine goes to whoever waits for it; other messages to the operator. */
static void log_message(void *context, const char *level, const char *message) {
    struct worker *worker = context;
    if (strcmp(level, "progress") == 0) api_events_progress(worker, message);
    else if (worker->server->options->log) worker->server->options->log(level, message);
}

ieum_status workers_open_engine(struct server *server, enum work_kind kind, struct worker *worker, ieum_engine **engine, char **problem) {
    ieum_options options = *server->options->engine;
    options.log = worker ? log_message : NULL;
    options.log_context = worker;
    options.access_path = server->options->access_folder;
    options.snapshot = kind == WORK_READ;
    if (kind == WORK_READ || kind == WORK_GATE) options.threads = 1;
    return ieum_open(&options, engine, problem);
}

static bool add_worker(struct workers *workers, enum work_kind kind, char **problem) {
    struct slot *slot = &workers->slots[workers->count++];
    slot->worker = (struct worker){.server = workers->server, .kind = kind};
    slot->queue = workers->queues[kind];
    pthread_mutex_init(&slot->lock, NULL);
    pthread_mutex_init(&slot->worker.telling, NULL);
    if (workers_open_engine(workers->server, kind, &slot->worker, &slot->worker.engine, problem) != IEUM_OK) return false;
    slot->started = pthread_create(&slot->thread, NULL, run_worker, slot) == 0;
    return slot->started;
}

/* One processor is left to the connections, the writer and long work: readers on all of them drive each other's data out of the caches, so that a query costs a
 * fifth more and the slowest wait longer (bench serve). */
static size_t reader_count(const struct server_limits *limits) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = limits->read_workers ? limits->read_workers : processors > 1 ? (size_t)processors - 1 : 1;
    return count < MOST_READERS ? count : MOST_READERS;
}

struct workers *workers_start(struct server *server, char **problem) {
    const struct server_limits *limits = &server->limits;
    const size_t most[WORK_KINDS] = {limits->read_queue, limits->write_queue, limits->long_queue, limits->gate_queue};
    const size_t wait[WORK_KINDS] = {limits->read_wait_ms, limits->write_wait_ms, limits->long_wait_ms, limits->gate_wait_ms};
    struct workers *workers = calloc(1, sizeof *workers);
    *problem = NULL;
    if (!workers) return NULL;
    workers->server = server;
    bool good = true;
    for (size_t kind = 0; kind < WORK_KINDS && good; kind++) {
        size_t count = kind == WORK_READ ? reader_count(limits) : 1;
        if (kind == WORK_READ) workers->readers = count;
        good = (workers->queues[kind] = work_queue_new(most[kind], wait[kind])) != NULL;
        if (good) work_queue_set_workers(workers->queues[kind], count);
        for (size_t i = 0; i < count && good; i++) good = add_worker(workers, (enum work_kind)kind, problem);
    }
    if (good) return workers;
    workers_stop(workers);
    return NULL;
}

void workers_submit(struct workers *workers, enum work_kind kind, struct exchange *exchange) {
    if (work_queue_put(workers->queues[kind], exchange)) return;
    struct reply reply = refusal_reply(REFUSE_BUSY, exchange->korean);
    reply.retry_seconds = (unsigned)workers->server->limits.retry_seconds;
    exchange_answer(exchange, &reply);
}

void workers_submit_again(struct workers *workers, enum work_kind kind, struct exchange *exchange) { work_queue_put_again(workers->queues[kind], exchange); }

void workers_expire(struct workers *workers) {
    struct exchange *late;
    for (size_t kind = 0; kind < WORK_KINDS; kind++)
        while ((late = work_queue_take_expired(workers->queues[kind]))) refuse_late(late);
}

void workers_tell(struct workers *workers) {
    for (size_t i = 0; i < workers->count; i++) api_events_tell(&workers->slots[i].worker);
}

size_t workers_readers(const struct workers *workers) { return workers->readers; }

ieum_engine *workers_swap(struct workers *workers, size_t reader, ieum_engine *fresh) {
    struct slot *slot = &workers->slots[reader]; /* the readers come first */
    pthread_mutex_lock(&slot->lock);
    ieum_engine *old = slot->worker.engine;
    slot->worker.engine = fresh;
    pthread_mutex_unlock(&slot->lock);
    return old;
}

void workers_cancel(struct workers *workers) {
    for (size_t i = workers->readers; i < workers->count; i++) ieum_cancel(workers->slots[i].worker.engine);
}

struct work_queue_state workers_look(struct workers *workers, enum work_kind kind) { return work_queue_look(workers->queues[kind]); }

void workers_stop(struct workers *workers) {
    if (!workers) return;
    for (size_t kind = 0; kind < WORK_KINDS; kind++)
        if (workers->queues[kind]) work_queue_close(workers->queues[kind]);
    for (size_t i = 0; i < workers->count; i++) {
        if (workers->slots[i].started) pthread_join(workers->slots[i].thread, NULL);
        ieum_close(workers->slots[i].worker.engine);
        pthread_mutex_destroy(&workers->slots[i].lock);
        pthread_mutex_destroy(&workers->slots[i].worker.telling);
    }
    for (size_t kind = 0; kind < WORK_KINDS; kind++) work_queue_free(workers->queues[kind]);
    free(workers);
}
