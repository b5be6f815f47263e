/* SPDX-License-Identifier: Apache-2.0 */
/* Signs are drawn 64 at a time; the signed sums of eight topics stand in a table, so that a draw is one look-up for eight topics. */
#include "significance.h"

#include <math.h>
#include <stdlib.h>

#include "../base/memory.h"
#include "../base/random.h"

enum { GROUP = 8, SIGNS = 1 << GROUP, TAIL = BOOTSTRAP_RESAMPLES / 40 /* 2.5 % */ };

static ieum_status check_topics(size_t topics, struct problem *problem) {
    if (topics <= SIGNIFICANCE_MOST_TOPICS) return IEUM_OK;
    return problem_set(problem, IEUM_LIMIT, "", "과제가 너무 많아 구간과 검정을 낼 수 없습니다(%d건까지).",
                       "There are too many topics for intervals and tests (%d at most).", SIGNIFICANCE_MOST_TOPICS);
}

static int compare_numbers(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

ieum_status bootstrap_intervals(const double *values, size_t topics, size_t columns, uint64_t seed, struct interval *intervals,
                                struct problem *problem) {
    ieum_status status = check_topics(topics, problem);
    if (status != IEUM_OK) return status;
    double *means = memory_allocate_zero(columns * BOOTSTRAP_RESAMPLES, sizeof *means); /* column by column */
    struct random random;
    if (!means) return problem_set_memory(problem);
    random_seed(&random, seed);
    for (size_t r = 0; r < BOOTSTRAP_RESAMPLES; r++) {
        for (size_t i = 0; i < topics; i++) {
            const double *row = values + random_below(&random, topics) * columns;
            for (size_t c = 0; c < columns; c++) means[c * BOOTSTRAP_RESAMPLES + r] += row[c];
        }
    }
    for (size_t c = 0; c < columns; c++) {
        double *column = means + c * BOOTSTRAP_RESAMPLES;
        qsort(column, BOOTSTRAP_RESAMPLES, sizeof *column, compare_numbers);
        intervals[c] = (struct interval){column[TAIL] / (double)topics, column[BOOTSTRAP_RESAMPLES - 1 - TAIL] / (double)topics};
    }
    memory_free(means);
    return IEUM_OK;
}

/* The differences that are not 0, in units of 2^-44: a change of sign changes nothing at the others. */
static size_t round_differences(const double *differences, size_t topics, size_t stride, int64_t *units) {
    size_t used = 0;
    for (size_t i = 0; i < topics; i++) {
        const int64_t unit = llround(ldexp(differences[i * stride], 44));
        if (unit) units[used++] = unit;
    }
    return used;
}

/* sums[group][signs]: the total of a group's differences, bit k of `signs` turning round that of topic k. */
static void sum_groups(const int64_t *units, size_t count, int64_t (*sums)[SIGNS]) {
    for (size_t g = 0; g * GROUP < count; g++) {
        for (size_t signs = 0; signs < SIGNS; signs++) {
            int64_t sum = 0;
            for (size_t k = 0; k < GROUP && g * GROUP + k < count; k++) sum += signs >> k & 1 ? -units[g * GROUP + k] : units[g * GROUP + k];
            sums[g][signs] = sum;
        }
    }
}

static uint32_t count_all(int64_t (*sums)[SIGNS], size_t count, int64_t observed) {
    uint32_t far = 0;
    for (uint32_t signs = 0; signs < UINT32_C(1) << count; signs++) {
        int64_t sum = count ? sums[0][signs & (SIGNS - 1)] : 0;
        if (count > GROUP) sum += sums[1][signs >> GROUP];
        far += llabs(sum) >= observed;
    }
    return far;
}

static uint32_t count_drawn(int64_t (*sums)[SIGNS], size_t groups, int64_t observed, uint64_t seed) {
    struct random random;
    uint32_t far = 0;
    random_seed(&random, seed);
    for (uint32_t draw = 0; draw < RANDOMISATION_DRAWS; draw++) {
        int64_t sum = 0;
        uint64_t signs = 0;
        for (size_t g = 0; g < groups; g++, signs >>= GROUP) {
            if (g % (64 / GROUP) == 0) signs = random_next(&random);
            sum += sums[g][signs & (SIGNS - 1)];
        }
        far += llabs(sum) >= observed;
    }
    return far;
}

ieum_status randomisation_test(const double *differences, size_t topics, size_t stride, uint64_t seed, struct randomisation *test,
                               struct problem *problem) {
    ieum_status status = check_topics(topics, problem);
    if (status != IEUM_OK) return status;
    const size_t most_groups = (topics + GROUP - 1) / GROUP;
    int64_t *units = memory_allocate_zero(topics, sizeof *units), (*sums)[SIGNS] = memory_allocate_zero(most_groups, sizeof *sums);
    if (!units || !sums) {
        status = problem_set_memory(problem);
        goto done;
    }
    const size_t used = round_differences(differences, topics, stride, units);
    int64_t observed = 0;
    for (size_t i = 0; i < used; i++) observed += units[i];
    observed = llabs(observed) - (int64_t)used; /* each total is wrong by half a unit a topic at most */
    sum_groups(units, used, sums);
    test->exact = used <= RANDOMISATION_EXACT_TOPICS;
    if (test->exact) {
        test->arrangements = UINT32_C(1) << used;
        test->p = (double)count_all(sums, used, observed) / (double)test->arrangements;
    } else {
        test->arrangements = RANDOMISATION_DRAWS;
        test->p = ((double)count_drawn(sums, (used + GROUP - 1) / GROUP, observed, seed) + 1.0) / (RANDOMISATION_DRAWS + 1.0);
    }
done:
    memory_free(units);
    memory_free(sums);
    return status;
}
