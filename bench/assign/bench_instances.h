/* SPDX-License-Identifier: Apache-2.0 */
/* Instances of the bench `assign`: generated candidate lists and the public instances. Memory that runs out ends the
 * program. */
#ifndef IEUM_BENCH_INSTANCES_H
#define IEUM_BENCH_INSTANCES_H

#include "match/assignment.h"

struct instance {
    struct assignment_problem problem; /* points into what follows */
    uint32_t *start, *supplier;
    int64_t *score, *bounds;
};

void *claim(size_t count, size_t size); /* zeroed */
/* The same minimum and maximum for all demands, then for all suppliers. */
void set_bounds(struct instance *it, const int64_t bounds[4]);
void free_instance(struct instance *it);
/* `per_demand` candidates drawn at random; `popular`: how much of a score is the supplier's own standing. */
void generate(struct instance *it, uint32_t side, uint32_t per_demand, double popular);
/* A file of the shared folder: "demands suppliers", then a row of scores a demand, negative: no candidate pair. */
bool read_public(struct instance *it, const char *shared, const char *name);
void write_instance(const struct instance *it, const int64_t bounds[4], const char *path);

#endif
