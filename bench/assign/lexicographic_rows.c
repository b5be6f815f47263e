/* SPDX-License-Identifier: Apache-2.0 */
/* Methods leximin and re-match: our time alone, no peer solves them exactly. */
#include <stdio.h>

#include "bench_instances.h"
#include "bench_rows.h"
#include "match/leximin.h"
#include "match/rematch.h"

/* Best of three runs of leximin; no peer solves it exactly. */
struct row measure_leximin(struct instance *it, const char *name, const int64_t bounds[4]) {
    struct row row = {.ours = 1e9, .note = "no peer", .unit = "s"};
    snprintf(row.name, sizeof row.name, "%s", name);
    set_bounds(it, bounds);
    for (int run = 0; run < 3; run++) {
        struct leximin_result result;
        struct problem problem = {0};
        double start_s = now_s();
        if (leximin_solve(&it->problem, &result, &problem) != IEUM_OK) {
            row.note = "not solved";
            return row;
        }
        double seconds = now_s() - start_s;
        if (seconds < row.ours) row.ours = seconds;
        leximin_free(&result);
    }
    return row;
}

/* The same of a re-match: the best assignment, then one of its suppliers goes. */
struct row measure_rematch(struct instance *it, const char *name, const int64_t bounds[4]) {
    struct row row = {.ours = 1e9, .note = "no peer", .unit = "s"};
    struct assignment_result before;
    struct problem problem = {0};
    snprintf(row.name, sizeof row.name, "%s", name);
    set_bounds(it, bounds);
    if (assignment_solve(&it->problem, &before, &problem) != IEUM_OK || before.pair_count == 0) {
        row.note = "not solved";
        return row;
    }
    size_t first_min = 2 * (size_t)it->problem.demand_count, gone = first_min + before.pairs[0].supplier;
    it->bounds[gone] = it->bounds[gone + it->problem.supplier_count] = 0;
    for (int run = 0; run < 3; run++) {
        struct rematch_result result;
        double start_s = now_s();
        if (rematch_solve(&it->problem, before.pairs, before.pair_count, &result, &problem) != IEUM_OK) {
            row.note = "not solved";
            break;
        }
        double seconds = now_s() - start_s;
        if (seconds < row.ours) row.ours = seconds;
        if (result.assignment.status == ASSIGNMENT_INFEASIBLE) row.note = "no peer; nothing can replace it";
        rematch_free(&result);
    }
    assignment_result_free(&before);
    return row;
}
