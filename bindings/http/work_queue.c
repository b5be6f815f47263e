/* SPDX-License-Identifier: Apache-2.0 */
#include "work_queue.h"

#include <pthread.h>
#include <stdlib.h>

#include "connections.h"

/*
 * A worker that waits. Whoever began to wait last is called first: while there is little to do one worker does it all, whose data lie in the caches, and not each
 * in its turn, with data that the others' have driven out.
 */
struct idle {
    pthread_cond_t called;
    bool is_called;
    struct idle *below;
};

struct work_queue {
    pthread_mutex_t lock;
    struct idle *idle; /* the one to be called next */
    struct exchange *first, *last;
    size_t most;
    int64_t wait;    /* nanoseconds */
    double usual;    /* nanoseconds a piece of work took lately */
    bool closed;
    struct work_queue_state state;
};

struct work_queue *work_queue_new(size_t most, size_t wait_ms) {
    struct work_queue *queue = calloc(1, sizeof *queue);
    if (!queue) return NULL;
    pthread_mutex_init(&queue->lock, NULL);
    queue->most = most;
    queue->wait = (int64_t)wait_ms * 1000000;
    queue->state.workers = 1;
    return queue;
}

void work_queue_free(struct work_queue *queue) {
    if (!queue) return;
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

static void call_idle(struct work_queue *queue) {
    struct idle *idle = queue->idle;
    if (!idle) return;
    queue->idle = idle->below;
    idle->is_called = true;
    pthread_cond_signal(&idle->called);
}

/* Waits until called; under the lock. Another worker may have taken what it was called for. */
static void be_idle(struct work_queue *queue) {
    struct idle idle = {.below = queue->idle};
    pthread_cond_init(&idle.called, NULL);
    queue->idle = &idle;
    while (!idle.is_called) pthread_cond_wait(&idle.called, &queue->lock);
    pthread_cond_destroy(&idle.called);
}

static void append(struct work_queue *queue, struct exchange *exchange) {
    exchange->next = NULL;
    exchange->arrived = steady_now();
    if (queue->last) queue->last->next = exchange;
    else queue->first = exchange;
    queue->last = exchange;
    queue->state.length++;
    call_idle(queue);
}

static struct exchange *take_first(struct work_queue *queue) {
    struct exchange *exchange = queue->first;
    queue->first = exchange->next;
    if (!queue->first) queue->last = NULL;
    queue->state.length--;
    exchange->next = NULL;
    return exchange;
}

bool work_queue_put(struct work_queue *queue, struct exchange *exchange) {
    pthread_mutex_lock(&queue->lock);
    double ahead = queue->usual * (double)queue->state.length / (double)queue->state.workers;
    bool taken = !queue->closed && queue->state.length < queue->most && ahead <= (double)queue->wait;
    if (taken) append(queue, exchange);
    else queue->state.refused++;
    pthread_mutex_unlock(&queue->lock);
    return taken;
}

void work_queue_put_again(struct work_queue *queue, struct exchange *exchange) {
    pthread_mutex_lock(&queue->lock);
    append(queue, exchange);
    pthread_mutex_unlock(&queue->lock);
}

struct exchange *work_queue_take(struct work_queue *queue) {
    pthread_mutex_lock(&queue->lock);
    while (!queue->first && !queue->closed) be_idle(queue);
    struct exchange *exchange = queue->first ? take_first(queue) : NULL;
    if (exchange) queue->state.running++;
    pthread_mutex_unlock(&queue->lock);
    return exchange;
}

void work_queue_done(struct work_queue *queue, int64_t nanoseconds) {
    pthread_mutex_lock(&queue->lock);
    queue->state.running--;
    queue->state.done++;
    queue->usual += ((double)nanoseconds - queue->usual) / 8; /* of the last eight or so */
    pthread_mutex_unlock(&queue->lock);
}

struct exchange *work_queue_take_expired(struct work_queue *queue) {
    pthread_mutex_lock(&queue->lock);
    int64_t since = steady_now() - queue->wait;
    struct exchange *before = NULL, *exchange = queue->first;
    while (exchange && (exchange->stream || exchange->arrived >= since)) { /* work that goes on was let in before */
        before = exchange;
        exchange = exchange->next;
    }
    if (exchange) {
        if (before) before->next = exchange->next;
        else queue->first = exchange->next;
        if (queue->last == exchange) queue->last = before;
        exchange->next = NULL;
        queue->state.length--;
        queue->state.expired++;
    }
    pthread_mutex_unlock(&queue->lock);
    return exchange;
}

void work_queue_close(struct work_queue *queue) {
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    while (queue->idle) call_idle(queue);
    pthread_mutex_unlock(&queue->lock);
}

void work_queue_set_workers(struct work_queue *queue, size_t workers) { queue->state.workers = workers; }

struct work_queue_state work_queue_look(struct work_queue *queue) {
    pthread_mutex_lock(&queue->lock);
    struct work_queue_state state = queue->state;
    pthread_mutex_unlock(&queue->lock);
    return state;
}
