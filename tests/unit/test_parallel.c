/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loop visits each index exactly once, whatever the number of threads, nested, from several callers and after fork, and its workers keep to their
 * numbers.
 */
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* ---- nested ---- */

struct nest {
    atomic_int visits, clashes;
    struct busy inner[40]; /* of each outer index */
};

struct level {
    struct nest *nest;
    struct busy *busy;
};

static void inner_step(void *context, size_t index, int worker) {
    const struct level *level = context;
    work_a_while(level->busy, index, worker);
    atomic_fetch_add(&level->nest->visits, 1);
}

static void outer_step(void *context, size_t index, int worker) {
    struct nest *nest = context;
    struct level level = {nest, &nest->inner[index]};
    (void)worker;
    parallel_for(4, 25, inner_step, &level);
    atomic_fetch_add(&nest->clashes, nest->inner[index].clashes);
}

TEST(loops_nest) {
    static struct nest nest;
    for (int turn = 0; turn < 20; turn++) {
        memset(&nest, 0, sizeof nest);
        parallel_for(1 + turn % 5, 40, outer_step, &nest);
        CHECK_INT(nest.visits, 1000);
        CHECK_INT(nest.clashes, 0);
    }
}

/* ---- several callers ---- */

static void *call_often(void *unused) {
    static _Thread_local double out[300];
    (void)unused;
    for (int turn = 0; turn < 200; turn++) {
        memset(out, 0, sizeof out);
        parallel_for(3, 300, square, out);
        for (int i = 0; i < 300; i++)
            if (out[i] != (double)i * i) return (void *)1;
    }
    return NULL;
}

TEST(several_callers_at_once) {
    pthread_t callers[6];
    for (int i = 0; i < 6; i++) CHECK(pthread_create(&callers[i], NULL, call_often, NULL) == 0);
    for (int i = 0; i < 6; i++) {
        void *result = NULL;
        pthread_join(callers[i], &result);
        CHECK(result == NULL);
    }
}

/* Short loops one after another: a thread that comes late must not touch a loop that has ended, nor a number be given twice. */
TEST(many_short_loops) {
    for (int turn = 0; turn < 3000; turn++) {
        struct busy busy = {0};
        parallel_for(2 + turn % 3, 2 + (size_t)turn % 4, work_a_while, &busy);
        if (busy.clashes != 0) CHECK_INT(busy.clashes, 0);
    }
    test_checks++;
}

/* ---- fork ---- */

static int child_status(void) {
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        static double out[MOST];
        parallel_for(4, MOST, square, out);
        for (int i = 0; i < MOST; i++)
            if (out[i] != (double)i * i) _exit(1);
        _exit(7);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void *fork_while_loops_run(void *unused) {
    (void)unused;
    for (int i = 0; i < 5; i++)
        if (child_status() != 7) return (void *)1;
    return NULL;
}

TEST(a_child_process_has_loops_of_its_own) {
    CHECK_INT(child_status(), 7);
    pthread_t other;
    void *result = NULL;
    static double out[MOST];
    CHECK(pthread_create(&other, NULL, fork_while_loops_run, NULL) == 0);
    for (int turn = 0; turn < 100; turn++) parallel_for(4, MOST, square, out);
    pthread_join(other, &result);
    CHECK(result == NULL);
    parallel_for(4, MOST, square, out); /* the parent's pool is what it was */
    CHECK(out[77] == 77.0 * 77.0);
}

TEST_MAIN(one_thread_is_the_caller, loops_nest, each_index_once, results_do_not_depend_on_threads, a_worker_is_one_thread, several_callers_at_once,
          many_short_loops, a_child_process_has_loops_of_its_own)
