/* SPDX-License-Identifier: Apache-2.0 */
#include "group_quality.h"

#include <math.h>
#include <stdlib.h>

#include "../base/elementary.h"
#include "../base/memory.h"

enum { DEPTH = 10 };

struct ranked {
    double key, grade; /* key: the score, or the grade for the ideal order */
    size_t place;
};

static int compare_ranked(const void *a, const void *b) {
    const struct ranked *x = a, *y = b;
    if (x->key != y->key) return x->key > y->key ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static double gain(struct ranked *ranked, size_t count) {
    double sum = 0;
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < count && i < DEPTH; i++) sum += ranked[i].grade / exact_ln(2 + (double)i);
    return sum;
}

double quality_ndcg10(void *context, const double *score, const double *grade, size_t count) {
    (void)context;
    struct ranked *ranked = memory_allocate_zero(count, sizeof *ranked);
    if (!ranked) return NAN;
    for (size_t i = 0; i < count; i++) ranked[i] = (struct ranked){score[i], grade[i], i};
    const double reached = gain(ranked, count);
    for (size_t i = 0; i < count; i++) ranked[i].key = ranked[i].grade;
    const double ideal = gain(ranked, count);
    memory_free(ranked);
    return ideal > 0 ? reached / ideal : NAN;
}

ieum_status quality_mean(const struct quality *quality, const struct dataset *data, struct rows rows, const double *scores, double *mean, double *of_demand,
                         struct problem *problem) {
    struct grouped grouped = {0};
    ieum_status status = IEUM_OK;
    double *of_row = memory_allocate_zero(data->count, sizeof *of_row); /* by example */
    double *score = memory_allocate_zero(rows.count, sizeof *score), *grade = memory_allocate_zero(rows.count, sizeof *grade);
    if (!of_row || !score || !grade || !group_rows(data, rows, &grouped)) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (size_t i = 0; i < rows.count; i++) of_row[rows.items[i]] = scores[i];
    double sum = 0;
    size_t counted = 0;
    for (size_t g = 0; g < grouped.count; g++) {
        const size_t first = grouped.first[g], count = grouped.first[g + 1] - first;
        for (size_t i = 0; i < count; i++) {
            score[i] = of_row[grouped.rows[first + i]];
            grade[i] = data->grade[grouped.rows[first + i]];
        }
        const double value = quality->of_group(quality->context, score, grade, count);
        if (of_demand) of_demand[grouped.group[g]] = value;
        if (isnan(value)) continue;
        sum += value;
        counted++;
    }
    *mean = counted ? sum / (double)counted : NAN;
done:
    memory_free(of_row);
    memory_free(score);
    memory_free(grade);
    grouped_free(&grouped);
    return status;
}
