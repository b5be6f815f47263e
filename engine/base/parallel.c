/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pool. A loop stands on its caller's stack and in the list of open loops while it has seats; sleeping threads take a seat each, and a number
 * with it. Which thread takes which index is free, what it writes is not. The caller works too, so a loop ends even when nobody comes: nested loops
 * and loops of several callers share the threads there are. Only a loop that is not inside another makes new ones.
 *
 * fork: the child has the forking thread alone. If there were threads, its loops run in their callers from then on (a training child needs no more);
 * if there were none, it may make its own.
 */
#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { MOST_THREADS = 256 };

struct loop {
    parallel_function function;
    void *context;
    size_t count;
    atomic_size_t next;
    /* under the pool's lock */
    struct loop *below;        /* the next open loop */
    int seats, taken, working; /* seats left; numbers given out; helpers at work */
    pthread_cond_t finished;
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct loop *open; /* the newest first: inner loops before outer ones */
    int threads, idle;
    bool prepared, closing, forked;
    pthread_t list[MOST_THREADS];
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

static _Thread_local bool inside; /* this thread is running a loop's function */

/* ---- fork and the end ---- */

static void before_fork(void) { pthread_mutex_lock(&pool.lock); }
static void after_fork(void) { pthread_mutex_unlock(&pool.lock); }

static void after_fork_in_child(void) {
    pool.forked = pool.forked || pool.threads > 0;
    pool.open = NULL;
    pool.threads = pool.idle = 0;
    pthread_mutex_unlock(&pool.lock);
}

/* When the program ends or the library is unloaded: threads that sleep must not wake into code that is gone. Those at work are left to it. */
__attribute__((destructor)) static void close_pool(void) {
    pthread_mutex_lock(&pool.lock);
    const int threads = pool.idle == pool.threads ? pool.threads : 0;
    pool.closing = true;
    pthread_cond_broadcast(&pool.wake);
    pthread_mutex_unlock(&pool.lock);
    for (int i = 0; i < threads; i++) pthread_join(pool.list[i], NULL);
}

/* ---- work ---- */

static void work(struct loop *loop, int number) {
    const bool outer = inside;
    size_t index;
    inside = true;
    while ((index = atomic_fetch_add_explicit(&loop->next, 1, memory_order_relaxed)) < loop->count) loop->function(loop->context, index, number);
    inside = outer;
}

static struct loop *loop_with_a_seat(void) {
    struct loop *loop = pool.open;
    while (loop && loop->seats == 0) loop = loop->below;
    return loop;
}

static void *serve(void *unused) {
    (void)unused;
    pthread_mutex_lock(&pool.lock);
    while (!pool.closing) {
        struct loop *loop = loop_with_a_seat();
        if (!loop) {
            pool.idle++;
            pthread_cond_wait(&pool.wake, &pool.lock);
            pool.idle--;
            continue;
        }
        const int number = ++loop->taken;
        loop->seats--;
        loop->working++;
        pthread_mutex_unlock(&pool.lock);
        work(loop, number);
        pthread_mutex_lock(&pool.lock);
        if (--loop->working == 0) pthread_cond_signal(&loop->finished);
    }
    pthread_mutex_unlock(&pool.lock);
    return NULL;
}

/* Threads for the seats that nobody sleeping can take; fewer where the system has none left. */
static void add_threads(int seats) {
    if (!pool.prepared) pool.prepared = pthread_atfork(before_fork, after_fork, after_fork_in_child) == 0;
    if (!pool.prepared) return;
    for (int missing = seats - pool.idle; missing > 0 && pool.threads < MOST_THREADS - 1; missing--, pool.threads++)
        if (pthread_create(&pool.list[pool.threads], NULL, serve, NULL) != 0) break;
}

static void open_loop(struct loop *loop) {
    pthread_mutex_lock(&pool.lock);
    if (!pool.forked && !pool.closing) {
        if (!inside) add_threads(loop->seats);
        loop->below = pool.open;
        pool.open = loop;
        for (int i = 0; i < loop->seats && i < pool.idle; i++) pthread_cond_signal(&pool.wake);
    }
    pthread_mutex_unlock(&pool.lock);
}

static void close_loop(struct loop *loop) {
    pthread_mutex_lock(&pool.lock);
    struct loop **place = &pool.open;
    while (*place && *place != loop) place = &(*place)->below;
    if (*place) *place = loop->below;
    while (loop->working > 0) pthread_cond_wait(&loop->finished, &pool.lock);
    pthread_mutex_unlock(&pool.lock);
}

void parallel_for(int threads, size_t count, parallel_function function, void *context) {
    struct loop loop = {.function = function, .context = context, .count = count, .finished = PTHREAD_COND_INITIALIZER};
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    if ((size_t)(threads < 1 ? 1 : threads) > count) threads = (int)count;
    loop.seats = threads - 1;
    if (loop.seats <= 0) {
        work(&loop, 0);
        return;
    }
    open_loop(&loop);
    work(&loop, 0);
    close_loop(&loop);
    pthread_cond_destroy(&loop.finished);
}

int parallel_processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : (int)count;
}
