/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How good the held-out scores of a study are, beside the rubric's on the same lists. A list is what one fold tests of one demand; a demand's value is the mean
 * over its lists. Demands without a good supplier in a list say nothing and are left out.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline_train_parts.h"

/* An example that was scored without having been learned from. */
struct held {
    uint32_t group, fold, example;
};

static int compare_held(const void *a, const void *b) {
    const struct held *x = a, *y = b;
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    if (x->fold != y->fold) return x->fold < y->fold ? -1 : 1;
    return x->example < y->example ? -1 : x->example > y->example;
}

struct scored {
    double score;
    uint32_t place; /* within the list: examples stand in the order of the suppliers' ids */
    int32_t grade;
};

static int compare_scored(const void *a, const void *b) {
    const struct scored *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static int compare_grades(const void *a, const void *b) {
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x < y) - (x > y);
}

struct measuring {
    const struct train_answer *answer;
    struct held *held;
    size_t count;
    struct scored *scored;
    int32_t *grades, *pool;
    double *values; /* of each demand: measures by the model, by the rubric, and their difference */
    size_t demands, lists;
};

/* Adds the measures of one list by `scores` to `values`. */
static void measure_list(struct measuring *m, const struct held *list, size_t count, const double *scores, double *values) {
    const struct train_rules *rules = &m->answer->rules;
    for (size_t i = 0; i < count; i++)
        m->scored[i] = (struct scored){scores[list[i].example], (uint32_t)i, (int32_t)m->answer->training.data.grade[list[i].example]};
    qsort(m->scored, count, sizeof *m->scored, compare_scored);
    for (size_t i = 0; i < count; i++) m->grades[i] = m->pool[i] = m->scored[i].grade;
    qsort(m->pool, count, sizeof *m->pool, compare_grades);
    const struct judged_ranking ranking = {m->grades, count, m->pool, count};
    for (size_t k = 0; k < rules->measure_count; k++) values[k] += ranking_measure_value(&rules->measures[k], &ranking);
}

static bool has_good(const struct measuring *m, const struct held *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (m->answer->training.data.grade[list[i].example] >= 1) return true;
    return false;
}

/* The lists of one demand; returns whether it counts. */
static bool measure_demand(struct measuring *m, const struct held *first, size_t count, double *values) {
    const size_t measures = m->answer->rules.measure_count;
    const double *rubric = m->answer->training.rubric;
    size_t lists = 0;
    memset(values, 0, 3 * measures * sizeof *values);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && first[end].fold == first[i].fold; end++) continue;
        if (!has_good(m, first + i, end - i)) continue;
        lists++;
        measure_list(m, first + i, end - i, m->answer->study.held_out, values);
        if (rubric) measure_list(m, first + i, end - i, rubric, values + measures);
    }
    for (size_t k = 0; k < 2 * measures && lists; k++) values[k] /= (double)lists;
    for (size_t k = 0; k < measures && rubric; k++) values[2 * measures + k] = values[k] - values[measures + k];
    m->lists += lists;
    return lists > 0;
}

static void measure_demands(struct measuring *m) {
    const size_t width = 3 * m->answer->rules.measure_count;
    for (size_t i = 0, end; i < m->count; i = end) {
        for (end = i; end < m->count && m->held[end].group == m->held[i].group; end++) continue;
        m->demands += measure_demand(m, m->held + i, end - i, m->values + m->demands * width);
    }
}

/* Means and intervals of all columns at once, so that they share their draws; and the paired test. */
static ieum_status sum_up(const struct measuring *m, uint64_t seed, struct train_answer *answer, struct problem *problem) {
    const size_t measures = answer->rules.measure_count, width = 3 * measures;
    struct interval intervals[3 * TRAIN_MEASURES_MOST];
    const bool rubric = answer->training.rubric;
    ieum_status status = bootstrap_intervals(m->values, m->demands, width, seed, intervals, problem);
    for (size_t k = 0; k < measures && status == IEUM_OK; k++) {
        struct train_measure *measure = &answer->measures[k];
        double sums[3] = {0};
        for (size_t d = 0; d < m->demands; d++)
            for (size_t part = 0; part < 3; part++) sums[part] += m->values[d * width + part * measures + k];
        for (size_t part = 0; part < 3; part++) sums[part] /= (double)m->demands;
        *measure = (struct train_measure){.mean = sums[0], .rubric = rubric ? sums[1] : NAN, .difference = rubric ? sums[2] : NAN,
                                          .interval = intervals[k], .rubric_interval = intervals[measures + k], .difference_interval = intervals[2 * measures + k]};
        if (rubric) status = randomisation_test(m->values + 2 * measures + k, m->demands, width, seed, &measure->test, problem);
    }
    return status;
}

ieum_status train_measure_all(struct train_answer *answer, struct problem *problem) {
    const size_t most = answer->study.example_count, width = 3 * answer->rules.measure_count;
    struct arena *arena = arena_new();
    struct measuring m = {.answer = answer, .held = arena_allocate_zero(arena, most, sizeof *m.held), .scored = arena_allocate_zero(arena, most, sizeof *m.scored),
                          .grades = arena_allocate_zero(arena, most, sizeof *m.grades), .pool = arena_allocate_zero(arena, most, sizeof *m.pool),
                          .values = arena_allocate_zero(arena, answer->study.demand_count * width, sizeof *m.values)};
    ieum_status status = m.held && m.scored && m.grades && m.pool && m.values ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; status == IEUM_OK && i < most; i++)
        if (answer->study.fold_of[i] != DATASET_NONE && !isnan(answer->study.held_out[i]))
            m.held[m.count++] = (struct held){answer->training.data.group[i], answer->study.fold_of[i], (uint32_t)i};
    if (status == IEUM_OK && m.count) {
        qsort(m.held, m.count, sizeof *m.held, compare_held);
        measure_demands(&m);
    }
    answer->list_count = m.lists;
    if (status == IEUM_OK && m.demands) status = sum_up(&m, answer->seed, answer, problem);
    arena_free(arena);
    return status;
}
