/* SPDX-License-Identifier: Apache-2.0 */
#include "helper_program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

#include "child.h"
#include "child_process.h"
#include "memory.h"

enum { POLL_MS = 50, NOT_FOUND = 127, NOT_STARTED = 126 };

extern char **environ;

/* ---- the input ---- */

/* A file without a name, in memory where the system has such. -1: errno. */
static int open_nameless(void) {
#ifdef __linux__
    const int file = memfd_create("input", MFD_CLOEXEC);
    if (file >= 0) return file;
#endif
    char path[] = "/tmp/ieum-XXXXXX";
    const int temporary = mkstemp(path);
    if (temporary >= 0) {
        unlink(path);
        fcntl(temporary, F_SETFD, FD_CLOEXEC);
    }
    return temporary;
}

static bool fill(int file, const void *bytes, size_t size) { return child_process_write(file, bytes, size) && lseek(file, 0, SEEK_SET) == 0; }

/* ---- in the child: system calls alone ---- */

static void limit(int resource, rlim_t most) {
    const struct rlimit limits = {most, most};
    setrlimit(resource, &limits);
}

static _Noreturn void become(const char *const *arguments, char *const *environment, int input, const struct child_process *process,
                             const struct helper_limits *limits) {
    sigset_t none;
    sigemptyset(&none);
    if (!child_process_begin(process, &none)) _exit(NOT_STARTED);
    /* From here on 3 and above are free: the two ends may stand anywhere, also at 0 to 2. */
    const int in = fcntl(input, F_DUPFD, 3), out = fcntl(process->end, F_DUPFD, 3), nothing = open("/dev/null", O_RDWR);
    if (in < 0 || out < 0 || nothing < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(nothing, 2) < 0 || chdir("/") != 0) _exit(NOT_STARTED);
    child_process_close_from(3);
    limit(RLIMIT_FSIZE, 0); /* pipes are no files */
    limit(RLIMIT_CPU, (rlim_t)((limits->time_ms + 999) / 1000));
    if (limits->memory && child_limits_memory()) limit(RLIMIT_AS, (rlim_t)limits->memory);
    environ = (char **)environment;
    execvp(arguments[0], (char *const *)arguments);
    _exit(errno == ENOENT || errno == EACCES || errno == ENOTDIR ? NOT_FOUND : NOT_STARTED);
}

/* ---- in the parent ---- */

static enum helper_end listen_to(int pipe, const struct helper_limits *limits, struct buffer *output) {
    const uint64_t start = child_process_now_ms();
    char bytes[65536];
    for (;;) {
        struct pollfd waiting = {.fd = pipe, .events = POLLIN};
        if (child_process_now_ms() - start >= limits->time_ms) return HELPER_TIME;
        if (poll(&waiting, 1, POLL_MS) <= 0) continue;
        const ssize_t size = read(pipe, bytes, sizeof bytes);
        if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (size <= 0) return HELPER_DONE;
        if (output->size + (size_t)size > limits->output) return HELPER_OUTPUT;
        buffer_add(output, bytes, (size_t)size);
        if (output->failed) return HELPER_FAILED;
    }
}

/* $PATH of this process and nothing else of its environment. NULL: no memory. */
static char *write_path(void) {
    const char *path = getenv("PATH");
    if (!path) path = "/usr/local/bin:/usr/bin:/bin";
    char *line = memory_allocate(strlen(path) + 6);
    if (line) {
        memcpy(line, "PATH=", 5);
        memcpy(line + 5, path, strlen(path) + 1);
    }
    return line;
}

static bool start(const char *const *arguments, char *path, int input, const struct helper_limits *limits, struct child_process *process) {
    static char language[] = "LANG=C.UTF-8", encoding[] = "PYTHONIOENCODING=utf-8", alone[] = "PYTHONNOUSERSITE=1", no_cache[] = "PYTHONDONTWRITEBYTECODE=1";
    char *const environment[] = {path, language, encoding, alone, no_cache, NULL};
    if (!child_process_fork(process)) return false;
    if (process->child == 0) become(arguments, environment, input, process, limits);
    return true;
}

static ieum_status refuse_start(struct problem *problem) {
    return problem_set(problem, IEUM_INTERNAL, "", "도움 프로그램을 실행할 수 없습니다(%s).", "A helper program cannot be run (%s).", strerror(errno));
}

ieum_status helper_run(const char *const *arguments, const void *input, size_t input_size, const struct helper_limits *limits, struct buffer *output,
                       enum helper_end *end, struct problem *problem) {
    struct child_process process;
    int wait_status = 0;
    const size_t before = output->size;
    char *path = write_path();
    if (!path) return problem_set_memory(problem);
    const int file = open_nameless();
    const bool started = file >= 0 && fill(file, input, input_size) && start(arguments, path, file, limits, &process);
    ieum_status status = started ? IEUM_OK : refuse_start(problem);
    if (started) {
        *end = listen_to(process.end, limits, output);
        if (*end != HELPER_DONE) kill(process.child, SIGKILL);
        close(process.end);
        child_process_wait(process.child, &wait_status);
        if (output->failed) status = problem_set_memory(problem);
        else if (*end == HELPER_DONE && WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGXCPU) *end = HELPER_TIME;
        else if (*end == HELPER_DONE && WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == NOT_FOUND) *end = HELPER_ABSENT;
        else if (*end == HELPER_DONE && !(WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0)) *end = HELPER_FAILED;
        if (*end != HELPER_DONE) output->size = before;
    }
    if (file >= 0) close(file);
    memory_free(path);
    return status;
}
