/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_instances.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

void *claim(size_t count, size_t size) {
    void *block = calloc(count ? count : 1, size);
    if (!block) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return block;
}

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

void set_bounds(struct instance *it, const int64_t bounds[4]) {
    size_t demands = it->problem.demand_count, suppliers = it->problem.supplier_count;
    for (size_t i = 0; i < 2 * demands; i++) it->bounds[i] = bounds[i >= demands];
    for (size_t i = 0; i < 2 * suppliers; i++) it->bounds[2 * demands + i] = bounds[2 + (i >= suppliers)];
}

void free_instance(struct instance *it) {
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
void generate(struct instance *it, uint32_t side, uint32_t per_demand, double popular) {
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
bool read_public(struct instance *it, const char *shared, const char *name) {
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

void write_instance(const struct instance *it, const int64_t bounds[4], const char *path) {
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
