/* SPDX-License-Identifier: Apache-2.0 */
/* Random libsvm models and rows, and libsvm itself beside ours: its `struct svm_model` has the same name, so it is renamed while its header is read. */
#ifndef IEUM_SVM_SAMPLES_H
#define IEUM_SVM_SAMPLES_H

#define svm_model libsvm_model
#include <libsvm/svm.h>
#undef svm_model

#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/random.h"
#include "score/svm_model.h"
#include "score/svm_text.h"

struct svm_sample {
    enum svm_type type;
    enum svm_kernel kernel;
    size_t classes, vectors, columns;
    double density; /* of the vectors' numbers */
    bool probabilities;
};

static inline double sample_between(struct random *random, double low, double high) { return low + (high - low) * random_unit(random); }

static inline double *sample_numbers(struct random *random, size_t count, double low, double high) {
    double *numbers = memory_allocate_zero(count, sizeof *numbers);
    for (size_t i = 0; i < count; i++) numbers[i] = sample_between(random, low, high);
    return numbers;
}

/* Classes get sizes that differ; for what has no classes `classes` must be 2. */
static inline struct svm_model *sample_model(struct random *random, const struct svm_sample *sample) {
    struct svm_model *model = memory_allocate_zero(1, sizeof *model);
    model->type = sample->type;
    model->kernel = sample->kernel;
    model->degree = model->kernel == SVM_POLYNOMIAL ? 3 : 0;
    model->gamma = model->kernel == SVM_LINEAR ? 0 : 0.5 / (double)(sample->columns + 1);
    model->coef0 = model->kernel == SVM_POLYNOMIAL || model->kernel == SVM_SIGMOID ? 0.25 : 0;
    model->class_count = sample->classes;
    model->vector_count = sample->vectors;
    if (svm_classifies(model)) {
        size_t left = sample->vectors;
        model->labels = memory_allocate_zero(sample->classes, sizeof *model->labels);
        model->class_sizes = memory_allocate_zero(sample->classes, sizeof *model->class_sizes);
        for (size_t i = 0; i < sample->classes; i++) {
            model->labels[i] = (int)(i * 7) - 3;
            model->class_sizes[i] = i + 1 < sample->classes ? random_below(random, left / 2 + 1) : left;
            left -= model->class_sizes[i];
        }
    }
    model->rho = sample_numbers(random, svm_functions(model), -1, 1);
    if (sample->probabilities) {
        model->probability_a = sample_numbers(random, svm_functions(model), -3, -0.5);
        if (svm_classifies(model)) model->probability_b = sample_numbers(random, svm_functions(model), -0.5, 0.5);
        else model->probability_a[0] = 0.75;
    }
    model->coefficients = sample_numbers(random, (sample->classes - 1) * sample->vectors, -1, 1);
    model->start = memory_allocate_zero(sample->vectors + 1, sizeof *model->start);
    model->index = memory_allocate_zero(sample->vectors * sample->columns, sizeof *model->index);
    model->value = memory_allocate_zero(sample->vectors * sample->columns, sizeof *model->value);
    for (size_t i = 0, used = 0; i < sample->vectors; i++) {
        for (size_t column = 0; column < sample->columns; column++) {
            if (random_unit(random) >= sample->density) continue;
            model->index[used] = (uint32_t)column;
            model->value[used++] = sample_between(random, -1, 1);
            model->columns = column + 1 > model->columns ? column + 1 : model->columns;
        }
        model->start[i + 1] = used;
    }
    return model;
}

/* The text through libsvm's own loader (it is ours, so it is sound). */
static inline struct libsvm_model *load_by_libsvm(const struct svm_model *model) {
    struct buffer text = BUFFER_EMPTY;
    char path[] = "/tmp/ieum-svm-XXXXXX";
    const int file = mkstemp(path);
    svm_text_write(model, &text);
    struct libsvm_model *loaded = NULL;
    if (file >= 0 && !text.failed && write(file, text.bytes, text.size) == (ssize_t)text.size) loaded = svm_load_model(path);
    if (file >= 0) close(file);
    unlink(path);
    buffer_free(&text);
    return loaded;
}

/* Rows as ours and as libsvm's. */
struct sample_rows {
    size_t count;
    size_t *start;
    uint32_t *index;
    double *value;
    struct svm_node *nodes; /* row r begins at start[r] + r */
};

static inline struct sample_rows sample_rows(struct random *random, size_t count, size_t columns, double density) {
    struct sample_rows rows = {.count = count};
    rows.start = memory_allocate_zero(count + 1, sizeof *rows.start);
    rows.index = memory_allocate_zero(count * columns, sizeof *rows.index);
    rows.value = memory_allocate_zero(count * columns, sizeof *rows.value);
    rows.nodes = memory_allocate_zero(count * (columns + 1), sizeof *rows.nodes);
    for (size_t r = 0, used = 0; r < count; r++) {
        for (size_t column = 0; column < columns; column++) {
            if (random_unit(random) >= density) continue;
            rows.index[used] = (uint32_t)column;
            rows.value[used] = random_below(random, 20) == 0 ? 0.0 : sample_between(random, -1, 1);
            rows.nodes[used + r] = (struct svm_node){(int)column + 1, rows.value[used]};
            used++;
        }
        rows.nodes[used + r].index = -1;
        rows.start[r + 1] = used;
    }
    return rows;
}

static inline void sample_rows_free(struct sample_rows *rows) {
    memory_free(rows->start);
    memory_free(rows->index);
    memory_free(rows->value);
    memory_free(rows->nodes);
}

#endif
