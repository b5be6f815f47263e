/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the bench `assign` share: a row, and the clock. */
#ifndef IEUM_BENCH_ROWS_H
#define IEUM_BENCH_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct row {
    char name[160];
    const char *note, *unit;
    double ours, peer, target; /* target 0: nothing is asked */
    bool measured, ok;         /* measured: there is a peer's figure */
};

static inline double now_s(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

enum { STABLE_ROWS = 12, MEMORY_ROWS = 4 };

struct instance; /* bench_instances.h */
/* Seconds of a whole leximin_solve; of a rematch_solve after the best assignment lost one supplier (lexicographic_rows.c). */
struct row measure_leximin(struct instance *it, const char *name, const int64_t bounds[4]);
struct row measure_rematch(struct instance *it, const char *name, const int64_t bounds[4]);

/* Each writes its rows and returns how many; `side` is the number of demands, and of suppliers. */
size_t measure_stable(struct row *rows, unsigned side);
size_t measure_memory(struct row *rows, unsigned side);

#endif
