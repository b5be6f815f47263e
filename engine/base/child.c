/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pipe carries frames: a letter, the size as eight bytes, the bytes. 'm' a message, 'r' the result, 'p' the problem, 'o' (no bytes) the last breath of a child
 * that was hit by a signal when nearly all of its memory was taken. Only a frame that came whole counts, so a child may be killed at any point.
 */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child_process.h"
#include "memory.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { HEAD = 9, POLL_MS = 50 };
static const size_t RESULT_LIMIT = (size_t)1 << 30;
static const size_t MESSAGE_LIMIT = 4096;
#if !SANITIZED
static const size_t NEARLY = (size_t)16 << 20; /* a child with less address space left than this, or a quarter of its limit, has run out of memory */
#endif

struct child {
    int pipe;
};

bool child_limits_memory(void) { return !SANITIZED; }

/* ---- in the child ---- */

static bool write_frame(int file, char letter, const void *bytes, size_t size) {
    unsigned char head[HEAD] = {(unsigned char)letter};
    for (int i = 0; i < 8; i++) head[i + 1] = (unsigned char)((uint64_t)size >> (8 * i));
    return child_process_write(file, head, sizeof head) && child_process_write(file, bytes, size);
}

void child_say(struct child *child, const char *message) {
    const size_t size = strlen(message);
    (void)write_frame(child->pipe, 'm', message, size < MESSAGE_LIMIT ? size : MESSAGE_LIMIT);
}

#if !SANITIZED
/* Of this child: a signal handler has no other way to know them. */
static int last_breath_pipe;
static size_t last_breath_probe;

