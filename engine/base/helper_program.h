/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A helper program of the machine, run on some bytes: no shell, a fixed list of arguments, its own limits. In: the bytes, as a file on its standard input that no
 * folder names and that is gone with the program. Out: what it wrote to its standard output, up to a limit. It gets nothing else of this process: no other
 * descriptors, a fixed environment, the root folder; it may write no file, is killed with this process or when its time is over, and leaves no zombie.
 */
#ifndef IEUM_BASE_HELPER_PROGRAM_H
#define IEUM_BASE_HELPER_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"
#include "problem.h"

#define HELPER_INPUT "/dev/stdin" /* how an argument names the bytes, for programs that want a file which can be read from any place */

struct helper_limits {
    uint64_t time_ms;       /* by the clock, and of the processor */
    uint64_t memory;        /* bytes of address space; not under the address and thread sanitizers */
    size_t output;          /* bytes */
};

enum helper_end { HELPER_DONE, HELPER_ABSENT, HELPER_FAILED, HELPER_TIME, HELPER_OUTPUT };

/*
 * Runs arguments[0], looked for in $PATH. `end` tells how it went: DONE (exit status 0; `output` holds all of it), ABSENT (no such program), FAILED (another
 * status, or killed, also for memory), TIME and OUTPUT (a limit). Another status than IEUM_OK is a fault of this machine: MEMORY or INTERNAL.
 */
ieum_status helper_run(const char *const *arguments, const void *input, size_t input_size, const struct helper_limits *limits, struct buffer *output,
                       enum helper_end *end, struct problem *problem);

#endif
