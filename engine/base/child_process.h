/* SPDX-License-Identifier: Apache-2.0 */
/* What a forked child and its parent do whatever the child is for: a function of ours (child.h) or a program of the machine (helper_program.h). */
#ifndef IEUM_BASE_CHILD_PROCESS_H
#define IEUM_BASE_CHILD_PROCESS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A fork with a pipe from the child. What the child needs to begin: see child_process_begin. */
struct child_process {
    pid_t child; /* 0 in the child */
    int end;     /* of the pipe: to read from in the parent, to write to in the child; owned */
    pid_t parent;
    sigset_t mask; /* the signals that the parent had blocked */
};

/* Signals stay blocked in the child, so that no handler of the parent's runs there. False: none was started (errno), nothing is left open. */
bool child_process_fork(struct child_process *process);

/* For the child, system calls alone: handlers at their defaults, `mask` blocked, no core file, killed when the parent dies. False: it has died already. */
bool child_process_begin(const struct child_process *process, const sigset_t *mask);
/* For the child: closes descriptor `first` and all above. */
void child_process_close_from(int first);
/* All of the bytes, in as many writes as it takes; a system call alone. */
bool child_process_write(int file, const void *bytes, size_t size);

/* For the parent: waits for the end; false: `status` is not known. */
bool child_process_wait(pid_t child, int *status);
/* The steady clock in milliseconds. */
uint64_t child_process_now_ms(void);

#endif