/* Only system calls here. Whether memory ran out shows in how little more of it the system would give. */
static void last_breath(int number) {
    void *probe = mmap(NULL, last_breath_probe, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (probe == MAP_FAILED) (void)write_frame(last_breath_pipe, 'o', "", 0);
    signal(number, SIG_DFL);
    raise(number);
}

static uint64_t address_space(void) {
    char text[64];
    const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    const ssize_t size = read(file, text, sizeof text - 1);
    close(file);
    if (size <= 0) return 0;
    text[size] = '\0';
    return strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void limit_memory(uint64_t limit) {
    struct rlimit now;
    const uint64_t used = address_space();
    if (used == 0 || limit > UINT64_MAX - used || getrlimit(RLIMIT_AS, &now) != 0) return;
    if (now.rlim_cur == RLIM_INFINITY || now.rlim_cur > used + limit) now.rlim_cur = used + limit;
    setrlimit(RLIMIT_AS, &now);
    last_breath_probe = limit / 4 > NEARLY ? (size_t)(limit / 4) : NEARLY;
    signal(SIGSEGV, last_breath);
    signal(SIGBUS, last_breath);
    signal(SIGABRT, last_breath);
}
#endif

/* Signals to their defaults, the pipe at descriptor 3, everything else closed, output to nowhere. */
static int settle_child(const struct child_process *process) {
    if (!child_process_begin(process, &process->mask)) _exit(1);
    if (process->end != 3 && dup2(process->end, 3) != 3) _exit(1);
    child_process_close_from(4);
    const int nothing = open("/dev/null", O_RDWR);
    if (nothing >= 0) {
        dup2(nothing, 0);
        dup2(nothing, 1);
        if (!SANITIZED) dup2(nothing, 2); /* a sanitizer's report must be seen */
        close(nothing);
    }
    return 3;
}

static _Noreturn void run_child(child_function function, void *context, const struct child_options *options, const struct child_process *process) {
    struct child child = {settle_child(process)};
    struct buffer result = BUFFER_EMPTY;
    struct problem problem;
    problem_clear(&problem);
    memory_clear_failed();
#if !SANITIZED
    last_breath_pipe = child.pipe;
    if (options->memory_limit) limit_memory(options->memory_limit);
#else
    (void)options;
#endif
    ieum_status status = function(context, &child, &result, &problem);
    if (status == IEUM_OK && result.failed) status = problem_set_memory(&problem);
    if (status != IEUM_OK && problem.status == IEUM_OK) problem.status = status;
    const bool told = status == IEUM_OK ? write_frame(child.pipe, 'r', result.bytes, result.size) : write_frame(child.pipe, 'p', &problem, sizeof problem);
    _exit(told ? 0 : 1);
}

/* ---- in the parent ---- */

enum stop { STOP_NONE, STOP_TIME, STOP_CANCELLED, STOP_TOO_LARGE, STOP_MEMORY };

struct parent {
    const struct child_options *options;
    struct buffer input; /* what came and is not yet a whole frame */
    struct buffer *result;
    struct problem *problem;
    enum stop stop;
    bool finished, out_of_memory; /* a result or problem came; the child said 'o' */
};

static void take_frame(struct parent *parent, char letter, const char *bytes, size_t size) {
    if (letter == 'm' && parent->options->progress) {
        char message[4096 + 1];
        const size_t length = size < sizeof message - 1 ? size : sizeof message - 1;
        memcpy(message, bytes, length);
        message[length] = '\0';
        parent->options->progress(parent->options->progress_context, message);
    } else if (letter == 'r') {
        buffer_add(parent->result, bytes, size);
        if (parent->result->failed) parent->stop = STOP_MEMORY;
        parent->finished = true;
    } else if (letter == 'p' && size == sizeof *parent->problem) {
        struct problem told;
        memcpy(&told, bytes, sizeof told);
        if (parent->problem->status == IEUM_OK) *parent->problem = told;
        parent->finished = true;
    } else if (letter == 'o') parent->out_of_memory = true;
}

/* Takes every whole frame from the input. */
static void take_frames(struct parent *parent) {
    const size_t limit = parent->options->result_limit ? parent->options->result_limit : RESULT_LIMIT;
    size_t at = 0;
    while (parent->stop == STOP_NONE && parent->input.size - at >= HEAD) {
        const unsigned char *head = (const unsigned char *)parent->input.bytes + at;
        uint64_t size = 0;
        for (int i = 7; i >= 0; i--) size = size << 8 | head[i + 1];
        if (size > (head[0] == 'r' ? limit : sizeof(struct problem) + MESSAGE_LIMIT)) parent->stop = STOP_TOO_LARGE;
        else if (parent->input.size - at - HEAD < size) break;
        else {
            take_frame(parent, (char)head[0], parent->input.bytes + at + HEAD, (size_t)size);
            at += HEAD + (size_t)size;
        }
    }
    if (at == 0) return;
    memmove(parent->input.bytes, parent->input.bytes + at, parent->input.size - at);
    parent->input.size -= at;
}

/* Reads until the child closes its end or has to be stopped. */
static void listen_to_child(struct parent *parent, int pipe) {
    const struct child_options *options = parent->options;
    const uint64_t start = child_process_now_ms();
    char bytes[65536];
    while (parent->stop == STOP_NONE) {
        struct pollfd waiting = {.fd = pipe, .events = POLLIN};
        if (options->cancelled && options->cancelled(options->cancelled_context)) parent->stop = STOP_CANCELLED;
        else if (options->time_limit_ms && child_process_now_ms() - start >= options->time_limit_ms) parent->stop = STOP_TIME;
        if (parent->stop != STOP_NONE || poll(&waiting, 1, POLL_MS) <= 0) continue;
        const ssize_t size = read(pipe, bytes, sizeof bytes);
        if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (size <= 0) return;
        buffer_add(&parent->input, bytes, (size_t)size);
        if (parent->input.failed) parent->stop = STOP_MEMORY;
        take_frames(parent);
    }
}

static ieum_status tell_stop(const struct parent *parent, struct problem *problem) {
    const unsigned long long seconds = (parent->options->time_limit_ms + 999) / 1000;
    switch (parent->stop) {
    case STOP_TIME:
        return problem_set(problem, IEUM_LIMIT, "", "정해진 시간(%llu초) 안에 끝나지 않아 중단했습니다. 저장된 것은 없습니다.",
                           "It did not finish within its time limit of %llu s and was stopped. Nothing was kept.", seconds);
    case STOP_CANCELLED:
        problem_set(problem, IEUM_LIMIT, "", "요청에 따라 중단했습니다. 저장된 것은 없습니다.", "It was cancelled. Nothing was kept.");
        problem_set_value(problem, "cancelled");
        return problem->status;
    case STOP_TOO_LARGE:
        return problem_set(problem, IEUM_LIMIT, "", "결과가 너무 큽니다.", "The result is too large.");
    case STOP_MEMORY: return problem_set_memory(problem);
    default: return IEUM_OK;
    }
}

/* Why a child ended without a word. `ended`: its wait status is known. */
static ieum_status tell_death(const struct parent *parent, bool ended, int wait_status, struct problem *problem) {
    const bool killed = ended && WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGKILL; /* not by us: the system does so when its memory runs out */
    if (killed || parent->out_of_memory)
        return problem_set(problem, IEUM_LIMIT, "", "메모리가 부족해 중단되었습니다(추가로 쓸 수 있는 한도 %llu MiB). 저장된 것은 없습니다.",
                           "It ran out of memory and was stopped (limit: %llu MiB more). Nothing was kept.",
                           (unsigned long long)(parent->options->memory_limit >> 20));
    const int number = ended && WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
    return problem_set(problem, IEUM_INTERNAL, "", "작업 프로세스가 도중에 멈추었습니다(신호 %d). 저장된 것은 없습니다.",
                       "The working process crashed (signal %d). Nothing was kept.", number);
}

ieum_status child_run(child_function function, void *context, const struct child_options *options, struct buffer *result, struct problem *problem) {
    struct child_process process;
    int wait_status = 0;
    const size_t before = result->size;
    if (!child_process_fork(&process))
        return problem_set(problem, IEUM_INTERNAL, "", "작업 프로세스를 시작할 수 없습니다(%s).", "A working process cannot be started (%s).", strerror(errno));
    if (process.child == 0) run_child(function, context, options, &process);
    struct parent parent = {.options = options, .result = result, .problem = problem};
    listen_to_child(&parent, process.end);
    if (!parent.finished || parent.stop != STOP_NONE) kill(process.child, SIGKILL);
    close(process.end);
    const bool ended = child_process_wait(process.child, &wait_status);
    buffer_free(&parent.input);
    ieum_status status = parent.stop != STOP_NONE ? tell_stop(&parent, problem) : problem->status;
    if (status == IEUM_OK && !parent.finished) status = tell_death(&parent, ended, wait_status, problem);
    if (status != IEUM_OK) result->size = before;
    return status;
}
