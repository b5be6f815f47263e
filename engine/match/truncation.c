/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof, by weak duality. Let P_d be the sum of the prices over demand d, P_s over supplier s, at any prices that
 * prove the result (certificate.h). An assignment x over complete lists keeps the same limits, so its total is
 *     Σ_k price_k · load_k + Σ_e w_e x_e   <=   total of the result + Σ_{e not listed} w_e x_e,
 * and a pair of d that is not listed has w_e <= excess_d := cutoff_d - P_d - (the least P_s of a supplier that is not
 * listed for d). At most n_d := min(max_d, suppliers not listed for d) such pairs are chosen. So
 *     bound = total + Σ_d n_d · max(0, excess_d),
 * and where no excess is above 0 the result is optimal over complete lists.
 *
 * Prices are not unique, and the proof may take any. The best ones against all suppliers at once come from one shortest
 * path search. Add a hub with an arc from every cut demand, at cost -cutoff_d, and one to every supplier, at no cost:
 * a pair that is not listed becomes a way over the hub. With the hub at the greatest potential of a supplier, the arcs
 * from it have no negative length, and only those into it may. A cycle meets the hub once, so the distances from the
 * hub, without arcs into it, say all: potentials raised by them still prove the result, and leave each demand the least
 * excess that any such prices could, -(length into the hub + distance back). Both these prices and the given ones are
 * tried, and the lower bound kept.
 */
#include "truncation.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/memory.h"
#include "residual_network.h"

struct offer {
    int64_t potential; /* of the supplier: the greater, the less its price */
    uint32_t supplier;
};

struct judging {
    struct assignment_frame frame;
    struct residual_network residual;
    const struct assignment_result *result;
    const int64_t *cutoff;
    struct offer *offers; /* all suppliers, the least price first */
};

static bool is_cut(const struct judging *it, uint32_t demand) {
    const uint32_t *start = it->frame.assignment->edge_start;
    return it->cutoff[demand] != TRUNCATION_COMPLETE &&
           start[demand + 1] - start[demand] < it->frame.assignment->supplier_count;
}

/* ---- prices ---- */

static int64_t potential_of_supplier(const struct judging *it, uint32_t supplier) {
    return it->residual.potential[residual_node(it->frame.first_supplier + supplier)];
}

static void place_hub(struct judging *it) {
    struct residual_network *residual = &it->residual;
    uint32_t suppliers = it->frame.assignment->supplier_count, hub = it->frame.limit_count + 1;
    residual->potential[hub] = INT64_MIN;
    for (uint32_t s = 0; s < suppliers; s++) {
        if (potential_of_supplier(it, s) > residual->potential[hub]) {
            residual->potential[hub] = potential_of_supplier(it, s);
        }
    }
    for (uint32_t s = 0; s < suppliers; s++) {
        residual->paths.forward[residual->first_hub + it->frame.first_supplier + s] =
            residual->potential[hub] - potential_of_supplier(it, s);
    }
}

/* Potentials raised by the distance from the hub. What it does not reach is raised as far as the farthest, or as far as
 * its demands need: no arc leads there, so nothing forbids it. */
static void raise_potentials(struct judging *it) {
    struct residual_network *residual = &it->residual;
    struct shortest_paths *paths = &residual->paths;
    uint32_t hub = it->frame.limit_count + 1;
    int64_t most = 0;
    place_hub(it);
    paths_search(paths, hub, PATHS_EVERYWHERE);
    for (uint32_t i = 0; i < paths->done; i++) {
        if (paths->distance[paths->order[i]] > most) most = paths->distance[paths->order[i]];
    }
    for (uint32_t d = 0; d < it->frame.first_supplier; d++) {
        if (!is_cut(it, d)) continue;
        int64_t needed = it->cutoff[d] - residual->potential[residual_node(d)] + residual->potential[hub];
        if (paths->stage[residual_node(d)] != PATHS_DONE && needed > most) most = needed;
    }
    for (uint32_t node = 0; node <= hub; node++) {
        residual->potential[node] += paths->stage[node] == PATHS_DONE ? paths->distance[node] : most;
    }
}

/* ---- what pairs that are not listed could be worth ---- */

static int compare_offer(const void *one, const void *other) {
    const struct offer *a = one, *b = other;
    if (a->potential != b->potential) return a->potential > b->potential ? -1 : 1;
    return (a->supplier > b->supplier) - (a->supplier < b->supplier);
}

/* Suppliers by their prices, the least first: a demand meets one that it does not list after its list at the latest. */
static void order_offers(struct judging *it) {
    uint32_t count = it->frame.assignment->supplier_count;
    for (uint32_t s = 0; s < count; s++) {
        it->offers[s] = (struct offer){potential_of_supplier(it, s), s};
    }
    qsort(it->offers, count, sizeof *it->offers, compare_offer);
}

