/* SPDX-License-Identifier: Apache-2.0 */
/* However a child ends, the parent gets a result or a clear problem, and nothing is left: no zombie, no descriptor. */
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/child.h"
#include "base/memory.h"

static size_t open_files(void) {
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (folder && readdir(folder)) count++;
    if (folder) closedir(folder);
    return count;
}

/* Runs and checks that nothing is left behind. */
static ieum_status run(child_function function, void *context, const struct child_options *options, struct buffer *result, struct problem *problem) {
    const size_t files = open_files();
    problem_clear(problem);
    ieum_status status = child_run(function, context, options, result, problem);
    CHECK(status == problem->status);
    CHECK_INT(open_files(), files);
    CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
    if (status != IEUM_OK) {
        CHECK_INT(result->size, 0);
        CHECK(problem->ko[0] && problem->en[0]);
    }
    return status;
}

static ieum_status answer(void *context, struct child *child, struct buffer *result, struct problem *problem) {
    (void)problem;
    child_say(child, "one");
    child_say(child, "");
    child_say(child, "둘");
    const size_t size = *(const size_t *)context;
    for (size_t i = 0; i < size; i++) buffer_add_byte(result, (char)(i * 7));
    return IEUM_OK;
}

static void note(void *context, const char *message) {
    buffer_add_text(context, message);
    buffer_add_byte(context, ';');
}

TEST(a_result_of_any_size_and_the_messages_come_through) {
    for (size_t size = 0; size <= 3000000; size = size * 30 + 1) {
        struct buffer result = BUFFER_EMPTY, messages = BUFFER_EMPTY;
        struct problem problem;
        const struct child_options options = {.progress = note, .progress_context = &messages};
        CHECK(run(answer, &size, &options, &result, &problem) == IEUM_OK);
        CHECK_INT(result.size, size);
        for (size_t i = 0; i < size; i += 997) CHECK(result.bytes[i] == (char)(i * 7));
        CHECK_TEXT(messages.bytes, "one;;둘;");
        buffer_free(&result);
        buffer_free(&messages);
    }
}

TEST(a_result_beyond_the_bound_is_refused) {
    struct buffer result = BUFFER_EMPTY;
    struct problem problem;
    size_t size = 1000;
    struct child_options options = {.result_limit = 999};
    CHECK(run(answer, &size, &options, &result, &problem) == IEUM_LIMIT);
    options.result_limit = 1000;
    CHECK(run(answer, &size, &options, &result, &problem) == IEUM_OK);
    buffer_free(&result);
}

static ieum_status refuse(void *context, struct child *child, struct buffer *result, struct problem *problem) {
    (void)context, (void)child;
    buffer_add_text(result, "half a result");
    problem_set(problem, IEUM_CONFLICT, "/a/b", "안 됩니다 %d.", "It will not do %d.", 7);
    problem_set_value(problem, "값");
    return problem->status;
}

TEST(a_problem_comes_through_whole) {
    struct buffer result = BUFFER_EMPTY;
    struct problem problem;
    const struct child_options options = {0};
    CHECK(run(refuse, NULL, &options, &result, &problem) == IEUM_CONFLICT);
    CHECK_TEXT(problem.pointer, "/a/b");
    CHECK_TEXT(problem.ko, "안 됩니다 7.");
    CHECK_TEXT(problem.en, "It will not do 7.");
    CHECK_TEXT(problem.value, "값");
    buffer_free(&result);
}

static ieum_status forever(void *context, struct child *child, struct buffer *result, struct problem *problem) {
    (void)context, (void)result, (void)problem;
    child_say(child, "started");
    volatile bool going = true;
    while (going) continue;
    return IEUM_OK;
}

