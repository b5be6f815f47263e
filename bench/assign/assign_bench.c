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
 * with a different total has "ok" false. Leximin and re-match (lexicographic_rows.c) have no peer: our time alone.
 *
 * Ours and LEMON's keep the memory that a run gives back, as a server does that solves one round after the other: else
 * the allocator may return it to the system, by chance of the order of frees, and the next run is timed with its page
 * faults.
 *
 * Method stable (stable_rows.c) is measured against ten memory passes over the same candidate list, target 1; memory
 * (memory_rows.c) in bytes a candidate pair, without a target.
 */
#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_instances.h"
#include "bench_rows.h"

struct settings {
    bool quick;
    const char *json, *work, *shared, *scipy, *lemon;
};

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
    struct row row = {.target = target, .ours = 1e9, .note = "", .unit = "s"};
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

/* ---- the table ---- */

static void print_rows(const struct row *rows, size_t count) {
    puts("| | ours | peer | ratio | target | unit | |\n|---|---|---|---|---|---|---|");
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        printf("| %s | %.6g |", row->name, row->ours);
        if (row->measured)
            printf(" %.6g | %.2f |", row->peer, row->peer / row->ours);
        else
            printf(" – | – |");
        if (row->target > 0)
            printf(" %.1f | %s | %s %s |\n", row->target, row->unit,
                   !row->measured ? ""
                   : row->ok      ? "ok"
                                  : "missed",
                   row->note);
        else
            printf(" – | %s | %s |\n", row->unit, row->note);
    }
}

static void write_json(const struct row *rows, size_t count, const char *path) {
    FILE *file = fopen(path, "w");
    if (!file) exit(1);
    fprintf(file, "{\"environment\":{\"compiler\":\"%s\"},\"rows\":[", __VERSION__);
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        fprintf(file, "%s\n{\"name\":\"%s\",\"unit\":\"%s\",\"ours\":%.6g", i ? "," : "", row->name, row->unit,
                row->ours);
        if (row->measured)
            fprintf(file, ",\"peer\":%.6g,\"ratio\":%.3f", row->peer, row->peer / row->ours);
        else
            fputs(",\"peer\":null,\"ratio\":null", file);
        if (row->target > 0)
            fprintf(file, ",\"target\":%.1f,\"ok\":%s", row->target,
                    !row->measured ? "null"
                    : row->ok      ? "true"
                                   : "false");
        else
            fputs(",\"target\":null,\"ok\":null", file);
        if (row->note[0]) fprintf(file, ",\"note\":\"%s\"", row->note);
        fputc('}', file);
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
    struct row rows[32 + STABLE_ROWS + MEMORY_ROWS], memory[MEMORY_ROWS];
    size_t filled = 0;
    char name[64];
    if (!read_settings(count, words, &settings)) {
        fputs("usage: assign_bench [--quick] [--json FILE] [--work FOLDER] [--shared FOLDER] [--scipy COMMAND] "
              "[--lemon COMMAND]\n",
              stderr);
        return 2;
    }
    /* first, before this process has memory of its own to use again */
    size_t memory_count = measure_memory(memory, settings.quick ? 2000 : 20000);
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
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
    filled += measure_stable(rows + filled, settings.quick ? 2000 : 20000);
    memcpy(rows + filled, memory, sizeof *memory * memory_count);
    filled += memory_count;
    print_rows(rows, filled);
    if (settings.json) write_json(rows, filled, settings.json);
    return 0;
}
