/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A function run in a forked child process, for libraries that cannot be stopped, do not survive lack of memory, or touch global state: whatever happens in the
 * child, the caller gets a result or a clear problem, never half of either. No zombie and no open descriptor is left.
 *
 * The child is this process with the calling thread alone: the function must not wait for other threads, nor take a lock that one of them may hold (its own
 * allocations, which glibc makes safe across fork, and parallel_for with one thread are fine; the sanitizers' allocators are not safe when other threads
 * allocate at that moment). It starts with the signal handlers' defaults, no descriptors but its pipe, and its output thrown away. It is killed when the parent
 * dies.
 */
#ifndef IEUM_BASE_CHILD_H
#define IEUM_BASE_CHILD_H

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"
#include "problem.h"

struct child; /* the child's end */
/* In the child: tells the parent where it is. Messages that cannot be written are dropped. */
void child_say(struct child *child, const char *message);

/* Runs in the child; fills `result`, or sets the problem and returns its status. */
typedef ieum_status (*child_function)(void *context, struct child *child, struct buffer *result, struct problem *problem);

struct child_options {
    uint64_t time_limit_ms; /* 0: none */
    uint64_t memory_limit;  /* bytes beyond what the process already has; 0: none. Not enforced under the address and thread sanitizers, see child_limits_memory */
    size_t result_limit;    /* bytes of the result; 0: 1 GiB */
    void (*progress)(void *context, const char *message); /* NULL: dropped. Called in the parent, in order */
    void *progress_context;
    bool (*cancelled)(void *context); /* NULL: never. Asked about twenty times a second */
    void *cancelled_context;
};

/*
 * Runs `function` and waits for its end. OK: `result` holds its bytes. A problem that the function set comes through unchanged. LIMIT: out of time, out of memory,
 * result too large, or cancelled (value "cancelled"); INTERNAL: the child crashed for another reason, or none could be started.
 */
ieum_status child_run(child_function function, void *context, const struct child_options *options, struct buffer *result, struct problem *problem);

bool child_limits_memory(void); /* whether memory_limit works in this build */

#endif