TEST(out_of_time) {
    struct buffer result = BUFFER_EMPTY, messages = BUFFER_EMPTY;
    struct problem problem;
    const struct child_options options = {.time_limit_ms = 150, .progress = note, .progress_context = &messages};
    CHECK(run(forever, NULL, &options, &result, &problem) == IEUM_LIMIT);
    CHECK(strstr(problem.en, "time limit"));
    CHECK_TEXT(messages.bytes, "started;");
    buffer_free(&messages);
    buffer_free(&result);
}

static bool third_time(void *context) { return ++*(int *)context > 3; }

TEST(cancelled) {
    struct buffer result = BUFFER_EMPTY;
    struct problem problem;
    int asked = 0;
    const struct child_options options = {.time_limit_ms = 60000, .cancelled = third_time, .cancelled_context = &asked};
    CHECK(run(forever, NULL, &options, &result, &problem) == IEUM_LIMIT);
    CHECK_TEXT(problem.value, "cancelled");
    CHECK_INT(asked, 4);
    buffer_free(&result);
}

static ieum_status crash(void *context, struct child *child, struct buffer *result, struct problem *problem) {
    (void)child, (void)result, (void)problem;
    const int number = *(const int *)context;
    if (number == 0) _exit(0); /* no word, and no fault either */
    signal(number, SIG_DFL);
    raise(number);
    return IEUM_OK;
}

TEST(a_crash_is_told) {
    static const int numbers[] = {0, SIGSEGV, SIGABRT, SIGTERM};
    struct buffer result = BUFFER_EMPTY;
    struct problem problem;
    const struct child_options options = {.memory_limit = 64 << 20};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        CHECK(run(crash, (void *)&numbers[i], &options, &result, &problem) == IEUM_INTERNAL);
        CHECK(strstr(problem.en, "crashed"));
    }
    const int kill_signal = SIGKILL; /* not ours: what the system does when its memory runs out */
    CHECK(run(crash, (void *)&kill_signal, &options, &result, &problem) == IEUM_LIMIT);
    buffer_free(&result);
}

enum hunger { ASKS, IGNORES_NULL, ABORTS };

/* Takes 1 MiB blocks until there are none; then behaves as a library may. */
static ieum_status eat(void *context, struct child *child, struct buffer *result, struct problem *problem) {
    (void)child, (void)result;
    for (size_t taken = 0; taken < 4096; taken++) {
        char *block = memory_allocate(1 << 20);
        if (!block) {
            if (*(const enum hunger *)context == ASKS) return problem_set_memory(problem);
            if (*(const enum hunger *)context == ABORTS) abort();
        }
        *(volatile char *)block = 1;
    }
    return IEUM_OK;
}

TEST(out_of_memory) {
    if (!child_limits_memory()) {
        printf("this build's sanitizer reserves address space of its own: memory limits are not enforced, and not tested\n");
        CHECK(true);
        return;
    }
    struct buffer result = BUFFER_EMPTY;
    struct problem problem;
    const struct child_options options = {.memory_limit = 40 << 20, .time_limit_ms = 20000};
    for (enum hunger hunger = ASKS; hunger <= ABORTS; hunger++) {
        CHECK(run(eat, &hunger, &options, &result, &problem) == (hunger == ASKS ? IEUM_MEMORY : IEUM_LIMIT));
        if (hunger != ASKS) CHECK(strstr(problem.en, "40 MiB"));
    }
    buffer_free(&result);
}

static void interrupt(int number) { (void)number; }

/* Signals that arrive meanwhile only interrupt system calls; the parent's handlers do not run in the child. */
TEST(signals_do_no_harm) {
    struct sigaction action = {.sa_handler = interrupt}, before;
    struct itimerspec often = {{0, 3000000}, {0, 3000000}}, never = {0};
    timer_t timer;
    struct buffer result = BUFFER_EMPTY;
    struct problem problem;
    size_t size = 2000000;
    const struct child_options options = {0}, short_time = {.time_limit_ms = 120};
    sigaction(SIGALRM, &action, &before);
    CHECK(timer_create(CLOCK_MONOTONIC, NULL, &timer) == 0 && timer_settime(timer, 0, &often, NULL) == 0);
    CHECK(run(answer, &size, &options, &result, &problem) == IEUM_OK);
    CHECK_INT(result.size, size);
    buffer_clear(&result);
    CHECK(run(forever, NULL, &short_time, &result, &problem) == IEUM_LIMIT);
    timer_settime(timer, 0, &never, NULL);
    timer_delete(timer);
    sigaction(SIGALRM, &before, NULL);
    buffer_free(&result);
}

