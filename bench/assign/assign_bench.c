/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact assignment against named peers, as ratios in one run.
 *
 *     assign_bench [--quick] [--json FILE] [--work FOLDER] [--shared FOLDER] [--scipy COMMAND] [--lemon COMMAND]
 *
 * Prints a Markdown table; --json also writes {"environment",
 * "rows":[{"name","ours","peer","ratio","target","unit","ok"}]}.
 * --shared is the folder with public/assignment; without it, or without a peer, a row says so and its "ok" is null.
 * --work is where instances are written for the peers (default: the present folder).
 *
 * Peers: SciPy's HiGHS linear program (bench/peers/assign_scipy.py; Debian python3-scipy) on the public instances,
 * target 20 times as fast; LEMON's network simplex (bench/peers/assign_lemon.cc; Debian liblemon-dev) on generated
 * candidate lists, target as fast, aim twice. A peer is called as COMMAND INSTANCE and prints "seconds total", its best
 * of three runs, without reading the file. Ours is the whole of assignment_solve, best of three: checks, network,
 * simplex, prices and the proof's check. An instance file holds "demands suppliers pairs demand_min demand_max
 * supplier_min supplier_max", then "demand supplier score" a pair, scores in 10⁻⁹. Equal totals are demanded: a row
 * with a different total has "ok" false. Leximin and re-match have no peer: their rows give our time alone.
 */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../engine/base/random.h"
#include "../../engine/match/assignment.h"
#include "../../engine/match/leximin.h"
#include "../../engine/match/rematch.h"

struct settings {
    bool quick;
    const char *json, *work, *shared, *scipy, *lemon;
};

struct instance {
    struct assignment_problem problem;
    uint32_t *start, *supplier;
    int64_t *score, *bounds;
};

struct row {
    char name[64];
    const char *note;
    double ours, peer, target;
    bool measured, ok;
};

