/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much memory a solver takes beside the instance, in bytes a candidate pair, at two lengths of the candidate lists:
 * the peak resident size of a process of its own, less what it had before.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench_instances.h"
#include "bench_rows.h"
#include "match/stable.h"

static double peak_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return 1024.0 * (double)usage.ru_maxrss;
}

static void solve_once(const struct instance *it, bool stable) {
    struct problem trouble = {0};
    if (stable) {
        struct stable_result result;
        if (stable_solve(&it->problem, NULL, &result, &trouble) != IEUM_OK) exit(1);
        stable_result_free(&result);
    } else {
        struct assignment_result result;
        if (assignment_solve(&it->problem, &result, &trouble) != IEUM_OK) exit(1);
        assignment_result_free(&result);
    }
}

/* The child makes the instance and solves it: what it had before is then its own peak. */
static double measure_child(unsigned side, unsigned per_demand, bool stable) {
    int ends[2];
    double found = 0;
    if (pipe(ends) != 0) exit(1);
    fflush(stdout);
    pid_t child = fork();
    if (child < 0) exit(1);
    if (child == 0) {
        struct instance it;
        generate(&it, side, per_demand, 0);
        set_bounds(&it, (const int64_t[4]){0, 1, 0, 1});
        double before = peak_bytes();
        solve_once(&it, stable);
        found = (peak_bytes() - before) / it.start[side];
        _exit(write(ends[1], &found, sizeof found) != sizeof found);
    }
    close(ends[1]);
    if (read(ends[0], &found, sizeof found) != sizeof found) exit(1);
    close(ends[0]);
    waitpid(child, NULL, 0);
    return found;
}

size_t measure_memory(struct row *rows, unsigned side) {
    size_t filled = 0;
    for (int stable = 0; stable < 2; stable++) {
        for (unsigned per_demand = 50; per_demand <= 100; per_demand += 50) {
            struct row *row = &rows[filled++];
            *row = (struct row){.note = "", .unit = "bytes a pair", .ours = measure_child(side, per_demand, stable)};
            snprintf(row->name, sizeof row->name, "memory of %s beside the instance, %u × %u × %u",
                     stable ? "stable" : "max_sum", side, side, per_demand);
        }
    }
    return filled;
}