/* What a pair of the demand that is not listed could be worth at most; 0 when nothing. */
static int64_t excess_of(const struct judging *it, uint32_t demand) {
    const struct offer *offer = it->offers;
    while (assignment_find_edge(it->frame.assignment, (struct assignment_pair){demand, offer->supplier}) !=
           ASSIGNMENT_NONE) {
        offer++;
    }
    int64_t excess = it->cutoff[demand] - it->residual.potential[residual_node(demand)] + offer->potential;
    return excess > 0 ? excess : 0;
}

/* How many pairs of the demand that are not listed there can be. */
static int64_t places_of(const struct judging *it, uint32_t demand) {
    const uint32_t *start = it->frame.assignment->edge_start;
    int64_t places = (int64_t)it->frame.assignment->supplier_count - (start[demand + 1] - start[demand]);
    for (uint32_t limit = demand; limit != ASSIGNMENT_NONE; limit = it->frame.laminar.parent[limit]) {
        if (it->frame.limit_max[limit] < places) places = it->frame.limit_max[limit];
    }
    return places;
}

static ieum_status bound_by_prices(struct judging *it, struct truncation *found, struct problem *problem) {
    const struct assignment_problem *assignment = it->frame.assignment;
    bool beyond = false;
    order_offers(it);
    found->bound = it->result->total;
    found->doubtful_count = 0;
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        int64_t more;
        if (!is_cut(it, d)) continue;
        beyond = __builtin_mul_overflow(places_of(it, d), excess_of(it, d), &more) ||
                 __builtin_add_overflow(found->bound, more, &found->bound) || beyond;
        if (more > 0) found->doubtful[found->doubtful_count++] = d;
    }
    found->proven = found->bound == it->result->total;
    if (!beyond) return IEUM_OK;
    return problem_set(problem, IEUM_LIMIT, "/cutoff", "점수의 합계가 정수 범위를 넘습니다.",
                       "The total of the scores is beyond the range of integers.");
}

/* ---- all of it ---- */

static ieum_status check_cutoffs(const struct assignment_problem *assignment, const int64_t *cutoff,
                                 struct problem *problem) {
    char pointer[32];
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        if (cutoff[d] == TRUNCATION_COMPLETE ||
            (cutoff[d] >= -ASSIGNMENT_SCORE_LIMIT && cutoff[d] <= ASSIGNMENT_SCORE_LIMIT)) {
            continue;
        }
        snprintf(pointer, sizeof pointer, "/cutoff/%" PRIu32, d);
        problem_set(problem, IEUM_INVALID, pointer, "후보에서 뺀 쌍의 최고 점수가 다룰 수 있는 범위를 넘습니다.",
                    "A cutoff is beyond what can be summed exactly.");
        problem_set_expected(problem, "-1000..1000");
        return problem->status;
    }
    return IEUM_OK;
}

static ieum_status judge(struct judging *it, struct truncation *better, struct truncation *other,
                         struct problem *problem) {
    ieum_status status = bound_by_prices(it, better, problem);
    if (status != IEUM_OK || better->proven) return status;
    raise_potentials(it);
    status = bound_by_prices(it, other, problem);
    if (status != IEUM_OK || other->bound >= better->bound) return status;
    struct truncation swap = *better;
    *better = *other;
    *other = swap;
    return IEUM_OK;
}

ieum_status truncation_judge(const struct assignment_problem *assignment, const struct assignment_result *result,
                             const int64_t *cutoff, struct truncation *truncation, struct problem *problem) {
    struct judging it = {.result = result, .cutoff = cutoff};
    struct truncation found = {0}, other = {0};
    ieum_status status = assignment_frame_build(assignment, &it.frame, problem);
    if (status == IEUM_OK) status = check_cutoffs(assignment, cutoff, problem);
    if (status == IEUM_OK) status = residual_network_build(&it.frame, result, true, &it.residual, problem);
    if (status != IEUM_OK) goto done;
    it.offers = memory_allocate(sizeof *it.offers * assignment->supplier_count);
    found.doubtful = memory_allocate(sizeof *found.doubtful * assignment->demand_count);
    other.doubtful = memory_allocate(sizeof *other.doubtful * assignment->demand_count);
    if (!it.offers || !found.doubtful || !other.doubtful)
        status = problem_set_memory(problem);
    else
        status = judge(&it, &found, &other, problem);
done:
    memory_free(it.offers);
    residual_network_free(&it.residual);
    assignment_frame_free(&it.frame);
    truncation_free(&other);
    if (status == IEUM_OK)
        *truncation = found;
    else
        truncation_free(&found);
    return status;
}

void truncation_free(struct truncation *truncation) {
    memory_free(truncation->doubtful);
    *truncation = (struct truncation){0};
}
