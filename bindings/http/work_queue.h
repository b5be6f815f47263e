/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bounded queue of exchanges between the thread that reads the network and the workers of one kind. It refuses what would wait longer than its
 * limit, judged by how long work took lately, so that who must be turned away is turned away at once.
 */
#ifndef IEUM_HTTP_WORK_QUEUE_H
#define IEUM_HTTP_WORK_QUEUE_H

#include "exchange.h"

struct work_queue;

struct work_queue_state {
    size_t length, running, workers;
    uint64_t done, refused, expired;
};

struct work_queue *work_queue_new(size_t most, size_t wait_ms); /* NULL: no memory */
void work_queue_free(struct work_queue *queue);                 /* NULL is fine */
/* False: full, closed, or the wait would be too long. */
bool work_queue_put(struct work_queue *queue, struct exchange *exchange);
/* As put for work that goes on: it was let in before and is not turned away. */
void work_queue_put_again(struct work_queue *queue, struct exchange *exchange);
/* The next one, waiting for it; NULL once the queue is closed and empty. work_queue_done follows each. */
struct exchange *work_queue_take(struct work_queue *queue);
void work_queue_done(struct work_queue *queue, int64_t nanoseconds);
/* One that has waited longer than the limit, taken out; NULL: there is none. */
struct exchange *work_queue_take_expired(struct work_queue *queue);
void work_queue_close(struct work_queue *queue);
void work_queue_set_workers(struct work_queue *queue, size_t workers);
struct work_queue_state work_queue_look(struct work_queue *queue);

#endif