static double now_s(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void *claim(size_t count, size_t size) {
    void *block = calloc(count ? count : 1, size);
    if (!block) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return block;
}

/* ---- instances ---- */

static void make_room(struct instance *it, uint32_t demands, uint32_t suppliers, size_t pairs) {
    it->start = claim((size_t)demands + 1, sizeof *it->start);
    it->supplier = claim(pairs, sizeof *it->supplier);
    it->score = claim(pairs, sizeof *it->score);
    it->bounds = claim(2 * ((size_t)demands + suppliers), sizeof *it->bounds);
    it->problem = (struct assignment_problem){.demand_count = demands,
                                              .supplier_count = suppliers,
                                              .edge_start = it->start,
                                              .edge_supplier = it->supplier,
                                              .edge_score = it->score,
                                              .demand_min = it->bounds,
                                              .demand_max = it->bounds + demands,
                                              .supplier_min = it->bounds + 2 * (size_t)demands,
                                              .supplier_max = it->bounds + 2 * (size_t)demands + suppliers};
}

static void set_bounds(struct instance *it, const int64_t bounds[4]) {
    size_t demands = it->problem.demand_count, suppliers = it->problem.supplier_count;
    for (size_t i = 0; i < 2 * demands; i++) it->bounds[i] = bounds[i >= demands];
    for (size_t i = 0; i < 2 * suppliers; i++) it->bounds[2 * demands + i] = bounds[2 + (i >= suppliers)];
}

static void free_instance(struct instance *it) {
    free(it->start);
    free(it->supplier);
    free(it->score);
    free(it->bounds);
}

static int compare_index(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return a < b ? -1 : a > b;
}

/* `per_demand` candidates drawn at random; `popular`: how much of a score is the supplier's own standing. */
static void generate(struct instance *it, uint32_t side, uint32_t per_demand, double popular) {
    struct random random;
    double *standing = claim(side, sizeof *standing);
    uint32_t end = 0;
    random_seed(&random, 1);
    make_room(it, side, side, (size_t)side * per_demand);
    for (uint32_t s = 0; s < side; s++) standing[s] = random_unit(&random);
    for (uint32_t d = 0; d < side; d++) {
        uint32_t first = end, drawn = end;
        for (uint32_t i = 0; i < per_demand; i++) it->supplier[drawn++] = (uint32_t)random_below(&random, side);
        qsort(it->supplier + first, drawn - first, sizeof *it->supplier, compare_index);
        for (uint32_t i = first; i < drawn; i++) {
            uint32_t supplier = it->supplier[i];
            if (end > first && it->supplier[end - 1] == supplier) continue;
            it->supplier[end] = supplier;
            it->score[end++] = (int64_t)(1e9 * (popular * standing[supplier] + (1 - popular) * random_unit(&random)));
        }
        it->start[d + 1] = end;
    }
    free(standing);
}

/* A file of the shared folder: "demands suppliers", then a row of scores a demand, negative: no candidate pair. */
static bool read_public(struct instance *it, const char *shared, const char *name) {
    char path[512];
    uint32_t demands, suppliers, end = 0;
    snprintf(path, sizeof path, "%s/public/assignment/%s.in", shared ? shared : "", name);
    FILE *file = shared ? fopen(path, "r") : NULL;
    if (!file) return false;
    if (fscanf(file, "%" SCNu32 " %" SCNu32, &demands, &suppliers) != 2) exit(1);
    make_room(it, demands, suppliers, (size_t)demands * suppliers);
    for (uint32_t d = 0; d < demands; d++) {
        for (uint32_t s = 0; s < suppliers; s++) {
            double score;
            if (fscanf(file, "%lf", &score) != 1) exit(1);
            if (score < 0 || !assignment_fixed_point(score, &it->score[end])) continue;
            it->supplier[end++] = s;
        }
        it->start[d + 1] = end;
    }
    fclose(file);
    return true;
}

static void write_instance(const struct instance *it, const int64_t bounds[4], const char *path) {
    FILE *file = fopen(path, "w");
    if (!file) exit(1);
    fprintf(file, "%" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n",
            it->problem.demand_count, it->problem.supplier_count, it->start[it->problem.demand_count], bounds[0],
            bounds[1], bounds[2], bounds[3]);
    for (uint32_t d = 0; d < it->problem.demand_count; d++) {
        for (uint32_t e = it->start[d]; e < it->start[d + 1]; e++) {
            fprintf(file, "%" PRIu32 " %" PRIu32 " %" PRId64 "\n", d, it->supplier[e], it->score[e]);
        }
    }
    fclose(file);
}

/* ---- one row ---- */

static bool run_peer(const char *command, const char *path, double *seconds, int64_t *total) {
    char line[1024];
    if (!command) return false;
    snprintf(line, sizeof line, "%s %s", command, path);
    FILE *pipe = popen(line, "r");
    if (!pipe) return false;
    bool read = fscanf(pipe, "%lf %" SCNd64, seconds, total) == 2;
    return pclose(pipe) == 0 && read;
}

static struct row measure(struct instance *it, const char *name, const int64_t bounds[4], const char *peer,
                          double target, const struct settings *settings) {
    struct row row = {.target = target, .ours = 1e9, .note = ""};
    int64_t total = 0, peer_total = 0;
    char path[512];
    snprintf(row.name, sizeof row.name, "%s", name);
    set_bounds(it, bounds);
    for (int run = 0; run < 3; run++) {
        struct assignment_result result;
        struct problem problem = {0};
        double start_s = now_s();
        if (assignment_solve(&it->problem, &result, &problem) != IEUM_OK) {
            row.note = "not solved";
            return row;
        }
        double seconds = now_s() - start_s;
        if (seconds < row.ours) row.ours = seconds;
        total = result.total;
        assignment_result_free(&result);
    }
    snprintf(path, sizeof path, "%s/assign_instance.txt", settings->work);
    write_instance(it, bounds, path);
    row.measured = run_peer(peer, path, &row.peer, &peer_total);
    remove(path);
    if (!row.measured)
        row.note = "peer not installed";
    else if (peer_total != total)
        row.note = "TOTALS DIFFER";
    row.ok = row.measured && peer_total == total && row.peer / row.ours >= target;
    return row;
}

/* Best of three runs of leximin; no peer solves it exactly. */
static struct row measure_leximin(struct instance *it, const char *name, const int64_t bounds[4]) {
    struct row row = {.ours = 1e9, .note = "no peer"};
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
static struct row measure_rematch(struct instance *it, const char *name, const int64_t bounds[4]) {
    struct row row = {.ours = 1e9, .note = "no peer"};
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

/* ---- the table ---- */

static void print_rows(const struct row *rows, size_t count) {
    puts("| instance | ours, s | peer, s | ratio | target | |\n|---|---|---|---|---|---|");
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        if (row->measured) {
            printf("| %s | %.4f | %.4f | %.1f | %.1f | %s%s |\n", row->name, row->ours, row->peer,
                   row->peer / row->ours, row->target, row->ok ? "ok" : "missed", row->note[0] ? row->note : "");
        } else {
            printf("| %s | %.4f | – | – | %.1f | %s |\n", row->name, row->ours, row->target, row->note);
        }
    }
}

static void write_json(const struct row *rows, size_t count, const char *path) {
    FILE *file = fopen(path, "w");
    if (!file) exit(1);
    fprintf(file, "{\"environment\":{\"compiler\":\"%s\"},\"rows\":[", __VERSION__);
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        fprintf(file, "%s\n{\"name\":\"%s\",\"ours\":%.6f,", i ? "," : "", row->name, row->ours);
        if (row->measured) {
            fprintf(file, "\"peer\":%.6f,\"ratio\":%.3f,\"target\":%.1f,\"unit\":\"s\",\"ok\":%s}", row->peer,
                    row->peer / row->ours, row->target, row->ok ? "true" : "false");
        } else {
            fprintf(file, "\"peer\":null,\"ratio\":null,\"target\":%.1f,\"unit\":\"s\",\"ok\":null,\"note\":\"%s\"}",
                    row->target, row->note);
        }
    }
    fputs("\n]}\n", file);
    fclose(file);
}

static bool read_settings(int count, char **words, struct settings *settings) {
    *settings = (struct settings){.work = "."};
    for (int i = 1; i < count; i++) {
        const char **place = strcmp(words[i], "--json") == 0     ? &settings->json
                             : strcmp(words[i], "--work") == 0   ? &settings->work
                             : strcmp(words[i], "--shared") == 0 ? &settings->shared
                             : strcmp(words[i], "--scipy") == 0  ? &settings->scipy
                             : strcmp(words[i], "--lemon") == 0  ? &settings->lemon
                                                                 : NULL;
        if (strcmp(words[i], "--quick") == 0)
            settings->quick = true;
        else if (place && i + 1 < count)
            *place = words[++i];
        else
            return false;
    }
    return true;
}

int main(int count, char **words) {
    static const struct {
        const char *name;
        int64_t bounds[4];
    } public_rows[] = {
        {"midl", {3, 3, 0, 4}},       {"midl", {3, 3, 1, 4}},       {"midl", {3, 3, 2, 2}},
        {"aamas2015", {3, 3, 0, 12}}, {"aamas2015", {3, 3, 8, 12}}, {"preflib1", {3, 3, 0, 6}},
    };
    static const struct {
        const char *name;
        double popular;
        int64_t bounds[4];
    } made_rows[] = {
        {"uniform", 0, {0, 1, 0, 1}},
        {"popular", 0.7, {0, 1, 0, 1}},
        {"uniform 3:4", 0, {3, 3, 0, 4}},
    };
    struct settings settings;
    struct row rows[32];
    size_t filled = 0;
    char name[64];
    if (!read_settings(count, words, &settings)) {
        fputs("usage: assign_bench [--quick] [--json FILE] [--work FOLDER] [--shared FOLDER] [--scipy COMMAND] "
              "[--lemon COMMAND]\n",
              stderr);
        return 2;
    }
    for (size_t i = 0; i < sizeof public_rows / sizeof *public_rows; i++) {
        struct instance it;
        if (!read_public(&it, settings.shared, public_rows[i].name)) {
            fprintf(stderr, "skipped: no public instance %s (--shared)\n", public_rows[i].name);
            continue;
        }
        snprintf(name, sizeof name, "HiGHS, %s, %d..%d", public_rows[i].name, (int)public_rows[i].bounds[2],
                 (int)public_rows[i].bounds[3]);
        rows[filled++] = measure(&it, name, public_rows[i].bounds, settings.scipy, 20, &settings);
        snprintf(name, sizeof name, "leximin, %s, %d..%d", public_rows[i].name, (int)public_rows[i].bounds[2],
                 (int)public_rows[i].bounds[3]);
        rows[filled++] = measure_leximin(&it, name, public_rows[i].bounds);
        snprintf(name, sizeof name, "re-match, %s, %d..%d", public_rows[i].name, (int)public_rows[i].bounds[2],
                 (int)public_rows[i].bounds[3]);
        rows[filled++] = measure_rematch(&it, name, public_rows[i].bounds);
        free_instance(&it);
    }
    for (size_t i = 0; i < sizeof made_rows / sizeof *made_rows; i++) {
        struct instance it;
        uint32_t side = settings.quick ? 2000 : 20000;
        generate(&it, side, 50, made_rows[i].popular);
        snprintf(name, sizeof name, "LEMON, %d × %d × 50 %s", (int)side, (int)side, made_rows[i].name);
        rows[filled++] = measure(&it, name, made_rows[i].bounds, settings.lemon, 1, &settings);
        free_instance(&it);
    }
    print_rows(rows, filled);
    if (settings.json) write_json(rows, filled, settings.json);
    return 0;
}
