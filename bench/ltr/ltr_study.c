/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For the bench `ltr`: kinds linear and additive on a public ranking data set, chosen by five folds over the training file, then the test file scored once.
 *
 *     ltr_study TRAIN TEST
 *
 * TRAIN and TEST: lines "grade column:value …" (a column that is absent is 0), with the number of lines of each query in FILE.query. Prints one JSON object:
 * kinds with their grids, the chosen one, the fold of each training query, and the scores of the test lines.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/vector.h"
#include "learn/study.h"

struct file {
    VECTOR(double) grade;
    VECTOR(uint32_t) group;
    VECTOR(double) features;
    size_t columns;
};

static void stop(const char *what, const char *why) {
    fprintf(stderr, "ltr_study: %s: %s\n", what, why);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static size_t widest(const char *path) {
    size_t most = 0, capacity = 0;
    char *line = NULL;
    FILE *input = fopen(path, "r");
    if (!input) stop(path, "cannot be opened");
    while (getline(&line, &capacity, input) > 0)
        for (char *word = strtok(line, " \t\n"); word; word = strtok(NULL, " \t\n"))
            if (strchr(word, ':') && (size_t)strtoul(word, NULL, 10) > most) most = (size_t)strtoul(word, NULL, 10);
    free(line);
    fclose(input);
    return most;
}

static void read_queries(const char *path, struct file *file) {
    char name[4096];
    unsigned long size;
    uint32_t query = 0;
    snprintf(name, sizeof name, "%s.query", path);
    FILE *input = fopen(name, "r");
    if (!input) stop(name, "cannot be opened");
    for (; fscanf(input, "%lu", &size) == 1; query++)
        for (unsigned long i = 0; i < size; i++)
            if (!vector_push(&file->group, query)) stop(name, "out of memory");
    fclose(input);
}

static void read_file(const char *path, size_t columns, struct file *file) {
    size_t capacity = 0;
    char *line = NULL;
    FILE *input = fopen(path, "r");
    if (!input) stop(path, "cannot be opened");
    file->columns = columns;
    read_queries(path, file);
    while (getline(&line, &capacity, input) > 0) {
        char *word = strtok(line, " \t\n");
        if (!word) continue;
        const size_t first = file->features.count;
        if (!vector_push(&file->grade, strtod(word, NULL)) || !vector_reserve(&file->features, first + columns)) stop(path, "out of memory");
        for (size_t j = 0; j < columns; j++) file->features.items[first + j] = 0;
        file->features.count += columns;
        while ((word = strtok(NULL, " \t\n"))) {
            const char *colon = strchr(word, ':');
            const size_t column = (size_t)strtoul(word, NULL, 10);
            if (!colon || column < 1 || column > columns) stop(path, "not a line of grade column:value …");
            file->features.items[first + column - 1] = strtod(colon + 1, NULL);
        }
    }
    free(line);
    fclose(input);
    if (file->grade.count != file->group.count) stop(path, "as many lines as its .query file says are expected");
}

static struct dataset as_dataset(const struct file *file, const char *const *names) {
    return (struct dataset){.count = file->grade.count, .group = file->group.items, .grade = file->grade.items, .feature_count = file->columns,
                            .feature_names = names, .features = file->features.items};
}

static void print_grid(const struct study *study, enum model_kind kind, double seconds) {
    printf("{\"kind\":\"%s\",\"cost\":%g,\"quality\":%.17g,\"seconds\":%.3f,\"grid\":[", model_kind_names[kind], study->chosen.cost, study->chosen.quality, seconds);
    for (size_t i = 0; i < study->grid_count; i++) printf("%s[%g,%.17g]", i ? "," : "", study->grid[i].cost, study->grid[i].quality);
    printf("]}");
}

/* The same folds that the choice is made by: select.c draws them with the next seed. */
static void print_folds(const struct dataset *data, struct rows rows, const struct study_options *options) {
    struct folds folds;
    struct problem problem;
    struct arena *arena = arena_new();
    problem_clear(&problem);
    if (folds_make(data, rows, options->split, options->inner_folds, options->learn.seed + 1, arena, &folds, &problem) != IEUM_OK) stop("folds", problem.en);
    uint32_t *fold_of = calloc(data->count, sizeof *fold_of);
    for (size_t f = 0; fold_of && f < folds.count; f++)
        for (size_t i = 0; i < folds.items[f].test.count; i++) fold_of[folds.items[f].test.items[i]] = (uint32_t)f;
    printf("],\"folds\":[");
    for (size_t i = 0; fold_of && i < data->count; i++) printf("%s%u", i ? "," : "", fold_of[i]);
    free(fold_of);
    arena_free(arena);
}

static struct rows all_rows(size_t count) {
    uint32_t *items = calloc(count, sizeof *items);
    if (!items) stop("rows", "out of memory");
    for (size_t i = 0; i < count; i++) items[i] = (uint32_t)i;
    return (struct rows){items, count};
}

int main(int argc, char **argv) {
    if (argc != 3) stop("usage", "ltr_study TRAIN TEST");
    struct file train = {0}, test = {0};
    const size_t one = widest(argv[1]), two = widest(argv[2]), columns = one > two ? one : two;
    read_file(argv[1], columns, &train);
    read_file(argv[2], columns, &test);
    char (*labels)[24] = calloc(columns, sizeof *labels);
    const char **names = calloc(columns, sizeof *names);
    if (!labels || !names) stop("columns", "out of memory");
    for (size_t j = 0; j < columns; j++) {
        snprintf(labels[j], sizeof *labels, "%zu", j + 1);
        names[j] = labels[j];
    }
    const struct dataset train_data = as_dataset(&train, names), test_data = as_dataset(&test, names);
    const struct rows train_rows = all_rows(train_data.count), test_rows = all_rows(test_data.count);
    struct study best = {0};
    struct study_options options;
    printf("{\"kinds\":[");
    for (enum model_kind kind = MODEL_LINEAR; kind <= MODEL_ADDITIVE; kind++) {
        struct study study;
        struct problem problem;
        const struct child_options limits = {0};
        const double start = now();
        problem_clear(&problem);
        study_options_init(&options, kind);
        options.outer_folds = 0; /* the test file is what is held out */
        if (study_run(&train_data, &options, &limits, &study, &problem) != IEUM_OK) stop(model_kind_names[kind], problem.en);
        if (kind != MODEL_LINEAR) printf(",");
        print_grid(&study, kind, now() - start);
        if (!best.model || study.chosen.quality > best.chosen.quality) {
            study_free(&best);
            best = study;
        } else study_free(&study);
    }
    print_folds(&train_data, train_rows, &options);
    printf("],\"chosen\":\"%s\",\"preferences\":%zu,\"test_scores\":[", model_kind_names[best.model->kind], best.note.preferences);
    double *scores = calloc(test_data.count, sizeof *scores);
    struct problem problem;
    problem_clear(&problem);
    if (!scores || learn_score(best.model, &test_data, test_rows, scores, &problem) != IEUM_OK) stop(argv[2], problem.en);
    for (size_t i = 0; i < test_data.count; i++) printf("%s%.17g", i ? "," : "", scores[i]);
    printf("]}\n");
    free(scores);
    study_free(&best);
    free((void *)train_rows.items);
    free((void *)test_rows.items);
    free(names);
    free(labels);
    vector_free(&train.grade);
    vector_free(&train.group);
    vector_free(&train.features);
    vector_free(&test.grade);
    vector_free(&test.group);
    vector_free(&test.features);
    return 0;
}
