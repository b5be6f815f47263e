/* SPDX-License-Identifier: Apache-2.0 */
/* Small planted data sets for the tests of learn/: synthetic numbers, drawn by the engine's own generator. */
#ifndef IEUM_TEST_LEARN_SAMPLES_H
#define IEUM_TEST_LEARN_SAMPLES_H

#include <math.h>

#include "base/memory.h"
#include "base/random.h"
#include "learn/group_quality.h"
#include "learn/train.h"
#include "test.h"

/* demands × offers examples; every demand meets every supplier. */
struct sample {
    struct dataset data;
    uint32_t *group, *supplier, *all;
    double *grade, *features, *x, *y, *truth;
    const char *names[16], *x_names[8], *y_names[8];
};

static inline struct sample *sample_new(size_t demands, size_t offers, size_t features, size_t x_columns, size_t y_columns) {
    static const char *const names[] = {"f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "f13", "f14", "f15"};
    struct sample *sample = calloc(1, sizeof *sample);
    const size_t count = demands * offers;
    sample->group = calloc(count, sizeof *sample->group);
    sample->supplier = calloc(count, sizeof *sample->supplier);
    sample->all = calloc(count, sizeof *sample->all);
    sample->grade = calloc(count, sizeof *sample->grade);
    sample->truth = calloc(count, sizeof *sample->truth);
    sample->features = calloc(count * features + 1, sizeof *sample->features);
    sample->x = calloc(demands * x_columns + 1, sizeof *sample->x);
    sample->y = calloc(offers * y_columns + 1, sizeof *sample->y);
    for (size_t i = 0; i < count; i++) {
        sample->group[i] = (uint32_t)(i / offers);
        sample->supplier[i] = (uint32_t)(i % offers);
        sample->all[i] = (uint32_t)i;
    }
    for (size_t j = 0; j < 16; j++) sample->names[j] = names[j];
    for (size_t j = 0; j < 8; j++) sample->x_names[j] = sample->y_names[j] = names[j];
    sample->data = (struct dataset){.count = count, .group = sample->group, .supplier = sample->supplier, .grade = sample->grade,
                                    .feature_count = features, .feature_names = sample->names, .features = sample->features,
                                    .demand = {x_columns ? demands : 0, x_columns, sample->x_names, sample->x},
                                    .offer = {y_columns ? offers : 0, y_columns, sample->y_names, sample->y}};
    return sample;
}

static inline void sample_free(struct sample *sample) {
    free(sample->group);
    free(sample->supplier);
    free(sample->all);
    free(sample->grade);
    free(sample->truth);
    free(sample->features);
    free(sample->x);
    free(sample->y);
    free(sample);
}

static inline struct rows sample_rows(const struct sample *sample) { return (struct rows){sample->all, sample->data.count}; }

/* Grades 0..3 from `truth` within each demand: the best tenth 3, the next 2, and so on. */
static inline void sample_grade(struct sample *sample, size_t offers) {
    for (size_t i = 0; i < sample->data.count; i++) {
        size_t above = 0;
        for (size_t j = i / offers * offers; j < (i / offers + 1) * offers; j++) above += sample->truth[j] > sample->truth[i];
        sample->grade[i] = above < offers / 10 ? 3 : above < offers / 5 ? 2 : above < offers * 2 / 5 ? 1 : 0;
    }
}

/* Trains on all rows and gives the model and its scores, or NULL. */
static inline struct model *sample_train(const struct sample *sample, const struct learn_options *options, double *scores, struct problem *problem) {
    struct model *model = NULL;
    struct fit_note note;
    problem_clear(problem);
    if (learn_train(&sample->data, sample_rows(sample), options, &model, &note, problem) != IEUM_OK) return NULL;
    if (scores && learn_score(model, &sample->data, sample_rows(sample), scores, problem) != IEUM_OK) {
        model_free(model);
        return NULL;
    }
    return model;
}

static inline double sample_ndcg(const struct sample *sample, const double *scores) {
    const struct quality quality = {quality_ndcg10, NULL};
    struct problem problem;
    double mean = -1;
    problem_clear(&problem);
    CHECK(quality_mean(&quality, &sample->data, sample_rows(sample), scores, &mean, NULL, &problem) == IEUM_OK);
    return mean;
}

#endif
