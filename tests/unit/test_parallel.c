/* SPDX-License-Identifier: Apache-2.0 */
/* The loop visits each index exactly once, whatever the number of threads, and its workers keep to their numbers. */
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/parallel.h"

enum { MOST = 5000 };

struct visits {
    atomic_int of_index[MOST];
    atomic_int out_of_range;
    size_t count;
    int workers;
};

static void visit(void *context, size_t index, int worker) {
    struct visits *visits = context;
    if (index >= visits->count || worker < 0 || worker >= visits->workers) {
        atomic_fetch_add(&visits->out_of_range, 1);
        return;
    }
    atomic_fetch_add(&visits->of_index[index], 1);
}

TEST(each_index_once) {
    static const int threads[] = {-5, 0, 1, 2, 3, 4, 16, 256, 1000};
    static const size_t counts[] = {0, 1, 2, 3, 17, 255, MOST};
    static struct visits visits;
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            memset(&visits, 0, sizeof visits);
            visits.count = counts[c];
            visits.workers = threads[t] < 1 ? 1 : threads[t];
            parallel_for(threads[t], counts[c], visit, &visits);
            CHECK_INT(visits.out_of_range, 0);
            for (size_t i = 0; i < MOST; i++)
                if (visits.of_index[i] != (i < counts[c])) CHECK_INT(visits.of_index[i], i < counts[c]);
            test_checks++;
        }
    }
}

static void square(void *context, size_t index, int worker) {
    (void)worker;
    ((double *)context)[index] = (double)index * (double)index;
}

TEST(results_do_not_depend_on_threads) {
    static double first[MOST], again[MOST];
    parallel_for(1, MOST, square, first);
    for (int threads = 2; threads <= 8; threads *= 2) {
        memset(again, 0, sizeof again);
        parallel_for(threads, MOST, square, again);
        CHECK(memcmp(first, again, sizeof first) == 0);
    }
}

/* One worker's number is never used by two threads at once: what is kept per worker needs no lock. */
struct busy {
    atomic_int now[8], clashes;
};

static void work_a_while(void *context, size_t index, int worker) {
    struct busy *busy = context;
    volatile double sum = 0;
    if (atomic_fetch_add(&busy->now[worker], 1) != 0) atomic_fetch_add(&busy->clashes, 1);
    for (size_t i = 0; i < 200 + index % 7; i++) sum += (double)i;
    atomic_fetch_sub(&busy->now[worker], 1);
}

TEST(a_worker_is_one_thread) {
    static struct busy busy;
    parallel_for(8, 2000, work_a_while, &busy);
    CHECK_INT(busy.clashes, 0);
}

static void note_thread(void *context, size_t index, int worker) {
    (void)index;
    (void)worker;
    if (!pthread_equal(*(pthread_t *)context, pthread_self())) CHECK(!"another thread");
    test_checks++;
}

TEST(one_thread_is_the_caller) {
    pthread_t self = pthread_self();
    parallel_for(1, 10, note_thread, &self);
    parallel_for(16, 1, note_thread, &self);
    CHECK(parallel_processors() >= 1 && parallel_processors() <= 256);
}

TEST_MAIN(each_index_once, results_do_not_depend_on_threads, a_worker_is_one_thread, one_thread_is_the_caller)
