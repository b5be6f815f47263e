/* SPDX-License-Identifier: Apache-2.0 */
#include "product_shares.h"

#include <math.h>

#include "../base/elementary.h"
#include "../base/memory.h"

enum { ABSENT, PRESENT };

/* One player per group that has coordinates. */
struct players {
    size_t count;
    uint32_t *of_group;                       /* the player; UINT32_MAX: the group has no coordinates */
    double distance[SHAPLEY_MOST_PLAYERS][2]; /* of the support pair at hand: to the baseline, to the pair */
};

static ieum_status add_players(struct players *players, const struct product_groups *groups, const uint32_t *of_coordinate, const double *vector, size_t count,
                               struct problem *problem) {
    for (size_t j = 0; j < count; j++) {
        const uint32_t group = of_coordinate[j];
        if (group >= groups->count || !isfinite(vector[j]))
            return problem_set(problem, IEUM_INTERNAL, "", "모형의 좌표를 설명할 수 없습니다(%zu번째).", "Coordinate %zu of the model cannot be explained.", j);
        if (players->of_group[group] != UINT32_MAX) continue;
        if (players->count == SHAPLEY_MOST_PLAYERS)
            return problem_set(problem, IEUM_LIMIT, "", "설명할 평가 항목이 너무 많습니다(16개까지).", "There are too many criteria to explain (16 at most).");
        players->of_group[group] = (uint32_t)players->count++;
    }
    return IEUM_OK;
}

static void add_distances(struct players *players, const uint32_t *of_coordinate, const double *vector, const double *support, size_t count) {
    for (size_t j = 0; j < count; j++) {
        double *distance = players->distance[players->of_group[of_coordinate[j]]];
        const double difference = vector[j] - support[j];
        distance[ABSENT] = fma(support[j], support[j], distance[ABSENT]);
        distance[PRESENT] = fma(difference, difference, distance[PRESENT]);
    }
}

/* Adds a support pair to the worth of every coalition. products[mask] grows by one player at a time: absent below, present above. */
static void add_support(const struct players *players, double coefficient, double *products, double *worth) {
    products[0] = coefficient;
    for (size_t p = 0; p < players->count; p++) {
        const size_t half = (size_t)1 << p;
        const double absent = exact_exp(-players->distance[p][ABSENT]), present = exact_exp(-players->distance[p][PRESENT]);
        for (size_t mask = 0; mask < half; mask++) {
            products[half + mask] = products[mask] * present;
            products[mask] *= absent;
        }
    }
    for (size_t mask = 0; mask < (size_t)1 << players->count; mask++) worth[mask] += products[mask];
}

static void sum_supports(const struct product_term *term, const double *x, const double *y, const struct product_groups *groups, struct players *players,
                         double *products, double *worth) {
    for (size_t i = 0; i < term->count; i++) {
        for (size_t p = 0; p < players->count; p++) players->distance[p][ABSENT] = players->distance[p][PRESENT] = 0;
        add_distances(players, groups->demand, x, term->demand_vectors + i * term->demand.count, term->demand.count);
        add_distances(players, groups->supplier, y, term->supplier_vectors + i * term->supplier.count, term->supplier.count);
        add_support(players, term->coefficients[i], products, worth);
    }
}

ieum_status product_shares(const struct product_term *term, const double *x, const double *y, const struct product_groups *groups, double *shares,
                           double *none, struct problem *problem) {
    struct players players = {.of_group = memory_allocate((groups->count ? groups->count : 1) * sizeof *players.of_group)};
    double *products = NULL, *worth = NULL, found[SHAPLEY_MOST_PLAYERS];
    ieum_status status = players.of_group ? IEUM_OK : problem_set_memory(problem);
    for (size_t g = 0; g < groups->count && status == IEUM_OK; g++) players.of_group[g] = UINT32_MAX;
    if (status == IEUM_OK) status = add_players(&players, groups, groups->demand, x, term->demand.count, problem);
    if (status == IEUM_OK) status = add_players(&players, groups, groups->supplier, y, term->supplier.count, problem);
    if (status != IEUM_OK) goto done;
    const size_t coalitions = (size_t)1 << players.count;
    products = memory_allocate_zero(coalitions, sizeof *products);
    worth = memory_allocate_zero(coalitions, sizeof *worth);
    if (!products || !worth) {
        status = problem_set_memory(problem);
        goto done;
    }
    sum_supports(term, x, y, groups, &players, products, worth);
    shapley_values(worth, players.count, found);
    for (size_t g = 0; g < groups->count; g++) shares[g] = players.of_group[g] == UINT32_MAX ? 0 : found[players.of_group[g]];
    *none = worth[0];
done:
    memory_free(players.of_group);
    memory_free(products);
    memory_free(worth);
    return status;
}
