/* SPDX-License-Identifier: Apache-2.0 */
#include "preferences.h"

#include <math.h>
#include <stdlib.h>

#include "../base/random.h"

/* A demand's example with what its preferences need. */
struct member {
    uint32_t row;
    double grade, weight;
    size_t worse; /* members from here on have a lower grade */
    size_t before; /* preferences of the members above */
};

static int compare_members(const void *a, const void *b) {
    const struct member *x = a, *y = b;
    if (x->grade != y->grade) return x->grade > y->grade ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Sorts by grade, highest first, and counts the preferences. Examples of weight 0 must not be among the members. */
static size_t count_preferences(struct member *members, size_t count) {
    qsort(members, count, sizeof *members, compare_members);
    for (size_t i = count; i-- > 0;)
        members[i].worse = i + 1 < count && members[i + 1].grade == members[i].grade ? members[i + 1].worse : i + 1;
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        members[i].before = all;
        all += count - members[i].worse;
    }
    return all;
}

/* Adds preference number `n` of the demand. */
static bool add_preference(const struct member *members, size_t count, size_t n, const struct learn_options *options, struct preferences *preferences) {
    size_t low = 0, high = count; /* the last member whose preferences begin at or before n */
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (members[middle].before <= n) low = middle;
        else high = middle;
    }
    const struct member *better = &members[low], *worse = &members[better->worse + (n - better->before)];
    double weight = better->weight * worse->weight;
    if (options->pair_weighting == PAIR_DIFFERENCE) weight *= better->grade - worse->grade;
    return vector_push(&preferences->items, ((struct preference){better->row, worse->row, weight}));
}

static ieum_status add_demand(struct member *members, size_t count, const struct learn_options *options, struct random *random,
                              struct preferences *preferences, struct problem *problem) {
    const size_t all = count_preferences(members, count);
    const size_t kept = options->pairs_per_demand && all > options->pairs_per_demand ? options->pairs_per_demand : all;
    if (all == 0) return IEUM_OK;
    if (kept > options->most_pairs - preferences->items.count)
        return problem_set(problem, IEUM_LIMIT, "/most_pairs", "비교할 쌍이 한도(%zu개)보다 많습니다. 수요과제마다 쓰는 쌍의 수를 줄이십시오.",
                           "There are more preferences than the limit of %zu. Use fewer per demand.", options->most_pairs);
    const size_t first = preferences->items.count, run = all / kept, longer = all % kept; /* the first runs are one longer */
    size_t start = 0;
    for (size_t k = 0; k < kept; k++) {
        const size_t length = run + (k < longer);
        const size_t n = start + (length > 1 ? random_below(random, length) : 0);
        if (!add_preference(members, count, n, options, preferences)) return problem_set_memory(problem);
        start += length;
    }
    preferences->demands++;
    preferences->possible += all;
    if (!options->balance_demands) return IEUM_OK;
    double sum = 0;
    for (size_t i = first; i < preferences->items.count; i++) sum += preferences->items.items[i].weight;
    for (size_t i = first; i < preferences->items.count; i++) preferences->items.items[i].weight /= sum;
    return IEUM_OK;
}

static void scale_weights(struct preferences *preferences) {
    double sum = 0;
    for (size_t i = 0; i < preferences->items.count; i++) sum += preferences->items.items[i].weight;
    for (size_t i = 0; i < preferences->items.count; i++) preferences->items.items[i].weight *= (double)preferences->demands / sum;
}

ieum_status preferences_make(const struct dataset *data, struct rows rows, const struct learn_options *options, struct preferences *preferences,
                             struct problem *problem) {
    *preferences = (struct preferences){0};
    ieum_status status = IEUM_OK;
    struct grouped grouped = {0};
    struct random random;
    random_seed(&random, options->seed);
    struct member *members = memory_allocate_zero(rows.count, sizeof *members);
    double *weights = memory_allocate_zero(rows.count, sizeof *weights), *of_example = memory_allocate_zero(data->count, sizeof *of_example);
    if (!members || !weights || !of_example || !group_rows(data, rows, &grouped)) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = dataset_weights(data, rows, options->propensity_clip, weights, problem);
    if (status != IEUM_OK) goto done;
    for (size_t i = 0; i < rows.count; i++) of_example[rows.items[i]] = weights[i];
    for (size_t g = 0; g < grouped.count && status == IEUM_OK; g++) {
        size_t count = 0;
        for (size_t i = grouped.first[g]; i < grouped.first[g + 1]; i++) {
            const uint32_t row = grouped.rows[i];
            if (of_example[row] > 0) members[count++] = (struct member){.row = row, .grade = data->grade[row], .weight = of_example[row]};
        }
        status = add_demand(members, count, options, &random, preferences, problem);
    }
    if (status == IEUM_OK && preferences->items.count == 0)
        status = problem_set(problem, IEUM_INVALID, "", "어느 수요과제에서도 등급이 갈리지 않아 배울 것이 없습니다(학습 자료 %zu건, 수요과제 %zu개).",
                             "Within every demand all grades are equal, so there is nothing to learn (%zu examples, %zu demands).", rows.count, grouped.count);
    if (status == IEUM_OK) scale_weights(preferences);
done:
    memory_free(members);
    memory_free(weights);
    memory_free(of_example);
    grouped_free(&grouped);
    if (status != IEUM_OK) preferences_free(preferences);
    return status;
}

void preferences_free(struct preferences *preferences) { vector_free(&preferences->items); }
