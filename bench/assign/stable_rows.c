/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Method stable against a memory pass over the same candidate list: reading every pair's supplier and score (with two
 * score tables both scores) once, in order. The caches are emptied before every run, the pass's and ours, because a
 * list that was just read from a store or made elsewhere is in memory, not in the cache; best of RUNS. "peer" is ten
 * passes.
 *
 * The target is for one place each; with three there are three times as many pairs to make, and nothing is asked.
 *
 * "deferred acceptance" is the method itself, with all that it allocates. "stable, all of it" is stable_solve: the
 * problem's checks, whether scores are strict, deferred acceptance, the list of pairs, the check of the result; "its
 * check" is stable_check alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "bench_instances.h"
#include "bench_rows.h"
#include "match/deferred_acceptance.h"
#include "match/stable_check.h"

enum { RUNS = 9, PER_DEMAND = 50, CACHE_BYTES = 128 << 20 };

struct trial {
    struct instance instance;
    const int64_t *back; /* the suppliers' scores, or the same */
    uint32_t *places;    /* the same number for every demand and supplier */
    struct stable_result result;
};

static void empty_caches(void) {
    static unsigned char *block;
    if (!block) block = claim(CACHE_BYTES, 1);
    for (size_t i = 0; i < CACHE_BYTES; i += 64) block[i]++;
}

static double time_pass(const struct trial *it) {
    const uint32_t edges = it->instance.start[it->instance.problem.demand_count];
    const uint32_t *supplier = it->instance.supplier;
    const int64_t *score = it->instance.score, *back = it->back;
    uint64_t sum = 0;
    double start_s = now_s();
    for (uint32_t e = 0; e < edges; e++) sum += supplier[e] + (uint64_t)score[e];
    if (back != score) {
        for (uint32_t e = 0; e < edges; e++) sum += (uint64_t)back[e];
    }
    double seconds = now_s() - start_s;
    if (sum == 1) puts(""); /* the sum is used */
    return seconds;
}

static double time_acceptance(const struct trial *it) {
    const struct assignment_problem *problem = &it->instance.problem;
    struct acceptance_market market = {problem->demand_count,
                                       problem->supplier_count,
                                       problem->edge_start,
                                       problem->edge_supplier,
                                       problem->edge_score,
                                       it->back,
                                       NULL,
                                       it->places,
                                       it->places};
    struct problem trouble = {0};
    uint64_t offers;
    double start_s = now_s();
    uint8_t *chosen = memory_allocate_zero(problem->edge_start[problem->demand_count], 1);
    if (!chosen || deferred_acceptance(&market, chosen, &offers, &trouble) != IEUM_OK) exit(1);
    double seconds = now_s() - start_s;
    if (memcmp(chosen, it->result.chosen, problem->edge_start[problem->demand_count]) != 0) exit(1);
    memory_free(chosen);
    return seconds;
}

static double time_solve(const struct trial *it) {
    struct stable_result result;
    struct problem trouble = {0};
    double start_s = now_s();
    if (stable_solve(&it->instance.problem, it->back, &result, &trouble) != IEUM_OK) exit(1);
    double seconds = now_s() - start_s;
    stable_result_free(&result);
    return seconds;
}

static double time_check(const struct trial *it) {
    struct problem trouble = {0};
    uint32_t checked;
    double start_s = now_s();
    if (stable_check(&it->instance.problem, it->back, &it->result, &checked, &trouble) != IEUM_OK) exit(1);
    return now_s() - start_s;
}

static double best_of(double (*time)(const struct trial *), const struct trial *it) {
    double best = 1e9;
    for (int run = 0; run < RUNS; run++) {
        empty_caches();
        double seconds = time(it);
        if (seconds < best) best = seconds;
    }
    return best;
}

static struct row make_row(const char *what, const char *instance, double ours, double pass, bool asked) {
    struct row row = {.note = "", .unit = "s", .ours = ours, .peer = 10 * pass, .measured = true};
    snprintf(row.name, sizeof row.name, "%s against 10 memory passes, %s", what, instance);
    row.target = asked ? 1 : 0;
    row.ok = row.peer >= row.ours;
    return row;
}

/* `scores`: "uniform", "popular", or with two tables. */
static size_t measure_one(struct row *rows, unsigned side, const char *scores, double popular, bool two, int64_t places,
                          bool parts) {
    struct trial it = {0};
    char name[96];
    size_t filled = 0;
    struct problem trouble = {0};
    generate(&it.instance, side, PER_DEMAND, popular);
    set_bounds(&it.instance, (int64_t[4]){0, places, 0, places});
    uint32_t edges = it.instance.start[side];
    int64_t *back = claim(edges, sizeof *back);
    struct random random;
    random_seed(&random, 2);
    for (uint32_t e = 0; e < edges; e++) back[e] = (int64_t)(1e9 * random_unit(&random));
    it.back = two ? back : it.instance.score;
    it.places = claim(side, sizeof *it.places);
    for (unsigned i = 0; i < side; i++) it.places[i] = (uint32_t)places;
    if (stable_solve(&it.instance.problem, it.back, &it.result, &trouble) != IEUM_OK) exit(1);
    double pass = best_of(time_pass, &it);
    snprintf(name, sizeof name, "%u × %u × %d %s, %s", side, side, PER_DEMAND, scores,
             places == 1 ? "one place each" : "three places each");
    rows[filled++] = make_row("deferred acceptance", name, best_of(time_acceptance, &it), pass, places == 1);
    if (parts) {
        rows[filled++] = make_row("stable, all of it", name, best_of(time_solve, &it), pass, false);
        rows[filled++] = make_row("stable, its check", name, best_of(time_check, &it), pass, false);
    }
    stable_result_free(&it.result);
    free_instance(&it.instance);
    free(back);
    free(it.places);
    return filled;
}

size_t measure_stable(struct row *rows, unsigned side) {
    size_t filled = 0;
    filled += measure_one(rows + filled, side, "uniform", 0, false, 1, true);
    filled += measure_one(rows + filled, side, "popular", 0.7, false, 1, true);
    filled += measure_one(rows + filled, side, "uniform", 0, false, 3, false);
    filled += measure_one(rows + filled, side, "popular", 0.7, false, 3, false);
    filled += measure_one(rows + filled, side, "uniform, two score tables", 0, true, 1, false);
    filled += measure_one(rows + filled, side, "popular, two score tables", 0.7, true, 1, false);
    return filled;
}