static ieum_status look_around(void *context, struct child *child, struct buffer *result, struct problem *problem) {
    (void)context, (void)child, (void)problem;
    struct sigaction action;
    sigaction(SIGUSR1, NULL, &action);
    buffer_format(result, "%zu %d", open_files(), action.sa_handler == SIG_DFL);
    return IEUM_OK;
}

TEST(a_child_starts_clean) {
    struct buffer result = BUFFER_EMPTY;
    struct problem problem;
    const struct child_options options = {0};
    int more[2];
    CHECK(pipe(more) == 0);
    signal(SIGUSR1, interrupt);
    CHECK(run(look_around, NULL, &options, &result, &problem) == IEUM_OK);
    CHECK_TEXT(result.bytes, "7 1"); /* ".", "..", 0 to 3 and the folder itself; the handler is the default one */
    signal(SIGUSR1, SIG_DFL);
    close(more[0]);
    close(more[1]);
    buffer_free(&result);
}

/* Where the system reaps children by itself there is no wait status to be had, but the result counts. */
TEST(children_may_be_reaped_by_another) {
    struct buffer result = BUFFER_EMPTY;
    struct problem problem;
    size_t size = 10;
    const int number = SIGSEGV;
    const struct child_options options = {0};
    signal(SIGCHLD, SIG_IGN);
    CHECK(run(answer, &size, &options, &result, &problem) == IEUM_OK && result.size == 10);
    buffer_clear(&result);
    CHECK(run(crash, (void *)&number, &options, &result, &problem) == IEUM_INTERNAL);
    signal(SIGCHLD, SIG_DFL);
    buffer_free(&result);
}

static void *several(void *context) {
    size_t *wrong = context;
    for (size_t n = 0; n < 15; n++) {
        struct buffer result = BUFFER_EMPTY;
        struct problem problem;
        size_t size = 70000 + 1000 * n;
        const struct child_options options = {0};
        problem_clear(&problem);
        *wrong += child_run(answer, &size, &options, &result, &problem) != IEUM_OK || result.size != size;
        *wrong += child_run(refuse, NULL, &options, &result, &problem) != IEUM_CONFLICT || result.size != size;
        buffer_free(&result);
    }
    return NULL;
}

/* Children of several threads at once, while another allocates: none waits for a lock that a thread held when it was forked, none keeps another's pipe open. */
TEST(many_at_once) {
    enum { THREADS = 4 };
    if (!child_limits_memory()) {
        printf("a sanitizer's allocator does not release its locks in a forked child: children of several threads are not tested\n");
        return;
    }
    pthread_t threads[THREADS];
    size_t wrong[THREADS] = {0};
    const size_t files = open_files();
    for (size_t t = 0; t < THREADS; t++) CHECK(pthread_create(&threads[t], NULL, several, &wrong[t]) == 0);
    for (size_t i = 0; i < 200000; i++) memory_free(memory_allocate(i % 5000));
    for (size_t t = 0; t < THREADS; t++) {
        pthread_join(threads[t], NULL);
        CHECK_INT(wrong[t], 0);
    }
    CHECK_INT(open_files(), files);
}

TEST_MAIN(a_result_of_any_size_and_the_messages_come_through, a_result_beyond_the_bound_is_refused, a_problem_comes_through_whole, out_of_time, cancelled,
          a_crash_is_told, out_of_memory, signals_do_no_harm, a_child_starts_clean, children_may_be_reaped_by_another, many_at_once)
