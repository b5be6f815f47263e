/* SPDX-License-Identifier: Apache-2.0 */
#include "shapley.h"

#include <math.h>
#include <stdlib.h>

#include "../base/memory.h"

static const double UNITS = 1e9, LARGEST_PART = 1e9;

void shapley_values(const double *worth, size_t players, double *shares) {
    for (size_t i = 0; i < players; i++) {
        double gained[SHAPLEY_MOST_PLAYERS] = {0}, ways = 1; /* by size; ways: how many coalitions of that size there are */
        const uint32_t self = UINT32_C(1) << i;
        for (uint32_t mask = 0; mask < UINT32_C(1) << players; mask++)
            if (!(mask & self)) gained[__builtin_popcount(mask)] += worth[mask | self] - worth[mask];
        shares[i] = 0;
        for (size_t size = 0; size < players; size++) {
            shares[i] += gained[size] / ways;
            ways = ways * (double)(players - 1 - size) / (double)(size + 1);
        }
        shares[i] /= (double)players;
    }
}

ieum_status shapley_play(size_t players, shapley_worth worth, void *context, double *shares, double *none, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (players > SHAPLEY_MOST_PLAYERS)
        return problem_set(problem, IEUM_LIMIT, "",
                           "설명할 평가 항목이 너무 많습니다(%zu개, 16개까지).", "There are too many criteria to explain (%zu, 16 at most).", players);
    const uint32_t coalitions = UINT32_C(1) << players;
    double *worths = memory_allocate(coalitions * sizeof *worths);
    if (!worths) return problem_set_memory(problem);
    for (uint32_t mask = 0; mask < coalitions && status == IEUM_OK; mask++) {
        worths[mask] = worth(mask, context);
        if (!isfinite(worths[mask]))
            status = problem_set(problem, IEUM_INTERNAL, "",
                                 "점수가 유한한 수가 아니어서 설명할 수 없습니다.", "The score is no finite number, so it cannot be explained.");
    }
    if (status == IEUM_OK) {
        shapley_values(worths, players, shares);
        *none = worths[0];
    }
    memory_free(worths);
    return status;
}

/* ---- whole units ---- */

struct remainder {
    double lost; /* in [0,1) */
    size_t part;
};

static int compare_remainders(const void *left, const void *right) {
    const struct remainder *a = left, *b = right;
    if (a->lost != b->lost) return a->lost > b->lost ? -1 : 1;
    return (a->part > b->part) - (a->part < b->part);
}

ieum_status shares_round(const double *parts, size_t count, int64_t total, int64_t *units, struct problem *problem) {
    struct remainder *remainders = memory_allocate_zero(count, sizeof *remainders);
    ieum_status status = remainders ? IEUM_OK : problem_set_memory(problem);
    int64_t left = total;
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        if (!(fabs(parts[i]) <= LARGEST_PART)) {
            status = problem_set(problem, IEUM_LIMIT, "", "점수의 몫이 나타낼 수 있는 범위를 벗어났습니다.", "A part of the score is beyond what can be written.");
            break;
        }
        const double scaled = parts[i] * UNITS, whole = floor(scaled);
        units[i] = (int64_t)whole;
        remainders[i] = (struct remainder){scaled - whole, i};
        if (__builtin_sub_overflow(left, units[i], &left))
            status = problem_set(problem, IEUM_LIMIT, "", "점수의 합이 나타낼 수 있는 범위를 벗어났습니다.", "The sum of a score is beyond what can be written.");
    }
    if (status == IEUM_OK) {
        /* left lies in [0, count] but for rounding; what is beyond goes to all alike. */
        int64_t each = left / (int64_t)count, extra = left % (int64_t)count;
        if (extra < 0) each--, extra += (int64_t)count;
        qsort(remainders, count, sizeof *remainders, compare_remainders);
        for (size_t r = 0; r < count; r++) units[remainders[r].part] += each + ((int64_t)r < extra);
    }
    memory_free(remainders);
    return status;
}
