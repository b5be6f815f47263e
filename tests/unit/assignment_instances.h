/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Greater assignment problems for tests: generated ones and the public instances (folder $IEUM_SHARED or ../shared
 * beside the repository). In: a seeded generator or a file. Out: an owned problem, freed with free_instance.
 */
#ifndef IEUM_TEST_ASSIGNMENT_INSTANCES_H
#define IEUM_TEST_ASSIGNMENT_INSTANCES_H

#include "assignment_cases.h"

struct instance {
    struct assignment_problem problem;
    uint32_t *start, *supplier;
    int64_t *score, *bounds;
};

/* `side` demands and suppliers, some of all pairs, room for several on both sides, and some minimums. */
static inline void make_great(struct instance *it, struct random *random, uint32_t side) {
    uint64_t fill = 1 + random_below(random, 8), style = random_below(random, 5), most = 1 + random_below(random, 5);
    uint32_t edge = 0;
    *it = (struct instance){.start = calloc(side + 1, sizeof(uint32_t)),
                            .supplier = calloc((size_t)side * side, sizeof(uint32_t)),
                            .score = calloc((size_t)side * side, sizeof(int64_t)),
                            .bounds = calloc(4 * (size_t)side, sizeof(int64_t))};
    for (uint32_t d = 0; d < side; d++) {
        for (uint32_t s = 0; s < side; s++) {
            if (random_below(random, 8) >= fill) continue;
            it->supplier[edge] = s;
            it->score[edge++] = case_score(random, style);
        }
        it->start[d + 1] = edge;
    }
    uint64_t asks = random_below(random, 3);
    for (uint32_t i = 0; i < side; i++) {
        int64_t *min = it->bounds + i, *max = min + side;
        for (int end = 0; end < 2; end++, min += 2 * side, max += 2 * side) {
            *max = 1 + (int64_t)random_below(random, most);
            *min = random_below(random, 4) < asks ? (int64_t)random_below(random, (uint64_t)*max + 1) : 0;
        }
    }
    it->problem = (struct assignment_problem){.demand_count = side,
                                              .supplier_count = side,
                                              .edge_start = it->start,
                                              .edge_supplier = it->supplier,
                                              .edge_score = it->score,
                                              .demand_min = it->bounds,
                                              .demand_max = it->bounds + side,
                                              .supplier_min = it->bounds + 2 * (size_t)side,
                                              .supplier_max = it->bounds + 3 * (size_t)side};
}

static inline void free_instance(struct instance *it) {
    free(it->start), free(it->supplier), free(it->score), free(it->bounds);
}

/* Some `per_demand` candidates of each demand, drawn at random with scores in [0, 1), all of one seed. */
static inline void make_lists(struct instance *it, uint32_t demands, uint32_t suppliers, uint32_t per_demand) {
    struct random random;
    uint32_t edge = 0;
    random_seed(&random, 1);
    *it = (struct instance){.start = calloc(demands + 1, sizeof(uint32_t)),
                            .supplier = calloc((size_t)demands * per_demand, sizeof(uint32_t)),
                            .score = calloc((size_t)demands * per_demand, sizeof(int64_t)),
                            .bounds = calloc(2 * ((size_t)demands + suppliers), sizeof(int64_t))};
    for (uint32_t d = 0; d < demands; d++) {
        uint32_t left = per_demand;
        for (uint32_t s = 0; s < suppliers && left > 0; s++) { /* each subset alike: chance left / remaining */
            if (random_below(&random, suppliers - s) >= left) continue;
            it->supplier[edge] = s;
            it->score[edge++] = (int64_t)random_below(&random, 1000000000);
            left--;
        }
        it->start[d + 1] = edge;
    }
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

/* "demands suppliers", then a row of scores a demand; a negative one is no candidate pair. False: no such file. */
static inline bool read_instance(const char *name, struct instance *it) {
    char path[512];
    const char *shared = getenv("IEUM_SHARED");
    if (shared)
        snprintf(path, sizeof path, "%s/public/assignment/%s.in", shared, name);
    else
        snprintf(path, sizeof path, "%s/../shared/public/assignment/%s.in", test_source(), name);
    FILE *file = fopen(path, "r");
    uint32_t demands, suppliers, edge = 0;
    if (!file) return false;
    if (fscanf(file, "%" SCNu32 " %" SCNu32, &demands, &suppliers) != 2) abort();
    *it = (struct instance){.start = calloc(demands + 1, sizeof(uint32_t)),
                            .supplier = calloc((size_t)demands * suppliers, sizeof(uint32_t)),
                            .score = calloc((size_t)demands * suppliers, sizeof(int64_t)),
                            .bounds = calloc(2 * ((size_t)demands + suppliers), sizeof(int64_t))};
    for (uint32_t d = 0; d < demands; d++) {
        for (uint32_t s = 0; s < suppliers; s++) {
            double score;
            if (fscanf(file, "%lf", &score) != 1) abort();
            if (score < 0) continue;
            CHECK(assignment_fixed_point(score, &it->score[edge]));
            it->supplier[edge++] = s;
        }
        it->start[d + 1] = edge;
    }
    fclose(file);
    it->problem = (struct assignment_problem){.demand_count = demands,
                                              .supplier_count = suppliers,
                                              .edge_start = it->start,
                                              .edge_supplier = it->supplier,
                                              .edge_score = it->score,
                                              .demand_min = it->bounds,
                                              .demand_max = it->bounds + demands,
                                              .supplier_min = it->bounds + 2 * (size_t)demands,
                                              .supplier_max = it->bounds + 2 * (size_t)demands + suppliers};
    return true;
}

static inline void set_bounds(struct instance *it, int64_t demand, int64_t supplier_min, int64_t supplier_max) {
    uint32_t demands = it->problem.demand_count, suppliers = it->problem.supplier_count;
    for (uint32_t i = 0; i < 2 * demands; i++) it->bounds[i] = demand;
    for (uint32_t i = 0; i < suppliers; i++) {
        it->bounds[2 * demands + i] = supplier_min;
        it->bounds[2 * demands + suppliers + i] = supplier_max;
    }
}

#endif
