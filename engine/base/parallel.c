/* SPDX-License-Identifier: Apache-2.0 */
/* Workers take the next index from a shared counter; which worker takes which is free, what it writes is not. */
#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_THREADS = 256 };

struct loop {
    parallel_function function;
    void *context;
    size_t count;
    atomic_size_t next;
};

struct worker {
    struct loop *loop;
    int number;
    pthread_t thread;
};

static void *work(void *argument) {
    struct worker *worker = argument;
    struct loop *loop = worker->loop;
    size_t index;
    while ((index = atomic_fetch_add_explicit(&loop->next, 1, memory_order_relaxed)) < loop->count)
        loop->function(loop->context, index, worker->number);
    return NULL;
}

void parallel_for(int threads, size_t count, parallel_function function, void *context) {
    struct loop loop = {.function = function, .context = context, .count = count};
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    if ((size_t)(threads < 1 ? 1 : threads) > count) threads = (int)count;
    struct worker workers[MOST_THREADS];
    int started = 1; /* worker 0 is the caller */
    while (started < threads) {
        workers[started].loop = &loop;
        workers[started].number = started;
        if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) != 0) break;
        started++;
    }
    workers[0] = (struct worker){.loop = &loop, .number = 0};
    work(&workers[0]);
    for (int i = 1; i < started; i++) pthread_join(workers[i].thread, NULL);
}

int parallel_processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : (int)count;
}
