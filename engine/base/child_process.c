/* SPDX-License-Identifier: Apache-2.0 */
#include "child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

bool child_process_fork(struct child_process *process) {
    int ends[2];
    sigset_t all;
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &process->mask);
    process->parent = getpid();
    process->child = fork();
    if (process->child == 0) {
        process->end = ends[1];
        return true;
    }
    pthread_sigmask(SIG_SETMASK, &process->mask, NULL);
    close(ends[1]);
    process->end = ends[0];
    if (process->child < 0) close(ends[0]);
    return process->child > 0;
}

bool child_process_begin(const struct child_process *process, const sigset_t *mask) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); /* a crash leaves no file behind */
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return getppid() == process->parent;
#else
    (void)process;
    return true;
#endif
}

void child_process_close_from(int first) {
#ifdef CLOSE_RANGE_UNSHARE
    close_range((unsigned)first, UINT_MAX, 0);
#else
    for (int file = first, most = (int)sysconf(_SC_OPEN_MAX); file < most; file++) close(file);
#endif
}

bool child_process_write(int file, const void *bytes, size_t size) {
    const char *from = bytes;
    while (size) {
        const ssize_t written = write(file, from, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        from += written;
        size -= (size_t)written;
    }
    return true;
}

bool child_process_wait(pid_t child, int *status) {
    pid_t waited;
    do waited = waitpid(child, status, 0);
    while (waited < 0 && errno == EINTR);
    return waited == child;
}

uint64_t child_process_now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}
